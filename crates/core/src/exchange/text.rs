//! Cleans imported text for a pack, and shortens long texts.

use crate::facts::limits::{ID_LENGTH_MAX, MARKS_MAX, length};
use crate::facts::{fold, without_deceptive};
use unicode_normalization::char::is_combining_mark;

/// One clean line: line breaks and tabs become spaces; invisible and direction-changing characters
/// are dropped (but not the joiners inside an emoji), as are piles of accents on one letter and
/// surrounding space. A text already fit for a pack is unchanged.
pub(crate) fn clean(text: &str) -> String {
    let is_break = |c: char| {
        matches!(
            c,
            '\n' | '\r' | '\t' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        )
    };
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if !is_break(c) {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    let mut out = String::with_capacity(line.len());
    let mut marks = 0;
    for c in without_deceptive(&line).chars() {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        if marks <= MARKS_MAX {
            out.push(c);
        }
    }
    out.trim().to_owned()
}

/// Cuts to at most `max` UTF-16 code units, ending in "…" if something was cut.
pub(super) fn clip(text: &str, max: usize) -> String {
    if length(text) <= max {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut left = max.saturating_sub(1);
    for c in text.chars() {
        let Some(after) = left.checked_sub(c.len_utf16()) else {
            break;
        };
        left = after;
        out.push(c);
    }
    format!("{}…", out.trim_end())
}

/// A well-formed id from a name: "film-and-tv" for "Film & TV.yaml".
pub(crate) fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in fold(name).chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() >= ID_LENGTH_MAX - 16 {
            break;
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// A short hash of a text, the same on every machine: 48 bits of FNV-1a.
pub(super) fn mark(text: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{:012x}", hash & 0xffff_ffff_ffff)
}

#[cfg(test)]
mod tests {
    use super::{clean, clip, slug};

    #[test]
    fn tricks_are_removed_and_plain_text_stays() {
        for (foreign, expected) in [
            (" two\r\nlines\t", "two lines"),
            ("abc\u{202E}fed\u{200B}", "abcfed"),
            ("a  b", "a  b"),
            ("שלום", "שלום"),
            (
                "Z\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}o",
                "Z\u{301}\u{301}\u{301}\u{301}o",
            ),
            ("Amélie 🎬", "Amélie 🎬"),
            ("👨‍👩‍👧 🏳️‍🌈", "👨‍👩‍👧 🏳️‍🌈"),
        ] {
            assert_eq!(clean(foreign), expected);
            assert_eq!(clean(expected), expected);
        }
        assert_eq!(slug("Film & TV!"), "film-and-tv");
        assert_eq!(clip("abcdef", 4), "abc…");
    }
}
