//! Registers the commands with Discord:
//! <https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands>.

use crate::discord::command::Command;
use crate::discord::commands::COMMANDS;
use crate::discord::rest::{Repeat, Rest, RestError};
use heat_core::id::GuildId;
use serde_json::Value;
use serenity::all::{ApplicationId, CreateCommand, LightMethod, Route};

/// Every command, as Discord is told of it.
#[must_use]
pub fn registrations() -> Vec<CreateCommand> {
    COMMANDS.map(Command::registration).into()
}

/// Tells Discord the commands of this version, in one server or everywhere. Commands that it
/// knows already cost nothing, and those that are no more go away.
///
/// # Errors
/// A [`RestError`] if Discord does not take them.
pub async fn register(
    rest: &Rest,
    application_id: ApplicationId,
    guild: Option<GuildId>,
) -> Result<(), RestError> {
    let commands =
        serde_json::to_value(registrations()).map_err(|e| RestError::Unreadable(e.to_string()))?;
    let body = without_empty(commands).to_string().into_bytes();
    let route = match guild {
        None => Route::Commands { application_id },
        Some(guild) => Route::GuildCommands {
            application_id,
            guild_id: guild.0.max(1).into(),
        },
    };
    rest.call(LightMethod::Put, route, Some(body), Repeat::Safe, 5)
        .await
        .map(|_| ())
}

/// serenity writes out what was never set, as empty lists and nulls (`channel_types` on an option
/// of text), which Discord's schema does not have there.
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
