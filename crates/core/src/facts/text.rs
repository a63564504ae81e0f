//! Decides when a reader would consider two texts equal, and which characters a pack may not
//! contain.

use super::limits::MARKS_MAX;
use foldhash::quality::FixedState;
use std::borrow::Cow;
use std::hash::BuildHasher;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// Removes differences that a reader would ignore: case, accents, punctuation, spacing, "&" for
/// "and", a leading article. `fold("The Keep") == fold("keep")`.
///
/// Marks that make a different letter stay: those of kana, Devanagari or Thai, and й.
///
/// Points, commas and apostrophes inside a word are removed ("O'Brien", "L.A.", "20,000"); other
/// punctuation separates words. Signs that distinguish numbers or names stay: the point in "1.6", a
/// minus sign, "+", "#" and "%". A text of punctuation only is left unchanged.
#[must_use]
pub fn fold(text: &str) -> String {
    // Most names are letters and spaces, and most other texts are ASCII, which needs no decomposition.
    let folded = if is_plain(text) {
        text.to_ascii_lowercase()
    } else if text.is_ascii() {
        fold_letters(text.chars(), text.len())
    } else {
        let letters: String = bare(text).nfc().collect();
        fold_letters(letters.chars(), letters.len())
    };
    without_article(folded, text)
}

/// A number for a text, for callers who can bear one collision in many millions.
pub(crate) fn mark(text: &str) -> u64 {
    FixedState::default().hash_one(text)
}

/// Whether a text is ASCII words of letters and digits with one space between each two.
fn is_plain(text: &str) -> bool {
    let mut before = b' ';
    let mut bytes = text.bytes();
    let is_plain = bytes.all(|byte| {
        let is_doubled = byte == b' ' && before == b' ';
        before = byte;
        !is_doubled && (byte == b' ' || byte.is_ascii_alphanumeric())
    });
    is_plain && before != b' '
}

/// A folded text without a leading article; the text itself if nothing would be left.
fn without_article(folded: String, text: &str) -> String {
    let mut articles = ["the ", "a ", "an "].into_iter();
    match articles.find_map(|article| folded.strip_prefix(article)) {
        Some(bare) => bare.to_owned(),
        None if folded.is_empty() => text.trim().to_lowercase(),
        None => folded,
    }
}

/// A decomposed text, without the marks that a language treats as optional.
fn bare(text: &str) -> impl Iterator<Item = char> {
    let mut base = ' ';
    text.nfkd().filter(move |c| {
        let is_mark = is_combining_mark(*c);
        if !is_mark {
            base = *c;
        }
        !is_mark || !is_forgiven(base, *c)
    })
}

/// A text without optional marks, recomposed: `unmarked("Köln") == "Koln"`, while "が" and "й" stay.
#[must_use]
pub fn unmarked(text: &str) -> String {
    bare(text).nfc().collect()
}

/// Whether a mark on this letter can be left out without making another letter.
fn is_forgiven(base: char, mark: char) -> bool {
    match base {
        // Cyrillic: ё for е, and stress marks; й and ї are different letters.
        '\u{400}'..='\u{52F}' => {
            mark == '\u{301}' || (mark == '\u{308}' && matches!(base, 'е' | 'Е'))
        }
        // Hebrew points and accents.
        '\u{590}'..='\u{5FF}' => true,
        // Arabic vowel points; hamza and madda on an alef.
        '\u{600}'..='\u{6FF}' => !matches!(mark, '\u{653}'..='\u{655}') || base == '\u{627}',
        // Devanagari: the dot for borrowed sounds, which many people leave out.
        '\u{900}'..='\u{97F}' => mark == '\u{93C}' && matches!(base, 'क' | 'ख' | 'ग' | 'ज' | 'फ'),
        // Latin, Greek, and everything that is not a letter.
        _ => base < '\u{400}' || ('\u{1E00}'..='\u{2BFF}').contains(&base),
    }
}

/// A text for finding duplicates, without differences of case, spacing and sentence punctuation.
/// Accents stay, because "schon" and "schön" are different cards. A text with signs that folding
/// would remove is compared whole, because a film described in emoji has nothing else.
#[must_use]
pub fn sameness(text: &str) -> String {
    let is_lost = |c: char| {
        let is_usual = c.is_alphanumeric() || c.is_whitespace() || is_sentence_punctuation(c);
        !is_usual && !is_combining_mark(c) && !is_deceptive(c)
    };
    let text = if text.is_ascii() {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    };
    if text.contains(is_lost) {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        return words.join(" ");
    }
    without_article(fold_letters(text.chars(), text.len()), &text)
}

