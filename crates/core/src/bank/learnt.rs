//! How hard questions turn out to be, from how often they are answered rightly in one database.

use super::Bank;
use crate::asked_history::mark;
use crate::facts::Difficulty;
use std::collections::HashMap;

/// Answers from which on they say anything.
pub const ANSWERS_MIN: u32 = 30;
/// A question is easy if at least so many answers are right, and hard if at most so many are; a
/// guess is right in 25 %.
const EASY_FROM: f64 = 0.65;
const HARD_UP_TO: f64 = 0.40;
/// The bounds hold in 95 of 100 cases.
const Z: f64 = 1.96;

/// How often a question was answered, and how often rightly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// All answers.
    pub answered: u64,
    /// The right ones.
    pub correct: u64,
}

impl Share {
    /// The right ones of a hundred.
    #[must_use]
    pub fn percent(self) -> u64 {
        (self.correct * 100 + self.answered / 2) / self.answered.max(1)
    }

    /// How hard the question turned out to be: as its writer or template had it, until enough
    /// answers show otherwise.
    #[must_use]
    pub fn level(self, written: Difficulty) -> Difficulty {
        if self.answered < u64::from(ANSWERS_MIN) {
            return written;
        }
        let (least, most) = self.bounds();
        match written {
            _ if least >= EASY_FROM => Difficulty::Easy,
            _ if most <= HARD_UP_TO => Difficulty::Hard,
            Difficulty::Easy if most < EASY_FROM => Difficulty::Medium,
            Difficulty::Hard if least > HARD_UP_TO => Difficulty::Medium,
            written => written,
        }
    }

    /// Between which shares the true one lies, by Wilson's score interval
    /// (<https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval>).
    #[expect(clippy::cast_precision_loss, reason = "nobody counts 2^53 answers")]
    fn bounds(self) -> (f64, f64) {
        let n = self.answered as f64;
        let share = self.correct as f64 / n;
        let middle = share + Z * Z / (2.0 * n);
        let reach = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
        let whole = 1.0 + Z * Z / n;
        ((middle - reach) / whole, (middle + reach) / whole)
    }
}

/// The questions of a bank that turned out otherwise than they were written, by mark.
#[derive(Debug, Clone, Default)]
pub struct Levels(HashMap<u64, Difficulty>);

impl Levels {
    /// Learns from how questions, by their ids, were answered.
    pub fn of(bank: &Bank, answered: impl Iterator<Item = (impl AsRef<str>, Share)>) -> Self {
        let changed = answered.filter_map(|(id, share)| {
            let mark = mark(id.as_ref());
            let mut same = bank.pools.with_mark(mark);
            let number = same.find(|number| bank.id(*number) == id.as_ref())?;
            let written = bank.traits.get(number).difficulty();
            let level = share.level(written);
            (level != written).then_some((mark, level))
        });
        Self(changed.collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How hard a question is here that was written so.
    pub(super) fn level(&self, mark: u64, written: Difficulty) -> Difficulty {
        self.0.get(&mark).copied().unwrap_or(written)
    }

    /// The numbers of a bank's questions that turned out to be of a level.
    pub(super) fn turned(&self, bank: &Bank, level: Difficulty) -> Vec<u32> {
        let marks = self.0.iter().filter(|(_, of)| **of == level);
        let numbers = marks.flat_map(|(mark, _)| bank.pools.with_mark(*mark));
        let mut numbers: Vec<u32> = numbers.collect();
        // The order of a hash map is another one in each process.
        numbers.sort_unstable();
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_follows_the_answers_once_there_are_enough() {
        use Difficulty::{Easy, Hard, Medium};
        for (answered, correct, written, expected) in [
            (29, 29, Hard, Hard),
            (30, 30, Hard, Easy),
            (30, 5, Easy, Hard),
            (30, 24, Medium, Medium),
            (400, 300, Medium, Easy),
            (400, 200, Easy, Medium),
            (400, 200, Medium, Medium),
            (400, 200, Hard, Medium),
            (400, 130, Medium, Hard),
            (400, 160, Hard, Hard),
        ] {
            let share = Share { answered, correct };
            assert_eq!(share.level(written), expected, "{share:?} {written:?}");
        }
        assert_eq!(Share::default().percent(), 0);
    }
}
