//! Calls to Discord's REST interface, with what serenity lacks: time-outs, and retries after 429,
//! 5xx and lost connections.
//!
//! Two clients. `limited` has serenity's rate limiter, for channel messages. `free` has none, for
//! responses to interactions: their limits are per interaction, serenity would keep a bucket for
//! each of them permanently, and one busy game's follow-ups would delay all others. With
//! `DISCORD_API_URL` neither has it, because serenity's limiter ignores the address and would send
//! the token to Discord itself.

mod error;
mod request;

pub use error::{Repeat, RestError, is_unauthorised};

use crate::clock::DiscordClock;
use crate::discord::in_flight::InFlight;
use crate::discord::meters::{RestMeter, family};
use error::{kind_of, without_address};
use heat_store::{Store, StoreError};
use heat_view::message::File;
pub use request::Body;
use request::once;
use serde::Serialize;
use serenity::all::{ApplicationId, Http, HttpBuilder, LightMethod, Request, Route};
use serenity::http::Ratelimiter;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// How long one request may take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(8);
/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(4);
/// The pause before the first retry; it doubles with each.
const FIRST_PAUSE: Duration = Duration::from_millis(400);
/// If the wait would be longer than this, the call fails: by then the message would no longer be
/// useful.
const WAIT_MAX: Duration = Duration::from_secs(60);
/// With more buckets than this, the rate limiter drops idle ones.
const BUCKETS_MAX: usize = 4_096;

/// What a date, which has whole seconds, leaves out on average.
const LEFT_OUT_MS: i64 = 500;
/// Where Discord answers.
const DISCORD: &str = "https://discord.com";

/// The two clients.
#[derive(Clone)]
pub struct Rest {
    limited: Arc<Http>,
    free: Arc<Http>,
    /// The HTTP client of both.
    client: reqwest::Client,
    meter: Arc<RestMeter>,
    /// Asked before anything is sent, once this process has claimed its games.
    games: Arc<OnceLock<Store>>,
    clock: Arc<DiscordClock>,
    in_flight: Arc<InFlight>,
}

/// What to do when another process may have taken over the games.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum InDoubt {
    /// Ask the database, and wait for its answer.
    Ask,
    /// Send anyway.
    Speak,
}

/// The time on Discord's clock, in Unix milliseconds, to the second, from an answer to a question
/// that needs no token: <https://discord.com/developers/docs/events/gateway#get-gateway>. None if the
/// answer does not say.
///
/// # Errors
/// [`RestError::NoAnswer`] if Discord cannot be reached.
pub async fn date_without_token(api_url: Option<&str>) -> Result<Option<i64>, RestError> {
    let base = api_url.unwrap_or(DISCORD);
    let asking = async {
        let client = reqwest::Client::builder()
            .timeout(REQUEST_TIMEOUT)
            .connect_timeout(CONNECT_TIMEOUT)
            .build()?;
        client.get(format!("{base}/api/v10/gateway")).send().await
    };
    let answer = asking.await.map_err(|e| RestError::NoAnswer(kind_of(&e)))?;
    Ok(request::date_ms(&answer).map(|date_ms| date_ms + LEFT_OUT_MS))
}

impl Rest {
    /// Clients for a token, at Discord or at `api_url` instead. `meter` counts their calls.
    ///
    /// # Errors
    /// [`RestError::NoAnswer`] if this machine's TLS cannot be set up.
    pub fn new(
        token: &str,
        api_url: Option<&str>,
        meter: Arc<RestMeter>,
    ) -> Result<Self, RestError> {
        let client = reqwest::Client::builder()
            .timeout(REQUEST_TIMEOUT)
            .connect_timeout(CONNECT_TIMEOUT)
            .build()
            .map_err(|_| RestError::NoAnswer("the HTTP client could not be set up"))?;
        let build = |limited: bool| {
            let mut builder = HttpBuilder::new(token)
                .client(client.clone())
                .ratelimiter_disabled(!limited);
            if limited {
                builder = builder.ratelimiter(limiter(client.clone(), token, &meter));
            }
            if let Some(url) = api_url {
                builder = builder.proxy(url);
            }
            Arc::new(builder.build())
        };
        Ok(Self {
            limited: build(api_url.is_none()),
            free: build(false),
            client,
            meter,
            games: Arc::default(),
            clock: Arc::new(DiscordClock::of_this_machine()),
            in_flight: Arc::default(),
        })
    }

