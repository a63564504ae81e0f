//! What is sent to a game's task and what comes back.

use super::route::InteractionToken;
use heat_core::game::{Input, Refusal, UserId};
use heat_view::message::Message;
use heat_view::quiz::PlayerInfo;
use tokio::sync::oneshot;

/// What comes into a game's mailbox. Requests are boxed: a mailbox that holds one has room for
/// several.
pub(super) enum ActorMessage {
    /// An input for the game.
    Request(Box<Request>),
    /// The process stops: say so in the channel, and then here whether that was done.
    Leave(oneshot::Sender<bool>),
}

/// One input for a game.
pub(super) struct Request {
    pub input: Input,
    /// What it came with, if a member sent it.
    pub from: Option<InputContext>,
    /// Who waits for what comes of it.
    pub reply: Option<oneshot::Sender<Result<Answer, HostError>>>,
}

/// What comes with a member's input.
#[derive(Debug, Clone)]
pub struct InputContext {
    /// The token of the interaction.
    pub token: InteractionToken,
    /// Who it was, if that is told.
    pub by: Option<(UserId, PlayerInfo)>,
}

impl From<InteractionToken> for InputContext {
    fn from(token: InteractionToken) -> Self {
        Self { token, by: None }
    }
}

/// What came of an input, stored before anybody is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It changed the game.
    Done(Receipt),
    /// It changed nothing, and this is why.
    Refused {
        /// Why.
        refusal: Refusal,
        /// The text of the choice that counts, for [`Refusal::AlreadyAnswered`].
        given: Option<String>,
    },
}

/// How an input changed the game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Receipt {
    /// The answer is stored.
    Locked {
        /// Which button, from 0; none if it was typed.
        choice: Option<u8>,
        /// The choice's text, or what was typed.
        text: String,
    },
    /// The member may answer now.
    MayAnswer {
        /// The question.
        prompt: String,
    },
    /// The message whose button was pressed becomes this one.
    Update(Message),
    /// The pause is stored.
    Paused {
        /// Whether it has begun; else it begins when the open question has closed.
        begun: bool,
    },
    /// The game goes on.
    Unpaused,
    /// The vote to skip is stored.
    Voted {
        /// Votes so far.
        votes: u16,
        /// Votes needed.
        needed: u16,
        /// Whether it skipped the question.
        skipped: bool,
    },
    /// The game would be stopped, if the member is sure.
    SureToStop,
    /// The game is stopped.
    Stopped,
    /// An input that no member waits for.
    Noted,
}

/// Why an input did not reach a game.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// The process stops; the game goes on in the next one.
    #[error("the bot is being restarted")]
    Stopping,
    /// No such game is live in this process.
    #[error("no such game is live here")]
    NoSuchGame,
    /// The store failed; nothing has changed and nothing was acknowledged.
    #[error("the store did not take it: {0}")]
    NotStored(String),
}
