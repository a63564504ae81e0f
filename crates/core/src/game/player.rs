//! What a game knows about each of its members.

use super::{Response, UserId};
use litemap::LiteMap;

/// One value for each of several members, sorted by id.
///
/// A sorted list and not a tree: most games have a few players, and one tree node alone has room
/// for eleven. Inserting a member moves all that follow; among ten thousand that takes some
/// microseconds.
pub type ByUser<T> = LiteMap<UserId, T>;

/// A place in a game that not everybody may play.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// Lives left; `None` in a mode without lives.
    pub lives: Option<u8>,
    /// The round in which they lost the last life.
    pub fell_in: Option<u16>,
    /// The team, from 0; `None` in a mode without teams.
    pub team: Option<u8>,
}

/// What one member has done in this game.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Player {
    /// Sum of points.
    pub points: u32,
    /// Right answers.
    pub correct: u16,
    /// Questions of a race that this player won.
    pub taken: u16,
    /// Answers.
    pub answered: u16,
    /// Right answers in a row, up to `last_round`.
    pub streak: u16,
    /// Their longest streak.
    pub best_streak: u16,
    /// The round answered last.
    pub last_round: u16,
}

/// An answer to the current round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenAnswer {
    /// The choice, or the text typed.
    pub response: Response,
    /// Whether it was right.
    pub correct: bool,
    /// The points it earned.
    pub points: u32,
    /// How long it took.
    pub elapsed_ms: u32,
    /// When Discord made the click, in Unix milliseconds.
    pub at_ms: i64,
    /// Right answers in a row, this one included.
    pub streak: u16,
    /// Right answers in a row just before it.
    pub streak_before: u16,
    /// Their longest streak before it.
    pub best_streak_before: u16,
    /// Whether the host decided whether it is right, against the game's own judgement.
    pub judged: bool,
}
