//! The server events in Discord that announce the times of a schedule's entries.
//!
//! Adding, settling and removing an entry say which events are wanted, in the same transaction.

use crate::planned_events::PlannedEvent;
use crate::postgres::RetryResult;
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{EntryId, EventId, GuildId};
use heat_core::shard::ShardRange;
use std::sync::Arc;

impl Store {
    /// Events of servers of these shards that are to be created or deleted, earliest first; at most
    /// five hundred. One that Discord refused counts again once it was last asked for before
    /// `again_before_ms`.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn open_events(
        &self,
        shards: ShardRange,
        again_before_ms: i64,
    ) -> Result<Vec<PlannedEvent>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::planned_events::open(conn, shards, again_before_ms))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| {
                    postgres::planned_events::open(conn, shards, again_before_ms).boxed()
                })
                .await
            }
        }
    }

    /// A server's events, earliest first: those to come, and those still to be deleted.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn planned_events(&self, guild: GuildId) -> Result<Vec<PlannedEvent>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::planned_events::of(conn, guild))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::planned_events::of(conn, guild).boxed())
                    .await
            }
        }
    }

    /// Records that Discord is about to be asked for the event of an entry's time, at this place.
    /// Returns whether it is still wanted and not there yet; otherwise it must not be asked for.
    ///
    /// # Errors
    /// If the database cannot be written; then it must not be asked for either.
    pub async fn ask_event(
        &self,
        of: (EntryId, i64),
        place: &str,
        now_ms: i64,
    ) -> Result<bool, StoreError> {
        let place: Arc<str> = place.into();
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::planned_events::ask(conn, of, &place, now_ms))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    let place = Arc::clone(&place);
                    async move { postgres::planned_events::ask(conn, of, &place, now_ms).await }
                        .boxed()
                })
                .await
            }
        }
    }

    /// Records the id of an event that Discord has created.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn event_made(&self, of: (EntryId, i64), event: EventId) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::planned_events::made(conn, of, event))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::planned_events::made(conn, of, event).boxed()
                })
                .await
            }
        }
    }

    /// Records that Discord does not create an event, and gave this code.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn event_refused(
        &self,
        of: (EntryId, i64),
        code: i64,
        now_ms: i64,
    ) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::planned_events::refused(conn, of, code, now_ms))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::planned_events::refused(conn, of, code, now_ms).boxed()
                })
                .await
            }
        }
    }

    /// Forgets an event that is deleted in Discord, or will never be created.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn forget_event(&self, of: (EntryId, i64)) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::planned_events::forget(conn, of))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::planned_events::forget(conn, of).boxed()
                })
                .await
            }
        }
    }

    /// Lets a server's refused events be asked for again at once, because what was missing is there
    /// now.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub async fn ask_events_again(&self, guild: GuildId) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::planned_events::ask_again(conn, guild))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::planned_events::ask_again(conn, guild).boxed()
                })
                .await
            }
        }
    }
}
