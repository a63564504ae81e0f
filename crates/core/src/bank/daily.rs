//! Which five questions each day's puzzle has. They depend only on the packs and the date, so they
//! are the same everywhere.
//!
//! The puzzle uses all packs, but only films that most people know, and hard questions only from
//! films that many know. All questions are sorted from easy to hard and cut into five equal parts;
//! the n-th question of a day comes from the n-th part, so every day gets harder in the same way. A
//! season has as many days as a part has questions, so each is asked once a season. The first half
//! of every season uses one half of each part, the second half the other. A question that ended one
//! season therefore cannot open the next, and at least half a season passes before it comes again.
//!
//! Each half is shuffled and cut into blocks of a few weeks. Within a block the questions are dealt
//! out so that no earlier question of a day gives away a later answer, and days mix kinds and films
//! as well as they can.

use super::choose::round;
use super::kind::kind_of;
use super::spoilers::padded;
use super::traits::{FAME_KNOWN, FAME_UNKNOWN, Traits};
use super::{Bank, Question, Round};
use crate::facts::{Difficulty, EntityId, EntityKind, FactId};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// Questions of a day.
const QUESTIONS: usize = 5;
/// Arbitrary. Another seed makes another calendar.
const SEED: u64 = 1_995;
/// The cost of a question that gives away a later one of its day, or shares its fact.
const TELLS: u32 = 1_000;
/// The cost for a day of two questions of one kind or on one film.
const ALIKE: u32 = 2;
/// About how many days trade questions with each other.
const BLOCK: usize = 24;
/// With fewer questions on well-known films than this, all films are used: small packs state no
/// fame.
const KNOWN_MIN: usize = 200;
/// The most rounds of trading between days. Trading settles in three or four.
const TRADES_MAX: usize = 10;

/// The five rounds of a day, counted from 1970; empty if there are fewer than five questions.
///
/// A pure function of the day and the packs, in whatever order they were loaded.
#[must_use]
pub fn rounds(bank: &Bank, day: i32) -> Vec<Round> {
    let calendar = Calendar::of(bank);
    let mut random = seeded(u64::from(day.cast_unsigned()), 1);
    let questions = calendar.day(day).into_iter();
    questions
        .map(|number| bank.question(number))
        .map(|question| round(Arc::new(question), &mut random))
        .collect()
}

fn seeded(what: u64, stream: u64) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(SEED ^ (what << 16));
    random.set_stream(stream);
    random
}

/// What matters about a question when days are assembled.
struct Candidate {
    number: u32,
    kind: String,
    facts: Vec<FactId>,
    tells: Vec<FactId>,
    works: BTreeSet<EntityId>,
    answer: String,
    /// All the text a member has read once it is answered.
    text: String,
}

impl Candidate {
    fn of(number: u32, question: Question) -> Self {
        let text = [&question.prompt, question.answer.bare(), &question.reason];
        Self {
            works: works(&question),
            text: text.map(padded).concat(),
            answer: padded(question.answer.bare()),
            number,
            kind: kind_of(&question.template, question.topic).to_owned(),
            facts: question.facts,
            tells: question.tells,
        }
    }

    /// The cost for a day of this question coming before that one.
    fn cost_before(&self, later: &Self) -> u32 {
        let tells = self.text.contains(&later.answer)
            || self.facts.iter().any(|fact| later.facts.contains(fact))
            || self.tells.iter().any(|fact| later.facts.contains(fact));
        let same_kind = self.kind == later.kind;
        let same_film = !self.works.is_disjoint(&later.works);
        TELLS * u32::from(tells) + ALIKE * (u32::from(same_kind) + u32::from(same_film))
    }
}

/// The films and books that a question is about.
fn works(question: &Question) -> BTreeSet<EntityId> {
    let about = question.about.iter();
    let works = about.filter(|entity| entity.kind == EntityKind::Work);
    works.map(|work| work.id.clone()).collect()
}

/// Whether most people know a question's film, or many for a hard question. Without a known fame,
/// it counts as known.
fn is_known(traits: Traits) -> bool {
    let least = match traits.difficulty() {
        Difficulty::Hard => FAME_UNKNOWN,
        _ => FAME_KNOWN,
    };
    traits.fame() >= least || !traits.has_fame()
}

/// Every question in its part.
struct Calendar<'a> {
    bank: &'a Bank,
    /// Question numbers. All parts have the same length, a season in days.
    parts: [Vec<u32>; QUESTIONS],
}

/// Cuts a number of days into blocks of equal length, give or take a day.
fn blocks(days: usize) -> impl Iterator<Item = Range<usize>> {
    let blocks = (days / BLOCK).max(1);
    (0..blocks).map(move |block| block * days / blocks..(block + 1) * days / blocks)
}

/// The questions of one day, from easy to hard, as indexes into a block.
type Five = [usize; QUESTIONS];

