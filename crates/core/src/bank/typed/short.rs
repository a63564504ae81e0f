//! Short names that a quiz master accepts: people without their middle names or by a nickname,
//! films without their subtitle.

use super::form::form;
use super::known::{entries, nicknames};
use crate::facts::roman;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static SERIES: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| entries(include_str!("series.txt")).collect());

/// Words that begin a surname of several words, which must not be cut.
const PARTICLES: [&str; 18] = [
    "de", "di", "da", "del", "della", "du", "van", "von", "der", "den", "le", "la", "mc", "mac",
    "o", "st", "dos", "bin",
];
/// Words after a surname that are not part of it.
const SUFFIXES: [&str; 8] = ["jr", "sr", "junior", "senior", "ii", "iii", "iv", "v"];
/// With more words than this, it is no longer one person's name.
const NAME_WORDS_MAX: usize = 4;

/// Whether a word may precede a surname as part of it: "De Niro".
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}

/// The index of the surname in a name: at its particles, if any.
pub(super) fn surname_at(words: &[&str]) -> usize {
    let last = words.len().saturating_sub(1);
    let particles = words[..last].iter().rev();
    let count = particles
        .take_while(|word| is_particle(&word.to_lowercase()))
        .count();
    last - count
}

/// The words of a person's name and its suffix, such as "Jr."; `None` if the text does not look
/// like a name.
pub(super) fn name(text: &str) -> Option<(Vec<&str>, Option<&str>)> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let is_suffix = |word: &&str| {
        let word = word.trim_end_matches('.').to_lowercase();
        SUFFIXES.contains(&word.as_str())
    };
    let suffix = words.pop_if(|word| is_suffix(&&**word));
    let is_name = |word: &&str| {
        let is_written = word.starts_with(char::is_uppercase) || is_particle(word);
        let is_letter = |c: char| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’');
        is_written && word.chars().all(is_letter)
    };
    let fits = (2..=NAME_WORDS_MAX).contains(&words.len()) && words.iter().all(is_name);
    fits.then_some((words, suffix))
}

/// Other ways to write a person's full name: with a nickname, without middle names, with initials,
/// and as the surname with the middle name before it ("Bonham Carter").
pub(super) fn people(text: &str) -> Vec<String> {
    let Some((words, suffix)) = name(text) else {
        return Vec::new();
    };
    let [first, middle @ .., last] = words.as_slice() else {
        return Vec::new();
    };
    let is_whole = middle.is_empty() || middle.iter().any(|word| is_particle(&form(word)));
    let mut behind = vec![words[1..].join(" ")];
    if !is_whole {
        behind.push((*last).to_owned());
    }
    let mut called: Vec<String> = Vec::new();
    for behind in &behind {
        let mut firsts = nicknames(&form(first));
        firsts.push(first);
        let names = firsts.iter().map(|first| format!("{first} {behind}"));
        called.extend(names);
    }
    if is_whole && suffix.is_none() {
        called.push(format!("{} {first}", words[1..].join(" ")));
    }
    if !is_whole && super::talk::addresses(&form(first)) {
        called.push(words[1..].join(" "));
    }
    if let Some(initial) = first.chars().next() {
        called.push(format!(
            "{initial} {}",
            words[surname_at(&words)..].join(" ")
        ));
    }
    if let [middle] = middle
        && !is_whole
        && !middle.ends_with('.')
    {
        called.push(format!("{middle} {last}"));
    }
    if !is_whole {
        let given = words[..words.len() - 1].iter();
        let initials: String = given.filter_map(|word| word.chars().next()).collect();
        called.push(format!("{initials} {last}"));
    }
    if let Some(suffix) = suffix {
        for name in &mut called {
            name.push(' ');
            name.push_str(suffix);
        }
    }
    called
}

/// Parts of a title that may stand for the whole.
pub(super) struct Parts<'t> {
    /// The first part, if it identifies this film: "Anchorman", "Terminator 2".
    pub head: Option<&'t str>,
    /// Whether the title says that the first part is a title in itself: "Birdman or (The ...)".
    pub is_title: bool,
    /// The subtitle, if it is distinctive: "The Wrath of Khan".
    pub tail: Option<&'t str>,
}

