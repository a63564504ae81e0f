//! The form in which names are kept and sought: one spelling for what is the same to a reader.

use super::letters::plain;
use crate::facts::fold;

/// Folds case, accents, punctuation, "&" and articles. What is left of a name reads as the name
/// itself does, so that it can be compared like any other text.
pub(super) fn form(text: &str) -> String {
    if !text.chars().any(char::is_alphanumeric) {
        return String::new();
    }
    let folded = plain(&fold(text));
    let words: Vec<&str> = folded.split(' ').collect();
    let last = words.len() - 1;
    // "Hepatitis A" ends with a letter, not with an article.
    let tells = |(at, word): &(usize, &&str)| *at == last || !matches!(**word, "the" | "a" | "an");
    let told: Vec<&str> = words
        .iter()
        .enumerate()
        .filter(tells)
        .map(|(_, word)| *word)
        .collect();
    told.join(" ")
}

/// A form without its spaces, so that "De Niro" and "Deniro" are the same.
pub(super) fn squashed(form: &str) -> String {
    form.replace(' ', "")
}

#[cfg(test)]
mod tests {
    use super::form;

    #[test]
    fn forms_of_what_is_the_same_to_a_reader() {
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
    }
}
