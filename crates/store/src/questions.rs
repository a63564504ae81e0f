//! How often questions are answered rightly: counted with the reveal, once for each answer, and
//! without members, so that it survives the deletion of a member.

use crate::{Backend, BackupError, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use std::sync::Arc;

/// Questions read at once. A bank of more has few that were answered as often.
pub(super) const COUNTS_MAX: u32 = 100_000;

/// How often one question was answered, over all servers.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuestionCount {
    /// The question's id.
    pub question: String,
    /// Answers that count: those of revealed rounds.
    pub answered: u64,
    /// Those of them that were right.
    pub correct: u64,
}

/// How often the questions in the database at `url` were answered, in order of their ids: reads only,
/// also while a bot runs on it.
///
/// # Errors
/// [`BackupError`] if the database cannot be read, or has not the tables of this version.
pub async fn read_question_counts(url: &str) -> Result<Vec<QuestionCount>, BackupError> {
    if postgres::is_address(url) {
        return postgres::transfer::question_counts(url).await;
    }
    let conn = sqlite::open::existing(url)?;
    Ok(sqlite::questions::counts(&conn, 1)?)
}

impl Store {
    /// The questions that were answered at least so often, in order of their ids; no more than a
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

    /// Those of these questions that were answered, in order of their ids.
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
