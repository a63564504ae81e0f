//! The REST API under `/api/v10`: authorisation, rate limits and routes.
//!
//! Routes are matched by hand, because Discord's order of checks (route, token, limits, body) and
//! its responses to unknown routes are part of the simulation.

mod about;
mod channels;
mod commands;
mod guilds;
mod interactions;
pub mod multipart;
pub mod ratelimit;

use std::{collections::BTreeMap, str::FromStr, sync::Arc, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::{ConnectInfo, Query, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use self::ratelimit::{Bucket, Standing};
use super::{
    connection::Breaker,
    error::{ApiError, seconds},
    faults::RestFault,
    hub::{Hub, Inner},
    validate::{form::FormErrors, message::File},
};

/// Largest body of a request, in bytes: ten files and the JSON beside them.
const BODY_BYTES_MAX: usize = 101 * 1024 * 1024;

/// A parsed call, ready to be carried out.
#[derive(Debug)]
pub struct Call<'a> {
    pub method: Method,
    /// The path after `/api/v10`, split.
    pub path: &'a [&'a str],
    pub query: BTreeMap<String, String>,
    pub body: Value,
    pub files: Vec<File>,
    pub url: &'a str,
    pub now_ms: u64,
}

/// The response to a call.
pub type Answer = Result<(StatusCode, Option<Value>), ApiError>;

/// 200 with a body.
#[expect(
    clippy::unnecessary_wraps,
    reason = "every arm of a route is an answer"
)]
pub fn ok(body: Value) -> Answer {
    Ok((StatusCode::OK, Some(body)))
}

/// 204.
#[expect(
    clippy::unnecessary_wraps,
    reason = "every arm of a route is an answer"
)]
pub const fn done() -> Answer {
    Ok((StatusCode::NO_CONTENT, None))
}

impl Call<'_> {
    /// An id in the path; Discord answers 50035 to an invalid one.
    pub fn id<Id: FromStr>(&self, index: usize) -> Result<Id, ApiError> {
        let text = self.path.get(index).copied().unwrap_or_default();
        text.parse().map_err(|_| {
            let mut errors = FormErrors::default();
            errors.add(
                "id",
                "NUMBER_TYPE_COERCE",
                format!("Value \"{text}\" is not snowflake."),
            );
            errors
                .finish()
                .err()
                .unwrap_or_else(ApiError::unknown_route)
        })
    }

    /// A query parameter that is an id.
    pub fn query_id<Id: FromStr>(&self, name: &str) -> Option<Id> {
        self.query.get(name)?.parse().ok()
    }
}

/// Answers any request under `/api`.
pub async fn handle(
    State(hub): State<Arc<Hub>>,
    ConnectInfo(breaker): ConnectInfo<Breaker>,
    request: Request,
) -> Response {
    let method = request.method().clone();
    let path = request.uri().path().replace("%40", "@");
    let segments: Vec<&str> = path
        .strip_prefix("/api/v10/")
        .map(|rest| rest.split('/').collect())
        .unwrap_or_default();
    let shown = redact(&path, &segments);

    let fault = hub.with(|inner, _| inner.faults.rest(&format!("{method} {shown}")));
    if let Some((fault, wait)) = fault {
        tracing::info!(%method, path = shown, ?fault, "sandbox.rest.fault_injected");
        if let Some(error) = fault.answer(wait) {
            return respond(Err(error), None);
        }
        match fault {
            RestFault::DropBefore => {
                breaker.break_connection();
                return StatusCode::NO_CONTENT.into_response();
            }
            RestFault::DropAfter => breaker.break_connection(),
            _ => tokio::time::sleep(wait).await,
        }
    }

    let (answer, standing) = carry_out(&hub, &method, &segments, request).await;
    if let Err(error) = &answer {
        hub.reject(method.as_str(), &shown, error);
    }
    respond(answer, standing)
}

async fn carry_out(
    hub: &Arc<Hub>,
    method: &Method,
    segments: &[&str],
    request: Request,
) -> (Answer, Option<Standing>) {
    let needs_token = !matches!(segments, ["interactions", ..] | ["webhooks", _, _, ..]);
    let token_reset = hub.with(|inner, _| inner.sessions.is_token_reset());
    if needs_token && (token_reset || !is_authorised(request.headers(), &hub.options.token)) {
        return (Err(ApiError::unauthorized()), None);
    }
    let bucket = bucket(method, segments);
    let taken = hub.with(|inner, now_ms| inner.limiter.take(bucket.as_ref(), needs_token, now_ms));
    let standing = match taken {
        Ok(standing) => standing,
        Err((error, standing)) => return (Err(error), standing),
    };
    let query = Query::<BTreeMap<String, String>>::try_from_uri(request.uri())
        .map(|Query(query)| query)
        .unwrap_or_default();
    let content_type = content_type(request.headers());
    let answer = match axum::body::to_bytes(request.into_body(), BODY_BYTES_MAX).await {
        Err(_) => Err(ApiError::too_large()),
        Ok(bytes) => read_body(&content_type, &bytes).and_then(|(body, files)| {
            hub.with(|inner, now_ms| {
                let call = Call {
                    method: method.clone(),
                    path: segments,
                    query,
                    body,
                    files,
                    url: &hub.url,
                    now_ms,
                };
                route(inner, &call)
            })
        }),
    };
    (answer, standing)
}

