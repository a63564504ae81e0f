//! What is available in one place: a server or a direct message.

use super::{Library, OwnPacks};
use crate::bank::{self, Bank, ChooseError, PlaceContext, Question, QuestionQuery, Round};
use crate::facts::PackId;
use std::sync::Arc;

/// The library as one server sees it; created once per interaction.
#[derive(Debug, Clone)]
pub struct GuildLibrary {
    /// The packs that all servers see.
    pub library: Arc<Library>,
    /// The packs that only this server sees.
    pub own: Arc<OwnPacks>,
}

/// A pack in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListedPack<'a> {
    /// Its id.
    pub id: &'a PackId,
    /// Its title.
    pub title: &'a str,
    /// How many questions it has.
    pub questions: usize,
    /// Whether it is the server's own.
    pub is_own: bool,
}

impl GuildLibrary {
    /// Every pack: the bundled ones, the operator's, the server's own.
    pub fn packs(&self) -> impl Iterator<Item = ListedPack<'_>> {
        let shared = self.library.bank.packs().iter().map(|pack| (pack, false));
        let own = self.own.bank().into_iter().flat_map(Bank::packs);
        shared
            .chain(own.map(|pack| (pack, true)))
            .map(|(pack, is_own)| ListedPack {
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

    /// The current version of the question with this id, from any mode.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<Question> {
        let own = self.own.bank().and_then(|bank| bank.get(id));
        own.or_else(|| self.library.bank.get(id))
            .or_else(|| bank::ladder_question(&self.library.facts.open(), id))
    }

    /// Whether a round's question is shared by all servers; a server's own question never counts as
    /// shared. Questions with clues are made only from the shared packs.
    #[must_use]
    pub fn is_shared(&self, round: &Round) -> bool {
        let known = self.library.bank.get(&round.question.id);
        !round.clues.is_empty() || known.is_some_and(|known| known.pack == round.question.pack)
    }

    /// Chooses a game's rounds from the library and the server's own packs: see [`bank::choose`].
    ///
    /// # Errors
    /// If there is no such pack here, no question matches, or all that do are hidden because of
    /// reports.
    pub fn choose(
        &self,
        query: &QuestionQuery,
        here: PlaceContext<'_>,
        seed: u64,
    ) -> Result<Vec<Round>, ChooseError> {
        let banks: Vec<&Bank> = self.banks().collect();
        let rounds = bank::choose(&banks, query, here, seed)?;
        if rounds.is_empty() {
            return Err(ChooseError::AllRest);
        }
        Ok(rounds)
    }

    /// How many questions match a query.
    #[must_use]
    pub fn count(&self, query: &QuestionQuery) -> usize {
        self.banks().map(|bank| bank.count(query)).sum()
    }

    /// The server's own questions come first.
    pub(super) fn banks(&self) -> impl Iterator<Item = &Bank> {
        let own = self.own.bank().into_iter();
        own.chain([&self.library.bank])
    }

    /// The same rounds prepared for typed answers, judged against every name known here.
    #[must_use]
    pub fn typed(&self, rounds: Vec<Round>) -> Vec<Round> {
        let bank = self.own.bank().unwrap_or(&self.library.bank);
        bank.typed(rounds)
    }
}
