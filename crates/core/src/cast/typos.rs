//! Finds words within a typo or two of a typed one, among very many.
//!
//! The deletion-neighbourhood method (known as "symmetric delete"): two words within `d` edits
//! share a remainder after at most `d` deletions from each. So every word is stored under the
//! hashes of its remainders, a typed word's remainders are looked up, and only the matches are
//! measured. Remainders use only the first [`PREFIX_CHARS`] letters, which bounds the table; an
//! edit shifts at most one letter across that border, so nothing is missed.

use super::words::WordList;
use crate::buckets::Buckets;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// How many letters of a word the remainders use.
const PREFIX_CHARS: usize = 7;

/// The numbers of all words, found by the hashes of their remainders.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Typos {
    remainders: Buckets,
}

/// How many typos a word of this length may have: in a short word every letter counts.
fn allowance(chars: usize) -> u8 {
    match chars {
        0..=3 => 0,
        4..=6 => 1,
        _ => 2,
    }
}

impl Typos {
    /// Indexes the words of a list.
    pub(super) fn build(words: &WordList) -> Self {
        let numbers = (0..words.len()).into_par_iter();
        let remainders = numbers.flat_map_iter(|number| {
            let hashes = remainder_hashes(words.get(number)).into_iter();
            hashes.map(move |hash| (hash, number))
        });
        let remainders: Vec<(u32, u32)> = remainders.collect();
        Self {
            remainders: Buckets::of(&remainders),
        }
    }

    /// The words within the typos allowed for both words, as (number, typos), by number. `words`
    /// are those the index was built from. A typo is an extra, missing or wrong letter, or two
    /// swapped neighbours.
    pub(super) fn within(&self, typed: &str, words: &WordList) -> Vec<(u32, u8)> {
        let mut candidates = Vec::new();
        for hash in remainder_hashes(typed) {
            candidates.extend_from_slice(self.remainders.maybe(hash));
        }
        candidates.sort_unstable();
        candidates.dedup();
        let mut ruler = Ruler::new(typed);
        let measured = candidates.into_iter().filter_map(|number| {
            let typos = ruler.typos(words.get(number))?;
            Some((number, typos))
        });
        measured.collect()
    }
}

/// The hashes of a word's start after up to as many deletions as it may have typos.
fn remainder_hashes(word: &str) -> Vec<u32> {
    let allowed = allowance(word.chars().count());
    let mut beginning = ['\0'; PREFIX_CHARS];
    let mut length = 0;
    for (place, c) in beginning.iter_mut().zip(word.chars()) {
        *place = c;
        length += 1;
    }
    let beginning = &beginning[..length];
    // A position past the end means no deletion.
    let first = if allowed > 0 { 0 } else { length };
    let mut hashes = Vec::with_capacity(PREFIX_CHARS * PREFIX_CHARS);
    for a in first..=length {
        let second = if allowed > 1 { a } else { length };
        for b in second..=length {
            let left = beginning.iter().enumerate();
            let left = left.filter(|(place, _)| *place != a && *place != b);
            hashes.push(hash(left.map(|(_, c)| *c)));
        }
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// FNV-1a over the characters, its halves combined by XOR:
/// <http://www.isthe.com/chongo/tech/comp/fnv/>.
fn hash(chars: impl Iterator<Item = char>) -> u32 {
    let hash = chars.fold(0xcbf2_9ce4_8422_2325_u64, |hash, c| {
        (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3)
    });
    ((hash ^ (hash << 32)) >> 32) as u32
}

/// Measures words against a typed one.
struct Ruler {
    typed: Vec<char>,
    /// The last row of the table of distances, the one before, and the one being filled.
    rows: [Vec<u8>; 3],
}

impl Ruler {
    fn new(typed: &str) -> Self {
        let typed: Vec<char> = typed.chars().collect();
        let row = vec![0; typed.len() + 1];
        Self {
            typed,
            rows: [row.clone(), row.clone(), row],
        }
    }

    /// The typos between the typed word and another, by the restricted Damerau-Levenshtein
    /// distance (<https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance>); none if
    /// there are more than the shorter of the two allows.
    fn typos(&mut self, word: &str) -> Option<u8> {
        let (typed, length) = (&self.typed, word.chars().count());
        let allowed = allowance(length.min(typed.len()));
        if length.abs_diff(typed.len()) > usize::from(allowed) {
            return None;
        }
        let [last, before, filled] = &mut self.rows;
        for (place, distance) in (0..).zip(last.iter_mut()) {
            *distance = place;
        }
        let (mut previous, mut is_far) = (None, false);
        for (row, c) in (1..).zip(word.chars()) {
            filled[0] = row;
            let mut nearest = row;
            for j in 1..=typed.len() {
                let change = last[j - 1] + u8::from(typed[j - 1] != c);
                let mut distance = change.min(last[j] + 1).min(filled[j - 1] + 1);
                if j > 1 && previous == Some(typed[j - 1]) && typed[j - 2] == c {
                    distance = distance.min(before[j - 2] + 1);
                }
                filled[j] = distance;
                nearest = nearest.min(distance);
            }
            // Two rows, because a swap spans one.
            if nearest > allowed && is_far {
                return None;
            }
            is_far = nearest > allowed;
            previous = Some(c);
            std::mem::swap(before, last);
            std::mem::swap(last, filled);
        }
        let typos = *last.last()?;
        (typos <= allowed).then_some(typos)
    }
}

#[cfg(test)]
mod tests {
    use super::{Typos, WordList, allowance};
    use proptest::prelude::*;

    proptest! {
        /// The table misses nothing that measuring every word would find.
        #[test]
        fn finds_what_measuring_every_word_finds(
            mut words in prop::collection::btree_set("[abc]{1,10}", 1..40),
            typed in "[abc]{1,10}",
        ) {
            words.insert("cabbacab".into());
            let expected: Vec<(u32, u8)> = (0..)
                .zip(&words)
                .filter_map(|(number, word)| {
                    let typos = u8::try_from(strsim::osa_distance(&typed, word)).ok()?;
                    (typos <= allowance(word.len().min(typed.len()))).then_some((number, typos))
                })
                .collect();
            let list = WordList::of(words.iter().map(String::as_str));
            prop_assert_eq!(Typos::build(&list).within(&typed, &list), expected);
        }
    }
}
