//! A bot made of plain HTTP requests and a plain WebSocket, to test the rules themselves.

use discord_sandbox::Sandbox;
use futures_util::{SinkExt as _, StreamExt as _};
use reqwest::{Method, header::HeaderMap};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, tungstenite::Message};

use super::DEADLINE;

/// An answer of the REST API.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
    pub headers: HeaderMap,
}

impl Answer {
    /// Status and error code in one, for assertions.
    pub fn refusal(&self) -> (u16, u64) {
        (self.status, self.body["code"].as_u64().unwrap_or(u64::MAX))
    }
}

/// Calls the REST API with a bot token.
pub struct Api {
    http: reqwest::Client,
    url: String,
    pub token: String,
}

impl Api {
    pub fn new(sandbox: &Sandbox) -> Self {
        Self {
            http: reqwest::Client::builder()
                .timeout(DEADLINE)
                .build()
                .expect("the client builds"),
            url: format!("{}/api/v10", sandbox.url()),
            token: sandbox.token().to_owned(),
        }
    }

    /// One call; fails when the connection does.
    pub async fn call(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.try_call(method, path, body)
            .await
            .expect("the REST API answers")
    }

    /// One call.
    pub async fn try_call(
        &self,
        method: Method,
        path: &str,
        body: &Value,
    ) -> reqwest::Result<Answer> {
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.url))
            .header("authorization", format!("Bot {}", self.token));
        if !body.is_null() {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let response = request.send().await?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let body = response.text().await?;
        Ok(Answer {
            status,
            body: serde_json::from_str(&body).unwrap_or(Value::Null),
            headers,
        })
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, &Value::Null).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, &body).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.call(Method::PATCH, path, &body).await
    }

    /// Answers an interaction.
    pub async fn callback(&self, interaction: &Value, body: Value) -> Answer {
        let path = format!(
            "/interactions/{}/{}/callback",
            super::text(interaction, "id"),
            super::text(interaction, "token")
        );
        self.post(&path, body).await
    }

    /// The path of an interaction's webhook.
    pub fn webhook(interaction: &Value) -> String {
        format!(
            "/webhooks/{}/{}",
            super::text(interaction, "application_id"),
            super::text(interaction, "token")
        )
    }
}

/// A message from a gateway socket.
#[derive(Debug, PartialEq)]
pub enum Received {
    Payload(Value),
    Closed(u16),
    Dropped,
}

/// A gateway connection.
pub struct Gateway {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    pub seq: u64,
    pub session_id: String,
}

impl Gateway {
    /// Connects and receives the hello.
    pub async fn connect(sandbox: &Sandbox) -> Self {
        let url = format!(
            "{}/gateway?v=10&encoding=json",
            sandbox.url().replacen("http", "ws", 1)
        );
        let (socket, _) = tokio_tungstenite::connect_async(url)
            .await
            .expect("the gateway opens");
        let mut gateway = Self {
            socket,
            seq: 0,
            session_id: String::new(),
        };
        let hello = gateway.payload().await;
        assert_eq!(hello["op"], 10);
        assert_eq!(hello["d"]["heartbeat_interval"], 41250);
        gateway
    }

    /// Connects, identifies as the only shard, and receives READY.
    pub async fn ready(sandbox: &Sandbox) -> Self {
        let mut gateway = Self::connect(sandbox).await;
        gateway
            .send(identify(sandbox.token(), &json!([0, 1])))
            .await;
        gateway.dispatch("READY").await;
        gateway
    }

    pub async fn send(&mut self, payload: Value) {
        let message = Message::text(payload.to_string());
        self.socket
            .send(message)
            .await
            .expect("the gateway takes a payload");
    }

    /// The next message.
    pub async fn receive(&mut self) -> Received {
        let next = tokio::time::timeout(DEADLINE, self.socket.next());
        match next.await.expect("the gateway sends something in time") {
            Some(Ok(Message::Text(text))) => {
                let payload: Value = serde_json::from_str(&text).expect("payloads are JSON");
                if let Some(seq) = payload["s"].as_u64() {
                    self.seq = seq;
                }
                if payload["t"] == "READY" {
                    self.session_id = super::text(&payload["d"], "session_id");
                }
                Received::Payload(payload)
            }
            Some(Ok(Message::Close(frame))) => {
                Received::Closed(frame.map_or(0, |frame| frame.code.into()))
            }
            Some(Ok(other)) => panic!("the gateway sent {other:?}"),
            Some(Err(_)) | None => Received::Dropped,
        }
    }

    pub async fn payload(&mut self) -> Value {
        match self.receive().await {
            Received::Payload(payload) => payload,
            other => panic!("expected a payload, got {other:?}"),
        }
    }

    /// The data of the next payload, which must be this event.
    pub async fn dispatch(&mut self, name: &str) -> Value {
        let mut payload = self.payload().await;
        assert_eq!(payload["t"], name, "{payload}");
        payload["d"].take()
    }

    pub async fn interaction(&mut self) -> Value {
        self.dispatch("INTERACTION_CREATE").await
    }
}

/// An identify payload without intents.
pub fn identify(token: &str, shard: &Value) -> Value {
    json!({ "op": 2, "d": {
        "token": token, "intents": 0, "shard": shard,
        "properties": { "os": "linux", "browser": "test", "device": "test" },
    }})
}
