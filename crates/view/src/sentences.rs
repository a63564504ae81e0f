//! The first sentences of a text: enough of a reason to learn from, short enough to read during a
//! game.

/// Abbreviations with a full stop that does not end a sentence.
const ABBREVIATIONS: [&str; 16] = [
    "mr", "mrs", "ms", "dr", "st", "jr", "sr", "no", "vs", "lt", "sgt", "capt", "col", "gen",
    "prof", "vol",
];

/// At most the first `count` sentences.
///
/// A full stop after an initial or a title does not end a sentence ("J. Edgar", "Mr. Orange"): one
/// sentence too many is better than half a name.
pub(super) fn first(text: &str, count: usize) -> &str {
    let ends = text.char_indices().filter(|(at, _)| is_end(text, *at));
    match ends.map(|(at, _)| at).nth(count.saturating_sub(1)) {
        Some(at) => closed(text, at),
        None => text,
    }
}

/// Whether the character at this index ends a sentence and another one follows.
fn is_end(text: &str, at: usize) -> bool {
    let (before, rest) = text.split_at(at);
    let Some(sign) = rest.chars().next().filter(|c| matches!(c, '.' | '!' | '?')) else {
        return false;
    };
    let after = rest[sign.len_utf8()..].trim_start_matches(is_closing);
    let next = after.trim_start();
    let begins = next.chars().next();
    let is_next = after.len() > next.len()
        && begins.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || is_opening(c));
    let word = before
        .rsplit(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let is_short = ABBREVIATIONS.contains(&word.to_lowercase().as_str());
    is_next && !(sign == '.' && (is_initial || is_short))
}

/// Up to the character at this index, including a closing quotation mark or bracket.
fn closed(text: &str, at: usize) -> &str {
    let rest = &text[at..];
    let sign = rest.chars().next().map_or(0, char::len_utf8);
    let closing = rest[sign..].len() - rest[sign..].trim_start_matches(is_closing).len();
    &text[..at + sign + closing]
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | ')' | ']')
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '“' | '‘' | '(' | '[')
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn sentences_are_found_despite_other_dots() {
        for (text, expect) in [
            ("", ""),
            ("One", "One"),
            ("One. Two.", "One. Two."),
            ("One. Two. Three.", "One. Two."),
            ("One? Two! Three.", "One? Two!"),
            (
                "J. Edgar made it. It cost 3.5 million. More.",
                "J. Edgar made it. It cost 3.5 million.",
            ),
            (
                "Mr. Orange lies. He says “Go.” Then more.",
                "Mr. Orange lies. He says “Go.”",
            ),
            (
                "He wrote it (in 1979.) Two. Three.",
                "He wrote it (in 1979.) Two.",
            ),
            (
                "It was U.S. money. Two. 1995 came.",
                "It was U.S. money. Two.",
            ),
            ("a b. a b. a b.", "a b. a b. a b."),
            ("Ends…. Two. ", "Ends…. Two. "),
        ] {
            assert_eq!(first(text, 2), expect);
        }
    }
}
