//! Registers the commands with Discord:
//! <https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands>.

use crate::discord::checkup::USER_INSTALL;
use crate::discord::command::Installs;
use crate::discord::commands::COMMANDS;
use crate::discord::rest::{Repeat, Rest, RestError};
use crate::discord::wording::worded;
use heat_core::id::GuildId;
use serde_json::{Value, json};
use serenity::all::{ApplicationId, CreateCommand, GenericId, LightMethod, Route};
use std::collections::BTreeMap;

/// How often each call is tried.
const TRIES: u32 = 5;
/// A bot in more servers than this is not searched for commands of single servers.
const SERVERS_LOOKED_AT_MAX: usize = 50;

/// Every command, as Discord expects it, without its texts.
#[must_use]
pub fn registrations(installs: Installs) -> Vec<CreateCommand> {
    let commands = COMMANDS.iter();
    commands
        .map(|command| command.registration(installs))
        .collect()
}

/// Registers this version's commands with Discord, in one server or everywhere. Unchanged commands
/// cost nothing, and outdated ones are removed. So are those that an earlier start registered in
/// the other scope, where clients would show each command twice.
///
/// # Errors
/// A [`RestError`] if Discord refuses them.
pub async fn register(
    rest: &Rest,
    application_id: ApplicationId,
    guild: Option<GuildId>,
) -> Result<(), RestError> {
    let installs = match guild {
        None => installs(rest).await?,
        // Members' installations have global commands only.
        Some(_) => Installs::Servers,
    };
    let commands = serde_json::to_value(registrations(installs))
        .map_err(|e| RestError::Unreadable(e.to_string()))?;
    let commands = worded(commands);
    let everywhere = Route::Commands { application_id };
    let Some(guild) = guild else {
        put(rest, everywhere, without_empty(commands)).await?;
        return clear_servers(rest, application_id).await;
    };
    let guild_id = guild.0.max(1).into();
    let in_guild = Route::GuildCommands {
        application_id,
        guild_id,
    };
    put(rest, in_guild, without_empty(commands)).await?;
    put(rest, everywhere, json!([])).await
}

/// Removes commands that were registered in single servers. That happens only during development,
/// when a bot is in few servers. A bot in many never was registered that way, and asking in each
/// would take hours.
async fn clear_servers(rest: &Rest, application_id: ApplicationId) -> Result<(), RestError> {
    let guilds: Vec<WithId> = get(rest, Route::UserMeGuilds).await?;
    if guilds.len() > SERVERS_LOOKED_AT_MAX {
        return Ok(());
    }
    for guild in guilds {
        let in_guild = Route::GuildCommands {
            application_id,
            guild_id: guild.id.get().into(),
        };
        let left: Vec<WithId> = get(rest, in_guild).await?;
        if !left.is_empty() {
            put(rest, in_guild, json!([])).await?;
            tracing::info!(guild_id = guild.id.get(), "commands.cleared");
        }
    }
    Ok(())
}

/// Who may install the app, by the page *Installation* of its settings.
async fn installs(rest: &Rest) -> Result<Installs, RestError> {
    #[derive(serde::Deserialize)]
    struct Application {
        #[serde(default)]
        integration_types_config: Option<BTreeMap<String, Value>>,
    }
    let application: Application = get(rest, Route::Oauth2ApplicationCurrent).await?;
    let allowed = application.integration_types_config.unwrap_or_default();
    Ok(if allowed.contains_key(USER_INSTALL) {
        Installs::ServersAndMembers
    } else {
        Installs::Servers
    })
}

/// The only field we need of a server or a command.
#[derive(serde::Deserialize)]
struct WithId {
    id: GenericId,
}

async fn put(rest: &Rest, route: Route<'_>, commands: Value) -> Result<(), RestError> {
    let body = Some(commands.to_string().into_bytes());
    let (method, repeat) = (LightMethod::Put, Repeat::Safe);
    rest.call(method, route, body, repeat, TRIES).await?;
    Ok(())
}

async fn get<T: serde::de::DeserializeOwned>(
    rest: &Rest,
    route: Route<'_>,
) -> Result<T, RestError> {
    let (method, repeat) = (LightMethod::Get, Repeat::Safe);
    let answer = rest.call(method, route, None, repeat, TRIES).await?;
    serde_json::from_slice(&answer).map_err(|error| RestError::Unreadable(error.to_string()))
}

/// serenity writes unset fields as empty lists and nulls (`channel_types` on a text option), which
/// Discord's schema does not allow there.
fn without_empty(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(without_empty).collect(),
        Value::Object(entries) => entries
            .into_iter()
            .map(|(key, value)| (key, without_empty(value)))
            .filter(|(_, value)| match value {
                Value::Null => false,
                Value::Array(items) => !items.is_empty(),
                Value::Object(entries) => !entries.is_empty(),
                _ => true,
            })
            .collect(),
        other => other,
    }
}
