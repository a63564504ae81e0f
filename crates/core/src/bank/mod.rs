//! The question bank: questions made from facts, and the choice of a game's rounds.
//!
//! Pure: no I/O, no clock, and randomness only from a given seed. Nothing here knows about players,
//! points or messages. No wrong answer is true under any fact of any loaded pack.

mod aside;
mod cast;
mod choose;
mod cinema;
mod company;
mod compose;
mod crew;
pub mod daily;
mod draft;
mod draw;
pub mod film;
mod games;
mod gather;
mod index;
mod kind;
mod ladder;
mod lint;
mod looked_up;
mod measured;
mod naming;
mod pack_list;
mod packed;
mod place_context;
mod pool;
mod postings;
mod prompt_name;
mod question;
mod rank;
mod reading;
mod release;
pub mod report;
mod reveal;
mod round;
mod seed;
mod shares;
mod spoilers;
mod subject;
#[cfg(test)]
mod tests;
mod traits;
mod truth;
mod typed;
mod wording;
mod words;
mod work_tags;
mod written;
mod year_index;
mod years;

pub use choose::{ARTICLE_PACK, ChooseError, QuestionQuery, choose};
pub use games::Games;
pub use kind::kind_of;
pub use ladder::{ladder, ladder_question};
pub use lint::{lint, lint_added};
pub use measured::{ANSWERS_MIN, Levels, Share};
pub use pack_list::PackList;
pub use place_context::PlaceContext;
pub use question::{Answer, Question, QuestionId};
pub use round::Round;
pub use subject::{NoSubject, PLAYABLE_MIN, SUBJECT_CHARS_MAX, Subject};
pub use typed::{TypedKey, is_exact};

use crate::asked_history::{AskedHistory, QuestionHash};
use crate::blocks::Blocks;
use crate::facts::{EntityTable, FactBase, Fault, PackId, WrittenQuestion};
use gather::{GatheredQuestion, Gathering};
use index::Index;
use lint::Checks;
use packed::{Packed, Shared};
use pool::Pools;
use postings::Postings;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;
use traits::AllTraits;
use work_tags::WorkTags;

/// A pack, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackInfo {
    /// Its id.
    pub id: PackId,
    /// Its title.
    pub title: String,
    /// How many questions it has.
    pub questions: usize,
}

/// Every question of the loaded packs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Bank {
    /// Pack after pack, each [packed](packed::Packed).
    questions: Blocks<64>,
    shared: Shared,
    packs: Vec<PackInfo>,
    pools: Pools,
    traits: AllTraits,
    postings: Postings,
    names: typed::Names,
}

impl Bank {
    /// Makes every question: pack after pack, hand-written ones first, then by template.
    #[must_use]
    pub fn build(base: &FactBase) -> Self {
        let packs = base.packs().iter();
        let written = packs.map(|pack| pack.questions.as_slice());
        let (bank, _) = Self::make(base, false, written);
        bank
    }

    /// The hand-written questions of these packs, as if no other were loaded: all that packs
    /// without facts have, at a fraction of the cost of [`Self::build`].
    #[must_use]
    pub fn written(base: &FactBase, packs: &[&str]) -> Self {
        let mut made = Gathering::of(base, WorkTags::of(base));
        let index = Index::of(base);
        let kept = base.packs().iter();
        for pack in kept.filter(|pack| packs.contains(&pack.id.as_str())) {
            made.add_written(written::questions(&index, pack, &pack.questions), None);
        }
        let (bank, _) = made.finish(typed::Names::of(base));
        bank.only(packs)
    }

    /// Makes every question like [`Self::build`], when the hand-written ones have already been
    /// removed from the base, pack by pack.
    pub(crate) fn build_with(base: &FactBase, taken: &[Vec<WrittenQuestion>]) -> Self {
        let written = taken.iter().map(Vec::as_slice);
        let (bank, _) = Self::make(base, false, written);
        bank
    }

    /// The same, checked by the linter.
    ///
    /// # Errors
    /// Every unfair question.
    pub(crate) fn build_checked(
        base: &FactBase,
        taken: &[Vec<WrittenQuestion>],
    ) -> Result<Self, Vec<Fault>> {
        let written = taken.iter().map(Vec::as_slice);
        let (bank, faults) = Self::make(base, true, written);
        if faults.is_empty() {
            Ok(bank)
        } else {
            Err(faults)
        }
    }

