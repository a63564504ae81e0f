//! The tally of players by points, as SQL.

use crate::board_key::BoardKey;
use crate::tally::{LEVELS, Moves, Place, Seek, TOP, above};
use rusqlite::{Connection, params};

/// Writes the changes and removes empty slots.
pub(super) fn apply(conn: &Connection, moves: Moves) -> rusqlite::Result<()> {
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
    for (slot, change) in moves.changes() {
        let BoardKey { scope, bucket } = slot.board;
        let row = params![scope, bucket, slot.level, slot.number, change.abs()];
        if change > 0 {
            gain.execute(row)?;
        } else if empty.execute(row)? == 0 {
            lose.execute(row)?;
        }
    }
    Ok(())
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
    let parts = above(points).map(|part| sum(conn, board, part.level, part.after, part.last));
    parts.into_iter().sum()
}

/// Players in the slots after `after`, through `last`.
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

/// Finds the player with `position` others ahead of them, or none if there are not that many.
pub(super) fn seek(
    conn: &Connection,
    board: BoardKey,
    position: u64,
) -> rusqlite::Result<Option<Place>> {
    let mut statement = conn.prepare_cached(
        "SELECT slot, players FROM tallies
         WHERE scope = ?1 AND bucket = ?2 AND level = ?3 AND slot BETWEEN ?4 AND ?5
         ORDER BY slot DESC",
    )?;
    let mut seek = Seek::new(position);
    for level in (0..LEVELS).rev() {
        let bounds = params![board.scope, board.bucket, level, seek.first, seek.last];
        let mut rows = statement.query(bounds)?;
        loop {
            let Some(row) = rows.next()? else {
                return Ok(None);
            };
            if seek.pass(row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned()) {
                break;
            }
        }
    }
    Ok(Some(seek.place()))
}