/// Sentence punctuation, which distinguishes nothing.
fn is_sentence_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        && !matches!(
            c,
            '*' | '/' | '<' | '=' | '>' | '^' | '|' | '~' | '$' | '@' | '\\'
        )
        || ('\u{2010}'..='\u{203A}').contains(&c)
        || ('\u{3001}'..='\u{301F}').contains(&c)
        || matches!(
            c,
            '¿' | '¡'
                | '«'
                | '»'
                | '·'
                | '・'
                | '…'
                | '؟'
                | '،'
                | '।'
                | '！'
                | '？'
                | '，'
                | '：'
                | '；'
                | '（'
                | '）'
        )
}

/// The words of decomposed letters, separated by one space. `len` is their approximate size in
/// bytes.
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
            // The remaining marks make a different letter.
            c => c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c)),
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

/// Begins a new word, unless it is the first.
fn part(folded: &mut String) {
    if !folded.is_empty() {
        folded.push(' ');
    }
}

/// The value of a folded word as a Roman numeral, from I to MMMCMXCIX.
///
/// "mix" and "di" are numerals too, and "i" is usually a word: callers decide where a numeral is
/// plausible.
#[must_use]
pub fn roman(word: &str) -> Option<u16> {
    const PARTS: [(&str, u16); 13] = [
        ("m", 1000),
        ("cm", 900),
        ("d", 500),
        ("cd", 400),
        ("c", 100),
        ("xc", 90),
        ("l", 50),
        ("xl", 40),
        ("x", 10),
        ("ix", 9),
        ("v", 5),
        ("iv", 4),
        ("i", 1),
    ];
    let mut rest = word;
    let mut number = 0;
    for (part, worth) in PARTS {
        let is_repeated = matches!(part, "m" | "c" | "x" | "i");
        let times_max = if is_repeated { 3 } else { 1 };
        for _ in 0..times_max {
            let Some(after) = rest.strip_prefix(part) else {
                break;
            };
            rest = after;
            number += worth;
        }
    }
    (rest.is_empty() && number > 0).then_some(number)
}

/// A character that members cannot see, or that changes how its neighbours are shown: control
/// characters, line breaks, bidirectional and zero-width marks, tags. They can make one text look
/// like another.
#[must_use]
pub fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// The first [deceptive](is_deceptive) character that is not part of a visible sign. Joiners inside
/// an emoji ("👨‍👩‍👧"), a flag's tags and the joiners of Persian and Indic spelling are visible.
#[must_use]
pub fn first_deceptive(text: &str) -> Option<char> {
    // Of these, only control characters are deceptive.
    if text.is_ascii() {
        return text.chars().find(char::is_ascii_control);
    }
    deceptive_places(text).next().map(|(_, c)| c)
}

/// A text without the characters that [`first_deceptive`] finds.
#[must_use]
pub fn without_deceptive(text: &str) -> String {
    let mut places = deceptive_places(text).map(|(at, _)| at).peekable();
    let seen = text
        .char_indices()
        .filter(|(at, _)| places.next_if_eq(at).is_none());
    seen.map(|(_, c)| c).collect()
}

fn deceptive_places(text: &str) -> impl Iterator<Item = (usize, char)> {
    let all = text.char_indices().filter(|(_, c)| is_deceptive(*c));
    all.filter(|(at, c)| !joins(&text[..*at], *c, &text[at + c.len_utf8()..]))
}

/// Whether an invisible character joins its neighbours into one sign.
fn joins(before: &str, c: char, after: &str) -> bool {
    const BLACK_FLAG: char = '\u{1F3F4}';
    let last = before.chars().next_back();
    let next = after.chars().next();
    let is_arabic = |c: Option<char>| c.is_some_and(|c| matches!(c, '\u{620}'..='\u{6FF}'));
    // A virama connects two consonants, and a joiner says how.
    let is_virama = last.is_some_and(|c| canonical_combining_class(c) == 9);
    match c {
        '\u{200D}' => {
            let drawn = before.trim_end_matches([
                '\u{FE0F}',
                '\u{1F3FB}',
                '\u{1F3FC}',
                '\u{1F3FD}',
                '\u{1F3FE}',
                '\u{1F3FF}',
            ]);
            let is_emoji = drawn.ends_with(is_pictograph) && next.is_some_and(is_pictograph);
            is_emoji || is_virama
        }
        '\u{200C}' => is_virama || (is_arabic(last) && is_arabic(next)),
        '\u{E0020}'..='\u{E007F}' => {
            let is_tag =
                |c: char| matches!(c, '\u{E0030}'..='\u{E0039}' | '\u{E0061}'..='\u{E007A}');
            let flag = before.trim_end_matches(is_tag);
            let tags = before[flag.len()..].chars().count();
            let rest = after.trim_start_matches(is_tag);
            let more = after[..after.len() - rest.len()].chars().count();
            let is_end = c == '\u{E007F}' && tags > 0;
            let goes_on = is_tag(c) && rest.starts_with('\u{E007F}');
            flag.ends_with(BLACK_FLAG) && tags + more < 7 && (is_end || goes_on)
        }
        _ => false,
    }
}

