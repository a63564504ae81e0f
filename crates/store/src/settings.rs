//! What servers have settled, each as one document.

use crate::postgres::Told;
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use std::sync::Arc;

impl Store {
    /// What a server has settled, as it was last put; none if it never was. The store does not
    /// read it.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn settings(&self, guild: u64) -> Result<Option<String>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => db.read(move |conn| sqlite::settings::of(conn, guild)).await,
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::settings::of(conn, guild).boxed())
                    .await
            }
        }
    }

    /// Stores what a server has settled, in place of what was there.
    ///
    /// # Errors
    /// If the database cannot be written; what was there stays.
    pub async fn put_settings(&self, guild: u64, body: &str) -> Result<(), StoreError> {
        let body: Arc<str> = body.into();
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::settings::put(conn, guild, &body))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(Told::ByLast, move |conn| {
                    postgres::settings::put(conn, guild, Arc::clone(&body)).boxed()
                })
                .await
            }
        }
    }
}
