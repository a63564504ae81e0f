//! Which names of an answer still answer the prompt.

use super::question::Question;
use super::words::{Words, is_named, tells};

/// What a prompt reveals of the name it asks for. "What is the first name of Hanna?" is not
/// answered by "Hanna", nor by another spelling of it, although all of these name him.
pub(super) struct PromptName {
    prompt: Words,
    answer: Words,
    gives_part: bool,
    names_a_wrong_one: bool,
}

impl PromptName {
    /// `names` are the full names of the answer's entity.
    pub(super) fn of<'n>(question: &Question, names: impl Iterator<Item = &'n str>) -> Self {
        let prompt = Words::of(&question.prompt);
        let answer = Words::of(question.answer.bare());
        let gives = |word: &str| tells(word) && !answer.contains(word) && prompt.contains(word);
        let mut wrong = question.distractors.iter();
        Self {
            gives_part: names.map(Words::of).any(|name| name.iter().any(gives)),
            names_a_wrong_one: wrong.any(|wrong| is_named(&question.prompt, &wrong.text)),
            prompt,
            answer,
        }
    }

    /// Whether a name answers the prompt. "Which is older, A or B?" names the answer along with
    /// others, and so reveals nothing.
    pub(super) fn is_answered_by(&self, name: &str) -> bool {
        let name = Words::of(name);
        let is_given = name.is_subset(&self.prompt);
        let is_beside = self.gives_part && !self.answer.is_subset(&name);
        self.names_a_wrong_one || name == self.answer || !(is_given || is_beside)
    }
}
