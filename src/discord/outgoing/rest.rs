//! Calls to Discord's REST interface, with what serenity leaves out: time-outs, and trying again
//! after 429, 5xx and lost connections.
//!
//! Two clients. `limited` has serenity's rate limiter, for channel messages. `free` has none, for
//! answers to interactions: their limits are per interaction, serenity would keep a bucket for
//! each of them for ever, and one hot game's follow-ups would hold up all others. With
//! `DISCORD_API_URL` neither has it, because serenity's limiter ignores the address and would send
//! the token to Discord itself.

use crate::discord::meters::{Meters, RestMeter, family};
use crate::view::escape::clip;
use crate::view::message::File;
use reqwest::StatusCode;
use serde_json::Value;
use serenity::Error;
use serenity::all::{CreateAttachment, Http, HttpBuilder, HttpError, LightMethod, Request, Route};
use serenity::http::{Multipart, MultipartUpload, Ratelimiter};
use std::sync::Arc;
use std::time::Duration;

/// How long one request may take.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(8);
/// How long connecting may take.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(4);
/// The pause before the first further try; it doubles with each.
const FIRST_PAUSE: Duration = Duration::from_millis(400);
/// Buckets of the rate limiter beyond which idle ones are let go of.
const BUCKETS_MAX: usize = 4_096;

/// Characters of what an answer says that are kept.
const SAID_MAX: usize = 500;

/// Whether a call may be sent again when it is unknown whether the first one was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    /// Doing it twice is the same as doing it once: an edit, a post with a nonce, a read.
    Safe,
    /// Only after an answer that says that it was not carried out.
    IfRefused,
}

/// Why a call failed, without the address: addresses hold interaction tokens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RestError {
    /// Discord refused it.
    #[error("Discord answered {status}, code {code}: {message}")]
    Refused {
        /// The HTTP status.
        status: u16,
        /// Discord's JSON error code, 0 or -1 if it sent none:
        /// <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>.
        code: isize,
        /// Discord's sentence, with the faulty fields if it named any.
        message: String,
    },
    /// The request did not get through, or its answer did not come back.
    #[error("no answer from Discord: {0}")]
    NoAnswer(&'static str),
    /// The answer was not what it should be.
    #[error("Discord's answer cannot be read: {0}")]
    Unreadable(String),
}

impl RestError {
    /// Discord's JSON error code, if it refused the call.
    #[must_use]
    pub fn code(&self) -> Option<isize> {
        match self {
            Self::Refused { code, .. } => Some(*code),
            _ => None,
        }
    }

    /// The HTTP status, if Discord refused the call.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// The same without these texts: whatever answers may repeat the address or a header in what
    /// it says, and what it says is logged. Nor is it logged at any length.
    fn without(mut self, secrets: [&str; 2]) -> Self {
        if let Self::Refused { message: said, .. } | Self::Unreadable(said) = &mut self {
            let bare = secrets.map(|secret| secret.trim_start_matches("Bot "));
            for secret in bare.into_iter().filter(|secret| !secret.is_empty()) {
                *said = said.replace(secret, "…");
            }
            *said = clip(said, SAID_MAX);
        }
        self
    }

    fn worth_repeating(&self, repeat: Repeat) -> bool {
        match self {
            // A 429 without a readable body still is one.
            Self::Refused { status, .. } if *status == 429 => true,
            Self::Refused { status, .. } => *status >= 500 && repeat == Repeat::Safe,
            Self::NoAnswer(_) => repeat == Repeat::Safe,
            Self::Unreadable(_) => false,
        }
    }
}

/// The two clients.
#[derive(Clone)]
pub struct Rest {
    limited: Arc<Http>,
    free: Arc<Http>,
    /// What both send with.
    client: reqwest::Client,
    meters: Arc<Meters>,
}

impl Rest {
    /// Clients for a token, at Discord or at `api_url` in its place.
    ///
    /// # Errors
    /// [`RestError::NoAnswer`] if this machine's TLS cannot be set up.
    pub fn new(token: &str, api_url: Option<&str>) -> Result<Self, RestError> {
        let client = reqwest::Client::builder()
            .timeout(REQUEST_TIMEOUT)
            .connect_timeout(CONNECT_TIMEOUT)
            .build()
            .map_err(|_| RestError::NoAnswer("the HTTP client could not be set up"))?;
        let meters = Arc::<Meters>::default();
        let build = |limited: bool| {
            let mut builder = HttpBuilder::new(token)
                .client(client.clone())
                .ratelimiter_disabled(!limited);
            if limited {
                builder = builder.ratelimiter(limiter(client.clone(), token, &meters));
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
            meters,
        })
    }

