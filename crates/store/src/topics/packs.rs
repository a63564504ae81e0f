//! Servers' own question packs.

use crate::packs::{REMOVED_KEPT_MS, StoredPack};
use crate::postgres::RetryResult;
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::GuildId;
use std::sync::Arc;

impl Store {
    /// A server's own packs, in the order they were added.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn packs(&self, guild: GuildId) -> Result<Vec<StoredPack>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => db.read(move |conn| sqlite::packs::all(conn, guild)).await,
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::packs::all(conn, guild).boxed())
                    .await
            }
        }
    }

    /// A server's removed packs that can be restored.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn removed_packs(&self, guild: GuildId) -> Result<Vec<StoredPack>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::packs::removed(conn, guild))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::packs::removed(conn, guild).boxed())
                    .await
            }
        }
    }

    /// Stores a server's pack, replacing one with the same id.
    ///
    /// # Errors
    /// If the database cannot be written; the earlier one stays.
    pub async fn put_pack(&self, guild: GuildId, pack: StoredPack) -> Result<(), StoreError> {
        let pack = Arc::new(pack);
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::packs::put(conn, guild, &pack))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::packs::put(conn, guild, Arc::clone(&pack)).boxed()
                })
                .await
            }
        }
    }

    /// Removes a server's pack. It can be restored for [`REMOVED_KEPT_MS`]. Returns whether it
    /// existed.
    ///
    /// # Errors
    /// If the database cannot be written; the pack stays.
    pub async fn remove_pack(
        &self,
        guild: GuildId,
        id: &str,
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        let id: Arc<str> = id.into();
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::packs::remove(conn, guild, &id, now_ms))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfFirst, move |conn| {
                    postgres::packs::remove(conn, guild, Arc::clone(&id), now_ms).boxed()
                })
                .await
            }
        }
    }

    /// Restores a removed pack. Returns whether it exists now.
    ///
    /// # Errors
    /// If the database cannot be written; the pack stays removed.
    pub async fn restore_pack(&self, guild: GuildId, id: &str) -> Result<bool, StoreError> {
        let id: Arc<str> = id.into();
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::packs::restore(conn, guild, &id))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::packs::restore(conn, guild, Arc::clone(&id)).boxed()
                })
                .await
            }
        }
    }

    /// Deletes the packs of all servers that were removed longer than [`REMOVED_KEPT_MS`] ago.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn purge_packs(&self, now_ms: i64) -> Result<(), StoreError> {
        let before_ms = now_ms - REMOVED_KEPT_MS;
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::packs::purge(conn, before_ms))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::packs::purge(conn, before_ms).boxed()
                })
                .await
            }
        }
    }
}
