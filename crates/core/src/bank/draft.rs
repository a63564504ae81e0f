//! Turns a template's draft into a fair question, or rejects it.

use super::aside::more;
use super::index::Index;
use super::question::{Answer, Question};
use super::reading::Reading;
use super::reveal::{More, Reveal};
use super::wording::title;
use super::words::Words;
use crate::facts::limits::{CHOICE_LENGTH_MAX, DISTRACTORS_MIN, PROMPT_LENGTH_MAX, length};
use crate::facts::{Difficulty, Entity, EntityId, EntityKind, EntityRef, Fact, bare_name};
use std::borrow::Cow;

/// The most wrong answers kept for one question: enough that a second game looks different, few
/// enough that all are close.
const DISTRACTORS_MAX: usize = 12;

/// A choice that the question may not keep. It borrows its texts, and becomes an [`Answer`] only if
/// it is kept.
#[derive(Debug, Clone)]
pub(super) struct Choice<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) entity: Option<ChosenEntity<'a>>,
}

/// The entity that a choice names.
#[derive(Debug, Clone, Copy)]
pub(super) struct ChosenEntity<'a> {
    pub(super) kind: EntityKind,
    pub(super) id: &'a EntityId,
    /// Its place among all entities.
    pub(super) place: u32,
}

impl<'a> Choice<'a> {
    /// A choice that names an entity.
    pub(super) fn of(kind: EntityKind, place: u32, entity: &'a Entity) -> Self {
        let id = &entity.id;
        Self {
            text: title(entity).into(),
            entity: Some(ChosenEntity { kind, id, place }),
        }
    }

    /// The same with its whole name, whose brackets tell it apart from others of its title.
    pub(super) fn named(kind: EntityKind, place: u32, entity: &'a Entity) -> Self {
        Self {
            text: entity.name.as_str().into(),
            ..Self::of(kind, place, entity)
        }
    }

    /// The same without brackets: a year would be a hint in a question about years.
    pub(super) fn undated(mut self) -> Self {
        if let Cow::Borrowed(name) = self.text {
            self.text = bare_name(name).into();
        }
        self
    }

    /// A choice that is only text.
    pub(super) fn plain(text: impl Into<Cow<'a, str>>) -> Self {
        Self {
            text: text.into(),
            entity: None,
        }
    }

    /// The choice as questions keep it.
    pub(super) fn into_answer(self) -> Answer {
        Answer {
            text: self.text.into_owned(),
            entity: self.entity.map(|of| EntityRef::new(of.kind, of.id.clone())),
        }
    }
}

/// What [`fair_distractors`] chooses from.
pub(super) trait Candidate {
    /// As a reader would understand it.
    fn reading<'i>(&self, index: &'i Index) -> Cow<'i, Reading>;
    fn text(&self) -> &str;
}

impl Candidate for Answer {
    fn reading<'i>(&self, index: &'i Index) -> Cow<'i, Reading> {
        index.reading(self)
    }

    fn text(&self) -> &str {
        &self.text
    }
}

impl Candidate for Choice<'_> {
    fn reading<'i>(&self, index: &'i Index) -> Cow<'i, Reading> {
        index.reading_at(self.entity.map(|entity| entity.place), &self.text)
    }

    fn text(&self) -> &str {
        &self.text
    }
}

/// Lazily made answers: there may be very many, and few are kept.
pub(super) type Answers<'a> = Box<dyn Iterator<Item = Answer> + 'a>;

/// A template's draft. Every distractor must already be false under all loaded facts.
pub(super) struct Draft<'a> {
    pub(super) fact: &'a Fact,
    pub(super) template: &'static str,
    pub(super) difficulty: Difficulty,
    pub(super) prompt: String,
    pub(super) answer: Answer,
    /// Nearest first.
    pub(super) distractors: Answers<'a>,
    /// Other spellings of an answer that is not an entity. For entities, their own are added.
    pub(super) accept: Vec<String>,
    /// What the reveal must add to make sense; if empty, it adds whatever there is.
    pub(super) more: Option<More>,
}

