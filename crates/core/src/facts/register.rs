//! Entities while packs are being joined.

use super::model::{Entity, EntityKind, EntityRef};
use crate::rows::number_of;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::collections::BTreeMap;
use std::hash::BuildHasher;

/// Entities in the order in which they were added, found by kind and id. Each keeps its number, so
/// that records can refer to it.
#[derive(Default)]
pub(super) struct Register {
    rows: Vec<(EntityKind, Entity)>,
    table: HashTable<u32>,
    hasher: RandomState,
}

impl Register {
    /// Begins with what packs declare. `expected` is how many more may follow.
    pub(super) fn of(declared: BTreeMap<EntityRef, Entity>, expected: usize) -> Self {
        let all = declared.len() + expected;
        let mut register = Self {
            rows: Vec::with_capacity(all),
            table: HashTable::with_capacity(all),
            hasher: RandomState::default(),
        };
        for (key, entity) in declared {
            register.number_or(key.kind, &key.id, || entity);
        }
        register
    }

    /// The number of the entity of this kind and id, which `make` makes if there is none.
    pub(super) fn number_or(
        &mut self,
        kind: EntityKind,
        id: &str,
        make: impl FnOnce() -> Entity,
    ) -> u32 {
        let Self {
            rows,
            table,
            hasher,
        } = self;
        let is_it = |number: &u32| {
            let (of, entity) = &rows[*number as usize];
            (*of, entity.id.as_str()) == (kind, id)
        };
        let hash = |number: &u32| {
            let (kind, entity) = &rows[*number as usize];
            hasher.hash_one((*kind, entity.id.as_str()))
        };
        match table.entry(hasher.hash_one((kind, id)), is_it, hash) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(place) => {
                let number = number_of(rows.len());
                place.insert(number);
                rows.push((kind, make()));
                number
            }
        }
    }

    pub(super) fn get(&self, number: u32) -> &Entity {
        &self.rows[number as usize].1
    }

    pub(super) fn get_mut(&mut self, number: u32) -> &mut Entity {
        &mut self.rows[number as usize].1
    }

    /// Every entity with its kind, in order of number.
    pub(super) fn rows(&self) -> &[(EntityKind, Entity)] {
        &self.rows
    }

    pub(super) fn into_rows(self) -> Vec<(EntityKind, Entity)> {
        self.rows
    }
}
