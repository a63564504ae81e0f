//! What Discord says about the bot, checked before it starts.

use crate::discord::rest::{Repeat, Rest, RestError, date_without_token, is_unauthorised};
use serde::Deserialize;
use serde_json::Value;
use serenity::all::{ApplicationId, LightMethod, Permissions, Route};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The permissions that the bot needs, under the names on Discord's own pages;
/// `docs/permissions.md` says what each is for.
const NEEDED: [(Permissions, &str); 5] = [
    (Permissions::VIEW_CHANNEL, "View Channels"),
    (Permissions::SEND_MESSAGES, "Send Messages"),
    (
        Permissions::SEND_MESSAGES_IN_THREADS,
        "Send Messages in Threads",
    ),
    (Permissions::EMBED_LINKS, "Embed Links"),
    (Permissions::ATTACH_FILES, "Attach Files"),
];
/// Bits of an application's flags for privileged intents, with few and with many servers:
/// <https://discord.com/developers/docs/resources/application#application-object-application-flags>.
const PRIVILEGED: [(u64, &str); 3] = [
    (1 << 12 | 1 << 13, "Presence"),
    (1 << 14 | 1 << 15, "Server Members"),
    (1 << 18 | 1 << 19, "Message Content"),
];
/// The key of members' installations among those that an app allows:
/// <https://discord.com/developers/docs/resources/application#application-object-application-integration-types>.
pub const USER_INSTALL: &str = "1";
/// How often each request is tried.
const TRIES: u32 = 2;

/// The findings.
#[derive(Debug)]
pub struct Checkup {
    /// The bot's name; `None` if the token does not belong to a bot.
    pub bot: Option<String>,
    /// The application's id.
    pub application: ApplicationId,
    /// Privileged intents that are on. The bot needs none.
    pub privileged: Vec<&'static str>,
    /// Where Discord sends interactions instead of to the gateway.
    pub endpoint: Option<String>,
    /// Whether members may install the app for themselves.
    pub for_members: bool,
    /// How many shards Discord recommends.
    pub shards: u32,
    /// How many sessions may still be started, and the total.
    pub sessions: (u32, u32),
    /// The bot's servers, at most two hundred.
    pub guilds: Vec<GuildFound>,
    /// How many milliseconds this machine's clock is ahead of Discord's, accurate to about a
    /// second.
    pub clock_ahead_ms: Option<i64>,
}

/// One of the bot's servers.
#[derive(Debug)]
pub struct GuildFound {
    /// Its name.
    pub name: String,
    /// The permissions that it lacks there.
    pub missing: Vec<&'static str>,
}

/// Why the check failed.
#[derive(Debug, thiserror::Error)]
pub enum CheckupError {
    /// Discord does not know the token.
    #[error("Discord does not accept it")]
    BadToken,
    /// Discord cannot be reached, or responds unexpectedly.
    #[error(transparent)]
    Rest(#[from] RestError),
}

/// Asks Discord about the bot. Changes nothing.
///
/// # Errors
/// [`CheckupError`] at the first request that fails.
pub async fn checkup(
    token: &str,
    api_url: Option<&str>,
    now_ms: impl Fn() -> i64,
) -> Result<Checkup, CheckupError> {
    let rest = Rest::new(token, api_url, Arc::default())?;
    let user: User = ask(&rest, Route::UserMe).await?;
    let clock_ahead_ms = rest.date_ms().await?.map(|theirs| now_ms() - theirs);
    let application: Application = ask(&rest, Route::Oauth2ApplicationCurrent).await?;
    let gateway: Gateway = ask(&rest, Route::GatewayBot).await?;
    let guilds: Vec<Guild> = ask(&rest, Route::UserMeGuilds).await?;
    let privileged = PRIVILEGED
        .iter()
        .filter(|(bits, _)| application.flags & bits != 0)
        .map(|(_, name)| *name);
    Ok(Checkup {
        bot: user.bot.then_some(user.username),
        application: application.id,
        privileged: privileged.collect(),
        endpoint: application.interactions_endpoint_url,
        for_members: application
            .integration_types_config
            .is_some_and(|allowed| allowed.contains_key(USER_INSTALL)),
        shards: gateway.shards,
        sessions: (
            gateway.session_start_limit.remaining,
            gateway.session_start_limit.total,
        ),
        guilds: guilds.into_iter().map(found).collect(),
        clock_ahead_ms,
    })
}

/// By how many milliseconds this machine's clock is ahead of Discord's, asked without a token;
/// `None` if the response has no date.
///
/// # Errors
/// [`RestError`] if there is no answer.
pub async fn clock_ahead_ms(
    api_url: Option<&str>,
    now_ms: impl Fn() -> i64,
) -> Result<Option<i64>, RestError> {
    let theirs = date_without_token(api_url).await?;
    Ok(theirs.map(|theirs| now_ms() - theirs))
}

/// The link with which a server's manager adds the bot with the permissions it needs.
#[must_use]
pub fn invite(application: ApplicationId) -> String {
    let needed = NEEDED
        .iter()
        .fold(Permissions::empty(), |all, (one, _)| all | *one);
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={}",
        needed.bits()
    )
}

