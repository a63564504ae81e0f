//! Settings of servers, read when first needed and cached for a while.

use super::guild_cache::GuildCache;
use heat_core::id::GuildId;
use heat_core::settings::{self, ServerSettings};
use heat_store::{Store, StoreError};
use std::sync::Arc;

/// For how many servers they are cached. Most have no settings, and all of those share one value.
const KEPT_MAX: usize = 10_000;

/// The settings of servers.
pub struct GuildSettings {
    cache: GuildCache<ServerSettings>,
    /// Locked while settings are read, changed and stored, so that neither of two simultaneous
    /// changes is lost.
    changing: tokio::sync::Mutex<()>,
    nothing_settled: Arc<ServerSettings>,
}

impl Default for GuildSettings {
    fn default() -> Self {
        Self {
            cache: GuildCache::new(KEPT_MAX),
            changing: tokio::sync::Mutex::default(),
            nothing_settled: Arc::default(),
        }
    }
}

/// Settings before and after a change.
pub struct Change {
    /// The settings before.
    pub before: Arc<ServerSettings>,
    /// The settings after.
    pub after: Arc<ServerSettings>,
}

impl GuildSettings {
    /// A server's settings; the defaults in a direct message.
    ///
    /// # Errors
    /// If they cannot be read.
    pub async fn of(
        &self,
        store: &Store,
        guild: Option<GuildId>,
        now_ms: i64,
    ) -> Result<Arc<ServerSettings>, StoreError> {
        let Some(guild) = guild else {
            return Ok(Arc::clone(&self.nothing_settled));
        };
        let read = async |_| self.read(store, guild).await;
        self.cache.get(guild, now_ms, |_| true, read).await
    }

    /// Changes a server's settings. The change is in force when this returns.
    ///
    /// # Errors
    /// If they cannot be stored; the old ones stay.
    pub async fn change(
        &self,
        store: &Store,
        guild: GuildId,
        now_ms: i64,
        change: impl FnOnce(&mut ServerSettings),
    ) -> Result<Change, StoreError> {
        let _turn = self.changing.lock().await;
        let before = self.read(store, guild).await?;
        let mut after = ServerSettings::clone(&before);
        change(&mut after);
        let after = Arc::new(after);
        if let Err(error) = store.put_settings(guild, &after.to_json()).await {
            // The store may have accepted it without being able to confirm.
            self.cache.changed(guild);
            return Err(error);
        }
        self.cache.changed_to(guild, Arc::clone(&after), now_ms);
        Ok(Change { before, after })
    }

    async fn read(&self, store: &Store, guild: GuildId) -> Result<Arc<ServerSettings>, StoreError> {
        let Some(body) = store.settings(guild).await? else {
            return Ok(Arc::clone(&self.nothing_settled));
        };
        Ok(match settings::read(&body) {
            Ok(settings) => Arc::new(settings),
            Err(error) => {
                tracing::warn!(guild_id = guild.0, %error, "settings.unreadable");
                Arc::clone(&self.nothing_settled)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::super::guild_cache::FRESH_MS;
    use super::*;

    #[tokio::test]
    async fn a_change_applies_at_once_and_another_processs_within_a_minute() {
        let store = Store::open("sqlite::memory:").unwrap();
        let (here, elsewhere) = (GuildSettings::default(), GuildSettings::default());
        let rounds = async |known: &GuildSettings, guild: Option<u64>, now_ms| {
            known
                .of(&store, guild.map(GuildId), now_ms)
                .await
                .unwrap()
                .rounds()
        };
        assert_eq!(rounds(&here, Some(1), 0).await, 10);
        assert_eq!(rounds(&elsewhere, Some(1), 0).await, 10);
        let change = here
            .change(&store, GuildId(1), 0, |s| s.rounds = Some(15))
            .await;
        let change = change.unwrap();
        assert_eq!((change.before.rounds(), change.after.rounds()), (10, 15));
        assert_eq!(rounds(&here, Some(1), 1).await, 15);
        assert_eq!(rounds(&elsewhere, Some(1), FRESH_MS - 1).await, 10);
        assert_eq!(rounds(&elsewhere, Some(1), FRESH_MS).await, 15);
        assert_eq!(rounds(&here, Some(2), 1).await, 10, "another server");
        assert_eq!(rounds(&here, None, 1).await, 10, "a direct message");
        // A change is based on the stored settings, not the cached ones.
        elsewhere
            .change(&store, GuildId(1), 0, |s| s.seconds = Some(30))
            .await
            .unwrap();
        let after = here
            .change(&store, GuildId(1), 2, |s| s.rounds = None)
            .await;
        assert_eq!(after.unwrap().after.seconds(), 30);
    }

    #[tokio::test]
    async fn an_unstored_change_has_no_effect_and_a_broken_row_counts_as_defaults() {
        let store = Store::open("sqlite::memory:").unwrap();
        let known = GuildSettings::default();
        store.put_settings(GuildId(1), "][").await.unwrap();
        assert_eq!(
            known
                .of(&store, Some(GuildId(1)), 0)
                .await
                .unwrap()
                .rounds(),
            10
        );
        let change = known.change(&store, GuildId(1), 0, |s| s.rounds = Some(15));
        assert_eq!(change.await.unwrap().after.rounds(), 15);
        store.clone().close().await.unwrap();
        let change = known.change(&store, GuildId(1), 0, |s| s.rounds = Some(20));
        assert!(change.await.is_err());
    }
}
