//! Results to be sent: which games are over, and which results the operator's webhook has not
//! received. The outbox is the games themselves: a game enters it in the transaction that ends it,
//! and stays until its result was accepted.

use crate::postgres::RetryResult;
use crate::results::{SendState, UnsentResults};
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{GameId, GuildId};
use heat_core::shard::ShardRange;

impl Store {
    /// Unsent results of games that are over and were started after `since_ms`, in servers of these
    /// shards.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn unsent_results(
        &self,
        shards: ShardRange,
        since_ms: i64,
        now_ms: i64,
    ) -> Result<UnsentResults, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::results::unsent(conn, shards, since_ms, now_ms))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| {
                    postgres::results::unsent(conn, shards, since_ms, now_ms).boxed()
                })
                .await
            }
        }
    }

    /// Records the state of sending a game's result. A sent result stays sent.
    ///
    /// # Errors
    /// If the database cannot be written; the result will then be sent again.
    pub async fn note_result(&self, game: GameId, state: SendState) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::results::note(conn, game, state))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::results::note(conn, game, state).boxed()
                })
                .await
            }
        }
    }

    /// The games of a server that are over, newest first.
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
