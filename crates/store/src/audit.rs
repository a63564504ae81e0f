//! Compares the leaderboards with the ledger. It adds up independently, in memory, so that a bug in
//! the normal update cannot hide itself.

use super::board_key::BoardKey;
use super::boards::{Counted, Sums, boards};
use super::model::id_to_sql;
use super::tally::{Slot, slots};
use std::collections::BTreeMap;
use std::fmt::Debug;

/// What the comparison found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    /// How many answers in the ledger count.
    pub answers: u64,
    /// How many rows differ. 0 if all is well.
    pub faults: u64,
    /// The first few of them, described for the log.
    pub examples: Vec<String>,
}

/// Sums by board and player.
pub(super) type Standings = BTreeMap<(BoardKey, i64), Sums>;
/// Players by slot.
pub(super) type Tallies = BTreeMap<Slot, i64>;

/// What the leaderboards should be, summed up answer by answer.
#[derive(Debug, Default)]
pub(super) struct Expected {
    answers: u64,
    standings: Standings,
}

impl Expected {
    /// Counts one answer whose round was revealed.
    pub(super) fn count(&mut self, answer: &Counted) {
        self.answers += 1;
        for board in boards(answer) {
            let player = (board, id_to_sql(answer.user));
            self.standings.entry(player).or_default().count(answer);
        }
    }

    /// Compares with what is stored.
    pub(super) fn compare(self, standings: &Standings, tallies: &Tallies) -> Audit {
        let mut expected = Tallies::new();
        for ((board, _), sums) in &self.standings {
            for slot in slots(*board, sums.points) {
                *expected.entry(slot).or_default() += 1;
            }
        }
        let mut audit = Audit {
            answers: self.answers,
            ..Audit::default()
        };
        audit.compare("standing", &self.standings, standings);
        audit.compare("tally", &expected, tallies);
        audit
    }
}

impl Audit {
    /// The most examples in a report.
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
                self.examples.push(format!(
                    "{table} {key:?}: {have:?}, but the ledger says {want:?}"
                ));
            }
        }
    }
}
