//! The game as a state machine: rounds, answers, scoring.
//!
//! Pure. An [`Input`] comes in with the time; out come [`Event`]s, or a [`Refusal`], which is an
//! answer for the member and not an error. The state is nothing but a fold over the events, so a
//! stored game can be resumed after a crash, or replayed in a test, exactly.
//!
//! Nothing here sleeps, sends, stores, reads a clock or draws a random number. Every phase has a
//! deadline ([`Game::deadline`]), so no game can get stuck.

mod answering;
mod clues;
mod control;
mod decide;
mod event;
mod forget;
mod gathering;
mod highlights;
mod hint;
mod history;
mod hosted;
mod hosting;
mod mode;
mod pace;
mod play;
mod player;
pub mod score;
mod settings;
mod standings;
mod teams;
#[cfg(test)]
mod tests;
mod timing;

pub use control::{ControlPolicy, ControlRights, PLAYERS_MAX};
pub use event::{CloseReason, EndReason, Event};
pub use forget::anonymise;
pub use highlights::{Highlights, Swiftest, Trap};
pub use hint::Hint;
pub use history::{Miss, misses};
pub use hosted::{BONUS_STEPS, BONUS_TOTAL_MAX, TypedAnswer};
pub use hosting::{Bonus, Mark};
pub use mode::{AnswerStyle, Asks, Mode, Players, Rules};
pub use pace::Pace;
pub use play::{Game, Phase, ReplayError};
pub use player::{ByUser, GivenAnswer, Player, Seat};
pub use settings::{Settings, SettingsError};
pub use standings::Line;
pub use teams::{TEAMS_MAX, Team};
pub use timing::{HOST_WAIT_MS, Tempo};

pub use crate::id::{GameId, MessageId, UserId};

use serde::{Deserialize, Serialize};

/// What a member answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Response {
    /// By a button.
    Choice {
        /// Which, from 0.
        choice: u8,
    },
    /// In their own words.
    Typed {
        /// What they wrote.
        text: String,
    },
}

/// Something that happens to a game from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// The game's deadline has passed.
    Deadline,
    /// The question of `round` was posted in the channel.
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
        /// Whether retrying is useless: the channel is gone or closed to the bot.
        permanent: bool,
    },
    /// A member chose.
    Answer {
        /// The round whose button was pressed.
        round: u16,
        /// Who pressed it.
        user: UserId,
        /// The choice, or the text typed.
        response: Response,
        /// The message whose button was pressed.
        message: MessageId,
        /// When Discord made that message, from its snowflake, in Unix milliseconds.
        posted_at_ms: i64,
        /// When Discord made the interaction, from its snowflake, in Unix milliseconds.
        clicked_at_ms: i64,
    },
    /// A member is about to type an answer, or asks what a hint would cost. Changes nothing, and is
    /// refused where an answer would be.
    MayAnswer {
        /// The round whose button was pressed.
        round: u16,
        /// Who pressed it.
        user: UserId,
    },
    /// A member takes a hint and pays for it.
    Hint {
        /// The round whose button was pressed.
        round: u16,
        /// Who pressed it.
        user: UserId,
    },
    /// A member enters the lobby.
    Enter {
        /// The member who asks.
        user: UserId,
    },
    /// A member joins a team in the lobby, or switches to it.
    EnterTeam {
        /// The member who asks.
        user: UserId,
        /// Which team, from 0.
        team: u8,
    },
    /// A member leaves the lobby.
    Leave {
        /// The member who asks.
        user: UserId,
    },
    /// The starter begins without waiting for the rest of the lobby's time.
    Begin {
        /// The member who asks.
        user: UserId,
    },
    /// The opponent accepts the challenge.
    Accept {
        /// The member who asks.
        user: UserId,
    },
    /// The opponent declines it.
    Decline {
        /// The member who asks.
        user: UserId,
    },
    /// A member asks for a pause after the open question.
    Pause {
        /// The member who asks.
        user: UserId,
        /// What they may control.
        rights: ControlRights,
    },
    /// A member resumes the game.
    Unpause {
        /// The member who asks.
        user: UserId,
        /// What they may control.
        rights: ControlRights,
    },
    /// A member wants to skip the question.
    Skip {
        /// The round to skip.
        round: u16,
        /// The member who asks.
        user: UserId,
    },
    /// A member wants to end the game. Until they confirm, this changes nothing and is refused
    /// where stopping would be. A lobby or a challenge, where nothing is lost, ends at once.
    Stop {
        /// The member who asks.
        user: UserId,
        /// What they may control.
        rights: ControlRights,
        /// Whether they have confirmed it.
        sure: bool,
    },
    /// The host opens the next question or, after the last one, shows the scores.
    Next {
        /// The member who asks.
        user: UserId,
        /// What they may control.
        rights: ControlRights,
        /// The round to open.
        next: u16,
    },
    /// The host calls a break.
    Break {
        /// The member who asks.
        user: UserId,
        /// What they may control.
        rights: ControlRights,
        /// The round that comes after it.
        next: u16,
    },
    /// The host makes the next question the last one.
    LastRound {
        /// The member who asks.
        user: UserId,
        /// What they may control.
        rights: ControlRights,
        /// The next round.
        next: u16,
    },
    /// The host wants to see the typed answers to a closed question. Changes nothing, and is
    /// refused where judging would be.
    MayJudge {
        /// The member who asks.
        user: UserId,
        /// What they may control.
        rights: ControlRights,
        /// The closed round.
        round: u16,
    },
    /// The host counts a typed answer as right or wrong, for everyone who typed it.
    Judge {
        /// The member who asks.
        user: UserId,
        /// What they may control.
        rights: ControlRights,
        /// The closed round.
        round: u16,
        /// Which answer: its place in [`Game::typed_answers`].
        at: u16,
        /// Whether it counts as right.
        right: bool,
    },
    /// The host wants to give bonus points. Changes nothing, and is refused where giving would be.
    MayGive {
        /// The member who asks.
        user: UserId,
        /// What they may control.
        rights: ControlRights,
    },
    /// The host gives a player bonus points.
    Bonus {
        /// The member who asks.
        user: UserId,
        /// What they may control.
        rights: ControlRights,
        /// Who gets them.
        to: UserId,
        /// How many bonuses there were before, so that a press that is repeated gives only one.
        nth: u16,
        /// How many points: one of [`BONUS_STEPS`].
        points: u32,
    },
    /// The host takes a bonus back.
    UndoBonus {
        /// The member who asks.
        user: UserId,
        /// What they may control.
        rights: ControlRights,
        /// Which bonus: its place in [`Game::bonuses`].
        nth: u16,
    },
    /// The process that runs the game was restarted.
    Resumed,
}

