//! What the loaded packs state, arranged so that templates can look it up and be sure that no wrong
//! answer is true.

use super::question::Answer;
use super::reading::{Reading, Readings};
use super::years::Years;
use crate::facts::{
    Difficulty, Entity, EntityKind, EntityRef, Fact, FactBase, FactKind, Job, Pronoun, Status,
};
use crate::groups::Groups;
use crate::rows::number_of;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

/// How many facts with the same statement are examined: a pack could repeat itself without limit.
const SAME_MAX: usize = 100;

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
    years: Years,
    /// The newest release year.
    newest: Option<u16>,
    /// The indexes in `cast` of the parts of each entity, and those in `crew` of its jobs.
    parts: Groups,
    jobs: Groups,
    /// For each entity, the fact that states its release.
    releases: Vec<Option<&'a Fact>>,
    /// Every structured statement, with the first fact that makes it.
    stating: HashMap<Statement<'a>, &'a Fact>,
    /// The statements that several facts make, with all of these.
    repeated: HashMap<Statement<'a>, Vec<&'a Fact>>,
    /// Entities that an unsettled fact names together.
    linked: BTreeSet<(EntityRef, EntityRef)>,
    /// The ids of facts that are not asked about, because another states the same.
    secondary: HashSet<&'a str>,
    /// Packs that one work fills, with that work.
    filling: BTreeSet<(&'a str, &'a str)>,
    /// Works with an award or a nomination.
    honoured: HashSet<&'a str>,
    readings: Readings<'a>,
}

impl<'a> Index<'a> {
    pub(super) fn of(base: &'a FactBase) -> Self {
        let entities = base.entities_count();
        let facts = base.packs().iter().map(|pack| pack.facts.len()).sum();
        let mut index = Self {
            base,
            cast: Vec::new(),
            crew: Vec::new(),
            companies: Vec::new(),
            years: Years::of(entities),
            newest: None,
            parts: Groups::default(),
            jobs: Groups::default(),
            releases: vec![None; entities],
            stating: HashMap::with_capacity(facts),
            repeated: HashMap::new(),
            linked: BTreeSet::new(),
            secondary: HashSet::new(),
            filling: BTreeSet::new(),
            honoured: HashSet::new(),
            readings: Readings::of(base),
        };
        for work in base.entities(EntityKind::Work) {
            if let Some(number) = index.number(EntityKind::Work, &work.id) {
                index.years.add(number, work.year);
            }
        }
        // The entities of each part and of each job, with its index.
        let (mut parts, mut jobs) = (Vec::new(), Vec::new());
        for (fact, named) in base.facts_naming() {
            let of_kind = match &fact.kind {
                FactKind::Cast { .. } => Some((&mut parts, index.cast.len())),
                FactKind::Crew { .. } => Some((&mut jobs, index.crew.len())),
                _ => None,
            };
            if let Some((pairs, place)) = of_kind {
                let place = number_of(place);
                pairs.extend(named.iter().map(|entity| (*entity, place)));
            }
            index.add(fact, &named);
        }
        index.parts = Groups::of(entities, parts.iter().copied());
        index.jobs = Groups::of(entities, jobs.iter().copied());
        index.newest = index.years.newest();
        index.choose_principals();
        for (fact, named) in base.facts_naming() {
            if let (FactKind::Release { .. }, [work]) = (&fact.kind, &*named)
                && index.is_principal(fact)
            {
                index.releases[*work as usize] = Some(fact);
            }
        }
        index.filling = index.filling_works();
        index
    }

