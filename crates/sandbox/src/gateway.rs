//! The gateway: sessions with their sequence numbers, and the sockets that serve them.
//!
//! Opcodes and close codes are those of Discord's page "Opcodes and Status Codes". Payloads are
//! JSON, plain or as one zlib stream.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use flate2::{Compress, Compression, FlushCompress};
use serde_json::{Value, json};
use tokio::{sync::mpsc, time::Instant};

use super::{
    faults::GatewayFault,
    hub::{self, Hub, Inner},
    world::World,
};

/// How often a client must send a heartbeat.
const HEARTBEAT: Duration = Duration::from_millis(41_250);
/// Largest payload that a client may send, in bytes.
const PAYLOAD_BYTES_MAX: usize = 4096;
/// The most payloads of one connection per minute.
const PAYLOADS_PER_MINUTE_MAX: u32 = 120;
/// The most dispatches that a session keeps for a resume.
const REPLAY_MAX: usize = 1000;
/// The most sessions kept, connected or waiting for a resume.
const SESSIONS_MAX: usize = 1024;
/// The most identifies that are remembered.
const IDENTIFIES_MAX: usize = 10_000;
/// How often the session start limit is reset.
const STARTS_PERIOD: Duration = Duration::from_secs(24 * 60 * 60);
/// The most frames that wait for one socket.
const FRAMES_MAX: usize = 2048;
/// Members, presences and message content are privileged, and this application is not approved for
/// them.
const PRIVILEGED_INTENTS: u64 = (1 << 1) | (1 << 8) | (1 << 15);
/// Servers and what is in them.
const GUILDS_INTENT: u64 = 1;
/// Every intent that Discord defines.
const KNOWN_INTENTS: u64 = 0x1_FFFF | (1 << 20) | (1 << 21) | (1 << 24) | (1 << 25);

/// What the hub sends to a socket.
#[derive(Debug, Clone)]
pub enum Frame {
    /// A payload.
    Text(String),
    /// A close frame, always with a code, as Discord's are.
    Close(u16, &'static str),
    /// Break the connection without a close frame.
    Drop,
}

#[derive(Debug)]
struct Session {
    shard: (u64, u64),
    seq: u64,
    replay: VecDeque<(u64, String)>,
    /// The connection that serves it, or none while it waits for a resume.
    link: Option<(u64, mpsc::Sender<Frame>)>,
}

/// The limits on the bot's sessions.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// How far apart the identifies of a bucket must be.
    pub identify_interval: Duration,
    /// Buckets: that of a shard is its number modulo this.
    pub max_concurrency: u32,
    /// Sessions that may be started per day.
    pub starts: u32,
    /// The most servers per shard.
    pub guilds_per_shard: u32,
    /// The recommended number of shards.
    pub shards: u16,
}

/// An identify that reached the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identify {
    /// The shard.
    pub shard: u64,
    /// The total number of shards.
    pub total: u64,
    /// The time.
    pub at: std::time::Instant,
    /// Whether it started a session; otherwise it was too early.
    pub accepted: bool,
}

/// All sessions of the bot.
#[derive(Debug)]
pub struct Sessions {
    all: BTreeMap<String, Session>,
    connections: u64,
    told_online: bool,
    /// Whether an interactions endpoint is set; then the bot is online through that as well.
    by_endpoint: bool,
    rules: Rules,
    /// The last identify of each bucket.
    buckets: BTreeMap<u64, Instant>,
    identifies: VecDeque<Identify>,
    starts_left: u32,
    counted_since: Instant,
    /// The bot started too many sessions, and its token was reset.
    token_reset: bool,
}

impl Sessions {
    pub fn new(rules: Rules) -> Self {
        Self {
            all: BTreeMap::new(),
            connections: 0,
            told_online: false,
            by_endpoint: false,
            rules,
            buckets: BTreeMap::new(),
            identifies: VecDeque::new(),
            starts_left: rules.starts,
            counted_since: Instant::now(),
            token_reset: false,
        }
    }

