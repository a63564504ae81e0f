//! What the bot can ask and look up: the packs shared by all servers, and each server's own packs.
//!
//! Pure. A [`Library`] is built completely or not at all, never changed, and shared behind an
//! `Arc`: code that holds one keeps it through a reload. A server's [`OwnPacks`] are checked
//! together with the bundled ones but kept separate, so that no other server ever sees their
//! questions.

mod combined_facts;
mod compiled;
mod guild_library;
#[cfg(test)]
pub(crate) mod kept;
mod own;
mod subject_search;
mod subjects;
#[cfg(test)]
mod tests;

pub use combined_facts::CombinedFacts;
pub use compiled::CompiledKey;
pub use guild_library::{GuildLibrary, ListedPack};
pub use own::{OwnPacks, PACKS_MAX, check_own};
pub use subject_search::{SubjectRequest, TooFewQuestions, UnknownSubject};
pub use subjects::{Playable, SUGGESTIONS_MAX, SubjectIndex};

use crate::bank::film::{FilmPuzzle, film};
use crate::bank::{Bank, Round, daily};
use crate::cast::CastIndex;
use crate::facts::{
    self, FactBase, Fault, Pack, PackId, PackedFacts, WrittenQuestion, parse_great_pack, parse_pack,
};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// The packs shared by all servers, with the questions and indexes made from them. The default one
/// holds no pack.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// The facts.
    pub facts: Arc<PackedFacts>,
    /// The questions made from them.
    pub bank: Bank,
    /// What games can be about.
    pub about: SubjectIndex,
    /// The casting index over the facts.
    pub cast: CastIndex,
    /// The index over everything in the news.
    pub news: CastIndex,
}

impl Library {
    /// Builds the bundled packs followed by those of `files`, given as (name, JSON text).
    ///
    /// # Errors
    /// Every fault of every file, and every unfair question of all packs together.
    pub fn build(files: &[(String, String)]) -> Result<Self, Vec<Fault>> {
        let (own, bundled) = rayon::join(|| parsed(files, parse_great_pack), bundled);
        let own = own?;
        let mut packs = bundled?;
        packs.extend(own);
        let mut facts = FactBase::build(packs)?;
        let written = facts.take_questions();
        let (bank, (cast, news, packed)) = rayon::join(
            || fair_bank(&facts, &written, !files.is_empty()),
            || {
                (
                    CastIndex::build(&facts),
                    CastIndex::of_news(&facts),
                    PackedFacts::of(&facts),
                )
            },
        );
        let bank = bank?;
        let about = SubjectIndex::of(&facts, &bank);
        // Nobody need wait for it: it is many small texts.
        rayon::spawn(|| drop(facts));
        Ok(Self {
            about,
            facts: Arc::new(packed),
            bank,
            cast,
            news,
        })
    }

    /// Only the bundled packs, built once and shared as long as anyone holds them. Blocks while
    /// another thread builds them.
    ///
    /// # Errors
    /// Every fault of every bundled pack; a released build has none.
    pub fn bundled() -> Result<Arc<Self>, Vec<Fault>> {
        Self::bundled_by(|| Self::build(&[]))
    }

    /// The same. If nobody holds it, `make` makes it, which may know a quicker way.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn bundled_by(
        make: impl FnOnce() -> Result<Self, Vec<Fault>>,
    ) -> Result<Arc<Self>, Vec<Fault>> {
        static BUNDLED: Mutex<Weak<Library>> = Mutex::new(Weak::new());
        let mut shared = BUNDLED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(library) = shared.upgrade() {
            return Ok(library);
        }
        let library = Arc::new(make()?);
        *shared = Arc::downgrade(&library);
        Ok(library)
    }

    /// The title of a pack.
    #[must_use]
    pub fn title(&self, pack: &str) -> Option<&str> {
        let mut packs = self.facts.packs().iter();
        let pack = packs.find(|known| known.id == pack)?;
        Some(&pack.title)
    }
}

/// The questions of all packs, including the hand-written ones, pack by pack.
///
/// # Errors
/// Every unfair question, if they are checked. The bundled packs alone need not be: they passed the
/// linter before release.
fn fair_bank(
    facts: &FactBase,
    written: &[Vec<WrittenQuestion>],
    is_checked: bool,
) -> Result<Bank, Vec<Fault>> {
    if is_checked {
        Bank::build_checked(facts, written)
    } else {
        Ok(Bank::build_with(facts, written))
    }
}

/// The rounds of a day's puzzle. They use only the packs that come with the program, so they are
/// the same wherever this release runs, whatever else is loaded. The day is counted from 1970.
///
/// # Errors
/// Every fault of every bundled pack; a released build has none.
pub fn puzzle(day: i32) -> Result<Vec<Round>, Vec<Fault>> {
    Ok(daily::rounds(&Library::bundled()?.bank, day))
}

/// The film of a day, from the packs that come with the program. The day is counted from 1970.
/// `None` if no film has six clues; a released build has several hundred.
///
/// # Errors
/// Every fault of every bundled pack; a released build has none.
pub fn film_puzzle(day: i32) -> Result<Option<FilmPuzzle>, Vec<Fault>> {
    Ok(film(&Library::bundled()?.facts.open(), day))
}

/// The packs that come with the program.
///
/// # Errors
/// Every fault of every pack; a released build has none.
pub fn bundled() -> Result<Vec<Pack>, Vec<Fault>> {
    let named = facts::bundled().into_iter();
    let named: Vec<_> = named
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .collect();
    parsed(&named, parse_pack)
}

/// The ids of the packs that come with the program, which are also their file names. No other pack
/// may use one of them.
fn bundled_ids() -> BTreeSet<PackId> {
    let names = facts::bundled().into_iter().map(|(name, _)| name);
    names
        .map(|name| name.trim_end_matches(".json").to_owned())
        .collect()
}

/// Every pack in the files, or every fault of all of them.
fn parsed(
    files: &[(String, String)],
    parse: fn(&str, &str) -> Result<Pack, Vec<Fault>>,
) -> Result<Vec<Pack>, Vec<Fault>> {
    let read = files.par_iter().map(|(name, text)| parse(name, text));
    let read: Vec<Result<Pack, Vec<Fault>>> = read.collect();
    let mut packs = Vec::with_capacity(files.len());
    let mut faults = Vec::new();
    for pack in read {
        match pack {
            Ok(pack) => packs.push(pack),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() {
        Ok(packs)
    } else {
        Err(faults)
    }
}