impl Draft<'_> {
    /// Makes the question. Rejects it if its wording would give the answer away, too few wrong
    /// answers are left, or its reveal has no room for what makes it clear.
    pub(super) fn finish(self, index: &Index) -> Option<Question> {
        let base = index.base;
        let (prompt, most) = (&self.prompt, DISTRACTORS_MAX);
        let distractors = fair_distractors(index, prompt, &self.answer, self.distractors, most)?;
        let mut accept = self.accept;
        accept.extend(other_names(index, &self.answer));
        let needed = self.more.as_ref().map(|more| more.text.clone());
        let more = self.more.or_else(|| more(index, self.fact));
        let reveal = Reveal::of(index, &self.fact.summary, &[self.fact], more);
        if needed.is_some_and(|text| !reveal.reason.contains(&text)) {
            return None;
        }
        Some(Question {
            id: format!("{}/{}", self.fact.id, self.template),
            pack: base.pack_of(&self.fact.id)?.id.clone(),
            facts: vec![self.fact.id.clone()],
            tells: reveal.tells,
            topic: self.fact.topic,
            difficulty: self.difficulty,
            template: self.template.to_owned(),
            about: about(self.fact),
            prompt: self.prompt,
            lookup: lookup(&self.answer, self.fact.mentions()),
            answer: self.answer,
            accept,
            distractors,
            reason: reveal.reason,
            citation: reveal.citation.text,
            url: reveal.citation.url,
        })
    }
}

/// The first wrong answers that fit the prompt and differ from the answer and each other, at most
/// `most`. `None` if there are too few, the prompt gives the answer away, or a text is too long.
pub(super) fn fair_distractors<C: Candidate>(
    index: &Index,
    prompt: &str,
    answer: &C,
    wrong: impl IntoIterator<Item = C>,
    most: usize,
) -> Option<Vec<C>> {
    if length(prompt) > PROMPT_LENGTH_MAX || length(answer.text()) > CHOICE_LENGTH_MAX {
        return None;
    }
    let prompt = Words::of(prompt);
    let answer = answer.reading(index);
    if answer.is_given_away_by(&prompt) {
        return None;
    }
    let mut kept = Vec::with_capacity(most);
    let mut taken = Vec::with_capacity(most + 1);
    taken.push(answer);
    for wrong in wrong {
        let reading = wrong.reading(index);
        let is_taken = taken.iter().any(|other| other.is_like(&reading));
        let is_short = length(wrong.text()) <= CHOICE_LENGTH_MAX;
        if !is_taken && !reading.is_named_in(&prompt) && is_short {
            kept.push(wrong);
            taken.push(reading);
        }
        if kept.len() == most {
            break;
        }
    }
    (kept.len() >= DISTRACTORS_MIN).then_some(kept)
}

/// What a fact is about, its work first.
fn about(fact: &Fact) -> Vec<EntityRef> {
    let mut about = fact.mentions();
    about.sort_by_key(|entity| entity.kind != EntityKind::Work);
    about
}

/// A choice that names an entity; `None` if the entity is not declared.
pub(super) fn choice(index: &Index, kind: EntityKind, id: &str) -> Option<Answer> {
    let entity = index.entity(kind, id)?;
    Some(Answer {
        text: title(entity).to_owned(),
        entity: Some(EntityRef::new(kind, entity.id.clone())),
    })
}

/// A choice that is only text.
pub(super) fn plain(text: impl Into<String>) -> Answer {
    Answer {
        text: text.into(),
        entity: None,
    }
}

/// What "Look it up" shows: the answer, or else the first of the others that `/cast` has a page
/// about.
pub(super) fn lookup(
    answer: &Answer,
    others: impl IntoIterator<Item = EntityRef>,
) -> Option<EntityRef> {
    let has_page = |entity: &EntityRef| entity.kind != EntityKind::Organisation;
    answer.entity.iter().cloned().chain(others).find(has_page)
}

/// Other names of what an answer names.
pub(super) fn other_names(index: &Index, answer: &Answer) -> Vec<String> {
    let entity = answer.entity.as_ref();
    let Some(entity) = entity.and_then(|entity| index.entity(entity.kind, &entity.id)) else {
        return Vec::new();
    };
    let own = [entity.name.as_str(), title(entity)].into_iter();
    let mut names: Vec<String> = Vec::new();
    for name in own.chain(entity.aliases.iter().map(String::as_str)) {
        if name != answer.text && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}
