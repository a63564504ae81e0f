//! The distinct words of all names, and which of them each name consists of.

use super::index_u32;
use foldhash::{HashMap, HashMapExt};
use serde::{Deserialize, Serialize};

/// Words in order, referred to by number; their text is stored in one block.
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

    /// The number of a word; `None` if it is not one of these.
    pub(super) fn find(&self, word: &str) -> Option<u32> {
        let at = self.first(|other| other >= word);
        (at < self.len() && self.get(at) == word).then_some(at)
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

/// The words of all keys.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Words {
    pub(super) list: WordList,
    /// `contents[first[k]..first[k + 1]]` are the words of key `k`.
    contents: Vec<u32>,
    first: Vec<u32>,
}

impl Words {
    /// Lists the words of keys; a key's number is its position.
    pub(super) fn of<'a>(keys: impl Iterator<Item = &'a str>) -> Self {
        let mut known: HashMap<&str, u32> = HashMap::new();
        let mut words = Self::default();
        for text in keys {
            words.first.push(index_u32(words.contents.len()));
            for word in text.split(' ') {
                let next = index_u32(known.len());
                words.contents.push(*known.entry(word).or_insert(next));
            }
        }
        words.first.push(index_u32(words.contents.len()));
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
        words.first.shrink_to_fit();
        words
    }

    /// How many words all keys have together.
    pub(super) fn count(&self) -> usize {
        self.contents.len()
    }

    /// The words of a key, by number. Words are in order, so these numbers sort like the texts.
    pub(super) fn of_key(&self, key: u32) -> &[u32] {
        let key = key as usize;
        &self.contents[self.first[key] as usize..self.first[key + 1] as usize]
    }

    /// How many characters a key has without its spaces.
    pub(super) fn letters_of(&self, key: u32) -> usize {
        let words = self.of_key(key).iter();
        words.map(|word| letters(self.list.get(*word))).sum()
    }
}

/// How many characters a folded text has without its spaces.
pub(super) fn letters(text: &str) -> usize {
    text.chars().filter(|c| *c != ' ').count()
}
