//! What is available in one place: a server or a direct message.

use super::{Library, OwnPacks};
use crate::bank::{
    self, Bank, ChooseError, PackList, PlaceContext, Question, QuestionQuery, Round,
};
use crate::facts::PackId;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The library as one server sees it; created once per interaction.
#[derive(Debug, Clone)]
pub struct GuildLibrary {
    /// The packs that all servers see.
    pub shared: Arc<Library>,
    /// The packs that only this server sees.
    pub own: Arc<OwnPacks>,
    /// The packs that this server has switched off.
    pub off: Arc<BTreeSet<PackId>>,
}

/// A pack as a server sees it.
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
    /// Whether the server has switched it off.
    pub is_off: bool,
}

impl GuildLibrary {
    /// Every pack: the bundled ones, the operator's, the server's own.
    pub fn packs(&self) -> impl Iterator<Item = ListedPack<'_>> {
        let shared = self.shared.bank.packs().iter().map(|pack| (pack, false));
        let own = self.own.bank().into_iter().flat_map(Bank::packs);
        shared
            .chain(own.map(|pack| (pack, true)))
            .map(|(pack, is_own)| ListedPack {
                id: &pack.id,
                title: &pack.title,
                questions: pack.questions,
                is_own,
                is_off: self.off.contains(&pack.id),
            })
    }

    /// The packs that can be played: all that are not switched off.
    pub fn playable_packs(&self) -> impl Iterator<Item = ListedPack<'_>> {
        self.packs().filter(|pack| !pack.is_off)
    }

    /// The title of the packs that a game's questions come from; none if they come from all, or if
    /// one of them is not here any more.
    #[must_use]
    pub fn title_of(&self, packs: &PackList) -> Option<String> {
        let titles: Option<Vec<_>> = packs.ids().iter().map(|id| self.title(id)).collect();
        titles
            .filter(|titles| !titles.is_empty())
            .map(|titles| titles.join(" + "))
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
        own.or_else(|| self.shared.bank.get(id))
            .or_else(|| bank::ladder_question(&self.shared.facts.open(), id))
    }

    /// Whether a round's question is shared by all servers; a server's own question never counts as
    /// shared. Questions with clues are made only from the shared packs.
    #[must_use]
    pub fn is_shared(&self, round: &Round) -> bool {
        let known = self.shared.bank.get(&round.question.id);
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
        place: PlaceContext<'_>,
        seed: u64,
    ) -> Result<Vec<Round>, ChooseError> {
        self.check(&query.packs)?;
        let banks: Vec<&Bank> = self.banks().collect();
        let rounds = bank::choose(&banks, &self.without_off(query), place, seed)?;
        if rounds.is_empty() {
            return Err(ChooseError::AllHidden);
        }
        Ok(rounds)
    }

    /// Checks that every pack of a list can be played here.
    ///
    /// # Errors
    /// If one of them is not here, or is switched off.
    pub fn check(&self, packs: &PackList) -> Result<(), ChooseError> {
        for id in packs.ids() {
            if self.title(id).is_none() {
                return Err(ChooseError::UnknownPack(id.clone()));
            }
            if self.off.contains(id) {
                return Err(ChooseError::SwitchedOff(id.clone()));
            }
        }
        Ok(())
    }

    /// How many questions match a query.
    #[must_use]
    pub fn count(&self, query: &QuestionQuery) -> usize {
        let query = self.without_off(query);
        let of_bank = |bank: &Bank| bank.count(&query);
        self.banks().map(of_bank).sum()
    }

    /// The same query, without the packs that are switched off.
    #[must_use]
    pub fn without_off(&self, query: &QuestionQuery) -> QuestionQuery {
        QuestionQuery {
            off: self.off.as_ref().clone(),
            ..query.clone()
        }
    }

    /// The server's own questions come first.
    pub(super) fn banks(&self) -> impl Iterator<Item = &Bank> {
        let own = self.own.bank().into_iter();
        own.chain([&self.shared.bank])
    }

    /// The same rounds prepared for typed answers, judged against every name known here.
    #[must_use]
    pub fn typed(&self, rounds: Vec<Round>) -> Vec<Round> {
        let bank = self.own.bank().unwrap_or(&self.shared.bank);
        bank.typed(rounds)
    }
}
