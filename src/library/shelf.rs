//! What is to be had in one place: a server, or a direct message.

use super::{Library, OwnPacks};
use crate::bank::{Bank, ChooseError, QuestionId, Round, Wish};
use crate::facts::PackId;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeMap;
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

    /// Whether everybody may meet this question: no server's own ever passes for one that may.
    #[must_use]
    pub fn is_shared(&self, question: &str, pack: &str) -> bool {
        let known = self.library.bank.get(question);
        known.is_some_and(|known| known.pack == pack)
    }

    /// Chooses a game's rounds as [`Bank::choose`] does, over the library and the server's own
    /// packs: without a wish for a pack, each by its share of the questions that fit.
    ///
    /// # Errors
    /// If there is no such pack here, or no question fits the wish.
    pub fn choose(
        &self,
        wish: &Wish,
        asked: &BTreeMap<QuestionId, u64>,
        seed: u64,
    ) -> Result<Vec<Round>, ChooseError> {
        let shared = &self.library.bank;
        let Some(own) = self.own.bank() else {
            return shared.choose(wish, asked, seed);
        };
        if let Some(pack) = &wish.pack {
            let is_own = own.packs().iter().any(|known| known.id == *pack);
            return if is_own { own } else { shared }.choose(wish, asked, seed);
        }
        let fitting = |bank: &Bank| {
            let questions = bank.questions().iter();
            questions
                .filter(|q| wish.difficulty.is_none_or(|d| q.difficulty == d))
                .count()
        };
        let (of_own, of_shared) = (fitting(own), fitting(shared));
        if of_own == 0 || of_shared == 0 {
            return if of_own > 0 { own } else { shared }.choose(wish, asked, seed);
        }
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut own = own.choose(wish, asked, random.random())?.into_iter();
        let mut shared = shared.choose(wish, asked, random.random())?.into_iter();
        let mut rounds = Vec::with_capacity(usize::from(wish.rounds));
        while rounds.len() < usize::from(wish.rounds) {
            let from_own = random.random_range(0..of_own + of_shared) < of_own;
            let (first, second) = if from_own {
                (&mut own, &mut shared)
            } else {
                (&mut shared, &mut own)
            };
            match first.next().or_else(|| second.next()) {
                Some(round) => rounds.push(round),
                None => break,
            }
        }
        Ok(rounds)
    }

    /// The same rounds with what judges typed answers, against every name that is known here.
    #[must_use]
    pub fn typed(&self, rounds: Vec<Round>) -> Vec<Round> {
        let bank = self.own.bank().unwrap_or(&self.library.bank);
        bank.typed(rounds)
    }
}
