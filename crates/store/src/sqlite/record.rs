//! A player's record in SQL.

use crate::model::id_to_sql;
use crate::record::Recorder;
use heat_core::standing::Record;
use rusqlite::Connection;

/// A player's answers whose rounds were revealed, in order. `CROSS` fixes the order of the tables:
/// first the player's answers, from an index that covers the query, then whether each round was
/// revealed. The other order would read every round ever revealed.
pub(crate) const ANSWERS: &str = "SELECT a.game, a.topic, a.correct, a.elapsed_ms
     FROM answers a
     CROSS JOIN reveals r ON r.game = a.game AND r.round = a.round
     WHERE a.user = ?1 ORDER BY a.at_ms, a.game, a.round";

/// A player's record, or none if nothing of theirs counts yet.
pub(crate) fn of(conn: &Connection, user: u64) -> rusqlite::Result<Option<Record>> {
    let mut recorder = Recorder::default();
    let mut statement = conn.prepare_cached(ANSWERS)?;
    let mut rows = statement.query([id_to_sql(user)])?;
    while let Some(row) = rows.next()? {
        let topic = row.get_ref(1)?.as_str()?;
        recorder.count(row.get(0)?, topic, row.get(2)?, row.get(3)?);
    }
    Ok(recorder.finish())
}
