//! What the last answers unpacked, because members look up what others just did.

use super::model::{Entity, EntityRef, Fact};
use elsa::sync::FrozenMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many facts and entities are kept; a fact takes half a kilobyte to one. Once there are more,
/// the next answer starts anew.
const KEPT_MAX: usize = 2_000;

/// Unpacked facts and entities. They stay in place, so that references to them stay valid.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub(super) facts: FrozenMap<u32, Box<Fact>>,
    pub(super) entities: FrozenMap<u32, Box<Entity>>,
    /// The numbers of those entities, because a fact is read together with what it names.
    pub(super) numbers: FrozenMap<EntityRef, Box<u32>>,
}

/// The pieces of the last answers.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<Arc<Pieces>>);

/// A copy keeps nothing yet.
impl Clone for Kept {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Kept {
    /// What is kept, or nothing if that has become too much.
    pub(super) fn pieces(&self) -> Arc<Pieces> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.facts.len() + kept.entities.len() > KEPT_MAX {
            *kept = Arc::default();
        }
        Arc::clone(&kept)
    }
}
