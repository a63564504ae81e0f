//! Seasons: when they began and ended, their final standings, and what is still to be done about
//! their ends.
//!
//! While a season runs, its board is read from the ledger. Closing it stores the final standing and
//! every change of roles that follows in one transaction; each change is then noted as it is made,
//! so that after a crash the next process goes on with the rest.

use crate::postgres::RetryResult;
use crate::{Backend, Store, StoreError, postgres, sqlite};
use futures_util::FutureExt as _;
use heat_core::id::{GuildId, InteractionId, RoleId, SeasonId, UserId};
use heat_core::season::Season;
use heat_core::shard::ShardRange;
use heat_core::standing::{BoardPage, PAGE_ROWS, Standing};
use std::sync::Arc;

/// A game begun longer before a season than this has no answers in it: none is on for so long.
pub(super) const GAME_MAX_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Ends, and changes of roles, that are read at once.
pub(super) const TO_DO_MAX: i64 = 100;
/// Places of each season in the hall of fame.
pub(super) const HALL_PLACES: i64 = 3;

/// A season to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSeason {
    /// The snowflake of the interaction that opens it.
    pub id: SeasonId,
    /// The server.
    pub guild: GuildId,
    /// What it is called.
    pub name: Arc<str>,
    /// What the winners are given, if anything.
    pub role: Option<RoleId>,
    /// The last rank that wins.
    pub winners: u8,
    /// When it begins, in Unix milliseconds.
    pub opened_at_ms: i64,
    /// How many seasons of the server are kept, this one included.
    pub seasons_max: u32,
}

/// The end of a season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeasonEnd {
    /// The server whose running season ends.
    pub guild: GuildId,
    /// The interaction that ends it.
    pub by: InteractionId,
    /// When it ends, in Unix milliseconds. Answers from this moment on no longer count.
    pub at_ms: i64,
    /// How its end can be said in its channel. The store does not read it.
    pub route: Arc<str>,
    /// How many members are given the role at most.
    pub holders_max: u32,
}

/// A stored season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSeason {
    /// The season.
    pub season: Season,
    /// The server.
    pub guild: GuildId,
    /// How its end can be said in its channel, until all is said.
    pub route: Option<String>,
    /// Whether its end was announced, or never can be.
    pub is_told: bool,
}

/// A page of a season's board, and the place of one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeasonBoard {
    /// The page. One past the end is the last one.
    pub page: BoardPage,
    /// The member's place, if they have one.
    pub own: Option<Standing>,
}

/// A change of roles that is to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleStep {
    /// The season that was won.
    pub season: SeasonId,
    /// The server.
    pub guild: GuildId,
    /// The winner.
    pub user: UserId,
    /// The role.
    pub role: RoleId,
    /// Whether it is given, and not taken.
    pub gives: bool,
}

/// A change of roles that Discord refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedRole {
    /// The winner.
    pub user: UserId,
    /// The role.
    pub role: RoleId,
    /// Whether it was to be given, and not taken.
    pub gives: bool,
    /// Discord's code for why.
    pub why: i64,
}

/// What became of a change of roles, in SQL.
pub(super) fn state_after(gives: bool, refused: Option<i64>) -> &'static str {
    match (gives, refused) {
        (true, None) => "held",
        (false, None) => "gone",
        (true, Some(_)) => "not given",
        (false, Some(_)) => "not taken",
    }
}

/// The state of a change of roles that is to be made, in SQL.
pub(super) fn state_before(gives: bool) -> &'static str {
    if gives { "give" } else { "take" }
}

/// Makes a page of all places of a season, best first.
pub(super) fn paged(places: Vec<Standing>, page: u32, user: UserId) -> SeasonBoard {
    let own = places.iter().find(|place| place.user == user).copied();
    let players = places.len();
    let rows_a_page = usize::try_from(PAGE_ROWS).unwrap_or(usize::MAX);
    let pages = u32::try_from(players.div_ceil(rows_a_page)).unwrap_or(u32::MAX);
    let page = page.min(pages.saturating_sub(1));
    let skipped = usize::try_from(page).unwrap_or(0) * rows_a_page;
    let rows = places.into_iter().skip(skipped).take(rows_a_page);
    SeasonBoard {
        page: BoardPage {
            rows: rows.collect(),
            page,
            pages,
            players: u64::try_from(players).unwrap_or(u64::MAX),
        },
        own,
    }
}

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

    /// Closes a server's running season: stores its final standing, who is to be given its role,
    /// and from whom roles of earlier seasons are to be taken. Returns the season that this
    /// interaction closed, now or before; none if there was none to close.
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

    /// A page of a season's board, counted from 0, and where `user` stands on it. Of a running
    /// season it is read from the ledger, of a closed one as it was stored.
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

    /// Notes that the end of a season was announced, or never can be.
    ///
    /// # Errors
    /// If the database cannot be written; then nothing has changed.
    pub async fn season_told(&self, season: SeasonId) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::season::told(conn, season))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::season::told(conn, season).boxed()
                })
                .await
            }
        }
    }

    /// Notes that nothing is left to be done about a season. What its end was said with goes.
    ///
    /// # Errors
    /// If the database cannot be written; then nothing has changed.
    pub async fn season_settled(&self, season: SeasonId) -> Result<(), StoreError> {
        match &self.0 {
            Backend::Sqlite(db) => {
                db.write(move |conn| sqlite::season::settled(conn, season))
                    .await
            }
            Backend::Postgres(db) => {
                db.change(RetryResult::OfLast, move |conn| {
                    postgres::season::settled(conn, season).boxed()
                })
                .await
            }
        }
    }

    /// Changes of roles that are to be made in a server, those that take before those that give; a
    /// hundred at most.
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

    /// Notes that a change of roles was made, or with which code Discord refused it for good.
    ///
    /// # Errors
    /// If the database cannot be written; then it is still to be made.
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

    /// Changes of roles that Discord refused: those of this season's winners, and those of earlier
    /// seasons' that could not be taken.
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
