//! The search over names.
//!
//! Designed for a million names: each is kept as the numbers of its words, tables are sorted vectors
//! of small numbers searched by bisection, and ranking data is in the table that is scanned. Words
//! are numbered in alphabetical order, so that names sort by these numbers as by their texts. Two
//! tables answer the three ways of finding:
//!
//! - `starts`, every place in a name where a word begins, sorted by what follows: exact names and
//!   prefixes of a name or of any of its words are one range of it, and so are the names that hold
//!   a word;
//! - [`Typos`], which finds the words within a typo or two of what was typed.
//!
//! A name's owner is known by its position among the entries from which the index was built.

use super::normalise::{arabic, fold};
use super::top::Top;
use super::typos::Typos;
use super::words::{Words, letters};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::ops::Range;

/// Names of entries, ready to be searched.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NameIndex {
    keys: Vec<Key>,
    words: Words,
    /// Sorted by the words that follow.
    starts: Vec<Start>,
    /// Where the starts with each word end.
    ends: Vec<u32>,
    typos: Typos,
}

/// One spelling under which an entry is found: the entry's number times two, plus one for an alias.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Key(u32);

impl Key {
    fn new(entry: u32, is_alias: bool) -> Self {
        Self(entry << 1 | u32::from(is_alias))
    }

    fn entry(self) -> u32 {
        self.0 >> 1
    }

    fn is_alias(self) -> bool {
        self.0 & 1 == 1
    }
}

/// A place in a key where a word begins.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Start {
    key: u32,
    /// How many words come before.
    offset: u16,
    /// The entry's weight, kept here so that ranking a wide range stays within this one table.
    weight: u16,
}

/// Keys in one text, while an index is being built.
#[derive(Default)]
struct Spellings {
    text: String,
    ends: Vec<usize>,
    /// The weight of each key's entry.
    weights: Vec<u16>,
}

impl Spellings {
    fn push(&mut self, spelling: &str, weight: u16) {
        self.text.push_str(spelling);
        self.ends.push(self.text.len());
        self.weights.push(weight);
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        let begun = std::iter::once(&0).chain(&self.ends);
        let ranges = begun.zip(&self.ends);
        ranges.map(|(start, end)| &self.text[*start..*end])
    }
}

/// How close a hit is to what was typed, closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Closeness {
    /// The name itself.
    Exact,
    /// Another name of the same entity.
    Alias,
    /// The name, or one of its words, starts with it.
    Prefix,
    /// The whole name with a few typos, or with its words in another order.
    Near,
    /// Some words of the name with a few typos.
    NearPart,
}

/// The most words of a typed name for which typos are considered.
const TYPED_WORDS_MAX: usize = 8;

/// The most names examined in a search for typos. Only when all typed words are as common as "John"
/// are there more; then those with the most facts are examined.
const LOOKED_AT_MAX: usize = 20_000;

/// How many entries are folded at a time, on all cores: so few that their texts take little memory.
const CHUNK: usize = 4096;

/// An entry to index.
pub struct NameOf<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its other names.
    pub aliases: &'a [String],
    /// How well known it is; orders hits that are equally close.
    pub weight: u16,
}

/// What finds an entry, each once and in order, with whether it is an alias.
fn spellings_of(named: &NameOf<'_>) -> Vec<(String, bool)> {
    let spelling = |name: &str| arabic(&fold(name));
    let mut spellings = vec![(spelling(named.name), false)];
    // "Heat 2" also finds "Heat 2 (novel)"; if several works differ only in such a remark, the
    // bare name finds them all.
    let bare = bare(named.name);
    if bare != named.name {
        spellings.push((spelling(bare), false));
    }
    spellings.extend(named.aliases.iter().map(|alias| (spelling(alias), true)));
    spellings.retain(|(spelling, _)| !spelling.is_empty());
    // The name itself comes before an alias that is the same.
    spellings.sort_unstable();
    spellings.dedup_by(|(other, _), (spelling, _)| other == spelling);
    spellings
}

