//! The game as a state machine: rounds, answers, scoring.
//!
//! Pure. An [`Input`] comes in with the time; out come [`Event`]s, or a [`Refusal`] that is an
//! answer for the member and not an error. The state is nothing but a fold over the events, so a
//! game that was stored can be taken up again after a crash, or replayed in a test, exactly.
//!
//! Nothing here sleeps, sends, stores, reads a clock or draws a random number. Every phase has a
//! deadline ([`Game::deadline`]), so no game can be stranded.

mod decide;
mod event;
mod play;
pub mod score;
mod settings;
#[cfg(test)]
mod tests;

pub use event::{CloseReason, EndReason, Event};
pub use play::{Game, Phase, Player, ReplayError};
pub use settings::{Settings, SettingsError};

use serde::{Deserialize, Serialize};
use std::fmt;

/// A game's id: the snowflake of the interaction that started it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GameId(pub u64);

/// A Discord user's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UserId(pub u64);

/// The id of a Discord message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MessageId(pub u64);

impl fmt::Display for GameId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Something that happens to a game from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// The game's deadline has come, or is long past.
    Deadline,
    /// The question of `round` now stands in the channel.
    Posted {
        /// Which round's question.
        round: u16,
        /// The message that holds it.
        message: MessageId,
        /// When Discord made that message, from its snowflake, in Unix milliseconds.
        posted_at_ms: i64,
    },
    /// The question of `round` could not be posted.
    PostFailed {
        /// Which round's question.
        round: u16,
        /// Whether trying again is useless: the channel is gone or closed to the bot.
        permanent: bool,
    },
    /// A member chose.
    Answer {
        /// The round whose button was pressed.
        round: u16,
        /// Who pressed it.
        user: UserId,
        /// Which button, from 0.
        choice: u8,
        /// The message whose button was pressed.
        message: MessageId,
        /// When Discord made that message, from its snowflake, in Unix milliseconds.
        posted_at_ms: i64,
        /// When Discord made the interaction, from its snowflake, in Unix milliseconds.
        clicked_at_ms: i64,
    },
    /// A member wants the coming questions to wait for them too.
    Join {
        /// Who asks.
        user: UserId,
    },
    /// A member wants to go on to the next question.
    Skip {
        /// The round to skip.
        round: u16,
        /// Who asks.
        user: UserId,
    },
    /// A member wants to end the game.
    Stop {
        /// Who asks.
        user: UserId,
        /// Whether that member may manage messages in the channel.
        may_manage: bool,
    },
    /// The process that runs the game was started anew.
    Resumed,
}

/// Why an input changed nothing. It has a sentence for the member in `view`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// This member has answered this question; the choice that counts is given.
    AlreadyAnswered {
        /// The choice that counts, from 0.
        choice: u8,
    },
    /// The round is over, or the click came after its time.
    TooLate,
    /// The game has ended.
    GameOver,
    /// There is no such choice; only a forged click can ask for it.
    NoSuchChoice,
    /// This member has voted to skip this question.
    AlreadyVoted {
        /// Votes so far.
        votes: u16,
        /// Votes needed.
        needed: u16,
    },
    /// The coming questions wait for this member already.
    AlreadyIn,
    /// Only members who play may vote to skip.
    NotPlaying,
    /// Only the starter or a member who may manage messages may stop a game.
    NotYours {
        /// Who started it.
        starter: UserId,
    },
    /// The input speaks of something long done; nobody needs to be told.
    Stale,
}
