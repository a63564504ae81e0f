//! What is sent to a game's task and what comes back.

use super::route::InteractionToken;
use crate::game::{Input, Refusal};
use tokio::sync::oneshot;

/// One input for a game.
pub(super) struct Letter {
    pub input: Input,
    /// The token of the interaction it came with.
    pub token: Option<InteractionToken>,
    /// Who waits for what comes of it.
    pub reply: Option<oneshot::Sender<Result<Answer, HostError>>>,
}

/// What came of an input, stored before anybody is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It changed the game.
    Done(Receipt),
    /// It changed nothing, and this is why. `given` is the text of the choice that counts.
    Refused {
        /// Why.
        refusal: Refusal,
        /// The choice that counts, for [`Refusal::AlreadyAnswered`].
        given: Option<String>,
    },
}

/// How an input changed the game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// The choice is stored.
    Locked {
        /// Which button, from 0.
        choice: u8,
        /// Its text.
        text: String,
    },
    /// The vote to skip is stored.
    Voted {
        /// Votes so far.
        votes: u16,
        /// Votes needed.
        needed: u16,
        /// Whether it skipped the question.
        skipped: bool,
    },
    /// The coming questions wait for the member.
    Joined,
    /// The game is stopped.
    Stopped,
    /// An input that no member waits for.
    Noted,
}

/// Why an input did not reach a game.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// No such game is live in this process.
    #[error("no such game is live here")]
    NoSuchGame,
    /// The store failed; nothing has changed and nothing was acknowledged.
    #[error("the store did not take it: {0}")]
    NotStored(String),
}
