//! The measured difficulty of questions, from how often members of one database answer them
//! correctly.

use super::Bank;
use crate::asked_history::QuestionHash;
use crate::facts::Difficulty;
use std::collections::HashMap;

/// How many answers it takes before they mean anything.
pub const ANSWERS_MIN: u32 = 30;
/// A question is easy if at least this share of its answers is right, and hard if at most this
/// share is. Guesses are right in 25 % of cases.
const EASY_FROM: f64 = 0.65;
const HARD_UP_TO: f64 = 0.40;
/// For bounds that hold in 95 of 100 cases.
const Z: f64 = 1.96;

/// How often a question was answered, and how often correctly.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// All answers.
    pub answered: u64,
    /// The right ones.
    pub correct: u64,
}

impl Share {
    /// The percentage of right ones.
    #[must_use]
    pub fn percent(self) -> u64 {
        (self.correct * 100 + self.answered / 2) / self.answered.max(1)
    }

    /// The difficulty of the question: as written, until enough answers show otherwise.
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

    /// The range of the true share, by Wilson's score interval
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

/// The questions of a bank whose measured difficulty differs from the written one, by hash.
#[derive(Debug, Clone, Default)]
pub struct Levels(HashMap<QuestionHash, Difficulty>);

impl Levels {
    /// Learns from how questions, by id, were answered.
    pub fn of(bank: &Bank, answered: impl Iterator<Item = (impl AsRef<str>, Share)>) -> Self {
        let changed = answered.filter_map(|(id, share)| {
            let hash = QuestionHash::of(id.as_ref());
            let number = bank.pools.with_hash(hash).next()?;
            let written = bank.traits.get(number).difficulty();
            let level = share.level(written);
            (level != written).then_some((hash, level))
        });
        Self(changed.collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The difficulty here of a question written with this one.
    pub(super) fn level(&self, hash: QuestionHash, written: Difficulty) -> Difficulty {
        self.0.get(&hash).copied().unwrap_or(written)
    }

    /// The numbers of a bank's questions measured at a level.
    pub(super) fn turned(&self, bank: &Bank, level: Difficulty) -> Vec<u32> {
        let hashes = self.0.iter().filter(|(_, of)| **of == level);
        let numbers = hashes.flat_map(|(hash, _)| bank.pools.with_hash(*hash));
        let mut numbers: Vec<u32> = numbers.collect();
        // A hash map's order differs in each process.
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
