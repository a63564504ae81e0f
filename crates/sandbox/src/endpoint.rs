//! HTTP transport to the bot: each interaction is a signed request to an endpoint that the bot
//! serves, and the response is the first answer.
//!
//! As on Discord, only one transport is active: while an endpoint is set, the gateway gets no
//! interactions. An endpoint is accepted only after it has answered a PING and refused a forged
//! one.
//! <https://discord.com/developers/docs/interactions/overview#configuring-an-interactions-endpoint-url>

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::http::StatusCode;
use ed25519_dalek::{Signer as _, SigningKey};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use super::{
    error::ApiError,
    hub::{Hub, now_ms},
    rest,
};

/// The same user agent as Discord's.
const USER_AGENT: &str = "Discord-Interactions/1.0 (+https://discord.com)";
/// The largest response. Discord has been seen to fail with larger ones:
const RESPONSE_BYTES_MAX: usize = 150 * 1024;

/// Signs requests with this sandbox's key.
#[derive(Debug)]
pub struct Signer {
    key: SigningKey,
    http: reqwest::Client,
}

impl Signer {
    /// Derives a key pair from the sandbox's seed.
    pub fn new(seed: u64) -> Self {
        // A separate random stream, so that ids and tokens are the same with and without it.
        let mut rng = ChaCha8Rng::seed_from_u64(seed ^ 0xed25_5190);
        Self {
            key: SigningKey::from_bytes(&rng.random()),
            http: reqwest::Client::new(),
        }
    }

    /// The public key in hexadecimal digits.
    pub fn public_key(&self) -> String {
        hex(self.key.verifying_key().as_bytes())
    }

    /// The signature of a timestamp and a body in hexadecimal digits.
    pub fn sign(&self, timestamp: &str, body: &[u8]) -> String {
        let message = [timestamp.as_bytes(), body].concat();
        hex(&self.key.sign(&message).to_bytes())
    }

