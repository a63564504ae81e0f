//! What is told in one place: the facts that can be looked up there, with the indexes over them.

use super::{Library, bundled};
use crate::cast::CastIndex;
use crate::facts::{FactBase, Pack};

/// Facts of the library beyond which a server's are told beside the bundled ones alone: to join
/// them with so many, once for every server, would take too long and too much memory.
const SHARED_FACTS_MAX: usize = 60_000;

/// The library's facts and a server's own, together.
#[derive(Debug, Clone)]
pub struct Told {
    /// The facts.
    pub facts: FactBase,
    /// The casting index over them.
    pub cast: CastIndex,
    /// The index over what the news speaks of.
    pub news: CastIndex,
}

impl Told {
    /// Joins what everybody is told with a server's own packs. None if they do not go together;
    /// then the library alone is told.
    #[must_use]
    pub fn join(library: &Library, own: &[Pack]) -> Option<Self> {
        let is_small = library.facts.facts().take(SHARED_FACTS_MAX + 1).count() <= SHARED_FACTS_MAX;
        let shared = is_small.then(|| library.facts.packs().to_vec());
        // The operator may have loaded a pack that speaks of the same under another name.
        let facts = shared
            .and_then(|shared| joined(shared, own))
            .or_else(|| joined(bundled().ok()?, own))?;
        Some(Self {
            cast: CastIndex::build(&facts),
            news: CastIndex::of_news(&facts),
            facts,
        })
    }
}

fn joined(mut packs: Vec<Pack>, own: &[Pack]) -> Option<FactBase> {
    packs.extend(own.iter().cloned());
    let mut facts = FactBase::build(packs).ok()?;
    // Whoever looks something up asks no question.
    facts.take_questions();
    Some(facts)
}
