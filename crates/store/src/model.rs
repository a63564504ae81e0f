//! What goes into the store and comes out of it, as plain numbers and text.

use super::StoreError;
use heat_core::id::{ChannelId, GameId, GuildId, PlaceId, UserId};
use heat_core::standing::Zone;
use std::collections::BTreeSet;

/// The most bytes of text in one [`Write`]. A game of fifty rounds stays far below it, and so does
/// a round with the most answers possible.
pub const WRITE_BYTES_MAX: usize = 4 << 20;

/// The most answers, events, members, reveals or questions in one [`Write`].
pub const WRITE_ROWS_MAX: usize = 10_000;

/// What one step of a game changes. Stored completely or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Write {
    /// The game's id.
    pub game: GameId,
    /// Present in a game's first write.
    pub create: Option<NewGame>,
    /// The number of the first of `events`: one more than the game's last stored event. A game's
    /// first event may have any number. Meaningless without events.
    pub first_seq: u32,
    /// Events in order, each JSON.
    pub events: Vec<String>,
    /// The members the events name, so that a member's games can be found. Those who answer or
    /// start the game need not be repeated.
    pub members: Vec<UserId>,
    /// New lines of the ledger, given with their round's reveal. A line that exists (same game,
    /// round and player) changes nothing; one added after the reveal counts at once.
    pub answers: Vec<AnswerRow>,
    /// Rounds revealed now: their answers count from here on. Repeating one changes nothing.
    pub revealed: Vec<u16>,
    /// Ids of the questions asked at the game's place in this step.
    pub asked: Vec<String>,
    /// If given, replaces the data for reaching the game's messages. The store does not read it.
    pub route: Option<String>,
    /// The game is over. This is final.
    pub ended: bool,
}

impl Write {
    /// All its texts.
    fn texts(&self) -> impl Iterator<Item = &str> {
        let code = self.create.iter().map(|new| &new.code);
        let own = self.events.iter().chain(&self.asked).chain(&self.route);
        let answers = self.answers.iter().flat_map(|a| [&a.question, &a.topic]);
        code.chain(own).chain(answers).map(String::as_str)
    }

    /// Everyone who takes part, each once.
    pub(super) fn participants(&self) -> BTreeSet<i64> {
        let starter = self.create.iter().map(|new| new.starter);
        let answered = self.answers.iter().map(|answer| answer.user);
        let named = self.members.iter().copied();
        named
            .chain(starter)
            .chain(answered)
            .map(id_to_sql)
            .collect()
    }

    /// How many bytes of text it carries.
    pub(super) fn bytes(&self) -> usize {
        self.texts().map(str::len).sum()
    }

    /// Checks a write's limits before it enters the queue.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        let bytes = self.bytes();
        let rows = [
            self.events.len(),
            self.members.len(),
            self.answers.len(),
            self.revealed.len(),
            self.asked.len(),
        ];
        let reason = if bytes > WRITE_BYTES_MAX {
            format!("{bytes} bytes of text, at most {WRITE_BYTES_MAX} are stored at once")
        } else if rows.iter().any(|rows| *rows > WRITE_ROWS_MAX) {
            format!("more than {WRITE_ROWS_MAX} rows at once")
        } else if self
            .create
            .as_ref()
            .is_some_and(|new| new.guild == Some(GuildId(0)))
        {
            "server 0 does not exist; a game in a direct message has none".to_owned()
        } else if self.texts().any(|text| text.contains('\0')) {
            "a text contains the character NUL, which databases cannot store".to_owned()
        } else {
            return Ok(());
        };
        Err(StoreError::Invalid {
            game: self.game,
            reason,
        })
    }
}

/// What is known about a game when it starts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewGame {
    /// The server, or none in a direct message.
    pub guild: Option<GuildId>,
    /// The place whose question history applies: the server, or the channel of a direct message.
    pub place: PlaceId,
    /// The channel it is played in.
    pub channel: ChannelId,
    /// Who started it.
    pub starter: UserId,
    /// Its share code. Games started from a code share it.
    pub code: String,
    /// Milliseconds since 1970, UTC.
    pub started_at_ms: i64,
    /// The time zone whose days, weeks and months count on the server's leaderboards.
    pub zone: Zone,
}

/// One player's answer to one round: a line of the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnswerRow {
    /// The round in the game.
    pub round: u16,
    /// The question's id.
    pub question: String,
    /// Who answered.
    pub user: UserId,
    /// Which choice.
    pub choice: u8,
    /// Whether it was right.
    pub correct: bool,
    /// The points earned.
    pub points: u32,
    /// Milliseconds from the question to the answer.
    pub elapsed_ms: u32,
    /// Milliseconds since 1970, UTC. In the game's zone it decides the day, week and month in which
    /// the answer counts.
    pub at_ms: i64,
    /// The question's topic, for statistics.
    pub topic: String,
}

/// A stored game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredGame {
    /// Its id.
    pub id: GameId,
    /// What was known when it started.
    pub meta: NewGame,
    /// How to reach its messages, as last stored.
    pub route: Option<String>,
    /// Whether it is over.
    pub ended: bool,
    /// Its events in order, each JSON.
    pub events: Vec<String>,
    /// The next event's number; 0 if there are none yet.
    pub next_seq: u32,
}

/// Encodes an id for SQL, whose integers are signed. Lossless; [`id_from_sql`] reverses it.
pub(super) fn id_to_sql(id: impl Into<u64>) -> i64 {
    let id: u64 = id.into();
    id.cast_signed()
}

/// The reverse of [`id_to_sql`].
pub(super) fn id_from_sql<Id: From<u64>>(id: i64) -> Id {
    Id::from(id.cast_unsigned())
}
