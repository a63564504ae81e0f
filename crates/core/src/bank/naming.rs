//! Which entity a choice of a hand-written question names. Packs write choices as text, and many
//! words are also a title or a name: milk, red, Chicago, an airport.

use super::index::Index;
use super::words::is_named;
use crate::facts::{EntityKind, EntityRef, WrittenQuestion, fold};
use std::collections::BTreeSet;

/// What decides for all choices of one question.
pub(super) struct Naming<'a> {
    index: &'a Index<'a>,
    /// What the question's facts mention.
    mentioned: BTreeSet<EntityRef>,
    /// The works that the question is about.
    works: BTreeSet<EntityRef>,
    /// The kind that at least two in three of its choices seem to name: a few of them are titles by
    /// chance.
    common: Option<EntityKind>,
}

impl<'a> Naming<'a> {
    /// For a question, what its facts mention, and all that it is about.
    pub(super) fn of(
        index: &'a Index<'a>,
        mentioned: impl Iterator<Item = EntityRef>,
        about: &[EntityRef],
        written: &WrittenQuestion,
    ) -> Self {
        let is_work = |entity: &&EntityRef| entity.kind == EntityKind::Work;
        let choices = std::iter::once(&written.answer).chain(&written.distractors);
        let kinds: Vec<Option<EntityKind>> = choices
            .map(|text| called(index, text).map(|entity| entity.kind))
            .collect();
        let is_common = |kind: &EntityKind| {
            let named = kinds.iter().filter(|found| **found == Some(*kind));
            named.count() * 3 >= kinds.len() * 2
        };
        Self {
            index,
            mentioned: mentioned.collect(),
            works: about.iter().filter(is_work).cloned().collect(),
            common: EntityKind::ALL.into_iter().find(is_common),
        }
    }

    /// The entity that a choice names: one that the question's facts mention, or one of its works
    /// and their characters, or one of the common kind.
    pub(super) fn named(&self, text: &str) -> Option<EntityRef> {
        let folded = fold(text);
        let is_called = |entity: &&EntityRef| self.index.is_called(entity, &folded);
        let (spoken_of, others): (Vec<_>, Vec<_>) = self.mentioned.iter().partition(is_called);
        if let [one] = spoken_of.as_slice() {
            return Some((*one).clone());
        }
        let found = called(self.index, text)?;
        let is_expected = self.common == Some(found.kind) || self.belongs(&found);
        let is_part = |entity: &EntityRef| *entity != found && self.is_part_of_name(entity, text);
        let is_meant = is_expected && !others.into_iter().any(is_part);
        is_meant.then_some(found)
    }

    /// Whether it is one of the question's works, or a character of one.
    fn belongs(&self, entity: &EntityRef) -> bool {
        match entity.kind {
            EntityKind::Work => self.works.contains(entity),
            EntityKind::Character => self
                .index
                .parts_of_character(&entity.id)
                .any(|part| self.works.iter().any(|work| work.id == part.work)),
            EntityKind::Person | EntityKind::Organisation => false,
        }
    }

    /// "Vincent" in a question about Vincent Hanna is not someone else of that name.
    fn is_part_of_name(&self, entity: &EntityRef, text: &str) -> bool {
        let is_being = matches!(entity.kind, EntityKind::Person | EntityKind::Character);
        let entity = self.index.base.entity(entity).filter(|_| is_being);
        entity.is_some_and(|entity| is_named(&entity.name, text))
    }
}

/// The only entity of this name. "An airport" is not the film *Airport*.
fn called(index: &Index, text: &str) -> Option<EntityRef> {
    let article = ["A ", "An "].into_iter().find(|a| text.starts_with(a));
    let found = index.named(&fold(text))?;
    let has_it = |article| {
        let entity = index.base.entity(&found);
        entity.is_some_and(|entity| entity.name.starts_with(article))
    };
    article.is_none_or(has_it).then_some(found)
}
