//! What the loaded packs state, arranged so that templates can ask and be sure that no wrong
//! answer is true.

use crate::facts::{
    Difficulty, Entity, EntityKind, EntityRef, Fact, FactBase, FactKind, Job, Pronoun, Status,
    references,
};
use std::collections::{BTreeMap, BTreeSet};

/// One credit: `person` has `role` (a part, or a job) in `work`, whatever its status.
#[derive(Debug, Clone, Copy)]
pub(super) struct Credit<'a, Role> {
    pub(super) fact: &'a Fact,
    pub(super) person: &'a str,
    pub(super) role: Role,
    pub(super) work: &'a str,
}

/// Every structured statement of the loaded packs, settled or not.
pub(super) struct Index<'a> {
    pub(super) base: &'a FactBase,
    /// Who plays which character.
    pub(super) cast: Vec<Credit<'a, &'a str>>,
    /// Who did which job.
    pub(super) crew: Vec<Credit<'a, Job>>,
    /// Which company (as `person`) did what.
    pub(super) companies: Vec<Credit<'a, &'a str>>,
    /// The years in which a work is said to have come out.
    years: BTreeMap<&'a str, BTreeSet<u16>>,
    /// Entities that a fact which is not settled names together.
    linked: BTreeSet<(EntityRef, EntityRef)>,
    /// For each statement that several facts make, the one that is asked.
    principal: BTreeMap<String, &'a str>,
}

impl<'a> Index<'a> {
    pub(super) fn of(base: &'a FactBase) -> Self {
        let mut index = Self {
            base,
            cast: Vec::new(),
            crew: Vec::new(),
            companies: Vec::new(),
            years: BTreeMap::new(),
            linked: BTreeSet::new(),
            principal: BTreeMap::new(),
        };
        for work in base.entities(EntityKind::Work) {
            index.years.entry(&work.id).or_default().extend(work.year);
        }
        for fact in base.facts() {
            index.add(fact);
        }
        index.choose_principals();
        index
    }

    fn add(&mut self, fact: &'a Fact) {
        match &fact.kind {
            FactKind::Cast {
                person,
                character,
                work,
            } => self.cast.push(Credit {
                fact,
                person,
                role: character,
                work,
            }),
            FactKind::Crew { person, job, work } => self.crew.push(Credit {
                fact,
                person,
                role: *job,
                work,
            }),
            FactKind::Company {
                organisation,
                role,
                work,
            } => self.companies.push(Credit {
                fact,
                person: organisation,
                role,
                work,
            }),
            FactKind::Release { work, date } => {
                let year: Option<u16> = date.get(..4).and_then(|year| year.parse().ok());
                self.years.entry(work).or_default().extend(year);
            }
            _ => {}
        }
        if fact.status != Status::Confirmed {
            let named: Vec<_> = references(&fact.kind).into_iter().map(|(_, e)| e).collect();
            let pairs = named.iter().flat_map(|a| named.iter().map(move |b| (a, b)));
            self.linked
                .extend(pairs.map(|(a, b)| (a.clone(), b.clone())));
        }
    }

    /// Where several facts state the same, the pack that says most about the work asks it.
    fn choose_principals(&mut self) {
        let mut weight: BTreeMap<(&str, String), usize> = BTreeMap::new();
        for pack in self.base.packs() {
            for fact in &pack.facts {
                if let Some((_, work)) = statement(fact) {
                    *weight.entry((&pack.id, work)).or_default() += 1;
                }
            }
        }
        let mut best: BTreeMap<String, (usize, &str)> = BTreeMap::new();
        for pack in self.base.packs() {
            for fact in pack.facts.iter().filter(|fact| self.is_askable(fact)) {
                let Some((statement, work)) = statement(fact) else {
                    continue;
                };
                let weight = weight.get(&(pack.id.as_str(), work)).copied().unwrap_or(0);
                let entry = best.entry(statement).or_insert((weight, &fact.id));
                if weight > entry.0 {
                    *entry = (weight, &fact.id);
                }
            }
        }
        self.principal = best
            .into_iter()
            .map(|(statement, (_, id))| (statement, id))
            .collect();
    }

