//! Which questions a game asks, in which order, with which choices.

use super::Bank;
use super::pool::Pool;
use super::question::{Question, QuestionId, Round};
use crate::asked::Asked;
use crate::facts::{Difficulty, PackId, fold};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap, HashSet};
use std::sync::Arc;

/// Draws from the whole pool before all of it is gone through.
const DRAWN_MAX: usize = 200;
/// Questions of one game that may be put off because others have to do with them.
const PUT_OFF_MAX: usize = 1_000;

/// What a game asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionQuery {
    /// From this pack only.
    pub pack: Option<PackId>,
    /// How many questions.
    pub rounds: u16,
    /// Of this difficulty only.
    pub difficulty: Option<Difficulty>,
    /// Only questions that make sense without their choices.
    pub typed: bool,
}

/// Why no questions can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChooseError {
    /// No pack of this id is loaded.
    #[error("no pack \"{0}\" is loaded; choose one of the loaded packs, or none for all of them")]
    UnknownPack(PackId),
    /// The pack, at this difficulty, has no question.
    #[error("no loaded question fits; choose another pack or difficulty")]
    NoQuestion,
    /// Every question that fits rests.
    #[error("every question that fits rests; choose another pack or difficulty")]
    AllRest,
}

/// Chooses from `pool`, which must not be empty, what a game asks at a place that was asked what
/// `asked` holds. Questions of `resting` are left out, as if they were not there.
///
/// Never asked questions come first, in an order drawn from the seed; then the others, longest
/// ago first. Within that, a game does not ask twice of one fact, nor what another question of
/// the same game tells, as long as other questions are left (of the first thousand at least).
pub(super) fn choose(
    bank: &Bank,
    pool: &Pool,
    rounds: u16,
    asked: &Asked,
    resting: &BTreeSet<QuestionId>,
    seed: u64,
) -> Vec<Round> {
    let mut chosen = Chosen::new(rounds);
    let mut put_off = Vec::new();
    let random = |stream| {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(stream);
        random
    };
    let rests = |number| !resting.is_empty() && resting.contains(bank.id(number));
    // Nearly always most of a pool is new, and a few draws find enough of it.
    let mut drawn = HashSet::new();
    for place in Shuffle::new(pool.len(), random(0)).take(DRAWN_MAX) {
        if chosen.is_full() {
            break;
        }
        let Some((mark, number)) = pool.get(place) else {
            continue;
        };
        drawn.insert(number);
        if asked.when(mark).is_none() && !rests(number) {
            put_off.extend(chosen.take_unless_touched(bank.question(number)));
        }
    }
    if !chosen.is_full() {
        let (mut new, known) = split(pool, asked);
        new.retain(|number| !drawn.contains(number));
        let order = Shuffle::new(new.len(), random(2));
        let new = order.filter_map(|place| new.get(place as usize).copied());
        let new = new.filter(|number| !rests(*number));
        chosen.take_untouched(bank, new, &mut put_off);
        chosen.take_all(put_off);
        let mut put_off = Vec::new();
        let known = oldest_first(known).filter(|number| !rests(*number));
        chosen.take_untouched(bank, known, &mut put_off);
        chosen.take_all(put_off);
    }
    // A stream of its own: how far the search went must not change the choices.
    let mut random = random(1);
    let chosen = chosen.questions.into_iter();
    let chosen = chosen.map(|question| round(Arc::new(question), &mut random));
    chosen.collect()
}

/// The questions of a pool by number: those never asked, and those that were, with the game.
fn split(pool: &Pool, asked: &Asked) -> (Vec<u32>, Vec<(u64, u32)>) {
    let (mut new, mut known) = (Vec::new(), Vec::new());
    for part in pool.parts() {
        let mut asked = asked.in_order();
        for (mark, number) in part {
            match asked.when(mark) {
                None => new.push(number),
                Some(when) => known.push((when, number)),
            }
        }
    }
    (new, known)
}

