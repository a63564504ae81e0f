//! Questions that members write in Discord: still being corrected, or suggested.

use crate::drafts::{Draft, PackEdit};
use crate::postgres::RetryResult;
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{GuildId, InteractionId};
use std::sync::Arc;

impl Store {
    /// Stores a draft, replacing one with the same id, unless its author already has
    /// `suggestions_max` suggestions waiting in the server. Returns whether it is stored now.
    /// Deletes old drafts that were not suggested.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn put_draft(&self, draft: Draft, suggestions_max: u32) -> Result<bool, StoreError> {
        let draft = Arc::new(draft);
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::drafts::put(conn, &draft, suggestions_max))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::drafts::put(conn, Arc::clone(&draft), suggestions_max).boxed()
                })
                .await
            }
        }
    }

    /// A server's draft.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn draft(
        &self,
        guild: GuildId,
        id: InteractionId,
    ) -> Result<Option<Draft>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::drafts::of(conn, guild, id))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::drafts::of(conn, guild, id).boxed())
                    .await
            }
        }
    }

    /// The suggestions of a server's members, oldest first; at most a hundred.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn suggestions(&self, guild: GuildId) -> Result<Vec<Draft>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::drafts::suggested(conn, guild))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::drafts::suggested(conn, guild).boxed())
                    .await
            }
        }
    }

    /// Deletes a server's draft. Returns whether it existed.
    ///
    /// # Errors
    /// If the database cannot be written; the draft stays.
    pub async fn remove_draft(
        &self,
        guild: GuildId,
        id: InteractionId,
    ) -> Result<bool, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::drafts::remove(conn, guild, id))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfFirst, move |conn| {
                    postgres::drafts::remove(conn, guild, id).boxed()
                })
                .await
            }
        }
    }

    /// Changes a pack if it has not changed since it was read, and deletes the draft that went into
    /// it: both or neither. False if the pack has changed; read it again.
    ///
    /// # Errors
    /// If the database cannot be written; pack and draft stay.
    pub async fn edit_pack(&self, edit: PackEdit) -> Result<bool, StoreError> {
        let edit = Arc::new(edit);
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::drafts::edit(conn, &edit))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::drafts::edit(conn, Arc::clone(&edit)).boxed()
                })
                .await
            }
        }
    }
}
