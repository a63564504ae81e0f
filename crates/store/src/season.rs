//! Seasons: when they began and ended, their final standings, and what remains to be done after
//! they close.
//!
//! While a season runs, its board is read from the ledger. Closing it stores the final standing and
//! every resulting role change in one transaction. Each change is then recorded as it is made, so
//! that after a crash the next process continues with the rest.

use heat_core::id::{GuildId, InteractionId, RoleId, SeasonId, UserId};
use heat_core::season::Season;
use heat_core::standing::{BoardPage, PAGE_ROWS, Standing};
use std::sync::Arc;

/// A game begun longer than this before a season has no answers in it, because no game lasts that
/// long.
pub(super) const GAME_MAX_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// How many ends, or role changes, are read at once.
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
    /// The role for the winners, if any.
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
    /// How to announce its end in its channel. The store does not read it.
    pub route: Arc<str>,
    /// The most members who get the role.
    pub holders_max: u32,
}

/// A stored season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredSeason {
    /// The season.
    pub season: Season,
    /// The server.
    pub guild: GuildId,
    /// How to announce its end in its channel, until it is settled.
    pub route: Option<String>,
    /// Whether its end was announced, or never can be.
    pub is_announced: bool,
}

/// A page of a season's board, and the place of one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeasonBoard {
    /// The page. One past the end is the last one.
    pub page: BoardPage,
    /// The member's place, if they have one.
    pub own: Option<Standing>,
}

/// A pending role change.
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
    /// Whether it is given; otherwise it is taken.
    pub gives: bool,
}

/// A role change that Discord refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusedRole {
    /// The winner.
    pub user: UserId,
    /// The role.
    pub role: RoleId,
    /// Whether it was to be given; otherwise it was to be taken.
    pub gives: bool,
    /// Discord's code for why.
    pub why: i64,
}

/// What became of a role change, in SQL.
pub(super) fn state_after(gives: bool, refused: Option<i64>) -> &'static str {
    match (gives, refused) {
        (true, None) => "held",
        (false, None) => "gone",
        (true, Some(_)) => "not given",
        (false, Some(_)) => "not taken",
    }
}

/// The state of a pending role change, in SQL.
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
