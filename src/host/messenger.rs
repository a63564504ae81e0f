//! What the host needs of the outside world: a way to post and change messages.

use super::route::{InteractionToken, Route};
use heat_core::game::MessageId;
use heat_core::id::ChannelId;
use heat_view::message::Message;
use std::future::Future;
use std::time::Duration;

/// The time-out of a call: shorter than the game's time-out for posting a question.
const CALL_MAX: Duration = Duration::from_secs(25);

/// Posts and edits messages. The Discord shell implements it; a simulated one serves the tests.
///
/// Calls may take a while, because implementations retry what is worth retrying. After less than
/// half a minute the host gives up on a call and counts it as failed.
pub trait Messenger: Send + Sync + 'static {
    /// Posts a message. Two posts with the same `nonce` (at most 25 characters) within minutes make
    /// only one message.
    fn post(
        &self,
        route: &Route,
        message: &Message,
        nonce: &str,
    ) -> impl Future<Output = Result<Posted, MessengerError>> + Send;

    /// Replaces a message, using the token in `route` that it was posted with, if any.
    fn edit(
        &self,
        route: &Route,
        id: MessageId,
        message: &Message,
    ) -> impl Future<Output = Result<(), MessengerError>> + Send;

    /// Replaces the reply to an interaction, using that interaction's token: the one that started
    /// the game, or a member's answer, whose reply only they see.
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

    /// Makes a public thread from a message of a channel. Repeating the call gives the same one.
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
    /// The channel is gone, or the bot can no longer post in it in any way.
    #[error("the bot can no longer post in the channel: {0}")]
    Gone(String),
    /// The message to edit was deleted or cannot be edited any more. A new one may still be posted.
    #[error("the message is gone: {0}")]
    NoMessage(String),
    /// A retry may succeed.
    #[error("the message could not be sent: {0}")]
    Failed(String),
}

/// The result of a messenger call, or a failure if it takes too long.
pub(super) async fn bounded<T>(
    call: impl Future<Output = Result<T, MessengerError>>,
) -> Result<T, MessengerError> {
    bounded_by(CALL_MAX, call).await
}

/// The same with a limit of its own.
pub(super) async fn bounded_by<T>(
    limit: Duration,
    call: impl Future<Output = Result<T, MessengerError>>,
) -> Result<T, MessengerError> {
    let done = tokio::time::timeout(limit, call).await;
    done.unwrap_or_else(|_| Err(MessengerError::Failed("it took too long".to_owned())))
}
