//! The question bank: questions made from facts, and the choice of a game's rounds.
//!
//! Pure: no I/O, no clock, and randomness only from a seed that comes in. Nothing here knows of
//! players, points or messages. No wrong answer here is true under any fact of any loaded pack.

mod aside;
mod cast;
mod choose;
mod cinema;
mod company;
mod crew;
pub mod daily;
mod draft;
mod gather;
mod given;
mod index;
mod lint;
mod near;
mod packed;
mod pool;
mod question;
mod rank;
mod reading;
mod release;
pub mod report;
mod reveal;
mod seed;
mod shares;
#[cfg(test)]
mod tests;
mod truth;
mod typed;
mod wording;
mod words;
mod written;

pub use choose::{ChooseError, QuestionQuery};
pub use lint::lint;
pub use question::{Answer, Question, QuestionId, Round};
pub use typed::{TypedKey, is_exact};

use crate::asked::{Asked, mark};
use crate::facts::{FactBase, PackId};
use choose::choose;
use gather::{Gathering, Made};
use index::Index;
use packed::{Packed, Shared};
use pool::{Pool, Pools};
use std::collections::BTreeSet;

/// A pack, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackInfo {
    /// Its id.
    pub id: PackId,
    /// Its title.
    pub title: String,
    /// How many questions it gives.
    pub questions: usize,
}

/// The bank of what is gathered, while another thread puts the names of all entities in order:
/// that takes about as long, and a start is waited for.
fn beside_names(base: &FactBase, gather: impl FnOnce() -> Gathering) -> Bank {
    std::thread::scope(|scope| {
        let names = scope.spawn(|| typed::Names::of(base));
        let made = gather();
        match names.join() {
            Ok(names) => made.finish(names),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    })
}

/// Every question of the loaded packs.
#[derive(Debug, Clone)]
pub struct Bank {
    /// Pack after pack.
    questions: Vec<Packed>,
    shared: Shared,
    packs: Vec<PackInfo>,
    pools: Pools,
    names: typed::Names,
}

impl Bank {
    /// Makes every question: pack after pack, hand-written ones first, then by template.
    #[must_use]
    pub fn build(base: &FactBase) -> Self {
        beside_names(base, || {
            let mut made = Gathering::of(base);
            let index = Index::of(base);
            for pack in base.packs() {
                for question in &pack.questions {
                    made.add_written(written::question(&index, pack, question));
                }
            }
            made.add_templates(&index);
            made
        })
    }

    /// Makes every question like [`Self::build`], and takes the hand-written ones out of the
    /// base as it goes: their texts are then in memory once.
    #[must_use]
    pub fn build_taking(base: &mut FactBase) -> Self {
        let taken = base.take_questions();
        let base = &*base;
        beside_names(base, || {
            let mut made = Gathering::of(base);
            let index = Index::of(base);
            for (pack, questions) in base.packs().iter().zip(taken) {
                for question in questions {
                    made.add_written(written::question(&index, pack, &question));
                }
            }
            made.add_templates(&index);
            made
        })
    }

    /// The same rounds with what judges typed answers, wherever the question can be typed.
    #[must_use]
    pub fn typed(&self, mut rounds: Vec<Round>) -> Vec<Round> {
        for round in &mut rounds {
            round.typed = typed::can_be_typed(&round.question)
                .then(|| Box::new(TypedKey::new(&round.question, &self.names)));
        }
        rounds
    }

    /// The questions of these packs alone, as if no other were loaded.
    #[must_use]
    pub fn only(&self, packs: &[&str]) -> Self {
        let kept = self.packs.iter();
        let kept = kept.filter(|pack| packs.contains(&pack.id.as_str()));
        let kept: Vec<PackInfo> = kept.cloned().collect();
        let made = self.questions.iter().zip(self.questions());
        let made = made.filter_map(|(packed, question)| {
            let pack = kept.iter().position(|pack| pack.id == question.pack)?;
            Some(Made::of(pack, &question, packed.clone()))
        });
        let made = made.collect();
        gather::arrange(kept, made, self.shared.clone(), self.names.clone())
    }

    /// Every question, pack after pack.
    #[must_use]
    pub fn questions(&self) -> impl ExactSizeIterator<Item = Question> {
        self.questions
            .iter()
            .map(|packed| self.shared.unpack(packed))
    }

    /// The question with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Question> {
        let mut same = self.pools.with_mark(mark(id));
        let number = same.find(|number| self.id(*number) == id)?;
        Some(self.question(number))
    }

    /// The packs, in the order they were loaded.
    #[must_use]
    pub fn packs(&self) -> &[PackInfo] {
        &self.packs
    }

    /// How many questions fit a query.
    #[must_use]
    pub fn count(&self, query: &QuestionQuery) -> usize {
        self.pool(query).map_or(0, |pool| pool.len())
    }

    /// Chooses a game's rounds at a place that was asked what `asked` holds. The same arguments
    /// give the same rounds. Questions of `resting` are left out, as if they were not there; if
    /// all of them rest there are no rounds.
    ///
    /// Never asked questions come first, in an order drawn from the seed; then, once there are no
    /// more of them, those asked longest ago. A pool with fewer questions than rounds gives as
    /// many as it has.
    ///
    /// # Errors
    /// If the pack is not loaded, or no question fits the query.
    pub fn choose(
        &self,
        query: &QuestionQuery,
        asked: &Asked,
        resting: &BTreeSet<QuestionId>,
        seed: u64,
    ) -> Result<Vec<Round>, ChooseError> {
        let pool = self.pool(query)?;
        Ok(choose(self, &pool, query.rounds, asked, resting, seed))
    }

    fn pool(&self, query: &QuestionQuery) -> Result<Pool<'_>, ChooseError> {
        let pack = match &query.pack {
            None => None,
            Some(id) => {
                let place = self.packs.iter().position(|pack| pack.id == *id);
                Some(place.ok_or_else(|| ChooseError::UnknownPack(id.clone()))?)
            }
        };
        let pool = self.pools.pool(pack, query.difficulty, query.typed);
        if pool.len() == 0 {
            return Err(ChooseError::NoQuestion);
        }
        Ok(pool)
    }

    fn id(&self, number: u32) -> &str {
        self.questions[number as usize].id()
    }

    fn question(&self, number: u32) -> Question {
        self.shared.unpack(&self.questions[number as usize])
    }
}
