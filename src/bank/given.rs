//! Which names of an answer still answer the prompt.

use super::draft::{is_named, tells, words};
use super::question::Question;
use std::collections::BTreeSet;

/// What a prompt gives of the name that it asks for. "What is the first name of Hanna?" is not
/// answered by "Hanna", nor by another spelling of it, though all of these name him.
pub(super) struct Given {
    prompt: BTreeSet<String>,
    answer: BTreeSet<String>,
    gives_part: bool,
    names_a_wrong_one: bool,
}

impl Given {
    /// `names` are the full names of what the answer names.
    pub(super) fn of<'n>(question: &Question, names: impl Iterator<Item = &'n str>) -> Self {
        let prompt = words(&question.prompt);
        let answer = words(&question.answer.text);
        let names: BTreeSet<String> = names.flat_map(words).collect();
        let mut rest = names.difference(&answer).filter(|word| tells(word));
        let mut wrong = question.distractors.iter();
        Self {
            gives_part: rest.any(|word| prompt.contains(word)),
            names_a_wrong_one: wrong.any(|wrong| is_named(&question.prompt, &wrong.text)),
            prompt,
            answer,
        }
    }

    /// Whether a name says what is asked. "Which is older, A or B?" names the answer and others
    /// alike, and so gives nothing.
    pub(super) fn is_answered_by(&self, name: &str) -> bool {
        let name = words(name);
        let is_given = name.is_subset(&self.prompt);
        let is_beside = self.gives_part && !self.answer.is_subset(&name);
        self.names_a_wrong_one || name == self.answer || !(is_given || is_beside)
    }
}
