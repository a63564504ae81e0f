//! Draws the questions from which a game is composed.

use super::Bank;
use super::packed::number_of;
use super::place_context::{PlaceContext, level_of};
use super::pool::{Pool, QuestionRef};
use super::spoilers::Spoilers;
use super::traits::WEIGHT_MAX;
use crate::asked_history::QuestionHash;
use crate::facts::Difficulty;
use crate::id::GameId;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

/// How many questions to draw for each round, and the minimum in all.
const PER_ROUND: usize = 20;
const CANDIDATES_MIN: usize = 200;
/// After this many draws from a pool, the whole pool is searched.
const DRAWN_MAX: usize = 4_000;
/// How many draws are made for each share, and how many questions of them are kept.
const SHARE_DRAWN_MAX: usize = 200;
const SHARE_CANDIDATES: usize = 20;
/// How many known questions may be put off because they are related to others in the game.
const PUT_OFF_MAX: usize = 1_000;
/// The random stream that decides which rounds go to a share.
pub(super) const SHARE_ROUNDS: u64 = 5;
/// The first of the random streams for drawing shares.
const SHARES: u64 = 6;

/// Draws from some banks for a place.
pub(super) struct Draw<'a> {
    pub(super) banks: &'a [&'a Bank],
    /// Only questions of this difficulty.
    pub(super) difficulty: Option<Difficulty>,
    pub(super) place: PlaceContext<'a>,
    /// The hashes of the hidden questions.
    pub(super) hidden: HashSet<QuestionHash>,
    pub(super) seed: u64,
}

impl Draw<'_> {
    /// Random numbers for one purpose.
    pub(super) fn random(&self, stream: u64) -> ChaCha8Rng {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream(stream);
        random
    }

    /// The questions to compose a game from. While there are enough new ones: only those, more than
    /// needed. Otherwise exactly as many as needed: all the new ones, then those asked longest ago.
    pub(super) fn candidates(&self, pool: &Pool, rounds: usize) -> Vec<QuestionRef> {
        let wanted = (rounds * PER_ROUND).max(CANDIDATES_MIN);
        // Most of a pool is nearly always new, so a few draws find enough.
        let shuffle = Shuffle::new(pool.len(), self.random(0)).take(DRAWN_MAX);
        let drawn = shuffle.filter_map(|place| pool.get(place));
        let new = drawn
            .filter(|(hash, at)| self.place.asked.when(*hash).is_none() && self.may_be_asked(*at));
        let found = self.weighed(new.map(|(_, at)| at), wanted, 3);
        if found.len() >= rounds {
            return found;
        }
        let (new, known) = self.split(pool);
        if new.len() >= rounds {
            let order = Shuffle::new(new.len(), self.random(2));
            let new = order.filter_map(|place| new.get(place as usize).copied());
            return self.weighed(new, wanted, 4);
        }
        self.with_known(new, known, rounds)
    }

    /// New questions from a pool that has a share of the game.
    pub(super) fn share(&self, pool: &Pool, number: u64) -> Vec<QuestionRef> {
        let stream = SHARES + 2 * number;
        let shuffle = Shuffle::new(pool.len(), self.random(stream)).take(SHARE_DRAWN_MAX);
        let drawn = shuffle.filter_map(|place| pool.get(place));
        let new = drawn
            .filter(|(hash, at)| self.place.asked.when(*hash).is_none() && self.may_be_asked(*at));
        self.weighed(new.map(|(_, at)| at), SHARE_CANDIDATES, stream + 1)
    }

    /// The difficulty of a question here.
    pub(super) fn level(&self, at: QuestionRef) -> Difficulty {
        let is_measured = at.bank + 1 == self.banks.len();
        level_of(
            self.place.levels,
            self.banks[at.bank],
            at.number,
            is_measured,
        )
    }

    /// Whether it is not hidden, and has the right difficulty.
    fn may_be_asked(&self, at: QuestionRef) -> bool {
        let hash = self.banks[at.bank].pools.hash(at.number);
        !self.hidden.contains(&hash)
            && self
                .difficulty
                .is_none_or(|wanted| wanted == self.level(at))
    }

    /// Picks as many questions as wanted from a random order. A greater weight gives a better
    /// chance; the others follow only if too few are picked.
    fn weighed(
        &self,
        drawn: impl Iterator<Item = QuestionRef>,
        wanted: usize,
        stream: u64,
    ) -> Vec<QuestionRef> {
        let mut random = self.random(stream);
        let mut taken = Vec::new();
        let mut left = Vec::new();
        for at in drawn {
            let bank = self.banks[at.bank];
            let traits = bank.traits.get(at.number);
            let weight = traits.weight(bank.traits.kind(traits), self.level(at));
            if random.random_range(0..WEIGHT_MAX) < weight {
                taken.push(at);
            } else {
                left.push(at);
            }
            if taken.len() == wanted {
                return taken;
            }
        }
        left.truncate(wanted - taken.len());
        taken.extend(left);
        taken
    }

    /// Splits a pool: questions never asked, and questions asked before, each with the game.
    fn split(&self, pool: &Pool) -> (Vec<QuestionRef>, Vec<(GameId, QuestionRef)>) {
        let (mut new, mut known) = (Vec::new(), Vec::new());
        for stretch in pool.in_order() {
            let mut asked = self.place.asked.in_order();
            for (hash, at) in stretch {
                match asked.when(hash) {
                    _ if !self.may_be_asked(at) => {}
                    None => new.push(at),
                    Some(when) => known.push((when, at)),
                }
            }
        }
        (new, known)
    }

    /// All new ones, then those asked longest ago. Unrelated ones come first while any are left
    /// (among the first thousand).
    fn with_known(
        &self,
        new: Vec<QuestionRef>,
        known: Vec<(GameId, QuestionRef)>,
        rounds: usize,
    ) -> Vec<QuestionRef> {
        let mut revealed = Spoilers::default();
        for at in &new {
            revealed.add(&self.banks[at.bank].question(at.number));
        }
        let mut chosen = new;
        let mut put_off = Vec::new();
        for at in oldest_first(known) {
            if chosen.len() >= rounds || put_off.len() >= PUT_OFF_MAX {
                break;
            }
            let question = self.banks[at.bank].question(at.number);
            if revealed.touches(&question) {
                put_off.push(at);
            } else {
                revealed.add(&question);
                chosen.push(at);
            }
        }
        put_off.truncate(rounds.saturating_sub(chosen.len()));
        chosen.extend(put_off);
        chosen
    }
}

