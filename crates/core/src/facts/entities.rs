//! Every entity of the loaded packs, each once.

use super::entity_table::EntityTable;
use super::model::{Entity, EntityKind, EntityRef};
use crate::rows::number_of;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::mem::take;
use std::sync::{Arc, OnceLock};

/// Entities in order of kind and id.
#[derive(Debug, Clone, Default)]
pub(super) struct Entities {
    /// In the order of [`EntityKind::ALL`].
    kinds: [OfKind; EntityKind::ALL.len()],
    /// Made when it is first wanted.
    shared: OnceLock<Arc<EntityTable>>,
}

/// The entities of one kind, in order of id. A hash of the id finds an entity in place, so ids are
/// not stored a second time as keys, and few are compared: there may be a million.
#[derive(Debug, Clone, Default)]
struct OfKind {
    rows: Vec<Entity>,
    /// The place of the first among those of all kinds.
    start: u32,
    table: HashTable<u32>,
    hasher: RandomState,
}

impl OfKind {
    fn of(rows: Vec<Entity>, start: u32) -> Self {
        let hasher = RandomState::default();
        let hash = |place: &u32| hasher.hash_one(rows[*place as usize].id.as_str());
        let mut table = HashTable::with_capacity(rows.len());
        for place in (0..).take(rows.len()) {
            table.insert_unique(hash(&place), place, hash);
        }
        Self {
            rows,
            start,
            table,
            hasher,
        }
    }

    /// The place of the entity with this id among those of its kind.
    fn find(&self, id: &str) -> Option<u32> {
        let is_it = |place: &u32| self.rows[*place as usize].id == id;
        self.table.find(self.hasher.hash_one(id), is_it).copied()
    }

    fn get(&self, place: u32) -> Option<&Entity> {
        self.rows.get(place.checked_sub(self.start)? as usize)
    }
}

impl Entities {
    /// Indexes entities of two lists; they come in any order, each once.
    pub(super) fn of(lists: [Vec<(EntityKind, Entity)>; 2]) -> Self {
        let [one, other] = lists;
        let (one, other) = rayon::join(|| sorted(one), || sorted(other));
        let (mut one, mut other) = (one, other);
        Self::in_order(std::array::from_fn(|kind| {
            let (mut one, mut other) = (take(&mut one[kind]), take(&mut other[kind]));
            // All of a kind are usually in one list, which then need not move.
            if one.is_empty() {
                return other;
            }
            one.append(&mut other);
            // Cheap, because it is two lists in order.
            one.sort_by(|a, b| a.id.cmp(&b.id));
            one
        }))
    }

    /// Takes the entities of each kind in order of id, in the order of [`EntityKind::ALL`].
    pub(super) fn in_order(lists: [Vec<Entity>; EntityKind::ALL.len()]) -> Self {
        let mut start = 0;
        let lists = lists.map(|rows| {
            let before = start;
            start += number_of(rows.len());
            (rows, before)
        });
        let kinds = lists.into_par_iter();
        let mut kinds: Vec<OfKind> = kinds.map(|(rows, start)| OfKind::of(rows, start)).collect();
        Self {
            kinds: EntityKind::ALL.map(|kind| take(&mut kinds[kind as usize])),
            shared: OnceLock::new(),
        }
    }

    /// The entities under their kind and id again.
    pub(super) fn into_map(self) -> BTreeMap<EntityRef, Entity> {
        let kinds = EntityKind::ALL.into_iter().zip(self.kinds);
        let entities = kinds.flat_map(|(kind, of_kind)| {
            let rows = of_kind.rows.into_iter();
            rows.map(move |entity| (EntityRef::new(kind, entity.id.clone()), entity))
        });
        entities.collect()
    }

    /// Every entity in order of kind and id.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Entity> {
        self.kinds.iter().flat_map(|of_kind| &of_kind.rows)
    }

    pub(super) fn len(&self) -> usize {
        self.kinds.iter().map(|of_kind| of_kind.rows.len()).sum()
    }

    /// The entity with this place among all.
    pub(super) fn get(&self, place: u32) -> Option<&Entity> {
        let [people, characters, works, organisations] = &self.kinds;
        let of_kind = match place {
            place if place < characters.start => people,
            place if place < works.start => characters,
            place if place < organisations.start => works,
            _ => organisations,
        };
        of_kind.get(place)
    }

    /// The same entities as a table that everything made from them shares.
    pub(super) fn shared(&self) -> &Arc<EntityTable> {
        if let Some(table) = self.shared.get() {
            return table;
        }
        // Not while the lock is held: a thread that waits for others takes up other work, which may
        // want the table, too.
        let table = Arc::new(EntityTable::of(
            EntityKind::ALL.map(|kind| self.of_kind(kind)),
        ));
        self.shared.get_or_init(|| table)
    }

    /// The entity with this kind and id, with its place among all.
    pub(super) fn numbered(&self, kind: EntityKind, id: &str) -> Option<(u32, &Entity)> {
        let of_kind = &self.kinds[kind as usize];
        let place = of_kind.find(id)?;
        Some((of_kind.start + place, of_kind.rows.get(place as usize)?))
    }

    /// The place of the entity of this kind and id among all.
    pub(super) fn number(&self, kind: EntityKind, id: &str) -> Option<u32> {
        let of_kind = &self.kinds[kind as usize];
        Some(of_kind.start + of_kind.find(id)?)
    }

    /// The entities of a kind, in order of id.
    pub(super) fn of_kind(&self, kind: EntityKind) -> &[Entity] {
        &self.kinds[kind as usize].rows
    }
}

/// The entities of each kind in order of id, in the order of [`EntityKind::ALL`].
fn sorted(mut all: Vec<(EntityKind, Entity)>) -> [Vec<Entity>; EntityKind::ALL.len()] {
    let keys = all.par_iter().zip(0..number_of(all.len()));
    let keys = keys.map(|((kind, entity), place)| (*kind, beginning(&entity.id), place));
    let mut order: Vec<(EntityKind, u128, u32)> = keys.collect();
    let id = |place: u32| all[place as usize].1.id.as_str();
    order.par_sort_unstable_by(|(kind, start, place), (of, other, second)| {
        let same = (kind, start).cmp(&(of, other));
        same.then_with(|| id(*place).cmp(id(*second)))
    });
    EntityKind::ALL.map(|kind| {
        let from = order.partition_point(|(other, ..)| *other < kind);
        let until = order.partition_point(|(other, ..)| *other <= kind);
        let places = order[from..until].iter();
        let rows = places.map(|(.., place)| take(&mut all[*place as usize].1));
        rows.collect()
    })
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
                (EntityRef::new(*kind, *id), Entity::named(*id, &name))
            });
            let merged: BTreeMap<EntityRef, Entity> = merged.collect();
            let rows = merged.iter().rev().map(|(key, entity)| (key.kind, entity.clone()));
            let (some, others): (Vec<_>, Vec<_>) = rows.partition(|(_, entity)| entity.id.len() < 3);
            let entities = Entities::of([some, others]);
            let numbers = 0..number_of(entities.len());
            prop_assert!(numbers.map(|number| entities.get(number)).eq(entities.iter().map(Some)));
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
