//! Results of games on their way out: which are over, and which have still to be told to the
//! operator's webhook. The outbox is the games themselves: a game that is over is in it from the
//! same transaction on, and stays until it was taken.

use crate::postgres::RetryResult;
use crate::{Backend, BackupError, Store, StoreError, StoredGame, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{GameId, GuildId};
use heat_core::shard::ShardRange;

/// Results read at once.
pub(crate) const DUE_MAX: u32 = 50;

/// Results that have not been told.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Untold {
    /// Those that are due, the oldest first: at most fifty.
    pub due: Vec<UntoldResult>,
    /// How many wait in all, those that are due among them.
    pub waiting: u64,
}

/// A result that is to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UntoldResult {
    /// The game.
    pub game: GameId,
    /// How often it was tried in vain.
    pub tries: u32,
}

/// How far the telling of a result is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// It was taken.
    Done,
    /// It was not, and is given up.
    GivenUp,
    /// It was not, and is tried again.
    Again {
        /// How often it was tried in vain.
        tries: u32,
        /// When, in milliseconds since 1970, UTC.
        at_ms: i64,
    },
}

impl Telling {
    /// State, tries if they change, and when it is due again.
    pub(crate) fn columns(self) -> (i64, Option<i64>, i64) {
        match self {
            Self::Done => (1, None, 0),
            Self::GivenUp => (2, None, 0),
            Self::Again { tries, at_ms } => (0, Some(tries.into()), at_ms),
        }
    }
}

impl Store {
    /// Results of games in servers of these shards that are over, were started after `since_ms`, and
    /// have not been told.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn untold_results(
        &self,
        shards: ShardRange,
        since_ms: i64,
        now_ms: i64,
    ) -> Result<Untold, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::results::untold(conn, shards, since_ms, now_ms))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| {
                    postgres::results::untold(conn, shards, since_ms, now_ms).boxed()
                })
                .await
            }
        }
    }

    /// Notes how far the telling of a game's result is. What was told stays so.
    ///
    /// # Errors
    /// If the database cannot be written; then it will be told again.
    pub async fn note_result(&self, game: GameId, telling: Telling) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::results::note(conn, game, telling))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::results::note(conn, game, telling).boxed()
                })
                .await
            }
        }
    }

    /// The games of a server that are over, the newest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn ended_games(&self, guild: GuildId, most: u32) -> Result<Vec<GameId>, StoreError> {
        let guild = Some(guild);
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::results::ended(conn, guild, 0, most))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::results::ended(conn, guild, 0, most).boxed())
                    .await
            }
        }
    }
}

/// Reads the games in servers that are over and were started at `since_ms` or later, of one server
/// or of all, the newest first, each for `take`. A bot may use the database meanwhile.
///
/// # Errors
/// [`BackupError`] if the database cannot be read, or has not the tables of this version.
pub async fn read_ended_games(
    url: &str,
    guild: Option<GuildId>,
    since_ms: i64,
    mut take: impl FnMut(StoredGame),
) -> Result<(), BackupError> {
    if postgres::is_address(url) {
        return postgres::transfer::ended_games(url, guild, since_ms, &mut take).await;
    }
    let conn = sqlite::open::existing(url)?;
    for id in sqlite::results::ended(&conn, guild, since_ms, u32::MAX)? {
        if let Some(game) = sqlite::games::by_id(&conn, id)? {
            take(game);
        }
    }
    Ok(())
}
