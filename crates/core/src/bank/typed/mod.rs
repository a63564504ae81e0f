//! Typed answers: which texts count as the right answer to a question.
//!
//! Tolerant of how people type (see [`form`]) and of small typos, but never of what means
//! something else: a text that is as near to another entity of the same kind, or to a wrong
//! answer of the question, is not taken; nor is one that lists candidates; and numbers are exact.
//! What is taken is fixed when a game starts, and stored with it.

mod form;
mod names;
#[cfg(test)]
mod tests;

pub use names::Names;

use super::given::Given;
use super::question::Question;
use form::{form, numbers, squashed};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What judges the typed answers to one question. Everything in it is a form, not a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedKey {
    /// What the right answer may be called.
    accept: BTreeSet<String>,
    /// What is near one of those and means something else.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    rivals: BTreeSet<String>,
}

/// Whether a question makes sense without its choices, and its answer can be found in words.
#[must_use]
pub fn can_be_typed(question: &Question) -> bool {
    const NEEDS_CHOICES: [&str; 4] = [" these ", " following ", " named here", " listed "];
    let prompt = question.prompt.to_lowercase();
    let is_open = !NEEDS_CHOICES.iter().any(|words| prompt.contains(words));
    // How far a deal has got is a sentence that everybody would put differently.
    let has_one_wording = question.template != "cast-status"
        && (question.answer.entity.is_some()
            || !question.accept.is_empty()
            || question.answer.text.split_whitespace().count() <= 3);
    is_open && has_one_wording
}

impl TypedKey {
    /// The key of a question, with `names` of the whole fact base.
    #[must_use]
    pub fn new(question: &Question, names: &Names) -> Self {
        let accept = accepted(question, names);
        let tallies: Vec<_> = accept.iter().map(|form| (form, tally(form))).collect();
        let near = |rival: &str| {
            let letters = tally(rival);
            let mut forms = tallies.iter();
            // Of a million names nearly all are too far off to be measured.
            forms.any(|(form, own)| {
                letters_apart(own, &letters) <= 2 * reach(form) && could_confuse(form, rival)
            })
        };
        let wrong = question.distractors.iter().map(|d| form(&d.text));
        let mut rivals: BTreeSet<String> = wrong.filter(|rival| near(rival)).collect();
        if let Some(entity) = &question.answer.entity {
            let others = names.others(entity).filter(|rival| near(rival));
            rivals.extend(others.map(str::to_owned));
        }
        rivals.retain(|rival| !accept.contains(rival));
        Self { accept, rivals }
    }

    /// Whether a typed text is taken as the right answer.
    #[must_use]
    pub fn takes(&self, typed: &str) -> bool {
        let given = form(typed);
        if given.is_empty() {
            return false;
        }
        let given_letters = squashed(&given);
        let same =
            |form: &String| squashed(form) == given_letters && numbers(form) == numbers(&given);
        if self.accept.iter().any(same) {
            return true;
        }
        if lists_candidates(typed) {
            return false;
        }
        let typos = self.accept.iter().filter_map(|form| typos(form, &given));
        let Some(typos) = typos.min() else {
            return false;
        };
        let as_near = |rival: &String| distance(rival, &given).is_some_and(|far| far <= typos);
        !self.rivals.iter().any(as_near)
    }
}

/// Every form of the right answer: its text, the pack's other spellings, and names of the entity
/// that mean no other of its kind.
fn accepted(question: &Question, names: &Names) -> BTreeSet<String> {
    let entity = question.answer.entity.as_ref();
    let own = entity.and_then(|e| Some((e, names.forms(e)?)));
    let own = own.as_ref();
    let texts = std::iter::once(&question.answer.text).chain(&question.accept);
    let mut accept: BTreeSet<String> = texts
        .flat_map(|text| match entity {
            Some(_) => pairs(text),
            None => short_pairs(text, names),
        })
        .filter(|form| match own {
            // A surname that is an alias too says no more than any other surname.
            Some((entity, own)) if own.stated.contains(form) && own.derived.contains(form) => {
                names.is_only(entity, form) || *form == self::form(&question.answer.text)
            }
            _ => true,
        })
        .collect();
    if let Some((entity, own)) = own {
        let given = Given::of(question, own.derived.iter().map(String::as_str));
        let only = own.stated.union(&own.derived);
        let only = only.filter(|form| names.is_only(entity, form) && given.is_answered_by(form));
        accept.extend(only.cloned());
    }
    accept.retain(|form| !form.is_empty());
    accept
}

/// A text's form; of "X and Y" also the other way round, and both without the "and".
fn pairs(text: &str) -> Vec<String> {
    let whole = form(text);
    let mut forms = vec![whole.clone()];
    if let Some((first, second)) = whole.split_once(" and ")
        && !second.contains(" and ")
    {
        forms.extend([
            format!("{second} and {first}"),
            format!("{first} {second}"),
            format!("{second} {first}"),
        ]);
    }
    forms
}

/// Like [`pairs`], and of two people or characters also their surnames alone: whoever is named
/// beside the other is not taken for a namesake.
fn short_pairs(text: &str, names: &Names) -> Vec<String> {
    let whole = form(text);
    let mut forms = pairs(text);
    if let Some((first, second)) = whole.split_once(" and ") {
        let (first, second) = (names.short(first), names.short(second));
        for one in &first {
            let both = second.iter().map(|other| format!("{one} and {other}"));
            forms.extend(both.flat_map(|both| pairs(&both)));
        }
    }
    forms
}

/// Typos that a form of so many letters may have: in a short word every letter counts.
fn allowance(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// How many typos part a given form from an accepted one; none if too many. A typo is a letter
/// too many, too few or wrong, or two neighbours swapped. In four letters only a swap is one, and
/// five must begin with the right letter.
fn typos(form: &str, given: &str) -> Option<usize> {
    let far = distance(form, given)?;
    let (form, given) = (squashed(form), squashed(given));
    let letters = form.chars().count().min(given.chars().count());
    let is_swap = || {
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        sorted(&form) == sorted(&given)
    };
    let fits = match letters {
        4 => is_swap(),
        5 => form.chars().next() == given.chars().next(),
        _ => true,
    };
    (far <= allowance(letters) && fits).then_some(far)
}

/// Typos between two forms, if their numbers are the same: those are never typos.
fn distance(a: &str, b: &str) -> Option<usize> {
    (numbers(a) == numbers(b)).then(|| strsim::osa_distance(&squashed(a), &squashed(b)))
}

/// Whether one text could be within the allowed typos of an accepted form and as near a rival:
/// then the two lie within twice that of each other.
fn could_confuse(form: &str, rival: &str) -> bool {
    let (form_length, rival_length) = (form.len(), rival.len());
    let reach = reach(form);
    form_length.abs_diff(rival_length) <= 4 * reach
        && distance(form, rival).is_some_and(|far| far <= reach)
}

/// How many typos may lie between an accepted form and a rival that matters.
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

/// No more than twice the typos between two texts: one typo changes two counts at most.
fn letters_apart(a: &Tally, b: &Tally) -> usize {
    let apart = a.iter().zip(b).map(|(a, b)| usize::from(a.abs_diff(*b)));
    apart.sum()
}

/// Whether a text names several candidates, so that one of them may be right.
fn lists_candidates(typed: &str) -> bool {
    let is_mark = |c: char| matches!(c, '/' | ';' | '|' | '\n' | '+');
    typed.contains(is_mark)
        || form(typed)
            .split(' ')
            .any(|word| matches!(word, "or" | "vs" | "versus" | "alternatively" | "maybe"))
}
