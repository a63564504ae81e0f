//! What servers have settled, read when it is first needed and kept for a while.

use heat_core::settings::{self, ServerSettings};
use heat_store::{Store, StoreError};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How long settings are taken as they were read: another process may have changed them.
const FRESH_MS: i64 = 60_000;
/// Servers kept at once. Most have settled nothing, and all of those share one value.
const KEPT_MAX: usize = 10_000;

/// The settings of servers.
#[derive(Default)]
pub struct GuildSettings {
    known: Mutex<Known>,
    /// Held while settings are read, changed and stored, so that of two changes at once neither is
    /// lost.
    changing: tokio::sync::Mutex<()>,
    nothing_settled: Arc<ServerSettings>,
}

#[derive(Default)]
struct Known {
    servers: HashMap<u64, Read>,
    /// Counts changes, so that what was read before one is not kept after it.
    changes: u64,
}

struct Read {
    settings: Arc<ServerSettings>,
    at_ms: i64,
}

/// Settings before and after a change.
pub struct Change {
    /// As they were.
    pub before: Arc<ServerSettings>,
    /// As they are now.
    pub after: Arc<ServerSettings>,
}

impl GuildSettings {
    /// What a server has settled; nothing in a direct message.
    ///
    /// # Errors
    /// If it cannot be read.
    pub async fn of(
        &self,
        store: &Store,
        guild: Option<u64>,
        now_ms: i64,
    ) -> Result<Arc<ServerSettings>, StoreError> {
        let Some(guild) = guild else {
            return Ok(Arc::clone(&self.nothing_settled));
        };
        let changes = {
            let known = self.lock();
            let read = known.servers.get(&guild);
            if let Some(read) = read.filter(|read| now_ms - read.at_ms < FRESH_MS) {
                return Ok(Arc::clone(&read.settings));
            }
            known.changes
        };
        let settings = self.read(store, guild).await?;
        let mut known = self.lock();
        if known.changes == changes {
            known.keep(guild, &settings, now_ms);
        }
        Ok(settings)
    }

    /// Changes what a server has settled. It holds from the return of this on.
    ///
    /// # Errors
    /// If it cannot be stored; then it stays as it was.
    pub async fn change(
        &self,
        store: &Store,
        guild: u64,
        now_ms: i64,
        change: impl FnOnce(&mut ServerSettings),
    ) -> Result<Change, StoreError> {
        let _turn = self.changing.lock().await;
        let before = self.read(store, guild).await?;
        let mut after = ServerSettings::clone(&before);
        change(&mut after);
        let after = Arc::new(after);
        let stored = store.put_settings(guild, &after.to_json()).await;
        let mut known = self.lock();
        known.changes += 1;
        // Should the store have taken it and not been able to say so, it is read again.
        known.servers.remove(&guild);
        stored?;
        known.keep(guild, &after, now_ms);
        Ok(Change { before, after })
    }

    async fn read(&self, store: &Store, guild: u64) -> Result<Arc<ServerSettings>, StoreError> {
        let Some(body) = store.settings(guild).await? else {
            return Ok(Arc::clone(&self.nothing_settled));
        };
        Ok(match settings::read(&body) {
            Ok(settings) => Arc::new(settings),
            Err(error) => {
                tracing::warn!(guild_id = guild, %error, "settings.unreadable");
                Arc::clone(&self.nothing_settled)
            }
        })
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn keep(&mut self, guild: u64, settings: &Arc<ServerSettings>, now_ms: i64) {
        if self.servers.len() >= KEPT_MAX {
            self.servers
                .retain(|_, read| now_ms - read.at_ms < FRESH_MS);
        }
        if self.servers.len() >= KEPT_MAX {
            self.servers.clear();
        }
        let read = Read {
            settings: Arc::clone(settings),
            at_ms: now_ms,
        };
        self.servers.insert(guild, read);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::*;

    #[tokio::test]
    async fn a_change_holds_at_once_and_anothers_change_within_a_minute() {
        let store = Store::open("sqlite::memory:").unwrap();
        let (here, elsewhere) = (GuildSettings::default(), GuildSettings::default());
        let rounds = async |known: &GuildSettings, guild, now_ms| {
            known.of(&store, guild, now_ms).await.unwrap().rounds()
        };
        assert_eq!(rounds(&here, Some(1), 0).await, 10);
        assert_eq!(rounds(&elsewhere, Some(1), 0).await, 10);
        let change = here.change(&store, 1, 0, |s| s.rounds = Some(15)).await;
        let change = change.unwrap();
        assert_eq!((change.before.rounds(), change.after.rounds()), (10, 15));
        assert_eq!(rounds(&here, Some(1), 1).await, 15);
        assert_eq!(rounds(&elsewhere, Some(1), FRESH_MS - 1).await, 10);
        assert_eq!(rounds(&elsewhere, Some(1), FRESH_MS).await, 15);
        assert_eq!(rounds(&here, Some(2), 1).await, 10, "another server");
        assert_eq!(rounds(&here, None, 1).await, 10, "a direct message");
        // A change goes out from what is stored, not from what is remembered.
        elsewhere
            .change(&store, 1, 0, |s| s.seconds = Some(30))
            .await
            .unwrap();
        let after = here.change(&store, 1, 2, |s| s.rounds = None).await;
        assert_eq!(after.unwrap().after.seconds(), 30);
    }

    #[tokio::test]
    async fn a_change_that_is_not_stored_does_not_hold_and_a_broken_row_counts_as_none() {
        let store = Store::open("sqlite::memory:").unwrap();
        let known = GuildSettings::default();
        store.put_settings(1, "][").await.unwrap();
        assert_eq!(known.of(&store, Some(1), 0).await.unwrap().rounds(), 10);
        let change = known.change(&store, 1, 0, |s| s.rounds = Some(15));
        assert_eq!(change.await.unwrap().after.rounds(), 15);
        store.clone().close().await.unwrap();
        let change = known.change(&store, 1, 0, |s| s.rounds = Some(20));
        assert!(change.await.is_err());
    }

    #[tokio::test]
    async fn no_more_servers_are_kept_than_there_is_room_for() {
        let store = Store::open("sqlite::memory:").unwrap();
        let known = GuildSettings::default();
        let settings = Arc::clone(&known.nothing_settled);
        for guild in 0..=(KEPT_MAX as u64) {
            known.lock().keep(guild, &settings, 0);
        }
        assert!(known.lock().servers.len() <= KEPT_MAX);
        assert_eq!(known.of(&store, Some(3), 0).await.unwrap().rounds(), 10);
    }
}
