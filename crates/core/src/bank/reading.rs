//! Choices as a reader would understand them.

use super::question::Answer;
use super::wording::title;
use super::words::{Words, gives_away};
use crate::facts::{Entity, EntityKind, EntityRef, FactBase, bare_name, fold, mark};
use std::borrow::Cow;
use std::sync::OnceLock;

/// A choice as a reader may understand it.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    is_entity: bool,
    text: String,
    words: Words,
    /// The words of this text, and of each alias of its entity.
    names: Vec<Words>,
}

impl Reading {
    fn of(text: &str, entity: Option<&Entity>) -> Self {
        let aliases = entity.map(|e| e.aliases.as_slice()).unwrap_or_default();
        let aliases: Vec<String> = aliases.iter().map(|alias| fold(alias)).collect();
        Self::of_folded(fold(text), entity.is_some(), &aliases)
    }

    fn of_folded(text: String, is_entity: bool, aliases: &[String]) -> Self {
        let words = Words::of_folded(&text);
        let aliases = aliases.iter().map(|alias| Words::of_folded(alias));
        Self {
            is_entity,
            text,
            names: std::iter::once(words.clone()).chain(aliases).collect(),
            words,
        }
    }

    /// Whether it is a name whose words are all in the prompt.
    pub(super) fn is_named_in(&self, prompt: &Words) -> bool {
        self.is_entity && self.words.is_subset(prompt)
    }

    /// Whether it is a name that the prompt gives away.
    pub(super) fn is_given_away_by(&self, prompt: &Words) -> bool {
        self.is_entity && gives_away(prompt, &self.words)
    }

    /// Whether a reader could mistake one for the other: all words of one are in a name of the
    /// other ("Vincent" and "Vincent Hanna").
    pub(super) fn is_like(&self, other: &Self) -> bool {
        if !self.is_entity || !other.is_entity {
            return self.text == other.text;
        }
        let within = |a: &Self, b: &Self| b.names.iter().any(|name| a.words.is_subset(name));
        within(self, other) || within(other, self)
    }
}

/// An entity with all its names.
struct Called {
    name: String,
    /// As a reader understands its title. A year or a remark in brackets makes no other name of it.
    reading: Reading,
    /// Its name and its aliases, folded.
    names: Vec<String>,
}

impl Called {
    fn of(entity: &Entity) -> Self {
        let stated = std::iter::once(&entity.name).chain(&entity.aliases);
        let names: Vec<String> = stated.map(|name| fold(name)).collect();
        let reading = Reading::of_folded(fold(title(entity)), true, &names[1..]);
        Self {
            name: entity.name.clone(),
            reading,
            names,
        }
    }

    /// Whether a choice with this text names it without adding anything.
    fn is_shown_as(&self, text: &str) -> bool {
        self.name == text || bare_name(&self.name) == text
    }
}

/// Entities as a reader understands them, each made on first use: the same few are choices in many
/// questions, and most are never used. Threads that make questions share them.
pub(super) struct Readings<'a> {
    base: &'a FactBase,
    /// By the entity's place in the base.
    called: Box<[OnceLock<Box<Called>>]>,
    /// The kind and place of every entity by the hashes of its folded names, in order of these.
    named: OnceLock<Vec<(u64, EntityKind, u32)>>,
}

impl<'a> Readings<'a> {
    pub(super) fn of(base: &'a FactBase) -> Self {
        Self {
            base,
            called: (0..base.entities_count())
                .map(|_| OnceLock::new())
                .collect(),
            named: OnceLock::new(),
        }
    }

    fn called(&self, kind: EntityKind, id: &str) -> Option<&Called> {
        let (number, entity) = self.base.numbered_entity(kind, id)?;
        self.called_at(number, entity)
    }

    fn called_at(&self, place: u32, entity: &Entity) -> Option<&Called> {
        let called = self.called.get(place as usize)?;
        Some(called.get_or_init(|| Box::new(Called::of(entity))))
    }

    /// A choice, which may name an entity.
    pub(super) fn reading(&self, answer: &Answer) -> Cow<'_, Reading> {
        let entity = answer.entity.as_ref();
        let place = entity.and_then(|entity| self.base.numbered_entity(entity.kind, &entity.id));
        self.reading_at(place.map(|(place, _)| place), &answer.text)
    }

    /// The same for a choice that names the entity with this place among all, if any.
    pub(super) fn reading_at(&self, place: Option<u32>, text: &str) -> Cow<'_, Reading> {
        let named = place.and_then(|place| Some((place, self.base.entity_at(place)?)));
        match named.and_then(|(place, entity)| self.called_at(place, entity)) {
            Some(called) if called.is_shown_as(text) => Cow::Borrowed(&called.reading),
            _ => Cow::Owned(Reading::of(text, named.map(|(_, entity)| entity))),
        }
    }

    /// Whether an entity has this folded name, or this title.
    pub(super) fn is_called(&self, entity: &EntityRef, folded: &str) -> bool {
        let called = self.called(entity.kind, &entity.id);
        called.is_some_and(|called| {
            called.reading.text == folded || called.names.iter().any(|name| name == folded)
        })
    }

    /// The entity with this folded name; `None` if two share it, or by a chance in many millions its
    /// hash.
    pub(super) fn named(&self, folded: &str) -> Option<EntityRef> {
        let named = self.named.get_or_init(|| named(self.base));
        let hash = mark(folded);
        let start = named.partition_point(|(other, ..)| *other < hash);
        let same = named[start..].iter();
        let same = same.take_while(|(other, ..)| *other == hash);
        let mut same = same.map(|(_, kind, place)| (*kind, *place));
        let first = same.next()?;
        let (kind, place) = same.all(|other| other == first).then_some(first)?;
        let entity = EntityRef::new(kind, self.base.entity_at(place)?.id.clone());
        self.is_called(&entity, folded).then_some(entity)
    }
}

fn named(base: &FactBase) -> Vec<(u64, EntityKind, u32)> {
    // Entities are numbered in this order.
    let kinds = EntityKind::ALL.into_iter();
    let entities = kinds.flat_map(|kind| base.entities(kind).map(move |entity| (kind, entity)));
    let named = (0..).zip(entities).flat_map(|(place, (kind, entity))| {
        let names = std::iter::once(&entity.name).chain(&entity.aliases);
        names.map(move |name| (mark(&fold(name)), kind, place))
    });
    let mut named: Vec<_> = named.collect();
    named.sort_unstable_by_key(|(hash, ..)| *hash);
    named
}
