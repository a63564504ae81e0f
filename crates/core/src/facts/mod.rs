//! The fact base: entities, facts with a status and citations, and the packs they come in.
//!
//! Pure. Nothing here reads a file: packs come in as text. Nothing here phrases a question or
//! a message: that is done in `bank` and `view`.

mod base;
mod check;
mod check_films;
mod check_questions;
mod fault;
mod film;
pub mod limits;
mod mentions;
mod model;
mod parse;
mod schema;
mod shape;
mod sheet;
mod slug;
mod text;
mod unfold;

pub use base::{Citation, FactBase, address, cited};
pub use fault::Fault;
pub use film::{AWARD_SOURCE, Award, FILM_SOURCE, Film, Honoured, Original, is_player};
pub use model::{
    Cite, Difficulty, Entity, EntityId, EntityKind, EntityRef, Fact, FactId, FactKind, Job,
    NewsTopic, Pack, PackId, Pronoun, Source, SourceId, Status, Topic, WrittenKind,
    WrittenQuestion,
};
pub use parse::{parse_great_pack, parse_pack};
pub use schema::schema;
pub use sheet::award_name;
pub use slug::slug;
pub use text::{fold, is_deceptive, roman, sameness, unmarked};

/// The packs that come with the program, as (file name, JSON text).
#[must_use]
pub fn bundled() -> Vec<(&'static str, &'static str)> {
    vec![
        ("heat-2.json", include_str!("../../../../data/heat-2.json")),
        (
            "heat-1995.json",
            include_str!("../../../../data/heat-1995.json"),
        ),
        (
            "michael-mann.json",
            include_str!("../../../../data/michael-mann.json"),
        ),
    ]
}
