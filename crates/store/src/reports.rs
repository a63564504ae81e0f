//! Reports of questions, as plain rows, and the arithmetic of their pages.

use std::collections::BTreeMap;

/// Reported questions on one page.
pub const REPORTED_PAGE_ROWS: u32 = 4;
/// Notes read of one question: the newest.
pub(super) const NOTES_MAX: u32 = 5;
/// Reported questions of one server that can be named at once. More would take thousands of
/// members at work.
pub(super) const REPORTED_MAX: u32 = 10_000;

/// What one member says is wrong with one question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The server.
    pub guild: u64,
    /// The question's id.
    pub question: String,
    /// Who says so.
    pub member: u64,
    /// Why, in one word of the caller's.
    pub reason: String,
    /// In their own words; may be empty.
    pub note: String,
    /// Milliseconds since 1970, UTC.
    pub at_ms: i64,
}

/// A question with what a server's members say of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportedQuestion {
    /// Its id.
    pub question: String,
    /// How many members say so.
    pub members: u32,
    /// When the newest report came.
    pub newest_ms: i64,
    /// How many give each reason.
    pub reasons: BTreeMap<String, u32>,
    /// The newest notes, newest first.
    pub notes: Vec<String>,
}

/// A page of a server's reported questions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportPage {
    /// Most reported first; of as many reports the latest reported.
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
