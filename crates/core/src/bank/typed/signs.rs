//! Answers of signs and emoji, which are compared as they stand.

use super::talk;

/// A text of signs as it is compared: as a keyboard has them, without spaces and without what chooses
/// how a sign is drawn.
pub(super) fn signs(text: &str) -> String {
    const ON_KEYBOARD: [(char, &str); 11] = [
        ('♯', "#"),
        ('×', "*"),
        ('✕', "*"),
        ('−', "-"),
        ('–', "-"),
        ('≥', ">="),
        ('≤', "<="),
        ('≠', "!="),
        ('→', "->"),
        ('←', "<-"),
        ('…', "..."),
    ];
    let mut signs = String::with_capacity(text.len());
    for c in text.chars() {
        let typed = ON_KEYBOARD.iter().find(|(sign, _)| *sign == c);
        match typed {
            Some((_, typed)) => signs.push_str(typed),
            None if c.is_whitespace() || matches!(c, '\u{FE0E}' | '\u{FE0F}') => {}
            None => signs.push(c),
        }
    }
    signs
}

/// The word for an emoji that is an answer by itself.
pub(super) fn emoji_name(answer: &str) -> Option<String> {
    let name = any_ascii::any_ascii(&signs(answer));
    let name = name.strip_prefix(':')?.strip_suffix(':')?;
    let is_one = !name.contains(':') && name.contains(char::is_alphabetic);
    is_one.then(|| name.replace('_', " "))
}

/// The signs of a text of which all words are talk: "I think €".
pub(super) fn without_talk(text: &str) -> Option<String> {
    let (words, signs): (Vec<&str>, Vec<&str>) =
        text.split_whitespace().partition(|part| !is_of_signs(part));
    let is_talk = |word: &&str| {
        let letters = word.chars().filter(|c| c.is_alphanumeric());
        talk::opens(&letters.collect::<String>().to_lowercase())
    };
    (!signs.is_empty() && words.iter().all(is_talk)).then(|| signs.concat())
}

/// Whether a text has neither letter nor digit, so that only its signs can be compared.
pub(super) fn is_of_signs(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
}