    /// Whether the token was reset, because the bot started too many sessions.
    pub fn is_token_reset(&self) -> bool {
        self.token_reset
    }

    /// Every identify with a good token and shard, oldest first.
    pub fn identifies(&self) -> impl Iterator<Item = Identify> + '_ {
        self.identifies.iter().copied()
    }

    /// Shard and total of every session that is connected.
    pub fn online(&self) -> impl Iterator<Item = (u64, u64)> + '_ {
        let linked = self.all.values().filter(|session| session.link.is_some());
        linked.map(|session| session.shard)
    }

    /// The response of `GET /gateway/bot`:
    /// <https://discord.com/developers/docs/events/gateway#get-gateway-bot>.
    pub fn about(&mut self, url: &str) -> Value {
        self.refill();
        let reset_after = STARTS_PERIOD.saturating_sub(self.counted_since.elapsed());
        json!({
            "url": url,
            "shards": self.rules.shards,
            "session_start_limit": {
                "total": self.rules.starts,
                "remaining": self.starts_left,
                "reset_after": u64::try_from(reset_after.as_millis()).unwrap_or(u64::MAX),
                "max_concurrency": self.rules.max_concurrency,
            },
        })
    }

    fn refill(&mut self) {
        if self.counted_since.elapsed() >= STARTS_PERIOD {
            self.counted_since = Instant::now();
            self.starts_left = self.rules.starts;
        }
    }

    /// Handles an identify. Each counts as a session start, even if it is too early.
    fn admit(&mut self, shard: (u64, u64)) -> Admission {
        self.refill();
        if self.token_reset || self.starts_left == 0 {
            self.token_reset = true;
            for session in self.all.values_mut() {
                session.push(Frame::Close(4004, "Authentication failed."));
            }
            self.all.clear();
            return Admission::Never;
        }
        self.starts_left -= 1;
        let bucket = shard.0 % u64::from(self.rules.max_concurrency.max(1));
        let last = self.buckets.get(&bucket);
        let is_early = last.is_some_and(|last| last.elapsed() < self.rules.identify_interval);
        if self.identifies.len() == IDENTIFIES_MAX {
            self.identifies.pop_front();
        }
        self.identifies.push_back(Identify {
            shard: shard.0,
            total: shard.1,
            at: std::time::Instant::now(),
            accepted: !is_early,
        });
        if is_early {
            return Admission::TooEarly;
        }
        self.buckets.insert(bucket, Instant::now());
        Admission::Granted
    }

    /// Whether the bot is online: a connected session exists, or an endpoint is set.
    pub fn is_online(&self) -> bool {
        self.by_endpoint || self.all.values().any(|session| session.link.is_some())
    }

    /// Records whether an interactions endpoint is set.
    pub fn set_endpoint(&mut self, is_set: bool) {
        self.by_endpoint = is_set;
    }

    /// The event for pages, if the bot went online or offline since the last call.
    pub fn take_presence_change(&mut self) -> Option<Value> {
        let online = self.is_online();
        (std::mem::replace(&mut self.told_online, online) != online)
            .then(|| json!({ "type": "bot", "online": online }))
    }

    /// Sends an event to the sessions of its shard, or keeps it for their resume.
    pub fn dispatch(&mut self, guild_id: Option<u64>, name: &str, data: &Value) {
        for session in self.all.values_mut() {
            let (shard, total) = session.shard;
            if guild_id.map_or(0, |id| (id >> 22) % total) == shard {
                session.send(name, data);
            }
        }
    }

    /// Injects a fault into every connected session, or into those of one shard.
    pub fn inject(&mut self, fault: GatewayFault, shard: Option<u64>) {
        let frame = match fault {
            GatewayFault::Drop => Frame::Drop,
            GatewayFault::Reconnect => payload(7, &Value::Null),
            GatewayFault::InvalidSession => payload(9, &json!(false)),
            GatewayFault::Heartbeat => payload(1, &Value::Null),
        };
        let is_meant = |session: &Session| shard.is_none_or(|shard| session.shard.0 == shard);
        for session in self.all.values_mut().filter(|session| is_meant(session)) {
            session.push(frame.clone());
        }
        if fault == GatewayFault::InvalidSession {
            self.all.retain(|_, session| !is_meant(session));
        }
    }

    /// Detaches a closed connection from its session. A clean close ends the session.
    fn unlink(&mut self, connection: u64, is_clean: bool) {
        let of_it = |session: &Session| {
            session
                .link
                .as_ref()
                .is_some_and(|(id, _)| *id == connection)
        };
        if is_clean {
            self.all.retain(|_, session| !of_it(session));
        }
        for session in self.all.values_mut().filter(|session| of_it(session)) {
            session.link = None;
        }
    }

    fn make_room(&mut self) {
        while self.all.len() >= SESSIONS_MAX {
            let waiting = self.all.iter().find(|(_, session)| session.link.is_none());
            let Some(id) = waiting
                .or_else(|| self.all.first_key_value())
                .map(|(id, _)| id.clone())
            else {
                return;
            };
            self.all.remove(&id);
        }
    }
}

