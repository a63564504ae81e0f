//! Reads stored games and the questions each place was asked. Only [`Store::commit`] writes them.

use crate::{Backend, Store, StoreError, StoredGame, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::asked_history::AskedHistory;
use heat_core::id::{ChannelId, GameId, PlaceId};
use heat_core::shard::ShardRange;
use std::sync::Arc;

impl Store {
    /// Every game of these shards that has not ended, by id, with its events in order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn live_games(&self, shards: ShardRange) -> Result<Vec<StoredGame>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => db.read(move |conn| sqlite::games::live(conn, shards)).await,
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::games::live(conn, shards).boxed())
                    .await
            }
        }
    }

    /// One game, live or ended, with its events in order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn game(&self, id: GameId) -> Result<Option<StoredGame>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => db.read(move |conn| sqlite::games::by_id(conn, id)).await,
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::games::by_id(conn, id).boxed())
                    .await
            }
        }
    }

    /// The first game started with this share code.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn game_by_code(&self, code: &str) -> Result<Option<StoredGame>, StoreError> {
        let code: Arc<str> = code.into();
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::games::by_code(conn, &code))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::games::by_code(conn, Arc::clone(&code)).boxed())
                    .await
            }
        }
    }

    /// Every question that `place` has been asked.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn asked(&self, place: PlaceId) -> Result<AskedHistory, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::asked_history::all(conn, place))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::asked_history::all(conn, place).boxed())
                    .await
            }
        }
    }

    /// Whether this game is stored in this channel and not over, in any process.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn is_live(&self, game: GameId, channel: ChannelId) -> Result<bool, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::games::is_live(conn, game, channel))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::games::is_live(conn, game, channel).boxed())
                    .await
            }
        }
    }
}
