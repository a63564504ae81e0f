//! The rank of a number among its choices: equally often the lowest, second, third and highest, so
//! that picking from the middle gains nothing.

use super::question::Question;
use crate::facts::fold;

/// A question for a number has exactly this many wrong answers. All are shown; otherwise its rank
/// would depend on which.
const WRONG: usize = 3;
/// The least years between a release and a wrong answer: a festival or foreign premiere may fall in
/// the year before or after.
const YEARS_APART_MIN: u16 = 2;

/// Three years that may stand beside the right one. Over all seeds the right year has each rank
/// equally often. No choice is much later than `newest`; if that leaves too little room, there are
/// no wrong answers at all.
pub(super) fn years_beside(year: u16, newest: u16, seed: u64) -> Vec<String> {
    let above = u16::try_from(seed % 4).unwrap_or(0);
    let last = newest.saturating_add(YEARS_APART_MIN);
    let step = |n: u16| YEARS_APART_MIN * n + u16::try_from((seed >> (8 * n)) % 2).unwrap_or(0);
    let later = (1..=above).map(|n| year.saturating_add(step(n)));
    let earlier = (1..=3 - above).map(|n| year.saturating_sub(step(n)));
    let wrong: Vec<u16> = later.chain(earlier).collect();
    let in_time = wrong.iter().all(|other| *other <= last);
    let wrong = wrong.iter().filter(|_| in_time);
    wrong.map(u16::to_string).collect()
}

/// The number in a choice, with the words around it, if it has exactly one.
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

/// The number of the right answer and those of the wrong ones, if all choices are numbers of one
/// kind.
pub(super) fn numbers(question: &Question) -> Option<(f64, Vec<f64>)> {
    let (right, kind) = counted(&question.answer.text)?;
    let wrong = question.distractors.iter().map(|wrong| {
        let (number, other) = counted(&wrong.text)?;
        (other == kind).then_some(number)
    });
    Some((right, wrong.collect::<Option<_>>()?))
}

/// How often each rank has been used so far, lowest first.
#[derive(Debug, Default)]
pub(super) struct Ranks {
    given: [usize; WRONG + 1],
}

impl Ranks {
    /// Keeps three wrong answers to a question for a number, so that the right one gets the least
    /// used of its possible ranks.
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
