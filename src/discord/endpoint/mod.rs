//! Discord's HTTP interactions endpoint: Discord sends each interaction as a signed request, and
//! the HTTP response is the first response. There are no shards, sessions or callbacks.
//!
//! Plain HTTP/1.1, behind a reverse proxy or tunnel that terminates Discord's HTTPS. Only requests
//! signed with Discord's key are trusted; all others get a status and nothing more. Every
//! connection, header and body has limits in size and time.

mod request;
mod signature;

pub use request::PATH;

use crate::discord::entry::{Entry, Seen, Services};
use crate::discord::meters::Meters;
use crate::discord::register::register;
use crate::discord::rest::Rest;
use crate::host::Clock;
use ed25519_dalek::VerifyingKey;
use heat_core::id::GuildId;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use serenity::all::ApplicationId;
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// How many connections are served at once; others wait.
const CONNECTIONS_MAX: usize = 512;
/// How long the head of a request may take to arrive, and how long a connection may be idle.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// The longest head of a request, in bytes.
const HEAD_BYTES_MAX: usize = 16 * 1024;
/// The pause after accepting a connection failed, for example because too many files are open.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// How long open connections may take to finish when the process stops.
const CLOSE_MAX: Duration = Duration::from_secs(5);
/// The pause after registering the commands failed.
const REGISTER_PAUSE: Duration = Duration::from_secs(30);
/// How long interactions are remembered: for as long as a replayed request would be accepted.
const SEEN_FOR: Duration =
    Duration::from_secs((signature::AGE_MAX_S + signature::AHEAD_MAX_S) as u64);
/// The most that are remembered: enough for 1,000 a second, in about 10 MB.
const SEEN_MAX: usize = 400_000;

/// Why the endpoint cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    /// We cannot listen on the address.
    #[error("INTERACTIONS_ADDR (in the sandbox --endpoint): cannot listen on {address}: {cause}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The system's error.
        cause: io::Error,
    },
    /// The key belongs to another application.
    #[error(
        "DISCORD_PUBLIC_KEY is not the public key of this token's application; copy it again from the General Information page of your application"
    )]
    OtherKey,
    /// Discord did not say which application this is.
    #[error("Discord did not say which application the token belongs to; try again in a moment")]
    NoApplication,
}

/// An endpoint that listens, but does not respond yet.
pub struct Bound {
    listener: TcpListener,
    key: VerifyingKey,
}

impl Bound {
    /// Starts to listen for requests signed with `key`. They wait until [`Self::serve`].
    ///
    /// # Errors
    /// [`EndpointError::Listen`] if the address is not this machine's or not free.
    pub async fn new(address: SocketAddr, key: VerifyingKey) -> Result<Self, EndpointError> {
        let listener = TcpListener::bind(address)
            .await
            .map_err(|cause| EndpointError::Listen { address, cause })?;
        Ok(Self { listener, key })
    }

    /// Checks that this is the public key that Discord reports for the application.
    ///
    /// # Errors
    /// [`EndpointError::OtherKey`] if Discord reports another.
    pub fn check_key(&self, expected: Option<&str>) -> Result<(), EndpointError> {
        let own = self.key.as_bytes().iter();
        let own = own.fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        match expected {
            Some(expected) if !expected.eq_ignore_ascii_case(&own) => Err(EndpointError::OtherKey),
            _ => Ok(()),
        }
    }

    /// Registers the commands and handles requests until `stop`; then finishes those in progress.
    ///
    /// # Errors
    /// [`EndpointError::NoApplication`] if the application is unknown.
    pub async fn serve(
        self,
        services: Services,
        guild: Option<GuildId>,
        stop: impl Future<Output = ()>,
    ) -> Result<(), EndpointError> {
        let rest = services.rest.clone();
        let application = rest.application().ok_or(EndpointError::NoApplication)?;
        let app = Arc::clone(&services.app);
        let clock = Arc::clone(&app.clock);
        let meters = Arc::clone(&services.meters);
        let endpoint = Arc::new(Endpoint {
            key: self.key,
            entry: Entry::new(services, Seen::new(SEEN_FOR, SEEN_MAX)),
            clock,
            meters,
        });
        let registering = tokio::spawn(async move {
            // Commands are shown only once they can be handled.
            app.loaded().await;
            register_in_time(rest, application, guild).await;
        });
        if let Ok(address) = self.listener.local_addr() {
            tracing::info!(%address, path = PATH, "endpoint.ready");
        }
        let (connections, stopping) = (TaskTracker::new(), CancellationToken::new());
        tokio::select! {
            never = accept(&self.listener, &endpoint, &connections, &stopping) => match never {},
            () = stop => {}
        }
        // New connections are refused from here on; each open one ends after its response.
        drop(self.listener);
        stopping.cancel();
        registering.abort();
        connections.close();
        if tokio::time::timeout(CLOSE_MAX, connections.wait())
            .await
            .is_err()
        {
            tracing::warn!(left = connections.len(), "shutdown.connections_left");
        }
        endpoint.entry.drain().await;
        Ok(())
    }
}

/// What every request needs.
struct Endpoint {
    key: VerifyingKey,
    entry: Entry,
    clock: Clock,
    meters: Arc<Meters>,
}

impl Endpoint {
    /// The time in Unix seconds.
    fn now_s(&self) -> i64 {
        (self.clock)().div_euclid(1_000)
    }
}

/// Registers the commands with Discord, and retries until that works.
async fn register_in_time(rest: Rest, application: ApplicationId, guild: Option<GuildId>) {
    while let Err(error) = register(&rest, application, guild).await {
        tracing::error!(%error, "commands.not_registered");
        tokio::time::sleep(REGISTER_PAUSE).await;
    }
    tracing::info!(guild_id = guild.map(|guild| guild.0), "commands.registered");
}

/// Accepts connections, each served in its own task, which ends cleanly after `stopping`.
async fn accept(
    listener: &TcpListener,
    endpoint: &Arc<Endpoint>,
    connections: &TaskTracker,
    stopping: &CancellationToken,
) -> Infallible {
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        // Never closed, so a permit becomes available in the end.
        let place = Arc::clone(&places).acquire_owned().await.ok();
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::warn!(%error, "endpoint.not_accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                continue;
            }
        };
        let (endpoint, stopping) = (Arc::clone(endpoint), stopping.clone());
        connections.spawn(async move {
            serve(stream, endpoint, stopping).await;
            drop(place);
        });
    }
}

/// Serves one connection until it closes, or until `stopping` and its pending response.
async fn serve(stream: TcpStream, endpoint: Arc<Endpoint>, stopping: CancellationToken) {
    // Small responses must not wait for the acknowledgement of the previous one.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let endpoint = Arc::clone(&endpoint);
        async move { Ok::<_, Infallible>(request::answer(&endpoint, request).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(HEAD_BYTES_MAX)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    let served = tokio::select! {
        served = connection.as_mut() => served,
        () = stopping.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = served {
        // The client disconnected, was too slow, or does not speak HTTP.
        tracing::debug!(%error, "endpoint.connection_broken");
    }
}
