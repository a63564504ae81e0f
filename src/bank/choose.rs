//! Which questions a game asks, in which order, with which choices.

use super::question::{Question, QuestionId, Round};
use crate::facts::{Difficulty, PackId, fold};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a game asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
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
}

/// Chooses from `pool`, which must not be empty. `asked` gives, for each question asked here
/// before, a number that grows with every question asked.
///
/// Never asked questions come first, in an order drawn from the seed; then the others, longest
/// ago first. Within that, a game does not ask twice of one fact, nor what an earlier prompt of
/// the same game tells, as long as other questions are left.
pub(super) fn choose(
    pool: Vec<&Arc<Question>>,
    rounds: u16,
    asked: &BTreeMap<QuestionId, u64>,
    seed: u64,
) -> Vec<Round> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let (mut fresh, mut known) = (Vec::new(), Vec::new());
    for question in pool {
        match asked.get(&question.id) {
            None => fresh.push(question),
            Some(when) => known.push((*when, question)),
        }
    }
    fresh.shuffle(&mut random);
    known.sort_by_key(|(when, question)| (*when, question.id.clone()));
    let known: Vec<_> = known.into_iter().map(|(_, question)| question).collect();

    let mut chosen = Chosen::default();
    for tier in [fresh, known] {
        let mut put_off = Vec::new();
        for question in tier {
            if chosen.is_full(rounds) {
                break;
            }
            if chosen.touches(question) {
                put_off.push(question);
            } else {
                chosen.take(question);
            }
        }
        for question in put_off {
            if !chosen.is_full(rounds) {
                chosen.take(question);
            }
        }
    }
    let chosen = chosen.questions.into_iter();
    chosen
        .map(|question| round(question, &mut random))
        .collect()
}

#[derive(Default)]
struct Chosen {
    questions: Vec<Arc<Question>>,
    main_facts: BTreeSet<String>,
    prompts: Vec<String>,
}

impl Chosen {
    fn is_full(&self, rounds: u16) -> bool {
        self.questions.len() >= usize::from(rounds)
    }

    fn touches(&self, question: &Question) -> bool {
        let same_fact = question
            .facts
            .first()
            .is_some_and(|f| self.main_facts.contains(f));
        let answer = padded(&question.answer.text);
        same_fact || self.prompts.iter().any(|prompt| prompt.contains(&answer))
    }

    fn take(&mut self, question: &Arc<Question>) {
        self.main_facts.extend(question.facts.first().cloned());
        self.prompts.push(padded(&question.prompt));
        self.questions.push(Arc::clone(question));
    }
}

/// Folded, with a space at either end, so that only whole words are found in it.
fn padded(text: &str) -> String {
    format!(" {} ", fold(text))
}

/// Draws three wrong answers, the nearer the likelier, and a place for the right one.
fn round(question: Arc<Question>, random: &mut ChaCha8Rng) -> Round {
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
