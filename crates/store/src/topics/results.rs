//! Results of games on their way out: which are over, and which have still to be told to the
//! operator's webhook. The outbox is the games themselves: a game that is over is in it from the
//! same transaction on, and stays until it was taken.

use crate::postgres::RetryResult;
use crate::results::{Telling, Untold};
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{GameId, GuildId};
use heat_core::shard::ShardRange;

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
