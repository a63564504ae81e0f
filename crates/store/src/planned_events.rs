//! The server events in Discord that announce the times of a schedule's entries.
//!
//! Each time of an entry has at most one. It is wanted from the transaction that plans the time. It
//! is stored as asked for before the request, and its id afterwards, so that after a crash in
//! between the next process knows that there may be one in Discord.
//!
//! Its row stays when the entry is removed, until the event is deleted in Discord too.

use heat_core::id::{EntryId, EventId, GuildId};

/// The most events read at once.
pub(super) const WORK_MAX: u32 = 500;

/// The event of one time of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedEvent {
    /// The entry, which may have been removed.
    pub entry: EntryId,
    /// When it is due.
    pub due_at_ms: i64,
    /// The server.
    pub guild: GuildId,
    /// When Discord was last asked for it; `None` before the first time.
    pub asked_at_ms: Option<i64>,
    /// Where it says that it takes place, as Discord was last told.
    pub place: Option<String>,
    /// Its id, once known. Discord or a member may have deleted it since.
    pub event: Option<EventId>,
    /// Discord's code for why it does not create it.
    pub refused: Option<i64>,
    /// Whether it is still wanted. Otherwise it is to be deleted.
    pub is_wanted: bool,
}
