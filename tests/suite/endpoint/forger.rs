//! Forged interactions, signed with the simulated Discord's key, including some that Discord would
//! never send.

use crate::common::evening::Bot;
use crate::common::process::Home;
use crate::common::stage::Stage;
use crate::common::{Discord, State, Transport};
use discord_sandbox::Sandbox;
use heat_check::bot;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The first millisecond of 2015, from which Discord's ids count.
const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;

/// A bot with an endpoint, on a simulated Discord that sends nothing unless a member acts.
pub struct Target {
    pub sandbox: Sandbox,
    pub discord: Discord,
    pub home: Home,
    pub address: SocketAddr,
    http: reqwest::Client,
    ids: AtomicU64,
    bot: Option<Bot>,
}

/// The member who acts, and where.
#[derive(Debug, Clone)]
pub struct Seat {
    pub user: String,
    pub guild: Option<String>,
    pub channel: String,
    /// The member's permissions there.
    pub permissions: u64,
}

/// The response.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Answer {
    /// What the member reads; fails if it is not private to them.
    pub fn private(&self) -> String {
        assert_eq!(self.status, 200, "{self:?}");
        assert_eq!(self.body["type"], 4, "{self:?}");
        assert_eq!(self.body["data"]["flags"], 64, "{self:?}");
        let title = crate::common::text(&self.body["data"]["embeds"][0], "title");
        crate::common::text(&self.body["data"], "content") + &title
    }
}

impl Target {
    pub async fn start() -> Self {
        let Stage {
            sandbox,
            discord,
            home,
        } = Stage::new().await;
        let endpoint = Transport::Endpoint.endpoint(&sandbox).unwrap();
        let bot = Bot::run(bot::Options {
            api_url: Some(sandbox.url()),
            endpoint: Some(endpoint),
            ..bot::Options::new(sandbox.token(), home.url())
        });
        discord.use_endpoint(Some(endpoint)).await;
        discord.wait_for_command("quiz").await;
        Self {
            sandbox,
            discord,
            home,
            address: endpoint.address,
            http: reqwest::Client::new(),
            ids: AtomicU64::new(0),
            bot: Some(bot),
        }
    }

    pub fn url(&self) -> String {
        format!("http://{}/interactions", self.address)
    }

    /// Tells the bot to stop, and returns a future that waits until it has.
    pub fn stop(&mut self) -> impl Future<Output = ()> + use<> {
        self.bot.take().unwrap().stop()
    }

    /// A member in a channel of the first server that has it.
    pub fn seat(&self, name: &str, channel: &str) -> Seat {
        let user = self.discord.member(name).user_id.clone();
        let seat = |state: &State| {
            let has = |guild: &&Value| {
                let channels = guild["channels"].as_array().unwrap();
                channels.iter().any(|c| c["name"] == channel)
            };
            let guild = state.guilds.iter().find(has).unwrap();
            Seat {
                user: user.clone(),
                guild: Some(crate::common::text(guild, "id")),
                channel: state.channel(channel).unwrap(),
                permissions: 0,
            }
        };
        self.discord.look(seat)
    }

    /// A new id for the current time.
    pub fn id(&self) -> String {
        let count = self.ids.fetch_add(1, Ordering::Relaxed);
        let ms = u64::try_from(now().as_millis()).unwrap();
        // High in the bits below the time, where the simulated Discord's own ids are not.
        (((ms - DISCORD_EPOCH_MS) << 22) | (0x3f_0000 + count)).to_string()
    }

    /// An interaction as Discord sends it: 2 a command, 3 a press, 4 typing, 5 a form.
    pub fn interaction(&self, kind: u8, seat: &Seat, data: &Value) -> Value {
        let user = json!({
            "id": seat.user, "username": "u", "discriminator": "0", "avatar": null,
            "global_name": "U",
        });
        let mut body = json!({
            "id": self.id(),
            "application_id": self.sandbox.application_id().to_string(),
            "type": kind,
            "data": data,
            "channel_id": seat.channel,
            "channel": { "id": seat.channel, "type": 0, "name": "c", "permissions": "0" },
            "app_permissions": "2147600448",
            "token": format!("forged-{}", self.id()),
            "version": 1,
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {},
            "context": i32::from(seat.guild.is_none()),
            "attachment_size_limit": 10_485_760,
        });
        match &seat.guild {
            Some(guild) => {
                body["guild_id"] = json!(guild);
                body["member"] = json!({
                    "user": user, "roles": [], "joined_at": "2024-01-01T00:00:00.000000+00:00",
                    "deaf": false, "mute": false, "flags": 0, "pending": false,
                    "permissions": seat.permissions.to_string(),
                });
            }
            None => body["user"] = user,
        }
        body
    }

    /// A press of a button with this id, on this message.
    pub fn press(&self, seat: &Seat, custom_id: &str, message: &Value) -> Value {
        let data = json!({ "custom_id": custom_id, "component_type": 2 });
        let mut body = self.interaction(3, seat, &data);
        body["message"] = message.clone();
        body
    }

    /// Sends a body signed now.
    pub async fn send(&self, interaction: &Value) -> Answer {
        self.post(interaction.to_string().into_bytes(), seconds(0))
            .await
    }

    /// Sends a body signed at a time.
    pub async fn post(&self, body: Vec<u8>, timestamp: String) -> Answer {
        let signature = self.sandbox.sign(&timestamp, &body);
        self.post_with(
            body,
            &[
                ("x-signature-ed25519", &signature),
                ("x-signature-timestamp", &timestamp),
            ],
        )
        .await
    }

    /// Sends a body with these headers alone.
    pub async fn post_with(&self, body: Vec<u8>, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.http.post(self.url()).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.expect("a response");
        let status = response.status().as_u16();
        let body = response.bytes().await.unwrap();
        Answer {
            status,
            body: serde_json::from_slice(&body).unwrap_or_default(),
        }
    }
}

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap()
}

/// The time this many seconds ago, in the form Discord signs.
pub fn seconds(ago: i64) -> String {
    (i64::try_from(now().as_secs()).unwrap() - ago).to_string()
}
