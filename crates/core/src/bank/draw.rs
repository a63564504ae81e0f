//! Draws the questions that a game is composed of.

use super::Bank;
use super::choose::{PlaceContext, level_of};
use super::packed::number_of;
use super::pool::{Pool, QuestionRef};
use super::spoilers::Spoilers;
use super::traits::WEIGHT_MAX;
use crate::facts::Difficulty;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// Questions to compose a game of, for each round, and at least.
const PER_ROUND: usize = 20;
const CANDIDATES_MIN: usize = 200;
/// Draws from a pool before all of it is gone through.
const DRAWN_MAX: usize = 4_000;
/// Draws for what has a share in every game, and the questions kept of them.
const SHARE_DRAWN_MAX: usize = 200;
const SHARE_CANDIDATES: usize = 20;
/// Known questions that may be put off because others of the game have to do with them.
const PUT_OFF_MAX: usize = 1_000;
/// The stream that decides in which rounds a share is asked.
pub(super) const SHARE_ROUNDS: u64 = 5;
/// The first of the streams that shares are drawn by.
const SHARES: u64 = 6;

/// Draws from some banks for a place.
pub(super) struct Draw<'a> {
    pub(super) banks: &'a [&'a Bank],
    /// Questions of this difficulty only.
    pub(super) difficulty: Option<Difficulty>,
    pub(super) here: PlaceContext<'a>,
    pub(super) seed: u64,
}

impl Draw<'_> {
    /// Numbers drawn for one purpose.
    pub(super) fn random(&self, stream: u64) -> ChaCha8Rng {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream(stream);
        random
    }

    /// What a game of so many rounds is composed of: never asked questions only, and more than are
    /// needed, as long as there are enough of them; else exactly as many as are needed, all that
    /// are new and of the others those asked longest ago.
    pub(super) fn candidates(&self, pool: &Pool, rounds: usize) -> Vec<QuestionRef> {
        let wanted = (rounds * PER_ROUND).max(CANDIDATES_MIN);
        // Nearly always most of a pool is new, and a few draws find enough of it.
        let shuffle = Shuffle::new(pool.len(), self.random(0)).take(DRAWN_MAX);
        let drawn = shuffle.filter_map(|place| pool.get(place));
        let new = drawn
            .filter(|(mark, at)| self.here.asked.when(*mark).is_none() && self.may_be_asked(*at));
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

    /// New questions of a pool that has a share of its own.
    pub(super) fn share(&self, pool: &Pool, number: u64) -> Vec<QuestionRef> {
        let stream = SHARES + 2 * number;
        let shuffle = Shuffle::new(pool.len(), self.random(stream)).take(SHARE_DRAWN_MAX);
        let drawn = shuffle.filter_map(|place| pool.get(place));
        let new = drawn
            .filter(|(mark, at)| self.here.asked.when(*mark).is_none() && self.may_be_asked(*at));
        self.weighed(new.map(|(_, at)| at), SHARE_CANDIDATES, stream + 1)
    }

    /// How hard a question is here.
    pub(super) fn level(&self, at: QuestionRef) -> Difficulty {
        let is_learnt = at.bank + 1 == self.banks.len();
        level_of(self.here.levels, self.banks[at.bank], at.number, is_learnt)
    }

    /// Whether it does not rest, and is as hard as it should be.
    fn may_be_asked(&self, at: QuestionRef) -> bool {
        let resting = self.here.resting;
        let rests = !resting.is_empty() && resting.contains(self.banks[at.bank].id(at.number));
        !rests
            && self
                .difficulty
                .is_none_or(|wanted| wanted == self.level(at))
    }

    /// Of questions in an order drawn at random as many as wanted: each is taken with a chance
    /// that grows with its weight, and only where that leaves too few the others follow.
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

    /// The questions of a pool: those never asked, and those that were, with the game.
    fn split(&self, pool: &Pool) -> (Vec<QuestionRef>, Vec<(u64, QuestionRef)>) {
        let (mut new, mut known) = (Vec::new(), Vec::new());
        for stretch in pool.in_order() {
            let mut asked = self.here.asked.in_order();
            for (mark, at) in stretch {
                match asked.when(mark) {
                    _ if !self.may_be_asked(at) => {}
                    None => new.push(at),
                    Some(when) => known.push((when, at)),
                }
            }
        }
        (new, known)
    }

    /// All that are new, and then those asked longest ago: first those that have nothing to do
    /// with the others, as long as some are left (of the first thousand at least).
    fn with_known(
        &self,
        new: Vec<QuestionRef>,
        known: Vec<(u64, QuestionRef)>,
        rounds: usize,
    ) -> Vec<QuestionRef> {
        let mut told = Spoilers::default();
        for at in &new {
            told.add(&self.banks[at.bank].question(at.number));
        }
        let mut chosen = new;
        let mut put_off = Vec::new();
        for at in oldest_first(known) {
            if chosen.len() >= rounds || put_off.len() >= PUT_OFF_MAX {
                break;
            }
            let question = self.banks[at.bank].question(at.number);
            if told.touches(&question) {
                put_off.push(at);
            } else {
                told.add(&question);
                chosen.push(at);
            }
        }
        put_off.truncate(rounds.saturating_sub(chosen.len()));
        chosen.extend(put_off);
        chosen
    }
}

/// Of perhaps very many questions only the first few are wanted: they are not all sorted.
fn oldest_first(known: Vec<(u64, QuestionRef)>) -> impl Iterator<Item = QuestionRef> {
    let mut heap: BinaryHeap<_> = known.into_iter().map(Reverse).collect();
    std::iter::from_fn(move || heap.pop()).map(|Reverse((_, at))| at)
}

/// The numbers below a limit, each once, in an order drawn at random: Fisher and Yates's shuffle
/// (<https://en.wikipedia.org/wiki/Fisher%E2%80%93Yates_shuffle>), made only as far as it is
/// looked at. Of the row to be shuffled it keeps the places that were swapped.
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
        let here = self.swapped.remove(&self.next).unwrap_or(self.next);
        self.next += 1;
        if drawn + 1 == self.next {
            return Some(here);
        }
        Some(self.swapped.insert(drawn, here).unwrap_or(drawn))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn a_shuffle_gives_each_number_once(end in 0_usize..300, seed: u64) {
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
