//! Server settings, one document per server.

use crate::postgres::RetryResult;
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::GuildId;
use std::sync::Arc;

impl Store {
    /// A server's settings as last stored, if any. The store does not read them.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn settings(&self, guild: GuildId) -> Result<Option<String>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => db.read(move |conn| sqlite::settings::of(conn, guild)).await,
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::settings::of(conn, guild).boxed())
                    .await
            }
        }
    }

    /// Stores a server's settings, replacing the old ones.
    ///
    /// # Errors
    /// If the database cannot be written; the old settings stay.
    pub async fn put_settings(&self, guild: GuildId, body: &str) -> Result<(), StoreError> {
        let body: Arc<str> = body.into();
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::settings::put(conn, guild, &body))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::settings::put(conn, guild, Arc::clone(&body)).boxed()
                })
                .await
            }
        }
    }
}
