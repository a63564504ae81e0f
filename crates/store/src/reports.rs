//! Members' reports of questions.

use crate::postgres::RetryResult;
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{GuildId, UserId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Reported questions on one page.
pub const REPORTED_PAGE_ROWS: u32 = 4;
/// Notes read for one question, newest first.
pub(super) const NOTES_MAX: u32 = 5;
/// The most reported questions read for one server. Reaching it would take thousands of members.
pub(super) const REPORTED_MAX: u32 = 10_000;

/// One member's report of one question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The server.
    pub guild: GuildId,
    /// The question's id.
    pub question: String,
    /// Who reported it.
    pub member: UserId,
    /// The reason, as a code chosen by the caller.
    pub reason: String,
    /// In their own words; may be empty.
    pub note: String,
    /// Milliseconds since 1970, UTC.
    pub at_ms: i64,
}

/// A question with its reports from one server.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportedQuestion {
    /// Its id.
    pub question: String,
    /// How many members reported it.
    pub members: u32,
    /// When the newest report came.
    pub newest_ms: i64,
    /// How many reports give each reason.
    pub reasons: BTreeMap<String, u32>,
    /// The newest notes, newest first.
    pub notes: Vec<String>,
}

/// A page of a server's reported questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportPage {
    /// Most reported first; among equals, the latest reported.
    pub questions: Vec<ReportedQuestion>,
    /// Which page, from 0.
    pub page: u32,
    /// How many pages there are.
    pub pages: u32,
    /// How many questions are reported.
    pub all: u64,
}

impl ReportPage {
    pub(super) fn new(page: u32, all: u64, questions: Vec<ReportedQuestion>) -> Self {
        let pages = all.div_ceil(u64::from(REPORTED_PAGE_ROWS));
        Self {
            questions,
            page,
            pages: u32::try_from(pages).unwrap_or(u32::MAX),
            all,
        }
    }
}

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

    /// One page of a server's reported questions, counted from 0, [`REPORTED_PAGE_ROWS`] each. A
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
    pub async fn resting(
        &self,
        guild: GuildId,
        among: Vec<String>,
        members: u32,
    ) -> Result<BTreeSet<String>, StoreError> {
        let among = Arc::new(among);
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::reports::resting(conn, guild, &among, members))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| {
                    postgres::reports::resting(conn, guild, Arc::clone(&among), members).boxed()
                })
                .await
            }
        }
    }
}