    /// Whether templates may ask this fact: settled, or about a planned work and then asked as
    /// what it is, and not marked otherwise.
    pub(super) fn is_askable(&self, fact: &Fact) -> bool {
        let is_sure_enough = match fact.status {
            Status::Confirmed => true,
            Status::Rumoured | Status::Opinion => false,
            _ => {
                let named = references(&fact.kind);
                let works = named.iter().filter(|(_, e)| e.kind == EntityKind::Work);
                works.into_iter().any(|(_, work)| self.is_planned(&work.id))
            }
        };
        fact.unasked.is_none() && is_sure_enough
    }

    /// Whether another fact that states the same is asked instead.
    pub(super) fn is_principal(&self, fact: &Fact) -> bool {
        statement(fact)
            .and_then(|(statement, _)| self.principal.get(&statement))
            .is_none_or(|id| *id == fact.id)
    }

    /// The facts that templates ask, one for each statement.
    pub(super) fn is_asked(&self, fact: &Fact) -> bool {
        self.is_askable(fact) && self.is_principal(fact)
    }

    pub(super) fn entity(&self, kind: EntityKind, id: &str) -> Option<&'a Entity> {
        self.base.entity(&EntityRef::new(kind, id))
    }

    pub(super) fn pronoun(&self, kind: EntityKind, id: &str) -> Option<Pronoun> {
        self.entity(kind, id)?.pronoun
    }

    pub(super) fn is_planned(&self, work: &str) -> bool {
        let entity = self.entity(EntityKind::Work, work);
        entity.is_some_and(|w| w.form.as_deref() == Some("planned film"))
    }

    /// A film that has come out, in cinemas or on television.
    pub(super) fn is_released_film(&self, work: &str) -> bool {
        let form = self
            .entity(EntityKind::Work, work)
            .and_then(|w| w.form.as_deref());
        matches!(form, Some("film" | "television film"))
    }

    /// The one year in which a work came out; none if the packs disagree or do not say.
    pub(super) fn year(&self, work: &str) -> Option<u16> {
        let years = self.years.get(work)?;
        years.first().filter(|_| years.len() == 1).copied()
    }

    /// How far apart two works are, in years; works of unknown year are far from all others.
    pub(super) fn distance(&self, a: &str, b: &str) -> u16 {
        if a == b {
            return 0;
        }
        match (self.year(a), self.year(b)) {
            (Some(a), Some(b)) => 1 + a.abs_diff(b),
            _ => 60,
        }
    }

    /// Whether the person has this part in this work, or an unsettled fact names the two
    /// together: then the person is no fair wrong answer.
    pub(super) fn may_play(&self, person: &str, character: &str, work: &str) -> bool {
        let plays = |c: &Credit<_>| c.person == person && c.role == character && c.work == work;
        self.cast.iter().any(plays)
            || (self.is_planned(work)
                && self.linked.contains(&(
                    EntityRef::new(EntityKind::Person, person),
                    EntityRef::new(EntityKind::Character, character),
                )))
    }

    /// Whether the person has any part or job in this work.
    pub(super) fn takes_part(&self, person: &str, work: &str) -> bool {
        self.cast
            .iter()
            .any(|c| c.person == person && c.work == work)
            || self
                .crew
                .iter()
                .any(|c| c.person == person && c.work == work)
    }
}

/// What a structured fact states, as a key, and the work it is about.
fn statement(fact: &Fact) -> Option<(String, String)> {
    match &fact.kind {
        FactKind::Cast {
            person,
            character,
            work,
        } => Some((format!("cast/{person}/{character}/{work}"), work.clone())),
        FactKind::Crew { person, job, work } => {
            Some((format!("crew/{person}/{job:?}/{work}"), work.clone()))
        }
        FactKind::Release { work, .. } => Some((format!("release/{work}"), work.clone())),
        FactKind::Company {
            organisation,
            role,
            work,
        } => Some((
            format!("company/{organisation}/{role}/{work}"),
            work.clone(),
        )),
        _ => None,
    }
}

/// One step harder, for the less obvious direction of a fact.
pub(super) fn harder(difficulty: Difficulty) -> Difficulty {
    match difficulty {
        Difficulty::Easy => Difficulty::Medium,
        Difficulty::Medium | Difficulty::Hard => Difficulty::Hard,
    }
}
