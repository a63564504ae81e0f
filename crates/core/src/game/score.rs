//! What an answer is worth. `/help` shows members the same rules.

use crate::facts::Difficulty;

/// The divisor for the largest speed bonus: half of the base.
const SPEED_SHARE: u64 = 2;
/// What each further right answer in a row adds.
pub const STREAK_STEP: u32 = 10;
/// The streak at which the bonus stops growing.
pub const STREAK_CAP: u16 = 6;

/// Points for a right answer before bonuses.
#[must_use]
pub fn base(difficulty: Difficulty) -> u32 {
    match difficulty {
        Difficulty::Easy => 100,
        Difficulty::Medium => 150,
        Difficulty::Hard => 200,
    }
}

/// Points for a right answer: the base; up to half of it again for speed, falling in a straight
/// line to nothing at the limit; and 10 for each right answer in a row before this one, at most
/// 50. `streak` counts this answer. A wrong answer is worth nothing.
///
/// ```
/// use heat_core::{facts::Difficulty, game::score::points};
/// assert_eq!(points(Difficulty::Easy, 0, 20_000, 1), 150);
/// assert_eq!(points(Difficulty::Easy, 20_000, 20_000, 1), 100);
/// assert_eq!(points(Difficulty::Hard, 10_000, 20_000, 3), 270);
/// ```
#[must_use]
pub fn points(difficulty: Difficulty, elapsed_ms: u32, limit_ms: u32, streak: u16) -> u32 {
    let base = base(difficulty);
    let left_ms = limit_ms.saturating_sub(elapsed_ms);
    let speed = u64::from(base) * u64::from(left_ms) / (SPEED_SHARE * u64::from(limit_ms.max(1)));
    base + u32::try_from(speed).unwrap_or(0) + in_a_row(streak)
}

/// The points for each clue that an answer did not need, and for the last one.
pub const CLUE: u32 = 50;

/// Points for a right answer given after `seen` of a question's `all` clues: 50, plus 50 for each
/// clue still hidden, plus the usual streak bonus.
///
/// ```
/// use heat_core::game::score::with_clues;
/// assert_eq!(with_clues(1, 6, 1), 300);
/// assert_eq!(with_clues(6, 6, 1), 50);
/// assert_eq!(with_clues(6, 6, 3), 70);
/// ```
#[must_use]
pub fn with_clues(seen: usize, all: usize, streak: u16) -> u32 {
    let left = u32::try_from(all.saturating_sub(seen)).unwrap_or(0);
    CLUE * (left + 1) + in_a_row(streak)
}

fn in_a_row(streak: u16) -> u32 {
    STREAK_STEP * u32::from(streak.clamp(1, STREAK_CAP) - 1)
}

/// The factor that multiplies the points of a game's last question.
pub const FINALE: u32 = 2;

/// What remains of an answer's points after a hint: half, rounded down.
#[must_use]
pub fn hinted(points: u32) -> u32 {
    points / 2
}
