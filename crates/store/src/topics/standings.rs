//! Leaderboards, derived from the ledger of answers, and a player's whole record.

use crate::{Audit, Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{GameId, UserId};
use heat_core::standing::{Badge, Board, BoardPage, Record, Standing};

impl Store {
    /// One page of a board, counted from 0, [`heat_core::standing::PAGE_ROWS`] players each. A page
    /// past the end is empty.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn leaderboard(&self, board: Board, page: u32) -> Result<BoardPage, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::standings::page(conn, board, page))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::standings::page(conn, board, page).boxed())
                    .await
            }
        }
    }

    /// A player's place on a board, or none if no answer of theirs counts there.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn standing(
        &self,
        board: Board,
        user: UserId,
    ) -> Result<Option<Standing>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::standings::of(conn, board, user))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::standings::of(conn, board, user).boxed())
                    .await
            }
        }
    }

    /// A player's record over all games, or none if no answer of theirs counts yet.
    ///
    /// Reads all their answers, which is quick unless there are millions.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn record(&self, user: UserId) -> Result<Option<Record>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => db.read(move |conn| sqlite::record::of(conn, user)).await,
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::record::of(conn, user).boxed())
                    .await
            }
        }
    }

    /// The badges that a player earned with a game that is just ending: it counts as over, though
    /// that is not stored yet. Empty for a player with more than five thousand answers: the end of
    /// each game checks eight players, and must take only milliseconds.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn new_badges(&self, user: UserId, game: GameId) -> Result<Vec<Badge>, StoreError> {
        let around = match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::record::around(conn, user, game))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::record::around(conn, user, game).boxed())
                    .await
            }
        }?;
        let before = around.before.unwrap_or_default();
        let after = around.after.unwrap_or_default();
        Ok(Badge::earned_between(&before, &after))
    }

    /// Rebuilds the leaderboards from the ledger. Writes of every process wait meanwhile, or fail
    /// as [`StoreError::Unavailable`] if it takes long; reads see the old ones until it is done.
    ///
    /// # Errors
    /// If the database cannot be written; the old leaderboards stay.
    pub async fn rebuild_standings(&self) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => db.write(sqlite::standings::rebuild_all).await,
            Backend::Postgres(db) => db.rebuild_standings().await,
        }
    }

    /// Compares the leaderboards with the ledger. Holds both in memory meanwhile.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn verify_standings(&self) -> Result<Audit, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => db.read(sqlite::audit::standings).await,
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::rebuild::audit(conn).boxed())
                    .await
            }
        }
    }
}