/// Why an input changed nothing. `view` has a sentence for the member for each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// This member has already answered this question.
    AlreadyAnswered {
        /// The answer that counts.
        response: Response,
    },
    /// The round is over, or the click came after its time.
    TooLate,
    /// The question is still being posted: the click arrived before the confirmation of the post.
    NotOpenYet,
    /// The game has ended.
    GameOver,
    /// There is no such choice; only a forged click can ask for it.
    NoSuchChoice,
    /// This member has already voted to skip this question.
    AlreadyVoted {
        /// Votes so far.
        votes: u16,
        /// Votes needed.
        needed: u16,
    },
    /// This member is already in the lobby.
    AlreadyIn,
    /// Only members who play may vote to skip.
    NotPlaying,
    /// This member did not join before the game began.
    NotSeated,
    /// This member has no life left.
    Out,
    /// The lobby is full.
    LobbyFull,
    /// The game has as many players as it can hold.
    Full,
    /// Everyone in the lobby is on the same team.
    OneTeam,
    /// The member who opened a lobby or a duel cannot leave it, only stop it.
    StarterStays,
    /// The lobby is already closed.
    BegunAlready,
    /// Only the opponent may accept or decline.
    NotInvited {
        /// Who is allowed to.
        opponent: UserId,
    },
    /// Only the starter may begin before the lobby's time runs out.
    NotYourLobby {
        /// Who is allowed to.
        starter: UserId,
    },
    /// A typed answer without a letter or a digit.
    NothingTyped,
    /// A pause has been asked for, or has begun.
    PausedAlready,
    /// The game is not paused.
    NotPaused,
    /// The game ends after this question anyway.
    LastQuestion,
    /// Only the starter or a member who may manage messages may pause, resume or stop a game.
    NotYours {
        /// Who started it.
        starter: UserId,
    },
    /// In this server players may pause, resume or stop a game, but this member is not one.
    PlayersOnly,
    /// In this server only members who may manage messages may pause, resume or stop a game.
    ModeratorsOnly,
    /// The host does not answer the questions.
    HostDoesNotPlay,
    /// Only the host or a member who may manage messages may do that.
    NotTheHost {
        /// Who hosts the game.
        host: UserId,
    },
    /// The game went on, so the answers to this question are final.
    Confirmed,
    /// Bonus points are given between two questions.
    NotBetweenQuestions,
    /// That bonus was given already.
    GivenAlready,
    /// This member has not played in this game.
    NoSuchPlayer,
    /// There are not that many bonus points left in this game.
    BonusSpent {
        /// How many are left.
        left: u32,
    },
    /// The input is out of date; no one needs to be told.
    Stale,
}
