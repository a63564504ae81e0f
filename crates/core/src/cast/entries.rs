//! The entities of an index, with the facts that mention each.

use super::index_u32;
use crate::facts::{Difficulty, EntityKind, EntityRef, EntityTable, Fact};
use crate::groups::Groups;
use crate::lists::Lists;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// Entities in order of kind and id, referred to by position. Facts are referred to by their number
/// in the base.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Entries {
    /// The ids and names of all entities: [attached](Self::attach) when the rest has been read.
    #[serde(skip)]
    all: Arc<EntityTable>,
    /// The numbers of the entries' entities, in ascending order; if `None`, they are the first of all
    /// entities.
    listed: Option<Vec<u32>>,
    /// How much the facts say about each; orders hits that are equally close.
    weights: Vec<u16>,
    /// The facts that mention each.
    mentions: Lists,
}

impl Entries {
    /// Collects which of the numbered facts, each with its entities, mention each of `count` entries.
    pub(super) fn of<'a>(
        all: &Arc<EntityTable>,
        listed: Option<Vec<u32>>,
        count: usize,
        facts: impl Iterator<Item = (u32, (&'a Fact, Cow<'a, [u32]>))>,
    ) -> Self {
        let mut weights = vec![0_u16; count];
        let mut pairs = Vec::new();
        for (number, (fact, named)) in facts {
            for entity in named.iter() {
                let place = match &listed {
                    Some(listed) => listed.binary_search(entity).map_or(u32::MAX, index_u32),
                    None => *entity,
                };
                if let Some(weight) = weights.get_mut(place as usize) {
                    *weight = weight.saturating_add(weight_of(fact));
                    pairs.push((place, number));
                }
            }
        }
        let mentions = Groups::of(count, pairs.iter().copied());
        drop(pairs);
        Self {
            all: Arc::clone(all),
            listed,
            weights,
            mentions: mentions.iter().collect(),
        }
    }

    /// Completes entries that were read without the table of entities.
    pub(super) fn attach(&mut self, all: Arc<EntityTable>) {
        self.all = all;
    }

    pub(super) fn weight(&self, entry: u32) -> u16 {
        self.weights[entry as usize]
    }

    /// The entity's key and name.
    pub(super) fn named(&self, entry: u32) -> Option<(EntityRef, String)> {
        self.all.named(self.number(entry))
    }

    /// The numbers of the facts that mention it, in order.
    pub(super) fn mentions(&self, entry: u32) -> impl Iterator<Item = u32> {
        self.mentions.get(entry)
    }

    /// An entity's position, if it is present.
    pub(super) fn find(&self, entity: &EntityRef) -> Option<u32> {
        let number = self.all.number(entity.kind, &entity.id)?;
        let entry = self.first_from(number);
        ((entry as usize) < self.weights.len() && self.number(entry) == number).then_some(entry)
    }

    /// The positions of the entities of one kind.
    pub(super) fn of_kind(&self, kind: EntityKind) -> Range<u32> {
        let Range { start, end } = self.all.of_kind(kind);
        self.first_from(start)..self.first_from(end)
    }

    /// The number of an entry's entity.
    fn number(&self, entry: u32) -> u32 {
        let listed = self.listed.as_ref();
        listed.map_or(entry, |listed| listed[entry as usize])
    }

    /// The first entry whose entity has this number or a later one.
    fn first_from(&self, number: u32) -> u32 {
        match &self.listed {
            Some(listed) => index_u32(listed.partition_point(|listed| *listed < number)),
            None => number.min(index_u32(self.weights.len())),
        }
    }
}

/// A well-known fact weighs more than an obscure one: that tells a leading role from a bartender.
fn weight_of(fact: &Fact) -> u16 {
    match fact.difficulty {
        Difficulty::Easy => 5,
        Difficulty::Medium => 2,
        Difficulty::Hard => 1,
    }
}
