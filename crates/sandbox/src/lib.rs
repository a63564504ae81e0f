//! A simulated Discord on loopback: REST, gateway, and a web page to play in.
//!
//! Use it to try a bot without a Discord account and to run integration tests. It must not be
//! kinder than Discord: it enforces limits, the three-second rule, the lifetime of tokens,
//! permissions and rate limits with Discord's own error codes, and keeps every request it refused
//! ([`Sandbox::rejections`]).
//!
//! It shares no code with the bot and speaks only JSON, so that a bug in the bot cannot cancel
//! itself out here. It listens on loopback only, and connects to nothing but the bot's own
//! interactions endpoint on loopback, if it has one.
//!
//! Layers: `validate` (rules for what is sent) and `world` (the simulated state) are pure; `hub`
//! owns the one world, with `sessions` and the key of `signer`; `rest`, `gateway`, `endpoint` and
//! `page_api` are its interfaces and stand above it.
//!
//! Not simulated: reactions, layout components (flag 32768), modals with labels, webhooks of
//! channels, forum and voice channels, gateway events other than interactions.

mod clock;
mod connection;
mod crowd;
mod driver;
mod endpoint;
mod error;
mod faults;
mod gateway;
mod guard;
mod hub;
mod id;
mod page;
mod page_api;
mod permissions;
mod rest;
mod sessions;
mod signer;
mod validate;
mod world;

use std::{io, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Query, State, WebSocketUpgrade},
    http::StatusCode,
    middleware,
    response::{IntoResponse, Response},
    routing::{any, get},
};
use serde_json::Value;
use tokio::{net::TcpListener, task::JoinHandle};

pub use self::crowd::{CROWD_MAX, Coach};
pub use self::faults::{FaultRequest, GatewayFault, RestFault, RestRule};
pub use self::id::{ApplicationId, ChannelId, GuildId, InteractionId, MessageId, Shard, UserId};
pub use self::permissions::Permissions;
pub use self::sessions::Identify;
pub use self::world::StaffAction;
use self::{
    connection::{BreakableListener, Breaker},
    hub::Hub,
    world::{Extras, Limits, World},
};

/// The sandbox's settings. The defaults are Discord's own limits.
#[derive(Clone)]
pub struct Options {
    /// The address to listen on; port 0 picks a free one. Must be loopback.
    pub addr: SocketAddr,
    /// The bot token that it accepts.
    pub token: String,
    /// The bot's name.
    pub bot_name: String,
    /// Seed of all ids, tokens and faults.
    pub seed: u64,
    /// How long the first answer to an interaction may take.
    pub answer_limit: Duration,
    /// How long an interaction's token works.
    pub token_lifetime: Duration,
    /// Whether rate limits are enforced.
    pub rate_limits: bool,
    /// The minimum time between identifies of a bucket; an earlier one gets an invalid session.
    pub identify_interval: Duration,
    /// The number of identify buckets: a shard's bucket is its number modulo this.
    pub max_concurrency: u32,
    /// How many sessions may be started per day. Exceeding it resets the token.
    pub session_starts: u32,
    /// How many servers a shard may have.
    pub guilds_per_shard: u32,
    /// How many shards are recommended. Servers named `Studio 1` and so on are added so that every
    /// shard has one.
    pub shards: u16,
    /// Extra members in every server: `Extra 1`, `Extra 2` and so on.
    pub extra_members: u16,
    /// Extra channels in the first server: `stage-1`, `stage-2` and so on.
    pub extra_channels: u16,
    /// Whether members may install the app for themselves, as by *User Install* in Discord's portal.
    pub user_install: bool,
    /// Tells the crowd which button of a message is right; without it they guess.
    pub coach: Option<Coach>,
}

impl Options {
    /// Creates options with Discord's limits.
    pub fn new(addr: SocketAddr, token: impl Into<String>) -> Self {
        Self {
            addr,
            token: token.into(),
            bot_name: "Your Bot".to_owned(),
            seed: 1995,
            answer_limit: Duration::from_secs(3),
            token_lifetime: Duration::from_secs(15 * 60),
            rate_limits: true,
            identify_interval: Duration::from_secs(5),
            max_concurrency: 1,
            session_starts: 1_000,
            guilds_per_shard: 2_500,
            shards: 1,
            extra_members: 0,
            extra_channels: 0,
            user_install: true,
            coach: None,
        }
    }
}

