//! The messages to and from a game's task.

use super::route::InteractionToken;
use heat_core::game::{Input, MessageId, Refusal, UserId};
use heat_core::lang::Lang;
use heat_view::message::Message;
use heat_view::quiz::PlayerInfo;
use tokio::sync::oneshot;

/// A message in a game's mailbox. Requests are boxed, because a mailbox that holds one has room for
/// several.
pub(super) enum ActorMessage {
    /// An input for the game.
    Request(Box<Request>),
    /// The process is stopping: announce it in the channel, and reply here whether that was done.
    Leave(oneshot::Sender<bool>),
    /// This message of the bot announced the game.
    Announced(MessageId),
}

/// One input for a game.
pub(super) struct Request {
    pub input: Input,
    /// The member's context, if a member sent it.
    pub from: Option<InputContext>,
    /// Who waits for the result.
    pub reply: Option<oneshot::Sender<Result<Answer, HostError>>>,
}

/// What comes with a member's input.
#[derive(Debug, Clone)]
pub struct InputContext {
    /// The token of the interaction.
    pub token: InteractionToken,
    /// Whether the token edits the game's own message if the input is accepted, instead of a
    /// separate answer to the member.
    pub shows_game: bool,
    /// The member's language, for what only they see.
    pub lang: Lang,
    /// The member, if known.
    pub by: Option<(UserId, PlayerInfo)>,
    /// Other players whose names were looked up: a process that took over the game knows only those
    /// who have pressed something since.
    pub others: Vec<(UserId, PlayerInfo)>,
}

impl From<InteractionToken> for InputContext {
    fn from(token: InteractionToken) -> Self {
        Self {
            token,
            shows_game: false,
            lang: Lang::English,
            by: None,
            others: Vec::new(),
        }
    }
}

/// The result of an input, sent only once it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It changed the game.
    Done(Receipt),
    /// It changed nothing; the reason is here.
    Refused {
        /// The reason.
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
        /// Which button, from 0; `None` if it was typed.
        choice: Option<u8>,
        /// The choice's text, or the typed answer.
        text: String,
    },
    /// The member may answer now.
    MayAnswer {
        /// The question.
        prompt: String,
    },
    /// Replaces the message whose button was pressed.
    Update(Message),
    /// The host's panel for bonus points.
    BonusPanel {
        /// The panel.
        panel: Message,
        /// Players in it whose names are unknown.
        unnamed: Vec<UserId>,
    },
    /// The pause is stored.
    Paused {
        /// Whether it has begun; otherwise it begins when the open question has closed.
        begun: bool,
    },
    /// The game continues.
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
    /// Stopping the game needs a confirmation.
    SureToStop,
    /// The game is stopped.
    Stopped,
    /// An input that no member waits for.
    Noted,
}

/// Why an input did not reach a game.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// The process is stopping; the game continues in the next one.
    #[error("the bot is being restarted")]
    Stopping,
    /// This process has no such live game.
    #[error("there is no such live game here")]
    NoSuchGame,
    /// The store failed; nothing has changed and nothing was acknowledged.
    #[error("it could not be stored: {0}")]
    NotStored(String),
}
