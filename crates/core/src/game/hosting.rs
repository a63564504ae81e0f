//! What a hosted game has to remember, and what a judgement says.

use super::UserId;
use serde::{Deserialize, Serialize};

/// How one answer counts after a judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Who gave the answer.
    pub user: UserId,
    /// Whether it is right.
    pub correct: bool,
    /// The points that it is worth altogether.
    pub points: u32,
    /// Right answers in a row, this one included; 0 for a wrong one.
    pub streak: u16,
}

/// Bonus points that a player got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bonus {
    /// The round that had closed last.
    pub round: u16,
    /// The player.
    pub user: UserId,
    /// How many points.
    pub points: u32,
    /// The round that had closed last when the host took them back, if they did.
    pub undone: Option<u16>,
}

/// The part of a game's state that only hosted games have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Hosting {
    /// The closed round whose answers are not final yet.
    pub(super) unconfirmed: Option<u16>,
    /// The bonuses so far, in order.
    pub(super) bonuses: Vec<Bonus>,
}
