//! What servers have planned, one document per entry, and which of its times were taken on.
//!
//! A time is taken on before anything is said, and settled afterwards: so each happens once, and
//! after a crash in between the next process knows that it was begun.

use heat_core::id::{EntryId, GuildId};
use std::sync::Arc;

/// How many due entries are read at once.
pub(super) const DUE_MAX: u32 = 500;
/// Times of an entry that are remembered.
pub(super) const RUNS_KEPT: u32 = 10;

/// A new entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// The snowflake of the interaction that adds it.
    pub id: EntryId,
    /// The server.
    pub guild: GuildId,
    /// What is planned; the caller's own JSON.
    pub body: Arc<str>,
    /// When it is due first, in milliseconds since 1970, UTC.
    pub next_at_ms: i64,
    /// How many entries the server may have, this one included.
    pub entries_max: u32,
}

/// A stored entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// Its id.
    pub id: EntryId,
    /// The server.
    pub guild: GuildId,
    /// What is planned; the caller's own JSON.
    pub body: String,
    /// When it is due next.
    pub next_at_ms: i64,
    /// What came of the last time that was settled, if there was one.
    pub last: Option<LastRun>,
}

/// A time that was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastRun {
    /// When it was due.
    pub due_at_ms: i64,
    /// What came of it, as a code chosen by the caller.
    pub outcome: String,
}

/// What came of an entry's time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The entry.
    pub id: EntryId,
    /// When it was due.
    pub due_at_ms: i64,
    /// What came of it, as a code chosen by the caller.
    pub outcome: Arc<str>,
    /// When it is due next.
    pub next_at_ms: i64,
    /// Now.
    pub at_ms: i64,
}
