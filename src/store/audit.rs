//! The leaderboards against the ledger. Sums in its own way, in memory, so that a fault in keeping
//! them cannot hide itself.

use super::standings::{BoardKey, LEDGER, Sums, boards, read_counted};
use super::tally::{Slot, slots};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::fmt::Debug;

/// What a comparison found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    /// Answers of the ledger that count.
    pub answers: u64,
    /// Rows that differ. 0 is what should be.
    pub faults: u64,
    /// The first few of them, in words for the log.
    pub examples: Vec<String>,
}

impl Audit {
    /// Examples given at most.
    const EXAMPLES: usize = 10;

    fn compare<K: Ord + Debug, V: PartialEq + Debug>(
        &mut self,
        table: &str,
        expected: &BTreeMap<K, V>,
        found: &BTreeMap<K, V>,
    ) {
        let missing = found.keys().filter(|key| !expected.contains_key(key));
        for key in expected.keys().chain(missing) {
            let (want, have) = (expected.get(key), found.get(key));
            if want == have {
                continue;
            }
            self.faults += 1;
            if self.examples.len() < Self::EXAMPLES {
                self.examples
                    .push(format!("{table} {key:?}: {have:?}, by the ledger {want:?}"));
            }
        }
    }
}

type Standings = BTreeMap<(BoardKey, i64), Sums>;
type Tallies = BTreeMap<Slot, i64>;

pub(super) fn standings(conn: &Connection) -> rusqlite::Result<Audit> {
    let mut audit = Audit::default();
    let mut expected = Standings::new();
    let mut ledger = conn.prepare(LEDGER)?;
    for answer in ledger.query_map([], read_counted)? {
        let answer = answer?;
        audit.answers += 1;
        for board in boards(&answer) {
            let player = (board, super::model::id_to_sql(answer.user));
            expected.entry(player).or_default().count(&answer);
        }
    }
    let mut tallies = Tallies::new();
    for ((board, _), sums) in &expected {
        for slot in slots(*board, sums.points) {
            *tallies.entry(slot).or_default() += 1;
        }
    }
    audit.compare("standing", &expected, &stored_standings(conn)?);
    audit.compare("tally", &tallies, &stored_tallies(conn)?);
    Ok(audit)
}

fn stored_standings(conn: &Connection) -> rusqlite::Result<Standings> {
    conn.prepare("SELECT scope, bucket, user, points, correct, answered FROM standings")?
        .query_map([], |row| {
            let board = BoardKey {
                scope: row.get(0)?,
                bucket: row.get(1)?,
            };
            let sums = Sums {
                points: row.get(3)?,
                correct: row.get(4)?,
                answered: row.get(5)?,
            };
            Ok(((board, row.get(2)?), sums))
        })?
        .collect()
}

fn stored_tallies(conn: &Connection) -> rusqlite::Result<Tallies> {
    conn.prepare("SELECT scope, bucket, level, slot, players FROM tallies")?
        .query_map([], |row| {
            let board = BoardKey {
                scope: row.get(0)?,
                bucket: row.get(1)?,
            };
            let slot = Slot {
                board,
                level: row.get(2)?,
                number: row.get(3)?,
            };
            Ok((slot, row.get(4)?))
        })?
        .collect()
}
