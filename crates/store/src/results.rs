//! Results of games on their way out: which are over, and which have still to be told to the
//! operator's webhook. The outbox is the games themselves: a game that is over is in it from the
//! same transaction on, and stays until it was taken.

use heat_core::id::GameId;

/// Results read at once.
pub(crate) const DUE_MAX: u32 = 50;

/// Results that have not been told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Untold {
    /// Those that are due, the oldest first: at most fifty.
    pub due: Vec<UntoldResult>,
    /// How many wait in all, those that are due among them.
    pub waiting: u64,
}

/// A result that is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UntoldResult {
    /// The game.
    pub game: GameId,
    /// How often it was tried in vain.
    pub tries: u32,
}

/// How far the telling of a result is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// It was taken.
    Done,
    /// It was not, and is given up.
    GivenUp,
    /// It was not, and is tried again.
    Again {
        /// How often it was tried in vain.
        tries: u32,
        /// When, in milliseconds since 1970, UTC.
        at_ms: i64,
    },
}

impl Telling {
    /// State, tries if they change, and when it is due again.
    pub(crate) fn columns(self) -> (i64, Option<i64>, i64) {
        match self {
            Self::Done => (1, None, 0),
            Self::GivenUp => (2, None, 0),
            Self::Again { tries, at_ms } => (0, Some(tries.into()), at_ms),
        }
    }
}
