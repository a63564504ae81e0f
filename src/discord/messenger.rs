//! Posts and edits a game's messages in its Discord channel.

use crate::discord::rest::{Body, Repeat, Rest, RestError};
use crate::discord::snowflake;
use crate::discord::wire;
use crate::host::{InteractionToken, Messenger, MessengerError, Posted, Route};
use heat_core::game::MessageId;
use heat_view::message::Message;
use serde_json::json;
use serenity::all::{ChannelId, GenericId, LightMethod, Route as Path};
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

/// Discord's code for a message that has a thread already.
const HAS_THREAD: isize = 160_004;
/// Minutes without a message after which Discord archives a thread by itself.
const ARCHIVED_AFTER_MIN: u16 = 60;
/// How often each call for a thread is tried. Few times, because a question waits for it.
const THREAD_TRIES: u32 = 3;

/// Discord's code for a token whose interaction has no answer to edit yet.
const UNKNOWN_WEBHOOK: isize = 10_015;
/// How often, and after what pause, to retry editing an answer that Discord has not received yet.
const UNHEARD_TRIES: u32 = 3;
const UNHEARD_PAUSE: Duration = Duration::from_millis(500);

/// How far the time of an edit, as Discord says it, may be from our estimate of Discord's time. In
/// milliseconds.
const EDITED_OFF_MAX_MS: u64 = 3_000;

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

    /// Shows a message in place of the last one of a game that has only one. Repeating it does no
    /// harm.
    async fn show_in_place(
        &self,
        route: &Route,
        message: &Message,
    ) -> Result<Posted, MessengerError> {
        let newest = self.show_with(&route.token, message).await;
        match (newest, &route.posted_with) {
            // The click with the newest token may never have been answered, because the process was
            // killed: then there is no message that this token could edit.
            (Err(MessengerError::Gone(error)), Some(before)) if *before != route.token => {
                tracing::info!(error, "messenger.falls_back_to_older_token");
                self.show_with(before, message).await
            }
            (shown, _) => shown,
        }
    }

    async fn show_with(
        &self,
        token: &InteractionToken,
        message: &Message,
    ) -> Result<Posted, MessengerError> {
        let body = Body::of(&wire::message(message), message.file.as_deref());
        let shown = self.on_answer(token, LightMethod::Patch, body).await?;
        let (id, edited_at_ms) = edited_in(&shown).map_err(|error| messenger_error(&error))?;
        // The message is older than what it shows.
        let now_ms = self.rest.clock().now_ms();
        let is_of_now = |at_ms: &i64| now_ms.abs_diff(*at_ms) <= EDITED_OFF_MAX_MS;
        Ok(Posted {
            id: MessageId(id),
            at_ms: edited_at_ms.filter(is_of_now).unwrap_or(now_ms),
            posted_with: Some(token.clone()),
        })
    }

    fn posted(
        &self,
        answer: &[u8],
        posted_with: Option<InteractionToken>,
    ) -> Result<Posted, RestError> {
        let id = id_in(answer)?;
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
        if route.in_place {
            return self.show_in_place(route, message).await;
        }
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
        if route.in_place {
            return self.show_in_place(route, message).await.map(|_| ());
        }
        let body = Body::of(&wire::message(message), None);
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
        let body = Body::of(&wire::message(message), None);
        let edited = self.on_answer(answered_with, LightMethod::Patch, body);
        edited.await.map(|_| ())
    }

    async fn find_answer(
        &self,
        answered_with: &InteractionToken,
    ) -> Result<MessageId, MessengerError> {
        let found = self
            .on_answer(answered_with, LightMethod::Get, None.into())
            .await?;
        let id = id_in(&found).map_err(|error| messenger_error(&error))?;
        Ok(MessageId(id))
    }

    async fn open_thread(
        &self,
        channel: heat_core::id::ChannelId,
        from: MessageId,
        name: &str,
    ) -> Result<heat_core::id::ChannelId, MessengerError> {
        let path = Path::ChannelMessageThreads {
            channel_id: ChannelId::new(channel.0.max(1)),
            message_id: serenity::all::MessageId::new(from.0.max(1)),
        };
        let new = json!({ "name": name, "auto_archive_duration": ARCHIVED_AFTER_MIN });
        let body = Some(new.to_string().into_bytes());
        let (method, repeat) = (LightMethod::Post, Repeat::Safe);
        let made = self
            .rest
            .call(method, path, body, repeat, THREAD_TRIES)
            .await;
        match made {
            Ok(thread) => id_in(&thread).map_err(|error| messenger_error(&error)),
            // An earlier try got through. Its thread has the message's id.
            Err(error) if error.code() == Some(HAS_THREAD) => Ok(from.0),
            Err(error) => Err(messenger_error(&error)),
        }
        .map(heat_core::id::ChannelId)
    }

    async fn close_thread(
        &self,
        thread: heat_core::id::ChannelId,
        name: &str,
    ) -> Result<(), MessengerError> {
        let path = Path::Channel {
            channel_id: ChannelId::new(thread.0.max(1)),
        };
        // In one request, because an archived thread takes no other change.
        let change = json!({ "name": name, "archived": true });
        let body = Some(change.to_string().into_bytes());
        let (method, repeat) = (LightMethod::Patch, Repeat::Safe);
        let closed = self
            .rest
            .call(method, path, body, repeat, THREAD_TRIES)
            .await;
        closed.map(|_| ()).map_err(|error| messenger_error(&error))
    }
}

impl DiscordMessenger {
    /// Reads or replaces the answer to an interaction, once it was given.
    async fn on_answer(
        &self,
        answered_with: &InteractionToken,
        method: LightMethod,
        body: Body,
    ) -> Result<Vec<u8>, MessengerError> {
        let application_id = self
            .application()
            .map_err(|error| messenger_error(&error))?;
        let call = || {
            let path = Path::WebhookOriginalInteractionResponse {
                application_id,
                token: &answered_with.0,
            };
            self.rest
                .interaction_call(method, path, body.clone(), Repeat::Safe, TRIES)
        };
        self.rest.in_flight().answered(&answered_with.0).await;
        let mut done = call().await;
        for _ in 0..UNHEARD_TRIES {
            if !matches!(&done, Err(error) if error.code() == Some(UNKNOWN_WEBHOOK)) {
                break;
            }
            tokio::time::sleep(UNHEARD_PAUSE).await;
            done = call().await;
        }
        done.map_err(|error| messenger_error(&error))
    }
}

/// The id of a message or a channel. Nothing else is read from Discord's object, so the rest may
/// change.
fn id_in(answer: &[u8]) -> Result<u64, RestError> {
    #[derive(serde::Deserialize)]
    struct WithId {
        id: GenericId,
    }
    let found: WithId =
        serde_json::from_slice(answer).map_err(|e| RestError::Unreadable(e.to_string()))?;
    Ok(found.id.get())
}

/// The id of an edited message, and when Discord edited it, in Unix milliseconds, if it says.
fn edited_in(answer: &[u8]) -> Result<(u64, Option<i64>), RestError> {
    #[derive(serde::Deserialize)]
    struct Edited {
        id: GenericId,
        #[serde(default)]
        edited_timestamp: Option<String>,
    }
    let found: Edited =
        serde_json::from_slice(answer).map_err(|e| RestError::Unreadable(e.to_string()))?;
    let edited_at: Option<jiff::Timestamp> = found
        .edited_timestamp
        .and_then(|edited_at| edited_at.parse().ok());
    Ok((
        found.id.get(),
        edited_at.map(jiff::Timestamp::as_millisecond),
    ))
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
