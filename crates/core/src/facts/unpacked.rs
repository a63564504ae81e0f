//! Packed facts, unpacked on demand.

use super::model::{Entity, EntityKind, Fact, Pack};
use super::packed::PackedFacts;
use elsa::sync::FrozenMap;
use std::fmt;
use std::sync::Arc;

/// What has been unpacked stays in place, so that references to it stay valid.
pub(super) struct Unpacked {
    packed: Arc<PackedFacts>,
    facts: FrozenMap<u32, Box<Fact>>,
    entities: FrozenMap<u32, Box<Entity>>,
}

impl Unpacked {
    pub(super) fn of(packed: Arc<PackedFacts>) -> Self {
        Self {
            packed,
            facts: FrozenMap::new(),
            entities: FrozenMap::new(),
        }
    }

    pub(super) fn packed(&self) -> &PackedFacts {
        &self.packed
    }

    /// The fact with this number.
    pub(super) fn fact(&self, number: u32) -> Option<&Fact> {
        if let Some(known) = self.facts.get(&number) {
            return Some(known);
        }
        let fact = self.packed.fact_at(number)?;
        Some(self.facts.insert(number, Box::new(fact)))
    }

    /// Every fact with these numbers.
    pub(super) fn facts(&self, numbers: impl Iterator<Item = u32>) -> impl Iterator<Item = &Fact> {
        numbers.filter_map(|number| self.fact(number))
    }

    /// The pack that states the fact with this id.
    pub(super) fn pack_of(&self, id: &str) -> Option<&Pack> {
        self.packed.pack_at(self.packed.number_of_fact(id)?)
    }

    /// The entity with this number.
    pub(super) fn entity(&self, number: u32) -> Option<&Entity> {
        if let Some(known) = self.entities.get(&number) {
            return Some(known);
        }
        let entity = self.packed.entity_at(number)?;
        Some(self.entities.insert(number, Box::new(entity)))
    }

    /// Every entity of a kind.
    pub(super) fn entities(&self, kind: EntityKind) -> impl Iterator<Item = &Entity> {
        let numbers = self.packed.entity_table().of_kind(kind);
        numbers.filter_map(|number| self.entity(number))
    }
}

impl fmt::Debug for Unpacked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Unpacked").field(&self.packed).finish()
    }
}
