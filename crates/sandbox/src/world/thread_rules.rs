//! What archiving and locking a thread forbid:
//! <https://discord.com/developers/docs/topics/threads>.

use super::{Channel, World};
use crate::{error::ApiError, permissions::Permissions};

/// An action in a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ThreadAction {
    Send,
    Edit,
    Delete,
}

impl World {
    /// Whether a thread allows this with these permissions. A channel that is not a thread always
    /// does.
    ///
    /// # Errors
    /// 50083 or 160005.
    pub(super) fn check_thread(
        channel: &Channel,
        held: Permissions,
        deed: ThreadAction,
    ) -> Result<(), ApiError> {
        let Some(thread) = &channel.thread else {
            return Ok(());
        };
        let is_moderator = held.covers(Permissions::MANAGE_THREADS);
        let is_shut = thread.is_locked && !is_moderator;
        // Sending reopens an archived thread, unless a moderator locked it.
        let is_closed = thread.is_archived && (deed == ThreadAction::Edit || is_shut);
        if is_closed {
            return Err(ApiError::thread_archived());
        }
        if is_shut && deed != ThreadAction::Delete {
            return Err(ApiError::thread_locked());
        }
        Ok(())
    }
}
