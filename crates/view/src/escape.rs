//! Makes text from packs and members harmless inside a message.

use heat_core::facts::limits::length;
use heat_core::facts::without_deceptive;
use std::borrow::Cow;

/// Escapes Discord's markdown, so that foreign text appears as written and can neither format,
/// link, mention nor break out of its surroundings.
///
/// The result is one line. See [`plain`] for what is dropped.
#[must_use]
pub fn escape(text: &str) -> String {
    escaped(cleaned(text))
}

/// The same of at most `max` UTF-16 code units, [clipped](clip) first, so that no escape is cut in
/// half.
#[must_use]
pub fn escape_clipped(text: &str, max: usize) -> String {
    escaped(cleaned(&clipped(text, max)))
}

fn escaped(text: Cow<str>) -> String {
    // Most names have nothing else.
    let is_harmless = |byte: u8| byte.is_ascii_alphanumeric() || b" '(),!&".contains(&byte);
    if text.bytes().all(is_harmless) {
        return text.into_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_markup = match c {
            '\\' | '*' | '_' | '~' | '`' | '|' | '<' | '[' | ']' => true,
            // Headings, lists and quotes count at the start of a line only.
            '#' | '-' | '>' => out.is_empty(),
            // "1. " at the start of a line begins a numbered list.
            '.' => !out.is_empty() && out.chars().all(|c| c.is_ascii_digit()),
            // "https://" makes a link, ":fire:" a picture.
            ':' => rest.peek().is_some_and(|next| !next.is_whitespace()),
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(c);
        if c == '@' {
            // A backslash does not disarm "@everyone", but an invisible space does.
            out.push('\u{200b}');
        }
    }
    out
}

/// Turns foreign text into one clean line for places where Discord shows plain text: labels, menus,
/// suggestions and footers.
///
/// Line breaks and runs of white space become one space. Control characters and invisible ones that
/// reorder or hide text (bidirectional overrides, zero-width characters, tags) are dropped, except
/// where they join an emoji's parts.
#[must_use]
pub fn plain(text: &str) -> String {
    cleaned(text).into_owned()
}

fn cleaned(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let spaced = |c: char| if c.is_whitespace() { ' ' } else { c };
    let seen = without_deceptive(&text.chars().map(spaced).collect::<String>());
    let words = seen.split(' ').filter(|word| !word.is_empty());
    Cow::Owned(words.collect::<Vec<_>>().join(" "))
}

/// Whether a text needs no cleaning, as nearly all names do not: visible ASCII with single spaces.
fn is_plain(text: &str) -> bool {
    let is_shown = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
    let is_spaced = || !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ");
    text.bytes().all(is_shown) && is_spaced()
}

/// Whether a text has at most `max` UTF-16 code units, in which Discord counts its limits.
#[must_use]
pub fn fits(text: &str, max: usize) -> bool {
    // It never has more of them than bytes, which need no counting.
    text.len() <= max || length(text) <= max
}

/// Cuts to at most `max` UTF-16 code units, ending in "…" where something was cut.
#[must_use]
pub fn clip(text: &str, max: usize) -> String {
    clipped(text, max).into_owned()
}

fn clipped(text: &str, max: usize) -> Cow<'_, str> {
    if fits(text, max) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(max);
    let mut left = max.saturating_sub(1);
    for c in text.chars() {
        let Some(after) = left.checked_sub(c.len_utf16()) else {
            break;
        };
        left = after;
        out.push(c);
    }
    out.push('…');
    Cow::Owned(out)
}

/// The longest address that [`link`] makes, in bytes.
const URL_BYTES_MAX: usize = 300;

