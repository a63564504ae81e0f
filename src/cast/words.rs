//! The different words of all names, and which name holds which.

use super::index_u32;

/// The different words of all keys, and which key holds which.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    /// Sorted.
    pub(super) texts: Vec<Box<str>>,
    /// `holders[first_holder[w]..first_holder[w + 1]]` are the keys that hold word `w`.
    holders: Vec<u32>,
    first_holder: Vec<u32>,
    /// `contents[first_content[k]..first_content[k + 1]]` are the words of key `k`.
    contents: Vec<u32>,
    first_content: Vec<u32>,
}

impl Words {
    /// Files the words of keys; the number of a key is its place in `keys`.
    pub(super) fn build<'a>(keys: impl Iterator<Item = &'a str>) -> Self {
        let mut pairs: Vec<(Box<str>, u32)> = Vec::new();
        let mut count = 0;
        for (number, key) in (0..).zip(keys) {
            count = number + 1;
            let words: Vec<&str> = key.split(' ').collect();
            pairs.extend(words.iter().map(|word| ((*word).into(), number)));
            // Neighbours written as one, as in "DeNiro".
            let neighbours = words.windows(2).map(|two| two.concat().into());
            pairs.extend(neighbours.map(|joined| (joined, number)));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let mut words = Self::default();
        let mut by_key: Vec<(u32, u32)> = Vec::with_capacity(pairs.len());
        for (text, key) in pairs {
            if words.texts.last() != Some(&text) {
                words.first_holder.push(index_u32(words.holders.len()));
                words.texts.push(text);
            }
            by_key.push((key, index_u32(words.texts.len() - 1)));
            words.holders.push(key);
        }
        words.first_holder.push(index_u32(words.holders.len()));
        by_key.sort_unstable();
        for key in 0..=count {
            let at = by_key.partition_point(|(k, _)| *k < key);
            words.first_content.push(index_u32(at));
        }
        words.contents = by_key.into_iter().map(|(_, word)| word).collect();
        words
    }

    /// The keys that hold a word.
    pub(super) fn keys_of(&self, word: u32) -> &[u32] {
        let word = word as usize;
        &self.holders[self.first_holder[word] as usize..self.first_holder[word + 1] as usize]
    }

    /// The words that a key holds.
    pub(super) fn words_of(&self, key: u32) -> &[u32] {
        let key = key as usize;
        &self.contents[self.first_content[key] as usize..self.first_content[key + 1] as usize]
    }

    /// The numbers of the words that begin with `prefix`.
    pub(super) fn beginning_with(&self, prefix: &str) -> std::ops::Range<u32> {
        let from = self.texts.partition_point(|w| **w < *prefix);
        let length = self.texts[from..].partition_point(|w| w.starts_with(prefix));
        index_u32(from)..index_u32(from + length)
    }
}