impl Session {
    fn send(&mut self, name: &str, data: &Value) {
        self.seq += 1;
        let text = json!({ "op": 0, "t": name, "s": self.seq, "d": data }).to_string();
        if self.replay.len() == REPLAY_MAX {
            self.replay.pop_front();
        }
        self.replay.push_back((self.seq, text.clone()));
        self.push(Frame::Text(text));
    }

    fn push(&mut self, frame: Frame) {
        if let Some((_, sender)) = &self.link
            && sender.try_send(frame).is_err()
        {
            // The socket is gone, or too slow; a resume replays.
            self.link = None;
        }
    }
}

/// Whether an identify starts a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Admission {
    Granted,
    TooEarly,
    Never,
}

fn payload(op: u8, data: &Value) -> Frame {
    Frame::Text(json!({ "op": op, "t": null, "s": null, "d": data }).to_string())
}

/// Serves one socket until it closes.
pub async fn serve(hub: Arc<Hub>, socket: WebSocket, is_known_version: bool, is_compressed: bool) {
    let mut socket = Line::new(socket, is_compressed);
    if !is_known_version {
        put(&mut socket, Frame::Close(4012, "Invalid API version.")).await;
        return;
    }
    let (sender, mut frames) = mpsc::channel(FRAMES_MAX);
    let id = hub.with(|inner, _| {
        inner.sessions.connections += 1;
        inner.sessions.connections
    });
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
    id: u64,
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
        let intents = match data["intents"].as_u64() {
            Some(intents) if intents & PRIVILEGED_INTENTS != 0 => {
                return Answer::close(4014, "Disallowed intent(s).");
            }
            Some(intents) if intents & !KNOWN_INTENTS == 0 => intents,
            _ => return Answer::close(4013, "Invalid intent(s)."),
        };
        let hub = Arc::clone(&self.hub);
        let frames = hub.with(|inner, _| self.open_session(inner, shard, intents));
        Answer::of(frames)
    }

    fn open_session(&mut self, inner: &mut Inner, shard: (u64, u64), intents: u64) -> Vec<Frame> {
        let sessions = &mut inner.sessions;
        if guilds_of(&inner.world, shard).count() > sessions.rules.guilds_per_shard as usize {
            return vec![Frame::Close(4011, "Sharding required.")];
        }
        match sessions.admit(shard) {
            Admission::Granted => {}
            Admission::TooEarly => return vec![payload(9, &json!(false))],
            Admission::Never => return vec![Frame::Close(4004, "Authentication failed.")],
        }
        sessions.make_room();
        self.identified = true;
        let id = inner.world.secret()[..32].to_owned();
        let ready = ready(inner, &self.hub, &id, shard);
        let mut session = Session {
            shard,
            seq: 0,
            replay: VecDeque::new(),
            link: Some((self.id, self.sender.clone())),
        };
        session.send("READY", &ready);
        if intents & GUILDS_INTENT != 0 {
            // Clients that cache servers wait for theirs before they report ready.
            for guild_id in guilds_of(&inner.world, shard) {
                session.send("GUILD_CREATE", &inner.world.guild_create_json(guild_id));
            }
        }
        inner.sessions.all.insert(id, session);
        Vec::new()
    }

    fn resume(&mut self, data: &Value) -> Answer {
        let (Some(id), Some(seq)) = (data["session_id"].as_str(), data["seq"].as_u64()) else {
            return Answer::close(4002, "Error while decoding payload.");
        };
        if !self.is_token(data) {
            return Answer::close(4004, "Authentication failed.");
        }
        let hub = Arc::clone(&self.hub);
        hub.with(|inner, _| {
            let Some(session) = inner.sessions.all.get_mut(id) else {
                return Answer::of(vec![payload(9, &json!(false))]);
            };
            if seq > session.seq {
                return Answer::close(4007, "Invalid seq.");
            }
            let oldest = session
                .replay
                .front()
                .map_or(session.seq + 1, |(seq, _)| *seq);
            if seq + 1 < oldest {
                inner.sessions.all.remove(id);
                return Answer::of(vec![payload(9, &json!(false))]);
            }
            self.identified = true;
            session.push(Frame::Close(4000, "Resumed elsewhere."));
            session.link = Some((self.id, self.sender.clone()));
            let missed: Vec<String> = session
                .replay
                .iter()
                .filter(|(number, _)| *number > seq)
                .map(|(_, text)| text.clone())
                .collect();
            for text in missed {
                session.push(Frame::Text(text));
            }
            session.send("RESUMED", &json!({ "_trace": [] }));
            Answer::of(Vec::new())
        })
    }

    fn is_token(&self, data: &Value) -> bool {
        let token = data["token"].as_str().unwrap_or_default();
        token.strip_prefix("Bot ").unwrap_or(token) == self.hub.options.token
            && !self.hub.with(|inner, _| inner.sessions.is_token_reset())
    }
}