/// Roughly what Unicode calls pictographic:
/// <https://unicode.org/reports/tr51/#def_emoji_character>.
fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21FF}' | '\u{2300}'..='\u{23FF}' | '\u{25A0}'..='\u{27BF}'
        | '\u{2B00}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Whether a letter has so many marks that they would paint over other lines.
pub(super) fn has_piled_marks(text: &str) -> bool {
    let mut marks = 0;
    text.chars().any(|c| {
        marks = if !c.is_ascii() && is_combining_mark(c) {
            marks + 1
        } else {
            0
        };
        marks > MARKS_MAX
    })
}

#[cfg(test)]
mod tests {
    use super::{
        first_deceptive, fold, fold_letters, is_deceptive, is_plain, roman, sameness,
        without_article, without_deceptive,
    };
    use proptest::prelude::*;

    proptest! {
        /// Plain texts take a quicker way to the same result.
        #[test]
        fn plain_texts_fold_like_others(text in "(The |A )?[A-Za-z0-9]{1,4}( [A-Za-z0-9]{1,4}){0,3}") {
            prop_assert!(is_plain(&text));
            let folded = fold_letters(text.chars(), text.len());
            prop_assert_eq!(fold(&text), without_article(folded, &text));
        }
    }

    #[test]
    fn folds_differences_that_a_reader_would_ignore() {
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
            ("かき", "がき"),
            ("की", "का"),
            ("мой", "мои"),
        ] {
            assert_ne!(fold(a), fold(b), "{a} / {b}");
        }
        assert_eq!(fold("A"), "a");
    }

    #[test]
    fn texts_that_differ_in_signs_stay_different() {
        for (a, b) in [
            ("Which film? 🎬🔫", "Which film? 🦈🌊"),
            ("は", "ば"),
            ("Was heißt schon?", "Was heißt schön?"),
            ("What is 3 * 4?", "What is 3 / 4?"),
        ] {
            assert_ne!(sameness(a), sameness(b), "{a} / {b}");
        }
        assert_eq!(sameness("Who is he?"), sameness("“who is he”"));
    }

    #[test]
    fn roman_numerals_of_any_size() {
        for (word, number) in [
            ("ii", Some(2)),
            ("xlii", Some(42)),
            ("mcmxciv", Some(1994)),
            ("iiii", None),
            ("ic", None),
            ("", None),
        ] {
            assert_eq!(roman(word), number, "{word}");
        }
    }

    #[test]
    fn joiners_are_visible_where_they_join() {
        for whole in [
            "👨‍👩‍👧 and 🏳️‍🌈 and 👩🏽‍🚀",
            "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}",
            "می‌خواهم",
            "क्‍ष",
        ] {
            assert_eq!(first_deceptive(whole), None, "{whole:?}");
            assert_eq!(without_deceptive(whole), whole);
        }
        for (trick, seen) in [
            ("He\u{200D}at", "Heat"),
            ("a\u{200C}b", "ab"),
            ("🎬\u{200D}", "🎬"),
            ("\u{1F3F4}\u{E0067}\u{E0062}", "\u{1F3F4}"),
            ("Heat\u{E0067}\u{E007F}", "Heat"),
            ("\u{202E}x", "x"),
        ] {
            assert!(first_deceptive(trick).is_some(), "{trick:?}");
            assert_eq!(without_deceptive(trick), seen);
        }
    }

    #[test]
    fn finds_invisible_characters() {
        assert!(
            "\n\u{202E}\u{200B}\u{FEFF}\u{7}\u{2066}"
                .chars()
                .all(is_deceptive)
        );
        assert!(!"Penélope Cruz, 李安 “4–5” 🎬".chars().any(is_deceptive));
    }
}
