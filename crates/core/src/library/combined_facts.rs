//! The facts that can be looked up in one place, with their indexes.

use super::{Library, bundled};
use crate::cast::CastIndex;
use crate::facts::{FactBase, Pack};

/// If the library has more facts than this, a server's are joined only with the bundled ones:
/// joining all of them for every server would take too much time and memory.
const SHARED_FACTS_MAX: usize = 60_000;

/// The library's facts and a server's own, together.
#[derive(Debug, Clone)]
pub struct CombinedFacts {
    /// The facts.
    pub facts: FactBase,
    /// The casting index over them.
    pub cast: CastIndex,
    /// The index over everything in the news.
    pub news: CastIndex,
}

impl CombinedFacts {
    /// Joins the shared facts with a server's own packs. `None` if they conflict; then only the
    /// library is used.
    #[must_use]
    pub fn join(library: &Library, own: &[Pack]) -> Option<Self> {
        let is_small = library.facts.facts().take(SHARED_FACTS_MAX + 1).count() <= SHARED_FACTS_MAX;
        let shared = is_small.then(|| library.facts.packs().to_vec());
        // The operator may have loaded a pack about the same thing under another name.
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
    // Lookups need no questions.
    facts.take_questions();
    Some(facts)
}