/// The link with which a member installs the app for themselves:
/// <https://discord.com/developers/docs/topics/oauth2#authorization-code-grant-authorization-url-example>.
#[must_use]
pub fn install(application: ApplicationId) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=applications.commands&integration_type={USER_INSTALL}"
    )
}

fn found(guild: Guild) -> GuildFound {
    let missing = NEEDED
        .iter()
        .filter(|(needed, _)| {
            !guild.permissions.contains(*needed) && !guild.permissions.administrator()
        })
        .map(|(_, name)| *name);
    GuildFound {
        missing: missing.collect(),
        name: guild.name,
    }
}

async fn ask<T: serde::de::DeserializeOwned>(
    rest: &Rest,
    route: Route<'_>,
) -> Result<T, CheckupError> {
    let answer = rest
        .call(LightMethod::Get, route, None, Repeat::Safe, TRIES)
        .await;
    match answer {
        Ok(answer) => Ok(serde_json::from_slice(&answer)
            .map_err(|error| RestError::Unreadable(error.to_string()))?),
        Err(error) if is_unauthorised(&error) => Err(CheckupError::BadToken),
        Err(error) => Err(error.into()),
    }
}

/// <https://discord.com/developers/docs/resources/user#user-object>
#[derive(Deserialize)]
struct User {
    username: String,
    #[serde(default)]
    bot: bool,
}

/// <https://discord.com/developers/docs/resources/application#application-object>
#[derive(Deserialize)]
struct Application {
    id: ApplicationId,
    #[serde(default)]
    flags: u64,
    interactions_endpoint_url: Option<String>,
    #[serde(default)]
    integration_types_config: Option<BTreeMap<String, Value>>,
}

/// <https://discord.com/developers/docs/events/gateway#get-gateway-bot>
#[derive(Deserialize)]
struct Gateway {
    shards: u32,
    session_start_limit: SessionStartLimit,
}

#[derive(Deserialize)]
struct SessionStartLimit {
    remaining: u32,
    total: u32,
}

/// <https://discord.com/developers/docs/resources/user#get-current-user-guilds>
#[derive(Deserialize)]
struct Guild {
    name: String,
    permissions: Permissions,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_invitation_asks_only_for_needed_permissions() {
        assert_eq!(
            invite(ApplicationId::new(12)),
            "https://discord.com/oauth2/authorize?client_id=12&scope=bot+applications.commands&permissions=274877959168"
        );
        let guild = |permissions| Guild {
            name: String::new(),
            permissions,
        };
        let missing = |permissions| found(guild(permissions)).missing;
        assert_eq!(missing(Permissions::ADMINISTRATOR), Vec::<&str>::new());
        assert_eq!(
            missing(Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES),
            ["Send Messages in Threads", "Embed Links", "Attach Files"]
        );
    }

    #[test]
    fn the_page_of_permissions_tells_of_each() {
        let page = include_str!("../../docs/permissions.md");
        for (_, name) in NEEDED {
            assert!(page.contains(&format!("| *{name}* |")), "{name}");
        }
        for (_, name) in PRIVILEGED {
            assert!(page.contains(name), "{name}");
        }
    }
}
