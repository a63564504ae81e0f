//! Members' reports of questions.

use heat_core::id::{GuildId, UserId};
use std::collections::BTreeMap;

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
