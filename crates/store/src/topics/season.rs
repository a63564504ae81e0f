//! Seasons: opened, read, closed, and what remains to be done after they close.

use crate::postgres::RetryResult;
use crate::season::{
    NewSeason, RefusedRole, RoleStep, SeasonBoard, SeasonEnd, StoredSeason, paged,
};
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{GuildId, SeasonId, UserId};
use heat_core::shard::ShardRange;
use heat_core::standing::Standing;

impl Store {
    /// Opens a season, unless one is running, and drops the oldest if there are too many. Returns
    /// the season that runs now: this one, or the other.
    ///
    /// # Errors
    /// If the database cannot be written; then nothing has changed.
    pub async fn open_season(&self, season: NewSeason) -> Result<Option<StoredSeason>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::season::open(conn, &season))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::season::open(conn, season.clone()).boxed()
                })
                .await
            }
        }
    }

    /// Closes a server's running season: stores its final standing, who gets its role, and who
    /// loses the roles of earlier seasons. Returns the season that this interaction closed, now or
    /// before; none if there was none to close.
    ///
    /// # Errors
    /// If the database cannot be written; then the season runs on.
    pub async fn close_season(&self, end: SeasonEnd) -> Result<Option<StoredSeason>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::season::close(conn, &end))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::season::close(conn, end.clone()).boxed()
                })
                .await
            }
        }
    }

    /// A server's seasons, the newest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn seasons(&self, guild: GuildId) -> Result<Vec<StoredSeason>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => db.read(move |conn| sqlite::season::of(conn, guild)).await,
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::season::of(conn, guild).boxed())
                    .await
            }
        }
    }

    /// A page of a season's board, counted from 0, with the place of `user`. A running season's
    /// board is read from the ledger, a closed one's as it was stored.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn season_board(
        &self,
        season: &StoredSeason,
        page: u32,
        user: UserId,
    ) -> Result<SeasonBoard, StoreError> {
        let (guild, season) = (season.guild, &season.season);
        let id = season.id;
        let running_since = season.closed_at_ms.is_none().then_some(season.opened_at_ms);
        let places = match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::season::places(conn, id, guild, running_since))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| {
                    postgres::season::places(conn, id, guild, running_since).boxed()
                })
                .await
            }
        };
        Ok(paged(places?, page, user))
    }

    /// The first three of each closed season of a server, season by season, the best first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn hall_of_fame(
        &self,
        guild: GuildId,
    ) -> Result<Vec<(SeasonId, Standing)>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => db.read(move |conn| sqlite::season::hall(conn, guild)).await,
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::season::hall(conn, guild).boxed())
                    .await
            }
        }
    }

    /// Closed seasons of these shards whose end is not announced or whose roles are not settled,
    /// the longest closed first; a hundred at most.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn unsettled_seasons(
        &self,
        shards: ShardRange,
    ) -> Result<Vec<StoredSeason>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::season::unsettled(conn, shards))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::season::unsettled(conn, shards).boxed())
                    .await
            }
        }
    }

    /// Records that the end of a season was announced, or never can be.
    ///
    /// # Errors
    /// If the database cannot be written; then nothing has changed.
    pub async fn mark_season_announced(&self, season: SeasonId) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::season::mark_announced(conn, season))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::season::mark_announced(conn, season).boxed()
                })
                .await
            }
        }
    }

    /// Records that a season is settled, and deletes the data for announcing its end.
    ///
    /// # Errors
    /// If the database cannot be written; then nothing has changed.
    pub async fn mark_season_settled(&self, season: SeasonId) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::season::mark_settled(conn, season))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::season::mark_settled(conn, season).boxed()
                })
                .await
            }
        }
    }

    /// Pending role changes in a server, those that take a role first; at most a hundred.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn role_steps(&self, guild: GuildId) -> Result<Vec<RoleStep>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::season::role_steps(conn, guild))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::season::role_steps(conn, guild).boxed())
                    .await
            }
        }
    }

    /// Records that a role change was made, or with which code Discord refused it for good.
    ///
    /// # Errors
    /// If the database cannot be written; then it is still pending.
    pub async fn role_step_done(
        &self,
        step: RoleStep,
        refused: Option<i64>,
    ) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::season::role_step_done(conn, step, refused))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::season::role_step_done(conn, step, refused).boxed()
                })
                .await
            }
        }
    }

    /// Role changes that Discord refused: roles for this season's winners, and roles that could not
    /// be taken from earlier winners.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn refused_roles(
        &self,
        guild: GuildId,
        season: SeasonId,
    ) -> Result<Vec<RefusedRole>, StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.read(move |conn| sqlite::season::refused(conn, guild, season))
                    .await
            }
            Backend::Postgres(db) => {
                db.read(move |conn| postgres::season::refused(conn, guild, season).boxed())
                    .await
            }
        }
    }
}
