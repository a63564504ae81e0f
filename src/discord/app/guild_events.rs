//! Server events: <https://discord.com/developers/docs/resources/guild-scheduled-event>.
//!
//! A text channel has no events of its own, so an event takes place "elsewhere", and names the
//! channel. Discord starts such an event at its time and ends it at its end. *Create Events* lets
//! the bot create events, and delete its own.

use crate::discord::rest::{Repeat, Rest, RestError};
use heat_core::id::{EventId, GuildId};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;
use serenity::all::{LightMethod, Route};

/// How often each call is tried.
const TRIES: u32 = 3;
/// An event for the server's members: the only level there is.
const GUILD_ONLY: u8 = 2;
/// An event outside Discord's voice channels.
const EXTERNAL: u8 = 3;
/// Discord's code for a lack of permissions, if it gave none.
const MISSING_PERMISSIONS: i64 = 50_013;
/// Stands for a rate limit, which has no code: its status.
const RATE_LIMITED: i64 = 429;

/// Asks Discord about events, and creates and deletes them.
pub struct GuildEvents {
    rest: Rest,
}

/// An event to create.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// What it is called: at most 100 characters.
    pub name: String,
    /// What it says: at most 1,000 characters.
    pub description: String,
    /// Where it takes place: at most 100 characters.
    pub place: String,
    /// When it begins, in Unix milliseconds.
    pub starts_at_ms: i64,
    /// When it ends.
    pub ends_at_ms: i64,
}

/// An event in Discord that the bot created.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEvent {
    /// Its id.
    pub id: EventId,
    /// Where it says that it takes place.
    pub place: String,
    /// When it begins, in Unix milliseconds.
    pub starts_at_ms: i64,
}

/// Why Discord did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    /// It refused, with this code, and will refuse again until somebody fixes the cause:
    /// <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>.
    #[error("Discord refused it with code {0}")]
    Refused(i64),
    /// It may have worked, or may work later.
    #[error(transparent)]
    Failed(RestError),
}

impl From<RestError> for EventError {
    fn from(error: RestError) -> Self {
        let code = error.code().and_then(|code| i64::try_from(code).ok());
        match (error.status(), code) {
            (Some(400 | 404), code) => Self::Refused(code.unwrap_or(0)),
            (Some(403), code) => {
                Self::Refused(code.filter(|code| *code > 0).unwrap_or(MISSING_PERMISSIONS))
            }
            _ => Self::Failed(error),
        }
    }
}

/// The needed part of a created event.
#[derive(Deserialize)]
struct Created {
    id: serenity::all::ScheduledEventId,
}

/// The needed parts of a listed event.
#[derive(Deserialize)]
struct Listed {
    id: serenity::all::ScheduledEventId,
    #[serde(default)]
    creator_id: Option<serenity::all::UserId>,
    scheduled_start_time: String,
    #[serde(default)]
    entity_metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    location: Option<String>,
}

impl GuildEvents {
    /// Asks through `rest`.
    #[must_use]
    pub fn new(rest: Rest) -> Self {
        Self { rest }
    }

    /// Creates an event.
    ///
    /// # Errors
    /// [`EventError`]. It is not repeated if it may have worked.
    pub async fn create(&self, guild: GuildId, new: &NewEvent) -> Result<EventId, EventError> {
        let body = json!({
            "name": new.name,
            "description": new.description,
            "privacy_level": GUILD_ONLY,
            "entity_type": EXTERNAL,
            "entity_metadata": { "location": new.place },
            "scheduled_start_time": moment(new.starts_at_ms),
            "scheduled_end_time": moment(new.ends_at_ms),
        });
        let body = Some(body.to_string().into_bytes());
        let (method, repeat) = (LightMethod::Post, Repeat::IfRefused);
        let call = self.rest.call(method, all(guild), body, repeat, TRIES);
        match call.await {
            Ok(answer) => {
                let event: Created = read(&answer)?;
                Ok(EventId(event.id.get()))
            }
            // The wait is too long, and nothing was created.
            Err(error) if error.status() == Some(429) => Err(EventError::Refused(RATE_LIMITED)),
            Err(error) => Err(error.into()),
        }
    }

    /// The events of a server that the bot created and that are not over.
    ///
    /// # Errors
    /// [`EventError`].
    pub async fn own(&self, guild: GuildId) -> Result<Vec<FoundEvent>, EventError> {
        let (method, repeat) = (LightMethod::Get, Repeat::Safe);
        let call = self.rest.call(method, all(guild), None, repeat, TRIES);
        let events: Vec<Listed> = read(&call.await?)?;
        let me = self.rest.application().map(u64::from);
        let is_own = |event: &Listed| event.creator_id.map(u64::from) == me;
        let own = events.into_iter().filter(is_own);
        Ok(own.filter_map(found).collect())
    }

    /// Deletes an event. One that is gone already counts as deleted.
    ///
    /// # Errors
    /// [`EventError`].
    pub async fn delete(&self, guild: GuildId, event: EventId) -> Result<(), EventError> {
        let route = Route::GuildScheduledEvent {
            guild_id: serenity::all::GuildId::new(guild.0.max(1)),
            event_id: serenity::all::ScheduledEventId::new(event.0.max(1)),
        };
        let (method, repeat) = (LightMethod::Delete, Repeat::Safe);
        let call = self.rest.call(method, route, None, repeat, TRIES);
        match call.await {
            Ok(_) => Ok(()),
            Err(error) if error.status() == Some(404) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

fn found(event: Listed) -> Option<FoundEvent> {
    let starts_at: Timestamp = event.scheduled_start_time.parse().ok()?;
    Some(FoundEvent {
        id: EventId(event.id.get()),
        place: event.entity_metadata?.location?,
        starts_at_ms: starts_at.as_millisecond(),
    })
}

fn all(guild: GuildId) -> Route<'static> {
    Route::GuildScheduledEvents {
        guild_id: serenity::all::GuildId::new(guild.0.max(1)),
    }
}

/// A time as Discord writes it.
fn moment(at_ms: i64) -> String {
    Timestamp::from_millisecond(at_ms)
        .unwrap_or_default()
        .to_string()
}

fn read<T: serde::de::DeserializeOwned>(answer: &[u8]) -> Result<T, EventError> {
    let read = serde_json::from_slice(answer);
    read.map_err(|error| EventError::Failed(RestError::Unreadable(error.to_string())))
}
