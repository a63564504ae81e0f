//! Members' reports of questions.

use crate::postgres::RetryResult;
use crate::reports::{Report, ReportPage};
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::GuildId;
use std::collections::BTreeSet;
use std::sync::Arc;

impl Store {
    /// Stores a member's report of a question, replacing their earlier one.
    ///
    /// # Errors
    /// If the database cannot be written; the earlier one stays.
    pub async fn put_report(&self, report: Report) -> Result<(), StoreError> {
        let report = Arc::new(report);
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::reports::put(conn, &report))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::reports::put(conn, Arc::clone(&report)).boxed()
                })
                .await
            }
        }
    }

    /// Deletes a server's reports of a question that came up to `until_ms`, so that newer ones are
    /// still seen. Returns whether there were any.
    ///
    /// # Errors
    /// If the database cannot be written; the reports stay.
    pub async fn dismiss_reports(
        &self,
        guild: GuildId,
        question: &str,
        until_ms: i64,
    ) -> Result<bool, StoreError> {
        let question: Arc<str> = question.into();
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::reports::dismiss(conn, guild, &question, until_ms))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfFirst, move |conn| {
                    postgres::reports::dismiss(conn, guild, Arc::clone(&question), until_ms).boxed()
                })
                .await
            }
        }
    }

    /// One page of a server's reported questions, counted from 0, [`crate::REPORTED_PAGE_ROWS`] each. A
    /// page past the end is empty.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn reports(&self, guild: GuildId, page: u32) -> Result<ReportPage, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::reports::page(conn, guild, page))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::reports::page(conn, guild, page).boxed())
                    .await
            }
        }
    }

    /// The ids of a server's reported questions, in order; no more than ten thousand.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn reported_questions(&self, guild: GuildId) -> Result<Vec<String>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::reports::reported(conn, guild))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::reports::reported(conn, guild).boxed())
                    .await
            }
        }
    }

    /// Those of these questions that at least that many members of a server have reported.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn hidden_questions(
        &self,
        guild: GuildId,
        among: Vec<String>,
        members: u32,
    ) -> Result<BTreeSet<String>, StoreError> {
        let among = Arc::new(among);
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::reports::hidden_questions(conn, guild, &among, members))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| {
                    postgres::reports::hidden_questions(conn, guild, Arc::clone(&among), members)
                        .boxed()
                })
                .await
            }
        }
    }
}
