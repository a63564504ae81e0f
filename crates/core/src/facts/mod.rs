//! The fact base: entities, facts with a status and citations, and the packs they come in.
//!
//! Pure. Packs come in as text, so nothing here reads files. Questions and messages are worded in
//! `bank` and `view`.

mod base;
mod check;
mod check_films;
mod check_questions;
mod check_values;
mod encoding;
mod entities;
mod entity_table;
mod fact_entities;
mod fault;
mod film;
mod flaw;
mod ids;
pub(crate) mod json;
mod kept;
pub mod limits;
mod mentions;
mod model;
mod named_people;
mod named_works;
mod packed;
mod parse;
mod places;
mod quoted;
mod record_words;
mod register;
mod schema;
mod shape;
mod sheet;
mod slug;
mod text;
mod unfair;
mod unfold;
mod unfold_awards;
mod unpacked;

pub use base::{Citation, FactBase, address, cited};
pub(crate) use encoding::unmarked_start;
pub use encoding::{Decoded, NotText, decode, text_of};
pub(crate) use entity_table::EntityTable;
pub use fault::Fault;
pub(crate) use film::listed;
pub use film::{AWARD_SOURCE, Award, FILM_SOURCE, Film, Honoured, Original, film_id, is_player};
pub use flaw::Flaw;
pub use ids::{EntityId, FactId, PackId, SourceId};
pub use json::{Found, JsonError, JsonFlaw, Known, Wanted};
pub(crate) use mentions::award_named;
pub use model::{
    Cite, Difficulty, Entity, EntityKind, EntityRef, Fact, FactKind, Job, NewsTopic, Pack, Pronoun,
    Source, Status, Topic, WrittenKind, WrittenQuestion,
};
pub use packed::PackedFacts;
pub use parse::{parse_great_pack, parse_pack};
pub use record_words::award_name;
pub(crate) use record_words::{
    bare_name, bare_series, character_in_sentence, one_stop, the_series,
};
pub use schema::schema;
pub(crate) use text::mark;
pub use text::{first_deceptive, fold, is_deceptive, roman, sameness, unmarked, without_deceptive};
pub use unfair::Unfair;

/// The packs of [`bundled`] about the article and its director: enough for tests that do not need
/// all of cinema.
#[cfg(test)]
pub(crate) fn heart() -> Vec<(&'static str, &'static str)> {
    bundled().into_iter().take(3).collect()
}

/// The packs that come with the program, as (file name, JSON text).
#[must_use]
pub fn bundled() -> Vec<(&'static str, &'static str)> {
    macro_rules! packs {
        ($($name:literal),*) => {
            vec![$(($name, include_str!(concat!("../../../../data/", $name)))),*]
        };
    }
    packs![
        "heat-2.json",
        "heat-1995.json",
        "michael-mann.json",
        "academy-awards.json",
        "cinema-to-1969.json",
        "cinema-1970s.json",
        "cinema-1980s.json",
        "cinema-1990s.json",
        "cinema-2000s.json",
        "cinema-2010s.json"
    ]
}
