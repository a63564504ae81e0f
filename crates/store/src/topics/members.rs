//! Choices that single members made for themselves, and their results in earlier games.

use crate::members::PastGames;
use crate::postgres::RetryResult;
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{GameId, UserId};

impl Store {
    /// Whether a member wants their wrong typed answers hidden from others.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn hides_typed(&self, member: UserId) -> Result<bool, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::members::hides_typed(conn, member))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::members::hides_typed(conn, member).boxed())
                    .await
            }
        }
    }

    /// Hides a member's wrong typed answers from others from `since_ms` on; `None` shows them
    /// again.
    ///
    /// # Errors
    /// If the database cannot be written; the choice stays as it was.
    pub async fn hide_typed(
        &self,
        member: UserId,
        since_ms: Option<i64>,
    ) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::members::hide_typed(conn, member, since_ms))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::members::hide_typed(conn, member, since_ms).boxed()
                })
                .await
            }
        }
    }

    /// A member's games other than this one with the same number of revealed questions. Longer
    /// games bring more points, so only games of equal length are compared.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn past_games(
        &self,
        member: UserId,
        game: GameId,
        questions: u16,
    ) -> Result<PastGames, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::members::past_games(conn, member, game, questions))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| {
                    postgres::members::past_games(conn, member, game, questions).boxed()
                })
                .await
            }
        }
    }
}
