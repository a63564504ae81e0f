//! A common spelling for names that differ only in how they are typed.

use crate::facts::roman;

/// How many characters of a typed name are used; the rest is ignored.
pub const INPUT_CHARS_MAX: usize = 100;

/// The highest Roman numeral a search reads: no film has a higher one, and "di" and "mix" are
/// words.
const ROMAN_MAX: u16 = 39;

/// Folds what [`crate::facts::fold`] folds (case, diacritics, punctuation, a leading article), and
/// also initials and letters that Unicode does not decompose, since a search may forgive more than
/// a check. "The  Penélope-Cruz" equals "penelope cruz", and "L.A." equals "L A". Words are
/// separated by one space.
///
/// Returns an empty text if only punctuation was typed.
#[must_use]
pub fn fold(text: &str) -> String {
    let end = text.char_indices().nth(INPUT_CHARS_MAX);
    let capped = &text[..end.map_or(text.len(), |(end, _)| end)];
    if !capped.chars().any(char::is_alphanumeric) {
        return String::new();
    }
    let folded = crate::facts::fold(capped);
    if folded.is_ascii() {
        return join_initials(folded);
    }
    let mut plain = String::with_capacity(folded.len());
    for c in folded.chars() {
        push_plain(&mut plain, c);
    }
    join_initials(plain)
}

/// Replaces a lower-case letter that Unicode does not decompose by the letters people type for it.
fn push_plain(folded: &mut String, c: char) {
    match c {
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'ø' => folded.push('o'),
        'ł' => folded.push('l'),
        'đ' | 'ð' => folded.push('d'),
        'þ' => folded.push_str("th"),
        'ı' => folded.push('i'),
        c => folded.push(c),
    }
}

/// Letters that stand alone one after another are initials and become one word, so that "L.A.",
/// "L A" and "LA" are the same.
fn join_initials(folded: String) -> String {
    let is_initial =
        |word: &str| word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    if !folded.split(' ').any(is_initial) {
        return folded;
    }
    let mut joined = String::with_capacity(folded.len());
    let mut previous_is_initial = false;
    for word in folded.split(' ') {
        let is_initial = is_initial(word);
        if !(joined.is_empty() || is_initial && previous_is_initial) {
            joined.push(' ');
        }
        joined.push_str(word);
        previous_is_initial = is_initial;
    }
    joined
}

/// Converts Roman numerals from II to XXXIX to digits, except in the first word (a title such as
/// "XX" stays), so that "Heat II" and "Heat 2" are the same. Takes folded text.
///
/// The single letters I, V and X stay letters: they are more often names than numbers.
#[must_use]
pub fn arabic(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    for (position, word) in folded.split(' ').enumerate() {
        if position > 0 {
            out.push(' ');
        }
        let is_numeral = position > 0 && word.len() > 1;
        match roman(word).filter(|n| is_numeral && *n <= ROMAN_MAX) {
            Some(number) => out.push_str(&number.to_string()),
            None => out.push_str(word),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{arabic, fold};

    #[test]
    fn spellings_of_one_name_fold_together() {
        let table = [
            ("Penélope Cruz", "penelope cruz"),
            ("  the   INSIDER ", "insider"),
            ("The", "the"),
            ("L.A. Takedown", "la takedown"),
            ("l a takedown", "la takedown"),
            ("Daniel O\u{2019}Haco", "daniel ohaco"),
            ("Bosko's Date", "boskos date"),
            ("Simon & Schuster", "simon and schuster"),
            ("Heat 2 (planned film)", "heat 2 planned film"),
            ("ＨＥＡＴ", "heat"),
            ("Jørgen Strauß", "jorgen strauss"),
            ("\u{202e}@everyone\u{200b}", "everyone"),
            (&"x".repeat(5000), &"x".repeat(super::INPUT_CHARS_MAX)),
            ("***", ""),
            ("", ""),
        ];
        for (typed, expected) in table {
            assert_eq!(fold(typed), expected, "typed {typed:?}");
        }
    }

    #[test]
    fn roman_numerals_become_arabic_after_the_first_word() {
        assert_eq!(arabic("heat ii"), "heat 2");
        assert_eq!(arabic("rocky iv the cut"), "rocky 4 the cut");
        assert_eq!(arabic("xx"), "xx");
        assert_eq!(arabic("malcolm x"), "malcolm x");
    }
}
