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
    /// Its name and its aliases, folded.
    names: Vec<String>,
}

impl Called {
    fn of(entity: &Entity) -> Self {
        let stated = std::iter::once(&entity.name).chain(&entity.aliases);
        let names: Vec<String> = stated.map(|name| fold(name)).collect();
        Self {
            reading: Reading::of_folded(fold(title(entity)), true, &names[1..]),
            names,
        }
    }
}

/// Every entity as a reader reads it, made once: the same few are choices of many questions.
pub(super) struct Readings {
    called: HashMap<EntityRef, Called>,
    /// Which entity a name means; none where two share it.
    named: HashMap<String, Option<EntityRef>>,
}

impl Readings {
    pub(super) fn of(base: &FactBase) -> Self {
        let mut readings = Self {
            called: HashMap::new(),
            named: HashMap::new(),
        };
        for kind in EntityKind::ALL {
            for entity in base.entities(kind) {
                let this = EntityRef::new(kind, entity.id.clone());
                readings.add(this, Called::of(entity));
            }
        }
        readings
    }

    fn add(&mut self, this: EntityRef, called: Called) {
        for name in &called.names {
            let meant = self.named.entry(name.clone());
            let meant = meant.or_insert_with(|| Some(this.clone()));
            if meant.as_ref() != Some(&this) {
                *meant = None;
            }
        }
        self.called.insert(this, called);
    }

    /// A choice of these entities, or of none.
    pub(super) fn reading(&self, base: &FactBase, answer: &Answer) -> Cow<'_, Reading> {
        let entity = answer.entity.as_ref().and_then(|e| base.entity(e));
        let called = answer.entity.as_ref().and_then(|e| self.called.get(e));
        match (entity, called) {
            (Some(entity), Some(called)) if title(entity) == answer.text => {
                Cow::Borrowed(&called.reading)
            }
            _ => Cow::Owned(Reading::of(&answer.text, entity)),
        }
    }

    /// Whether an entity has this name, which is folded, or this title.
    pub(super) fn is_called(&self, entity: &EntityRef, folded: &str) -> bool {
        self.called.get(entity).is_some_and(|called| {
            called.reading.text == folded || called.names.iter().any(|name| name == folded)
        })
    }

    /// Which entity has this name, which is folded; none where two share it.
    pub(super) fn named(&self, folded: &str) -> Option<&EntityRef> {
        self.named.get(folded)?.as_ref()
    }
}
