//! Whether a question is about a language, in which letters with accents are different letters.

use crate::facts::fold;

const LANGUAGES: [&str; 34] = [
    "german",
    "deutsch",
    "deutschen",
    "swedish",
    "danish",
    "norwegian",
    "finnish",
    "icelandic",
    "dutch",
    "french",
    "spanish",
    "portuguese",
    "italian",
    "catalan",
    "polish",
    "czech",
    "slovak",
    "hungarian",
    "romanian",
    "turkish",
    "croatian",
    "serbian",
    "slovene",
    "estonian",
    "latvian",
    "lithuanian",
    "vietnamese",
    "welsh",
    "irish",
    "russian",
    "ukrainian",
    "japanese",
    "hindi",
    "arabic",
];
/// What follows a language's name when a question asks for its words.
const WORDS: [&str; 17] = [
    "for",
    "word",
    "words",
    "term",
    "noun",
    "verb",
    "adjective",
    "adverb",
    "phrase",
    "translation",
    "spelling",
    "spelled",
    "spelt",
    "plural",
    "expression",
    "is",
    "does",
];
/// What follows the name of a language that a question begins with: "In German, what is ..."
const ASKING: [&str; 8] = [
    "how", "name", "spell", "what", "whats", "which", "whose", "write",
];
/// Phrases by which a prompt asks for the accents themselves.
const MARKS: [&str; 10] = [
    "accent",
    "accents",
    "cedilla",
    "circumflex",
    "diacritic",
    "diacritics",
    "dieresis",
    "tilde",
    "umlaut",
    "umlauts",
];
/// At most this many letters suggest a word of a language rather than a name or a dish.
const WORD_LETTERS_MAX: usize = 6;

/// Whether accents in an answer count.
pub(super) fn counts_marks(prompt: &str, answer: &str) -> bool {
    let is_word = answer
        .chars()
        .all(|c| c.is_alphabetic() && !c.is_uppercase())
        && answer.chars().count() <= WORD_LETTERS_MAX
        && answer.contains(['ä', 'ö', 'ü']);
    is_word || asks_for_word(prompt) || asks_for_marks(prompt)
}

/// Whether a question asks for a word's accents, so that none may be missing.
pub(super) fn asks_for_marks(prompt: &str) -> bool {
    let folded = fold(prompt);
    let says = |list: &[&str]| folded.split(' ').any(|word| list.contains(&word));
    says(&MARKS) && says(&["with", "write", "type", "spell"])
}

fn asks_for_word(prompt: &str) -> bool {
    let folded = fold(prompt);
    let words: Vec<&str> = folded.split(' ').collect();
    words.iter().enumerate().any(|(at, word)| {
        let before = at.checked_sub(1).map(|at| words[at]);
        let after = words.get(at + 1).copied();
        let is_named = matches!(before, Some("in" | "into" | "auf" | "from"));
        LANGUAGES.contains(word)
            && (after.is_some_and(|after| WORDS.contains(&after))
                || (is_named && after.is_none_or(|after| ASKING.contains(&after))))
    })
}

#[cfg(test)]
mod tests {
    use super::counts_marks;

    #[test]
    fn a_question_about_a_language_is_not_one_about_a_country() {
        assert!(counts_marks(
            "What is the German word for beautiful?",
            "Schön"
        ));
        assert!(counts_marks("How do you say year in Spanish?", "Año"));
        assert!(counts_marks(
            "In German, what is the plural of Bruder?",
            "Brüder"
        ));
        assert!(counts_marks("?", "schön"));
        assert!(!counts_marks(
            "Which German city has this cathedral?",
            "Köln"
        ));
        assert!(!counts_marks(
            "Which pudding has a burnt crust?",
            "crème brûlée"
        ));
    }
}
