//! The film of the day: members' guesses, ranks and streaks.

use crate::daily_film::DailyFilmGuess;
use crate::postgres::RetryResult;
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::daily::film::{FilmAttempt, FilmPlacing};
use heat_core::daily::{Day, Streak};
use heat_core::id::{GuildId, UserId};

impl Store {
    /// A member's attempt at a day's film; empty before the first guess.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn daily_film_attempt(
        &self,
        day: Day,
        user: UserId,
    ) -> Result<FilmAttempt, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::daily_film::attempt(conn, day, user))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::daily_film::attempt(conn, day, user).boxed())
                    .await
            }
        }
    }

    /// Stores a guess if the attempt accepts it (see [`FilmAttempt::takes`]); any other changes
    /// nothing. Returns the attempt after that, so that a guess sent twice gets the same result
    /// twice.
    ///
    /// # Errors
    /// If the database cannot be written; then nothing has changed.
    pub async fn guess_daily_film(&self, guess: DailyFilmGuess) -> Result<FilmAttempt, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::daily_film::guess(conn, &guess))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::daily_film::guess(conn, guess.clone()).boxed()
                })
                .await
            }
        }
    }

    /// A member's streak of days with a finished film, found or not; `None` before the first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn daily_film_streak(&self, user: UserId) -> Result<Option<Streak>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::daily_film::streak(conn, user))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::daily_film::streak(conn, user).boxed())
                    .await
            }
        }
    }

    /// A member's rank among those who have finished a day's film in a server; `None` if they have
    /// not finished there.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn daily_film_placing(
        &self,
        day: Day,
        guild: GuildId,
        user: UserId,
    ) -> Result<Option<FilmPlacing>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::daily_film::placing(conn, day, guild, user))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::daily_film::placing(conn, day, guild, user).boxed())
                    .await
            }
        }
    }
}
