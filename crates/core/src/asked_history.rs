//! Which questions a place has been asked, stored compactly enough to read all of them for every
//! game.
//!
//! A question is stored as its [hash](QuestionHash), with the last game that asked it. Game ids are
//! Discord's and grow with time, so a smaller id means longer ago. For a place that was asked a
//! hundred thousand questions this takes 1.6 MB, read and scanned in a few milliseconds, so no
//! question is repeated too early.
//!
//! Pure: ids and bytes in, numbers out.

use crate::id::GameId;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;

/// Stands for a question: 64 bits derived from its id, the same on every machine and in every version,
/// because databases store it. In one of 37 million banks of a million questions, two share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct QuestionHash(pub u64);

impl QuestionHash {
    /// FNV-1a (<http://www.isthe.com/chongo/tech/comp/fnv/>), followed by the finishing steps of
    /// `MurmurHash3` (<https://github.com/aappleby/smhasher/wiki/MurmurHash3>), because FNV's upper
    /// bits hardly depend on the last letters.
    #[must_use]
    pub fn of(question: &str) -> Self {
        let fnv = question
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        let mixed = (fnv ^ (fnv >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        let mixed = (mixed ^ (mixed >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        Self(mixed ^ (mixed >> 33))
    }
}

/// The questions that a place has been asked: each with the last game that asked it, sorted by
/// hash.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AskedHistory(Vec<(QuestionHash, GameId)>);

impl AskedHistory {
    /// Joins [pages](noted) given in order of their numbers.
    pub fn of_pages(pages: impl IntoIterator<Item = impl AsRef<[u8]>>) -> Self {
        let mut all = Vec::new();
        for page in pages {
            all.extend(entries(page.as_ref()));
        }
        Self(all)
    }

    /// How many questions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether the place has never been asked anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The last game that asked the question with this hash, if any.
    #[must_use]
    pub fn when(&self, hash: QuestionHash) -> Option<GameId> {
        let at = self.0.binary_search_by_key(&hash, |(hash, _)| *hash);
        at.ok().map(|at| self.0[at].1)
    }

    /// Looks up many hashes, in ascending order.
    #[must_use]
    pub fn in_order(&self) -> InOrder<'_> {
        InOrder(&self.0)
    }
}

impl<Id: Borrow<str>> FromIterator<(Id, GameId)> for AskedHistory {
    fn from_iter<I: IntoIterator<Item = (Id, GameId)>>(asked: I) -> Self {
        let asked = asked.into_iter();
        let mut all: Vec<_> = asked
            .map(|(id, game)| (QuestionHash::of(id.borrow()), game))
            .collect();
        all.sort_unstable();
        Self(all)
    }
}

/// See [`AskedHistory::in_order`].
pub struct InOrder<'a>(&'a [(QuestionHash, GameId)]);

impl InOrder<'_> {
    /// Like [`AskedHistory::when`], for a hash not less than the one before.
    pub fn when(&mut self, hash: QuestionHash) -> Option<GameId> {
        // The next hash is usually near: doubling strides find it sooner than bisecting the rest.
        let mut stride = 1;
        while self.0.get(stride).is_some_and(|(other, _)| *other < hash) {
            stride *= 2;
        }
        let near = &self.0[..self.0.len().min(stride + 1)];
        let at = near.partition_point(|(other, _)| *other < hash);
        self.0 = &self.0[at..];
        let (found, game) = self.0.first()?;
        (*found == hash).then_some(*game)
    }
}

/// The page, one of 256, that a question is kept in.
#[must_use]
pub fn page_of(hash: QuestionHash) -> u8 {
    hash.0.to_be_bytes()[0]
}

/// Adds a question to a page, or updates its game. An empty slice is a new page.
///
/// A page holds 16 bytes per question, in order of the hashes: the hash and the game, both
/// little-endian.
#[must_use]
pub fn noted(page: &[u8], hash: QuestionHash, game: GameId) -> Vec<u8> {
    let mut all: Vec<_> = entries(page).collect();
    match all.binary_search_by_key(&hash, |(hash, _)| *hash) {
        Ok(at) => all[at].1 = game,
        Err(at) => all.insert(at, (hash, game)),
    }
    let numbers = all.iter().flat_map(|(hash, game)| [hash.0, game.0]);
    numbers.flat_map(u64::to_le_bytes).collect()
}

fn entries(page: &[u8]) -> impl Iterator<Item = (QuestionHash, GameId)> {
    let (numbers, _) = page.as_chunks::<{ size_of::<u64>() }>();
    let (entries, _) = numbers.as_chunks::<2>();
    let entries = entries.iter();
    entries.map(|[hash, game]| {
        let (hash, game) = (u64::from_le_bytes(*hash), u64::from_le_bytes(*game));
        (QuestionHash(hash), GameId(game))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Databases store hashes, so they must never change.
    #[test]
    fn hashes_never_change() {
        assert_eq!(QuestionHash::of("").0, 0xefd0_1f60_ba99_2926);
        let hash = QuestionHash::of("bale-role-hanna/cast-who");
        assert_eq!(hash.0, 0x36c6_6cd2_160f_fd13);
    }

    proptest! {
        #[test]
        fn pages_keep_the_last_game_of_each_question(asks in prop::collection::vec((0_u32..300, 1_u64..), 0..500)) {
            let mut pages: BTreeMap<u8, Vec<u8>> = BTreeMap::new();
            let mut last = BTreeMap::new();
            for (question, game) in asks {
                let game = GameId(game);
                let id = format!("question-{question}");
                let page = pages.entry(page_of(QuestionHash::of(&id))).or_default();
                *page = noted(page, QuestionHash::of(&id), game);
                last.insert(id, game);
            }
            let asked = AskedHistory::of_pages(pages.values());
            prop_assert_eq!(&asked, &last.iter().map(|(id, game)| (id.as_str(), *game)).collect());
            let hashes = (0..400).map(|n| QuestionHash::of(&format!("question-{n}")));
            let mut hashes: Vec<QuestionHash> = hashes.collect();
            hashes.sort_unstable();
            let mut in_order = asked.in_order();
            for hash in hashes {
                prop_assert_eq!(in_order.when(hash), asked.when(hash));
            }
            for (id, game) in last {
                prop_assert_eq!(asked.when(QuestionHash::of(&id)), Some(game));
            }
        }
    }
}
