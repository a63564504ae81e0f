//! Which five questions each day's puzzle has: the same everywhere, from the packs and the date
//! alone.
//!
//! All questions stand in one row from easy to hard, cut into five equal parts; the n-th question
//! of a day comes from the n-th part, so every day rises the same way. A season is as many days as
//! a part has questions, so in one season each is asked once. The first half of every season has
//! one half of each part and the second half the other; so a question that ended one season cannot
//! open the next, and half a season lies at least between two times that it is asked.
//!
//! Within a half the questions are dealt out to the days so that no answer is told by what a
//! member has read before, and days mix topics and films as well as they can.

use super::choose::{padded, round};
use super::{Bank, Question, Round};
use crate::facts::{Difficulty, EntityKind, FactId, Topic};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Questions of a day.
const QUESTIONS: usize = 5;
/// Any number would do. Another one is another calendar.
const SEED: u64 = 1_995;
/// What a question costs that tells a later one of its day, or rests on the same fact.
const TELLS: u32 = 1_000;
/// What two questions of one topic cost a day, or two of one film.
const ALIKE: u32 = 2;
/// Rounds of trading questions between days. It settles in three or four.
const TRADES_MAX: usize = 10;

/// The five rounds of a day, counted from 1970; none if there are fewer than five questions.
///
/// A pure function of the packs, in whichever order they were loaded, and the day.
#[must_use]
pub fn rounds(bank: &Bank, day: i32) -> Vec<Round> {
    let calendar = Calendar::of(bank);
    let mut random = seeded(u64::from(day.cast_unsigned()), 1);
    let questions = calendar.day(day).into_iter();
    let questions = questions.filter_map(|id| bank.get(id));
    questions
        .map(|question| round(Arc::new(question), &mut random))
        .collect()
}

fn seeded(what: u64, stream: u64) -> ChaCha8Rng {
    let mut random = ChaCha8Rng::seed_from_u64(SEED ^ (what << 16));
    random.set_stream(stream);
    random
}

/// What counts of a question when a day is made of several.
struct Candidate {
    id: String,
    difficulty: Difficulty,
    topic: Topic,
    facts: Vec<FactId>,
    tells: Vec<FactId>,
    works: BTreeSet<String>,
    answer: String,
    /// All that its member has read once it is answered.
    told: String,
}

impl Candidate {
    fn of(question: Question) -> Self {
        let told = [&question.prompt, &question.answer.text, &question.reason];
        Self {
            works: works(&question),
            told: told.map(|text| padded(text)).concat(),
            answer: padded(&question.answer.text),
            id: question.id,
            difficulty: question.difficulty,
            topic: question.topic,
            facts: question.facts,
            tells: question.tells,
        }
    }

    /// What it costs a day that this question comes before that one.
    fn cost_before(&self, later: &Self) -> u32 {
        let tells = self.told.contains(&later.answer)
            || self.facts.iter().any(|fact| later.facts.contains(fact))
            || self.tells.iter().any(|fact| later.facts.contains(fact));
        let same_topic = self.topic == later.topic;
        let same_film = !self.works.is_disjoint(&later.works);
        TELLS * u32::from(tells) + ALIKE * (u32::from(same_topic) + u32::from(same_film))
    }
}

/// The films and books that a question is about.
fn works(question: &Question) -> BTreeSet<String> {
    let about = question.about.iter();
    let works = about.filter(|entity| entity.kind == EntityKind::Work);
    works.map(|work| work.id.clone()).collect()
}

/// Every question in its part.
struct Calendar {
    candidates: Vec<Candidate>,
    /// Places in `candidates`; all parts are of one length, which is that of a season in days.
    parts: [Vec<usize>; QUESTIONS],
}

/// The questions of one day, as places among the candidates, from easy to hard.
type Five = [usize; QUESTIONS];

impl Calendar {
    fn of(bank: &Bank) -> Self {
        let candidates = bank.questions().map(Candidate::of);
        let mut candidates: Vec<Candidate> = candidates.collect();
        candidates.sort_by(|a, b| a.id.cmp(&b.id));
        candidates.shuffle(&mut seeded(0, 0));
        candidates.sort_by_key(|candidate| candidate.difficulty);
        let season = candidates.len() / QUESTIONS;
        let parts = std::array::from_fn(|part| (part * season..(part + 1) * season).collect());
        Self { candidates, parts }
    }

    /// How many days go by until all questions have been asked.
    fn season(&self) -> usize {
        self.parts[0].len()
    }

    /// The ids of a day's questions, from easy to hard.
    fn day(&self, day: i32) -> Vec<&str> {
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
        let days = self.deal(half, number);
        let ids = days.get(place).into_iter().flatten();
        ids.map(|at| self.candidates[*at].id.as_str()).collect()
    }

    /// Deals one half of each part out to as many days.
    fn deal(&self, half: std::ops::Range<usize>, season: i32) -> Vec<Five> {
        let stream = if half.start == 0 { 2 } else { 3 };
        let mut random = seeded(u64::from(season.cast_unsigned()), stream);
        let mut left = self.parts.each_ref().map(|part| {
            let mut part = part[half.clone()].to_vec();
            part.shuffle(&mut random);
            part
        });
        let mut days = Vec::with_capacity(half.len());
        for _ in half {
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
        self.trade(&mut days);
        days
    }

    /// Days trade questions of one part as long as both together are better for it: the last days
    /// were dealt what the others left.
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

    /// Makes the best trade of one day's question of one part, if any is good.
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
        // The first of equally good ones: `max_by_key` would take the last.
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

    /// What the question of one part costs a day, were it this one.
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
