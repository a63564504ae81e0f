//! Standings: a leaderboard's scope, its rows, and a player's record.
//!
//! Pure types shared by the store, which keeps the standings, and the view, which shows them.
//! Nothing here counts or sorts; [`badge`] derives badges from a record.

pub mod badge;
mod zone;

pub use badge::Badge;
pub use zone::{Zone, offset_meant};

use crate::id::{GuildId, UserId};
use std::collections::BTreeMap;

/// Which players a board compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Those who played in one server.
    Guild(GuildId),
    /// All players everywhere.
    Global,
}

/// Which answers a board counts, by the time of the click: in the server's zone, or in UTC on a
/// global board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// Since midnight.
    Day,
    /// Since Monday (ISO 8601 weeks).
    Week,
    /// Since the first of the month.
    Month,
    /// Since the first game.
    All,
}

impl Period {
    /// All periods, shortest first.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::All];

    /// The value of the command's option, also used in buttons and files: part of the contract,
    /// never changed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "today",
            Self::Week => "week",
            Self::Month => "month",
            Self::All => "all",
        }
    }

    /// The period with that [`Self::name`].
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.name() == name)
    }
}

/// One board at one time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Board {
    /// Its scope.
    pub scope: Scope,
    /// Its period.
    pub period: Period,
    /// A moment in the period, in Unix milliseconds: it decides which day, week or month is shown.
    pub now_ms: i64,
    /// The time zone of that period, on a server's board.
    pub zone: Zone,
}

/// One player on a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// 1 for the best; ties share a rank (1, 1, 3).
    pub rank: u64,
    /// The player.
    pub user: UserId,
    /// Sum of points.
    pub points: u64,
    /// Right answers.
    pub correct: u64,
    /// Answers.
    pub answered: u64,
}

/// A player's record over all their games, everywhere.
///
/// An answer counts from the moment its round is revealed, as on every board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Games in which they answered at least once.
    pub games: u64,
    /// Answers.
    pub answered: u64,
    /// Right ones.
    pub correct: u64,
    /// The current run of right answers: those after the last wrong one, in the order given, over
    /// all games and modes. A question without an answer neither lengthens nor breaks a run.
    pub streak: u64,
    /// The longest such run ever.
    pub streak_best: u64,
    /// The median time of right answers in milliseconds; if there are two middle ones, the quicker.
    pub typical_ms: Option<u32>,
    /// The fastest right answer, in milliseconds.
    pub fastest_ms: Option<u32>,
    /// Finished games with two players or more in which they scored and nobody had more points.
    pub wins: u64,
    /// Games in which they gave ten answers or more, all right.
    pub perfect_games: u64,
    /// The longest run of right answers that took at most three seconds each.
    pub quick_row_best: u64,
    /// Answers by the question's topic at the time.
    pub topics: BTreeMap<String, Share>,
}

/// How many answers, and how many of them were right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// Answers.
    pub answered: u64,
    /// Right ones.
    pub correct: u64,
}

/// Players on one page of a board.
pub const PAGE_ROWS: u32 = 10;

/// A page of a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardPage {
    /// Best first; players with equal points by id.
    pub rows: Vec<Standing>,
    /// Which page, from 0.
    pub page: u32,
    /// How many pages the board has; 0 if it is empty.
    pub pages: u32,
    /// How many players it has.
    pub players: u64,
}
