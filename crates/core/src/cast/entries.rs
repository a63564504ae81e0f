//! The entities of an index, with the facts that mention each.

use super::index_u32;
use crate::facts::{Difficulty, Entity, EntityKind, EntityRef, Fact};
use foldhash::HashMap;
use serde::{Deserialize, Serialize};

/// Entities in order of kind and id, referred to by position. Ids and names share one text; facts
/// are referred to by their number in the base.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Entries {
    rows: Vec<Row>,
    text: String,
    mentions: Vec<u32>,
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Row {
    kind: EntityKind,
    /// How much the facts say about it; orders hits that are equally close.
    weight: u16,
    /// Where its id, name and mentions begin; each ends where the next begins.
    id: u32,
    name: u32,
    mentions: u32,
}

impl Entries {
    /// Collects, for entities in order, which of the numbered facts mention each.
    pub(super) fn of<'a>(
        entities: &[(EntityKind, &Entity)],
        facts: impl Iterator<Item = (u32, &'a Fact)>,
    ) -> Self {
        let keys = entities.iter().map(|(kind, e)| (*kind, e.id.as_str()));
        let places: HashMap<(EntityKind, &str), u32> = keys.zip(0..).collect();
        let mut weights = vec![0_u16; entities.len()];
        let mut pairs = Vec::new();
        for (number, fact) in facts {
            for entity in fact.named() {
                if let Some(place) = places.get(&entity) {
                    let weight = &mut weights[*place as usize];
                    *weight = weight.saturating_add(weight_of(fact));
                    pairs.push((*place, number));
                }
            }
        }
        drop(places);
        pairs.sort_unstable();
        let mut entries = Self::default();
        entries.rows.reserve_exact(entities.len());
        let mut filed = 0;
        for (place, (kind, entity)) in entities.iter().enumerate() {
            let id = index_u32(entries.text.len());
            entries.text.push_str(&entity.id);
            let name = index_u32(entries.text.len());
            entries.text.push_str(&entity.name);
            entries.rows.push(Row {
                kind: *kind,
                weight: weights[place],
                id,
                name,
                mentions: index_u32(filed),
            });
            filed += pairs[filed..].partition_point(|(of, _)| *of as usize == place);
        }
        entries.text.shrink_to_fit();
        entries.mentions = pairs.into_iter().map(|(_, number)| number).collect();
        entries.mentions.shrink_to_fit();
        entries
    }

    pub(super) fn weight(&self, entry: u32) -> u16 {
        self.rows[entry as usize].weight
    }

    pub(super) fn name(&self, entry: u32) -> &str {
        let end = self
            .row(entry + 1)
            .map_or(self.text.len(), |next| next.id as usize);
        &self.text[self.rows[entry as usize].name as usize..end]
    }

    pub(super) fn reference(&self, entry: u32) -> EntityRef {
        let (kind, id) = self.key(&self.rows[entry as usize]);
        EntityRef::new(kind, id)
    }

    /// The numbers of the facts that mention it, in order.
    pub(super) fn mentions(&self, entry: u32) -> &[u32] {
        let end = self.row(entry + 1);
        let end = end.map_or(self.mentions.len(), |next| next.mentions as usize);
        &self.mentions[self.rows[entry as usize].mentions as usize..end]
    }

    /// An entity's position, if it is present.
    pub(super) fn find(&self, entity: &EntityRef) -> Option<u32> {
        let wanted = (entity.kind, entity.id.as_str());
        let at = self.rows.binary_search_by(|row| self.key(row).cmp(&wanted));
        at.ok().map(index_u32)
    }

    /// The positions of the entities of one kind.
    pub(super) fn of_kind(&self, kind: EntityKind) -> std::ops::Range<u32> {
        let from = self.rows.partition_point(|row| row.kind < kind);
        let to = self.rows.partition_point(|row| row.kind <= kind);
        index_u32(from)..index_u32(to)
    }

    fn row(&self, entry: u32) -> Option<&Row> {
        self.rows.get(entry as usize)
    }

    fn key(&self, row: &Row) -> (EntityKind, &str) {
        (row.kind, &self.text[row.id as usize..row.name as usize])
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
