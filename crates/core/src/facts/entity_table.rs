//! The ids and names of all entities, kept once for everything that refers to entities.

use super::model::{Entity, EntityKind, EntityRef};
use super::slug::slug;
use crate::blocks::Blocks;
use crate::rows::number_of;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;

/// Entities in order of kind and id. Facts, indexes and typed names share one table, and refer to
/// entities by their numbers in it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct EntityTable {
    /// A [`Row`] each.
    rows: Blocks<16>,
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

/// What an entity is called.
pub(crate) struct Named<'a> {
    pub(crate) id: Cow<'a, str>,
    pub(crate) name: Cow<'a, str>,
}

impl EntityTable {
    /// Lists entities in order of kind and id; `ends` says where those of each kind end.
    pub(super) fn of(entities: &[Entity], ends: [usize; EntityKind::ALL.len()]) -> Self {
        let rows = entities.iter().map(|entity| {
            let (name, id) = (entity.name.as_str(), entity.id.as_str());
            let rest = id.strip_prefix(slug(bare(name)).as_str());
            let id = rest.map_or(Id::Other(id), Id::Following);
            // Writing into memory cannot fail.
            postcard::to_extend(&Row { name, id }, Vec::new()).unwrap_or_default()
        });
        Self {
            rows: Blocks::of(&rows.collect()),
            ends: ends.map(number_of),
        }
    }

    /// How many entities there are.
    pub(crate) fn len(&self) -> u32 {
        self.rows.len()
    }

    /// The id and the name of the entity with this number.
    pub(crate) fn get(&self, number: u32) -> Option<Named<'static>> {
        let row = self.rows.get(number);
        let Row { name, id } = postcard::from_bytes(&row).ok()?;
        let id = match id {
            Id::Following(rest) => slug(bare(name)) + rest,
            Id::Other(id) => id.to_owned(),
        };
        Some(Named {
            id: id.into(),
            name: name.to_owned().into(),
        })
    }

    /// The key and the name of the entity with this number.
    pub(crate) fn named(&self, number: u32) -> Option<(EntityRef, String)> {
        let mut kinds = EntityKind::ALL.into_iter().zip(self.ends);
        let (kind, _) = kinds.find(|(_, end)| number < *end)?;
        let Named { id, name } = self.get(number)?;
        Some((EntityRef::new(kind, id), name.into_owned()))
    }

    /// The number of an entity.
    pub(crate) fn number(&self, kind: EntityKind, id: &str) -> Option<u32> {
        let id_at = |number: u32| Some(self.get(number)?.id);
        let Range { start, end } = self.of_kind(kind);
        let (mut from, mut to) = (start, end);
        while from < to {
            let middle = u32::midpoint(from, to);
            if id_at(middle).as_deref() < Some(id) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        (from < end && id_at(from).as_deref() == Some(id)).then_some(from)
    }

    /// The numbers of the entities of a kind.
    pub(crate) fn of_kind(&self, kind: EntityKind) -> Range<u32> {
        let before = (kind as usize).checked_sub(1);
        before.map_or(0, |before| self.ends[before])..self.ends[kind as usize]
    }
}

/// A name without the remark that distinguishes it from its namesakes.
pub(super) fn bare(name: &str) -> &str {
    name.rsplit_once(" (").map_or(name, |(bare, _)| bare)
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
        let table = EntityTable::of(&entities, [3, 4, 6, 6]);
        assert_eq!(table.len(), 6);
        for (number, (kind, id, name)) in (0..).zip(all) {
            assert_eq!(table.number(kind, id), Some(number));
            let key = EntityRef::new(kind, id);
            assert_eq!(table.named(number), Some((key, name.to_owned())));
            let named = table.get(number).expect("it is there");
            assert_eq!((&*named.id, &*named.name), (id, name));
            assert!(table.of_kind(kind).contains(&number));
        }
        assert_eq!(table.number(Character, "al-pacino"), None);
        assert_eq!(table.number(Organisation, "madonna"), None);
        assert_eq!(table.named(6), None);
        assert!(table.get(6).is_none());
    }
}
