//! Packed facts, unpacked on demand.

use super::kept::Pieces;
use super::model::{Entity, EntityKind, EntityRef, Fact, Pack};
use super::packed::PackedFacts;
use std::sync::Arc;

/// Packed facts with what has been unpacked of them.
#[derive(Debug)]
pub(super) struct Unpacked {
    packed: Arc<PackedFacts>,
    pieces: Arc<Pieces>,
}

impl Unpacked {
    pub(super) fn of(packed: Arc<PackedFacts>) -> Self {
        let pieces = packed.kept().pieces();
        Self { packed, pieces }
    }

    pub(super) fn packed(&self) -> &PackedFacts {
        &self.packed
    }

    /// The fact with this number.
    pub(super) fn fact(&self, number: u32) -> Option<&Fact> {
        if let Some(known) = self.pieces.facts.get(&number) {
            return Some(known);
        }
        let fact = self.packed.fact_at(number, &|number| self.entity(number))?;
        Some(self.pieces.facts.insert(number, Box::new(fact)))
    }

    /// Every fact with these numbers.
    pub(super) fn facts(&self, numbers: impl Iterator<Item = u32>) -> impl Iterator<Item = &Fact> {
        numbers.filter_map(|number| self.fact(number))
    }

    /// The fact with this id, with its number.
    pub(super) fn fact_with_id(&self, id: &str) -> Option<(u32, &Fact)> {
        let mut like = self.packed.numbers_like(id);
        like.find_map(|number| Some((number, self.fact(number).filter(|fact| fact.id == id)?)))
    }

    /// The pack that states the fact with this id.
    pub(super) fn pack_of(&self, id: &str) -> Option<&Pack> {
        let (number, _) = self.fact_with_id(id)?;
        self.packed.pack_at(number)
    }

    /// The entity with this number.
    pub(super) fn entity(&self, number: u32) -> Option<&Entity> {
        if let Some(known) = self.pieces.entities.get(&number) {
            return Some(known);
        }
        let entity = self.packed.entity_at(number)?;
        let kind = self.packed.entity_table().kind_of(number)?;
        let key = EntityRef::new(kind, entity.id.as_str());
        Some(self.keep(number, key, entity))
    }

    fn keep(&self, number: u32, key: EntityRef, entity: Entity) -> &Entity {
        self.pieces.numbers.insert(key, Box::new(number));
        self.pieces.entities.insert(number, Box::new(entity))
    }

    /// The entity with this key, with its number.
    pub(super) fn numbered(&self, key: &EntityRef) -> Option<(u32, &Entity)> {
        if let Some(number) = self.pieces.numbers.get(key) {
            return Some((*number, self.entity(*number)?));
        }
        let (number, named) = self.packed.entity_table().find(key.kind, &key.id)?;
        let entity = self.packed.entity_called(number, named);
        Some((number, self.keep(number, key.clone(), entity)))
    }

    /// Every entity of a kind.
    pub(super) fn entities(&self, kind: EntityKind) -> impl Iterator<Item = &Entity> {
        let numbers = self.packed.entity_table().of_kind(kind);
        numbers.filter_map(|number| self.entity(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::FactBase;

    #[test]
    fn what_is_kept_has_a_limit() {
        let packs = crate::library::bundled().expect("the packs are whole");
        let base = FactBase::build(packs).expect("the packs fit together");
        let packed = Arc::new(PackedFacts::of(&base));
        let kept = || {
            let kept = packed.kept().pieces();
            (kept.facts.len(), kept.entities.len())
        };
        assert_eq!(kept(), (0, 0));
        let first = Unpacked::of(Arc::clone(&packed));
        let fact = first.fact(0).expect("there are facts");
        let (facts, entities) = kept();
        assert_eq!(facts, 1);
        let again = Unpacked::of(Arc::clone(&packed));
        assert!(std::ptr::eq(again.fact(0).expect("it is kept"), fact));
        assert_eq!(kept(), (facts, entities));
        assert!(again.facts(0..5_000).count() == 5_000);
        assert_eq!(kept(), (0, 0), "more than is kept");
        assert_eq!(
            fact.id,
            Unpacked::of(packed).fact(0).expect("it is there").id
        );
    }
}