    /// A client for serenity's gateway to own: the same token, address, time-outs and connections,
    /// without a rate limiter. Otherwise serenity creates one without time-outs.
    #[must_use]
    pub fn for_gateway(&self) -> Http {
        let builder = HttpBuilder::new(self.free.token())
            .client(self.client.clone())
            .ratelimiter_disabled(true);
        match &self.free.proxy {
            Some(url) => builder.proxy(url).build(),
            None => builder.build(),
        }
    }

    /// Discord's time, as its responses show it.
    #[must_use]
    pub fn clock(&self) -> &Arc<DiscordClock> {
        &self.clock
    }

    /// The interactions being answered.
    #[must_use]
    pub fn in_flight(&self) -> &Arc<InFlight> {
        &self.in_flight
    }

    /// From now on nothing is sent for games that another process has taken over, not even by a
    /// process that was paused in the middle of a call and continues.
    pub fn speak_for(&self, store: &Store) {
        // The first call counts; there is only one store.
        let _ = self.games.set(store.clone());
    }

    /// Names the application in routes that need it. Known from the gateway's READY.
    pub fn set_application(&self, id: ApplicationId) {
        self.limited.set_application_id(id);
        self.free.set_application_id(id);
    }

    /// The application, once known.
    #[must_use]
    pub fn application(&self) -> Option<ApplicationId> {
        self.free.application_id()
    }

    /// The time on Discord's clock, in Unix milliseconds, accurate to a second; `None` if the
    /// response has no date.
    ///
    /// # Errors
    /// A [`RestError`] if Discord cannot be reached.
    pub async fn date_ms(&self) -> Result<Option<i64>, RestError> {
        let request = Request::new(Route::Gateway, LightMethod::Get);
        let answer = self.free.request(request).await.map_err(without_address)?;
        Ok(request::date_ms(&answer).map(|date_ms| date_ms + LEFT_OUT_MS))
    }

    /// A call under the rate limiter, tried up to `tries` times.
    ///
    /// # Errors
    /// The last try's [`RestError`].
    pub async fn call(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: impl Into<Body>,
        repeat: Repeat,
        tries: u32,
    ) -> Result<Vec<u8>, RestError> {
        self.prune_buckets().await;
        let body = body.into();
        let way = (&*self.limited, InDoubt::Ask);
        self.repeated(way, method, route, &body, repeat, tries)
            .await
    }

    /// A call about an interaction, not under the rate limiter.
    ///
    /// # Errors
    /// The last try's [`RestError`].
    pub async fn interaction_call(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: impl Into<Body>,
        repeat: Repeat,
        tries: u32,
    ) -> Result<Vec<u8>, RestError> {
        let body = body.into();
        let way = (&*self.free, InDoubt::Ask);
        self.repeated(way, method, route, &body, repeat, tries)
            .await
    }

    /// A message about an interaction with its attached file, not under the rate limiter.
    ///
    /// # Errors
    /// The last try's [`RestError`].
    pub async fn interaction_say(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: &impl Serialize,
        file: Option<&File>,
        repeat: Repeat,
        tries: u32,
    ) -> Result<(), RestError> {
        let body = Body::of(body, file);
        // There is no time to wait for a database that may be down. Callers have already asked it.
        let way = (&*self.free, InDoubt::Speak);
        self.repeated(way, method, route, &body, repeat, tries)
            .await
            .map(|_| ())
    }