    /// Makes every question, and finds their faults if they are to be checked. `written` has the
    /// hand-written ones of each pack.
    fn make<'q>(
        base: &FactBase,
        is_checked: bool,
        written: impl Iterator<Item = &'q [WrittenQuestion]> + Send,
    ) -> (Self, Vec<Fault>) {
        let index = Index::of(base);
        let by_hand = || -> Vec<Vec<Question>> {
            let packs = base.packs().iter().zip(written);
            let questions = packs.map(|(pack, asked)| written::questions(&index, pack, asked));
            questions.collect()
        };
        // None needs another, and some take ten times as long as others.
        let (by_templates, ((names, lore), (checks, by_hand))) = rayon::join(
            || gather::by_templates(&index),
            || {
                rayon::join(
                    || rayon::join(|| typed::Names::of(base), || WorkTags::of(base)),
                    || rayon::join(|| is_checked.then(|| Checks::of(&index)), by_hand),
                )
            },
        );
        let mut made = Gathering::of(base, lore);
        for questions in by_hand {
            made.add_written(questions, checks.as_ref());
        }
        for questions in by_templates {
            made.add_made(questions, checks.as_ref());
        }
        drop(checks);
        let (made, ()) = rayon::join(|| made.finish(names), || drop(index));
        made
    }

    /// Completes a bank that was read without the table of entities.
    pub(crate) fn attach(&mut self, entities: Arc<EntityTable>) {
        self.names.attach(entities);
    }

    /// The same rounds with keys to judge typed answers, wherever the question can be typed.
    #[must_use]
    pub fn typed(&self, mut rounds: Vec<Round>) -> Vec<Round> {
        for round in &mut rounds {
            round.typed = typed::can_be_typed(&round.question)
                .then(|| Box::new(TypedKey::new(&round.question, &self.names)));
        }
        rounds
    }

    /// The questions of these packs only, as if no other were loaded.
    #[must_use]
    pub fn only(&self, packs: &[&str]) -> Self {
        let kept = self.packs.iter();
        let kept = kept.filter(|pack| packs.contains(&pack.id.as_str()));
        let kept: Vec<PackInfo> = kept.cloned().collect();
        let made = self.packed(0..self.questions.len());
        let made = made.filter_map(|packed| {
            let question = self.shared.unpack(packed.view());
            let pack = kept.iter().position(|pack| pack.id == question.pack)?;
            Some(GatheredQuestion::of(pack, &question, packed))
        });
        let made = made.collect();
        gather::arrange(kept, made, self.shared.clone(), self.names.clone())
    }

    /// Every question, pack after pack.
    #[must_use]
    pub fn questions(&self) -> impl ExactSizeIterator<Item = Question> {
        self.questions_at(0..self.questions.len())
    }

    /// The questions with these numbers.
    fn questions_at(&self, numbers: Range<u32>) -> impl ExactSizeIterator<Item = Question> {
        let packed = self.packed(numbers);
        packed.map(|packed| self.shared.unpack(packed.view()))
    }

    /// The question with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<Question> {
        let mut same = self.pools.with_hash(QuestionHash::of(id));
        let number = same.find(|number| self.id(*number) == id)?;
        Some(self.question(number))
    }

    /// The packs, in the order they were loaded.
    #[must_use]
    pub fn packs(&self) -> &[PackInfo] {
        &self.packs
    }

    /// How many questions match a query.
    #[must_use]
    pub fn count(&self, query: &QuestionQuery) -> usize {
        choose::pool(&[self], query, &Levels::default()).map_or(0, |pool| pool.len())
    }

    /// Chooses a game's rounds from this bank alone: see `choose`.
    ///
    /// # Errors
    /// If the pack is not loaded, or no question fits the query.
    pub fn choose(
        &self,
        query: &QuestionQuery,
        asked: &AskedHistory,
        hidden: &BTreeSet<QuestionId>,
        seed: u64,
    ) -> Result<Vec<Round>, ChooseError> {
        let place = PlaceContext {
            asked,
            hidden,
            levels: &Levels::default(),
        };
        choose(&[self], query, place, seed)
    }

    /// Every subject of at least `least` questions, with their number.
    pub fn subjects(&self, least: usize) -> impl Iterator<Item = (Subject, usize)> {
        let all = self.postings.all(&self.shared);
        let enough = all.filter(move |(_, count)| *count >= least);
        enough.filter_map(|(subject, count)| {
            let subject = Subject::try_from(subject.to_owned());
            Some((subject.ok()?, count))
        })
    }

    /// How many questions are about a subject.
    #[must_use]
    pub fn questions_about(&self, subject: &Subject) -> usize {
        self.postings.count(&subject.to_string(), &self.shared)
    }

    /// How well known a subject is, for comparison only: it grows with the number of questions and
    /// the fame of their films.
    #[must_use]
    pub fn renown(&self, subject: &Subject) -> u64 {
        let numbers = self.about(subject).into_iter();
        let fame = numbers.map(|number| u64::from(self.traits.get(number).fame()));
        fame.map(|fame| fame.pow(3)).sum()
    }

    /// Other subjects of the questions about a subject: those that most of them share first and, of
    /// equals, the one with fewer questions, because it is closer. At most `limit`, each with
    /// enough questions for a game.
    #[must_use]
    pub fn near(&self, subject: &Subject, limit: usize) -> Vec<Subject> {
        let mut shared: HashMap<u32, usize> = HashMap::new();
        for packed in self.packed(self.about(subject).into_iter()) {
            for other in packed.view().subjects() {
                *shared.entry(other).or_default() += 1;
            }
        }
        let this = subject.to_string();
        let others = shared.into_iter().filter_map(|(other, times)| {
            let other = self.shared.text(other);
            let count = self.postings.count(other, &self.shared);
            (count >= PLAYABLE_MIN && other != this).then_some((times, count, other))
        });
        let mut others: Vec<_> = others.collect();
        others.sort_unstable_by_key(|(times, count, other)| (usize::MAX - times, *count, *other));
        let others = others.into_iter().take(limit);
        others
            .filter_map(|(.., other)| Subject::try_from(other.to_owned()).ok())
            .collect()
    }

    /// The numbers of the questions about a subject.
    fn about(&self, subject: &Subject) -> Vec<u32> {
        self.postings.about(&subject.to_string(), &self.shared)
    }

    /// The number of every question, in ranges that are read fastest as a whole.
    fn ranges(&self) -> Vec<Range<u32>> {
        self.questions.ranges()
    }

    fn id(&self, number: u32) -> String {
        self.packed_at(number).view().id().to_owned()
    }

    fn question(&self, number: u32) -> Question {
        self.shared.unpack(self.packed_at(number).view())
    }

    fn packed_at(&self, number: u32) -> Packed {
        Packed::from(self.questions.get(number))
    }

    /// The questions with these numbers; faster than one after another if they are neighbours.
    fn packed(
        &self,
        numbers: impl ExactSizeIterator<Item = u32>,
    ) -> impl ExactSizeIterator<Item = Packed> {
        self.questions.each(numbers).map(Packed::from)
    }
}
