//! What servers have scheduled, one document per entry, and which of its times have been started.
//!
//! A time is started before anything is posted, and settled afterwards. So each happens once, and
//! after a crash in between the next process knows that it was started.

use heat_core::id::{EntryId, GuildId, UserId};
use std::sync::Arc;

/// The most due entries read at once.
pub(super) const DUE_MAX: u32 = 500;
/// How many past times of an entry are kept.
pub(super) const RUNS_KEPT: u32 = 10;

/// A new entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// The snowflake of the interaction that adds it.
    pub id: EntryId,
    /// The server.
    pub guild: GuildId,
    /// What is scheduled; the caller's own JSON.
    pub body: Arc<str>,
    /// Who hosts it, if a member does. Not in `body`, so that a member can be removed from it.
    pub host: Option<UserId>,
    /// When it is first due, in milliseconds since 1970, UTC.
    pub next_at_ms: i64,
    /// Whether its first time has an event in Discord ([`crate::PlannedEvent`]).
    pub has_event: bool,
    /// The most entries that the server may have, including this one.
    pub entries_max: u32,
}

/// A stored entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// Its id.
    pub id: EntryId,
    /// The server.
    pub guild: GuildId,
    /// What is scheduled; the caller's own JSON.
    pub body: String,
    /// Who hosts it, if a member does.
    pub host: Option<UserId>,
    /// When it is due next.
    pub next_at_ms: i64,
    /// The outcome of the last settled time, if there was one.
    pub last: Option<LastRun>,
}

/// A time that was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastRun {
    /// When it was due.
    pub due_at_ms: i64,
    /// Its outcome, as a code chosen by the caller.
    pub outcome: String,
}

/// The outcome of an entry's time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The entry.
    pub id: EntryId,
    /// When it was due.
    pub due_at_ms: i64,
    /// The outcome, as a code chosen by the caller.
    pub outcome: Arc<str>,
    /// When it is due next.
    pub next_at_ms: i64,
    /// Whether this time took place, so that its event in Discord stays until it ends by itself.
    pub took_place: bool,
    /// Whether the next time has an event in Discord.
    pub has_event: bool,
    /// Now.
    pub at_ms: i64,
}
