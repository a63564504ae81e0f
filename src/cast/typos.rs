//! Finds the words within a typo or two of a typed one, among very many.
//!
//! The deletion-neighbourhood method (known as "symmetric delete"): two words within a distance of
//! `d` edits have a common remainder after at most `d` deletions from each. So every word is filed
//! under the hashes of its remainders, a typed word's own remainders are looked up, and only what
//! comes up is measured. Remainders are made of the first [`PREFIX_CHARS`] letters alone, which
//! bounds the table; an edit shifts at most one letter over that border, so nothing is missed.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// How many letters of a word remainders are made of.
const PREFIX_CHARS: usize = 7;

/// For every word its remainders' hashes; sorted by hash. Words are known by number.
#[derive(Debug, Clone, Default)]
pub(super) struct Typos {
    remainders: Vec<(u32, u32)>,
}

/// How many typos a word of this many letters may have: in a short word every letter counts.
fn allowance(chars: usize) -> u8 {
    match chars {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    }
}

impl Typos {
    /// Files words; the number of a word is its place in `words`.
    pub(super) fn build(words: &[Box<str>]) -> Self {
        let mut remainders = Vec::new();
        for (number, word) in (0..).zip(words) {
            let hashes = remainder_hashes(word);
            remainders.extend(hashes.into_iter().map(|hash| (hash, number)));
        }
        remainders.sort_unstable();
        Self { remainders }
    }

    /// The words within the allowance of both the typed word and themselves, as (number, typos),
    /// by number. `words` are those the index was built of. A typo is a letter too many, too few
    /// or wrong, or two neighbours swapped.
    pub(super) fn within(&self, typed: &str, words: &[Box<str>]) -> Vec<(u32, u8)> {
        let mut candidates = BTreeSet::new();
        for hash in remainder_hashes(typed) {
            let from = self.remainders.partition_point(|(h, _)| *h < hash);
            let filed = self.remainders[from..].iter();
            candidates.extend(filed.take_while(|(h, _)| *h == hash).map(|(_, word)| *word));
        }
        let typed_chars = typed.chars().count();
        let measured = candidates.into_iter().filter_map(|number| {
            let word = words.get(number as usize)?;
            let word_chars = word.chars().count();
            let allowed = allowance(word_chars.min(typed_chars));
            if word_chars.abs_diff(typed_chars) > usize::from(allowed) {
                return None;
            }
            let typos = u8::try_from(strsim::osa_distance(typed, word)).ok()?;
            (typos <= allowed).then_some((number, typos))
        });
        measured.collect()
    }
}

/// The hashes of what is left of a word's beginning after as many deletions as it has typos
/// allowed, or fewer. Two remainders may share a hash: whoever looks one up measures what it finds.
fn remainder_hashes(word: &str) -> BTreeSet<u32> {
    let allowed = allowance(word.chars().count());
    let mut remainders = BTreeSet::from([word.chars().take(PREFIX_CHARS).collect::<Vec<char>>()]);
    let mut latest = remainders.clone();
    for _ in 0..allowed {
        latest = latest
            .iter()
            .flat_map(|chars| {
                (0..chars.len()).map(|out| {
                    let mut fewer = chars.clone();
                    fewer.remove(out);
                    fewer
                })
            })
            .collect();
        remainders.extend(latest.iter().cloned());
    }
    remainders.iter().map(|chars| hash(chars)).collect()
}

fn hash(chars: &[char]) -> u32 {
    let mut hasher = DefaultHasher::new();
    chars.hash(&mut hasher);
    // The upper half is as good a hash as any, and halves the table.
    (hasher.finish() >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::{Typos, allowance};
    use proptest::prelude::*;

    proptest! {
        /// The table misses nothing that measuring every word would find.
        #[test]
        fn finds_what_measuring_every_word_finds(
            mut words in prop::collection::btree_set("[abc]{1,10}", 1..40),
            typed in "[abc]{1,10}",
        ) {
            words.insert("cabbacab".into());
            let words: Vec<Box<str>> = words.into_iter().map(Into::into).collect();
            let expected: Vec<(u32, u8)> = (0..)
                .zip(&words)
                .filter_map(|(number, word)| {
                    let typos = u8::try_from(strsim::osa_distance(&typed, word)).ok()?;
                    (typos <= allowance(word.len().min(typed.len()))).then_some((number, typos))
                })
                .collect();
            prop_assert_eq!(Typos::build(&words).within(&typed, &words), expected);
        }
    }
}