impl std::fmt::Debug for Options {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the token: tokens are never printed, not even this one.
        f.debug_struct("Options")
            .field("addr", &self.addr)
            .field("bot_name", &self.bot_name)
            .field("seed", &self.seed)
            .field("answer_limit", &self.answer_limit)
            .field("token_lifetime", &self.token_lifetime)
            .field("rate_limits", &self.rate_limits)
            .field("identify_interval", &self.identify_interval)
            .field("max_concurrency", &self.max_concurrency)
            .field("session_starts", &self.session_starts)
            .field("guilds_per_shard", &self.guilds_per_shard)
            .field("shards", &self.shards)
            .field("extra_members", &self.extra_members)
            .field("extra_channels", &self.extra_channels)
            .field("user_install", &self.user_install)
            .finish_non_exhaustive()
    }
}

/// Why the sandbox did not start.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The address can be reached from other machines.
    #[error("the sandbox listens on loopback only, not on {0}: use 127.0.0.1 and a port")]
    NotLoopback(SocketAddr),
    /// We cannot listen on the address.
    #[error("cannot listen on {addr}: {cause}; choose another port, or stop what uses this one")]
    Listen {
        /// The requested address.
        addr: SocketAddr,
        /// The system's error.
        cause: io::Error,
    },
    /// The token is empty or has characters that an HTTP header cannot contain.
    #[error("the sandbox needs a token of letters, digits and punctuation without spaces")]
    Token,
}

/// A running simulated Discord. Dropping it stops it.
pub struct Sandbox {
    hub: Arc<Hub>,
    address: SocketAddr,
    server: JoinHandle<()>,
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The world holds interaction tokens, which are never printed.
        f.debug_struct("Sandbox")
            .field("url", &self.hub.url)
            .finish_non_exhaustive()
    }
}