    /// A client for serenity's gateway to own: the same token, address, time-outs and connections,
    /// and no rate limiter. Given none, serenity sets another one up, which has no time-outs.
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

    /// What the shell counts.
    #[must_use]
    pub fn meters(&self) -> &Arc<Meters> {
        &self.meters
    }

    /// Names the application in routes that need it. Known from the gateway's READY.
    pub fn set_application(&self, id: u64) {
        self.limited.set_application_id(id.into());
        self.free.set_application_id(id.into());
    }

    /// The application, once known.
    #[must_use]
    pub fn application(&self) -> Option<u64> {
        self.free.application_id().map(Into::into)
    }

    /// The time on Discord's clock, in Unix milliseconds, to the second; none if it does not say.
    ///
    /// # Errors
    /// A [`RestError`] if Discord cannot be reached.
    pub async fn date_ms(&self) -> Result<Option<i64>, RestError> {
        let request = Request::new(Route::Gateway, LightMethod::Get);
        let answer = self.free.request(request).await.map_err(without_address)?;
        let date = answer.headers().get(reqwest::header::DATE);
        let date = date.and_then(|date| date.to_str().ok());
        let date = date.and_then(|date| jiff::fmt::rfc2822::parse(date).ok());
        // The half of a second that it leaves out on average.
        Ok(date.map(|date| date.timestamp().as_millisecond() + 500))
    }

    /// A call under the rate limiter, tried up to `tries` times.
    ///
    /// # Errors
    /// The last try's [`RestError`].
    pub async fn call(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: Option<Vec<u8>>,
        repeat: Repeat,
        tries: u32,
    ) -> Result<Vec<u8>, RestError> {
        self.prune_buckets().await;
        let body = Body::of(body);
        self.repeated(&self.limited, method, route, &body, repeat, tries)
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
        body: Option<Vec<u8>>,
        repeat: Repeat,
        tries: u32,
    ) -> Result<Vec<u8>, RestError> {
        let body = Body::of(body);
        self.repeated(&self.free, method, route, &body, repeat, tries)
            .await
    }

    /// A message about an interaction, with the file that comes with it, not under the rate
    /// limiter.
    ///
    /// # Errors
    /// The last try's [`RestError`].
    pub async fn interaction_say(
        &self,
        method: LightMethod,
        route: Route<'_>,
        body: &Value,
        file: Option<&File>,
        repeat: Repeat,
        tries: u32,
    ) -> Result<(), RestError> {
        let body = Body {
            json: Some(body.to_string()),
            file: file.cloned(),
        };
        self.repeated(&self.free, method, route, &body, repeat, tries)
            .await
            .map(|_| ())
    }

    async fn repeated(
        &self,
        http: &Http,
        method: LightMethod,
        route: Route<'_>,
        body: &Body,
        repeat: Repeat,
        tries: u32,
    ) -> Result<Vec<u8>, RestError> {
        let meter = &self.meters.rest;
        let family = family(&route);
        let mut pause = FIRST_PAUSE;
        let mut done = 0;
        loop {
            done += 1;
            let result = once(http, method, route, body).await;
            // An answer that was a success is counted as such even if its body cannot be read.
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
            tracing::debug!(%error, tries = done, "rest.again");
            if error.status() == Some(429) {
                held_back(meter, pause);
            }
            meter.retries.add_one();
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
    }

    /// serenity keeps a bucket for every channel it ever wrote to. Buckets that nobody holds and
    /// whose window is over are let go of once there are many.
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

/// serenity's limiter, which tells how long it holds requests back.
fn limiter(client: reqwest::Client, token: &str, meters: &Arc<Meters>) -> Ratelimiter {
    let meters = Arc::clone(meters);
    let mut limiter = Ratelimiter::new(client, format!("Bot {token}"));
    limiter.set_ratelimit_callback(Box::new(move |limit| {
        held_back(&meters.rest, limit.timeout);
    }));
    limiter
}

fn held_back(meter: &RestMeter, wait: Duration) {
    meter.limited.add_one();
    let ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX / 2);
    meter.limited_ms.add(ms);
}

/// What a request carries.
struct Body {
    json: Option<String>,
    file: Option<File>,
}

impl Body {
    fn of(json: Option<Vec<u8>>) -> Self {
        Self {
            json: json.and_then(|bytes| String::from_utf8(bytes).ok()),
            file: None,
        }
    }

