//! Packs of thousands of films, from the data files that [IMDb](imdb) and [Wikidata](wikidata)
//! publish.
//!
//! The files are far larger than memory, so they are streamed, and only what passes the [`Filter`]
//! is kept. Nothing here opens a file or draws a progress bar: readers are arguments.

pub mod imdb;
mod names;
mod pack;
pub mod wikidata;

use heat_core::facts::Pack;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

/// The most actors kept per film, in the order of the credits.
pub const CAST_MAX: usize = 10;
/// The most films in a pack.
pub const FILMS_MAX: usize = 200_000;

/// Which films go into a pack.
#[derive(Debug, Clone)]
pub struct Filter {
    /// The minimum number of votes (IMDb) or of Wikipedias with an article (Wikidata).
    pub known_min: u32,
    /// The years of first release.
    pub years: RangeInclusive<u16>,
    /// The languages a film may be in, by English name in lower case; all if empty. IMDb's files do
    /// not give a film's language.
    pub languages: BTreeSet<String>,
}

/// What was built.
#[derive(Debug)]
pub struct Built {
    /// The pack, ready to be written.
    pub pack: Pack,
    /// What was left out: counts by reason, for the operator.
    pub left_out: Vec<(String, usize)>,
}

/// Why no pack could be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A file could not be read.
    #[error("{file} cannot be read: {source}; download it again")]
    Read {
        /// The file.
        file: &'static str,
        /// The reader's error.
        source: std::io::Error,
    },
    /// A file is not in the documented form.
    #[error("{file}, line {line}: {what}; use the publisher's original file")]
    Form {
        /// The file.
        file: &'static str,
        /// Counted from 1.
        line: u64,
        /// What is wrong with it.
        what: String,
    },
    /// Nothing passed the filter.
    #[error("no film passes the filter; lower the minimum number of votes or widen the years")]
    Nothing,
    /// Too much passed it.
    #[error(
        "{0} films pass the filter, but a pack is limited to {FILMS_MAX}; raise the minimum number of votes"
    )]
    TooMany(usize),
}
