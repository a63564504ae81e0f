//! Turns records of awards into facts.

use super::film::Award;
use super::ids::EntityId;
use super::model::{Cite, Fact, Pack};
use super::named_people::NamedPeople;
use super::named_works::NamedWorks;
use super::sheet::Nomination;
use super::text::mark;
use foldhash::HashSet;
use rayon::prelude::*;
use std::sync::Arc;

/// Whom and what an award's record names.
pub(super) struct AwardNames {
    /// With its fame.
    work: Option<(EntityId, Option<u8>)>,
    people: Vec<EntityId>,
}

impl AwardNames {
    /// Finds them, or creates those that nothing before has named.
    pub(super) fn of(award: &Award, people: &mut NamedPeople, works: &mut NamedWorks) -> Self {
        let work = award.film.as_ref().map(|film| {
            let id = film.id();
            let fame = works.work(&id, &film.title, film.year).fame;
            (id, fame)
        });
        let people = award.people.iter().map(|name| people.id(name));
        Self {
            work,
            people: people.collect(),
        }
    }
}

/// Adds what the records of awards state, and uses them up. `honoured` has what the records of each
/// pack name, and `known` the marks of all facts before.
pub(super) fn add_awards(
    packs: &mut [Pack],
    honoured: Vec<Vec<AwardNames>>,
    known: &mut HashSet<u64>,
) {
    let mut cites: Arc<[Cite]> = Arc::default();
    for (pack, honoured) in packs.iter_mut().zip(honoured) {
        let awards = std::mem::take(&mut pack.awards);
        let facts = awards.par_iter().zip(honoured).map(|(award, honoured)| {
            let nomination = Nomination::of(award, honoured.work, honoured.people);
            nomination.fact()
        });
        let facts: Vec<Fact> = facts.collect();
        for mut fact in facts {
            number_repeats(&mut fact, known);
            // Most awards of a ceremony share one.
            if fact.cites == cites {
                fact.cites = Arc::clone(&cites);
            }
            cites = Arc::clone(&fact.cites);
            if known.insert(mark(&fact.id)) {
                pack.facts.push(fact);
            }
        }
    }
}

/// Adds a number to an id that is known: one writer may be nominated for two songs of one film.
fn number_repeats(fact: &mut Fact, known: &HashSet<u64>) {
    let mut id = fact.id.clone();
    for number in 2..u8::MAX {
        if !known.contains(&mark(&id)) {
            break;
        }
        id = format!("{}-{number}", fact.id);
    }
    fact.id = id;
}
