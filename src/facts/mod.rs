//! The fact base: entities, facts with a status and citations, and the packs they come in.
//!
//! Pure. Nothing here reads a file: packs come in as text. Nothing here phrases a question or
//! a message: that is done in `bank` and `view`.

mod model;

pub use model::{
    Cite, Difficulty, Entity, EntityId, EntityKind, EntityRef, Fact, FactId, FactKind, Job,
    NewsTopic, Pack, PackId, Source, SourceId, Status, Topic, WrittenQuestion,
};
