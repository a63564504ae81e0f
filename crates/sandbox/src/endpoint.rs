//! HTTP transport to the bot: each interaction is a signed request to an endpoint that the bot
//! serves, and the response is the first answer.
//!
//! As on Discord, only one transport is active: while an endpoint is set, the gateway gets no
//! interactions. An endpoint is accepted only after it has answered a PING and refused a forged
//! one.
//! <https://discord.com/developers/docs/interactions/overview#configuring-an-interactions-endpoint-url>

use std::{net::SocketAddr, sync::Arc};

use axum::http::StatusCode;
use serde::Deserialize as _;
use serde_json::{Value, json};

use tokio::sync::mpsc;

use super::{
    error::ApiError,
    hub::{self, EndpointCall, Hub},
    id::InteractionId,
    signer::Response,
};

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

/// Sends interactions to the endpoint as the hub asks for it, until the sandbox stops.
pub fn start(hub: &Arc<Hub>, mut calls: mpsc::UnboundedReceiver<EndpointCall>) {
    let hub = Arc::clone(hub);
    tokio::spawn(async move {
        let mut stopping = hub.stopping.subscribe();
        loop {
            tokio::select! {
                () = hub::stopped(&mut stopping) => return,
                Some(call) = calls.recv() => send(&hub, call),
            }
        }
    });
}

/// Sends one interaction and takes the response as its first answer.
fn send(hub: &Arc<Hub>, call: EndpointCall) {
    let EndpointCall {
        url,
        interaction,
        delay,
    } = call;
    let hub = Arc::clone(hub);
    tokio::spawn(async move {
        tokio::time::sleep(delay).await;
        let id = InteractionId::deserialize(&interaction["id"]);
        let token = interaction["token"].as_str().unwrap_or_default();
        let Ok(id) = id else {
            return;
        };
        let sent = hub.signer.post(&url, interaction.to_string(), false);
        // A response later than this is ignored, and the interaction has failed.
        let Ok(response) = tokio::time::timeout(hub.options.answer_limit, sent).await else {
            return;
        };
        if let Err(error) = take(&hub, id, token, response) {
            hub.reject("response to", &format!("interaction {id}"), &error);
            hub.with(|inner, _| inner.world.expire(id));
        }
    });
}

fn take(
    hub: &Arc<Hub>,
    id: InteractionId,
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
            "id": self.next_id::<InteractionId>(now_ms),
            "application_id": self.application_id,
            "type": 1,
            "token": self.secret(),
            "version": 1,
            "user": self.users.get(&self.bot_id()).map(super::world::User::json),
            "entitlements": [],
            "authorizing_integration_owners": {},
        })
    }
}
