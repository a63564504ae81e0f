//! The question bank: questions made from facts, and the choice of a game's rounds.
//!
//! Pure: no I/O, no clock, and randomness only from a seed that comes in. Nothing here knows of
//! players, points or messages. No wrong answer here is true under any fact of any loaded pack.

mod cast;
mod choose;
mod company;
mod crew;
mod draft;
mod index;
mod lint;
mod question;
mod release;
pub mod report;
#[cfg(test)]
mod tests;
mod wording;
mod written;

pub use choose::{ChooseError, Wish};
pub use lint::lint;
pub use question::{Answer, Question, QuestionId, Round};

use crate::facts::{FactBase, PackId};
use index::Index;
use std::collections::BTreeMap;
use std::sync::Arc;

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

/// Every question of the loaded packs.
#[derive(Debug, Clone)]
pub struct Bank {
    questions: Vec<Arc<Question>>,
    places: BTreeMap<QuestionId, usize>,
    packs: Vec<PackInfo>,
}

impl Bank {
    /// Makes every question: pack after pack, hand-written ones first, then by template.
    #[must_use]
    pub fn build(base: &FactBase) -> Self {
        let index = Index::of(base);
        let mut made = written::questions(&index);
        made.extend(cast::questions(&index));
        made.extend(crew::questions(&index));
        made.extend(release::questions(&index));
        made.extend(company::questions(&index));
        let place = |q: &Question| base.packs().iter().position(|pack| pack.id == q.pack);
        made.sort_by_key(place);
        let packs = base.packs().iter();
        let packs = packs.map(|pack| PackInfo {
            id: pack.id.clone(),
            title: pack.title.clone(),
            questions: made.iter().filter(|q| q.pack == pack.id).count(),
        });
        let packs = packs.collect();
        let questions: Vec<_> = made.into_iter().map(Arc::new).collect();
        let places = questions.iter().enumerate();
        let places = places.map(|(i, q)| (q.id.clone(), i)).collect();
        Self {
            questions,
            places,
            packs,
        }
    }

    /// Every question, pack after pack.
    #[must_use]
    pub fn questions(&self) -> &[Arc<Question>] {
        &self.questions
    }

    /// The question with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Arc<Question>> {
        self.questions.get(*self.places.get(id)?)
    }

    /// The packs, in the order they were loaded.
    #[must_use]
    pub fn packs(&self) -> &[PackInfo] {
        &self.packs
    }

    /// Chooses a game's rounds. `asked` gives, for each question asked here before, a number
    /// that grows with every question asked. The same arguments give the same rounds.
    ///
    /// Never asked questions come first, in an order drawn from the seed, then those asked
    /// longest ago. A pool with fewer questions than rounds gives as many as it has.
    ///
    /// # Errors
    /// If the pack is not loaded, or no question fits the wish.
    pub fn choose(
        &self,
        wish: &Wish,
        asked: &BTreeMap<QuestionId, u64>,
        seed: u64,
    ) -> Result<Vec<Round>, ChooseError> {
        if let Some(pack) = &wish.pack
            && !self.packs.iter().any(|p| p.id == *pack)
        {
            return Err(ChooseError::UnknownPack(pack.clone()));
        }
        let fits = |q: &&Arc<Question>| {
            wish.pack.as_ref().is_none_or(|pack| q.pack == *pack)
                && wish.difficulty.is_none_or(|d| q.difficulty == d)
        };
        let pool: Vec<_> = self.questions.iter().filter(fits).collect();
        if pool.is_empty() {
            return Err(ChooseError::NoQuestion);
        }
        Ok(choose::choose(pool, wish.rounds, asked, seed))
    }
}
