//! What a server has the bot do by itself at set times: a quiz, the day's puzzles, the week's
//! board.
//!
//! Pure: it computes when an entry is next due, what becomes of a late one, and the document that
//! the store keeps. A schedule contains nothing about members.

pub mod days;
mod event;
#[cfg(test)]
mod tests;
mod time;

pub use days::Days;
pub use event::{EventState, WhyNoEvent};
pub use time::TimeOfDay;

use crate::bank::{PackList, Subject};
use crate::game::Mode;
use crate::id::{ChannelId, RoleId};
use crate::lang::Lang;
use crate::standing::Zone;
use serde::{Deserialize, Serialize};

/// The most entries of a server.
pub const ENTRIES_MAX: u32 = 20;
/// How late an entry may begin, after a restart or after a game that was still running. A later one
/// is skipped, and the channel is told.
pub const LATE_MAX_MS: i64 = 30 * 60 * 1000;
/// The time between the announcement of a quiz and its first question, so that members have time to
/// come.
pub const GATHER_MS: i64 = 60 * 1000;
/// How long the event of a quiz lasts in Discord, which then ends it by itself: long enough for a
/// quiz that begins late.
pub const EVENT_LASTS_MS: i64 = 60 * 60 * 1000;
/// The same for a quiz with a host.
pub const HOSTED_EVENT_LASTS_MS: i64 = 2 * EVENT_LASTS_MS;
/// How far back to search for the latest of many missed times: far enough that there always is one.
const LOOKED_BACK_MS: i64 = 9 * 24 * 60 * 60 * 1000;
/// How many dates to search for the next time: more than a week, plus one for zones that skipped a
/// day.
const DATES: usize = 10;

/// An entry of a server's schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// What it does.
    pub what: What,
    /// When.
    pub when: When,
    /// In which channel or thread.
    pub channel: ChannelId,
    /// The thread's channel, or the channel's category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<ChannelId>,
    /// Whether it is a place in which no thread can be made: a thread itself, or a voice channel.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_threads: bool,
    /// Whether it is left out of the server's list of events, which every member sees.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_event: bool,
    /// The role that its message mentions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<RoleId>,
    /// The server's language when the entry was added, for its posts if the present one cannot be
    /// found out.
    #[serde(default, skip_serializing_if = "Lang::is_english")]
    pub lang: Lang,
}

/// What an entry does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Plays a quiz.
    Quiz(Quiz),
    /// Posts the links to both puzzles of the day.
    Daily,
    /// Posts the week's leaderboard.
    Weekly,
}

/// The options of a scheduled quiz. Unset ones use the server's settings at the time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Quiz {
    /// The packs; if none is named, the server's.
    #[serde(rename = "pack", skip_serializing_if = "PackList::is_all")]
    pub packs: PackList,
    /// What the questions are about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<Subject>,
    /// How many questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rounds: Option<u16>,
    /// The mode, which must not need a lobby.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
}

/// When an entry is due: on these days at this time, in a time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// On which days of the week.
    pub days: Days,
    /// At which time.
    pub time: TimeOfDay,
    /// In which time zone.
    pub zone: Zone,
}

impl When {
    /// The first time after `after_ms`, in milliseconds since 1970.
    ///
    /// Once on each of its days. If clocks skip the time, it is due as much later as they jump
    /// (02:30 becomes 03:30); if the time occurs twice, the first counts. `None` only at the end of
    /// time.
    #[must_use]
    pub fn next(&self, after_ms: i64) -> Option<i64> {
        // A day that the zone skipped (Samoa, 2011) may move into the next one.
        let first = self.zone.date(after_ms).yesterday().ok()?;
        let dates = first.series(jiff::Span::new().days(1)).take(DATES);
        dates
            .filter(|date| self.days.has(date.weekday()))
            .map(|date| self.zone.moment(date.to_datetime(self.time.into())))
            .find(|at_ms| *at_ms > after_ms)
    }

    /// What to do now about a time that was due, and the next time.
    #[must_use]
    pub fn due(&self, due_ms: i64, now_ms: i64) -> Due {
        // All the missed times count as one: the last of them.
        let mut last_ms = due_ms;
        let mut next_ms = self.next(due_ms);
        if next_ms.is_some_and(|next| next <= now_ms) {
            // Days may have passed, so the search restarts shortly before now.
            let since_ms = now_ms.saturating_sub(LOOKED_BACK_MS).max(due_ms);
            last_ms = since_ms;
            next_ms = self.next(since_ms);
            while let Some(next) = next_ms.filter(|next| *next <= now_ms) {
                last_ms = next;
                next_ms = self.next(next);
            }
        }
        Due {
            at_ms: last_ms,
            next_ms,
            is_too_late: now_ms.saturating_sub(last_ms) > LATE_MAX_MS,
        }
    }
}

/// What is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The latest time that has passed.
    pub at_ms: i64,
    /// The one after it.
    pub next_ms: Option<i64>,
    /// Whether it is too late to start.
    pub is_too_late: bool,
}

/// A stored entry that cannot be read. Only this program writes entries, so something else changed
/// it, or a newer version wrote it.
#[derive(Debug, thiserror::Error)]
#[error("the stored schedule entry cannot be read ({0}); `/schedule remove` removes it")]
pub struct ReadError(serde_json::Error);

impl Entry {
    /// Whether each of its times has an event in the server's list in Discord.
    #[must_use]
    pub fn has_event(&self) -> bool {
        matches!(self.what, What::Quiz(_)) && !self.no_event
    }

    /// The document for the store.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Everything in it can be written as JSON.
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }

    /// The entry in a stored document.
    ///
    /// # Errors
    /// [`ReadError`] if it is not one.
    pub fn read(body: &str) -> Result<Self, ReadError> {
        serde_json::from_str(body).map_err(ReadError)
    }
}

/// What happened at an entry's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It took place, on time or a little late.
    Done,
    /// The bot was offline until it was too late.
    Missed,
    /// Another game was running in the channel for too long.
    Busy,
    /// The quiz has no questions any more.
    NoQuestions,
    /// The server no longer allows quizzes in that channel.
    NotAllowed,
    /// The channel is gone, or closed to the bot.
    Unreachable,
    /// The process ended while posting, so it is unknown whether the message was posted.
    Interrupted,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 7] = [
        Self::Done,
        Self::Missed,
        Self::Busy,
        Self::NoQuestions,
        Self::NotAllowed,
        Self::Unreachable,
        Self::Interrupted,
    ];

    /// The name for storing and logging it.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Missed => "missed",
            Self::Busy => "busy",
            Self::NoQuestions => "no-questions",
            Self::NotAllowed => "not-allowed",
            Self::Unreachable => "unreachable",
            Self::Interrupted => "interrupted",
        }
    }

    /// The outcome stored under this name; `None` if only a newer version knows it.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.key() == key)
    }
}
