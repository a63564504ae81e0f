//! What the facts say about one character, person or work.

use crate::facts::{
    Entity, EntityId, EntityKind, EntityRef, Fact, FactBase, FactKind, Job, Status,
};

/// A character's portrayals, a person's credits, or a work's cast and crew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile<'a> {
    /// The subject.
    pub entity: EntityRef,
    /// The subject with its names.
    pub about: &'a Entity,
    /// In display order.
    pub credits: Vec<Credit<'a>>,
    /// Only if there are no credits: other facts that mention it, the most settled first.
    pub mentions: Vec<&'a Fact>,
}

/// One credit, with every fact that states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit<'a> {
    /// What the credit is for.
    pub role: Role<'a>,
    /// The work.
    pub work: Named<'a>,
    /// How sure it is.
    pub status: Status,
    /// The facts that state it, at least one.
    pub facts: Vec<&'a Fact>,
    /// The facts that must be shown with it.
    pub caveats: Vec<&'a Fact>,
}

/// What a credit is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role<'a> {
    /// A person plays a character.
    Cast {
        /// The actor.
        person: Named<'a>,
        /// The character.
        character: Named<'a>,
    },
    /// A person worked on it.
    Crew {
        /// The person.
        person: Named<'a>,
        /// Their job.
        job: Job,
    },
    /// Its release.
    Release {
        /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
        date: &'a str,
    },
    /// A company made or released it.
    Company {
        /// The company.
        company: Named<'a>,
        /// "produced", "distributed", "published" or "broadcast".
        role: &'a str,
    },
}

/// An entity with its reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<'a> {
    /// Its kind and id.
    pub entity: EntityRef,
    /// Its name and what else is known about it.
    pub is: &'a Entity,
}

/// The most mentions in a profile without credits.
const MENTIONS_MAX: usize = 5;

impl super::CastIndex {
    /// Collects what is known about an entity; `None` if it is unknown.
    ///
    /// - A character: every portrayal by year, planned works last.
    /// - A person: parts and jobs by year, planned works last.
    /// - A work: its cast with the best-known parts first, its crew by trade, its release and
    ///   companies.
    ///
    /// Facts that state the same credit with the same status are merged, with all their sources.
    /// Opinions and gossip are not credits.
    #[must_use]
    pub fn profile<'a>(&self, facts: &'a FactBase, entity: &EntityRef) -> Option<Profile<'a>> {
        let about = facts.entity(entity)?;
        let told: Vec<&Fact> = self
            .facts_about(facts, entity)
            .filter(|fact| !matches!(fact.status, Status::Opinion | Status::Rumoured))
            .collect();
        let mut credits: Vec<Credit<'a>> = Vec::new();
        for fact in &told {
            if let Some((role, work)) = role(facts, fact) {
                state(&mut credits, facts, fact, &role, work);
            }
        }
        if entity.kind == EntityKind::Work {
            credits.sort_by_cached_key(order_within_work);
        } else {
            credits.retain(|c| matches!(c.role, Role::Cast { .. } | Role::Crew { .. }));
            credits.sort_by_cached_key(order_by_year);
        }
        let mut mentions: Vec<&Fact> = Vec::new();
        if credits.is_empty() {
            mentions = told;
            mentions.sort_by_key(|fact| (fact.status, fact.difficulty));
            mentions.truncate(MENTIONS_MAX);
        }
        Some(Profile {
            entity: entity.clone(),
            about,
            credits,
            mentions,
        })
    }
}

/// Adds a credit, or another source if the same credit with the same status already exists.
fn state<'a>(
    credits: &mut Vec<Credit<'a>>,
    facts: &'a FactBase,
    fact: &'a Fact,
    role: &Role<'a>,
    work: Named<'a>,
) {
    let same = |c: &Credit| agree(&c.role, role) && c.work == work && c.status == fact.status;
    let at = credits.iter().position(same).unwrap_or_else(|| {
        credits.push(Credit {
            role: role.clone(),
            work,
            status: fact.status,
            facts: Vec::new(),
            caveats: Vec::new(),
        });
        credits.len() - 1
    });
    let credit = &mut credits[at];
    if let (Role::Release { date: known }, Role::Release { date }) = (&mut credit.role, role)
        && date.len() > known.len()
    {
        *known = *date;
    }
    credit.facts.push(fact);
    for caveat in fact.caveats.iter().filter_map(|id| facts.fact(id)) {
        if !credit.caveats.contains(&caveat) {
            credit.caveats.push(caveat);
        }
    }
}

/// Whether two roles are the same; a year is the same release as a day of that year.
fn agree(a: &Role, b: &Role) -> bool {
    match (a, b) {
        (Role::Release { date: a }, Role::Release { date: b }) => {
            a.starts_with(b) || b.starts_with(a)
        }
        _ => a == b,
    }
}

fn role<'a>(facts: &'a FactBase, fact: &'a Fact) -> Option<(Role<'a>, Named<'a>)> {
    let named = |kind, id: &EntityId| {
        let entity = EntityRef::new(kind, id.clone());
        let is = facts.entity(&entity)?;
        Some(Named { entity, is })
    };
    let (role, work) = match &fact.kind {
        FactKind::Cast {
            person,
            character,
            work,
            ..
        } => {
            let person = named(EntityKind::Person, person)?;
            let character = named(EntityKind::Character, character)?;
            (Role::Cast { person, character }, work)
        }
        FactKind::Crew { person, job, work } => {
            let person = named(EntityKind::Person, person)?;
            (Role::Crew { person, job: *job }, work)
        }
        FactKind::Release { work, date } => (Role::Release { date }, work),
        FactKind::Company {
            organisation,
            role,
            work,
        } => {
            let company = named(EntityKind::Organisation, organisation)?;
            (Role::Company { company, role }, work)
        }
        _ => return None,
    };
    Some((role, named(EntityKind::Work, work)?))
}

/// Released works by year, planned ones last; within a work, roles before jobs.
fn order_by_year(credit: &Credit) -> (u16, String, u8, Status, Option<Job>, String) {
    let year = credit.work.is.year.unwrap_or(u16::MAX);
    let work = credit.work.is.name.clone();
    match &credit.role {
        Role::Cast { person, character } => {
            let who = format!("{} {}", person.is.name, character.is.name);
            (year, work, 0, credit.status, None, who)
        }
        Role::Crew { person, job } => {
            let who = person.is.name.clone();
            (year, work, 1, credit.status, Some(*job), who)
        }
        Role::Release { .. } | Role::Company { .. } => {
            (year, work, 2, credit.status, None, String::new())
        }
    }
}

/// The cast with the best-known roles first, the crew by trade, then release and companies; each
/// group divided by certainty.
fn order_within_work(credit: &Credit) -> (u8, Status, u8, String) {
    let known = credit.facts.iter().map(|fact| fact.difficulty as u8).min();
    let (group, rank, name) = match &credit.role {
        Role::Cast { person, .. } => (0, known.unwrap_or(u8::MAX), person.is.name.clone()),
        Role::Crew { person, job } => (1, *job as u8, person.is.name.clone()),
        Role::Release { date } => (2, 0, (*date).to_owned()),
        Role::Company { company, role } => (2, 1, format!("{role} {}", company.is.name)),
    };
    (group, credit.status, rank, name)
}
