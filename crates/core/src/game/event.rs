//! What has happened in a game. Events are stored as JSON: a field may be added with a default,
//! but none may change its meaning.

use super::timing::PAUSE_MAX_MS;
use super::{Hint, Mark, MessageId, Response, Settings, UserId};
use crate::bank::Round;
use serde::{Deserialize, Serialize};

/// One thing that happened. All times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event {
    /// The first event of every game. It holds the questions themselves, so a pack that changes
    /// during a game does no harm.
    Started {
        /// What the members asked for.
        settings: Settings,
        /// The questions with their choices in order.
        rounds: Vec<Round>,
        /// When the first question is due or, if members join first, when the lobby closes. In a
        /// hosted game: when the game ends if the host has not opened the first question by then.
        first_at_ms: i64,
        /// The seed of the hints. Secret: a hint would otherwise give away the right choice.
        #[serde(default)]
        seed: u64,
    },
    /// A member joined the lobby or changed teams, or the opponent accepted.
    Seated {
        /// The player.
        user: UserId,
        /// Their team, in a game of teams.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        team: Option<u8>,
    },
    /// A member left the lobby.
    Unseated {
        /// The player.
        user: UserId,
    },
    /// The lobby is closed: its members play.
    Begun {
        /// When the first question is due.
        first_at_ms: i64,
    },
    /// The question of `round` is about to be posted. Stored first, so that after a crash it is
    /// posted again with the same nonce and appears only once.
    Asking {
        /// Which round.
        round: u16,
        /// When to give up waiting for the post and try again.
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
        /// Whether answers after the usual limit count, because the question had long been in the
        /// channel when the game learnt of it.
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
    /// The time of an open round changed: cut short once all players have answered, or reset after
    /// a restart.
    Retimed {
        /// Which round.
        round: u16,
        /// When it now closes.
        closes_at_ms: i64,
        /// Whether answers after the usual limit count (without a bonus for speed).
        extended: bool,
    },
    /// A member answered. The points are final, unless the game has a host who judges otherwise.
    Answered {
        /// Which round.
        round: u16,
        /// The player.
        user: UserId,
        /// The choice, or the text typed.
        #[serde(flatten)]
        response: Response,
        /// Whether it was right.
        correct: bool,
        /// The points it earned; 0 where only the first right answer counts. Then [`Event::Scored`]
        /// follows.
        points: u32,
        /// Right answers in a row, this one included; 0 for a wrong one.
        streak: u16,
        /// The time from the question's snowflake to the click's.
        elapsed_ms: u32,
        /// When Discord made the click.
        at_ms: i64,
    },
    /// A member joined, so questions from `round` on wait for them. Only earlier versions wrote
    /// this: now every question leaves time for newcomers.
    Joined {
        /// The first round that waits.
        round: u16,
        /// The player.
        user: UserId,
    },
    /// A member voted to skip.
    SkipVoted {
        /// Which round.
        round: u16,
        /// The player.
        user: UserId,
    },
    /// A member took a hint. It is stored as given, so it is never drawn again.
    Hinted {
        /// Which round.
        round: u16,
        /// The player.
        user: UserId,
        /// What it says.
        hint: Hint,
    },
    /// An earlier answer turned out to be the first right one.
    Scored {
        /// Which round.
        round: u16,
        /// Who gave it.
        user: UserId,
        /// The points it earned.
        points: u32,
    },
    /// These players were wrong or did not answer, and each lost a life.
    LivesLost {
        /// Which round.
        round: u16,
        /// The player.
        users: Vec<UserId>,
    },
    /// A member asked for a pause; it starts when the open question has closed.
    PauseAsked {
        /// The player.
        by: UserId,
    },
    /// The game waits for a member to resume it.
    Paused {
        /// The next round.
        next: u16,
        /// When the game ends if no one resumes it.
        until_ms: i64,
        /// Who asked for the pause.
        by: UserId,
    },
    /// A hosted game waits for its host.
    Held {
        /// The next round; past the last one, the end.
        next: u16,
        /// When the game ends if the host does nothing.
        until_ms: i64,
        /// Whether the host called a break.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        on_break: bool,
    },
    /// The host judged a typed answer to the closed question: these answers count like this now.
    Judged {
        /// Which round.
        round: u16,
        /// Who judged it.
        by: UserId,
        /// Every answer that counts differently now; in a team game, those of teammates as well.
        marks: Vec<Mark>,
    },
    /// The host gave a player bonus points. They count in this game only.
    Bonus {
        /// The round that had closed last.
        round: u16,
        /// The player.
        user: UserId,
        /// How many points.
        points: u32,
        /// Who gave them.
        by: UserId,
    },
    /// The host took a bonus back.
    BonusUndone {
        /// The round that had closed last.
        round: u16,
        /// Which bonus: how many there were before it.
        nth: u16,
        /// Who took it back.
        by: UserId,
    },
    /// The host made this round the last one.
    LastCalled {
        /// Which round.
        round: u16,
        /// Who called it.
        by: UserId,
    },
    /// The answers to a closed question of a hosted game are final.
    Confirmed {
        /// Which round.
        round: u16,
    },
    /// The game goes on.
    Unpaused {
        /// The next round.
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
    /// The bot can no longer post in the channel.
    CannotPost,
    /// Only one player had lives left.
    LastStanding,
    /// No one had lives left.
    AllOut,
    /// It was paused and no one resumed it.
    PausedTooLong,
    /// It has a host, who did nothing for too long.
    HostAway,
    /// The opponent declined.
    Declined,
    /// The opponent did not answer the challenge in time.
    Unanswered,
}
