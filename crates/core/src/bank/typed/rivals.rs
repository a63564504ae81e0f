//! Names and wrong answers so close to the right one that a slip could turn one into the other.

use super::asked::Asked;
use super::form::{bare, form, squashed, with_articles};
use super::names::Names;
use crate::bank::question::Question;
use std::collections::BTreeSet;

/// Wrong answers and names of other entities that are close to an accepted text.
pub(super) fn rivals(
    question: &Question,
    asked: &Asked,
    names: &Names,
    accept: &BTreeSet<String>,
) -> BTreeSet<String> {
    let forms = accept.iter().map(|text| form(text));
    let tallies: Vec<(String, Tally)> = forms
        .filter(|form| !form.is_empty())
        .map(|form| {
            let tally = tally(&form);
            (form, tally)
        })
        .collect();
    let near = |rival: &str| {
        let letters = tally(rival);
        // Nearly all of a million names are too far away to be worth measuring.
        tallies.iter().any(|(form, own)| {
            letters_apart(own, &letters) <= 2 * reach(form) && could_confuse(form, rival)
        })
    };
    let others: Vec<&str> = if let Some(entity) = &asked.entity {
        names.others(entity).filter(|rival| near(rival)).collect()
    } else {
        let all = names.of_kinds(asked.kinds());
        all.filter(|rival| near(rival)).collect()
    };
    let own: BTreeSet<String> = tallies.iter().map(|(form, _)| squashed(form)).collect();
    let others = others.into_iter();
    let others = others.filter(|rival| !own.contains(&squashed(rival)));
    let wrong = question.distractors.iter().map(|wrong| wrong.text.as_str());
    let wrong = wrong.filter(|text| near(&form(text)));
    let twins = twins(question, asked, names);
    wrong
        .chain(others)
        .chain(twins)
        .filter(|rival| !accept.contains(*rival))
        .map(str::to_owned)
        .collect()
}

/// Other works' titles that differ from the answer only in their articles: "The Mask" is not "Mask".
fn twins<'n>(question: &Question, asked: &Asked, names: &'n Names) -> Vec<&'n str> {
    if !asked.is_title {
        return Vec::new();
    }
    let answer = bare(&question.answer.text);
    let stated = std::iter::once(&*answer).chain(question.accept.iter().map(String::as_str));
    let stated: BTreeSet<String> = stated.map(with_articles).collect();
    let form = form(&answer);
    let twins = names.twins(&form, asked.entity.as_ref());
    twins.filter(|title| !stated.contains(*title)).collect()
}

/// How many slips a form with this many letters may have.
fn allowance(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Whether a text could be within the allowed slips of an accepted form and just as close to a
/// rival: then the two are at most twice that far apart.
fn could_confuse(form: &str, rival: &str) -> bool {
    let reach = reach(form);
    form.len().abs_diff(rival.len()) <= 4 * reach
        && strsim::osa_distance(&squashed(form), &squashed(rival)) <= reach
}

/// How far from an accepted form a rival still matters, in slips.
fn reach(form: &str) -> usize {
    // One more, because a swap of neighbours counts once and breaks the triangle inequality.
    2 * allowance(form.chars().count()) + 1
}

/// How often a text has each letter; letters beyond a to z share the last six counters.
type Tally = [u8; 32];

fn tally(form: &str) -> Tally {
    let mut tally = Tally::default();
    for byte in form.bytes() {
        let place = match byte {
            b'a'..=b'z' => byte - b'a',
            // Spaces do not matter, and only the first byte of a letter counts.
            b' ' | 0x80..=0xBF => continue,
            _ => 26 + byte % 6,
        };
        let count = &mut tally[usize::from(place)];
        *count = count.saturating_add(1);
    }
    tally
}

/// A lower bound for twice the slips between two texts: one slip changes at most two counts.
fn letters_apart(a: &Tally, b: &Tally) -> usize {
    let apart = a.iter().zip(b).map(|(a, b)| usize::from(a.abs_diff(*b)));
    apart.sum()
}
