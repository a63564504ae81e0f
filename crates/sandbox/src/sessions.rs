//! The bot's sessions on the gateway: their shards and sequence numbers, what they keep for a resume,
//! and the limits on starting them.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::{sync::mpsc, time::Instant};

use super::{
    faults::GatewayFault,
    id::{GuildId, Shard},
};

/// The most dispatches that a session keeps for a resume.
const REPLAY_MAX: usize = 1000;
/// The most sessions kept, connected or waiting for a resume.
const SESSIONS_MAX: usize = 1024;
/// The most identifies that are remembered.
const IDENTIFIES_MAX: usize = 10_000;
/// How often the session start limit is reset.
const STARTS_PERIOD: Duration = Duration::from_secs(24 * 60 * 60);

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

/// One session of the bot, on one shard.
#[derive(Debug)]
pub struct Session {
    shard: Shard,
    seq: Sequence,
    replay: VecDeque<(Sequence, String)>,
    /// The connection that serves it; `None` while it waits for a resume.
    link: Option<Link>,
}

/// A connection to the gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectionId(u64);

/// A connection, and the way to its socket.
pub type Link = (ConnectionId, mpsc::Sender<Frame>);

/// The number of a dispatch in its session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sequence(u64);

/// The limits on the bot's sessions.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// How far apart the identifies of a bucket must be.
    pub identify_interval: Duration,
    /// How many buckets there are. A shard's bucket is its number modulo this.
    pub max_concurrency: u32,
    /// How many sessions may be started per day.
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
    pub shard: Shard,
    /// When it arrived.
    pub at: std::time::Instant,
    /// Whether it started a session; otherwise it came too early.
    pub accepted: bool,
}

/// All sessions of the bot.
#[derive(Debug)]
pub struct Sessions {
    all: BTreeMap<String, Session>,
    connections: u64,
    told_online: bool,
    /// Whether an interactions endpoint is set; the bot is then online through it as well.
    by_endpoint: bool,
    rules: Rules,
    /// The last identify of each bucket.
    buckets: BTreeMap<u32, Instant>,
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

    /// Every identify with a valid token and shard, oldest first.
    pub fn identifies(&self) -> impl Iterator<Item = Identify> + '_ {
        self.identifies.iter().copied()
    }

    /// The shard of every session that is connected.
    pub fn online(&self) -> impl Iterator<Item = Shard> + '_ {
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

    /// A new connection.
    pub fn connect(&mut self) -> ConnectionId {
        self.connections += 1;
        ConnectionId(self.connections)
    }

    /// The most servers per shard.
    pub fn guilds_per_shard(&self) -> u32 {
        self.rules.guilds_per_shard
    }

    fn refill(&mut self) {
        if self.counted_since.elapsed() >= STARTS_PERIOD {
            self.counted_since = Instant::now();
            self.starts_left = self.rules.starts;
        }
    }

    /// Handles an identify. Each counts as a session start, even if it is too early.
    pub fn admit(&mut self, shard: Shard) -> Admission {
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
        let bucket = u32::from(shard.number) % self.rules.max_concurrency.max(1);
        let last = self.buckets.get(&bucket);
        let is_early = last.is_some_and(|last| last.elapsed() < self.rules.identify_interval);
        if self.identifies.len() == IDENTIFIES_MAX {
            self.identifies.pop_front();
        }
        self.identifies.push_back(Identify {
            shard,
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
    pub fn dispatch(&mut self, guild_id: Option<GuildId>, name: &str, data: &Value) {
        for session in self.all.values_mut() {
            if session.shard.serves(guild_id) {
                session.send(name, data);
            }
        }
    }

    /// Injects a fault into every connected session, or into those of one shard.
    pub fn inject(&mut self, fault: GatewayFault, shard: Option<u16>) {
        let frame = match fault {
            GatewayFault::Drop => Frame::Drop,
            GatewayFault::Reconnect => payload(7, &Value::Null),
            GatewayFault::InvalidSession => payload(9, &json!(false)),
            GatewayFault::Heartbeat => payload(1, &Value::Null),
        };
        let is_meant = |session: &Session| shard.is_none_or(|shard| session.shard.number == shard);
        for session in self.all.values_mut().filter(|session| is_meant(session)) {
            session.push(frame.clone());
        }
        if fault == GatewayFault::InvalidSession {
            self.all.retain(|_, session| !is_meant(session));
        }
    }

    /// Detaches a closed connection from its session. A clean close ends the session.
    pub fn unlink(&mut self, connection: ConnectionId, is_clean: bool) {
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

    /// Adds a session that was started.
    pub fn add(&mut self, id: String, session: Session) {
        self.make_room();
        self.all.insert(id, session);
    }

    /// Takes up a session on a new connection and sends what it missed after `seq`.
    ///
    /// # Errors
    /// What to tell the connection if the session cannot be resumed.
    pub fn resume(&mut self, id: &str, seq: Sequence, link: Link) -> Result<(), Frame> {
        let Some(session) = self.all.get_mut(id) else {
            return Err(payload(9, &json!(false)));
        };
        if seq > session.seq {
            return Err(Frame::Close(4007, "Invalid seq."));
        }
        let oldest = session
            .replay
            .front()
            .map_or(session.seq.next(), |(seq, _)| *seq);
        if seq.next() < oldest {
            self.all.remove(id);
            return Err(payload(9, &json!(false)));
        }
        session.push(Frame::Close(4000, "Resumed elsewhere."));
        session.link = Some(link);
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
        Ok(())
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

impl Sequence {
    fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl Session {
    /// A session that was just started.
    pub fn new(shard: Shard, link: Link) -> Self {
        Self {
            shard,
            seq: Sequence(0),
            replay: VecDeque::new(),
            link: Some(link),
        }
    }

    /// Sends an event, and keeps it for a resume.
    pub fn send(&mut self, name: &str, data: &Value) {
        self.seq = self.seq.next();
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
            // The socket is closed or too slow; a resume replays the event.
            self.link = None;
        }
    }
}

/// Whether an identify starts a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    Granted,
    TooEarly,
    Never,
}

/// A payload without a sequence number.
pub fn payload(op: u8, data: &Value) -> Frame {
    Frame::Text(json!({ "op": op, "t": null, "s": null, "d": data }).to_string())
}
