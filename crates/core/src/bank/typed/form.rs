//! The form in which names are stored and searched: one spelling for everything a reader considers
//! the same.

use super::letters::plain;
use crate::facts::fold;
use std::borrow::Cow;

/// Folds case, accents, punctuation, "&" and articles. The result can be compared like any other
/// text.
pub(super) fn form(text: &str) -> String {
    if !text.chars().any(char::is_alphanumeric) {
        return String::new();
    }
    let folded = plain(&fold(text));
    let last = folded.rfind(' ').map_or(0, |space| space + 1);
    // "Hepatitis A" ends with a letter, not with an article.
    let (before, last) = folded.split_at(last);
    let is_article = |word: &str| matches!(word, "the" | "a" | "an");
    if !before.split(' ').any(is_article) {
        return folded;
    }
    let mut told: Vec<&str> = before.split(' ').filter(|word| !is_article(word)).collect();
    // Before the last word stands a space, so the last of the others is empty.
    told.pop();
    told.push(last);
    told.join(" ")
}

/// A form that keeps its articles, to tell "Mask" from "The Mask".
pub(super) fn with_articles(text: &str) -> String {
    // Folding drops a leading article, but not after another word.
    let folded = plain(&fold(&format!("it {text}")));
    folded.strip_prefix("it ").unwrap_or(&folded).to_owned()
}

/// A name without its parts in brackets and its nickname.
pub(super) fn bare(name: &str) -> Cow<'_, str> {
    if !name.contains(['(', '"']) {
        return name.trim().into();
    }
    let bare = without(&without(name, '(', ')'), '"', '"');
    bare.trim().to_owned().into()
}

/// A text without its parts between two marks.
pub(super) fn without(text: &str, open: char, close: char) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some((before, after)) = rest.split_once(open) {
        let Some((_, behind)) = after.split_once(close) else {
            break;
        };
        kept.push_str(before);
        rest = behind;
    }
    kept.push_str(rest);
    kept
}

/// A form without its spaces, so that "De Niro" and "Deniro" match.
pub(super) fn squashed(form: &str) -> String {
    form.replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::{form, with_articles};

    #[test]
    fn spellings_of_one_name_have_one_form() {
        for (a, b) in [
            ("Jørgen Strauß", "jorgen strauss"),
            ("Last of Mohicans", "The Last of the Mohicans"),
            (
                "Adam Driver & Penélope Cruz",
                "adam driver and penelope cruz",
            ),
        ] {
            assert_eq!(form(a), form(b));
        }
        for (a, b) in [
            ("Heat", "Heat 2"),
            ("Hepatitis A", "Hepatitis"),
            ("1.6 million", "16 million"),
        ] {
            assert_ne!(form(a), form(b));
        }
        assert_eq!(with_articles("The Mask!"), "the mask");
        assert_eq!(with_articles("Mask"), "mask");
    }
}
