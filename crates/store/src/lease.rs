//! Which process plays the games of which shards, and when it may connect.

use crate::{Backend, Store, StoreError};
use heat_core::shard::ShardRange;
use std::time::Instant;

impl Store {
    /// Makes the games of `shards` this store's own until it is closed. To be called once, before
    /// [`Store::live_games`] is asked for them.
    ///
    /// No two live processes own a shard at once. A process that died without closing keeps its
    /// shards for some ten seconds more, and this waits for them. A process that was merely cut
    /// off or paused so long that its shards were claimed by another can store nothing more: each
    /// of its writes fails with [`StoreError::LeaseLost`].
    ///
    /// A `SQLite` file belongs to one process as a whole, so there this always succeeds. A store
    /// that claims nothing may write all the same, for tools and tests that play no games.
    ///
    /// # Errors
    /// [`StoreError::ShardsTaken`] if another live process has one of them, or parts the games
    /// into another total; otherwise if the database cannot be used.
    pub async fn claim(&self, shards: ShardRange) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(_) => Ok(()),
            Backend::Postgres(store) => store.claim(shards).await,
        }
    }

    /// Takes turns for `shards` to identify to Discord, so that none of them is too near to one of
    /// another process, and returns when the first of them may begin to connect; none if there is
    /// nobody to wait for. The others follow as [`heat_core::shard::turns`] says.
    ///
    /// To be called after [`Store::claim`] and just before connecting. Turns that were taken for
    /// these shards before, and are still to come, are given up; so are those of a process that
    /// has died or was closed. `max_concurrency` is what Discord tells.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] if the shards were claimed by another process; otherwise if the
    /// database cannot be written.
    pub async fn take_turns(
        &self,
        shards: ShardRange,
        max_concurrency: u32,
    ) -> Result<Option<Instant>, StoreError> {
        match &self.0 {
            // A file belongs to one process.
            Backend::Sqlite(_) => Ok(None),
            Backend::Postgres(store) => store.take_turns(shards, max_concurrency).await.map(Some),
        }
    }

    /// Makes sure that no other process has taken over what this one claimed. To be awaited before
    /// anything is said in the name of the games: a process that was paused or cut off goes on as if
    /// nothing had happened, while another one plays them.
    ///
    /// Costs nothing as long as the lease runs by this process's own clock, which is nearly always;
    /// else the server is asked, and as long as that takes.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] if another process has them: say nothing. Any other means that the
    /// database cannot be asked, so that another process may have them.
    pub async fn hold(&self) -> Result<(), StoreError> {
        match &self.0 {
            // A file belongs to one process.
            Backend::Sqlite(_) => Ok(()),
            Backend::Postgres(db) => db.hold().await,
        }
    }

    /// Whether this process knows that another one has taken over what it claimed.
    #[must_use]
    pub fn is_replaced(&self) -> bool {
        match &self.0 {
            Backend::Sqlite(_) => false,
            Backend::Postgres(db) => db.is_replaced(),
        }
    }

    /// Waits until what was claimed is lost to another process, which most never do. There is
    /// nothing left to do then but to stop.
    pub async fn lease_lost(&self) {
        match &self.0 {
            Backend::Sqlite(_) => std::future::pending().await,
            Backend::Postgres(store) => store.lease_lost().await,
        }
    }
}