impl Sandbox {
    /// Starts listening.
    ///
    /// # Errors
    /// If the address is not loopback or not free, or the token is invalid.
    pub async fn start(options: Options) -> Result<Self, SandboxError> {
        let addr = options.addr;
        if !addr.ip().is_loopback() {
            return Err(SandboxError::NotLoopback(addr));
        }
        if options.token.is_empty() || !options.token.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(SandboxError::Token);
        }
        let listener = TcpListener::bind(addr)
            .await
            .map_err(|cause| SandboxError::Listen { addr, cause })?;
        let address = listener
            .local_addr()
            .map_err(|cause| SandboxError::Listen { addr, cause })?;
        let url = format!("http://{address}");
        let ms = |duration: Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
        let limits = Limits {
            answer_ms: ms(options.answer_limit),
            token_ms: ms(options.token_lifetime),
        };
        let extras = Extras {
            members: options.extra_members,
            channels: options.extra_channels,
            guilds: options.shards.saturating_sub(2),
        };
        let mut world = World::new(options.seed, &options.bot_name, limits, extras, url.clone());
        if !options.user_install {
            world.forbid_user_installs();
        }
        let (hub, endpoint_calls) = Hub::new(options, url, world);
        endpoint::start(&hub, endpoint_calls);
        crowd::start(&hub);
        let service = router(Arc::clone(&hub)).into_make_service_with_connect_info::<Breaker>();
        let server = tokio::spawn(async move {
            // It serves until it is aborted; accept errors are temporary.
            let _ = axum::serve(BreakableListener(listener), service).await;
        });
        Ok(Self {
            hub,
            address,
            server,
        })
    }

    /// The address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The page's address, and the base of the REST API: `http://127.0.0.1:PORT`.
    #[must_use]
    pub fn url(&self) -> String {
        self.hub.url.clone()
    }

    /// The bot token that it accepts.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.hub.options.token
    }

    /// The id of the application, which is also that of its user.
    #[must_use]
    pub fn application_id(&self) -> ApplicationId {
        self.hub.with(|inner, _| inner.world.application_id)
    }

    /// Every request that was refused, oldest first, as the page shows them.
    #[must_use]
    pub fn rejections(&self) -> Vec<Value> {
        self.hub
            .with(|inner, _| inner.world.rejections.iter().cloned().collect())
    }

    /// Every interaction token still known, so that a test can check where they must not appear.
    #[must_use]
    pub fn issued_tokens(&self) -> Vec<String> {
        self.hub
            .with(|inner, _| inner.world.tokens.keys().cloned().collect())
    }

    /// The application's public key, in hexadecimal digits.
    #[must_use]
    pub fn public_key(&self) -> String {
        self.hub.signer.public_key()
    }

    /// Signs a request to the endpoint (hexadecimal digits), so that a test can send what Discord
    /// never would.
    #[must_use]
    pub fn sign(&self, timestamp: &str, body: &[u8]) -> String {
        self.hub.signer.sign(timestamp, body)
    }

    /// Sends interactions to the bot's endpoint at this address from now on, or over the gateway
    /// again.
    ///
    /// # Errors
    /// A sentence that says why it is refused: it must be on loopback, answer a PING and refuse a
    /// forged one.
    pub async fn set_endpoint(&self, url: Option<String>) -> Result<(), String> {
        endpoint::set(&self.hub, url).await
    }

    /// Every identify so far with a good token and shard, oldest first, including those that were
    /// too early.
    #[must_use]
    pub fn identifies(&self) -> Vec<Identify> {
        self.hub
            .with(|inner, _| inner.sessions.identifies().collect())
    }

    /// The shard of every session that is connected now.
    #[must_use]
    pub fn shards_online(&self) -> Vec<Shard> {
        self.hub.with(|inner, _| inner.sessions.online().collect())
    }

    /// Sets how many simulated members play by themselves from now on, at most [`CROWD_MAX`].
    ///
    /// # Errors
    /// A sentence: the crowd's size is limited.
    pub fn set_crowd(&self, members: u16) -> Result<(), String> {
        crowd::set(&self.hub, members)
    }

    /// Does what a server's staff can do.
    ///
    /// # Errors
    /// A sentence: it does not exist.
    pub fn act(&self, act: &StaffAction) -> Result<(), String> {
        self.hub
            .with(|inner, now_ms| inner.world.act(None, act, now_ms))
    }

    /// Injects faults.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the request.
    pub fn inject(&self, faults: &FaultRequest) -> Result<(), String> {
        self.hub.inject(faults)
    }

    /// Closes every socket with a close frame and stops listening.
    pub async fn stop(mut self) {
        self.close();
        // The server task was aborted, so this ends at once.
        let _ = (&mut self.server).await;
    }

    fn close(&self) {
        self.hub.stopping.send_replace(true);
        self.server.abort();
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.close();
    }
}

fn router(hub: Arc<Hub>) -> Router {
    Router::new()
        .route("/gateway", get(gateway))
        .route("/gateway/", get(gateway))
        .route("/api/{*rest}", any(rest::handle))
        .merge(page::routes())
        .merge(page_api::routes())
        .layer(middleware::from_fn(guard::guard))
        .with_state(hub)
}

#[derive(serde::Deserialize)]
struct GatewayQuery {
    v: Option<String>,
    encoding: Option<String>,
    compress: Option<String>,
}

const ENCODINGS: &str = "The sandbox's gateway speaks JSON, plain or by compress=zlib-stream.";

async fn gateway(
    State(hub): State<Arc<Hub>>,
    Query(query): Query<GatewayQuery>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let is_json = query.encoding.as_deref().is_none_or(|name| name == "json");
    let is_compressed = match query.compress.as_deref() {
        None => false,
        Some("zlib-stream") => true,
        Some(_) => return (StatusCode::BAD_REQUEST, ENCODINGS).into_response(),
    };
    if !is_json {
        return (StatusCode::BAD_REQUEST, ENCODINGS).into_response();
    }
    let is_known_version = query.v.as_deref() == Some("10");
    upgrade.on_upgrade(move |socket| gateway::serve(hub, socket, is_known_version, is_compressed))
}