impl NameIndex {
    /// Indexes entries by name and alias; an entry's number is its position.
    #[must_use]
    pub fn of<'a>(entries: impl Iterator<Item = NameOf<'a>>) -> Self {
        let mut index = Self::default();
        let mut spellings = Spellings::default();
        let entries: Vec<NameOf> = entries.collect();
        let mut entry = 0;
        for entries in entries.chunks(CHUNK) {
            let of_each = entries.par_iter().map(spellings_of);
            let of_each: Vec<Vec<(String, bool)>> = of_each.collect();
            for (named, of_entry) in entries.iter().zip(of_each) {
                for (spelling, is_alias) in of_entry {
                    index.keys.push(Key::new(entry, is_alias));
                    spellings.push(&spelling, named.weight);
                }
                entry += 1;
            }
        }
        index.keys.shrink_to_fit();
        index.words = Words::of(spellings.iter());
        index.sort_starts(&spellings);
        index.typos = Typos::build(&index.words.list);
        index
    }

    fn sort_starts(&mut self, spellings: &Spellings) {
        let mut starts = Vec::with_capacity(self.words.count());
        for (key, (spelling, weight)) in (0..).zip(spellings.iter().zip(&spellings.weights)) {
            let breaks = spelling.match_indices(' ').map(|(at, _)| at + 1);
            let places = std::iter::once(0).chain(breaks);
            for (offset, place) in (0..).zip(places) {
                let start = Start {
                    key,
                    offset,
                    weight: *weight,
                };
                starts.push((self.lead(start), place, start));
            }
        }
        starts.par_sort_unstable_by(|(a_lead, a_place, a), (b_lead, b_place, b)| {
            let rest = || self.following(*a).cmp(self.following(*b));
            let place = || (a_place, a.key).cmp(&(b_place, b.key));
            a_lead.cmp(b_lead).then_with(rest).then_with(place)
        });
        self.starts = starts.into_iter().map(|(.., start)| start).collect();
        self.starts.shrink_to_fit();
        let mut ends = vec![0; self.words.list.len() as usize];
        for (place, start) in (1..).zip(&self.starts) {
            ends[self.following(*start)[0] as usize] = place;
        }
        self.ends = ends;
    }

    /// The words from a start to the end of its key.
    fn following(&self, start: Start) -> &[u32] {
        &self.words.of_key(start.key)[usize::from(start.offset)..]
    }

    /// The first two words from a start as one number, which sorts as they do. Most starts differ in
    /// these.
    fn lead(&self, start: Start) -> u64 {
        let mut words = self.following(start).iter();
        let mut next = || words.next().map_or(0, |word| u64::from(*word) + 1);
        next() << 32 | next()
    }

    /// Where the starts with a word are.
    fn with_word(&self, word: u32) -> Range<usize> {
        let word = word as usize;
        let start = word.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[word] as usize
    }

    /// Everything the input may mean, closest first, at most `limit`: exact names, then aliases,
    /// then prefixes, and typos only if there are none of these. Equally close hits are ordered by
    /// how much the facts say about them, then alphabetically.
    ///
    /// Input beyond [`super::INPUT_CHARS_MAX`] characters is ignored.
    #[must_use]
    pub fn search(&self, typed: &str, limit: usize) -> Vec<(Closeness, u32)> {
        let folded = fold(typed);
        if folded.is_empty() || limit == 0 {
            return Vec::new();
        }
        let canonical = arabic(&folded);
        let mut found = self.beginning_with(&canonical, limit);
        if found.is_empty() && canonical != folded {
            // "Kevin Vi…" does not mean a number.
            found = self.beginning_with(&folded, limit);
        }
        if found.is_empty() {
            found = self.near(&canonical, limit);
        }
        found
    }

    /// The best `limit` entries whose key starts with `typed` at some word.
    fn beginning_with(&self, typed: &str, limit: usize) -> Vec<(Closeness, u32)> {
        let (before, last) = typed.rsplit_once(' ').unwrap_or(("", typed));
        let before = before.split_terminator(' ');
        let before = before.map(|word| self.words.list.find(word));
        let Some(before) = before.collect::<Option<Vec<u32>>>() else {
            return Vec::new();
        };
        let border = |last: u32| {
            let words = [&before[..], &[last]].concat();
            self.starts
                .partition_point(|s| *self.following(*s) < *words)
        };
        let unfinished = self.words.list.beginning_with(last);
        let found = &self.starts[border(unfinished.start)..border(unfinished.end)];
        let is_equal = |start: &Start| {
            let rest = &self.following(*start)[before.len()..];
            matches!(rest, [word] if self.words.list.get(*word) == last)
        };
        let (equal, longer) = found.split_at(found.partition_point(is_equal));
        let mut top = Top::new(limit);
        for start in equal {
            let key = self.keys[start.key as usize];
            let closeness = match (start.offset, key.is_alias()) {
                (0, false) => Closeness::Exact,
                (0, true) => Closeness::Alias,
                _ => Closeness::Prefix,
            };
            let rank = (closeness, Reverse(start.weight), start.offset > 0);
            top.offer(rank, || key.entry());
        }
        // There may be very many: one letter starts every tenth name.
        for start in longer {
            let rank = (Closeness::Prefix, Reverse(start.weight), start.offset > 0);
            top.offer(rank, || self.keys[start.key as usize].entry());
        }
        let best = top.into_entries();
        best.map(|(rank, entry)| (rank.0, entry)).collect()
    }

    /// Entries that contain every typed word, each with its allowed typos, in any order.
    fn near(&self, typed: &str, limit: usize) -> Vec<(Closeness, u32)> {
        let words: Vec<&str> = typed.split(' ').collect();
        if words.len() > TYPED_WORDS_MAX {
            return Vec::new();
        }
        let found = self.near_words(&words, limit);
        if !found.is_empty() {
            return found;
        }
        // An extra space, as in "Mac Cauley".
        for split in 1..words.len() {
            let joined = format!("{}{}", words[split - 1], words[split]);
            let mut fewer = words.clone();
            fewer.splice(split - 1..=split, [joined.as_str()]);
            let found = self.near_words(&fewer, limit);
            if !found.is_empty() {
                return found;
            }
        }
        self.near_parted(&words, limit)
    }

    /// A missing space, as in "DeNiro": every split of a typed word in two of which at least one is
    /// a word of a name.
    fn near_parted(&self, words: &[&str], limit: usize) -> Vec<(Closeness, u32)> {
        for (at, word) in words.iter().enumerate() {
            for (split, _) in word.char_indices().skip(1) {
                let (first, second) = word.split_at(split);
                let list = &self.words.list;
                if list.find(first).is_none() && list.find(second).is_none() {
                    continue;
                }
                let mut more = words.to_vec();
                more.splice(at..=at, [first, second]);
                let found = self.near_words(&more, limit);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    fn near_words(&self, typed: &[&str], limit: usize) -> Vec<(Closeness, u32)> {
        let Some((last, _)) = typed.split_last() else {
            return Vec::new();
        };
        let candidates: Vec<Vec<(u32, u8)>> = typed
            .iter()
            .map(|word| self.typos.within(word, &self.words.list))
            .collect();
        // Start with the rarest word, and check the others on its names.
        let cost = |c: &[(u32, u8)]| c.iter().map(|(w, _)| self.with_word(*w).len()).sum();
        let rarest = (0..typed.len())
            .filter(|i| !candidates[*i].is_empty())
            .min_by_key(|i| -> usize { cost(&candidates[*i]) });
        let Some(rarest) = rarest else {
            return Vec::new();
        };
        let typed_letters: usize = typed.iter().map(|word| letters(word)).sum();
        // The last word may be unfinished.
        let unfinished = self.words.list.beginning_with(last);
        let mut fewest_typos = candidates[rarest].clone();
        fewest_typos.sort_by_key(|(_, typos)| *typos);
        // The typos in the other words of a key; `None` if one of them is missing.
        let others = |key: u32| {
            let words = self.words.of_key(key);
            let others = (0..typed.len()).filter(|i| *i != rarest).map(|i| {
                let is_last = i + 1 == typed.len();
                let typos = words.iter().filter_map(|w| {
                    if is_last && unfinished.contains(w) {
                        return Some(0);
                    }
                    let at = candidates[i].binary_search_by_key(w, |(word, _)| *word);
                    at.ok().map(|at| candidates[i][at].1)
                });
                typos.min()
            });
            others.sum::<Option<u8>>()
        };
        let mut top = Top::new(limit);
        let mut left = LOOKED_AT_MAX;
        for (place, (word, typos)) in fewest_typos.iter().enumerate() {
            let holders = self.holders(*word, left);
            left -= holders.len();
            for (weight, key) in holders {
                let Some(total) = others(key).map(|others| others + typos) else {
                    continue;
                };
                // Words of about this length only, give or take the typos; no others can match.
                let key_letters = self.words.letters_of(key);
                let is_part = key_letters.abs_diff(typed_letters) > total.into();
                let rank = (is_part, total, weight, place, key);
                top.offer(rank, || self.keys[key as usize].entry());
            }
        }
        let closeness = |is_part| {
            if is_part {
                Closeness::NearPart
            } else {
                Closeness::Near
            }
        };
        let best = top.into_entries();
        best.map(|((is_part, ..), entry)| (closeness(is_part), entry))
            .collect()
    }

    /// The keys that hold a word, each with the weight of its entry, in no order. If there are more
    /// than `most`, the heaviest.
    fn holders(&self, word: u32, most: usize) -> Vec<(Reverse<u16>, u32)> {
        let starts = self.starts[self.with_word(word)].iter();
        let holders = starts.filter(|start| {
            // "New York, New York" holds each of its words once.
            let before = &self.words.of_key(start.key)[..usize::from(start.offset)];
            !before.contains(&word)
        });
        let holders = holders.map(|start| (Reverse(start.weight), start.key));
        let mut holders: Vec<_> = holders.collect();
        if holders.len() > most {
            holders.select_nth_unstable(most);
            holders.truncate(most);
        }
        holders
    }
}

/// The name without the remark in brackets that distinguishes it from its namesakes.
fn bare(name: &str) -> &str {
    match name.split_once(" (") {
        Some((bare, _)) => bare,
        None => name,
    }
}
