//! What the questions of one game give away about each other.

use super::question::Question;
use crate::facts::fold;
use std::collections::BTreeSet;

/// What members know after some questions of a game.
#[derive(Debug, Default)]
pub(super) struct Spoilers {
    /// The facts behind the questions.
    facts: BTreeSet<String>,
    /// What their reveals also mention.
    besides: BTreeSet<String>,
    prompts: Vec<String>,
    answers: BTreeSet<String>,
}

impl Spoilers {
    pub(super) fn add(&mut self, question: &Question) {
        self.facts.extend(question.facts.iter().cloned());
        self.besides.extend(question.tells.iter().cloned());
        self.prompts.push(padded(&question.prompt));
        self.answers.insert(padded(question.answer.bare()));
    }

    /// Whether the question shares a fact with one of these, either's reveal mentions what the
    /// other asks, or a prompt of these contains the answer.
    pub(super) fn touches(&self, question: &Question) -> bool {
        let known = |fact: &String| self.facts.contains(fact) || self.besides.contains(fact);
        let tells = |fact: &String| self.facts.contains(fact);
        if question.facts.iter().any(known) || question.tells.iter().any(tells) {
            return true;
        }
        let answer = padded(question.answer.bare());
        self.prompts.iter().any(|prompt| prompt.contains(&answer))
    }

    /// Whether the answer was already used.
    pub(super) fn has_answer(&self, question: &Question) -> bool {
        self.answers.contains(&padded(question.answer.bare()))
    }
}

/// Folded, with a space at either end, so that only whole words match.
pub(super) fn padded(text: &str) -> String {
    format!(" {} ", fold(text))
}
