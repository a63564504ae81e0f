//! The gateway: the sockets that serve the bot's sessions.
//!
//! Opcodes and close codes are those of Discord's page "Opcodes and Status Codes". Payloads are
//! JSON, plain or as one zlib stream.

use std::{sync::Arc, time::Duration};

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use bitflags::bitflags;
use flate2::{Compress, Compression, FlushCompress};
use serde::Deserialize as _;
use serde_json::{Value, json};
use tokio::{sync::mpsc, time::Instant};

use super::{
    hub::{self, Hub, Inner},
    id::{GuildId, Shard},
    sessions::{Admission, ConnectionId, Frame, Sequence, Session, payload},
    world::World,
};

/// How often a client must send a heartbeat.
const HEARTBEAT: Duration = Duration::from_millis(41_250);
/// Largest payload that a client may send, in bytes.
const PAYLOAD_BYTES_MAX: usize = 4096;
/// The most payloads of one connection per minute.
const PAYLOADS_PER_MINUTE_MAX: u32 = 120;
/// The most frames that wait for one socket.
const FRAMES_MAX: usize = 2048;

bitflags! {
    /// What a session hears of: <https://discord.com/developers/docs/events/gateway#gateway-intents>.
    #[derive(Clone, Copy)]
    struct Intents: u64 {
        /// Servers and what is in them.
        const GUILDS = 1;
        /// Members, presences and message content, which this application is not approved for.
        const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);

        // Every intent that Discord defines.
        const _ = 0x1_FFFF | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);
    }
}

/// Serves one socket until it closes.
pub async fn serve(hub: Arc<Hub>, socket: WebSocket, is_known_version: bool, is_compressed: bool) {
    let mut socket = Line::new(socket, is_compressed);
    if !is_known_version {
        put(&mut socket, Frame::Close(4012, "Invalid API version.")).await;
        return;
    }
    let (sender, mut frames) = mpsc::channel(FRAMES_MAX);
    let id = hub.with(|inner, _| inner.sessions.connect());
    let mut connection = Connection {
        hub: Arc::clone(&hub),
        id,
        sender,
        identified: false,
        minute: Instant::now(),
        payloads: 0,
    };
    let mut stopping = hub.stopping.subscribe();
    let mut deadline = Instant::now() + HEARTBEAT * 2;
    let hello = payload(10, &json!({ "heartbeat_interval": HEARTBEAT.as_millis() }));
    let mut open = put(&mut socket, hello).await;
    let mut is_clean = false;
    while open {
        tokio::select! {
            Some(frame) = frames.recv() => open = put(&mut socket, frame).await,
            () = tokio::time::sleep_until(deadline) => {
                open = put(&mut socket, Frame::Close(4009, "Session timed out.")).await;
            }
            () = hub::stopped(&mut stopping) => {
                open = put(&mut socket, Frame::Close(1001, "The sandbox stops.")).await;
            }
            message = socket.socket.recv() => {
                let text = match message {
                    Some(Ok(Message::Text(text))) => text.to_string(),
                    Some(Ok(Message::Binary(bytes))) => {
                        String::from_utf8_lossy(&bytes).into_owned()
                    }
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                    Some(Ok(Message::Close(close))) => {
                        is_clean = close.is_some_and(|frame| matches!(frame.code, 1000 | 1001));
                        // A client that closes waits for our close frame; reading on sends it.
                        drain(&mut socket.socket).await;
                        break;
                    }
                    Some(Err(_)) | None => break,
                };
                let answer = connection.take(&text);
                if answer.is_alive {
                    deadline = Instant::now() + HEARTBEAT * 2;
                }
                for frame in answer.frames {
                    open = open && put(&mut socket, frame).await;
                }
            }
        }
    }
    hub.with(|inner, _| inner.sessions.unlink(id, is_clean));
}

/// A socket, and its compression stream if the client asked for one.
struct Line {
    socket: WebSocket,
    zlib: Option<Compress>,
}

impl Line {
    fn new(socket: WebSocket, is_compressed: bool) -> Self {
        let zlib = is_compressed.then(|| Compress::new(Compression::fast(), true));
        Self { socket, zlib }
    }

    /// Sends a payload; false when the connection is over.
    async fn send(&mut self, text: String) -> bool {
        let message = match &mut self.zlib {
            None => Message::Text(text.into()),
            Some(zlib) => match deflate(zlib, text.as_bytes()) {
                Some(bytes) => Message::Binary(bytes.into()),
                None => return false,
            },
        };
        self.socket.send(message).await.is_ok()
    }
}

