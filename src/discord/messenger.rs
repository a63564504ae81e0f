//! Posts and edits a game's messages in its Discord channel.

use crate::discord::rest::{Body, Repeat, Rest, RestError};
use crate::discord::snowflake;
use crate::discord::wire;
use crate::host::{InteractionToken, Messenger, MessengerError, Posted, Route};
use heat_core::game::MessageId;
use heat_view::message::Message;
use serenity::all::{ChannelId, LightMethod, Route as Path};
use std::time::Duration;

/// How often one message is tried; including pauses, that takes at most half a minute.
const TRIES: u32 = 5;
/// Discord's codes for a permanent failure: unknown channel or webhook, missing access or
/// permissions, an expired token, a thread that a moderator archived or locked.
const GONE: [isize; 7] = [10_003, 10_015, 50_001, 50_013, 50_027, ARCHIVED, 160_005];
/// Discord's codes for a message that cannot be edited although its channel may accept new ones: it
/// was deleted, or is in an archived thread, which a new message reopens.
const NO_EDITS: [isize; 2] = [10_008, ARCHIVED];
const ARCHIVED: isize = 50_083;

/// Discord's code for a token whose interaction has no answer to edit yet.
const UNKNOWN_WEBHOOK: isize = 10_015;
/// How often, and after what pause, to retry editing an answer that Discord has not received yet.
const UNHEARD_TRIES: u32 = 3;
const UNHEARD_PAUSE: Duration = Duration::from_millis(500);

/// Posts to channels, or with interaction tokens where the bot may not post.
#[derive(Clone)]
pub struct DiscordMessenger {
    rest: Rest,
}

impl DiscordMessenger {
    /// A messenger that calls through `rest`.
    #[must_use]
    pub fn new(rest: Rest) -> Self {
        Self { rest }
    }

    async fn post_to_channel(
        &self,
        channel: heat_core::id::ChannelId,
        message: &Message,
        nonce: &str,
    ) -> Result<Posted, RestError> {
        let path = Path::ChannelMessages {
            channel_id: ChannelId::new(channel.0.max(1)),
        };
        let body = Body::of(&wire::with_nonce(message, nonce), message.file.as_deref());
        let answer = self
            .rest
            .call(LightMethod::Post, path, body, Repeat::Safe, TRIES)
            .await?;
        self.posted(&answer, None)
    }

    async fn post_follow_up(
        &self,
        token: &InteractionToken,
        message: &Message,
    ) -> Result<Posted, RestError> {
        let path = Path::WebhookFollowupMessages {
            application_id: self.application()?,
            token: &token.0,
        };
        let body = Body::of(&wire::message(message), message.file.as_deref());
        // Follow-ups have no nonce, so one that may have succeeded is not sent again.
        let answer = self
            .rest
            .interaction_call(LightMethod::Post, path, body, Repeat::IfRefused, TRIES)
            .await?;
        self.posted(&answer, Some(token.clone()))
    }

    fn posted(
        &self,
        answer: &[u8],
        posted_with: Option<InteractionToken>,
    ) -> Result<Posted, RestError> {
        /// The only fields we need of Discord's message object; the rest may change.
        #[derive(serde::Deserialize)]
        struct CreatedMessage {
            id: serenity::all::MessageId,
        }
        let made: CreatedMessage =
            serde_json::from_slice(answer).map_err(|e| RestError::Unreadable(e.to_string()))?;
        let id = made.id.get();
        let at_ms = snowflake::made_at_ms(id);
        self.rest.clock().heard_id(at_ms);
        Ok(Posted {
            id: MessageId(id),
            at_ms,
            posted_with,
        })
    }

    fn application(&self) -> Result<serenity::all::ApplicationId, RestError> {
        let id = self.rest.application();
        id.ok_or(RestError::NoAnswer("not connected yet"))
    }
}

impl Messenger for DiscordMessenger {
    async fn post(
        &self,
        route: &Route,
        message: &Message,
        nonce: &str,
    ) -> Result<Posted, MessengerError> {
        if route.may_post {
            match self.post_to_channel(route.channel, message, nonce).await {
                Ok(posted) => return Ok(posted),
                Err(error) if is_gone(&error) && route.token.0.is_empty() => {
                    return Err(messenger_error(&error));
                }
                // Permissions may have changed since the game began; the newest click's token is
                // then the other way to post.
                Err(error) if is_gone(&error) => {
                    tracing::info!(channel_id = route.channel.0, %error, "messenger.falls_back_to_token");
                }
                Err(error) => return Err(MessengerError::Failed(error.to_string())),
            }
        }
        let followed_up = self.post_follow_up(&route.token, message).await;
        followed_up.map_err(|error| messenger_error(&error))
    }

    async fn edit(
        &self,
        route: &Route,
        id: MessageId,
        message: &Message,
    ) -> Result<(), MessengerError> {
        let body = Some(wire::message(message).to_string().into_bytes());
        let message_id = serenity::all::MessageId::new(id.0.max(1));
        let edited = match &route.posted_with {
            None => {
                let path = Path::ChannelMessage {
                    channel_id: ChannelId::new(route.channel.0.max(1)),
                    message_id,
                };
                let edit = self
                    .rest
                    .call(LightMethod::Patch, path, body, Repeat::Safe, TRIES);
                edit.await
            }
            Some(token) => {
                let path = Path::WebhookFollowupMessage {
                    application_id: self
                        .application()
                        .map_err(|error| messenger_error(&error))?,
                    token: &token.0,
                    message_id,
                };
                self.rest
                    .interaction_call(LightMethod::Patch, path, body, Repeat::Safe, TRIES)
                    .await
            }
        };
        edited.map(|_| ()).map_err(|error| edit_error(&error))
    }

    async fn edit_answer(
        &self,
        answered_with: &InteractionToken,
        message: &Message,
    ) -> Result<(), MessengerError> {
        let application_id = self
            .application()
            .map_err(|error| messenger_error(&error))?;
        let body = wire::message(message).to_string().into_bytes();
        let edit = || {
            let path = Path::WebhookOriginalInteractionResponse {
                application_id,
                token: &answered_with.0,
            };
            let (method, body) = (LightMethod::Patch, Some(body.clone()));
            self.rest
                .interaction_call(method, path, body, Repeat::Safe, TRIES)
        };
        self.rest.in_flight().answered(&answered_with.0).await;
        let mut edited = edit().await;
        for _ in 0..UNHEARD_TRIES {
            if !matches!(&edited, Err(error) if error.code() == Some(UNKNOWN_WEBHOOK)) {
                break;
            }
            tokio::time::sleep(UNHEARD_PAUSE).await;
            edited = edit().await;
        }
        edited.map(|_| ()).map_err(|error| messenger_error(&error))
    }
}

fn is_gone(error: &RestError) -> bool {
    error.code().is_some_and(|code| GONE.contains(&code))
        || matches!(error.status(), Some(401 | 403 | 404))
}

fn edit_error(error: &RestError) -> MessengerError {
    match error.code() {
        Some(code) if NO_EDITS.contains(&code) => MessengerError::NoMessage(error.to_string()),
        _ => messenger_error(error),
    }
}

fn messenger_error(error: &RestError) -> MessengerError {
    if is_gone(error) {
        MessengerError::Gone(error.to_string())
    } else {
        MessengerError::Failed(error.to_string())
    }
}
