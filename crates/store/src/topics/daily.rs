//! The daily puzzles: what they are, and the attempts, boards and streaks of the five questions.

use crate::daily::{DailyAnswer, DailyKind};
use crate::postgres::RetryResult;
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::daily::{Attempt, Day, Page, Placing, Streak};
use heat_core::id::{ChannelId, GuildId, UserId};
use std::sync::Arc;

impl Store {
    /// A day's puzzle, if it is stored.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn daily_puzzle(
        &self,
        kind: DailyKind,
        day: Day,
    ) -> Result<Option<String>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::daily::puzzle(conn, kind, day))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::daily::puzzle(conn, kind, day).boxed())
                    .await
            }
        }
    }

    /// Stores a day's puzzle if none is stored, and returns the stored one: the
    /// first process decides for all processes and releases.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn keep_daily_puzzle(
        &self,
        kind: DailyKind,
        day: Day,
        body: &str,
    ) -> Result<String, StoreError> {
        let body: Arc<str> = body.into();
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::daily::keep_puzzle(conn, kind, day, &body))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::daily::keep_puzzle(conn, kind, day, Arc::clone(&body)).boxed()
                })
                .await
            }
        }
    }

    /// A member's attempt at a day's puzzle; `None` if they have not begun.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn daily_attempt(
        &self,
        day: Day,
        user: UserId,
    ) -> Result<Option<Attempt>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::daily::attempt(conn, day, user))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::daily::attempt(conn, day, user).boxed())
                    .await
            }
        }
    }

    /// Records that a member has begun a day's puzzle. Repeating it changes nothing.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn begin_daily(&self, day: Day, user: UserId, at_ms: i64) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::daily::begin(conn, day, user, at_ms))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::daily::begin(conn, day, user, at_ms).boxed()
                })
                .await
            }
        }
    }

    /// Stores an answer if it is to the next question of its member's attempt; any other changes
    /// nothing. Returns the attempt after that, so that an answer sent twice gets the same result
    /// twice; none if the member has not begun.
    ///
    /// With the last answer the attempt is added to its boards and its member's streak in the same
    /// transaction.
    ///
    /// # Errors
    /// If the database cannot be written; nothing was changed.
    pub async fn answer_daily(&self, answer: DailyAnswer) -> Result<Option<Attempt>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::daily::answer(conn, &answer))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::daily::answer(conn, answer).boxed()
                })
                .await
            }
        }
    }

    /// A member's streak of days; none before they have finished a puzzle.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn daily_streak(&self, user: UserId) -> Result<Option<Streak>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => db.read(move |conn| sqlite::daily::streak(conn, user)).await,
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::daily::streak(conn, user).boxed())
                    .await
            }
        }
    }

    /// Records that a member shares a day's result in a channel. Returns whether it is the first
    /// time.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn share_daily(
        &self,
        kind: DailyKind,
        day: Day,
        user: UserId,
        channel: ChannelId,
    ) -> Result<bool, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::daily::share(conn, kind, day, user, channel))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfFirst, move |conn| {
                    postgres::daily::share(conn, kind, day, user, channel).boxed()
                })
                .await
            }
        }
    }

    /// One page of a day's board, of one server or of all, counted from 0,
    /// [`heat_core::standing::PAGE_ROWS`] members each. A page past the end is empty.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn daily_board(
        &self,
        day: Day,
        guild: Option<GuildId>,
        page: u32,
    ) -> Result<Page, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::daily::page(conn, day, guild, page))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::daily::page(conn, day, guild, page).boxed())
                    .await
            }
        }
    }

    /// A member's place on a day's board, of one server or of all; none if they have not finished
    /// there.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn daily_placing(
        &self,
        day: Day,
        guild: Option<GuildId>,
        user: UserId,
    ) -> Result<Option<Placing>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::daily::placing(conn, day, guild, user))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::daily::placing(conn, day, guild, user).boxed())
                    .await
            }
        }
    }
}
