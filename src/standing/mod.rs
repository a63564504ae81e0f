//! Standings: what a leaderboard is of, and what stands on it.
//!
//! Pure vocabulary shared by the store, which keeps the standings, and the view, which shows
//! them. Nothing here counts or sorts anything.

mod zone;

pub use zone::Zone;

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
