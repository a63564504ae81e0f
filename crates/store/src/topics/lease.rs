//! Which process plays which shards' games, and when it may connect.

use crate::{Backend, Store, StoreError};
use heat_core::shard::ShardRange;
use std::time::Instant;

impl Store {
    /// Claims the games of `shards` for this store until it is closed. Call it once, before
    /// [`Store::live_games`].
    ///
    /// No two live processes own a shard at once. A process that died without closing keeps its
    /// shards for some ten seconds, and this waits for them. If a process was only cut off or
    /// paused and another claimed its shards meanwhile, it can store nothing more: each of its
    /// writes fails with [`StoreError::LeaseLost`].
    ///
    /// A `SQLite` file belongs to one process, so there this always succeeds. Tools and tests that
    /// play no games may write without claiming anything.
    ///
    /// # Errors
    /// [`StoreError::ShardsTaken`] if another live process owns one of them, or uses another total;
    /// other errors if the database cannot be used.
    pub async fn claim(&self, shards: ShardRange) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(_) => Ok(()),
            Backend::Postgres(store) => store.claim(shards).await,
        }
    }

    /// Reserves times for `shards` to identify to Discord, so that none comes too close to another
    /// process's. Returns when the first may begin to connect, or none if there is nothing to wait
    /// for. The others follow as [`heat_core::shard::turns`] says.
    ///
    /// Call it after [`Store::claim`], just before connecting. It replaces earlier reservations of
    /// these shards and of processes that died or closed. `max_concurrency` is the value Discord
    /// gives.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] if another process has claimed the shards; other errors if the
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

    /// Checks that no other process has taken over this one's shards. Await it before posting
    /// anything for a game: a process that was paused or cut off does not notice by itself that
    /// another one now plays its games.
    ///
    /// Costs nothing while the lease is valid by this process's own clock, which is nearly always;
    /// otherwise it asks the server.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`] if another process has them: post nothing. On any other error the
    /// database cannot be asked, so another process may have them.
    pub async fn hold(&self) -> Result<(), StoreError> {
        match &self.0 {
            // A file belongs to one process.
            Backend::Sqlite(_) => Ok(()),
            Backend::Postgres(db) => db.hold().await,
        }
    }

    /// Whether this process knows that another has taken over its shards.
    #[must_use]
    pub fn is_replaced(&self) -> bool {
        match &self.0 {
            Backend::Sqlite(_) => false,
            Backend::Postgres(db) => db.is_replaced(),
        }
    }

    /// Waits until another process takes over the claimed shards, which rarely happens. This
    /// process must then stop.
    pub async fn lease_lost(&self) {
        match &self.0 {
            Backend::Sqlite(_) => std::future::pending().await,
            Backend::Postgres(store) => store.lease_lost().await,
        }
    }
}
