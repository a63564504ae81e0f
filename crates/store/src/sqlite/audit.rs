//! Reads the data for an audit.

use super::standings::{LEDGER, read_counted};
use crate::Audit;
use crate::audit::{Expected, Standings, Tallies};
use crate::board_key::BoardKey;
use crate::boards::Sums;
use crate::tally::Slot;
use rusqlite::{Connection, Row};

pub(crate) fn standings(conn: &Connection) -> rusqlite::Result<Audit> {
    let mut expected = Expected::default();
    let mut ledger = conn.prepare(LEDGER)?;
    for answer in ledger.query_map([], read_counted)? {
        expected.count(&answer?);
    }
    Ok(expected.compare(&stored_standings(conn)?, &stored_tallies(conn)?))
}

fn stored_standings(conn: &Connection) -> rusqlite::Result<Standings> {
    conn.prepare("SELECT scope, bucket, user, points, correct, answered FROM standings")?
        .query_map([], |row| {
            let sums = Sums {
                points: row.get(3)?,
                correct: row.get(4)?,
                answered: row.get(5)?,
            };
            Ok(((read_board(row)?, row.get(2)?), sums))
        })?
        .collect()
}

fn stored_tallies(conn: &Connection) -> rusqlite::Result<Tallies> {
    conn.prepare("SELECT scope, bucket, level, slot, players FROM tallies")?
        .query_map([], |row| {
            let slot = Slot {
                board: read_board(row)?,
                level: row.get(2)?,
                number: row.get(3)?,
            };
            Ok((slot, row.get(4)?))
        })?
        .collect()
}

fn read_board(row: &Row<'_>) -> rusqlite::Result<BoardKey> {
    Ok(BoardKey {
        scope: row.get(0)?,
        bucket: row.get(1)?,
    })
}
