//! Texts of a pack, made safe to quote in a fault.

use super::text::is_deceptive;

/// The longest text of a fault, in characters: it may quote a hostile one.
const SHOWN_MAX: usize = 400;
/// The longest text that a flaw quotes, in characters.
const QUOTED_MAX: usize = 80;

/// Makes text from the pack safe to show in a one-line fault.
pub(super) fn shown(text: String) -> String {
    if text.len() <= SHOWN_MAX && !text.contains(is_deceptive) {
        return text;
    }
    visible(&text, SHOWN_MAX)
}

/// The beginning of a text, safe to show in a fault.
pub(super) fn clip(text: &str) -> String {
    visible(text, QUOTED_MAX)
}

fn visible(text: &str, chars_max: usize) -> String {
    let chars = text.chars().take(chars_max);
    chars
        .map(|c| if is_deceptive(c) { '\u{FFFD}' } else { c })
        .collect()
}
