//! Sends one request once.

use super::error::{RestError, kind_of, refused, token_of, without_address};
use crate::clock::DiscordClock;
use crate::discord::wire;
use heat_view::message::File;
use reqwest::header::{HeaderValue, RETRY_AFTER};
use reqwest::{Client, Response};
use serde::Serialize;
use serenity::all::{CreateAttachment, Http, LightMethod, Request, Route};
use serenity::http::{Multipart, MultipartUpload};
use std::time::Duration;

/// The body of a request.
#[derive(Clone)]
pub struct Body {
    json: Option<String>,
    file: Option<File>,
}

impl From<Option<Vec<u8>>> for Body {
    fn from(json: Option<Vec<u8>>) -> Self {
        Self {
            json: json.and_then(|bytes| String::from_utf8(bytes).ok()),
            file: None,
        }
    }
}

impl Body {
    /// JSON and the attached file, if any.
    #[must_use]
    pub fn of(json: &impl Serialize, file: Option<&File>) -> Self {
        Self {
            json: Some(wire::json(json)),
            file: file.cloned(),
        }
    }

    /// The request: plain JSON, or `multipart/form-data` with a file.
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

/// Sends it and reads the whole response.
pub(super) async fn once(
    http: &Http,
    client: &Client,
    clock: &DiscordClock,
    method: LightMethod,
    route: Route<'_>,
    body: &Body,
) -> Result<Vec<u8>, RestError> {
    let request = body.to_request(route, method);
    let secrets = [http.token(), token_of(route)];
    let response = if http.ratelimiter.is_some() {
        http.request(request).await.map_err(without_address)
    } else {
        send(http, client, request).await
    };
    let response = response.map_err(|error| error.without(secrets))?;
    if let Some(date_ms) = date_ms(&response) {
        clock.heard_date(date_ms);
    }
    let bytes = response
        .bytes()
        .await
        .map_err(|e| RestError::NoAnswer(kind_of(&e)))?;
    Ok(bytes.to_vec())
}

/// Sends a request that bypasses serenity's limiter. serenity itself would drop a 429's waiting
/// time.
async fn send(http: &Http, client: &Client, request: Request<'_>) -> Result<Response, RestError> {
    let request = request.build(client, http.token(), http.proxy.as_deref());
    let request = request.map_err(without_address)?;
    let response = request.send().await;
    let response = response.map_err(|error| RestError::NoAnswer(kind_of(&error)))?;
    if response.status().is_success() {
        return Ok(response);
    }
    let status = response.status().as_u16();
    let header = response.headers().get(RETRY_AFTER).cloned();
    let body = response.bytes().await.unwrap_or_default();
    let said = serde_json::from_slice(&body).ok();
    Err(refused(status, said, retry_after(header.as_ref(), &body)))
}

/// The waiting time of a 429: in its body in milliseconds, in its header in whole seconds
/// (<https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit>).
fn retry_after(header: Option<&HeaderValue>, body: &[u8]) -> Option<Duration> {
    #[derive(serde::Deserialize)]
    struct RateLimitBody {
        retry_after: f64,
    }
    let parsed: Option<RateLimitBody> = serde_json::from_slice(body).ok();
    let in_body = parsed.map(|body| body.retry_after);
    let header = || header?.to_str().ok()?.parse().ok();
    Duration::try_from_secs_f64(in_body.or_else(header)?).ok()
}

/// When a response was made, in Unix milliseconds, rounded down to the second.
pub(super) fn date_ms(answer: &reqwest::Response) -> Option<i64> {
    let date = answer.headers().get(reqwest::header::DATE)?.to_str().ok()?;
    let date = jiff::fmt::rfc2822::parse(date).ok()?;
    Some(date.timestamp().as_millisecond())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_waiting_time_is_in_the_body_or_the_header() {
        let header = HeaderValue::from_static("5");
        let body =
            br#"{"message":"You are being rate limited.","retry_after":4.25,"global":false}"#;
        let ms = |header: Option<&HeaderValue>, body: &[u8]| {
            retry_after(header, body).map(|wait| wait.as_millis())
        };
        assert_eq!(ms(Some(&header), body), Some(4_250));
        assert_eq!(ms(None, body), Some(4_250));
        assert_eq!(ms(Some(&header), b"<html>"), Some(5_000));
        assert_eq!(ms(None, b"{}"), None);
        for hostile in ["-1", "NaN", "1e300", "soon"] {
            let header = HeaderValue::from_str(hostile).unwrap();
            assert_eq!(ms(Some(&header), b""), None, "{hostile}");
        }
    }
}
