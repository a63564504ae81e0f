//! Questions that members write in Discord: not right yet, or suggested.

use crate::postgres::RetryResult;
use crate::{Backend, Store, StoreError, StoredPack, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{GuildId, InteractionId, UserId};
use std::sync::Arc;

/// How long a draft that is not suggested is kept: a day.
pub(crate) const KEPT_MS: i64 = 24 * 60 * 60 * 1_000;
/// Suggestions read at once.
pub(crate) const SUGGESTIONS_MAX: u32 = 100;

/// A question that somebody writes. The store does not read its content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The number of the interaction that brought it.
    pub id: InteractionId,
    /// For which server.
    pub guild: GuildId,
    /// Who wrote it.
    pub author: UserId,
    /// What was written.
    pub body: String,
    /// Whether it waits for a manager's word. If not, it is forgotten after a day.
    pub is_suggested: bool,
    /// Milliseconds since 1970, UTC.
    pub at_ms: i64,
}

/// A change of a server's pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackEdit {
    /// The server.
    pub guild: GuildId,
    /// The pack as it is to be.
    pub pack: StoredPack,
    /// Its body as it was read; none if there was no such pack.
    pub was: Option<String>,
    /// The draft that goes into it, and is one no more.
    pub draft: Option<InteractionId>,
}

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
