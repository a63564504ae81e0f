//! The facts that can be looked up in one place, with their indexes.

use super::{Library, bundled};
use crate::cast::CastIndex;
use crate::facts::{FactBase, Pack, PackedFacts};
use std::sync::Arc;

/// With more facts in the library than this, a server's are joined with the bundled ones alone:
/// joining them all, for every server, would take too much time and memory.
const SHARED_FACTS_MAX: u32 = 60_000;

/// The library's facts and a server's own, together.
#[derive(Debug, Clone)]
pub struct CombinedFacts {
    /// The facts.
    pub facts: Arc<PackedFacts>,
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
        let is_small = library.facts.facts_count() <= SHARED_FACTS_MAX;
        let shared = is_small.then(|| library.facts.unpack());
        // The operator may have loaded a pack about the same thing under another name, and the
        // server may call somebody by a name that a record of a film has given to another.
        let facts = shared
            .and_then(|shared| shared.join(own.to_vec()).ok())
            .or_else(|| from_bundled(own))?;
        Some(Self {
            cast: CastIndex::build(&facts),
            news: CastIndex::of_news(&facts),
            // Without their questions: lookups need none.
            facts: Arc::new(PackedFacts::of(&facts)),
        })
    }
}

fn from_bundled(own: &[Pack]) -> Option<FactBase> {
    let mut packs = bundled().ok()?;
    packs.extend(own.iter().cloned());
    FactBase::build(packs).ok()
}