    /// The request: JSON alone, or `multipart/form-data` where a file comes along.
    /// <https://discord.com/developers/docs/reference#uploading-files>
    fn to_request<'a>(&self, route: Route<'a>, method: LightMethod) -> Request<'a> {
        let request = Request::new(route, method);
        match &self.file {
            None => request.body(self.json.clone().map(String::into_bytes)),
            Some(file) => {
                let file = CreateAttachment::bytes(file.content.clone(), &file.name);
                request.multipart(Some(Multipart {
                    upload: MultipartUpload::Attachments(vec![file]),
                    fields: Vec::new(),
                    payload_json: self.json.clone(),
                }))
            }
        }
    }
}

async fn once(
    http: &Http,
    method: LightMethod,
    route: Route<'_>,
    body: &Body,
) -> Result<Vec<u8>, RestError> {
    let request = body.to_request(route, method);
    let secrets = [http.token(), token_of(route)];
    let response = http
        .request(request)
        .await
        .map_err(|error| without_address(error).without(secrets))?;
    let bytes = response
        .bytes()
        .await
        .map_err(|e| RestError::NoAnswer(kind_of(&e)))?;
    Ok(bytes.to_vec())
}

/// The interaction token in a route's address; empty if there is none.
fn token_of(route: Route<'_>) -> &str {
    match route {
        Route::InteractionResponse { token, .. }
        | Route::WebhookOriginalInteractionResponse { token, .. }
        | Route::WebhookFollowupMessage { token, .. }
        | Route::WebhookFollowupMessages { token, .. } => token,
        _ => "",
    }
}

fn without_address(error: Error) -> RestError {
    match error {
        Error::Http(HttpError::UnsuccessfulRequest(response)) => {
            let mut message = response.error.message;
            for fault in response.error.errors.iter().take(5) {
                message.extend(["; ", &fault.path, ": ", &fault.message]);
            }
            RestError::Refused {
                status: response.status_code.as_u16(),
                code: response.error.code,
                message,
            }
        }
        Error::Http(HttpError::Request(error)) => RestError::NoAnswer(kind_of(&error)),
        Error::Http(_) => RestError::NoAnswer("the request could not be made"),
        Error::Json(error) => RestError::Unreadable(error.to_string()),
        _ => RestError::NoAnswer("the client failed"),
    }
}

fn kind_of(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "it took too long"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke"
    }
}

/// Whether an answer says that the token is wrong.
#[must_use]
pub fn is_unauthorised(error: &RestError) -> bool {
    error.status() == Some(StatusCode::UNAUTHORIZED.as_u16())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serenity::all::{ChannelId, Ratelimit};
    use tokio::sync::Mutex;

    /// With its limiter on, serenity ignores the address and sends the token to Discord.
    #[test]
    fn another_address_is_never_used_with_serenitys_limiter() {
        let rest = Rest::new("t", Some("http://127.0.0.1:1")).expect("clients");
        assert!(rest.limited.ratelimiter.is_none() && rest.free.ratelimiter.is_none());
        let at_discord = Rest::new("t", None).expect("clients");
        assert!(at_discord.limited.ratelimiter.is_some());
        assert!(
            at_discord.free.ratelimiter.is_none(),
            "no bucket for each interaction"
        );
    }

    #[tokio::test]
    async fn idle_buckets_are_let_go_of() {
        let rest = Rest::new("t", None).expect("clients");
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

    #[test]
    fn an_answer_that_repeats_a_secret_is_kept_without_it() {
        let echo = |message: &str| RestError::Refused {
            status: 404,
            code: 10_015,
            message: message.to_owned(),
        };
        let route = Route::WebhookFollowupMessages {
            application_id: 1.into(),
            token: "int-token",
        };
        let secrets = ["Bot bot-token", token_of(route)];
        let shown = echo("no /webhooks/1/int-token for Bot bot-token").without(secrets);
        assert_eq!(shown, echo("no /webhooks/1/… for Bot …"));
        let long = echo(&"x".repeat(100_000)).without(secrets).to_string();
        assert!(long.len() < 1_000, "{}", long.len());
        let none = [Route::GatewayBot, Route::UserMe].map(token_of);
        assert_eq!(echo("as it is").without(none), echo("as it is"));
    }

    #[test]
    fn what_is_tried_again() {
        let refused = |status| RestError::Refused {
            status,
            code: 0,
            message: String::new(),
        };
        for (error, safe, if_refused) in [
            (refused(429), true, true),
            (refused(500), true, false),
            (refused(502), true, false),
            (refused(404), false, false),
            (refused(403), false, false),
            (RestError::NoAnswer("it took too long"), true, false),
        ] {
            assert_eq!(error.worth_repeating(Repeat::Safe), safe, "{error}");
            assert_eq!(
                error.worth_repeating(Repeat::IfRefused),
                if_refused,
                "{error}"
            );
        }
    }
}