/// One payload of a stream, ended by a flush so that the client can read it alone:
/// <https://discord.com/developers/docs/events/gateway#transport-compression>.
fn deflate(zlib: &mut Compress, bytes: &[u8]) -> Option<Vec<u8>> {
    let (start, mut out) = (zlib.total_in(), Vec::with_capacity(bytes.len() + 64));
    loop {
        let done = usize::try_from(zlib.total_in() - start).ok()?;
        zlib.compress_vec(bytes.get(done..)?, &mut out, FlushCompress::Sync)
            .ok()?;
        if out.len() < out.capacity() {
            return Some(out);
        }
        out.reserve(bytes.len() + 64);
    }
}

/// Writes a frame; false when the connection is over.
async fn put(line: &mut Line, frame: Frame) -> bool {
    match frame {
        Frame::Text(text) => line.send(text).await,
        Frame::Drop => false,
        Frame::Close(code, reason) => {
            let close = CloseFrame {
                code,
                reason: reason.into(),
            };
            let socket = &mut line.socket;
            if socket.send(Message::Close(Some(close))).await.is_ok() {
                // The peer answers with its own close frame; waiting keeps ours from being lost
                // to a reset.
                drain(socket).await;
            }
            false
        }
    }
}

/// Reads on until the connection is closed on both sides, or for a second.
async fn drain(socket: &mut WebSocket) {
    let drained = async { while let Some(Ok(_)) = socket.recv().await {} };
    let _ = tokio::time::timeout(Duration::from_secs(1), drained).await;
}

struct Connection {
    hub: Arc<Hub>,
    id: ConnectionId,
    sender: mpsc::Sender<Frame>,
    identified: bool,
    minute: Instant,
    payloads: u32,
}

/// The reaction to a client's payload.
struct Answer {
    frames: Vec<Frame>,
    /// Whether it proved that the client is alive.
    is_alive: bool,
}

impl Answer {
    fn of(frames: Vec<Frame>) -> Self {
        Self {
            frames,
            is_alive: false,
        }
    }

    fn close(code: u16, reason: &'static str) -> Self {
        Self::of(vec![Frame::Close(code, reason)])
    }
}

impl Connection {
    fn take(&mut self, text: &str) -> Answer {
        if self.minute.elapsed() >= Duration::from_secs(60) {
            self.minute = Instant::now();
            self.payloads = 0;
        }
        self.payloads += 1;
        if self.payloads > PAYLOADS_PER_MINUTE_MAX {
            return Answer::close(4008, "You are being rate limited.");
        }
        if text.len() > PAYLOAD_BYTES_MAX {
            return Answer::close(4002, "Error while decoding payload.");
        }
        let Ok(Value::Object(message)) = serde_json::from_str::<Value>(text) else {
            return Answer::close(4002, "Error while decoding payload.");
        };
        let data = message.get("d").unwrap_or(&Value::Null);
        match message.get("op").and_then(Value::as_u64) {
            Some(1) => Answer {
                frames: vec![payload(11, &Value::Null)],
                is_alive: true,
            },
            Some(2 | 6) if self.identified => Answer::close(4005, "Already authenticated."),
            Some(2) => self.identify(data),
            Some(6) => self.resume(data),
            Some(3 | 4 | 8 | 31) if !self.identified => Answer::close(4003, "Not authenticated."),
            Some(3 | 4 | 8 | 31) => Answer::of(Vec::new()),
            _ => Answer::close(4001, "Unknown opcode."),
        }
    }

    fn identify(&mut self, data: &Value) -> Answer {
        if !data["properties"].is_object() || !data["token"].is_string() {
            return Answer::close(4002, "Error while decoding payload.");
        }
        if !self.is_token(data) {
            return Answer::close(4004, "Authentication failed.");
        }
        let Some(shard) = read_shard(&data["shard"]) else {
            return Answer::close(4010, "Invalid shard.");
        };
        let intents = match data["intents"].as_u64().map(Intents::from_bits_retain) {
            Some(intents) if intents.intersects(Intents::PRIVILEGED) => {
                return Answer::close(4014, "Disallowed intent(s).");
            }
            Some(intents) if Intents::all().contains(intents) => intents,
            _ => return Answer::close(4013, "Invalid intent(s)."),
        };
        let hub = Arc::clone(&self.hub);
        let frames = hub.with(|inner, _| self.open_session(inner, shard, intents));
        Answer::of(frames)
    }

