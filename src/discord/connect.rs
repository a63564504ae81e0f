//! The first contact with Discord: is the token good, whose is it, and where is the gateway?

use crate::discord::meters::RestMeter;
use crate::discord::rest::{Repeat, Rest, RestError, is_unauthorised};
use heat_core::shard::{SHARDS_MAX, ShardRange};
use serenity::all::{LightMethod, Route};
use std::sync::Arc;

/// What the first contact yields.
pub struct Connection {
    /// The REST clients.
    pub rest: Rest,
    /// The application's public key in hexadecimal digits, if Discord told it.
    pub verify_key: Option<String>,
}

/// Where the gateway is, and what is to be run on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway {
    /// Its address.
    pub url: String,
    /// The shards to be run here.
    pub shards: ShardRange,
    /// How many shards in all Discord recommends.
    pub recommended: u32,
    /// How many shards may identify within five seconds, if their numbers differ modulo this; at
    /// least 1.
    pub max_concurrency: u32,
}

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The token is not one that Discord knows.
    #[error(
        "Discord does not accept the bot token; copy it again from the Bot page of your application at https://discord.com/developers/applications and set DISCORD_TOKEN"
    )]
    BadToken,
    /// Discord cannot be reached, or does not answer as it should.
    #[error("{place} cannot be reached: {cause}; check the network{hint}")]
    Unreachable {
        /// Discord, or the address in its place.
        place: String,
        /// What went wrong.
        cause: RestError,
        /// What else to check.
        hint: &'static str,
    },
    /// Each shard needs a session, and Discord grants only so many a day. A bot that asks for more
    /// has its token reset.
    #[error(
        "Discord allows {remaining} more new sessions of the bot for now, and {needed} are needed, one for each shard; start again in {} minutes", reset_after_ms.div_ceil(60_000)
    )]
    NoSessions {
        /// Sessions that may still be started.
        remaining: u32,
        /// Shards to be run here.
        needed: u32,
        /// Milliseconds until there are as many as ever.
        reset_after_ms: u64,
    },
}

/// Asks whose the token is. Calls to Discord are counted with `meter`.
///
/// # Errors
/// [`ConnectError`] if the token is invalid. If Discord does not answer, it may do so later.
pub async fn connect(
    token: &str,
    api_url: Option<&str>,
    meter: Arc<RestMeter>,
) -> Result<Connection, ConnectError> {
    let rest = Rest::new(token, api_url, meter).map_err(|cause| unreachable(api_url, cause))?;
    // READY tells it too, but games go on before it comes, and some of them need it at once.
    let route = Route::Oauth2ApplicationCurrent;
    let answer = rest
        .call(LightMethod::Get, route, None, Repeat::Safe, 2)
        .await;
    let mut verify_key = None;
    match answer {
        Ok(answer) => {
            if let Ok(application) = serde_json::from_slice::<Application>(&answer) {
                rest.set_application(application.id);
                verify_key = application.verify_key;
            }
        }
        Err(error) if is_unauthorised(&error) => return Err(ConnectError::BadToken),
        Err(error) => tracing::info!(%error, "connect.application_not_known_yet"),
    }
    Ok(Connection { rest, verify_key })
}

/// Asks for the gateway, and refuses to go on without it: serenity itself would quietly fall back
/// to Discord's own gateway, also when another address was set in its place.
///
/// Without `shards`, this process runs all of those that Discord recommends.
///
/// # Errors
/// [`ConnectError`] with a sentence on how to fix it.
pub async fn find_gateway(
    rest: &Rest,
    api_url: Option<&str>,
    shards: Option<ShardRange>,
) -> Result<Gateway, ConnectError> {
    let answer = rest
        .call(LightMethod::Get, Route::GatewayBot, None, Repeat::Safe, 4)
        .await;
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) if is_unauthorised(&error) => return Err(ConnectError::BadToken),
        Err(error) => return Err(unreachable(api_url, error)),
    };
    let told: GatewayBot = serde_json::from_slice(&answer)
        .map_err(|e| unreachable(api_url, RestError::Unreadable(e.to_string())))?;
    let recommended = told.shards.clamp(1, SHARDS_MAX);
    let shards = shards.unwrap_or_else(|| ShardRange::all_of(recommended));
    check_sessions(&told.session_start_limit, shards)?;
    if shards.total() < recommended {
        tracing::warn!(%shards, recommended, "connect.few_shards: raise the total in SHARDS");
    }
    Ok(Gateway {
        url: told.url,
        shards,
        recommended,
        // More than there can be shards makes no difference.
        max_concurrency: told
            .session_start_limit
            .max_concurrency
            .clamp(1, SHARDS_MAX),
    })
}

fn unreachable(api_url: Option<&str>, cause: RestError) -> ConnectError {
    ConnectError::Unreachable {
        place: api_url.unwrap_or("Discord").to_owned(),
        cause,
        hint: if api_url.is_some() {
            " and DISCORD_API_URL"
        } else {
            ""
        },
    }
}

fn check_sessions(limit: &SessionStartLimit, shards: ShardRange) -> Result<(), ConnectError> {
    if limit.remaining < shards.len() {
        return Err(ConnectError::NoSessions {
            remaining: limit.remaining,
            needed: shards.len(),
            reset_after_ms: limit.reset_after,
        });
    }
    Ok(())
}

/// <https://discord.com/developers/docs/topics/oauth2#get-current-bot-application-information>
#[derive(serde::Deserialize)]
struct Application {
    id: serenity::all::ApplicationId,
    verify_key: Option<String>,
}

/// <https://discord.com/developers/docs/events/gateway#get-gateway-bot>
#[derive(serde::Deserialize)]
struct GatewayBot {
    url: String,
    shards: u32,
    session_start_limit: SessionStartLimit,
}

/// <https://discord.com/developers/docs/events/gateway#session-start-limit-object>
#[derive(serde::Deserialize)]
struct SessionStartLimit {
    remaining: u32,
    /// In milliseconds.
    reset_after: u64,
    /// 0, and so 1, where something in Discord's place does not tell it.
    #[serde(default)]
    max_concurrency: u32,
}
