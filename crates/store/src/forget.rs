//! What is a member's own, and how they are taken out of it.

use crate::{Backend, Store, StoreError, StoredGame, postgres, sqlite};
use futures_util::FutureExt as _;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Games that one transaction takes a member out of: a few milliseconds' work, so that live games
/// hardly wait.
pub(super) const GAMES_AT_ONCE: u32 = 50;
/// Channels of live games that are named at most.
pub(super) const CHANNELS_MAX: u32 = 5;

/// Takes a member out of an ended game. Gets those of its events that mention the member's id, with
/// their numbers, and returns them changed. Pure: it may be called again with the same.
pub type Anonymise = fn(events: &[(u32, String)], member: u64) -> Result<Anonymised, String>;

/// Events without a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anonymised {
    /// The events that were given, in the same order.
    pub events: Vec<(u32, String)>,
    /// The number that stands for the member in this game from now on.
    pub stand_in: u64,
}

/// What came of deleting a member's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forgotten {
    /// Nothing of them is left.
    Done,
    /// Nothing was deleted: they take part in games that are on, in these channels among others.
    Playing {
        /// Some of the channels.
        channels: Vec<u64>,
    },
}

/// How far one transaction has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// There is more to do.
    More,
    /// See [`Forgotten`].
    Ended(Forgotten),
}

/// Rows that are a member's own and of no game, by table, as the columns say.
pub type MemberRows = BTreeMap<String, Vec<Map<String, Value>>>;

impl Store {
    /// The games that a member took part in, newest first, those before `before` if it is given.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn member_games(
        &self,
        member: u64,
        before: Option<u64>,
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

    /// Rows that are a member's own and of no game.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn member_rows(&self, member: u64) -> Result<MemberRows, StoreError> {
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

    /// Deletes what there is of a member: their answers and places on the boards, and rows of
    /// their own. What others need, the games they played in and packs they added, stays without
    /// their id; `anonymise` takes it out of a game's events. Refused, and nothing done, while they
    /// take part in a live game.
    ///
    /// Done in several transactions, each of which leaves everything sound; one that did not get
    /// done, because the process died or the database failed, is done when this is called again.
    ///
    /// # Errors
    /// If the database cannot be written; a part may have been done.
    pub async fn forget(&self, member: u64, anonymise: Anonymise) -> Result<Forgotten, StoreError> {
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
        member: u64,
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
