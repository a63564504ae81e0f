//! A question as one game asks it.

use super::question::{Answer, Question};
use super::typed::TypedKey;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A question as one game asks it: four choices in a fixed order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// What is asked.
    pub question: Arc<Question>,
    /// For each button, left to right: `None` for the right answer, `Some(i)` for
    /// `question.distractors[i]`. Exactly one is `None`.
    pub choices: [Option<u16>; 4],
    /// Clues that open one after another while the question is open, from hard to easy; most
    /// questions have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clues: Vec<String>,
    /// How a typed answer is judged; `None` if this question cannot be typed, or the game uses
    /// buttons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typed: Option<Box<TypedKey>>,
}

impl Round {
    /// The text on button `index`; `None` beyond the fourth.
    #[must_use]
    pub fn choice(&self, index: u8) -> Option<&Answer> {
        match self.choices.get(usize::from(index))? {
            None => Some(&self.question.answer),
            Some(i) => self.question.distractors.get(usize::from(*i)),
        }
    }

    /// The same question with its choices shuffled by `seed`, answered with buttons.
    #[must_use]
    pub fn reshuffled(&self, seed: u64) -> Self {
        let mut choices = self.choices;
        choices.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
        Self {
            question: Arc::clone(&self.question),
            choices,
            clues: self.clues.clone(),
            typed: None,
        }
    }

    /// The index of the right button.
    #[must_use]
    pub fn correct(&self) -> u8 {
        let at = self.choices.iter().position(Option::is_none);
        u8::try_from(at.unwrap_or(0)).unwrap_or(0)
    }
}
