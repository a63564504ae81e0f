//! Choices as a reader reads them.

use super::question::Answer;
use super::wording::title;
use super::words::Words;
use crate::facts::{Entity, EntityKind, EntityRef, FactBase, fold};
use std::borrow::Cow;
use std::collections::HashMap;

/// A choice as a reader may read it.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    is_entity: bool,
    text: String,
    words: Words,
    /// The words of this text, and of each alias of what it names.
    names: Vec<Words>,
}

impl Reading {
    fn of(text: &str, entity: Option<&Entity>) -> Self {
        let words = Words::of(text);
        let aliases = entity.map(|e| e.aliases.as_slice()).unwrap_or_default();
        let aliases = aliases.iter().map(|alias| Words::of(alias));
        Self {
            is_entity: entity.is_some(),
            text: fold(text),
            names: std::iter::once(words.clone()).chain(aliases).collect(),
            words,
        }
    }

    /// Whether it is a name, all words of which the prompt holds.
    pub(super) fn is_named_in(&self, prompt: &Words) -> bool {
        self.is_entity && self.words.is_subset(prompt)
    }

    /// Whether a reader could take the two for the same: the words of one are all in a name of
    /// the other ("Vincent" and "Vincent Hanna").
    pub(super) fn is_like(&self, other: &Self) -> bool {
        if !self.is_entity || !other.is_entity {
            return self.text == other.text;
        }
        let within = |a: &Self, b: &Self| b.names.iter().any(|name| a.words.is_subset(name));
        within(self, other) || within(other, self)
    }
}

/// An entity, by what it may be called.
struct Called {
    /// As choices name it.
    reading: Reading,
    /// Its name, its title and its aliases, folded.
    names: Vec<String>,
}

/// Every entity as a reader reads it, made once: the same few are choices of many questions.
pub(super) struct Readings(HashMap<EntityRef, Called>);

impl Readings {
    pub(super) fn of(base: &FactBase) -> Self {
        let kinds = [
            EntityKind::Person,
            EntityKind::Character,
            EntityKind::Work,
            EntityKind::Organisation,
        ];
        let entities = kinds.into_iter().flat_map(|kind| {
            let entities = base.entities(kind);
            entities.map(move |entity| (EntityRef::new(kind, entity.id.clone()), entity))
        });
        let called = entities.map(|(this, entity)| {
            let own = [entity.name.as_str(), title(entity)].into_iter();
            let aliases = entity.aliases.iter().map(String::as_str);
            let called = Called {
                reading: Reading::of(title(entity), Some(entity)),
                names: own.chain(aliases).map(fold).collect(),
            };
            (this, called)
        });
        Self(called.collect())
    }

    /// A choice of these entities, or of none.
    pub(super) fn reading(&self, base: &FactBase, answer: &Answer) -> Cow<'_, Reading> {
        let entity = answer.entity.as_ref().and_then(|e| base.entity(e));
        let called = answer.entity.as_ref().and_then(|e| self.0.get(e));
        match (entity, called) {
            (Some(entity), Some(called)) if title(entity) == answer.text => {
                Cow::Borrowed(&called.reading)
            }
            _ => Cow::Owned(Reading::of(&answer.text, entity)),
        }
    }

    /// Whether an entity has this name, which is folded.
    pub(super) fn is_called(&self, entity: &EntityRef, folded: &str) -> bool {
        let called = self.0.get(entity);
        called.is_some_and(|called| called.names.iter().any(|name| name == folded))
    }
}
