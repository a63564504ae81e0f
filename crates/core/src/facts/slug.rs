//! Makes an id from a name.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The id for a name: `dr-strangelove` for "Dr. Strangelove", `amelie` for "Amélie", `q-and-a` for
/// "Q & A". A name without Latin letters becomes an id of its code points.
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    let mut is_apart = false;
    let mut put = |c: char| match c {
        '\'' | '’' | '‘' | '.' => {}
        c if c.is_ascii_alphanumeric() => {
            if std::mem::take(&mut is_apart) && !slug.is_empty() {
                slug.push('-');
            }
            slug.push(c.to_ascii_lowercase());
        }
        _ => is_apart = true,
    };
    let spelt = if name.contains('&') {
        Cow::Owned(name.replace('&', " and "))
    } else {
        Cow::Borrowed(name)
    };
    if spelt.is_ascii() {
        spelt.chars().for_each(&mut put);
    } else {
        let letters = spelt
            .chars()
            .flat_map(|c| spelling(c).chars().chain(own(c)));
        let letters = letters.nfkd().filter(|c| !is_combining_mark(*c));
        letters.for_each(&mut put);
    }
    if slug.is_empty() {
        let points = name.chars().map(|c| format!("{:x}", u32::from(c)));
        slug = format!("u{}", points.collect::<Vec<_>>().join("-"));
    }
    slug
}

/// How people spell a letter that Unicode does not decompose; empty for all others.
fn spelling(letter: char) -> &'static str {
    match letter {
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        _ => "",
    }
}

/// The letter itself, if it has no other spelling.
fn own(letter: char) -> Option<char> {
    spelling(letter).is_empty().then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn names_become_ids() {
        for (name, id) in [
            ("Al Pacino", "al-pacino"),
            ("Schindler's List", "schindlers-list"),
            ("E.T. the Extra-Terrestrial", "et-the-extra-terrestrial"),
            ("Penélope Cruz", "penelope-cruz"),
            (
                "Renate Reinsve & Søren Ærø",
                "renate-reinsve-and-soren-aero",
            ),
            ("李安", "u674e-5b89"),
            ("?", "u3f"),
        ] {
            assert_eq!(slug(name), id);
        }
    }
}
