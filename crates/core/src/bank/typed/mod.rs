//! Typed answers: which texts count as the right answer to a question.
//!
//! The standard is a quiz master who knows the subject. Spelling conventions make no difference:
//! case, accents, articles, numbers in words or digits, units, dates in any order, abbreviations, a
//! few words of talk before the answer ([`reading`], [`judge`]). Short names are fine if they mean
//! nothing else ([`short`]). Typos are forgiven if they leave no doubt ([`slip`]). Anything with a
//! different meaning is rejected: another number, unit or word, the name of another entity of the
//! same kind, a wrong answer of the question, or a text closer to one of those.
//!
//! The accepted texts are fixed when a game starts, and stored with it.

mod accept;
mod alias;
mod alignment;
mod asked;
mod clock;
mod date;
mod form;
mod judge;
mod known;
mod language;
mod letters;
mod names;
mod number;
mod pair;
mod reading;
mod repeated;
mod retold;
mod rivals;
mod role;
mod scan;
mod second_thought;
mod short;
mod signs;
mod slip;
mod talk;
#[cfg(test)]
mod tests;
mod twins;
mod unit;
mod whole;

pub use names::Names;

use super::question::Question;
use crate::facts::fold;
use accept::{accepted, in_short};
use asked::Asked;
use form::with_articles;
use judge::{Typed, distance, is_precise};
use pair::Manner;
use repeated::Repeated;
use rivals::rivals;
use role::Role;
use serde::{Deserialize, Serialize};
use signs::is_of_signs;
use std::collections::BTreeSet;

/// How many words of a prompt are kept.
const SAID_MAX: usize = 40;

/// Judges the typed answers to one question. Names in it are forms, not as written.
#[allow(clippy::struct_excessive_bools)] // Each is a separate property of the question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedKey {
    /// The accepted texts.
    accept: BTreeSet<String>,
    /// Texts close to one of those, but with a different meaning.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    rivals: BTreeSet<String>,
    /// Words of the prompt, which members may repeat: "four editors", "the capital of Norway is
    /// Oslo".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    said: Vec<String>,
    /// Whether a letter with an accent is a different letter.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    strict: bool,
    /// Whether the question asks for the accents themselves, so that none may be missing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    marked: bool,
    /// Whether the answer names an entity, so that no part of it may be left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    named: bool,
    /// Whether the answer names a person or character.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    somebody: bool,
    /// Whether the answer is a thing, which may have several names.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    thing: bool,
    /// Whether the answer is the title of a work, in which every word counts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    title: bool,
}

/// Whether a question makes sense without its choices, and its answer can be put into words.
#[must_use]
pub fn can_be_typed(question: &Question) -> bool {
    let has_one_wording = question.answer.entity.is_some()
        || !question.accept.is_empty()
        || question.answer.text.split_whitespace().count() <= 3;
    has_one_wording && !needs_choices(&question.prompt)
}

/// Whether a prompt speaks of its choices: "Which of these …", "Which of those named here …".
fn needs_choices(prompt: &str) -> bool {
    const POINTING: [&str; 3] = ["these", "following", "listed"];
    let mut is_named = false;
    prompt.split(' ').skip(1).any(|word| {
        let bare = word.trim_end_matches(['?', '.', ',', ':']);
        let is = |other: &str| bare.eq_ignore_ascii_case(other);
        let after_named = std::mem::replace(&mut is_named, is("named"));
        let begins_here = || {
            word.get(..4)
                .is_some_and(|start| start.eq_ignore_ascii_case("here"))
        };
        POINTING.into_iter().any(is) || after_named && begins_here()
    })
}

/// Whether an answer is made of symbols only, so that a typed one must match exactly.
#[must_use]
pub fn is_exact(question: &Question) -> bool {
    let mut texts = std::iter::once(&question.answer.text).chain(&question.accept);
    can_be_typed(question) && texts.all(|text| is_of_signs(text))
}

impl TypedKey {
    /// The key of a question, with `names` of the whole fact base.
    #[must_use]
    pub fn new(question: &Question, names: &Names) -> Self {
        let asked = Asked::of(question, names);
        let mut accept = accepted(question, &asked, names);
        let rivals = rivals(question, &asked, names, &accept);
        // After the rivals: short forms of the answer need no rivals of their own.
        accept.extend(in_short(question, &asked, names));
        let prompt = fold(&question.prompt);
        let said = prompt.split(' ').take(SAID_MAX);
        Self {
            accept,
            rivals,
            said: said.map(str::to_owned).collect(),
            strict: language::counts_marks(&question.prompt, &question.answer.text),
            marked: language::asks_for_marks(&question.prompt),
            named: asked.entity.is_some(),
            somebody: asked.is_somebody(),
            thing: asked.is_thing,
            title: asked.is_title,
        }
    }

    /// Whether a typed text counts as the right answer.
    #[must_use]
    pub fn takes(&self, text: &str) -> bool {
        let typed = Typed::new(text);
        let manner = Manner {
            is_strict: self.strict,
            is_marked: self.marked,
            is_name: self.named,
            is_somebody: self.somebody,
            is_thing: self.thing,
            is_title: self.title,
            is_precise: self.accept.iter().any(|text| is_precise(text)),
            repeated: Repeated { prompt: &self.said },
        };
        let nearest = |texts: &BTreeSet<String>, role: Role| {
            let all = texts
                .iter()
                .filter_map(|text| distance(text, role, &typed, manner));
            all.min()
        };
        let Some(own) = nearest(&self.accept, Role::Answer) else {
            return false;
        };
        match nearest(&self.rivals, Role::Typed) {
            // A text that is right except for a slip is wrong if it is exactly something else.
            Some(rival) if own.slips > 0 => {
                rival.slips > 0 && own.without_articles() <= rival.without_articles()
            }
            Some(rival) => own <= rival,
            None => true,
        }
    }

    /// Whether two titles are spelled alike, articles included.
    pub(super) fn is_same_title(a: &str, b: &str) -> bool {
        with_articles(a) == with_articles(b)
    }

    /// Whether a text without letters and digits may be an answer: some answers are symbols.
    #[must_use]
    pub fn is_of_signs(&self) -> bool {
        self.accept.iter().any(|text| is_of_signs(text))
    }
}