impl<'a> Calendar<'a> {
    fn of(bank: &'a Bank) -> Self {
        let all = 0..bank.questions.len();
        let known = all.clone().filter(|n| is_known(bank.traits.get(*n)));
        let mut row: Vec<u32> = known.collect();
        if row.len() < KNOWN_MIN {
            row = all.collect();
        }
        let packed = bank.packed(row.iter().copied());
        let ids = packed.map(|packed| packed.view().id().to_owned());
        let mut named: Vec<(String, &u32)> = ids.zip(&row).collect();
        named.sort_unstable();
        let mut row: Vec<u32> = named.into_iter().map(|(_, number)| *number).collect();
        row.shuffle(&mut seeded(0, 0));
        row.sort_by_key(|number| bank.traits.get(*number).difficulty());
        let season = row.len() / QUESTIONS;
        let part = |part: usize| row[part * season..(part + 1) * season].to_vec();
        Self {
            bank,
            parts: std::array::from_fn(part),
        }
    }

    /// How many days it takes to ask every question.
    fn season(&self) -> usize {
        self.parts[0].len()
    }

    /// The numbers of a day's questions, from easy to hard.
    fn day(&self, day: i32) -> Vec<u32> {
        let Ok(season @ 1..) = i32::try_from(self.season()) else {
            return Vec::new();
        };
        let (number, place) = (day.div_euclid(season), day.rem_euclid(season));
        let place = usize::try_from(place).unwrap_or(0);
        let middle = self.season() / 2;
        let (half, place) = if place < middle {
            (0..middle, place)
        } else {
            (middle..self.season(), place - middle)
        };
        let block = blocks(half.len()).find(|days| days.contains(&place));
        let days = block.unwrap_or(0..half.len());
        let place = place - days.start;
        self.deal(half, number, days).swap_remove(place)
    }

    /// Deals out the questions for some days of a half.
    fn deal(&self, half: Range<usize>, season: i32, days: Range<usize>) -> Vec<Vec<u32>> {
        let stream = if half.start == 0 { 2 } else { 3 };
        let mut random = seeded(u64::from(season.cast_unsigned()), stream);
        let mut candidates = Vec::new();
        let left = self.parts.each_ref().map(|part| {
            let mut part = part[half.clone()].to_vec();
            part.shuffle(&mut random);
            let begin = candidates.len();
            for number in &part[days.clone()] {
                candidates.push(Candidate::of(*number, self.bank.question(*number)));
            }
            (begin..candidates.len()).collect()
        });
        let block = Block { candidates };
        let mut dealt = block.deal(left);
        block.trade(&mut dealt);
        let dealt = dealt.into_iter();
        let number = |at: usize| block.candidates[at].number;
        dealt.map(|day| day.map(number).to_vec()).collect()
    }
}

/// The questions of a few weeks.
struct Block {
    candidates: Vec<Candidate>,
}

impl Block {
    /// Deals out the rest of each part, giving each day its best question.
    fn deal(&self, mut left: [Vec<usize>; QUESTIONS]) -> Vec<Five> {
        let mut days = Vec::with_capacity(left[0].len());
        while !left[0].is_empty() {
            let mut day = Vec::with_capacity(QUESTIONS);
            for part in &mut left {
                let cost = |at: &usize| -> u32 {
                    let later = &self.candidates[*at];
                    let before = day.iter().map(|at: &usize| &self.candidates[*at]);
                    before.map(|before| before.cost_before(later)).sum()
                };
                let best = (0..part.len()).min_by_key(|place| cost(&part[*place]));
                day.extend(best.map(|place| part.remove(place)));
            }
            days.extend(Five::try_from(day));
        }
        days
    }

    /// Days trade questions of the same part while both together gain: the last days were dealt the
    /// leftovers.
    fn trade(&self, days: &mut [Five]) {
        for _ in 0..TRADES_MAX {
            let mut traded = false;
            for one in 0..days.len() {
                for part in 0..QUESTIONS {
                    traded |= self.trade_one(days, one, part);
                }
            }
            if !traded {
                return;
            }
        }
    }

    /// Makes the best trade for one day's question of one part, if any helps.
    fn trade_one(&self, days: &mut [Five], one: usize, part: usize) -> bool {
        let mine = self.share(&days[one], part, days[one][part]);
        if mine == 0 {
            return false;
        }
        let gain = |other: usize| {
            let (here, there) = (&days[one], &days[other]);
            let before = mine + self.share(there, part, there[part]);
            let after = self.share(here, part, there[part]) + self.share(there, part, here[part]);
            before.saturating_sub(after)
        };
        let others = (0..days.len()).filter(|other| *other != one);
        // The first of several equal ones; `max_by_key` would take the last.
        let best = others
            .map(|other| (gain(other), other))
            .reduce(|best, next| if next.0 > best.0 { next } else { best });
        let Some((1.., other)) = best else {
            return false;
        };
        let mine = days[one][part];
        days[one][part] = days[other][part];
        days[other][part] = mine;
        true
    }

    /// The cost for a day of this question of one part.
    fn share(&self, day: &Five, part: usize, question: usize) -> u32 {
        let this = &self.candidates[question];
        let others = day.iter().enumerate().filter(|(place, _)| *place != part);
        let costs = others.map(|(place, at)| {
            let other = &self.candidates[*at];
            if place < part {
                other.cost_before(this)
            } else {
                this.cost_before(other)
            }
        });
        costs.sum()
    }
}

#[cfg(test)]
#[path = "daily_tests.rs"]
mod tests;