/// A link to an address from a pack with a label from a pack; `None` if the address is not a plain
/// web address.
#[must_use]
pub fn link(label: &str, url: &str) -> Option<String> {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    if !is_web {
        return None;
    }
    let mut address = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '(' => address.push_str("%28"),
            ')' => address.push_str("%29"),
            '<' => address.push_str("%3C"),
            '>' => address.push_str("%3E"),
            '[' => address.push_str("%5B"),
            ']' => address.push_str("%5D"),
            '"' => address.push_str("%22"),
            '`' => address.push_str("%60"),
            '|' => address.push_str("%7C"),
            '\\' => address.push_str("%5C"),
            '@' => address.push_str("%40"),
            c if c.is_ascii_graphic() => address.push(c),
            c if c.is_alphanumeric() => address.push(c),
            _ => return None,
        }
    }
    // An escaped bracket is three times as long.
    (address.len() <= URL_BYTES_MAX).then(|| format!("[{}]({address})", escape(label)))
}

#[cfg(test)]
mod tests {
    use super::{clip, escape, link, plain};
    use proptest::prelude::*;

    #[test]
    fn foreign_text_appears_as_written() {
        let table = [
            ("Heat (1995)", "Heat (1995)"),
            ("L.A. Takedown", "L.A. Takedown"),
            ("Spider-Man: Home", "Spider-Man: Home"),
            ("**Bob**", r"\*\*Bob\*\*"),
            ("a_b_c ~~d~~ ||e||", r"a\_b\_c \~\~d\~\~ \|\|e\|\|"),
            ("`code`", r"\`code\`"),
            ("[x](http://evil.example)", r"\[x\](http\://evil.example)"),
            ("@everyone", "@\u{200b}everyone"),
            (
                "<@123> <#1> <t:0:R>",
                "\\<@\u{200b}123> \\<#1> \\<t\\:0\\:R>",
            ),
            (":fire:", r"\:fire:"),
            ("# big", r"\# big"),
            ("- item", r"\- item"),
            ("> quote", r"\> quote"),
            (" \n# big", r"\# big"),
            ("1. one", r"1\. one"),
            ("a\nb\r\n\tc", "a b c"),
            ("a\u{202e}b\u{200b}c\0", "abc"),
            ("a \u{200b} b", "a b"),
            ("👱\u{200d}♀\u{fe0f} a\u{200d}b", "👱\u{200d}♀\u{fe0f} ab"),
            (r"\*", r"\\\*"),
        ];
        for (text, expected) in table {
            assert_eq!(escape(text), expected, "{text:?}");
        }
    }

    #[test]
    fn links_hold_only_plain_web_addresses() {
        assert_eq!(
            link("Heat", "https://en.wikipedia.org/wiki/Heat_(1995_film)").as_deref(),
            Some("[Heat](https://en.wikipedia.org/wiki/Heat_%281995_film%29)")
        );
        for url in [
            "javascript:alert(1)",
            "ftp://x",
            "https://x y",
            "https://x\n",
            "",
        ] {
            assert_eq!(link("x", url), None, "{url:?}");
        }
        for long in ["x".repeat(300), "(".repeat(100)] {
            assert_eq!(link("x", &format!("https://{long}")), None);
        }
    }

    #[test]
    fn cutting_counts_what_discord_counts() {
        assert_eq!(clip("Heat", 4), "Heat");
        assert_eq!(clip("Heat 2", 4), "Hea…");
        assert_eq!(clip("🔥🔥🔥", 4), "🔥…");
    }

    proptest! {
        #[test]
        fn no_markup_survives(text in "[\\\\*_~`|<>\\[\\]()@:#/. \\-a1\n]{0,40}") {
            let escaped = escape(&text);
            prop_assert!(!escaped.contains('\n'));
            // Removing the escapes restores the text: nothing is lost or doubled.
            let mut shown = String::new();
            let mut chars = escaped.chars();
            while let Some(c) = chars.next() {
                match c {
                    '\\' => shown.extend(chars.next()),
                    '*' | '_' | '~' | '`' | '|' | '<' | '[' | ']' => prop_assert!(false, "bare {c} in {escaped:?}"),
                    '\u{200b}' => {}
                    c => shown.push(c),
                }
            }
            prop_assert_eq!(shown, plain(&text));
        }
    }
}
