//! Registers the commands with Discord:
//! <https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands>.

use super::commands::{cast, help, leaderboard, news, quiz};
use super::rest::{Repeat, Rest, RestError};
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
        help::registration(),
    ]
    .into_iter()
    .map(|command| {
        command
            .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
            .integration_types(vec![InstallationContext::Guild])
    })
    .collect()
}

/// Tells Discord the commands of this version, in one server or everywhere. Commands that it
/// knows already cost nothing, and those that are no more go away.
///
/// # Errors
/// A [`RestError`] if Discord does not take them.
pub async fn register(rest: &Rest, application: u64, guild: Option<u64>) -> Result<(), RestError> {
    let body = serde_json::to_vec(&commands()).map_err(|e| RestError::Unreadable(e.to_string()))?;
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