/// Of perhaps very many questions only the first few are wanted: they are not all sorted.
fn oldest_first(known: Vec<(u64, u32)>) -> impl Iterator<Item = u32> {
    let mut heap: BinaryHeap<_> = known.into_iter().map(Reverse).collect();
    std::iter::from_fn(move || heap.pop()).map(|Reverse((_, number))| number)
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
            end: super::packed::number_of(end),
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

struct Chosen {
    rounds: usize,
    questions: Vec<Question>,
    /// What the chosen questions rest on.
    facts: BTreeSet<String>,
    /// What their reveals tell besides.
    told: BTreeSet<String>,
    prompts: Vec<String>,
}

impl Chosen {
    fn new(rounds: u16) -> Self {
        Self {
            rounds: usize::from(rounds),
            questions: Vec::new(),
            facts: BTreeSet::new(),
            told: BTreeSet::new(),
            prompts: Vec::new(),
        }
    }

    fn is_full(&self) -> bool {
        self.questions.len() >= self.rounds
    }

    /// Whether the question and a chosen one rest on one fact, or the reveal of either tells what
    /// the other asks, or a chosen prompt holds the answer.
    fn touches(&self, question: &Question) -> bool {
        let known = |fact: &String| self.facts.contains(fact) || self.told.contains(fact);
        let tells = |fact: &String| self.facts.contains(fact);
        if question.facts.iter().any(known) || question.tells.iter().any(tells) {
            return true;
        }
        let answer = padded(&question.answer.text);
        self.prompts.iter().any(|prompt| prompt.contains(&answer))
    }

    /// Takes the question, or gives it back if a chosen one has to do with it.
    fn take_unless_touched(&mut self, question: Question) -> Option<Question> {
        if self.touches(&question) {
            return Some(question);
        }
        self.take(question);
        None
    }

    /// Takes what is wanted of these questions, and puts off those that a chosen one has to do
    /// with, but not too many of them.
    fn take_untouched(
        &mut self,
        bank: &Bank,
        numbers: impl Iterator<Item = u32>,
        put_off: &mut Vec<Question>,
    ) {
        for number in numbers {
            if self.is_full() || put_off.len() >= PUT_OFF_MAX {
                return;
            }
            put_off.extend(self.take_unless_touched(bank.question(number)));
        }
    }

    /// Takes as many as are still wanted.
    fn take_all(&mut self, questions: Vec<Question>) {
        let wanted = self.rounds.saturating_sub(self.questions.len());
        for question in questions.into_iter().take(wanted) {
            self.take(question);
        }
    }

    fn take(&mut self, question: Question) {
        self.facts.extend(question.facts.iter().cloned());
        self.told.extend(question.tells.iter().cloned());
        self.prompts.push(padded(&question.prompt));
        self.questions.push(question);
    }
}

/// Folded, with a space at either end, so that only whole words are found in it.
pub(super) fn padded(text: &str) -> String {
    format!(" {} ", fold(text))
}

/// Draws three wrong answers, the nearer the likelier, and a place for the right one.
pub(super) fn round(question: Arc<Question>, random: &mut ChaCha8Rng) -> Round {
    let mut left: Vec<u16> = (0..).take(question.distractors.len()).collect();
    let mut wrong = Vec::with_capacity(3);
    while wrong.len() < 3 && !left.is_empty() {
        // The weights n+2, …, 3: the nearest of many is a few times as likely as the farthest.
        let total: usize = (3..left.len() + 3).sum();
        let mut draw = random.random_range(0..total);
        let weight = |place: usize, of: usize| of + 2 - place;
        let mut place = 0;
        while draw >= weight(place, left.len()) {
            draw -= weight(place, left.len());
            place += 1;
        }
        wrong.push(left.remove(place));
    }
    wrong.shuffle(random);
    let right = random.random_range(0..4);
    let mut wrong = wrong.into_iter();
    let choices = std::array::from_fn(|i| if i == right { None } else { wrong.next() });
    Round {
        question,
        choices,
        typed: None,
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