fn is_authorised(headers: &HeaderMap, token: &str) -> bool {
    headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bot "))
        == Some(token)
}

fn content_type(headers: &HeaderMap) -> String {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}

fn read_body(content_type: &str, bytes: &Bytes) -> Result<(Value, Vec<File>), ApiError> {
    if content_type.starts_with("multipart/form-data") {
        return multipart::read(content_type, bytes);
    }
    if bytes.is_empty() {
        return Ok((json!({}), Vec::new()));
    }
    if !content_type.starts_with("application/json") {
        let mut errors = FormErrors::default();
        errors.add(
            "_misc",
            "CONTENT_TYPE_INVALID",
            "Expected \"Content-Type\" header to be one of {'application/json', 'multipart/form-data'}.",
        );
        errors.finish()?;
    }
    let body = serde_json::from_slice(bytes).map_err(|_| ApiError::invalid_json())?;
    Ok((body, Vec::new()))
}

fn route(inner: &mut Inner, call: &Call<'_>) -> Answer {
    match call.path {
        ["guilds", ..] => guilds::route(&mut inner.world, call),
        ["gateway" | "users" | "applications" | "oauth2", ..]
            if !matches!(call.path, ["applications", _, "commands" | "guilds", ..]) =>
        {
            about::route(inner, call)
        }
        ["applications", ..] => commands::route(&mut inner.world, call),
        ["channels", ..] => channels::route(&mut inner.world, call),
        ["interactions" | "webhooks", ..] => interactions::route(&mut inner.world, call),
        _ => Err(ApiError::unknown_route()),
    }
}

/// A call's rate limit bucket, with limits similar to Discord's.
fn bucket(method: &Method, path: &[&str]) -> Option<Bucket> {
    let (route, scope, max, window_ms) = match (method.as_str(), path) {
        ("POST", ["channels", id, "messages"]) => ("create", *id, 5, 5000),
        ("PATCH", ["channels", id, "messages", _]) => ("edit", *id, 5, 5000),
        ("DELETE", ["channels", id, "messages", _]) => ("delete", *id, 5, 1000),
        ("POST", ["webhooks", _, token]) | ("PATCH", ["webhooks", _, token, "messages", _]) => {
            ("webhook", *token, 5, 2000)
        }
        _ => return None,
    };
    Some(Bucket {
        route,
        scope: scope.to_owned(),
        max,
        window_ms,
    })
}

/// The path without interaction tokens.
fn redact(path: &str, segments: &[&str]) -> String {
    match segments {
        ["interactions", id, _, rest @ ..] => {
            format!("/api/v10/interactions/{id}/…/{}", rest.join("/"))
        }
        ["webhooks", app, _, rest @ ..] => format!("/api/v10/webhooks/{app}/…/{}", rest.join("/")),
        _ => path.to_owned(),
    }
}

fn respond(answer: Answer, standing: Option<Standing>) -> Response {
    let retry = answer.as_ref().err().and_then(|error| error.retry);
    let (status, body) = answer.unwrap_or_else(|error| (error.status, Some(error.body())));
    let mut response = match body {
        Some(body) => (
            status,
            [(header::CONTENT_TYPE, "application/json")],
            Body::from(body.to_string()),
        )
            .into_response(),
        None => status.into_response(),
    };
    let headers = response.headers_mut();
    if let Some(standing) = standing {
        set(headers, "x-ratelimit-limit", &standing.max.to_string());
        set(
            headers,
            "x-ratelimit-remaining",
            &standing.remaining.to_string(),
        );
        set(
            headers,
            "x-ratelimit-reset",
            &format!("{:.3}", seconds(standing.reset_ms)),
        );
        let after = format!("{:.3}", seconds(standing.reset_after_ms));
        set(headers, "x-ratelimit-reset-after", &after);
        set(headers, "x-ratelimit-bucket", standing.route);
    }
    if let Some(retry) = retry {
        let wait = Duration::from_millis(retry.after_ms.max(1))
            .as_millis()
            .div_ceil(1000);
        set(headers, "retry-after", &wait.to_string());
        let scope = if retry.global { "global" } else { "user" };
        set(headers, "x-ratelimit-scope", scope);
        if retry.global {
            set(headers, "x-ratelimit-global", "true");
        }
    }
    response
}

fn set(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(HeaderName::from_static(name), value);
    }
}
