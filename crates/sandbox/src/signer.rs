//! Signed requests to the bot's interactions endpoint.

use axum::http::StatusCode;
use ed25519_dalek::{Signer as _, SigningKey};
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use super::clock::now_ms;

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

    /// Sends a signed body, or one whose signature is of another.
    ///
    /// # Errors
    /// A sentence that says why there is no response.
    pub async fn post(&self, url: &str, body: String, is_forged: bool) -> Result<Response, String> {
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

/// What an endpoint answered.
pub struct Response {
    pub status: StatusCode,
    is_json: bool,
    pub body: Vec<u8>,
}

impl Response {
    /// The response's JSON.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the response.
    pub fn json(&self) -> Result<Value, String> {
        if self.status != StatusCode::OK {
            return Err(format!("It answered {}, not 200.", self.status.as_u16()));
        }
        if !self.is_json {
            return Err("Its response is not of the type application/json.".to_owned());
        }
        serde_json::from_slice(&self.body).map_err(|_| "Its response is not JSON.".to_owned())
    }
}
