//! Registers the commands with Discord:
//! <https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands>.

use crate::discord::commands::{
    cast, daily, help, leaderboard, news, packs, privacy, quiz, reports, settings, stats,
};
use crate::discord::outgoing::rest::{Repeat, Rest, RestError};
use serde_json::Value;
use serenity::all::{
    CreateCommand, GuildId, InstallationContext, InteractionContext, LightMethod, Route,
};

/// Every command, as registered.
#[must_use]
pub fn commands() -> Vec<CreateCommand> {
    [
        quiz::registration(),
        cast::registration(),
        news::registration(),
        leaderboard::registration(),
        daily::registration(),
        stats::registration(),
        privacy::registration(),
        help::registration(),
    ]
    .into_iter()
    .map(|command| {
        command
            .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
            .integration_types(vec![InstallationContext::Guild])
    })
    // Of the servers alone.
    .chain(
        [
            packs::registration(),
            reports::registration(),
            settings::registration(),
        ]
        .map(|command| command.integration_types(vec![InstallationContext::Guild])),
    )
    .collect()
}

/// Tells Discord the commands of this version, in one server or everywhere. Commands that it
/// knows already cost nothing, and those that are no more go away.
///
/// # Errors
/// A [`RestError`] if Discord does not take them.
pub async fn register(rest: &Rest, application: u64, guild: Option<u64>) -> Result<(), RestError> {
    let commands =
        serde_json::to_value(commands()).map_err(|e| RestError::Unreadable(e.to_string()))?;
    let body = without_empty(commands).to_string().into_bytes();
    let application_id = application.into();
    let route = match guild {
        None => Route::Commands { application_id },
        Some(guild) => Route::GuildCommands {
            application_id,
            guild_id: GuildId::new(guild),
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
