//! How many players of a board have how many points, so that nobody's rank needs a count of rows.
//!
//! On level n, slot s counts the players whose points shifted right by 8·n bits are s: level 0 has
//! a slot per number of points, and each slot of a level covers 256 of the level below. "How many
//! have more points?" is a sum over at most 255 slots on each level but the last, and over points
//! divided by 65,536 slots there.

use super::standings::BoardKey;
use rusqlite::{Connection, params};
use std::collections::BTreeMap;

const LEVELS: u32 = 3;
const LEVEL_BITS: u32 = 8;
const TOP: u32 = LEVELS - 1;

/// One slot of a board's tally.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    pub(super) board: BoardKey,
    pub(super) level: u32,
    pub(super) number: i64,
}

/// The slots in which a player with `points` is counted, one on each level.
pub(super) fn slots(board: BoardKey, points: i64) -> impl Iterator<Item = Slot> {
    (0..LEVELS).map(move |level| Slot {
        board,
        level,
        number: points >> (LEVEL_BITS * level),
    })
}

/// Changes to the tally, summed up: most players stay in their slot on the upper levels.
#[derive(Debug, Default)]
pub(super) struct Moves(BTreeMap<Slot, i64>);

impl Moves {
    /// A player who had `before` points, or was not on the board, now has `after`.
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

    /// Writes the changes. Slots that become empty are removed.
    pub(super) fn apply(self, conn: &Connection) -> rusqlite::Result<()> {
        let mut gain = conn.prepare_cached(
            "INSERT INTO tallies (scope, bucket, level, slot, players) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (scope, bucket, level, slot) DO UPDATE SET
                 players = players + excluded.players",
        )?;
        let mut empty = conn.prepare_cached(
            "DELETE FROM tallies
             WHERE scope = ?1 AND bucket = ?2 AND level = ?3 AND slot = ?4 AND players = ?5",
        )?;
        let mut lose = conn.prepare_cached(
            "UPDATE tallies SET players = players - ?5
             WHERE scope = ?1 AND bucket = ?2 AND level = ?3 AND slot = ?4",
        )?;
        for (slot, change) in self.0 {
            let BoardKey { scope, bucket } = slot.board;
            let row = params![scope, bucket, slot.level, slot.number, change.abs()];
            if change > 0 {
                gain.execute(row)?;
            } else if change < 0 && empty.execute(row)? == 0 {
                lose.execute(row)?;
            }
        }
        Ok(())
    }
}

/// How many players are on the board.
pub(super) fn players(conn: &Connection, board: BoardKey) -> rusqlite::Result<u64> {
    sum(conn, board, TOP, -1, i64::MAX)
}

/// How many players have more than `points`.
pub(super) fn players_above(
    conn: &Connection,
    board: BoardKey,
    points: i64,
) -> rusqlite::Result<u64> {
    let mut above = 0;
    for Slot { level, number, .. } in slots(board, points) {
        // Up to the end of the slot one level up, which that level counts from.
        let last = match level {
            TOP => i64::MAX,
            _ => number | ((1 << LEVEL_BITS) - 1),
        };
        above += sum(conn, board, level, number, last)?;
    }
    Ok(above)
}

/// Players in the slots after `after`, up to and with `last`.
fn sum(
    conn: &Connection,
    board: BoardKey,
    level: u32,
    after: i64,
    last: i64,
) -> rusqlite::Result<u64> {
    conn.prepare_cached(
        "SELECT coalesce(sum(players), 0) FROM tallies
         WHERE scope = ?1 AND bucket = ?2 AND level = ?3 AND slot > ?4 AND slot <= ?5",
    )?
    .query_row(
        params![board.scope, board.bucket, level, after, last],
        |row| row.get::<_, i64>(0).map(i64::cast_unsigned),
    )
}

/// Where a position on a board is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The points of the player in that position.
    pub(super) points: i64,
    /// How many players have more.
    pub(super) above: u64,
}

/// Finds the player with `position` others before them, from the coarsest level down; none if
/// there are not so many.
pub(super) fn seek(
    conn: &Connection,
    board: BoardKey,
    position: u64,
) -> rusqlite::Result<Option<Place>> {
    let mut above = 0;
    let (mut first, mut last) = (0, i64::MAX);
    let mut statement = conn.prepare_cached(
        "SELECT slot, players FROM tallies
         WHERE scope = ?1 AND bucket = ?2 AND level = ?3 AND slot BETWEEN ?4 AND ?5
         ORDER BY slot DESC",
    )?;
    for level in (0..LEVELS).rev() {
        let mut rows = statement.query(params![board.scope, board.bucket, level, first, last])?;
        let slot = loop {
            let Some(row) = rows.next()? else {
                return Ok(None);
            };
            let players = row.get::<_, i64>(1)?.cast_unsigned();
            if position < above + players {
                break row.get::<_, i64>(0)?;
            }
            above += players;
        };
        if level == 0 {
            return Ok(Some(Place {
                points: slot,
                above,
            }));
        }
        (first, last) = (slot << LEVEL_BITS, ((slot + 1) << LEVEL_BITS) - 1);
    }
    Ok(None)
}
