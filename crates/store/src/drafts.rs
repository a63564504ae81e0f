//! Questions that members write in Discord: still being corrected, or suggested.

use crate::StoredPack;
use heat_core::id::{GuildId, InteractionId, UserId};

/// How long a draft that was not suggested is kept: a day.
pub(crate) const KEPT_MS: i64 = 24 * 60 * 60 * 1_000;
/// The most suggestions read at once.
pub(crate) const SUGGESTIONS_MAX: u32 = 100;

/// A question that a member is writing. The store does not read its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The id of the interaction that sent it.
    pub id: InteractionId,
    /// For which server.
    pub guild: GuildId,
    /// Who wrote it.
    pub author: UserId,
    /// What was written.
    pub body: String,
    /// Whether it waits for a manager's decision. If not, it is deleted after a day.
    pub is_suggested: bool,
    /// Milliseconds since 1970, UTC.
    pub at_ms: i64,
}

/// A change to a server's pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackEdit {
    /// The server.
    pub guild: GuildId,
    /// The new pack.
    pub pack: StoredPack,
    /// Its body as it was read; `None` if the pack did not exist.
    pub was: Option<String>,
    /// The draft that becomes part of it and is then deleted.
    pub draft: Option<InteractionId>,
}