    fn add(&mut self, fact: &'a Fact, named: &[u32]) {
        match &fact.kind {
            FactKind::Cast {
                person,
                character,
                work,
                ..
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
            FactKind::Award {
                work: Some(work), ..
            } => {
                self.honoured.insert(work);
            }
            FactKind::Release { date, .. } => {
                let year = date.get(..4).and_then(|year| year.parse().ok());
                if let [work] = named {
                    self.years.add(*work, year);
                }
            }
            _ => {}
        }
        if let Some(statement) = Statement::of(&fact.kind) {
            match self.stating.entry(statement) {
                Entry::Vacant(place) => _ = place.insert(fact),
                Entry::Occupied(first) => {
                    let all = self.repeated.entry(statement);
                    all.or_insert_with(|| vec![*first.get()]).push(fact);
                }
            }
        }
        if fact.status != Status::Confirmed {
            let named = fact.mentions();
            let pairs = named.iter().flat_map(|a| named.iter().map(move |b| (a, b)));
            self.linked
                .extend(pairs.map(|(a, b)| (a.clone(), b.clone())));
        }
    }

    /// If several facts state the same, it is asked from the pack that says most about the work.
    fn choose_principals(&mut self) {
        // Facts that packs state one by one take precedence over facts from their records.
        let mut weight: HashMap<(&str, &str), usize> = HashMap::new();
        for pack in self.base.packs() {
            let singly = pack.facts.iter().filter(|fact| !fact.of_record);
            for statement in singly.filter_map(|fact| Statement::of(&fact.kind)) {
                *weight.entry((&pack.id, statement.work())).or_default() += 1;
            }
        }
        let weight = |fact: &Fact, statement: &Statement| {
            let pack = self.base.pack_of(&fact.id).filter(|_| !fact.of_record)?;
            weight.get(&(pack.id.as_str(), statement.work())).copied()
        };
        let secondary = self.repeated.iter().flat_map(|(statement, facts)| {
            let asked = facts.iter().filter(|fact| self.is_askable(fact));
            // Of equals, the first.
            let best = asked.rev().max_by_key(|fact| weight(fact, statement));
            let others = facts
                .iter()
                .filter(move |fact| best.is_some_and(|best| best.id != fact.id));
            others.map(|fact| fact.id.as_str())
        });
        self.secondary = secondary.collect();
    }

    /// Packs in which one work has more than half of the parts asked about, with that work.
    fn filling_works(&self) -> BTreeSet<(&'a str, &'a str)> {
        let mut of_work: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut of_pack: BTreeMap<&str, usize> = BTreeMap::new();
        for part in self.cast.iter().filter(|part| self.is_asked(part.fact)) {
            if let Some(pack) = self.base.pack_of(&part.fact.id) {
                *of_work.entry((&pack.id, part.work)).or_default() += 1;
                *of_pack.entry(&pack.id).or_default() += 1;
            }
        }
        let fills =
            |pack: &str, count: usize| of_pack.get(pack).is_some_and(|all| count * 2 > *all);
        let filling = of_work
            .iter()
            .filter(|((pack, _), count)| fills(pack, **count));
        filling.map(|(key, _)| *key).collect()
    }

    /// Whether most of the fact's pack is about this work. Then "which film" has the same answer
    /// all through the pack, and is not worth asking.
    pub(super) fn fills_its_pack(&self, fact: &Fact, work: &str) -> bool {
        let pack = self.base.pack_of(&fact.id);
        pack.is_some_and(|pack| self.filling.contains(&(pack.id.as_str(), work)))
    }

    /// Whether templates may ask about this fact: it is settled, or about a planned work and asked
    /// about as such, and not excluded.
    pub(super) fn is_askable(&self, fact: &Fact) -> bool {
        let is_sure_enough = match fact.status {
            Status::Confirmed => true,
            Status::Rumoured | Status::Opinion => false,
            _ => {
                let mut named = fact.named().into_iter();
                named.any(|(kind, id)| kind == EntityKind::Work && self.is_planned(id))
            }
        };
        fact.unasked.is_none() && is_sure_enough && !is_small_part(fact)
    }

    /// Whether another fact that states the same is asked about instead.
    pub(super) fn is_principal(&self, fact: &Fact) -> bool {
        !self.secondary.contains(fact.id.as_str())
    }

    /// The facts that templates ask about, one for each statement.
    pub(super) fn is_asked(&self, fact: &Fact) -> bool {
        self.is_askable(fact) && self.is_principal(fact)
    }

    /// Those that packs state one by one; other templates ask about what records state.
    pub(super) fn is_asked_singly(&self, fact: &Fact) -> bool {
        !fact.of_record && self.is_asked(fact)
    }

    /// Whether one pack states both facts, so that a reveal cites the sources of that pack only.
    pub(super) fn are_of_one_pack(&self, a: &Fact, b: &Fact) -> bool {
        let pack = |fact: &Fact| self.base.pack_of(&fact.id).map(|pack| &pack.id);
        pack(a) == pack(b)
    }

    /// The place of an entity among all.
    pub(super) fn number(&self, kind: EntityKind, id: &str) -> Option<u32> {
        let (number, _) = self.base.numbered_entity(kind, id)?;
        Some(number)
    }

    pub(super) fn entity(&self, kind: EntityKind, id: &str) -> Option<&'a Entity> {
        let (_, entity) = self.base.numbered_entity(kind, id)?;
        Some(entity)
    }

