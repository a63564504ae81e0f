//! The first contact with Discord: is the token good, and where is the gateway?

use super::rest::{Repeat, Rest, RestError, is_unauthorised};
use crate::shard::{SHARDS_MAX, ShardRange};
use serenity::all::{LightMethod, Route};

/// What the first contact yields.
pub struct Connection {
    /// The REST clients.
    pub rest: Rest,
    /// The gateway's address.
    pub gateway_url: String,
    /// The shards to be run here.
    pub shards: ShardRange,
    /// How many shards in all Discord recommends.
    pub shards_recommended: u32,
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
    /// Each shard needs a session, and Discord grants only so many new ones a day. Whoever asks
    /// for more has the token reset.
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

/// Asks for the gateway first, and refuses to go on without it: serenity itself would quietly
/// fall back to Discord's own gateway, also when another address was set in its place.
///
/// Without `shards`, this process runs all of those that Discord recommends.
///
/// # Errors
/// [`ConnectError`] with a sentence on how to mend it.
pub async fn connect(
    token: &str,
    api_url: Option<&str>,
    shards: Option<ShardRange>,
) -> Result<Connection, ConnectError> {
    let unreachable = |cause| ConnectError::Unreachable {
        place: api_url.unwrap_or("Discord").to_owned(),
        cause,
        hint: if api_url.is_some() {
            " and DISCORD_API_URL"
        } else {
            ""
        },
    };
    let rest = Rest::new(token, api_url).map_err(unreachable)?;
    let answer = rest
        .call(LightMethod::Get, Route::GatewayBot, None, Repeat::Safe, 4)
        .await;
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) if is_unauthorised(&error) => return Err(ConnectError::BadToken),
        Err(error) => return Err(unreachable(error)),
    };
    let gateway: Gateway = serde_json::from_slice(&answer)
        .map_err(|e| unreachable(RestError::Unreadable(e.to_string())))?;
    let recommended = gateway.shards.clamp(1, SHARDS_MAX);
    let shards = shards.unwrap_or_else(|| ShardRange::all_of(recommended));
    check_sessions(&gateway.session_start_limit, shards)?;
    if shards.total() < recommended {
        tracing::warn!(%shards, recommended, "connect.few_shards: raise the total in SHARDS");
    }
    // READY tells it too, but games go on before it comes, and some of them need it at once.
    let route = Route::Oauth2ApplicationCurrent;
    match rest
        .call(LightMethod::Get, route, None, Repeat::Safe, 2)
        .await
    {
        Ok(answer) => {
            if let Ok(application) = serde_json::from_slice::<Application>(&answer) {
                rest.set_application(application.id.get());
            }
        }
        Err(error) => tracing::info!(%error, "connect.application_not_known_yet"),
    }
    Ok(Connection {
        rest,
        gateway_url: gateway.url,
        shards,
        shards_recommended: recommended,
    })
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
}

/// <https://discord.com/developers/docs/events/gateway#get-gateway-bot>
#[derive(serde::Deserialize)]
struct Gateway {
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
}
