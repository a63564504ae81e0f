//! The daily puzzle: its questions, attempts, boards and streaks.

use heat_core::daily::{Day, Page, Placing, Tally};
use heat_core::id::{GuildId, UserId};
use heat_core::standing::PAGE_ROWS;

/// The two puzzles of each day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DailyKind {
    /// Five questions.
    Questions,
    /// A film, guessed from clues.
    Film,
}

/// A member's answer to one question of a day's puzzle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DailyAnswer {
    /// Whose puzzle.
    pub day: Day,
    /// Who answers.
    pub user: UserId,
    /// Which question, from 0.
    pub position: u8,
    /// Which of the choices, from 0.
    pub choice: u8,
    /// Whether it is right.
    pub correct: bool,
    /// The server it was played in: the finished puzzle counts on its board.
    pub guild: Option<GuildId>,
    /// Milliseconds since 1970, UTC.
    pub at_ms: i64,
}

/// The boards on which a finished puzzle counts: its server's and 0, which stands for all. Every
/// process writes them in this order.
pub(super) fn scopes(guild: Option<i64>) -> impl Iterator<Item = i64> {
    guild.filter(|guild| *guild != 0).into_iter().chain([0])
}

/// Where a page begins: its best score, and how many players with that score are on earlier pages.
/// None past the end.
pub(super) fn start(tally: &Tally, page: u32) -> Option<(u8, i64)> {
    let (score, before) = tally.at(u64::from(page) * u64::from(PAGE_ROWS))?;
    Some((score, before.cast_signed()))
}

/// A page of these rows, best first.
pub(super) fn assemble(tally: &Tally, page: u32, rows: Vec<(UserId, u8)>) -> Page {
    let rank = |(user, score)| Placing {
        rank: tally.rank(score),
        user,
        score,
    };
    let players = tally.players();
    Page {
        rows: rows.into_iter().map(rank).collect(),
        page,
        pages: u32::try_from(players.div_ceil(u64::from(PAGE_ROWS))).unwrap_or(u32::MAX),
        players,
    }
}
