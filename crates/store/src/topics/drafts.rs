//! Questions that members write in Discord: not right yet, or suggested.

use crate::drafts::{Draft, PackEdit};
use crate::postgres::RetryResult;
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{GuildId, InteractionId};
use std::sync::Arc;

impl Store {
    /// Keeps a draft, replacing the one of its number, unless its author has as many suggestions
    /// waiting in the server as `suggestions_max`. Tells whether it is there now. Old drafts that
    /// are no suggestions are forgotten.
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

    /// What members of a server suggest, the oldest first: at most a hundred.
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

    /// Forgets a server's draft. Tells whether it was there.
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

    /// Changes a pack that is as it was read, and takes the draft that went into it away, both or
    /// neither. False if the pack is another one by now: read it again.
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
