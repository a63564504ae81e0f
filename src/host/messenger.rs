//! What the host needs of the outer world: a place where messages can be put and changed.

use super::route::{InteractionToken, Route};
use heat_core::game::MessageId;
use heat_core::id::ChannelId;
use heat_view::message::Message;
use std::future::Future;

/// Posts and edits messages. The Discord shell is one; a simulated one serves the tests.
///
/// All calls may take a while: an implementation tries again what is worth trying again. The host
/// gives a call up after less than half a minute and counts it as failed.
pub trait Messenger: Send + Sync + 'static {
    /// Posts a message. The same `nonce` (at most 25 characters) sent twice within minutes makes
    /// one message only.
    fn post(
        &self,
        route: &Route,
        message: &Message,
        nonce: &str,
    ) -> impl Future<Output = Result<Posted, MessengerError>> + Send;

    /// Replaces a message, with the token that `route` says it was posted with, if any.
    fn edit(
        &self,
        route: &Route,
        id: MessageId,
        message: &Message,
    ) -> impl Future<Output = Result<(), MessengerError>> + Send;

    /// Replaces the answer to an interaction, by that interaction's token: of the one that started
    /// the game, or of a member's answer, which only they see.
    fn edit_answer(
        &self,
        answered_with: &InteractionToken,
        message: &Message,
    ) -> impl Future<Output = Result<(), MessengerError>> + Send;

    /// The public message that answered an interaction.
    fn find_answer(
        &self,
        _answered_with: &InteractionToken,
    ) -> impl Future<Output = Result<MessageId, MessengerError>> + Send {
        async { Err(MessengerError::Gone("there are no answers".to_owned())) }
    }

    /// Makes a public thread from a message of a channel. Asked for again it is the same one.
    fn open_thread(
        &self,
        _channel: ChannelId,
        _from: MessageId,
        _name: &str,
    ) -> impl Future<Output = Result<ChannelId, MessengerError>> + Send {
        async { Err(MessengerError::Gone("there are no threads".to_owned())) }
    }

    /// Renames and archives a thread that the bot made. May be repeated.
    fn close_thread(
        &self,
        _thread: ChannelId,
        _name: &str,
    ) -> impl Future<Output = Result<(), MessengerError>> + Send {
        async { Ok(()) }
    }
}

/// A message that was posted in a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// Its id.
    pub id: MessageId,
    /// When Discord made it, from its snowflake, in Unix milliseconds.
    pub at_ms: i64,
    /// The token it was posted with, if it is a follow-up.
    pub posted_with: Option<InteractionToken>,
}

/// Why a message could not be posted or edited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MessengerError {
    /// The channel is gone, or closed to the bot by every way there is.
    #[error("the channel takes no more messages from the bot: {0}")]
    Gone(String),
    /// The message to be edited was deleted, or takes no edits any more. The channel may take
    /// another one.
    #[error("the message is gone: {0}")]
    NoMessage(String),
    /// It may work later.
    #[error("the message did not get through: {0}")]
    Failed(String),
}
