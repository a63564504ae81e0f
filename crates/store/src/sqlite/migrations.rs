//! The versions of the schema, embedded and applied in order. The statements of a released version are
//! never edited: a change is a new file.

use crate::OpenError;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// Element n leads to version n, counted from 1.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_initial.sql"),
    include_str!("migrations/0002_packs.sql"),
    include_str!("migrations/0003_daily.sql"),
    include_str!("migrations/0004_reports.sql"),
    include_str!("migrations/0005_settings.sql"),
    include_str!("migrations/0006_answers_by_user.sql"),
    include_str!("migrations/0007_asked.sql"),
    include_str!("migrations/0008_participants.sql"),
    include_str!("migrations/0009_long_events.sql"),
    include_str!("migrations/0010_daily_film.sql"),
    include_str!("migrations/0011_question_counts.sql"),
    include_str!("migrations/0012_typed_hidden.sql"),
    include_str!("migrations/0013_chains.sql"),
    include_str!("migrations/0014_schedule.sql"),
    include_str!("migrations/0015_drafts.sql"),
    include_str!("migrations/0016_chain_ends.sql"),
    include_str!("migrations/0017_results.sql"),
    include_str!("migrations/0018_seasons.sql"),
    include_str!("migrations/0019_planned_events.sql"),
];

/// Marks a file as ours in its header (`PRAGMA application_id`): `HeCk` in ASCII.
pub(crate) const APPLICATION_ID: i64 = 0x4865_436B;

/// The newest version.
pub(super) fn known() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Whether a database is this program's.
pub(crate) fn is_ours(conn: &Connection) -> rusqlite::Result<bool> {
    let found: i64 = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
    Ok(found == APPLICATION_ID)
}

/// Migrates the database to the newest version in one transaction, or refuses it unchanged.
pub(crate) fn apply(conn: &mut Connection, path: &Path) -> Result<(), OpenError> {
    let fault = |error| super::error::opening(path, &error);
    let tx = conn
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(fault)?;
    let number = |sql: &str| tx.query_row(sql, [], |row| row.get::<_, i64>(0));
    let application = number("PRAGMA application_id").map_err(fault)?;
    let version = number("PRAGMA user_version").map_err(fault)?;
    let tables = number("SELECT count(*) FROM sqlite_master").map_err(fault)?;

    let empty = application == 0 && version == 0 && tables == 0;
    if application != APPLICATION_ID && !empty {
        return Err(OpenError::Foreign {
            name: path.display().to_string(),
            reason: "it holds the tables of another program".to_owned(),
        });
    }
    let known = known();
    if version > known {
        return Err(OpenError::Newer {
            name: path.display().to_string(),
            found: version,
            known,
        });
    }
    if version == known {
        return Ok(());
    }
    let done = usize::try_from(version).unwrap_or(0);
    for sql in &MIGRATIONS[done..] {
        tx.execute_batch(sql).map_err(fault)?;
    }
    super::asked_history::take_over(&tx).map_err(fault)?;
    tx.pragma_update(None, "application_id", APPLICATION_ID)
        .and_then(|()| tx.pragma_update(None, "user_version", known))
        .and_then(|()| tx.commit())
        .map_err(fault)
}
