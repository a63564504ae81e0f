//! When two texts are the same to a reader, and which characters a pack may not hold.

use super::limits::MARKS_MAX;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds what a reader would not count as a difference: case, diacritics, punctuation,
/// spacing, "&" for "and", a leading article. `fold("The Keep") == fold("keep")`.
///
/// Points, commas and apostrophes inside a word vanish ("O'Brien", "L.A.", "20,000"), other
/// punctuation parts words. What tells numbers or names apart stays: the point in "1.6", a
/// minus sign, "+", "#" and "%". A text of nothing but punctuation is left as it is.
#[must_use]
pub fn fold(text: &str) -> String {
    // Most texts are plain ASCII, which is its own decomposition.
    let folded = if text.is_ascii() {
        fold_letters(text.chars(), text.len())
    } else {
        let letters = text.nfkd().filter(|c| !is_combining_mark(*c));
        fold_letters(letters, text.len())
    };
    let mut articles = ["the ", "a ", "an "].into_iter();
    match articles.find_map(|article| folded.strip_prefix(article)) {
        Some(bare) => bare.to_owned(),
        None if folded.is_empty() => text.trim().to_lowercase(),
        None => folded,
    }
}

/// The words of decomposed letters, one space between them. `len` is about how many bytes they are.
fn fold_letters(letters: impl Iterator<Item = char>, len: usize) -> String {
    let mut folded = String::with_capacity(len);
    let mut letters = letters.peekable();
    let mut before: Option<char> = None;
    let mut is_apart = false;
    while let Some(c) = letters.next() {
        let digit_before = before.is_some_and(|c| c.is_ascii_digit());
        let digit_after = letters.peek().is_some_and(char::is_ascii_digit);
        let stays = match c {
            '.' => digit_before && digit_after,
            '-' | '−' => digit_after && !before.is_some_and(char::is_alphanumeric),
            '+' | '#' | '%' => true,
            c => c.is_alphanumeric(),
        };
        let vanishes = matches!(c, '\'' | '’' | '‘' | '.' | ',');
        before = Some(c);
        if !stays {
            is_apart |= !vanishes;
            if c == '&' {
                part(&mut folded);
                folded.push_str("and");
            }
            continue;
        }
        if std::mem::take(&mut is_apart) {
            part(&mut folded);
        }
        match c {
            '−' => folded.push('-'),
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded
}

/// Begins a new word, unless none has been yet.
fn part(folded: &mut String) {
    if !folded.is_empty() {
        folded.push(' ');
    }
}

/// The arabic number that a folded word writes as a roman numeral from II to XX.
///
/// The single letters I, V and X stay letters: they are more often names than numbers. Callers
/// leave the first word of a title alone: "XX" may be one.
#[must_use]
pub fn roman(word: &str) -> Option<&'static str> {
    const NUMERALS: [(&str, &str); 17] = [
        ("ii", "2"),
        ("iii", "3"),
        ("iv", "4"),
        ("vi", "6"),
        ("vii", "7"),
        ("viii", "8"),
        ("ix", "9"),
        ("xi", "11"),
        ("xii", "12"),
        ("xiii", "13"),
        ("xiv", "14"),
        ("xv", "15"),
        ("xvi", "16"),
        ("xvii", "17"),
        ("xviii", "18"),
        ("xix", "19"),
        ("xx", "20"),
    ];
    let numeral = NUMERALS.iter().find(|(roman, _)| *roman == word);
    numeral.map(|(_, arabic)| *arabic)
}

/// A character that a member cannot see, or that changes how its neighbours are shown: control
/// characters, line breaks, bidirectional and zero-width marks, tags. With these a text could
/// pass for another one.
#[must_use]
pub fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a letter carries so many marks that they would paint over neighbouring lines.
pub(super) fn has_piled_marks(text: &str) -> bool {
    let mut marks = 0;
    text.chars().any(|c| {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        marks > MARKS_MAX
    })
}

#[cfg(test)]
mod tests {
    use super::{fold, is_deceptive};

    #[test]
    fn folds_what_a_reader_would_not_count() {
        for (a, b) in [
            ("The Keep", "keep"),
            ("L.A. Takedown", "la takedown"),
            ("Amy  Brenneman", "AMY BRENNEMAN"),
            ("Chris Shihérlis", "Chris Shiherlis"),
            ("William Morrow & Company", "William Morrow and Company"),
            ("20,000", "20000"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} / {b}");
        }
        for (a, b) in [
            ("Heat", "Heat 2"),
            ("$1.6 million", "$16 million"),
            ("-5 °C", "5 °C"),
            ("C++", "C#"),
            ("!", "?"),
        ] {
            assert_ne!(fold(a), fold(b), "{a} / {b}");
        }
        assert_eq!(fold("A"), "a");
    }

    #[test]
    fn knows_what_cannot_be_seen() {
        assert!(
            "\n\u{202E}\u{200B}\u{FEFF}\u{7}\u{2066}"
                .chars()
                .all(is_deceptive)
        );
        assert!(!"Penélope Cruz, 李安 “4–5” 🎬".chars().any(is_deceptive));
    }
}
