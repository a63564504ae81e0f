//! Packs that were uploaded and looked at but not yet stored: kept in memory for a quarter of an
//! hour, so that what is stored is what was shown.

use heat_core::facts::Pack;
use heat_core::id::{GuildId, InteractionId, UserId};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{AcquireError, Semaphore, SemaphorePermit};

/// How long an upload waits for its member's word: as long as the buttons under it live.
const KEPT_MS: i64 = 15 * 60 * 1000;
/// Uploads that wait at once, each of up to a megabyte.
const UPLOADS_MAX: usize = 32;

/// Packs that are checked at once: checking takes a core, and games need the others.
const CHECKS_MAX: usize = 1;

/// An upload that waits.
#[derive(Debug, Clone)]
pub struct Upload {
    /// For which server.
    pub guild: GuildId,
    /// Whose it is.
    pub user: UserId,
    /// What was shown.
    pub pack: Arc<Pack>,
    /// When it came, in milliseconds since 1970.
    pub at_ms: i64,
}

/// All that wait, by the id of the interaction that brought them.
#[derive(Debug)]
pub struct PendingUploads {
    waiting: Mutex<BTreeMap<InteractionId, Upload>>,
    turns: Semaphore,
}

impl Default for PendingUploads {
    fn default() -> Self {
        Self {
            waiting: Mutex::default(),
            turns: Semaphore::new(CHECKS_MAX),
        }
    }
}

impl PendingUploads {
    /// Waits for a turn to check a pack. It lasts until the permit is dropped.
    ///
    /// # Errors
    /// Never: the turns are not closed.
    pub async fn turn(&self) -> Result<SemaphorePermit<'_>, AcquireError> {
        self.turns.acquire().await
    }

    /// Keeps an upload. The oldest one makes room where there are too many.
    pub fn keep(&self, id: InteractionId, upload: Upload) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|_, other| upload.at_ms - other.at_ms < KEPT_MS);
        while waiting.len() >= UPLOADS_MAX {
            waiting.pop_first();
        }
        waiting.insert(id, upload);
    }

    /// Takes an upload, if it is this member's and of this server and still there.
    pub fn take(
        &self,
        id: InteractionId,
        guild: GuildId,
        user: UserId,
        now_ms: i64,
    ) -> Option<Upload> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let is_theirs = |upload: &Upload| upload.guild == guild && upload.user == user;
        waiting.get(&id).filter(|upload| is_theirs(upload))?;
        let upload = waiting.remove(&id)?;
        (now_ms - upload.at_ms < KEPT_MS).then_some(upload)
    }
}