/// `[shard, total]`; absent means one shard.
fn read_shard(value: &Value) -> Option<(u64, u64)> {
    if value.is_null() {
        return Some((0, 1));
    }
    match value.as_array()?.as_slice() {
        [shard, total] => {
            let (shard, total) = (shard.as_u64()?, total.as_u64()?);
            (shard < total && total <= 1024).then_some((shard, total))
        }
        _ => None,
    }
}

fn ready(inner: &Inner, hub: &Hub, session_id: &str, shard: (u64, u64)) -> Value {
    let world = &inner.world;
    let mut user = world
        .users
        .get(&world.application_id)
        .map(super::world::User::json)
        .unwrap_or_default();
    user["verified"] = json!(true);
    user["mfa_enabled"] = json!(false);
    user["email"] = Value::Null;
    user["flags"] = json!(0);
    let guilds: Vec<Value> = guilds_of(world, shard)
        .map(|id| json!({ "id": id.to_string(), "unavailable": true }))
        .collect();
    json!({
        "v": 10,
        "user": user,
        "guilds": guilds,
        "session_id": session_id,
        "session_type": "normal",
        "resume_gateway_url": gateway_url(&hub.url),
        "shard": [shard.0, shard.1],
        "application": { "id": world.application_id.to_string(), "flags": 0 },
        "private_channels": [],
        "relationships": [],
        "user_settings": {},
        "_trace": [],
    })
}

/// The servers of a shard: <https://discord.com/developers/docs/events/gateway#sharding>.
fn guilds_of(world: &World, (shard, total): (u64, u64)) -> impl Iterator<Item = u64> {
    let ids = world.guilds.keys().copied();
    let ids = ids.filter(|id| world.bot_is_in_guild(*id));
    ids.filter(move |id| (id >> 22) % total == shard)
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
