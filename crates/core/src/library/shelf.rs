//! What is to be had in one place: a server, or a direct message.

use super::{Library, OwnPacks};
use crate::asked::{Asked, mark};
use crate::bank::{Bank, ChooseError, Question, QuestionId, QuestionQuery, Round};
use crate::facts::PackId;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The library as one server sees it, taken once for each interaction.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// What everybody sees.
    pub library: Arc<Library>,
    /// What only this server sees.
    pub own: Arc<OwnPacks>,
}

/// A pack on a shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed<'a> {
    /// Its id.
    pub id: &'a PackId,
    /// Its title.
    pub title: &'a str,
    /// How many questions it gives.
    pub questions: usize,
    /// Whether it is the server's own.
    pub is_own: bool,
}

impl Shelf {
    /// Every pack: the bundled ones, the operator's, the server's own.
    pub fn packs(&self) -> impl Iterator<Item = Listed<'_>> {
        let shared = self.library.bank.packs().iter().map(|pack| (pack, false));
        let own = self.own.bank().into_iter().flat_map(Bank::packs);
        shared
            .chain(own.map(|pack| (pack, true)))
            .map(|(pack, is_own)| Listed {
                id: &pack.id,
                title: &pack.title,
                questions: pack.questions,
                is_own,
            })
    }

    /// The title of a pack.
    #[must_use]
    pub fn title(&self, pack: &str) -> Option<&str> {
        self.packs()
            .find(|listed| listed.id == pack)
            .map(|listed| listed.title)
    }

    /// The question with this id, as it stands here now.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<Question> {
        let own = self.own.bank().and_then(|bank| bank.get(id));
        own.or_else(|| self.library.bank.get(id))
    }

    /// Whether everybody may meet this question: no server's own ever passes for one that may.
    #[must_use]
    pub fn is_shared(&self, question: &str, pack: &str) -> bool {
        let known = self.library.bank.get(question);
        known.is_some_and(|known| known.pack == pack)
    }

    /// Chooses a game's rounds as [`Bank::choose`] does, over the library and the server's own
    /// packs: where no pack is asked for, each by its share of the questions that fit, but what
    /// was asked here before only once neither has anything new.
    ///
    /// # Errors
    /// If there is no such pack here, no question fits the query, or all that do rest.
    pub fn choose(
        &self,
        query: &QuestionQuery,
        asked: &Asked,
        resting: &BTreeSet<QuestionId>,
        seed: u64,
    ) -> Result<Vec<Round>, ChooseError> {
        let (banks, mut random) = self.banks(query, seed);
        let mut parts = Vec::new();
        for (bank, seed) in banks {
            let rounds = bank.choose(query, asked, resting, seed)?;
            parts.push((bank.count(query), rounds.into_iter().peekable()));
        }
        let mut rounds = Vec::with_capacity(usize::from(query.rounds));
        let all: usize = parts.iter().map(|(fitting, _)| fitting).sum();
        while rounds.len() < usize::from(query.rounds) {
            let drawn = random.random_range(0..all);
            let first = usize::from(parts.first().is_some_and(|(fitting, _)| drawn >= *fitting));
            let mut has_new = |part: usize| {
                let next = parts.get_mut(part).and_then(|(_, rounds)| rounds.peek());
                next.is_some_and(|round| asked.when(mark(&round.question.id)).is_none())
            };
            let other = 1 - first;
            let (first, other) = if has_new(first) || !has_new(other) {
                (first, other)
            } else {
                (other, first)
            };
            let mut from = |part: usize| parts.get_mut(part).and_then(|(_, rounds)| rounds.next());
            match from(first).or_else(|| from(other)) {
                Some(round) => rounds.push(round),
                None => break,
            }
        }
        if rounds.is_empty() {
            return Err(ChooseError::AllRest);
        }
        Ok(rounds)
    }

    /// The banks that a query is chosen from, each with a seed of its own, and what draws between
    /// them: the one that has the pack, or both where both have questions that fit.
    fn banks(&self, query: &QuestionQuery, seed: u64) -> (Vec<(&Bank, u64)>, ChaCha8Rng) {
        let shared = &self.library.bank;
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let has_pack = |bank: &Bank| {
            bank.packs()
                .iter()
                .any(|p| query.pack.as_ref() == Some(&p.id))
        };
        let banks = match self.own.bank() {
            Some(own) if has_pack(own) || shared.count(query) == 0 => vec![(own, seed)],
            None => vec![(shared, seed)],
            Some(own) if own.count(query) == 0 => vec![(shared, seed)],
            Some(own) => vec![(own, random.random()), (shared, random.random())],
        };
        (banks, random)
    }

    /// The same rounds with what judges typed answers, against every name that is known here.
    #[must_use]
    pub fn typed(&self, rounds: Vec<Round>) -> Vec<Round> {
        let bank = self.own.bank().unwrap_or(&self.library.bank);
        bank.typed(rounds)
    }
}
