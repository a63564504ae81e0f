//! Results to be sent: which games are over, and which results the operator's webhook has not
//! received. The outbox is the games themselves: a game enters it in the transaction that ends it,
//! and stays until its result was accepted.

use heat_core::id::GameId;

/// The most results read in one go.
pub(crate) const DUE_MAX: u32 = 50;

/// Results that have not been sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnsentResults {
    /// Those that are due, oldest first: at most fifty.
    pub due: Vec<UnsentResult>,
    /// How many wait in all, including those that are due.
    pub waiting: u64,
}

/// A result to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnsentResult {
    /// The game.
    pub game: GameId,
    /// How often sending it failed.
    pub tries: u32,
}

/// The state of sending a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendState {
    /// It was accepted.
    Done,
    /// It was not accepted, and will not be tried again.
    GivenUp,
    /// It was not accepted, and will be tried again.
    Again {
        /// How often sending it failed.
        tries: u32,
        /// The next try, in milliseconds since 1970, UTC.
        at_ms: i64,
    },
}

impl SendState {
    /// The state, the number of tries if it changes, and when it is due again.
    pub(crate) fn columns(self) -> (i64, Option<i64>, i64) {
        match self {
            Self::Done => (1, None, 0),
            Self::GivenUp => (2, None, 0),
            Self::Again { tries, at_ms } => (0, Some(tries.into()), at_ms),
        }
    }
}
