//! Standings: what a leaderboard is of, and what stands on it.
//!
//! Pure vocabulary shared by the store, which keeps the standings, and the view, which shows
//! them. Nothing here counts or sorts anything.

/// Which players a board compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Those who played in one server.
    Guild(u64),
    /// Everybody, everywhere.
    Global,
}

/// Which answers a board counts, by the time of the click, in UTC.
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

/// Ten players of a board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardPage {
    /// Best first.
    pub rows: Vec<Standing>,
    /// Which page this is, from 0: the last one if a later one was asked for.
    pub page: u32,
    /// Players on the whole board.
    pub players: u64,
}

impl BoardPage {
    /// Players on one page.
    pub const ROWS: u32 = 10;

    /// How many pages the board has; at least one.
    #[must_use]
    pub fn pages(&self) -> u32 {
        let pages = self.players.div_ceil(u64::from(Self::ROWS)).max(1);
        u32::try_from(pages).unwrap_or(u32::MAX)
    }
}
