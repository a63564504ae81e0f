//! Typed answers: which texts count as the right answer to a question.
//!
//! The standard is a quiz master who knows the subject. How an answer is written makes no
//! difference: case, accents, articles, numbers in words or digits, units, dates in any order,
//! abbreviations, a few words of talk before it ([`reading`], [`judge`]). A slip of the pen is
//! forgiven where it leaves no doubt ([`slip`]). What means something else is never taken: another
//! number, another unit, another word or name, a text as near to another entity of the kind or to
//! a wrong answer of the question.
//!
//! What is taken is fixed when a game starts, and stored with it.

mod date;
mod form;
mod judge;
mod known;
mod language;
mod letters;
mod names;
mod number;
mod reading;
mod scan;
mod slip;
mod talk;
#[cfg(test)]
mod tests;
mod unit;

pub use names::Names;

use super::given::Given;
use super::question::Question;
use crate::facts::fold;
use form::{form, squashed};
use judge::{Manner, Typed, distance, is_of_signs};
use reading::{Role, readings};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Words of a prompt that are kept for a question about a number.
const SAID_MAX: usize = 40;
/// Letters that a surname has to have to stand for somebody whom no fact knows.
const SURNAME_LETTERS_MIN: usize = 4;

/// What judges the typed answers to one question. Names in it are forms, not as they were written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedKey {
    /// What the right answer may be called.
    accept: BTreeSet<String>,
    /// What is near one of those and means something else.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    rivals: BTreeSet<String>,
    /// Words of the prompt that may be said again beside a number: "four editors".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    said: Vec<String>,
    /// Whether a letter with a mark is another letter.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    strict: bool,
    /// Whether the answer names an entity, of which nothing may be left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    named: bool,
}

/// Whether a question makes sense without its choices, and its answer can be found in words.
#[must_use]
pub fn can_be_typed(question: &Question) -> bool {
    const NEEDS_CHOICES: [&str; 4] = [" these ", " following ", " named here", " listed "];
    let prompt = question.prompt.to_lowercase();
    let is_open = !NEEDS_CHOICES.iter().any(|words| prompt.contains(words));
    let has_one_wording = question.answer.entity.is_some()
        || !question.accept.is_empty()
        || question.answer.text.split_whitespace().count() <= 3;
    is_open && has_one_wording
}

/// Whether an answer is of signs alone, so that a typed one has to be the very same signs.
#[must_use]
pub fn is_exact(question: &Question) -> bool {
    let mut texts = std::iter::once(&question.answer.text).chain(&question.accept);
    can_be_typed(question) && texts.all(|text| is_of_signs(text))
}

impl TypedKey {
    /// The key of a question, with `names` of the whole fact base.
    #[must_use]
    pub fn new(question: &Question, names: &Names) -> Self {
        let accept = accepted(question, names);
        let tallies: Vec<(String, Tally)> = accept
            .iter()
            .map(|text| form(text))
            .filter(|form| !form.is_empty())
            .map(|form| {
                let tally = tally(&form);
                (form, tally)
            })
            .collect();
        let near = |rival: &str| {
            let letters = tally(rival);
            // Of a million names nearly all are too far off to be measured.
            tallies.iter().any(|(form, own)| {
                letters_apart(own, &letters) <= 2 * reach(form) && could_confuse(form, rival)
            })
        };
        let wrong = question.distractors.iter().map(|wrong| &wrong.text);
        let mut rivals: BTreeSet<String> =
            wrong.filter(|text| near(&form(text))).cloned().collect();
        let others: Vec<&str> = match &question.answer.entity {
            Some(entity) => names.others(entity).filter(|rival| near(rival)).collect(),
            None => names.all().filter(|rival| near(rival)).collect(),
        };
        let own: BTreeSet<&str> = tallies.iter().map(|(form, _)| form.as_str()).collect();
        rivals.extend(
            others
                .into_iter()
                .filter(|rival| !own.contains(rival))
                .map(str::to_owned),
        );
        rivals.retain(|rival| !accept.contains(rival));
        let reading = readings(&question.answer.text, Role::Answer);
        let is_amount = reading.iter().any(reading::Reading::is_amount);
        let prompt = fold(&question.prompt);
        let said = prompt.split(' ').filter(|_| is_amount).take(SAID_MAX);
        Self {
            accept,
            rivals,
            said: said.map(str::to_owned).collect(),
            strict: language::counts_marks(&question.prompt, &question.answer.text),
            named: question.answer.entity.is_some(),
        }
    }

    /// Whether a typed text is taken as the right answer.
    #[must_use]
    pub fn takes(&self, text: &str) -> bool {
        let typed = Typed::new(text);
        let manner = Manner {
            is_strict: self.strict,
            is_name: self.named,
            said: &self.said,
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
            // What is right but for a slip is wrong if it is as near to something else.
            Some(rival) if own.slips > 0 => own < rival,
            Some(rival) => own <= rival,
            None => true,
        }
    }

    /// Whether a text without letters and digits may be an answer: some answers are signs.
    #[must_use]
    pub fn is_of_signs(&self) -> bool {
        self.accept.iter().any(|text| is_of_signs(text))
    }
}

