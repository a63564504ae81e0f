//! What servers have scheduled, one document per entry, and which of their times have been started.
//!
//! A time is started before anything is posted, and settled afterwards. So each happens once, and
//! after a crash in between the next process knows that it was started.

use crate::postgres::RetryResult;
use crate::schedule::{NewEntry, Settled, StoredEntry};
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{EntryId, GuildId};
use heat_core::shard::ShardRange;

impl Store {
    /// Adds an entry, unless its server already has the maximum. Returns whether it is stored now.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn add_entry(&self, entry: NewEntry) -> Result<bool, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::schedule::add(conn, &entry))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::schedule::add(conn, entry.clone()).boxed()
                })
                .await
            }
        }
    }

    /// A server's entries, in order of their due times.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn entries(&self, guild: GuildId) -> Result<Vec<StoredEntry>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => db.read(move |conn| sqlite::schedule::of(conn, guild)).await,
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::schedule::of(conn, guild).boxed())
                    .await
            }
        }
    }

    /// Removes an entry from a server's schedule. Returns whether it existed.
    ///
    /// # Errors
    /// If the database cannot be written; then it stays.
    pub async fn remove_entry(&self, guild: GuildId, id: EntryId) -> Result<bool, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::schedule::remove(conn, guild, id))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfFirst, move |conn| {
                    postgres::schedule::remove(conn, guild, id).boxed()
                })
                .await
            }
        }
    }

    /// Due entries of servers of these shards, longest overdue first; at most five hundred.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn due_entries(
        &self,
        shards: ShardRange,
        now_ms: i64,
    ) -> Result<Vec<StoredEntry>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::schedule::due(conn, shards, now_ms))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::schedule::due(conn, shards, now_ms).boxed())
                    .await
            }
        }
    }

    /// Starts a time of an entry. Returns when it was first started: now, or before a crash. `None`
    /// if the entry is gone or the time is settled; then there is nothing to do.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn begin_run(
        &self,
        id: EntryId,
        due_at_ms: i64,
        now_ms: i64,
    ) -> Result<Option<i64>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::schedule::begin(conn, id, due_at_ms, now_ms))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::schedule::begin(conn, id, due_at_ms, now_ms).boxed()
                })
                .await
            }
        }
    }

    /// Settles a time that was started, and plans the next one. Repeating it changes nothing.
    ///
    /// # Errors
    /// If the database cannot be written; then the time is still open.
    pub async fn settle_run(&self, settled: Settled) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::schedule::settle(conn, &settled))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::schedule::settle(conn, settled.clone()).boxed()
                })
                .await
            }
        }
    }
}
