//! The search over names.
//!
//! Designed for a million names: texts are stored in a few blocks, tables are sorted vectors of
//! small numbers searched by bisection, and ranking data is in the table that is scanned. Three
//! tables answer the three ways of finding:
//!
//! - `starts`, every place in a name where a word begins, sorted by what follows: exact names and
//!   prefixes of a name or of any of its words are one range of it;
//! - `words`, every different word, sorted, with the names that hold it;
//! - [`Typos`], which finds the words within a typo or two of what was typed.
//!
//! A name's owner is known by its position among the entries from which the index was built.

use super::index_u32;
use super::normalise::{arabic, fold};
use super::top::Top;
use super::typos::Typos;
use super::words::{Words, letters};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Names of entries, ready to be searched.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NameIndex {
    /// The folded text of every key, one after another.
    text: String,
    keys: Vec<Key>,
    /// Sorted by the text that begins there.
    starts: Vec<Start>,
    words: Words,
    typos: Typos,
}

/// One spelling under which an entry is found.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Key {
    start: u32,
    end: u32,
    entry: u32,
    is_alias: bool,
}

/// A place in a key's text where a word begins.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Start {
    key: u32,
    /// Bytes from the key's beginning.
    offset: u16,
    /// The entry's weight, kept here so that ranking a wide range stays within this one table.
    weight: u16,
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

/// An entry to index.
pub struct NameOf<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its other names.
    pub aliases: &'a [String],
    /// How well known it is; orders hits that are equally close.
    pub weight: u16,
}

impl NameIndex {
    /// Indexes entries by name and alias; an entry's number is its position.
    #[must_use]
    pub fn of<'a>(entries: impl Iterator<Item = NameOf<'a>>) -> Self {
        let mut index = Self::default();
        let mut weights = Vec::new();
        for (entry, named) in (0..).zip(entries) {
            index.add(entry, &named);
            weights.push(named.weight);
        }
        index.text.shrink_to_fit();
        index.keys.shrink_to_fit();
        index.sort_starts();
        let keys = index.keys.iter();
        let keys = keys.map(|key| (index.key_text(key), weights[key.entry as usize]));
        index.words = Words::build(keys);
        index.typos = Typos::build(&index.words.list);
        index
    }

    fn add(&mut self, entry: u32, named: &NameOf<'_>) {
        let mut spellings = BTreeMap::new();
        spellings.insert(arabic(&fold(named.name)), false);
        // "Heat 2" also finds "Heat 2 (novel)"; if several works differ only in such a remark, the
        // bare name finds them all.
        let bare = bare(named.name);
        if bare != named.name {
            spellings.insert(arabic(&fold(bare)), false);
        }
        for alias in named.aliases {
            spellings.entry(arabic(&fold(alias))).or_insert(true);
        }
        for (spelling, is_alias) in spellings {
            if spelling.is_empty() {
                continue;
            }
            let key = index_u32(self.keys.len());
            let start = index_u32(self.text.len());
            self.text.push_str(&spelling);
            self.keys.push(Key {
                start,
                end: index_u32(self.text.len()),
                entry,
                is_alias,
            });
            let breaks = spelling.match_indices(' ').map(|(at, _)| at + 1);
            for offset in std::iter::once(0).chain(breaks) {
                // A folded name is at most a few hundred bytes long.
                let offset = u16::try_from(offset).unwrap_or(u16::MAX);
                self.starts.push(Start {
                    key,
                    offset,
                    weight: named.weight,
                });
            }
        }
    }

    fn sort_starts(&mut self) {
        // The first letters are stored with each start and settle most comparisons.
        let starts = std::mem::take(&mut self.starts).into_iter();
        let mut starts: Vec<(u64, Start)> = starts
            .map(|start| (first_letters(self.following(start)), start))
            .collect();
        starts.sort_unstable_by(|(a_first, a), (b_first, b)| {
            let text = || self.following(*a).cmp(self.following(*b));
            let place = || (a.offset, a.key).cmp(&(b.offset, b.key));
            a_first.cmp(b_first).then_with(text).then_with(place)
        });
        self.starts = starts.into_iter().map(|(_, start)| start).collect();
        self.starts.shrink_to_fit();
    }

    fn key_text(&self, key: &Key) -> &str {
        &self.text[key.start as usize..key.end as usize]
    }

    /// The text from a word's start to the end of its key.
    fn following(&self, start: Start) -> &str {
        &self.key_text(&self.keys[start.key as usize])[usize::from(start.offset)..]
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
        let from = self.starts.partition_point(|s| self.following(*s) < typed);
        let length = self.starts[from..].partition_point(|s| self.following(*s).starts_with(typed));
        let (equal, longer) = self.starts[from..from + length].split_at(
            self.starts[from..from + length]
                .partition_point(|s| self.following(*s).len() == typed.len()),
        );
        let mut top = Top::new(limit);
        for start in equal {
            let key = &self.keys[start.key as usize];
            let closeness = match (start.offset, key.is_alias) {
                (0, false) => Closeness::Exact,
                (0, true) => Closeness::Alias,
                _ => Closeness::Prefix,
            };
            let rank = (closeness, Reverse(start.weight), start.offset > 0);
            top.offer(rank, || key.entry);
        }
        // There may be very many: one letter starts every tenth name.
        for start in longer {
            let rank = (Closeness::Prefix, Reverse(start.weight), start.offset > 0);
            top.offer(rank, || self.keys[start.key as usize].entry);
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
                if !list.has(first) && !list.has(second) {
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
        let cost = |c: &[(u32, u8)]| c.iter().map(|(w, _)| self.words.keys_of(*w).len()).sum();
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
        let holders = fewest_typos.iter().flat_map(|(word, typos)| {
            let holders = self.words.keys_of(*word).iter();
            holders.map(move |holder| (holder, *typos))
        });
        let mut top = Top::new(limit);
        for (holder, typos) in holders.take(LOOKED_AT_MAX) {
            let others = (0..typed.len()).filter(|i| *i != rarest).map(|i| {
                let is_last = i + 1 == typed.len();
                let of_key = self.words.words_of(holder.key).iter();
                of_key
                    .filter_map(|w| {
                        if is_last && unfinished.contains(w) {
                            return Some(0);
                        }
                        let at = candidates[i].binary_search_by_key(w, |(word, _)| *word);
                        at.ok().map(|at| candidates[i][at].1)
                    })
                    .min()
            });
            let Some(total) = others.sum::<Option<u8>>() else {
                continue;
            };
            let total = total + typos;
            // Words of about this length only, give or take the typos; no others can match.
            let is_part = usize::from(holder.letters).abs_diff(typed_letters) > total.into();
            let rank = (is_part, total, Reverse(holder.weight));
            top.offer(rank, || self.keys[holder.key as usize].entry);
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
}

/// The first eight bytes of a text as a number with the same order.
fn first_letters(text: &str) -> u64 {
    let mut bytes = [0; 8];
    for (place, byte) in bytes.iter_mut().zip(text.bytes()) {
        *place = byte;
    }
    u64::from_be_bytes(bytes)
}

/// The name without the remark in brackets that distinguishes it from its namesakes.
fn bare(name: &str) -> &str {
    match name.split_once(" (") {
        Some((bare, _)) => bare,
        None => name,
    }
}
