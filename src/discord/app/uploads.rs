//! Packs that were uploaded and previewed but not stored yet. They stay in memory for a quarter of
//! an hour, so that exactly what was shown is stored.

use heat_core::facts::Pack;
use heat_core::id::{GuildId, InteractionId, UserId};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{AcquireError, Semaphore, SemaphorePermit};

/// How long an upload waits for its member's decision: as long as the buttons below it work.
const KEPT_MS: i64 = 15 * 60 * 1000;
/// How many uploads can wait at once, each of up to a megabyte.
const UPLOADS_MAX: usize = 32;

/// How many packs are checked at once: a check takes a core, and games need the others.
const CHECKS_MAX: usize = 1;

/// A waiting upload.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The server.
    pub guild: GuildId,
    /// The member who uploaded it.
    pub user: UserId,
    /// The pack that was shown.
    pub pack: Arc<Pack>,
    /// When it came, in milliseconds since 1970.
    pub at_ms: i64,
}

/// All waiting uploads, by the id of their interaction.
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
    /// Waits for a turn to check a pack, which lasts until the permit is dropped.
    ///
    /// # Errors
    /// Never: the semaphore is not closed.
    pub async fn turn(&self) -> Result<SemaphorePermit<'_>, AcquireError> {
        self.turns.acquire().await
    }

    /// Stores an upload. The oldest one is dropped if there are too many.
    pub fn keep(&self, id: InteractionId, upload: Upload) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|_, other| upload.at_ms - other.at_ms < KEPT_MS);
        while waiting.len() >= UPLOADS_MAX {
            waiting.pop_first();
        }
        waiting.insert(id, upload);
    }

    /// Takes an upload, if it exists and belongs to this member and server.
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
