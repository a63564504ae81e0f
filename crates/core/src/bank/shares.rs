//! Limits how much of a bank one film, template or answer can make up.

use super::question::Question;
use crate::asked_history::QuestionHash;
use crate::facts::{Difficulty, fold, mark};
use foldhash::{HashMap, HashMapExt};

/// The limits apply from this many questions on; a small bank is about few films, which is fine.
pub const BANK_MIN: usize = 10_000;
/// The largest share of one film, in thousandths of the bank.
pub const FILM_PERMILLE_MAX: usize = 10;
/// See [`FILM_PERMILLE_MAX`].
pub const TEMPLATE_PERMILLE_MAX: usize = 250;
/// See [`FILM_PERMILLE_MAX`].
pub const ANSWER_PERMILLE_MAX: usize = 10;
/// The most rounds of thinning: each makes the bank smaller and so lowers the limits, by less and
/// less.
const ROUNDS_MAX: usize = 20;

/// What counts towards the limits for a question, as hashes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    film: Option<u64>,
    template: u64,
    answer: u64,
    /// Decides which are dropped first: a number derived from the question's id.
    hash: QuestionHash,
    is_written: bool,
    /// Whether it asks who plays a part: the first thing to ask about a film.
    is_who: bool,
    difficulty: Difficulty,
}

impl Share {
    pub(super) fn of(question: &Question) -> Self {
        Self {
            film: question.work().map(mark),
            template: mark(&question.template),
            answer: mark(&fold(question.answer.bare())),
            hash: QuestionHash::of(&question.id),
            is_written: question.is_written(),
            is_who: question.template == "cast-who",
            difficulty: question.difficulty,
        }
    }
}

/// Removes the questions that exceed the limit of one film, template or answer. It never removes
/// hand-written ones, starts with the hardest, keeps "who plays whom" longest, and always picks the
/// same ones from the same bank.
pub(super) fn thin<T>(questions: &mut Vec<T>, share: impl Fn(&T) -> &Share) {
    for _ in 0..ROUNDS_MAX {
        let total = questions.len();
        if total < BANK_MIN {
            return;
        }
        let shares: Vec<&Share> = questions.iter().map(&share).collect();
        let film = |share: &Share| share.film;
        let template = |share: &Share| Some(share.template);
        let answer = |share: &Share| Some(share.answer);
        let mut out = vec![false; total];
        mark_out(&shares, &mut out, film, total * FILM_PERMILLE_MAX / 1000);
        mark_out(
            &shares,
            &mut out,
            template,
            total * TEMPLATE_PERMILLE_MAX / 1000,
        );
        mark_out(
            &shares,
            &mut out,
            answer,
            total * ANSWER_PERMILLE_MAX / 1000,
        );
        if !out.contains(&true) {
            return;
        }
        let mut out = out.into_iter();
        questions.retain(|_| !out.next().unwrap_or_default());
    }
}

/// Hashes what exceeds the limit of each group.
fn mark_out(shares: &[&Share], out: &mut [bool], key: impl Fn(&Share) -> Option<u64>, max: usize) {
    let mut groups: HashMap<u64, Vec<usize>> = HashMap::new();
    for (place, share) in shares.iter().enumerate() {
        if let Some(key) = key(share).filter(|_| !out[place]) {
            groups.entry(key).or_default().push(place);
        }
    }
    for mut group in groups.into_values().filter(|group| group.len() > max) {
        group.sort_unstable_by_key(|place| {
            let share = shares[*place];
            (
                !share.is_written,
                share.difficulty,
                !share.is_who,
                share.hash,
            )
        });
        for place in group.drain(max..) {
            out[place] = !shares[place].is_written;
        }
    }
}

/// The largest shares of a bank: film, template and answer, each with how many questions it has.
#[must_use]
pub fn largest(questions: impl Iterator<Item = Question>) -> [(String, usize); 3] {
    let mut counts: [HashMap<String, usize>; 3] = Default::default();
    for question in questions {
        let work = question.work().map(str::to_owned);
        let keys = [work, Some(question.template), Some(question.answer.text)];
        for (counts, key) in counts.iter_mut().zip(keys) {
            if let Some(key) = key {
                *counts.entry(key).or_default() += 1;
            }
        }
    }
    counts.map(|counts| {
        let largest = counts
            .into_iter()
            .max_by(|a, b| (a.1, &b.0).cmp(&(b.1, &a.0)));
        largest.unwrap_or_default()
    })
}
