//! The words of a text, to see what one text says of another.

use crate::facts::{fold, sameness};

/// The words of a text, folded, each once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Words(
    /// Sorted.
    Vec<String>,
);

impl Words {
    pub(super) fn of(text: &str) -> Self {
        Self::of_folded(&fold(text))
    }

    /// The words of a text that is folded already.
    pub(super) fn of_folded(folded: &str) -> Self {
        let mut words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        Self(words)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        let found = self.0.binary_search_by(|own| own.as_str().cmp(word));
        found.is_ok()
    }

    pub(super) fn is_subset(&self, of: &Self) -> bool {
        self.iter().all(|word| of.contains(word))
    }
}

/// What a question asks, as far as two that differ in it are two questions. "Which of these …"
/// asks something else with every answer.
pub(super) fn asked(prompt: &str, answer: &str) -> String {
    let mut asked = sameness(prompt);
    if asked.split(' ').any(|word| word == "these") {
        asked.push(' ');
        asked.push_str(&fold(answer));
    }
    asked
}

/// Whether a word of a name is enough to think of the name: "Ali" is, "of" and "the" are not.
pub(super) fn tells(word: &str) -> bool {
    word.chars().count() > 2 && !matches!(word, "the" | "and")
}

/// Whether the prompt holds a word of the answer that tells it: "Ali" tells "Muhammad Ali".
pub(super) fn is_told(prompt: &Words, answer: &str) -> bool {
    let answer = Words::of(answer);
    let mut telling = answer.iter().filter(|word| tells(word));
    answer.is_subset(prompt) || telling.any(|word| prompt.contains(word))
}

/// Whether the prompt holds every word of the choice.
pub(super) fn is_named(prompt: &str, choice: &str) -> bool {
    Words::of(choice).is_subset(&Words::of(prompt))
}