    async fn repeated(
        &self,
        (http, in_doubt): (&Http, InDoubt),
        method: LightMethod,
        route: Route<'_>,
        body: &Body,
        repeat: Repeat,
        tries: u32,
    ) -> Result<Vec<u8>, RestError> {
        let meter = &*self.meter;
        let family = family(&route);
        let mut pause = FIRST_PAUSE;
        let mut done = 0;
        loop {
            done += 1;
            self.may_speak(in_doubt).await?;
            let result = once(http, &self.client, &self.clock, method, route, body).await;
            // A successful response counts as such even if its body cannot be read.
            let status = match &result {
                Ok(_) | Err(RestError::Unreadable(_)) => Some(200),
                Err(error) => error.status(),
            };
            meter.count(family, status);
            let error = match result {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            if done >= tries || !error.worth_repeating(repeat) {
                return Err(error);
            }
            let wait = error.retry_after().unwrap_or(pause);
            if wait > WAIT_MAX {
                return Err(error);
            }
            tracing::debug!(%error, tries = done, "rest.again");
            if error.status() == Some(429) {
                held_back(meter, wait);
            }
            meter.retries.inc();
            tokio::time::sleep(wait).await;
            pause *= 2;
        }
    }

    /// Whether this process still owns the games.
    async fn may_speak(&self, in_doubt: InDoubt) -> Result<(), RestError> {
        match (self.games.get(), in_doubt) {
            (Some(games), InDoubt::Ask) => games.hold().await.map_err(RestError::NotOurs),
            (Some(games), InDoubt::Speak) if games.is_replaced() => {
                Err(RestError::NotOurs(StoreError::LeaseLost))
            }
            _ => Ok(()),
        }
    }

    /// serenity keeps a bucket for every channel it ever wrote to. Once there are many, unused
    /// buckets whose window is over are dropped.
    async fn prune_buckets(&self) {
        let Some(limiter) = &self.limited.ratelimiter else {
            return;
        };
        let routes = limiter.routes();
        if routes.read().await.len() <= BUCKETS_MAX {
            return;
        }
        let now = std::time::SystemTime::now();
        routes.write().await.retain(|_, bucket| {
            let idle = bucket
                .try_lock()
                .is_ok_and(|bucket| bucket.reset().is_none_or(|reset| reset < now));
            !idle
        });
    }
}

/// serenity's limiter, with metrics about how long it delays requests.
fn limiter(client: reqwest::Client, token: &str, meter: &Arc<RestMeter>) -> Ratelimiter {
    let meter = Arc::clone(meter);
    let mut limiter = Ratelimiter::new(client, format!("Bot {token}"));
    limiter.set_ratelimit_callback(Box::new(move |limit| {
        held_back(&meter, limit.timeout);
    }));
    limiter
}

fn held_back(meter: &RestMeter, wait: Duration) {
    meter.limited.inc();
    meter.limited_for.inc_by(wait.as_secs_f64());
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::StatusCode;
    use serenity::all::{ChannelId, Ratelimit};
    use std::sync::atomic::{AtomicU32, Ordering};
    use tokio::sync::Mutex;

    /// With its limiter on, serenity ignores the address and sends the token to Discord.
    #[test]
    fn another_address_is_never_used_with_serenitys_limiter() {
        let rest = Rest::new("t", Some("http://127.0.0.1:1"), Arc::default()).expect("clients");
        assert!(rest.limited.ratelimiter.is_none() && rest.free.ratelimiter.is_none());
        let at_discord = Rest::new("t", None, Arc::default()).expect("clients");
        assert!(at_discord.limited.ratelimiter.is_some());
        assert!(
            at_discord.free.ratelimiter.is_none(),
            "no bucket for each interaction"
        );
    }

    /// Discord asks for a longer pause than the first one, and gets it, for routes with tokens and
    /// with another address.
    #[tokio::test]
    async fn a_429_is_waited_out_for_as_long_as_it_says() {
        let answers = Arc::new(AtomicU32::new(0));
        let answer = {
            let answers = Arc::clone(&answers);
            move || {
                let is_first = answers.fetch_add(1, Ordering::Relaxed) == 0;
                async move {
                    let limited = r#"{"message":"slow down","retry_after":0.65,"global":false}"#;
                    if is_first {
                        (StatusCode::TOO_MANY_REQUESTS, limited)
                    } else {
                        (StatusCode::OK, "{}")
                    }
                }
            }
        };
        let app = axum::Router::new().fallback(answer);
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await;
        let listener = listener.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let server = tokio::spawn(async move { axum::serve(listener, app).await });
        let meter = Arc::<RestMeter>::default();
        let rest = Rest::new("t", Some(&url), Arc::clone(&meter)).expect("clients");
        let route = Route::WebhookFollowupMessages {
            application_id: 1.into(),
            token: "token",
        };
        let (method, repeat) = (LightMethod::Post, Repeat::IfRefused);
        let said = rest.interaction_call(method, route, None, repeat, 2).await;
        assert_eq!(said, Ok(b"{}".to_vec()));
        assert_eq!(meter.limited.get(), 1);
        let waited = Duration::from_secs_f64(meter.limited_for.get());
        assert_eq!(waited, Duration::from_millis(650));
        server.abort();
    }

    #[tokio::test]
    async fn idle_buckets_are_dropped() {
        let rest = Rest::new("t", None, Arc::default()).expect("clients");
        let routes = rest.limited.ratelimiter.as_ref().expect("limited").routes();
        let bucket = |channel: u64| {
            let channel_id = ChannelId::new(channel);
            Route::ChannelMessages { channel_id }.ratelimiting_bucket()
        };
        let held = Arc::new(Mutex::new(Ratelimit::default()));
        let _in_use = held.lock().await;
        for channel in 1..=5_000 {
            let limit = Arc::new(Mutex::new(Ratelimit::default()));
            routes.write().await.insert(bucket(channel), limit);
        }
        routes.write().await.insert(bucket(1), Arc::clone(&held));
        rest.prune_buckets().await;
        assert_eq!(routes.read().await.len(), 1, "only the one in use is left");
    }
}
