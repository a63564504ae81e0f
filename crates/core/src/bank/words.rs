//! The words of a text, to compare texts with each other.

use crate::facts::{fold, sameness};

/// The words of a text, folded, each once.
#[derive(Debug, Clone)]
pub(super) struct Words {
    folded: Box<str>,
    /// Where each word begins and ends, in order of the words.
    places: Box<[(u16, u16)]>,
    /// The [signs](sign) of all words together: a word whose sign is missing is not among them, which
    /// spares most searches.
    signs: u64,
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        Self::of_folded(&fold(text))
    }

    /// The words of a text that is already folded.
    pub(super) fn of_folded(folded: &str) -> Self {
        // No text of a question comes near what sixteen bits can count.
        let place = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        let folded: Box<str> = folded.into();
        let start = |word: &str| word.as_ptr() as usize - folded.as_ptr() as usize;
        let mut words: Vec<&str> = folded.split(' ').collect();
        words.sort_unstable();
        words.dedup();
        let signs = words.iter().fold(0, |signs, word| signs | sign(word));
        let places = words.iter().map(|word| {
            let from = start(word);
            (place(from), place(from + word.len()))
        });
        let places = places.collect();
        Self {
            folded,
            places,
            signs,
        }
    }

    fn word(&self, (from, to): (u16, u16)) -> &str {
        let word = self.folded.get(usize::from(from)..usize::from(to));
        word.unwrap_or_default()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.places.iter().map(|place| self.word(*place))
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        let find = || {
            self.places
                .binary_search_by(|own| self.word(*own).cmp(word))
        };
        self.signs & sign(word) != 0 && find().is_ok()
    }

    /// Whether every word of a text is among them.
    pub(super) fn name(&self, text: &str) -> bool {
        Self::of(text).is_subset(self)
    }

    pub(super) fn is_subset(&self, of: &Self) -> bool {
        self.signs & !of.signs == 0 && self.iter().all(|word| of.contains(word))
    }
}

/// One of 64 bits for a word, by its length, its first byte and its last.
fn sign(word: &str) -> u64 {
    let of = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(*byte));
    let bytes = word.as_bytes();
    let place = of(bytes.first()) + 11 * of(bytes.last()) + 29 * bytes.len();
    1 << (place % 64)
}

/// What a question asks; two questions that differ here are different. "Which of these …" asks
/// something else with every answer.
pub(super) fn asked(prompt: &str, answer: &str) -> String {
    let mut asked = sameness(prompt);
    if asked.split(' ').any(|word| word == "these") {
        asked.push(' ');
        asked.push_str(&fold(answer));
    }
    asked
}

/// Whether a word is enough to suggest a name: "Ali" is, "of" and "the" are not.
pub(super) fn tells(word: &str) -> bool {
    word.chars().count() > 2 && !matches!(word, "the" | "and")
}

/// Whether the prompt contains a word that suggests the answer: "Ali" suggests "Muhammad Ali".
pub(super) fn gives_away(prompt: &Words, answer: &Words) -> bool {
    let mut telling = answer.iter().filter(|word| tells(word));
    answer.is_subset(prompt) || telling.any(|word| prompt.contains(word))
}

/// Whether the prompt contains every word of the choice.
pub(super) fn is_named(prompt: &str, choice: &str) -> bool {
    Words::of(prompt).name(choice)
}

#[cfg(test)]
mod tests {
    use super::Words;
    use proptest::prelude::*;

    proptest! {
        /// The signs of words only spare searches.
        #[test]
        fn words_are_found_as_in_a_list(text in "[ab]{1,3}( [ab]{1,3}){0,4}", word in "[ab]{1,3}") {
            let words = Words::of_folded(&text);
            let is_there = |word: &str| text.split(' ').any(|own| own == word);
            prop_assert_eq!(words.contains(&word), is_there(&word));
            let other = Words::of_folded(&format!("{word} b"));
            prop_assert_eq!(other.is_subset(&words), is_there(&word) && is_there("b"));
        }
    }
}
