//! What has happened in a game. Events are stored as JSON: a field may be added with a default,
//! but none may change its meaning.

use super::timing::{INTERMISSION_MS, PAUSE_MAX_MS};
use super::{Hint, MessageId, Response, Settings, UserId};
use crate::bank::Round;
use serde::{Deserialize, Serialize};

/// One thing that happened. All times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The first event of every game. It holds the questions themselves, so that a game goes on
    /// unharmed when a pack changes under it.
    Started {
        /// What the members asked for.
        settings: Settings,
        /// The questions with their choices in order.
        rounds: Vec<Round>,
        /// When the first question is due, or, where members gather first, when that ends.
        first_at_ms: i64,
        /// The seed of the hints. Secret: with it a hint would reveal which choice is right.
        #[serde(default)]
        seed: u64,
    },
    /// A member entered the lobby or changed their team, or the opponent accepted.
    Seated {
        /// Who.
        user: UserId,
        /// Their team, in a game of teams.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        team: Option<u8>,
    },
    /// A member left the lobby.
    Unseated {
        /// Who.
        user: UserId,
    },
    /// Gathering is over: those seated play.
    Begun {
        /// When the first question is due.
        first_at_ms: i64,
    },
    /// The question of `round` is about to be posted. Stored first, so that after a crash it is
    /// posted again under the same nonce and not twice.
    Asking {
        /// Which round.
        round: u16,
        /// When posting is given up and tried again.
        give_up_at_ms: i64,
    },
    /// The question of `round` could not be posted and will be tried again.
    Postponed {
        /// Which round.
        round: u16,
        /// When to try again.
        again_at_ms: i64,
    },
    /// The question of `round` was posted in the channel.
    Opened {
        /// Which round.
        round: u16,
        /// The message that holds it.
        message: MessageId,
        /// When Discord made that message.
        opened_at_ms: i64,
        /// When the round closes.
        closes_at_ms: i64,
        /// Whether answers after the usual limit count, because the question stood there for long
        /// before the game heard of it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        extended: bool,
    },
    /// The next clue of the open question can be seen.
    ClueOpened {
        /// Which round.
        round: u16,
        /// When.
        at_ms: i64,
    },
    /// The time of an open round was changed: cut short once all who play have answered, or made
    /// whole again after a restart.
    Retimed {
        /// Which round.
        round: u16,
        /// When it now closes.
        closes_at_ms: i64,
        /// Whether answers after the usual limit count (without a bonus for speed).
        extended: bool,
    },
    /// A member answered. Points are fixed here, once and for all.
    Answered {
        /// Which round.
        round: u16,
        /// Who.
        user: UserId,
        /// The choice, or the text typed.
        #[serde(flatten)]
        response: Response,
        /// Whether it was right.
        correct: bool,
        /// What it was worth; 0 where only the first right answer counts, and then
        /// [`Event::Scored`] follows.
        points: u32,
        /// Right answers in a row, this one included; 0 for a wrong one.
        streak: u16,
        /// From the question's to the click's snowflake.
        elapsed_ms: u32,
        /// When Discord made the click.
        at_ms: i64,
    },
    /// A member joined: questions from `round` on wait for them, as for those who answered. Written
    /// by earlier versions only: every question waits for newcomers now.
    Joined {
        /// The first round that waits.
        round: u16,
        /// Who.
        user: UserId,
    },
    /// A member voted to skip.
    SkipVoted {
        /// Which round.
        round: u16,
        /// Who.
        user: UserId,
    },
    /// A member took a hint. It is stored as it was given, so that it is never drawn anew.
    Hinted {
        /// Which round.
        round: u16,
        /// Who.
        user: UserId,
        /// What it says.
        hint: Hint,
    },
    /// An answer given before turned out to be the first right one.
    Scored {
        /// Which round.
        round: u16,
        /// Whose.
        user: UserId,
        /// What it is worth.
        points: u32,
    },
    /// These players were wrong or silent, and each lost a life.
    LivesLost {
        /// Which round.
        round: u16,
        /// Who.
        users: Vec<UserId>,
    },
    /// A member wants a pause; it begins when the open question has closed.
    PauseAsked {
        /// Who.
        by: UserId,
    },
    /// The game waits for a member to resume it.
    Paused {
        /// The round to come.
        next: u16,
        /// When it ends if no one resumes it.
        until_ms: i64,
        /// Who wanted it.
        by: UserId,
    },
    /// The game goes on.
    Unpaused {
        /// The round to come.
        next: u16,
        /// When its question is due.
        next_at_ms: i64,
    },
    /// The round is over and may be revealed.
    Closed {
        /// Which round.
        round: u16,
        /// Why.
        reason: CloseReason,
        /// When the next question, or the end, is due.
        next_at_ms: i64,
    },
    /// The game is over; its scoreboard is due.
    Ended {
        /// Why.
        reason: EndReason,
        /// Who stopped it, if anyone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<UserId>,
    },
}

impl Event {
    /// The round closes now, and its reveal is shown before the next one starts.
    pub(super) fn closed(round: u16, reason: CloseReason, now_ms: i64) -> Self {
        Self::Closed {
            round,
            reason,
            next_at_ms: now_ms + INTERMISSION_MS,
        }
    }

    /// A pause that begins now, for as long as one may last.
    pub(super) fn paused(next: u16, by: UserId, now_ms: i64) -> Self {
        Self::Paused {
            next,
            until_ms: now_ms + PAUSE_MAX_MS,
            by,
        }
    }

    /// An end that no member caused.
    pub(super) fn ended(reason: EndReason) -> Self {
        Self::Ended { reason, by: None }
    }
}

/// Why a round closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CloseReason {
    /// Its time ran out.
    TimeUp,
    /// Every active player had answered.
    Everyone,
    /// Somebody gave the first right answer.
    Taken,
    /// The starter skipped it, or the vote passed.
    Skipped,
    /// The game was stopped.
    Stopped,
}

impl CloseReason {
    /// Whether the question was cut short, so that players who did not answer missed nothing.
    #[must_use]
    pub fn is_cut_short(self) -> bool {
        matches!(self, Self::Skipped | Self::Stopped)
    }
}

/// Why a game ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndReason {
    /// All rounds were played.
    Finished,
    /// A member stopped it.
    Stopped,
    /// No one answered several questions in a row.
    Abandoned,
    /// The channel no longer takes the bot's messages.
    CannotPost,
    /// One player was left with lives.
    LastStanding,
    /// No one had lives left.
    AllOut,
    /// It was paused and no one resumed it.
    PausedTooLong,
    /// The opponent declined.
    Declined,
    /// The opponent did not answer the challenge in time.
    Unanswered,
}
