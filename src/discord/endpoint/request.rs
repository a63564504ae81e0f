//! One HTTP request to the endpoint, and its response:
//! <https://discord.com/developers/docs/interactions/receiving-and-responding#receiving-an-interaction>.

use super::Endpoint;
use super::signature::{Refused, Signed};
use crate::discord::entry::FirstResponse;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::{Body, Bytes};
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use serde_json::json;
use serenity::all::Interaction;
use std::time::Duration;
use tokio::sync::oneshot;

/// The only path.
pub const PATH: &str = "/interactions";
/// The longest body. A click carries its message and the one that it replies to: each at most some
/// 8,000 characters of text and, from this bot, a few dozen buttons, with each character at most
/// twelve bytes (`\ud83d\ude00`). Its modals hold one short line.
pub const BODY_BYTES_MAX: usize = 256 * 1024;
/// How long a body may take to arrive.
const BODY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a response may take: longer than Discord waits for it. Slow work is deferred long
/// before.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(10);
/// The types of interaction and response for Discord's check whether the endpoint is alive.
const PING: u8 = 1;
const PONG: u8 = 1;

/// The response.
pub type Answer = Response<Full<Bytes>>;

/// Answers one request.
pub async fn answer<B>(endpoint: &Endpoint, request: Request<B>) -> Answer
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    if request.uri().path() != PATH {
        return empty(StatusCode::NOT_FOUND);
    }
    if request.method() != Method::POST {
        let mut answer = empty(StatusCode::METHOD_NOT_ALLOWED);
        let allowed = HeaderValue::from_static("POST");
        answer.headers_mut().insert(ALLOW, allowed);
        return answer;
    }
    // Without a valid timestamp nothing else is checked.
    let signed = match Signed::read(request.headers(), endpoint.now_s()) {
        Ok(signed) => signed,
        Err(refused) => return unauthorised(refused),
    };
    let body = match read_body(request.into_body()).await {
        Ok(body) => body,
        Err(status) => return empty(status),
    };
    // The body is not examined before this.
    if let Err(refused) = signed.check(&endpoint.key, &body) {
        return unauthorised(refused);
    }
    take(endpoint, &body).await
}

async fn read_body<B>(body: B) -> Result<Bytes, StatusCode>
where
    B: Body<Data = Bytes>,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let whole = Limited::new(body, BODY_BYTES_MAX).collect();
    match tokio::time::timeout(BODY_TIMEOUT, whole).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Ok(Err(_)) => Err(StatusCode::BAD_REQUEST),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}

/// Handles what Discord sent.
async fn take(endpoint: &Endpoint, body: &[u8]) -> Answer {
    let interaction = match serde_json::from_slice(body) {
        Ok(Interaction::Ping(_)) => return json_answer(pong()),
        Ok(interaction) => interaction,
        Err(_) if is_ping(body) => return json_answer(pong()),
        Err(error) => {
            endpoint.meters.gateway.dropped.inc();
            // Logs the position of the error, but never the text: it contains an interaction's
            // token.
            let (line, column) = (error.line(), error.column());
            tracing::warn!(line, column, "endpoint.interaction_not_understood");
            return empty(StatusCode::BAD_REQUEST);
        }
    };
    let (first, response) = oneshot::channel();
    if !endpoint.entry.take(interaction, FirstResponse::Http(first)) {
        return empty(StatusCode::CONFLICT);
    }
    // The work runs in its own task, so it finishes whether or not Discord still waits.
    match tokio::time::timeout(RESPONSE_TIMEOUT, response).await {
        Ok(Ok(json)) => json_answer(json),
        Ok(Err(_)) => empty(StatusCode::INTERNAL_SERVER_ERROR),
        Err(_) => empty(StatusCode::SERVICE_UNAVAILABLE),
    }
}

fn pong() -> String {
    json!({ "type": PONG }).to_string()
}

/// A PING needs only its type, and Discord adds fields to it over time.
fn is_ping(body: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct Kind {
        #[serde(rename = "type")]
        kind: u8,
    }
    serde_json::from_slice::<Kind>(body).is_ok_and(|kind| kind.kind == PING)
}

fn unauthorised(refused: Refused) -> Answer {
    tracing::debug!(%refused, "endpoint.refused");
    empty(StatusCode::UNAUTHORIZED)
}

fn empty(status: StatusCode) -> Answer {
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = status;
    answer
}

fn json_answer(json: String) -> Answer {
    let mut answer = Response::new(Full::new(Bytes::from(json)));
    let json = HeaderValue::from_static("application/json");
    answer.headers_mut().insert(CONTENT_TYPE, json);
    answer
}
