//! Standings: what a leaderboard is of, what stands on it, and what one player did.
//!
//! Pure vocabulary shared by the store, which keeps the standings, and the view, which shows
//! them. Nothing here counts or sorts anything.

mod zone;

pub use zone::{Zone, offset_meant};

use std::collections::BTreeMap;

/// Which players a board compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Those who played in one server.
    Guild(u64),
    /// Everybody, everywhere.
    Global,
}

/// Which answers a board counts, by the time of the click: in the zone of the server, or in UTC on
/// a board of everybody.
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

    /// The value of the command's option, also in buttons and files: part of the contract, never
    /// worded otherwise.
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
    /// Whose.
    pub scope: Scope,
    /// Over which time.
    pub period: Period,
    /// The time it is asked for, in Unix milliseconds: which day, week or month it is.
    pub now_ms: i64,
    /// Whose day, week or month that is, on the board of a server.
    pub zone: Zone,
}

/// One player on a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// 1 for the best; equal points share a rank (1, 1, 3).
    pub rank: u64,
    /// Who.
    pub user: u64,
    /// Sum of points.
    pub points: u64,
    /// Right answers.
    pub correct: u64,
    /// Answers.
    pub answered: u64,
}

/// What a player did in all their games, wherever they played them.
///
/// An answer belongs to it from the moment its round is revealed, as on every board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Games with at least one answer of theirs.
    pub games: u64,
    /// Answers.
    pub answered: u64,
    /// Right ones.
    pub correct: u64,
    /// Right answers in a row up to now: those after the last wrong one, in the order in which
    /// they were given, over all games and modes. A question that was left out is no answer, and
    /// neither lengthens nor breaks a row.
    pub streak: u64,
    /// The longest such row ever.
    pub streak_best: u64,
    /// The median time of right answers, in milliseconds; of two in the middle the quicker one.
    pub typical_ms: Option<u32>,
    /// The quickest right answer, in milliseconds.
    pub fastest_ms: Option<u32>,
    /// Answers by the topic of the question, as it was called when it was asked.
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
    /// How many pages the board has: 0 when nobody is on it.
    pub pages: u32,
    /// How many players it has.
    pub players: u64,
}
