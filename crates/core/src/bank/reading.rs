//! Choices as a reader would understand them.

use super::question::Answer;
use super::wording::title;
use super::words::{Words, is_told};
use crate::facts::{Entity, EntityKind, EntityRef, FactBase, fold};
use foldhash::{HashMap, HashMapExt};
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

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
    pub(super) fn is_told_in(&self, prompt: &Words) -> bool {
        self.is_entity && is_told(prompt, &self.words)
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
    title: String,
    /// As choices show it.
    reading: Rc<Reading>,
    /// Its name and its aliases, folded.
    names: Vec<String>,
}

impl Called {
    fn of(entity: &Entity) -> Self {
        let stated = std::iter::once(&entity.name).chain(&entity.aliases);
        let names: Vec<String> = stated.map(|name| fold(name)).collect();
        let reading = Reading::of_folded(fold(title(entity)), true, &names[1..]);
        Self {
            title: title(entity).to_owned(),
            reading: Rc::new(reading),
            names,
        }
    }
}

/// Entities as a reader understands them, each made on first use: the same few are choices in many
/// questions, and most are never used.
pub(super) struct Readings<'a> {
    base: &'a FactBase,
    called: RefCell<HashMap<EntityRef, Rc<Called>>>,
    /// The entity that a name means; `None` if two share it.
    named: OnceCell<HashMap<String, Option<EntityRef>>>,
}

impl<'a> Readings<'a> {
    pub(super) fn of(base: &'a FactBase) -> Self {
        Self {
            base,
            called: RefCell::default(),
            named: OnceCell::new(),
        }
    }

    fn called(&self, entity: &EntityRef) -> Option<Rc<Called>> {
        if let Some(called) = self.called.borrow().get(entity) {
            return Some(Rc::clone(called));
        }
        let called = Rc::new(Called::of(self.base.entity(entity)?));
        let kept = Rc::clone(&called);
        self.called.borrow_mut().insert(entity.clone(), kept);
        Some(called)
    }

    /// A choice, which may name an entity.
    pub(super) fn reading(&self, answer: &Answer) -> Rc<Reading> {
        let entity = answer.entity.as_ref();
        match entity.and_then(|entity| self.called(entity)) {
            Some(called) if called.title == answer.text => Rc::clone(&called.reading),
            _ => {
                let declared = entity.and_then(|entity| self.base.entity(entity));
                Rc::new(Reading::of(&answer.text, declared))
            }
        }
    }

    /// Whether an entity has this folded name, or this title.
    pub(super) fn is_called(&self, entity: &EntityRef, folded: &str) -> bool {
        self.called(entity).is_some_and(|called| {
            called.reading.text == folded || called.names.iter().any(|name| name == folded)
        })
    }

    /// The entity with this folded name; `None` if two share it.
    pub(super) fn named(&self, folded: &str) -> Option<&EntityRef> {
        let named = self.named.get_or_init(|| named(self.base));
        named.get(folded)?.as_ref()
    }
}

fn named(base: &FactBase) -> HashMap<String, Option<EntityRef>> {
    let mut named: HashMap<String, Option<EntityRef>> = HashMap::new();
    for kind in EntityKind::ALL {
        for entity in base.entities(kind) {
            let this = EntityRef::new(kind, entity.id.clone());
            for name in std::iter::once(&entity.name).chain(&entity.aliases) {
                let meant = named.entry(fold(name));
                let meant = meant.or_insert_with(|| Some(this.clone()));
                if meant.as_ref() != Some(&this) {
                    *meant = None;
                }
            }
        }
    }
    named
}
