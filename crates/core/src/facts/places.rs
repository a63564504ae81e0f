//! The position of each fact, by id.

use super::model::Pack;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// The position of every fact: its pack's, and its own within the pack. Ids are not copied, because
/// there may be a million.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    table: HashTable<(u32, u32)>,
    hasher: RandomState,
}

impl Places {
    /// Indexes facts with different ids.
    pub(super) fn of(packs: &[Pack]) -> Self {
        let hasher = RandomState::default();
        let facts = packs.iter().map(|pack| pack.facts.len()).sum();
        let mut table = HashTable::with_capacity(facts);
        let hash = |place: &(u32, u32)| hasher.hash_one(id(packs, *place).unwrap_or_default());
        for (pack, p) in packs.iter().zip(0..) {
            for (fact, f) in pack.facts.iter().zip(0..) {
                table.insert_unique(hasher.hash_one(fact.id.as_str()), (p, f), hash);
            }
        }
        Self { table, hasher }
    }

    /// The position of the fact with this id in the packs from which this was made.
    pub(super) fn find(&self, packs: &[Pack], wanted: &str) -> Option<(u32, u32)> {
        let is_wanted = |place: &(u32, u32)| id(packs, *place) == Some(wanted);
        let hash = self.hasher.hash_one(wanted);
        self.table.find(hash, is_wanted).copied()
    }
}

fn id(packs: &[Pack], (pack, fact): (u32, u32)) -> Option<&str> {
    let fact = packs.get(pack as usize)?.facts.get(fact as usize)?;
    Some(&fact.id)
}
