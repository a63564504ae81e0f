//! The rank of a number among its choices: as often the lowest as the second, third and highest, so
//! that nobody does well by picking from the middle.

use super::draft::plain;
use super::question::{Answer, Question};
use crate::facts::fold;

/// Wrong answers of a question for a number: all of them are shown, or else the rank would depend
/// on which.
const WRONG: usize = 3;
/// Years between a release and a wrong answer, at least: a first night at a festival or abroad may
/// fall into the year beside it.
const YEARS_APART_MIN: u16 = 2;

/// A year as the right answer, with three wrong ones whose number above it is even over all seeds.
/// No choice is later than a little after `newest`; where that leaves too little room, there is no
/// wrong answer at all.
pub(super) fn years_beside(year: u16, newest: u16, seed: u64) -> (Answer, Vec<Answer>) {
    let above = u16::try_from(seed % 4).unwrap_or(0);
    let last = newest.saturating_add(YEARS_APART_MIN);
    let step = |n: u16| YEARS_APART_MIN * n + u16::try_from((seed >> (8 * n)) % 2).unwrap_or(0);
    let later = (1..=above).map(|n| year.saturating_add(step(n)));
    let earlier = (1..=3 - above).map(|n| year.saturating_sub(step(n)));
    let wrong: Vec<u16> = later.chain(earlier).collect();
    let in_time = wrong.iter().all(|other| *other <= last);
    let wrong = wrong.iter().filter(|_| in_time);
    let wrong = wrong.map(|other| plain(other.to_string())).collect();
    (plain(year.to_string()), wrong)
}

/// What a choice counts, where it counts something: its one number, with the words around it.
fn counted(text: &str) -> Option<(f64, String)> {
    let folded = fold(text);
    let mut number = None;
    let mut words = Vec::new();
    for word in folded.split(' ') {
        match word.trim_matches(['$', '£', '€', '%']).parse::<f64>() {
            Ok(_) if number.is_some() => return None,
            Ok(found) if found.is_finite() => number = Some(found),
            _ => words.push(word),
        }
    }
    Some((number?, words.join(" ")))
}

/// The right answer's number and those of the wrong ones, where all choices are numbers of one
/// kind.
pub(super) fn numbers(question: &Question) -> Option<(f64, Vec<f64>)> {
    let (right, kind) = counted(&question.answer.text)?;
    let wrong = question.distractors.iter().map(|wrong| {
        let (number, other) = counted(&wrong.text)?;
        (other == kind).then_some(number)
    });
    Some((right, wrong.collect::<Option<_>>()?))
}

/// How often each rank has been given so far, lowest first.
#[derive(Debug, Default)]
pub(super) struct Ranks {
    given: [usize; WRONG + 1],
}

impl Ranks {
    /// Leaves a question for a number three wrong answers, so chosen that the right one has the
    /// rank that was given least often of those it can have.
    pub(super) fn even_out(&mut self, question: &mut Question) {
        let Some((right, wrong)) = numbers(question) else {
            return;
        };
        let places = |fits: &dyn Fn(f64) -> bool| -> Vec<usize> {
            let numbered = wrong.iter().enumerate();
            numbered
                .filter(|(_, n)| fits(**n))
                .map(|(place, _)| place)
                .collect()
        };
        let (below, above) = (places(&|n| n < right), places(&|n| n > right));
        let can = |rank: &usize| below.len() >= *rank && above.len() >= WRONG - *rank;
        let rank = (0..=WRONG).filter(can).min_by_key(|rank| self.given[*rank]);
        let Some(rank) = rank else {
            return;
        };
        self.given[rank] += 1;
        let kept: Vec<usize> = below[..rank]
            .iter()
            .chain(&above[..WRONG - rank])
            .copied()
            .collect();
        let mut place = 0;
        question.distractors.retain(|_| {
            place += 1;
            kept.contains(&(place - 1))
        });
    }
}