    /// A choice as a reader would understand it.
    pub(super) fn reading(&self, answer: &Answer) -> Cow<'_, Reading> {
        self.readings.reading(answer)
    }

    /// The same for a choice that names the entity with this place among all, if any.
    pub(super) fn reading_at(&self, place: Option<u32>, text: &str) -> Cow<'_, Reading> {
        self.readings.reading_at(place, text)
    }

    /// The entity with this folded name; `None` if two share it.
    pub(super) fn named(&self, folded: &str) -> Option<EntityRef> {
        self.readings.named(folded)
    }

    /// Whether an entity has this folded name, or this title.
    pub(super) fn is_called(&self, entity: &EntityRef, folded: &str) -> bool {
        self.readings.is_called(entity, folded)
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

    /// The year in which a work came out; `None` if the packs disagree or do not say.
    pub(super) fn year(&self, work: &str) -> Option<u16> {
        self.year_of(self.number(EntityKind::Work, work)?)
    }

    /// The same of the work with this place among all entities.
    pub(super) fn year_of(&self, work: u32) -> Option<u16> {
        let (first, last) = self.years.get(work)?;
        (first == last).then_some(first)
    }

    /// The year of a work; a planned one counts as one year after the newest.
    pub(super) fn year_or_next(&self, work: &str) -> Option<u16> {
        match self.year(work) {
            None if self.is_planned(work) => self.newest.map(|year| year.saturating_add(1)),
            year => year,
        }
    }

    /// The distance in years between two works with these [years](Self::year_or_next). Works of
    /// unknown year are far from all others. A work's distance from itself is 0, less than from any
    /// other.
    pub(super) fn distance_of(a: Option<u16>, b: Option<u16>) -> u16 {
        match (a, b) {
            (Some(a), Some(b)) => a.abs_diff(b).saturating_add(1),
            _ => 60,
        }
    }

    /// Every part in a work.
    pub(super) fn parts_of_work(&self, work: &str) -> impl Iterator<Item = &Credit<'a, &'a str>> {
        self.parts_of(EntityKind::Work, work)
    }

    /// Every part with this character.
    pub(super) fn parts_of_character(
        &self,
        character: &str,
    ) -> impl Iterator<Item = &Credit<'a, &'a str>> {
        self.parts_of(EntityKind::Character, character)
    }

    /// Every part of a person.
    pub(super) fn parts_of_person(
        &self,
        person: &str,
    ) -> impl Iterator<Item = &Credit<'a, &'a str>> {
        self.parts_of(EntityKind::Person, person)
    }

    fn parts_of(&self, kind: EntityKind, id: &str) -> impl Iterator<Item = &Credit<'a, &'a str>> {
        let places = self.number(kind, id).map(|number| self.parts.get(number));
        let places = places.unwrap_or_default().iter();
        places.filter_map(|place| self.cast.get(*place as usize))
    }

    /// Every job of a person.
    pub(super) fn jobs_of_person(&self, person: &str) -> impl Iterator<Item = &Credit<'a, Job>> {
        self.jobs_of(EntityKind::Person, person)
    }

    /// Every job that was done on a work.
    pub(super) fn jobs_of_work(&self, work: &str) -> impl Iterator<Item = &Credit<'a, Job>> {
        self.jobs_of(EntityKind::Work, work)
    }

    fn jobs_of(&self, kind: EntityKind, id: &str) -> impl Iterator<Item = &Credit<'a, Job>> {
        let places = self.number(kind, id).map(|number| self.jobs.get(number));
        let places = places.unwrap_or_default().iter();
        places.filter_map(|place| self.crew.get(*place as usize))
    }

    /// Whether only awards are known of a work: few people will know more about it.
    pub(super) fn is_only_honoured(&self, work: &str) -> bool {
        let is_told_of = || {
            let mut parts = self.parts_of_work(work);
            parts.next().is_some() || self.release_of(work).is_some()
        };
        self.honoured.contains(work) && !is_told_of()
    }

    /// The fact that states when a work came out.
    pub(super) fn release_of(&self, work: &str) -> Option<&'a Fact> {
        let work = self.number(EntityKind::Work, work)?;
        self.releases[work as usize]
    }

    /// Whether a person is known to have died.
    pub(super) fn has_died(&self, person: &str) -> bool {
        let entity = self.entity(EntityKind::Person, person);
        entity.is_some_and(|person| person.died)
    }

    /// Whether a loaded fact of any status states this.
    pub(super) fn is_stated(&self, kind: &FactKind) -> bool {
        Statement::of(kind).is_some_and(|statement| self.stating.contains_key(&statement))
    }

    /// The facts that state the same as this one, including itself: if two packs have a credit,
    /// reading one gives away the other. Only the first hundred.
    pub(super) fn stating_the_same<'s>(&'s self, fact: &'s Fact) -> impl Iterator<Item = &'s str> {
        let statement = Statement::of(&fact.kind);
        let same = statement.and_then(|statement| {
            let first = self.stating.get(&statement)?;
            let all = self.repeated.get(&statement).map(Vec::as_slice);
            Some(all.unwrap_or(std::slice::from_ref(first)))
        });
        let same = same.into_iter().flatten().take(SAME_MAX);
        same.map(|fact| fact.id.as_str())
    }

    /// Whether the person has this part in this work, or an unsettled fact names the two together.
    /// Then the person is not a fair wrong answer.
    pub(super) fn may_play(&self, person: &str, character: &str, work: &str) -> bool {
        self.stating
            .contains_key(&Statement::Part(person, character, work))
            || (self.is_planned(work)
                && self.linked.contains(&(
                    EntityRef::new(EntityKind::Person, person),
                    EntityRef::new(EntityKind::Character, character),
                )))
    }
}

