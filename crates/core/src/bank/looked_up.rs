//! What a question refers to.

use super::question::Question;
use super::words::asked;
use crate::facts::{Fact, FactBase};

/// What a question refers to, looked up once for its tags, for packing and for the linter.
pub(super) struct LookedUp<'a> {
    /// What it [asks](asked).
    pub(super) asks: String,
    /// For each of its [choices](Question::choices), the place among all entities of the one that it
    /// names.
    pub(super) places: Vec<Option<u32>>,
    /// Each fact behind it, if it is loaded.
    pub(super) facts: Vec<Option<&'a Fact>>,
}

impl<'a> LookedUp<'a> {
    pub(super) fn of(question: &Question, base: &'a FactBase) -> Self {
        let places = question.choices().map(|choice| {
            let entity = choice.entity.as_ref()?;
            let (place, _) = base.numbered_entity(entity.kind, &entity.id)?;
            Some(place)
        });
        Self {
            asks: asked(&question.prompt, question.answer.bare()),
            places: places.collect(),
            facts: question.facts.iter().map(|id| base.fact(id)).collect(),
        }
    }

    /// The main fact behind it.
    pub(super) fn main(&self) -> Option<&'a Fact> {
        self.facts.first().copied().flatten()
    }
}
