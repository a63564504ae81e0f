//! Hints: what they reveal, each to one player only.

use super::UserId;
use crate::bank::Round;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// What a hint revealed to a player.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "hint", rename_all = "kebab-case")]
pub enum Hint {
    /// These choices are wrong.
    Removed {
        /// Which buttons, counted from 0, in order.
        choices: Vec<u8>,
    },
    /// The answer with most of its letters hidden.
    Letters {
        /// One [`HIDDEN`] for each hidden letter.
        shown: String,
    },
}

/// Stands for a letter that a hint does not reveal.
pub const HIDDEN: char = '•';

/// Wrong choices that a hint removes.
const REMOVED: usize = 2;

impl Hint {
    /// Picks two of the wrong choices at random, from the game's secret seed. Otherwise anyone who
    /// knows this code could tell from the two which of the others is right.
    pub(super) fn of_choices(round: &Round, index: u16, user: UserId, seed: u64) -> Self {
        let mut luck = ChaCha8Rng::seed_from_u64(
            seed ^ user.0.rotate_left(17) ^ u64::from(index).rotate_left(48),
        );
        let mut wrong: Vec<u8> = (0..4).filter(|choice| *choice != round.correct()).collect();
        wrong.shuffle(&mut luck);
        wrong.truncate(REMOVED);
        wrong.sort_unstable();
        Self::Removed { choices: wrong }
    }

    /// The first letter of each word, and all but the last digit of each number.
    pub(super) fn of_letters(round: &Round) -> Self {
        let answer = round.question.answer.bare();
        // An answer made only of symbols would be revealed whole.
        let is_of_signs = !answer.chars().any(char::is_alphanumeric);
        let hidden = |word: &str| word.chars().map(|_| HIDDEN).collect();
        let words = answer.split(' ');
        let shown: Vec<String> = if is_of_signs {
            words.map(hidden).collect()
        } else {
            words.map(hide).collect()
        };
        Self::Letters {
            shown: shown.join(" "),
        }
    }
}

fn hide(word: &str) -> String {
    let is_number = word.chars().all(|c| c.is_ascii_digit());
    let shown = if is_number {
        word.len().saturating_sub(1)
    } else {
        1
    };
    let mut letters = 0;
    word.chars()
        .map(|c| {
            if !c.is_alphanumeric() {
                return c;
            }
            letters += 1;
            if letters <= shown { c } else { HIDDEN }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::hide;

    #[test]
    fn letters_are_hidden_but_not_what_joins_them() {
        for (word, hidden) in [
            ("Robert", "R•••••"),
            ("O'Haco", "O'••••"),
            ("Day-Lewis", "D••-•••••"),
            ("1988", "198•"),
            ("4", "•"),
            ("(1995)", "(1•••)"),
        ] {
            assert_eq!(hide(word), hidden);
        }
    }
}
