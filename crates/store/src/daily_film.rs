//! The film of the day: its clues, members' guesses, ranks and streaks.

use heat_core::daily::{Day, Streak};
use heat_core::id::{GuildId, UserId};
use std::sync::Arc;

/// A member's guess at a day's film.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DailyFilmGuess {
    /// Whose film.
    pub day: Day,
    /// Who guesses.
    pub user: UserId,
    /// The work, as `work:jaws-1975`; empty to open the next clue without a guess.
    pub guess: Arc<str>,
    /// The number of the guess it was meant to be, from 0, if its click says so.
    pub position: Option<u8>,
    /// Whether it is the right film.
    pub correct: bool,
    /// The server it was made in: with the last guess, the attempt counts there.
    pub guild: Option<GuildId>,
    /// Whether the attempt is ranked and extends a streak. One at a film from the archive has no
    /// score.
    pub counts: bool,
    /// Milliseconds since 1970, UTC.
    pub at_ms: i64,
}

/// The streak of these days, which are sorted.
pub(super) fn run(days: impl IntoIterator<Item = Day>) -> Option<Streak> {
    let mut days = days.into_iter();
    let first = days.next()?;
    Some(days.fold(Streak::begin(first), Streak::and))
}
