//! The distinct words of all names, and which names contain which.

use super::index_u32;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::HashMap;

/// Words in order, referred to by number; their text is one block.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct WordList {
    text: String,
    /// Where each word ends.
    ends: Vec<u32>,
}

impl WordList {
    /// Builds the list from words in order.
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut list = Self::default();
        for word in words {
            list.text.push_str(word);
            list.ends.push(index_u32(list.text.len()));
        }
        list.text.shrink_to_fit();
        list.ends.shrink_to_fit();
        list
    }

    /// The word with this number, which must be below [`Self::len`].
    pub(super) fn get(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[at] as usize]
    }

    pub(super) fn len(&self) -> u32 {
        index_u32(self.ends.len())
    }

    /// The numbers of the words that begin with `prefix`.
    pub(super) fn beginning_with(&self, prefix: &str) -> std::ops::Range<u32> {
        let from = self.first(|word| word >= prefix);
        let to = self.first(|word| word >= prefix && !word.starts_with(prefix));
        from..to
    }

    /// Whether this is one of the words.
    pub(super) fn has(&self, word: &str) -> bool {
        let at = self.first(|other| other >= word);
        at < self.len() && self.get(at) == word
    }

    /// The number of the first word past a border that divides the list.
    fn first(&self, is_past: impl Fn(&str) -> bool) -> u32 {
        let (mut from, mut to) = (0, self.len());
        while from < to {
            let middle = u32::midpoint(from, to);
            if is_past(self.get(middle)) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        from
    }
}

/// A key that contains a word, with its ranking data, so that a word with very many keys is scanned
/// within one table.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Holder {
    pub(super) key: u32,
    /// How much the facts say about the key's entry.
    pub(super) weight: u16,
    /// The number of characters in the key, without spaces.
    pub(super) letters: u16,
}

/// The distinct words of all keys, and which keys contain which.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Words {
    pub(super) list: WordList,
    /// `holders[first_holder[w]..first_holder[w + 1]]` are the keys that contain word `w`, greatest
    /// weight first.
    holders: Vec<Holder>,
    first_holder: Vec<u32>,
    /// `contents[first_content[k]..first_content[k + 1]]` are the words of key `k`.
    contents: Vec<u32>,
    first_content: Vec<u32>,
}

impl Words {
    /// Indexes the words of keys, each given as its text and its entry's weight; a key's number is
    /// its position.
    pub(super) fn build<'a>(keys: impl Iterator<Item = (&'a str, u16)>) -> Self {
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut words = Self::default();
        let mut of_keys = Vec::new();
        for (text, weight) in keys {
            words.first_content.push(index_u32(words.contents.len()));
            of_keys.push((weight, u16::try_from(letters(text)).unwrap_or(u16::MAX)));
            for word in text.split(' ') {
                let next = index_u32(known.len());
                words.contents.push(*known.entry(word).or_insert(next));
            }
        }
        words.first_content.push(index_u32(words.contents.len()));
        let mut sorted: Vec<(&str, u32)> = known.into_iter().collect();
        sorted.sort_unstable();
        words.list = WordList::of(sorted.iter().map(|(word, _)| *word));
        let mut renamed = vec![0; sorted.len()];
        for (new, (_, old)) in (0..).zip(&sorted) {
            renamed[*old as usize] = new;
        }
        for word in &mut words.contents {
            *word = renamed[*word as usize];
        }
        words.contents.shrink_to_fit();
        words.file_holders(&of_keys);
        words
    }

    /// `of_keys` has the weight and the letters of each key.
    fn file_holders(&mut self, of_keys: &[(u16, u16)]) {
        let mut pairs: Vec<(u32, Reverse<u16>, u32)> = Vec::with_capacity(self.contents.len());
        for (key, (weight, _)) in (0..).zip(of_keys) {
            let words = self.words_of(key).iter();
            pairs.extend(words.map(|word| (*word, Reverse(*weight), key)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        self.first_holder = vec![0; self.list.len() as usize + 1];
        for (word, ..) in &pairs {
            self.first_holder[*word as usize + 1] += 1;
        }
        for word in 1..self.first_holder.len() {
            self.first_holder[word] += self.first_holder[word - 1];
        }
        let holder = |(_, Reverse(weight), key): (u32, Reverse<u16>, u32)| Holder {
            key,
            weight,
            letters: of_keys[key as usize].1,
        };
        self.holders = pairs.into_iter().map(holder).collect();
        self.holders.shrink_to_fit();
    }

    /// The keys that contain a word.
    pub(super) fn keys_of(&self, word: u32) -> &[Holder] {
        let word = word as usize;
        &self.holders[self.first_holder[word] as usize..self.first_holder[word + 1] as usize]
    }

    /// The words of a key.
    pub(super) fn words_of(&self, key: u32) -> &[u32] {
        let key = key as usize;
        &self.contents[self.first_content[key] as usize..self.first_content[key + 1] as usize]
    }
}

/// How many characters a folded text has without its spaces.
pub(super) fn letters(text: &str) -> usize {
    text.chars().filter(|c| *c != ' ').count()
}
