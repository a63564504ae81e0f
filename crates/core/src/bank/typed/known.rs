//! Words and names that people know, and words that may stand for each other.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// One word a line, in order. Where it comes from stands in `words.licence.txt`.
const WORDS: &str = include_str!("words.txt");

/// For each word that has others for it, the numbers of the groups that it is in.
static VARIANTS: LazyLock<BTreeMap<&str, BTreeSet<usize>>> = LazyLock::new(|| {
    let mut variants: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let lines = include_str!("variants.txt").lines();
    for (group, line) in lines.filter(|line| !line.starts_with('#')).enumerate() {
        for word in line.split_whitespace() {
            variants.entry(word).or_default().insert(group);
        }
    }
    variants
});

/// For each first name the lines of the table that have it.
static NICKNAMES: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut nicknames: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let lines = include_str!("nicknames.txt").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        for name in line.split_whitespace() {
            nicknames.entry(name).or_default().push(line);
        }
    }
    nicknames
});

/// What one thing is called besides, whole answers without spaces and articles.
const ALIASES: [&[&str]; 23] = [
    &[
        "usa",
        "us",
        "unitedstates",
        "unitedstatesofamerica",
        "america",
        "thestates",
        "states",
    ],
    &["uk", "unitedkingdom", "greatbritain", "britain"],
    &["uae", "unitedarabemirates", "emirates"],
    &["ussr", "sovietunion"],
    &["nyc", "newyorkcity", "newyork"],
    &["la", "losangeles"],
    &["eu", "europeanunion"],
    &["un", "unitednations"],
    &["nz", "newzealand"],
    &["dc", "washingtondc", "districtofcolumbia"],
    &["netherlands", "holland"],
    &["czechia", "czechrepublic"],
    &["myanmar", "burma"],
    &["ivorycoast", "cotedivoire"],
    &["vatican", "vaticancity"],
    &["sanfrancisco", "sf"],
    &["worldwar1", "ww1", "wwi", "greatwar"],
    &["worldwar2", "ww2", "wwii"],
    &["mash", "mobilearmysurgicalhospital"],
    &["et", "ettheextraterrestrial", "etextraterrestrial"],
    &["tv", "television"],
    &["romania", "rumania"],
    &["formula1", "f1"],
];

/// Whether a word in small letters is one that people know.
pub(super) fn is_known(word: &str) -> bool {
    let bytes = WORDS.as_bytes();
    let (mut from, mut to) = (0, bytes.len());
    while from < to {
        let middle = from.midpoint(to);
        let start = bytes[..middle]
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |at| at + 1);
        let end = bytes[middle..]
            .iter()
            .position(|b| *b == b'\n')
            .map_or(bytes.len(), |at| middle + at);
        match WORDS[start..end].cmp(word) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => from = end + 1,
            std::cmp::Ordering::Greater => to = start,
        }
    }
    false
}

/// Whether two words may stand for each other: "Dr." and "Doctor", "grey" and "gray".
pub(super) fn are_variants(a: &str, b: &str) -> bool {
    match (VARIANTS.get(a), VARIANTS.get(b)) {
        (Some(a), Some(b)) => !a.is_disjoint(b),
        _ => false,
    }
}

/// What else a bearer of a first name goes by: the short forms of a full name, or the full names of a
/// short form. A Will is no Bill, though both are Williams.
pub(super) fn nicknames(name: &str) -> Vec<&'static str> {
    let lines = NICKNAMES.get(name).into_iter().flatten();
    let mut others = Vec::new();
    for line in lines {
        let (full, short) = line.split_once(' ').unwrap_or((line, ""));
        if full == name {
            others.extend(short.split(' '));
        } else {
            others.push(full);
        }
    }
    others
}

/// Whether two whole answers, without spaces and articles, are names of one thing.
pub(super) fn are_aliases(a: &str, b: &str) -> bool {
    ALIASES
        .iter()
        .any(|names| names.contains(&a) && names.contains(&b))
}

#[cfg(test)]
mod tests {
    use super::{WORDS, is_known};

    #[test]
    fn every_word_is_found_and_no_other() {
        assert!(WORDS.lines().all(is_known));
        assert!(WORDS.lines().is_sorted());
        for word in ["", "a", "zzzz", "pacnio", "zyzzy"] {
            assert!(!is_known(word), "{word}");
        }
    }
}
