//! A member's own data, and how it is exported and deleted.

use crate::forget::{Anonymise, Forgotten, MemberRows, Step};
use crate::{Backend, Store, StoreError, StoredGame, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{GameId, UserId};

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
