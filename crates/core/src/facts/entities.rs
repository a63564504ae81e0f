//! Every entity of the loaded packs, each once.

use super::entity_table::EntityTable;
use super::model::{Entity, EntityKind, EntityRef};
use crate::rows::number_of;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::sync::{Arc, OnceLock};

/// Entities in order of kind and id. A hash of both finds an entity in place, so ids are not stored
/// a second time as keys, and few are compared: there may be a million.
#[derive(Debug, Clone, Default)]
pub(super) struct Entities {
    rows: Vec<Entity>,
    /// Where the entities of each kind end, in the order of [`EntityKind::ALL`].
    ends: [usize; EntityKind::ALL.len()],
    table: HashTable<u32>,
    hasher: RandomState,
    /// Made when it is first wanted.
    shared: OnceLock<Arc<EntityTable>>,
}

impl Entities {
    /// Indexes entities by kind and id; they come in any order, each once.
    pub(super) fn of(mut all: Vec<(EntityKind, Entity)>) -> Self {
        let keys = all.par_iter().zip(0..number_of(all.len()));
        let keys = keys.map(|((kind, entity), place)| (*kind, beginning(&entity.id), place));
        let mut order: Vec<(EntityKind, u128, u32)> = keys.collect();
        let id = |place: u32| all[place as usize].1.id.as_str();
        order.par_sort_unstable_by(|(kind, start, place), (of, other, second)| {
            let same = (kind, start).cmp(&(of, other));
            same.then_with(|| id(*place).cmp(id(*second)))
        });
        let mut ends = [0; EntityKind::ALL.len()];
        let mut rows = Vec::with_capacity(all.len());
        for (kind, _, place) in order {
            rows.push(std::mem::take(&mut all[place as usize].1));
            for end in &mut ends[kind as usize..] {
                *end = rows.len();
            }
        }
        Self::in_order(rows, ends)
    }

    /// Takes entities in order of kind and id; `ends` says where those of each kind end.
    pub(super) fn in_order(rows: Vec<Entity>, ends: [usize; EntityKind::ALL.len()]) -> Self {
        let mut entities = Self {
            rows,
            ends,
            table: HashTable::new(),
            hasher: RandomState::default(),
            shared: OnceLock::new(),
        };
        let mut table = HashTable::with_capacity(entities.rows.len());
        for place in (0..).take(entities.rows.len()) {
            table.insert_unique(entities.hash_at(place), place, |place| {
                entities.hash_at(*place)
            });
        }
        entities.table = table;
        entities
    }

    /// The entities under their kind and id again.
    pub(super) fn into_map(self) -> BTreeMap<EntityRef, Entity> {
        let mut rows = self.rows.into_iter();
        let mut map = BTreeMap::new();
        let mut filed = 0;
        for (kind, end) in EntityKind::ALL.into_iter().zip(self.ends) {
            let of_kind = rows.by_ref().take(end - filed);
            map.extend(of_kind.map(|entity| (EntityRef::new(kind, entity.id.as_str()), entity)));
            filed = end;
        }
        map
    }

    /// Every entity in order of kind and id, and where those of each kind end.
    pub(super) fn in_rows(&self) -> (&[Entity], [usize; EntityKind::ALL.len()]) {
        (&self.rows, self.ends)
    }

    /// The same entities as a table that everything made from them shares.
    pub(super) fn shared(&self) -> &Arc<EntityTable> {
        if let Some(table) = self.shared.get() {
            return table;
        }
        // Not while the lock is held: a thread that waits for others takes up other work, which may
        // want the table, too.
        let table = Arc::new(EntityTable::of(&self.rows, self.ends));
        self.shared.get_or_init(|| table)
    }

    /// The entity with this kind and id, with its place among all.
    pub(super) fn numbered(&self, kind: EntityKind, id: &str) -> Option<(u32, &Entity)> {
        let number = self.number(kind, id)?;
        Some((number, self.rows.get(number as usize)?))
    }

    /// The place of the entity of this kind and id among all.
    pub(super) fn number(&self, kind: EntityKind, id: &str) -> Option<u32> {
        let is_it = |place: &u32| {
            let place = *place as usize;
            self.range(kind).contains(&place) && self.rows[place].id == id
        };
        self.table.find(self.hash(kind, id), is_it).copied()
    }

    /// The entities of a kind, in order of id.
    pub(super) fn of_kind(&self, kind: EntityKind) -> &[Entity] {
        &self.rows[self.range(kind)]
    }

    fn range(&self, kind: EntityKind) -> std::ops::Range<usize> {
        let before = (kind as usize).checked_sub(1);
        before.map_or(0, |before| self.ends[before])..self.ends[kind as usize]
    }

    fn hash_at(&self, place: u32) -> u64 {
        let place = place as usize;
        let kinds = EntityKind::ALL.into_iter().zip(self.ends);
        let mut kinds = kinds.filter(|(_, end)| place < *end);
        let kind = kinds
            .next()
            .map_or(EntityKind::Organisation, |(kind, _)| kind);
        self.hash(kind, &self.rows[place].id)
    }

    fn hash(&self, kind: EntityKind, id: &str) -> u64 {
        self.hasher.hash_one((kind, id))
    }
}

/// The first bytes of an id. Of two ids, the one with the lesser beginning is the lesser.
fn beginning(id: &str) -> u128 {
    let mut bytes = [0; 16];
    let length = id.len().min(bytes.len());
    bytes[..length].copy_from_slice(&id.as_bytes()[..length]);
    u128::from_be_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// One id may exist under several kinds.
        #[test]
        fn entities_are_found_as_in_a_map(
            keys in prop::collection::btree_set(("(|long-enough-to-fill-)[ab]{1,3}", 0_usize..4), 0..40),
        ) {
            let keys = keys.iter().map(|(id, kind)| (EntityKind::ALL[*kind], id.as_str()));
            let keys: Vec<(EntityKind, &str)> = keys.collect();
            let merged = keys.iter().map(|(kind, id)| {
                let name = format!("{kind:?} {id}");
                (EntityRef::new(*kind, *id), Entity::named(id, &name))
            });
            let merged: BTreeMap<EntityRef, Entity> = merged.collect();
            let rows = merged.iter().rev().map(|(key, entity)| (key.kind, entity.clone()));
            let entities = Entities::of(rows.collect());
            for kind in EntityKind::ALL {
                let of_kind = merged.iter().filter(|(key, _)| key.kind == kind);
                prop_assert!(entities.of_kind(kind).iter().eq(of_kind.map(|(_, entity)| entity)));
                for id in ["a", "b", "ab", "ba", "aab", "c"] {
                    let expected = merged.get(&EntityRef::new(kind, id));
                    let found = entities.numbered(kind, id).map(|(_, entity)| entity);
                    prop_assert_eq!(found, expected);
                }
            }
            prop_assert_eq!(entities.into_map(), merged);
        }
    }
}
