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
mod typed;
mod wording;
mod written;

pub use choose::{ChooseError, Wish};
pub use lint::lint;
pub use question::{Answer, Question, QuestionId, Round};
pub use typed::TypedKey;

use crate::facts::{FactBase, PackId, fold};
use index::Index;
use std::collections::{BTreeMap, BTreeSet};
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

/// Prompts written by hand, by their main fact and answer.
type ByHand = BTreeMap<(String, String), Vec<BTreeSet<String>>>;

/// What a question comes to: its main fact, and its answer.
fn asks(question: &Question) -> Option<(String, String)> {
    Some((question.facts.first()?.clone(), fold(&question.answer.text)))
}

fn by_hand(written: &[Question]) -> ByHand {
    let mut by_hand = ByHand::new();
    for question in written {
        if let Some(asks) = asks(question) {
            let words = fold(&question.prompt)
                .split(' ')
                .map(str::to_owned)
                .collect();
            by_hand.entry(asks).or_default().push(words);
        }
    }
    by_hand
}

/// Whether a question written by hand asks the same: one fact for one answer, with every name
/// and number that the template's prompt has.
fn yields_to(question: &Question, by_hand: &ByHand) -> bool {
    let is_name = |word: &&str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let is_opening = |word: &&str| matches!(*word, "Who" | "Which" | "What" | "In" | "Of" | "As");
    let prompt = question.prompt.split([' ', '(', ')', '?', ',']);
    let names = prompt.filter(|word| is_name(word) && !is_opening(word));
    let names: BTreeSet<String> = names.map(fold).collect();
    let written = asks(question).and_then(|asks| by_hand.get(&asks));
    written
        .into_iter()
        .flatten()
        .any(|words| names.is_subset(words))
}

/// Every question of the loaded packs.
#[derive(Debug, Clone)]
pub struct Bank {
    questions: Vec<Arc<Question>>,
    places: BTreeMap<QuestionId, usize>,
    packs: Vec<PackInfo>,
    names: typed::Names,
}

impl Bank {
    /// Makes every question: pack after pack, hand-written ones first, then by template.
    #[must_use]
    pub fn build(base: &FactBase) -> Self {
        let index = Index::of(base);
        let mut made = written::questions(&index);
        let by_hand = by_hand(&made);
        let templates = [
            cast::questions,
            crew::questions,
            release::questions,
            company::questions,
        ];
        let from_templates = templates
            .into_iter()
            .flat_map(|questions| questions(&index));
        made.extend(from_templates.filter(|q| !yields_to(q, &by_hand)));
        // Two films of one year would both be asked as "a film of 1995"; one is enough.
        let mut prompts = BTreeSet::new();
        made.retain(|q| prompts.insert(fold(&q.prompt)) || q.template == "written");
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
            names: typed::Names::of(base),
        }
    }

    /// The same rounds with what judges typed answers, wherever the question can be typed.
    #[must_use]
    pub fn typed(&self, mut rounds: Vec<Round>) -> Vec<Round> {
        for round in &mut rounds {
            round.typed = typed::can_be_typed(&round.question)
                .then(|| TypedKey::new(&round.question, &self.names));
        }
        rounds
    }

    /// The questions of these packs alone, as if no other were loaded.
    #[must_use]
    pub fn only(&self, packs: &[&str]) -> Self {
        let is_kept = |id: &str| packs.contains(&id);
        let kept = self.questions.iter().filter(|q| is_kept(&q.pack));
        let questions: Vec<_> = kept.cloned().collect();
        let places = questions.iter().enumerate();
        Self {
            places: places.map(|(i, q)| (q.id.clone(), i)).collect(),
            packs: self
                .packs
                .iter()
                .filter(|p| is_kept(&p.id))
                .cloned()
                .collect(),
            questions,
            names: self.names.clone(),
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
                && (!wish.typed || typed::can_be_typed(q))
        };
        let pool: Vec<_> = self.questions.iter().filter(fits).collect();
        if pool.is_empty() {
            return Err(ChooseError::NoQuestion);
        }
        Ok(choose::choose(pool, wish.rounds, asked, seed))
    }
}