/// Every text of the right answer: its own, the pack's other spellings, and names of the entity
/// that mean no other of its kind.
fn accepted(question: &Question, names: &Names) -> BTreeSet<String> {
    let entity = question.answer.entity.as_ref();
    let own = entity.and_then(|e| Some((e, names.forms(e)?)));
    let own = own.as_ref();
    let texts = std::iter::once(&question.answer.text).chain(&question.accept);
    let mut accept: BTreeSet<String> = texts
        .filter(|text| match own {
            // A surname that is an alias too says no more than any other surname.
            Some((entity, own)) => {
                let form = form(text);
                let is_short = own.stated.contains(&form) && own.derived.contains(&form);
                !is_short || names.is_only(entity, &form) || **text == question.answer.text
            }
            None => true,
        })
        .flat_map(|text| match entity {
            Some(_) => pairs(text),
            None => short_pairs(text, names),
        })
        .collect();
    if let Some((entity, own)) = own {
        let given = Given::of(question, own.derived.iter().map(String::as_str));
        let only = own.stated.union(&own.derived);
        let only = only.filter(|form| names.is_only(entity, form) && given.is_answered_by(form));
        accept.extend(only.cloned());
    } else {
        accept.extend(surname(question, names));
    }
    accept.retain(|text| !text.trim().is_empty());
    accept
}

/// The surname of somebody whom no fact knows, where the question asks for a person and nothing
/// says that another one may be meant.
fn surname(question: &Question, names: &Names) -> Option<String> {
    let prompt = fold(&question.prompt);
    let asked: Vec<&str> = prompt.split(' ').collect();
    let asks_for_person = ["who", "whose", "whom", "actor", "actress", "director"]
        .iter()
        .any(|word| asked.contains(word));
    let words: Vec<&str> = question.answer.text.split_whitespace().collect();
    let is_name = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && word
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'))
    };
    let last = words
        .last()
        .filter(|_| (2..=4).contains(&words.len()) && words.iter().all(is_name))?;
    let own = form(last);
    let is_shared = |text: &str| form(text).split(' ').any(|word| word == own);
    let is_clear = asks_for_person
        && own.chars().count() >= SURNAME_LETTERS_MIN
        && !asked.contains(&own.as_str())
        && !question
            .distractors
            .iter()
            .any(|wrong| is_shared(&wrong.text))
        && !names.knows_other(&own, &form(&question.answer.text));
    is_clear.then(|| (*last).to_owned())
}

/// A text; of "X and Y" also the other way round.
fn pairs(text: &str) -> Vec<String> {
    let mut texts = vec![text.to_owned()];
    if let Some((first, second)) = halves(text) {
        texts.push(format!("{second} and {first}"));
    }
    texts
}

/// The two that a text names.
fn halves(text: &str) -> Option<(&str, &str)> {
    let parts = [" and ", " & ", " + "];
    let (first, second) = parts.iter().find_map(|part| text.split_once(part))?;
    let is_two = !parts.iter().any(|part| second.contains(part));
    is_two.then_some((first, second))
}

/// Like [`pairs`], and of two people or characters also their surnames alone: whoever is named
/// beside the other is not taken for a namesake.
fn short_pairs(text: &str, names: &Names) -> Vec<String> {
    let mut texts = pairs(text);
    if let Some((first, second)) = halves(text) {
        let (first, second) = (names.short(&form(first)), names.short(&form(second)));
        for one in &first {
            let both = second.iter().map(|other| format!("{one} and {other}"));
            texts.extend(both.flat_map(|both| pairs(&both)));
        }
    }
    texts
}

/// Slips that a form of so many letters may have.
fn allowance(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Whether one text could be within the allowed slips of an accepted form and as near a rival:
/// then the two lie within twice that of each other.
fn could_confuse(form: &str, rival: &str) -> bool {
    let reach = reach(form);
    form.len().abs_diff(rival.len()) <= 4 * reach
        && strsim::osa_distance(&squashed(form), &squashed(rival)) <= reach
}

/// How many slips may lie between an accepted form and a rival that matters.
fn reach(form: &str) -> usize {
    // One more, because a swap of neighbours counts once and is no metric.
    2 * allowance(form.chars().count()) + 1
}

/// How often a text has each letter; those beyond a to z share the last six places.
type Tally = [u8; 32];

fn tally(form: &str) -> Tally {
    let mut tally = Tally::default();
    for byte in form.bytes() {
        let place = match byte {
            b'a'..=b'z' => byte - b'a',
            // Spaces do not matter, and of a letter of several bytes the first alone is counted.
            b' ' | 0x80..=0xBF => continue,
            _ => 26 + byte % 6,
        };
        let count = &mut tally[usize::from(place)];
        *count = count.saturating_add(1);
    }
    tally
}

/// No more than twice the slips between two texts: one slip changes two counts at most.
fn letters_apart(a: &Tally, b: &Tally) -> usize {
    let apart = a.iter().zip(b).map(|(a, b)| usize::from(a.abs_diff(*b)));
    apart.sum()
}
