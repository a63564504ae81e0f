//! The form in which typed answers are compared: what a reader would not count as a difference
//! is gone from it.

use crate::facts::{fold, is_deceptive, roman};

/// How much of a typed answer is looked at, in characters.
const TYPED_CHARS_MAX: usize = 100;

/// Folds case, diacritics, punctuation, "&", articles, openings such as "it is" or "in", number
/// words, roman numerals after the first word, ordinals and the usual short forms of amounts.
pub(super) fn form(text: &str) -> String {
    let seen = text.chars().filter(|c| !is_deceptive(*c));
    let seen: String = seen.take(TYPED_CHARS_MAX).collect();
    if !seen.chars().any(char::is_alphanumeric) {
        return String::new();
    }
    let folded = plain_letters(&fold(&seen));
    let words = folded.split(' ').enumerate().flat_map(|(place, word)| {
        let word = roman(word).filter(|_| place > 0).unwrap_or(word);
        amount(number(word).unwrap_or(word))
    });
    let mut words: Vec<String> = words.collect();
    drop_unless_all(&mut words, |word| matches!(word, "the" | "a" | "an"));
    if words
        .iter()
        .any(|w| w.starts_with(|c: char| c.is_ascii_digit()))
    {
        drop_unless_all(&mut words, |w| {
            matches!(w, "dollar" | "dollars" | "usd" | "us" | "about" | "around")
        });
    }
    while words.len() > 1 && is_opening(&words[0]) {
        words.remove(0);
    }
    words.join(" ")
}

/// Letters that Unicode does not decompose, as people type them.
fn plain_letters(folded: &str) -> String {
    let mut plain = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'þ' => plain.push_str("th"),
            'ı' => plain.push('i'),
            c => plain.push(c),
        }
    }
    plain
}

fn drop_unless_all(words: &mut Vec<String>, unwanted: impl Fn(&str) -> bool) {
    if words.iter().any(|word| !unwanted(word)) {
        words.retain(|word| !unwanted(word));
    }
}

/// How a sentence begins that only gives an answer.
fn is_opening(word: &str) -> bool {
    matches!(
        word,
        "i" | "think"
            | "it"
            | "its"
            | "is"
            | "was"
            | "that"
            | "thats"
            | "he"
            | "she"
            | "they"
            | "hes"
            | "shes"
            | "in"
            | "on"
            | "at"
            | "by"
            | "to"
            | "from"
            | "year"
    )
}

/// Number words as digits, ordinals as words.
fn number(word: &str) -> Option<&'static str> {
    const WORDS: [(&str, &str); 38] = [
        ("zero", "0"),
        ("one", "1"),
        ("two", "2"),
        ("three", "3"),
        ("four", "4"),
        ("five", "5"),
        ("six", "6"),
        ("seven", "7"),
        ("eight", "8"),
        ("nine", "9"),
        ("ten", "10"),
        ("eleven", "11"),
        ("twelve", "12"),
        ("thirteen", "13"),
        ("fourteen", "14"),
        ("fifteen", "15"),
        ("sixteen", "16"),
        ("seventeen", "17"),
        ("eighteen", "18"),
        ("nineteen", "19"),
        ("twenty", "20"),
        ("thirty", "30"),
        ("forty", "40"),
        ("fifty", "50"),
        ("sixty", "60"),
        ("seventy", "70"),
        ("eighty", "80"),
        ("ninety", "90"),
        ("1st", "first"),
        ("2nd", "second"),
        ("3rd", "third"),
        ("4th", "fourth"),
        ("5th", "fifth"),
        ("6th", "sixth"),
        ("7th", "seventh"),
        ("8th", "eighth"),
        ("9th", "ninth"),
        ("10th", "tenth"),
    ];
    let found = WORDS.iter().find(|(typed, _)| *typed == word);
    found.map(|(_, plain)| *plain)
}

/// "60m" and "60 mio" as "60 million", "2bn" as "2 billion".
fn amount(word: &str) -> Vec<String> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match &word[digits.len()..] {
        "m" | "mn" | "mio" | "mil" => "million",
        "bn" | "b" => "billion",
        _ => return vec![word.to_owned()],
    };
    let is_amount = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    match (is_amount, digits.is_empty()) {
        (true, _) => vec![digits.to_owned(), unit.to_owned()],
        // A unit by itself, as in "60 mio"; a lone letter is an initial.
        (false, true) if word.len() > 2 => vec![unit.to_owned()],
        _ => vec![word.to_owned()],
    }
}

/// A form without its spaces, so that "De Niro" and "Deniro" are the same.
pub(super) fn squashed(form: &str) -> String {
    form.replace(' ', "")
}

/// The numbers of a form, in order, with words such as "million". They are never a matter of
/// typos.
pub(super) fn numbers(form: &str) -> Vec<&str> {
    let is_digit = |c: char| c.is_ascii_digit() || c == '.';
    let is_magnitude = |word: &str| matches!(word, "hundred" | "thousand" | "million" | "billion");
    form.split(' ')
        .flat_map(|word| {
            let parts = if is_magnitude(word) {
                vec![word]
            } else {
                word.split(|c| !is_digit(c)).collect()
            };
            parts.into_iter().filter(|part| !part.is_empty())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::form;

    #[test]
    fn forms_of_what_is_the_same_to_a_reader() {
        for (a, b) in [
            ("Heat II", "heat 2"),
            ("Four", "4"),
            ("$187.4 million", "187.4 million dollars"),
            ("60m", "60 million dollars"),
            ("in 1988", "1988"),
            ("The Godfather Part Two", "Godfather, part II"),
            ("his 3rd", "his third"),
            ("It is taking shape", "taking shape"),
            ("Jørgen Strauß", "jorgen strauss"),
            ("Last of Mohicans", "The Last of the Mohicans"),
            ("He\u{200b}at", "heat"),
        ] {
            assert_eq!(form(a), form(b));
        }
        for (a, b) in [
            ("Heat", "Heat 2"),
            ("The", ""),
            ("1.6 million", "16 million"),
        ] {
            assert_ne!(form(a), form(b));
        }
    }
}