    async fn post(&self, url: &str, body: String, is_forged: bool) -> Result<Response, String> {
        let timestamp = (now_ms() / 1000).to_string();
        let mut signature = self.sign(&timestamp, body.as_bytes());
        if is_forged {
            signature = self.sign(&timestamp, b"something else");
        }
        let request = self.http.post(url).body(body);
        let request = request
            .header("content-type", "application/json")
            .header("user-agent", USER_AGENT)
            .header("x-signature-ed25519", signature)
            .header("x-signature-timestamp", timestamp);
        // Without the address, which the caller knows.
        let mut response = request
            .send()
            .await
            .map_err(|error| format!("It does not answer: {}.", error.without_url()))?;
        let content_type = response.headers().get("content-type");
        let content_type = content_type.and_then(|value| value.to_str().ok());
        let (status, is_json) = (
            response.status(),
            content_type.is_some_and(|name| name.starts_with("application/json")),
        );
        let mut body = Vec::new();
        while let Ok(Some(part)) = response.chunk().await {
            body.extend_from_slice(&part);
            if body.len() > RESPONSE_BYTES_MAX {
                return Err(format!(
                    "Its response has more than {RESPONSE_BYTES_MAX} bytes."
                ));
            }
        }
        Ok(Response {
            status,
            is_json,
            body,
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

struct Response {
    status: StatusCode,
    is_json: bool,
    body: Vec<u8>,
}

impl Response {
    /// The response's JSON.
    fn json(&self) -> Result<Value, String> {
        if self.status != StatusCode::OK {
            return Err(format!("It answered {}, not 200.", self.status.as_u16()));
        }
        if !self.is_json {
            return Err("Its response is not of the type application/json.".to_owned());
        }
        serde_json::from_slice(&self.body).map_err(|_| "Its response is not JSON.".to_owned())
    }
}

/// Sends interactions to this address from now on, or over the gateway again.
///
/// # Errors
/// A sentence that says why Discord's portal would refuse it.
pub async fn set(hub: &Arc<Hub>, url: Option<String>) -> Result<(), String> {
    if let Some(url) = &url {
        check(hub, url).await?;
    }
    hub.with(|inner, _| {
        inner.sessions.set_endpoint(url.is_some());
        inner.world.endpoint_url = url;
    });
    Ok(())
}

/// Checks that the endpoint answers a PING and refuses one signed with another key.
async fn check(hub: &Arc<Hub>, url: &str) -> Result<(), String> {
    if !is_loopback(url) {
        return Err("The sandbox calls loopback only, as in http://127.0.0.1:8421/.".to_owned());
    }
    let ping = hub.with(|inner, now_ms| inner.world.ping_json(now_ms).to_string());
    let limit = hub.options.answer_limit;
    let post = async |is_forged| {
        let sent = hub.signer.post(url, ping.clone(), is_forged);
        let late = |_| "It does not answer in time.".to_owned();
        tokio::time::timeout(limit, sent).await.map_err(late)?
    };
    let answer = post(false).await?.json()?;
    if answer["type"] != 1 {
        return Err(format!("It answered a PING with {answer}."));
    }
    match post(true).await?.status {
        StatusCode::UNAUTHORIZED => Ok(()),
        status => Err(format!(
            "It answered a forged signature with {}, not 401.",
            status.as_u16()
        )),
    }
}

fn is_loopback(url: &str) -> bool {
    let host = url.strip_prefix("http://").map(|rest| rest.split('/'));
    let host = host.and_then(|mut parts| parts.next());
    host.and_then(|host| host.parse::<SocketAddr>().ok())
        .is_some_and(|address| address.ip().is_loopback())
}

/// Sends one interaction and takes the response as its first answer.
pub fn send(hub: &Arc<Hub>, url: String, interaction: Value, delay: Duration) {
    let hub = Arc::clone(hub);
    tokio::spawn(async move {
        tokio::time::sleep(delay).await;
        let id = interaction["id"].as_str().and_then(|id| id.parse().ok());
        let token = interaction["token"].as_str().unwrap_or_default();
        let Some(id) = id else {
            return;
        };
        let sent = hub.signer.post(&url, interaction.to_string(), false);
        // A response later than this is ignored, and the interaction has failed.
        let Ok(response) = tokio::time::timeout(hub.options.answer_limit, sent).await else {
            return;
        };
        if let Err(error) = take(&hub, id, token, response) {
            rest::record(&hub, "response to", &format!("interaction {id}"), &error);
            hub.with(|inner, _| inner.world.expire(id));
        }
    });
}

fn take(
    hub: &Arc<Hub>,
    id: u64,
    token: &str,
    response: Result<Response, String>,
) -> Result<(), ApiError> {
    let response = response.map_err(|sentence| ApiError::bad_endpoint(&sentence))?;
    if response.status == StatusCode::ACCEPTED && response.body.is_empty() {
        // The bot answers by a callback.
        return Ok(());
    }
    let body = response
        .json()
        .map_err(|sentence| ApiError::bad_endpoint(&sentence))?;
    hub.with(|inner, now_ms| inner.world.callback(id, token, &body, &[], now_ms))
        .map(drop)
}

/// The body with which an endpoint is set over the page API; null for the gateway.
pub fn read_url(body: &Value) -> Result<Option<String>, String> {
    match &body["url"] {
        Value::Null => Ok(None),
        Value::String(url) => Ok(Some(url.clone())),
        _ => Err("\"url\" is an address, or null.".to_owned()),
    }
}

impl super::world::World {
    /// The PING with which Discord checks an endpoint.
    fn ping_json(&mut self, now_ms: u64) -> Value {
        json!({
            "id": self.next_id(now_ms).to_string(),
            "application_id": self.application_id.to_string(),
            "type": 1,
            "token": self.secret(),
            "version": 1,
            "user": self.users.get(&self.application_id).map(super::world::User::json),
            "entitlements": [],
            "authorizing_integration_owners": {},
        })
    }
}
