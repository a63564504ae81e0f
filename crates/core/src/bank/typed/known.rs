//! Well-known words and names, and words that may replace each other.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// One word per line, sorted. `words.licence.txt` says where the list comes from.
const WORDS: &str = include_str!("words.txt");

/// Words or names, each with the numbers of its groups.
pub(super) type Groups<K> = BTreeMap<K, BTreeSet<usize>>;

/// The groups of each word that has variants.
static VARIANTS: LazyLock<Groups<&str>> = LazyLock::new(|| groups(include_str!("variants.txt")));

/// For each first name, the lines of the table that contain it.
static NICKNAMES: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut nicknames: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in entries(include_str!("nicknames.txt")) {
        for name in line.split_whitespace() {
            nicknames.entry(name).or_default().push(line);
        }
    }
    nicknames
});

/// For each word for a thing, the lines that contain it.
static THINGS: LazyLock<Groups<&str>> = LazyLock::new(|| groups(include_str!("things.txt")));

/// The lines of a table, without comments and blank ones.
pub(super) fn entries(table: &str) -> impl Iterator<Item = &str> {
    let lines = table.lines();
    lines.filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn groups(table: &'static str) -> Groups<&'static str> {
    let mut groups = Groups::new();
    for (group, line) in entries(table).enumerate() {
        for word in line.split_whitespace() {
            groups.entry(word).or_default().insert(group);
        }
    }
    groups
}

/// Whether a lower-case word is well known.
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

/// Whether two words may replace each other: "Dr." and "Doctor", "grey" and "gray".
pub(super) fn are_variants(a: &str, b: &str) -> bool {
    share_group(&VARIANTS, a, b)
}

/// Whether two words mean the same thing: "car" and "automobile".
pub(super) fn are_one_thing(a: &str, b: &str) -> bool {
    share_group(&THINGS, a, b)
}

/// Whether two words or names share a group.
pub(super) fn share_group<K: Borrow<str> + Ord>(groups: &Groups<K>, a: &str, b: &str) -> bool {
    match (groups.get(a), groups.get(b)) {
        (Some(a), Some(b)) => !a.is_disjoint(b),
        _ => false,
    }
}

/// Other forms of a first name: the short forms of a full name, or the full names of a short form.
/// "Will" does not match "Bill", although both are William.
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

#[cfg(test)]
mod tests {
    use super::{WORDS, is_known};

    #[test]
    fn only_listed_words_are_found() {
        assert!(WORDS.lines().all(is_known));
        assert!(WORDS.lines().is_sorted());
        for word in ["", "a", "zzzz", "pacnio", "zyzzy"] {
            assert!(!is_known(word), "{word}");
        }
    }
}
