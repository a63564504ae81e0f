//! How often questions are answered correctly. Each answer is counted once, when its round is
//! revealed, and without the member, so that the counts survive a member's deletion.

use crate::questions::QuestionCount;
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use std::sync::Arc;

impl Store {
    /// The questions that were answered at least this often, in order of their ids; at most a
    /// hundred thousand.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn question_counts(&self, least: u32) -> Result<Vec<QuestionCount>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::questions::counts(conn, least))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::questions::counts(conn, least).boxed())
                    .await
            }
        }
    }

    /// Those of these questions that have been answered, in order of their ids.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn counts_of(&self, among: Vec<String>) -> Result<Vec<QuestionCount>, StoreError> {
        let among = Arc::new(among);
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::questions::counts_of(conn, &among))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| {
                    postgres::questions::counts_of(conn, Arc::clone(&among)).boxed()
                })
                .await
            }
        }
    }
}
