//! Counts how many players of a board have how many points, so that a rank needs no count of rows.
//!
//! On level n, slot s counts the players whose points shifted right by 8·n bits are s: level 0 has
//! a slot per number of points, and each slot of a level covers 256 of the level below. The number
//! of players with more points is a sum over at most 255 slots on each level but the last, and over
//! points divided by 65,536 slots there.

use super::board_key::BoardKey;
use std::collections::BTreeMap;

pub(super) const LEVELS: u32 = 3;
const LEVEL_BITS: u32 = 8;
/// The coarsest level.
pub(super) const TOP: u32 = LEVELS - 1;

/// One slot of a board's tally.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    pub(super) board: BoardKey,
    pub(super) level: u32,
    pub(super) number: i64,
}

/// The slots that count a player with `points`, one on each level.
pub(super) fn slots(board: BoardKey, points: i64) -> impl Iterator<Item = Slot> {
    (0..LEVELS).map(move |level| Slot {
        board,
        level,
        number: points >> (LEVEL_BITS * level),
    })
}

/// Changes to the tally, summed up, because most players stay in their slot on the upper levels.
#[derive(Debug, Default)]
pub(super) struct Moves(BTreeMap<Slot, i64>);

impl Moves {
    /// A player's points change from `before` (none if not on the board) to `after`.
    pub(super) fn add(&mut self, board: BoardKey, before: Option<i64>, after: i64) {
        if before == Some(after) {
            return;
        }
        for slot in slots(board, after) {
            *self.0.entry(slot).or_default() += 1;
        }
        for slot in before.into_iter().flat_map(|points| slots(board, points)) {
            *self.0.entry(slot).or_default() -= 1;
        }
    }

    /// A player with `points` leaves the board.
    pub(super) fn leave(&mut self, board: BoardKey, points: i64) {
        for slot in slots(board, points) {
            *self.0.entry(slot).or_default() -= 1;
        }
    }

    /// How many slots change.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The changed slots, in order, each with its difference.
    pub(super) fn changes(self) -> impl Iterator<Item = (Slot, i64)> {
        self.0.into_iter().filter(|(_, change)| *change != 0)
    }
}

/// Slots of one level, all with more points than a given player: those after `after`, through
/// `last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Above {
    pub(super) level: u32,
    pub(super) after: i64,
    pub(super) last: i64,
}

/// The slots whose sum is the number of players with more than `points`.
pub(super) fn above(points: i64) -> [Above; LEVELS as usize] {
    [0, 1, TOP].map(|level| {
        let number = points >> (LEVEL_BITS * level);
        // Up to the end of the slot one level up, where that level takes over.
        let last = match level {
            TOP => i64::MAX,
            _ => number | ((1 << LEVEL_BITS) - 1),
        };
        Above {
            level,
            after: number,
            last,
        }
    })
}

/// Where to find a position on a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The points of the player in that position.
    pub(super) points: i64,
    /// How many players have more.
    pub(super) above: u64,
}

/// The search for the player with `position` others ahead of them, from the coarsest level down.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seek {
    position: u64,
    above: u64,
    /// The slots of the next level to look at.
    pub(super) first: i64,
    pub(super) last: i64,
}

impl Seek {
    pub(super) fn new(position: u64) -> Self {
        Self {
            position,
            above: 0,
            first: 0,
            last: i64::MAX,
        }
    }

    /// Takes the next slot, highest first. Returns true if the player is in it; the search then
    /// continues in its part of the level below.
    pub(super) fn pass(&mut self, slot: i64, players: u64) -> bool {
        if self.position >= self.above + players {
            self.above += players;
            return false;
        }
        self.first = slot << LEVEL_BITS;
        self.last = ((slot + 1) << LEVEL_BITS) - 1;
        true
    }

    /// The result, after level 0.
    pub(super) fn place(self) -> Place {
        Place {
            points: self.first >> LEVEL_BITS,
            above: self.above,
        }
    }
}
