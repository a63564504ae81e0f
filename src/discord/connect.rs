//! The first contact with Discord: is the token valid, whose is it, and where is the gateway?

use crate::discord::meters::RestMeter;
use crate::discord::rest::{Repeat, Rest, RestError, is_unauthorised};
use heat_core::shard::{SHARDS_MAX, ShardRange};
use serenity::all::{LightMethod, Route};
use std::sync::Arc;

/// The result of the first contact.
pub struct Connection {
    /// The REST clients.
    pub rest: Rest,
    /// The application's public key in hexadecimal digits, if Discord sent it.
    pub verify_key: Option<String>,
}

/// The gateway's address, and what to run on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway {
    /// Its address.
    pub url: String,
    /// The shards to run here.
    pub shards: ShardRange,
    /// The total number of shards that Discord recommends.
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
    /// Discord cannot be reached, or responds unexpectedly.
    #[error("{place} cannot be reached: {cause}; check the network{hint}")]
    Unreachable {
        /// Discord, or the address in its place.
        place: String,
        /// What went wrong.
        cause: RestError,
        /// What else to check.
        hint: &'static str,
    },
    /// Each shard needs a session, and Discord grants only so many a day. It resets the token of a
    /// bot that asks for more.
    #[error(
        "Discord allows the bot only {remaining} more new sessions for now, but it needs {needed}, one for each shard; start it again in {} minutes", reset_after_ms.div_ceil(60_000)
    )]
    NoSessions {
        /// Sessions that may still be started.
        remaining: u32,
        /// The number of shards here.
        needed: u32,
        /// Milliseconds until the limit is reset.
        reset_after_ms: u64,
    },
}

/// Asks whose token it is. `meter` counts the calls to Discord.
///
/// # Errors
/// [`ConnectError`] if the token is invalid. If Discord does not respond, it may do so later.
pub async fn connect(
    token: &str,
    api_url: Option<&str>,
    meter: Arc<RestMeter>,
) -> Result<Connection, ConnectError> {
    let rest = Rest::new(token, api_url, meter).map_err(|cause| unreachable(api_url, cause))?;
    // READY contains it too, but games resume before READY, and some need it at once.
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

/// Asks for the gateway, and refuses to continue without it: serenity itself would silently fall
/// back to Discord's own gateway, even if another address was set instead.
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
    let gateway: GatewayBot = serde_json::from_slice(&answer)
        .map_err(|e| unreachable(api_url, RestError::Unreadable(e.to_string())))?;
    let recommended = gateway.shards.clamp(1, SHARDS_MAX);
    let shards = shards.unwrap_or_else(|| ShardRange::all_of(recommended));
    check_sessions(&gateway.session_start_limit, shards)?;
    if shards.total() < recommended {
        tracing::warn!(%shards, recommended, "connect.few_shards: raise the total in SHARDS");
    }
    Ok(Gateway {
        url: gateway.url,
        shards,
        recommended,
        // A value above the number of shards makes no difference.
        max_concurrency: gateway
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
    /// 0, which counts as 1, if a stand-in for Discord does not send it.
    #[serde(default)]
    max_concurrency: u32,
}