    fn open_session(&mut self, inner: &mut Inner, shard: Shard, intents: Intents) -> Vec<Frame> {
        let sessions = &mut inner.sessions;
        if guilds_of(&inner.world, shard).count() > sessions.guilds_per_shard() as usize {
            return vec![Frame::Close(4011, "Sharding required.")];
        }
        match sessions.admit(shard) {
            Admission::Granted => {}
            Admission::TooEarly => return vec![payload(9, &json!(false))],
            Admission::Never => return vec![Frame::Close(4004, "Authentication failed.")],
        }
        self.identified = true;
        let id = inner.world.secret()[..32].to_owned();
        let ready = ready(inner, &self.hub, &id, shard);
        let mut session = Session::new(shard, (self.id, self.sender.clone()));
        session.send("READY", &ready);
        if intents.contains(Intents::GUILDS) {
            // Clients that cache servers wait for theirs before they report ready.
            for guild_id in guilds_of(&inner.world, shard) {
                session.send("GUILD_CREATE", &inner.world.guild_create_json(guild_id));
            }
        }
        inner.sessions.add(id, session);
        Vec::new()
    }

    fn resume(&mut self, data: &Value) -> Answer {
        let seq = Sequence::deserialize(&data["seq"]);
        let (Some(id), Ok(seq)) = (data["session_id"].as_str(), seq) else {
            return Answer::close(4002, "Error while decoding payload.");
        };
        if !self.is_token(data) {
            return Answer::close(4004, "Authentication failed.");
        }
        let link = (self.id, self.sender.clone());
        let resumed = self
            .hub
            .with(|inner, _| inner.sessions.resume(id, seq, link));
        match resumed {
            Ok(()) => {
                self.identified = true;
                Answer::of(Vec::new())
            }
            Err(frame) => Answer::of(vec![frame]),
        }
    }

    fn is_token(&self, data: &Value) -> bool {
        let token = data["token"].as_str().unwrap_or_default();
        token.strip_prefix("Bot ").unwrap_or(token) == self.hub.options.token
            && !self.hub.with(|inner, _| inner.sessions.is_token_reset())
    }
}

/// `[shard, total]`; absent means one shard.
fn read_shard(value: &Value) -> Option<Shard> {
    let sent = Option::<(u16, u16)>::deserialize(value).ok()?;
    let (number, total) = sent.unwrap_or((0, 1));
    (number < total && total <= 1024).then_some(Shard { number, total })
}

fn ready(inner: &Inner, hub: &Hub, session_id: &str, shard: Shard) -> Value {
    let world = &inner.world;
    let mut user = world
        .users
        .get(&world.bot_id())
        .map(super::world::User::json)
        .unwrap_or_default();
    user["verified"] = json!(true);
    user["mfa_enabled"] = json!(false);
    user["email"] = Value::Null;
    user["flags"] = json!(0);
    let guilds: Vec<Value> = guilds_of(world, shard)
        .map(|id| json!({ "id": id, "unavailable": true }))
        .collect();
    json!({
        "v": 10,
        "user": user,
        "guilds": guilds,
        "session_id": session_id,
        "session_type": "normal",
        "resume_gateway_url": gateway_url(&hub.url),
        "shard": [shard.number, shard.total],
        "application": { "id": world.application_id, "flags": 0 },
        "private_channels": [],
        "relationships": [],
        "user_settings": {},
        "_trace": [],
    })
}

/// The servers of a shard that the bot is in.
fn guilds_of(world: &World, shard: Shard) -> impl Iterator<Item = GuildId> {
    let ids = world.guilds.keys().copied();
    let ids = ids.filter(|id| world.bot_is_in_guild(*id));
    ids.filter(move |id| shard.serves(Some(*id)))
}

/// The address of the gateway on this server.
pub fn gateway_url(url: &str) -> String {
    format!("{}/gateway", url.replacen("http://", "ws://", 1))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;
    use flate2::{Decompress, FlushDecompress};

    #[test]
    fn each_payload_of_a_compressed_stream_can_be_read_alone() {
        let (mut zlib, mut inflate) = (
            Compress::new(Compression::fast(), true),
            Decompress::new(true),
        );
        for length in [1, 100, 70_000, 3] {
            let text: Vec<u8> = (0..length)
                .map(|n: u32| n.wrapping_mul(n).to_le_bytes()[1])
                .collect();
            let sent = deflate(&mut zlib, &text).unwrap();
            assert!(sent.ends_with(&[0, 0, 0xff, 0xff]));
            let mut out = Vec::with_capacity(text.len() + 1);
            let flush = FlushDecompress::Sync;
            inflate.decompress_vec(&sent, &mut out, flush).unwrap();
            assert_eq!(out, text);
        }
    }
}
