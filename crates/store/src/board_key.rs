//! How a leaderboard is named in SQL.

use super::model::id_to_sql;
use super::period;
use heat_core::standing::{Board, Scope, Zone};

/// A board's key in SQL: its scope and the key of its period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BoardKey {
    pub(super) scope: i64,
    pub(super) bucket: i64,
}

impl BoardKey {
    pub(super) fn of(board: Board) -> BoardKey {
        let zone = match board.scope {
            Scope::Guild(_) => board.zone,
            Scope::Global => Zone::UTC,
        };
        BoardKey {
            scope: scope_key(board.scope),
            bucket: period::bucket(board.period, zone.date(board.now_ms)),
        }
    }
}

/// No server has id 0, so it can stand for all of them.
pub(super) fn scope_key(scope: Scope) -> i64 {
    match scope {
        Scope::Guild(id) => id_to_sql(id),
        Scope::Global => 0,
    }
}
