//! A member's own data, and how it is exported and deleted.

use crate::{Backend, Store, StoreError, StoredGame, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{ChannelId, GameId, UserId};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Games from which one transaction removes a member: a few milliseconds' work, so that live games
/// hardly wait.
pub(super) const GAMES_AT_ONCE: u32 = 50;
/// The most channels of live games that are named.
pub(super) const CHANNELS_MAX: u32 = 5;

/// Removes a member from an ended game. Receives the events that mention the member's id, each with
/// its number, and returns them changed. Must be pure, because it may be called again with the same
/// events.
pub type Anonymise = fn(events: &[(u32, String)], member: UserId) -> Result<Anonymised, String>;

/// A game's events with one member removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anonymised {
    /// The changed events, in the order received.
    pub events: Vec<(u32, String)>,
    /// The number that replaces the member in this game.
    pub stand_in: UserId,
}

/// The result of deleting a member's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forgotten {
    /// Everything is deleted.
    Done,
    /// Nothing was deleted, because they are in live games in these channels, and perhaps in
    /// others.
    Playing {
        /// Some of the channels.
        channels: Vec<ChannelId>,
    },
}

/// What one transaction achieved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// There is more to do.
    More,
    /// See [`Forgotten`].
    Ended(Forgotten),
}

/// A member's rows that belong to no game.
pub type MemberRows = BTreeMap<String, Vec<Map<String, Value>>>;

impl Store {
    /// The games a member took part in, newest first, optionally only those before `before`.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn member_games(
        &self,
        member: UserId,
        before: Option<GameId>,
        count: u32,
    ) -> Result<Vec<StoredGame>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::forget::games(conn, member, before, count))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::forget::games(conn, member, before, count).boxed())
                    .await
            }
        }
    }

    /// A member's rows that belong to no game.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn member_rows(&self, member: UserId) -> Result<MemberRows, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::forget::rows(conn, member))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::forget::rows(conn, member).boxed())
                    .await
            }
        }
    }

    /// Deletes a member's data: their answers, places on the boards and other rows. Games they
    /// played in and packs they added stay, because others need them, but without their id;
    /// `anonymise` removes it from a game's events. Refused without any change while they are in a
    /// live game.
    ///
    /// This takes several transactions, each consistent in itself. If the process dies or the
    /// database fails half-way, call it again to finish.
    ///
    /// # Errors
    /// If the database cannot be written; part of the data may be deleted already.
    pub async fn forget(
        &self,
        member: UserId,
        anonymise: Anonymise,
    ) -> Result<Forgotten, StoreError> {
        let mut first = true;
        loop {
            match self.forget_step(member, first, anonymise).await? {
                Step::More => first = false,
                Step::Ended(forgotten) => return Ok(forgotten),
            }
        }
    }

    async fn forget_step(
        &self,
        member: UserId,
        first: bool,
        anonymise: Anonymise,
    ) -> Result<Step, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::forget::step(conn, member, first, anonymise))
                    .await
            }
            Backend::Postgres(db) => {
                db.change_much(move |conn| {
                    postgres::forget::step(conn, member, first, anonymise).boxed()
                })
                .await
            }
        }
    }
}
