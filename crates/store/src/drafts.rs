//! Questions that members write in Discord: not right yet, or suggested.

use crate::StoredPack;
use heat_core::id::{GuildId, InteractionId, UserId};

/// How long a draft that is not suggested is kept: a day.
pub(crate) const KEPT_MS: i64 = 24 * 60 * 60 * 1_000;
/// Suggestions read at once.
pub(crate) const SUGGESTIONS_MAX: u32 = 100;

/// A question that somebody writes. The store does not read its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The number of the interaction that brought it.
    pub id: InteractionId,
    /// For which server.
    pub guild: GuildId,
    /// Who wrote it.
    pub author: UserId,
    /// What was written.
    pub body: String,
    /// Whether it waits for a manager's word. If not, it is forgotten after a day.
    pub is_suggested: bool,
    /// Milliseconds since 1970, UTC.
    pub at_ms: i64,
}

/// A change of a server's pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackEdit {
    /// The server.
    pub guild: GuildId,
    /// The pack as it is to be.
    pub pack: StoredPack,
    /// Its body as it was read; none if there was no such pack.
    pub was: Option<String>,
    /// The draft that goes into it, and is one no more.
    pub draft: Option<InteractionId>,
}
