//! The ids and names of all entities, kept once for everything that refers to entities.

use super::model::{Entity, EntityKind, EntityRef};
use super::record_words::before_brackets;
use super::slug::slug;
use crate::blocks::Blocks;
use crate::rows::{Rows, number_of};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// How many entities are unpacked together.
const BLOCK: u32 = 16;

/// Entities in order of kind and id. Facts, indexes and typed names share one table, and refer to
/// entities by their numbers in it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct EntityTable {
    /// A [`Row`] each.
    rows: Blocks<BLOCK>,
    /// The id of the first entity of each block.
    firsts: Rows,
    /// Where the entities of each kind end.
    ends: [u32; EntityKind::ALL.len()],
}

#[derive(Serialize, Deserialize)]
struct Row<'a> {
    name: &'a str,
    #[serde(borrow)]
    id: Id<'a>,
}

/// Nearly all ids begin with the [`slug`] of their entity's name, or are just that.
#[derive(Serialize, Deserialize)]
enum Id<'a> {
    Following(&'a str),
    Other(&'a str),
}

impl Row<'_> {
    fn id(&self) -> String {
        match self.id {
            Id::Following(rest) => slug(before_brackets(self.name)) + rest,
            Id::Other(id) => id.to_owned(),
        }
    }

    fn named(&self) -> Named {
        Named {
            id: self.id(),
            name: self.name.to_owned(),
        }
    }
}

/// The first number of a range for which a condition holds, as it does for all after it; else the
/// end of the range.
fn first_from(range: Range<u32>, holds: impl Fn(u32) -> bool) -> u32 {
    let Range { mut start, mut end } = range;
    while start < end {
        let middle = u32::midpoint(start, end);
        if holds(middle) {
            end = middle;
        } else {
            start = middle + 1;
        }
    }
    start
}

/// An entity's id and name.
pub(crate) struct Named {
    pub(crate) id: String,
    pub(crate) name: String,
}

impl EntityTable {
    /// Lists entities, those of each kind in order of id.
    pub(super) fn of(kinds: [&[Entity]; EntityKind::ALL.len()]) -> Self {
        let entities = kinds.into_par_iter().flatten();
        let rows = entities.map(|entity| {
            let (name, id) = (entity.name.as_str(), entity.id.as_str());
            let rest = id.strip_prefix(slug(before_brackets(name)).as_str());
            let id = rest.map_or(Id::Other(id), Id::Following);
            // Writing into memory cannot fail.
            postcard::to_extend(&Row { name, id }, Vec::new()).unwrap_or_default()
        });
        let rows: Vec<Vec<u8>> = rows.collect();
        let firsts = kinds.into_iter().flatten().step_by(BLOCK as usize);
        let mut end = 0;
        Self {
            rows: Blocks::of(&rows.into_iter().collect()),
            firsts: firsts.map(|entity| &entity.id).collect(),
            ends: kinds.map(|entities| {
                end += number_of(entities.len());
                end
            }),
        }
    }

    /// How many entities there are.
    pub(crate) fn len(&self) -> u32 {
        self.rows.len()
    }

    /// The id and the name of the entity with this number.
    pub(crate) fn get(&self, number: u32) -> Option<Named> {
        let row = self.rows.get(number);
        let row: Row = postcard::from_bytes(&row).ok()?;
        Some(row.named())
    }

    /// The key and the name of the entity with this number.
    pub(crate) fn named(&self, number: u32) -> Option<(EntityRef, String)> {
        let kind = self.kind_of(number)?;
        let Named { id, name } = self.get(number)?;
        Some((EntityRef::new(kind, id), name))
    }

    /// The kind of the entity with this number.
    pub(super) fn kind_of(&self, number: u32) -> Option<EntityKind> {
        let mut kinds = EntityKind::ALL.into_iter().zip(self.ends);
        let (kind, _) = kinds.find(|(_, end)| number < *end)?;
        Some(kind)
    }

    /// The number of an entity.
    pub(crate) fn number(&self, kind: EntityKind, id: &str) -> Option<u32> {
        let (number, _) = self.find(kind, id)?;
        Some(number)
    }

    /// An entity with its number. Unpacks only the block that must hold it.
    pub(super) fn find(&self, kind: EntityKind, id: &str) -> Option<(u32, Named)> {
        let Range { start, end } = self.of_kind(kind);
        // The first block may begin with entities of another kind.
        let blocks = start / BLOCK + 1..end.div_ceil(BLOCK);
        let after = first_from(blocks, |block| self.firsts.text(block) > id);
        let rows = self.rows.block(after - 1);
        let begin = (after - 1) * BLOCK;
        let row = |number: u32| postcard::from_bytes::<Row>(rows.get(number - begin)).ok();
        let numbers = start.max(begin)..end.min(begin + BLOCK);
        let is_before = |row: Row| row.id().as_str() < id;
        let number = first_from(numbers, |number| !row(number).is_some_and(is_before));
        let named = row(number)?.named();
        (number < end && named.id == id).then_some((number, named))
    }

    /// The numbers of the entities of a kind.
    pub(crate) fn of_kind(&self, kind: EntityKind) -> Range<u32> {
        let before = (kind as usize).checked_sub(1);
        before.map_or(0, |before| self.ends[before])..self.ends[kind as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_found_by_number_and_by_id() {
        use EntityKind::{Character, Organisation, Person, Work};
        let all = [
            (Person, "al-pacino", "Al Pacino"),
            (Person, "madonna", "Madonna"),
            (Person, "the-duke", "John Wayne"),
            (Character, "hanna-heat-1995", "Hanna (Heat)"),
            (Work, "heat-1995", "Heat"),
            (Work, "madonna", "Madonna"),
        ];
        let entities = all.map(|(_, id, name)| Entity::named(id, name));
        let table = EntityTable::of([&entities[..3], &entities[3..4], &entities[4..], &[]]);
        assert_eq!(table.len(), 6);
        for (number, (kind, id, name)) in (0..).zip(all) {
            assert_eq!(table.number(kind, id), Some(number));
            let key = EntityRef::new(kind, id);
            assert_eq!(table.named(number), Some((key, name.to_owned())));
            let named = table.get(number).expect("it is there");
            assert_eq!((named.id.as_str(), named.name.as_str()), (id, name));
            assert!(table.of_kind(kind).contains(&number));
        }
        assert_eq!(table.number(Character, "al-pacino"), None);
        assert_eq!(table.number(Organisation, "madonna"), None);
        assert_eq!(table.named(6), None);
        assert!(table.get(6).is_none());
    }
}
