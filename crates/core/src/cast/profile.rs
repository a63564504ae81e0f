//! What the facts say about one character, person or work.

use crate::facts::{
    Difficulty, Entity, EntityId, EntityKind, EntityRef, Fact, FactBase, FactKind, Job, Status,
};
use std::cmp::Reverse;
use std::collections::BTreeMap;

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
    /// A person is in it, in a part that no pack names.
    Appearance {
        /// The actor.
        person: Named<'a>,
    },
    /// It, or somebody for it, was up for an Academy Award.
    Award {
        /// Such as "supporting-actress".
        category: &'a str,
        /// The nominees.
        people: Vec<Named<'a>>,
        /// Whether they won.
        won: bool,
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
    /// - A person: parts, jobs and awards won, the best-known works and leading parts first, planned
    ///   works last.
    /// - A work: its directors, its leading parts in billing order, its awards, the other parts, the
    ///   rest of its crew by trade, its release and companies.
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
        match entity.kind {
            EntityKind::Work => {
                credits.sort_by_cached_key(order_within_work);
                credits = with_minor_parts_late(credits);
            }
            EntityKind::Person => {
                credits.retain(is_persons);
                order_by_renown(&mut credits);
            }
            EntityKind::Character | EntityKind::Organisation => {
                credits.retain(|c| matches!(c.role, Role::Cast { .. } | Role::Crew { .. }));
                credits.sort_by_cached_key(order_by_year);
            }
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
        FactKind::Appearance { person, work, .. } => {
            let person = named(EntityKind::Person, person)?;
            (Role::Appearance { person }, work)
        }
        FactKind::Award {
            category,
            work: Some(work),
            people,
            won,
            ..
        } => {
            let people = people.iter().filter_map(|id| named(EntityKind::Person, id));
            let role = Role::Award {
                category,
                people: people.collect(),
                won: *won,
            };
            (role, work)
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

/// Whether a person's page lists it. Nominations would crowd out the films.
fn is_persons(credit: &Credit) -> bool {
    match credit.role {
        Role::Cast { .. } | Role::Appearance { .. } | Role::Crew { .. } => true,
        Role::Award { won, .. } => won,
        Role::Release { .. } | Role::Company { .. } => false,
    }
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
        Role::Appearance { person } => (year, work, 0, credit.status, None, person.is.name.clone()),
        Role::Crew { person, job } => {
            let who = person.is.name.clone();
            (year, work, 1, credit.status, Some(*job), who)
        }
        Role::Award { category, .. } => {
            (year, work, 2, credit.status, None, (*category).to_owned())
        }
        Role::Release { .. } | Role::Company { .. } => {
            (year, work, 3, credit.status, None, String::new())
        }
    }
}

/// Puts the works that a person is best known for first: well-known films in which they have a
/// leading part or which they directed. What belongs to one work stays together.
fn order_by_renown(credits: &mut [Credit]) {
    let mut renown: BTreeMap<EntityRef, u8> = BTreeMap::new();
    for credit in credits.iter() {
        let fame = credit.work.is.fame.unwrap_or(FAME_UNKNOWN);
        let of_work = renown.entry(credit.work.entity.clone()).or_default();
        *of_work = (*of_work).max((2 * fame + 2).saturating_sub(place(credit)));
    }
    credits.sort_by_cached_key(|credit| {
        let is_planned = credit.work.is.year.is_none();
        let renown = renown.get(&credit.work.entity).copied();
        (is_planned, Reverse(renown), order_by_year(credit))
    });
}

/// The fame of a work whose fame is not stated.
const FAME_UNKNOWN: u8 = 3;

/// A credit's billing, or the billing that is as hard to name.
fn place(credit: &Credit) -> u8 {
    match &credit.role {
        Role::Cast { .. } | Role::Appearance { .. } => {
            let stated = credit.facts.iter().filter_map(|fact| billing(fact)).min();
            let known = credit.facts.iter().map(|fact| fact.difficulty).min();
            stated.unwrap_or(match known {
                Some(Difficulty::Easy) => 2,
                Some(Difficulty::Medium) => 4,
                Some(Difficulty::Hard) | None => 8,
            })
        }
        Role::Crew { job, .. } if *job == Job::Director => 1,
        Role::Crew { .. } => 5,
        Role::Award { .. } | Role::Release { .. } | Role::Company { .. } => u8::MAX,
    }
}

fn billing(fact: &Fact) -> Option<u8> {
    match fact.kind {
        FactKind::Cast { billing, .. } | FactKind::Appearance { billing, .. } => billing,
        _ => None,
    }
}

/// The directors, the cast by billing (parts without one follow in the order of their pack), the
/// awards, the crew by trade, then release and companies; each group divided by certainty.
fn order_within_work(credit: &Credit) -> (u8, Status, u8, String) {
    let (group, rank, name) = match &credit.role {
        Role::Crew { person, job } if *job == Job::Director => (0, 0, person.is.name.clone()),
        Role::Cast { .. } | Role::Appearance { .. } => {
            let billing = credit.facts.iter().filter_map(|fact| billing(fact)).min();
            (1, billing.unwrap_or(u8::MAX), String::new())
        }
        Role::Award { category, won, .. } => (2, award_rank(category, *won), String::new()),
        Role::Crew { person, job } => (3, *job as u8, person.is.name.clone()),
        Role::Release { date } => (4, 0, (*date).to_owned()),
        Role::Company { company, role } => (4, 1, format!("{role} {}", company.is.name)),
    };
    (group, credit.status, rank, name)
}

/// How many parts a work's page lists before its awards.
const LEADS_MAX: usize = 10;

/// Moves the parts after the leading ones to after the awards, so that the first page has both.
fn with_minor_parts_late(credits: Vec<Credit>) -> Vec<Credit> {
    let is_award = |credit: &Credit| matches!(credit.role, Role::Award { .. });
    if !credits.iter().any(is_award) {
        return credits;
    }
    let mut parts = 0;
    let (minor, mut credits): (Vec<Credit>, Vec<Credit>) =
        credits.into_iter().partition(|credit| {
            let is_part = matches!(credit.role, Role::Cast { .. } | Role::Appearance { .. });
            parts += usize::from(is_part);
            is_part && parts > LEADS_MAX
        });
    let after = credits
        .iter()
        .rposition(is_award)
        .map_or(0, |last| last + 1);
    credits.splice(after..after, minor);
    credits
}

/// Prizes before nominations; the awards that people ask about first.
fn award_rank(category: &str, won: bool) -> u8 {
    const BEST_KNOWN: [&str; 6] = [
        "picture",
        "director",
        "actor",
        "actress",
        "supporting-actor",
        "supporting-actress",
    ];
    let known = BEST_KNOWN.iter().position(|known| *known == category);
    let known = known.and_then(|known| u8::try_from(known).ok());
    known.unwrap_or(BEST_KNOWN_MAX) + if won { 0 } else { 2 * BEST_KNOWN_MAX }
}

/// More than the rank of any best-known award.
const BEST_KNOWN_MAX: u8 = 20;