/// The parts of a title that has a subtitle, or that begins with the name of a series.
pub(super) fn title(text: &str) -> Option<Parts<'_>> {
    const MARKS: [&str; 7] = [": ", " – ", " — ", " - ", " or: ", " or (", ", or "];
    let mut cuts: Vec<(&str, &str)> = MARKS
        .iter()
        .flat_map(|mark| {
            text.match_indices(mark)
                .map(|(at, mark)| (&text[..at], &text[at + mark.len()..]))
        })
        .collect();
    cuts.sort_unstable_by_key(|(head, _)| head.len());
    // "Star Wars: Episode V – The Empire Strikes Back" and "Mission: Impossible – Fallout" are cut
    // after the name of the series and its number.
    let is_behind_series = |(head, _): &&(&str, &str)| {
        let head = form(head);
        let counted = head.split(' ').rev().nth(1).is_some_and(counts);
        SERIES.contains(head.as_str()) || counted
    };
    let later = cuts.iter().skip(1).find(is_behind_series);
    let cut = later.or(cuts.first()).copied();
    // "Harry Potter and the Deathly Hallows: Part 2"
    let told = cut.filter(|(_, tail)| !form(tail).split(' ').next().is_some_and(counts));
    let (head, tail) = told.or_else(|| of_series(text)).or(cut)?;
    let (start, end) = (form(head), form(tail));
    let is_series = SERIES.contains(start.as_str());
    let numbered = start.rsplit(' ').next().is_some_and(|word| {
        start.contains(' ') && (word.bytes().all(|b| b.is_ascii_digit()) || roman(word).is_some())
    });
    let words: Vec<&str> = end.split(' ').collect();
    let names_series = words.len() > 1 && end.contains(&start);
    let is_telling = !words.first().is_some_and(|word| counts(word))
        && !names_series
        && (words.len() > 1 || ((is_series || numbered) && end.chars().count() >= 5));
    let is_head = !is_series || numbered;
    Some(Parts {
        head: is_head.then_some(head),
        is_title: text[head.len()..]
            .trim_start_matches(',')
            .starts_with(" or"),
        tail: is_telling.then_some(tail),
    })
}

/// "Star Trek: The Wrath of Khan" for "Star Trek II: The Wrath of Khan".
pub(super) fn unnumbered(parts: &Parts) -> Option<String> {
    let (head, tail) = (parts.head?, parts.tail?);
    let (series, number) = head.rsplit_once(' ')?;
    let series = series.trim_end_matches(" Episode").trim_end_matches(':');
    let is_number =
        number.bytes().all(|b| b.is_ascii_digit()) || roman(&number.to_lowercase()).is_some();
    (is_number && SERIES.contains(form(series).as_str())).then(|| format!("{series} {tail}"))
}

/// Whether a word only numbers what follows.
fn counts(word: &str) -> bool {
    matches!(
        word,
        "part" | "vol" | "volume" | "chapter" | "episode" | "movie"
    ) || word.bytes().any(|b| b.is_ascii_digit())
}

/// "Indiana Jones" and "Temple of Doom" of "Indiana Jones and the Temple of Doom".
fn of_series(text: &str) -> Option<(&str, &str)> {
    const JOINTS: [&str; 4] = [" and the ", " in the ", " and ", " "];
    JOINTS.iter().find_map(|joint| {
        let mut cuts = text.match_indices(joint);
        cuts.find_map(|(at, _)| {
            let (head, tail) = (&text[..at], &text[at + joint.len()..]);
            let several = head.contains(' ') && tail.contains(' ');
            (several && SERIES.contains(form(head).as_str())).then_some((head, tail))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{people, title};

    #[test]
    fn people_in_short() {
        let called = people("Philip Seymour Hoffman");
        for name in ["phil Hoffman", "Philip Hoffman", "Seymour Hoffman"] {
            assert!(called.iter().any(|other| other == name), "{called:?}");
        }
        assert!(!people("Robert De Niro").contains(&"Robert Niro".to_owned()));
        assert!(people("Robert Downey Jr.").contains(&"bob Downey Jr.".to_owned()));
    }

    #[test]
    fn titles_in_short() {
        for (text, head, tail) in [
            (
                "Star Trek II: The Wrath of Khan",
                Some("Star Trek II"),
                Some("The Wrath of Khan"),
            ),
            ("Star Wars: Episode I", None, None),
            ("Kill Bill: Volume 2", None, None),
            ("Mad Max: Fury Road", None, Some("Fury Road")),
            (
                "Anchorman: The Legend of Ron Burgundy",
                Some("Anchorman"),
                Some("The Legend of Ron Burgundy"),
            ),
            (
                "Harry Potter and the Goblet of Fire",
                None,
                Some("Goblet of Fire"),
            ),
        ] {
            let parts = title(text).map(|parts| (parts.head, parts.tail));
            assert_eq!(parts, Some((head, tail)), "{text}");
        }
        assert!(title("Heat").is_none());
    }
}