/// Only the first few of a possibly very long list are needed, so it is not fully sorted.
fn oldest_first(known: Vec<(GameId, QuestionRef)>) -> impl Iterator<Item = QuestionRef> {
    let mut heap: BinaryHeap<_> = known.into_iter().map(Reverse).collect();
    std::iter::from_fn(move || heap.pop()).map(|Reverse((_, at))| at)
}

/// The numbers below a limit, each once, in random order: a Fisher–Yates shuffle
/// (<https://en.wikipedia.org/wiki/Fisher%E2%80%93Yates_shuffle>) that runs only as far as it is
/// read. It stores only the positions that were swapped.
struct Shuffle {
    random: ChaCha8Rng,
    next: u32,
    end: u32,
    swapped: HashMap<u32, u32>,
}

impl Shuffle {
    fn new(end: usize, random: ChaCha8Rng) -> Self {
        Self {
            random,
            next: 0,
            end: number_of(end),
            swapped: HashMap::new(),
        }
    }
}

impl Iterator for Shuffle {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if self.next == self.end {
            return None;
        }
        let drawn = self.random.random_range(self.next..self.end);
        let current = self.swapped.remove(&self.next).unwrap_or(self.next);
        self.next += 1;
        if drawn + 1 == self.next {
            return Some(current);
        }
        Some(self.swapped.insert(drawn, current).unwrap_or(drawn))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn a_shuffle_yields_each_number_once(end in 0_usize..300, seed: u64) {
            let shuffle = || Shuffle::new(end, ChaCha8Rng::seed_from_u64(seed));
            let mut all: Vec<_> = shuffle().collect();
            prop_assert!(shuffle().take(end / 2).eq(all[..end / 2].iter().copied()));
            all.sort_unstable();
            prop_assert!((0..).take(end).eq(all));
        }
    }

    #[test]
    fn every_order_is_equally_likely() {
        let mut seen = BTreeMap::new();
        for seed in 0..2_400 {
            let shuffle = Shuffle::new(4, ChaCha8Rng::seed_from_u64(seed));
            *seen.entry(shuffle.collect::<Vec<_>>()).or_insert(0) += 1;
        }
        // 24 orders, 100 of each expected, with a standard deviation of 10.
        assert_eq!(seen.len(), 24);
        assert!(seen.values().all(|n| (55..=145).contains(n)), "{seen:?}");
    }
}