/// Parts billed lower than this are not asked about: few could name the actor.
const BILLING_MAX: u8 = 4;

/// Whether a fact is about a low-billed part.
fn is_small_part(fact: &Fact) -> bool {
    let billing = match &fact.kind {
        FactKind::Cast { billing, .. } | FactKind::Appearance { billing, .. } => *billing,
        _ => None,
    };
    billing.is_some_and(|place| place > BILLING_MAX)
}

/// What a structured fact states. Two facts with the same key make the same statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Statement<'a> {
    Part(&'a str, &'a str, &'a str),
    Job(&'a str, Job, &'a str),
    Release(&'a str),
    Company(&'a str, &'a str, &'a str),
}

impl<'a> Statement<'a> {
    fn of(kind: &'a FactKind) -> Option<Self> {
        match kind {
            FactKind::Cast {
                person,
                character,
                work,
                ..
            } => Some(Self::Part(person, character, work)),
            FactKind::Crew { person, job, work } => Some(Self::Job(person, *job, work)),
            FactKind::Release { work, .. } => Some(Self::Release(work)),
            FactKind::Company {
                organisation,
                role,
                work,
            } => Some(Self::Company(organisation, role, work)),
            _ => None,
        }
    }

    /// The work that it is about.
    fn work(self) -> &'a str {
        match self {
            Self::Part(_, _, work)
            | Self::Job(_, _, work)
            | Self::Release(work)
            | Self::Company(_, _, work) => work,
        }
    }
}

/// One level harder, for the less obvious direction of a fact.
pub(super) fn harder(difficulty: Difficulty) -> Difficulty {
    match difficulty {
        Difficulty::Easy => Difficulty::Medium,
        Difficulty::Medium | Difficulty::Hard => Difficulty::Hard,
    }
}
