//! What the questions of one game tell each other.

use super::question::Question;
use crate::facts::fold;
use std::collections::BTreeSet;

/// What members know after some questions of a game.
#[derive(Debug, Default)]
pub(super) struct Spoilers {
    /// What the questions rest on.
    facts: BTreeSet<String>,
    /// What their reveals tell besides.
    besides: BTreeSet<String>,
    prompts: Vec<String>,
    answers: BTreeSet<String>,
}

impl Spoilers {
    pub(super) fn add(&mut self, question: &Question) {
        self.facts.extend(question.facts.iter().cloned());
        self.besides.extend(question.tells.iter().cloned());
        self.prompts.push(padded(&question.prompt));
        self.answers.insert(padded(&question.answer.text));
    }

    /// Whether a question and one of these rest on one fact, or the reveal of either tells what
    /// the other asks, or a prompt of these holds the answer.
    pub(super) fn touches(&self, question: &Question) -> bool {
        let known = |fact: &String| self.facts.contains(fact) || self.besides.contains(fact);
        let tells = |fact: &String| self.facts.contains(fact);
        if question.facts.iter().any(known) || question.tells.iter().any(tells) {
            return true;
        }
        let answer = padded(&question.answer.text);
        self.prompts.iter().any(|prompt| prompt.contains(&answer))
    }

    /// Whether the answer was one already.
    pub(super) fn has_answer(&self, question: &Question) -> bool {
        self.answers.contains(&padded(&question.answer.text))
    }
}

/// Folded, with a space at either end, so that only whole words are found in it.
pub(super) fn padded(text: &str) -> String {
    format!(" {} ", fold(text))
}
