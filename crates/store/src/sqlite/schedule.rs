//! What servers have scheduled, and which of their times have been started.

use super::planned_events;
use crate::model::{id_from_sql, id_to_sql};
use crate::schedule::{DUE_MAX, LastRun, NewEntry, RUNS_KEPT, Settled, StoredEntry};
use heat_core::id::{EntryId, GuildId};
use heat_core::shard::ShardRange;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// An entry with its last settled time.
const ENTRIES: &str = "SELECT s.id, s.guild, s.body, s.next_at_ms, r.due_at_ms, r.outcome, s.host
     FROM schedule s LEFT JOIN schedule_runs r ON r.entry = s.id AND r.due_at_ms =
         (SELECT max(due_at_ms) FROM schedule_runs WHERE entry = s.id AND ended_at_ms IS NOT NULL)";

/// Adds an entry, unless its server already has the maximum. Returns whether it is stored now.
pub(crate) fn add(conn: &mut Connection, entry: &NewEntry) -> rusqlite::Result<bool> {
    let tx = conn.transaction()?;
    let (id, guild) = (id_to_sql(entry.id), id_to_sql(entry.guild));
    let count: u32 = tx.query_row(
        "SELECT count(*) FROM schedule WHERE guild = ?1 AND id <> ?2",
        [guild, id],
        |row| row.get(0),
    )?;
    if count >= entry.entries_max {
        return Ok(false);
    }
    tx.execute(
        "INSERT INTO schedule (id, guild, body, next_at_ms, host) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO NOTHING",
        params![
            id,
            guild,
            &*entry.body,
            entry.next_at_ms,
            entry.host.map(id_to_sql)
        ],
    )?;
    if entry.has_event {
        planned_events::plan(&tx, id, entry.next_at_ms)?;
    }
    tx.commit()?;
    Ok(true)
}

/// A server's entries, in order of their due times.
pub(crate) fn of(conn: &Connection, guild: GuildId) -> rusqlite::Result<Vec<StoredEntry>> {
    conn.prepare_cached(&format!(
        "{ENTRIES} WHERE s.guild = ?1 ORDER BY s.next_at_ms, s.id"
    ))?
    .query_map([id_to_sql(guild)], read)?
    .collect()
}

/// Removes an entry and its times from a server's schedule. Returns whether it existed.
pub(crate) fn remove(conn: &mut Connection, guild: GuildId, id: EntryId) -> rusqlite::Result<bool> {
    let (guild, id) = (id_to_sql(guild), id_to_sql(id));
    let tx = conn.transaction()?;
    let gone = tx.execute(
        "DELETE FROM schedule WHERE guild = ?1 AND id = ?2",
        [guild, id],
    )?;
    if gone > 0 {
        tx.execute("DELETE FROM schedule_runs WHERE entry = ?1", [id])?;
        planned_events::withdraw(&tx, id)?;
    }
    tx.commit()?;
    Ok(gone > 0)
}

/// Due entries of these shards, longest overdue first.
pub(crate) fn due(
    conn: &Connection,
    shards: ShardRange,
    now_ms: i64,
) -> rusqlite::Result<Vec<StoredEntry>> {
    let mut statement = conn.prepare_cached(&format!(
        "{ENTRIES} WHERE s.next_at_ms <= ?1 ORDER BY s.next_at_ms, s.id"
    ))?;
    let entries = statement.query_map([now_ms], read)?;
    let is_ours = |entry: &rusqlite::Result<StoredEntry>| !matches!(entry, Ok(entry) if !shards.owns(Some(entry.guild)));
    let most = usize::try_from(DUE_MAX).unwrap_or(usize::MAX);
    entries.filter(is_ours).take(most).collect()
}

/// Starts a time, unless the entry is gone or the time is settled. Returns when it was first
/// started.
pub(crate) fn begin(
    conn: &mut Connection,
    id: EntryId,
    due_at_ms: i64,
    now_ms: i64,
) -> rusqlite::Result<Option<i64>> {
    let id = id_to_sql(id);
    let tx = conn.transaction()?;
    tx.execute(
        "INSERT INTO schedule_runs (entry, due_at_ms, began_at_ms)
         SELECT id, ?2, ?3 FROM schedule WHERE id = ?1 AND next_at_ms <= ?2
         ON CONFLICT DO NOTHING",
        params![id, due_at_ms, now_ms],
    )?;
    let began = tx
        .query_row(
            "SELECT began_at_ms FROM schedule_runs
             WHERE entry = ?1 AND due_at_ms = ?2 AND ended_at_ms IS NULL",
            params![id, due_at_ms],
            |row| row.get(0),
        )
        .optional()?;
    tx.commit()?;
    Ok(began)
}

/// Settles a time that was started, and plans the next one.
pub(crate) fn settle(conn: &mut Connection, settled: &Settled) -> rusqlite::Result<()> {
    let id = id_to_sql(settled.id);
    let tx = conn.transaction()?;
    let ended = tx.execute(
        "UPDATE schedule_runs SET ended_at_ms = ?3, outcome = ?4
         WHERE entry = ?1 AND due_at_ms = ?2 AND ended_at_ms IS NULL",
        params![id, settled.due_at_ms, settled.at_ms, &*settled.outcome],
    )?;
    if ended > 0 {
        tx.execute(
            "UPDATE schedule SET next_at_ms = ?2 WHERE id = ?1",
            params![id, settled.next_at_ms],
        )?;
        tx.execute(
            "DELETE FROM schedule_runs WHERE entry = ?1 AND due_at_ms NOT IN
                 (SELECT due_at_ms FROM schedule_runs WHERE entry = ?1
                  ORDER BY due_at_ms DESC LIMIT ?2)",
            params![id, RUNS_KEPT],
        )?;
        if settled.took_place {
            planned_events::leave(&tx, id, settled.due_at_ms)?;
        }
        planned_events::withdraw(&tx, id)?;
        if settled.has_event {
            planned_events::plan(&tx, id, settled.next_at_ms)?;
        }
    }
    tx.commit()
}

fn read(row: &Row<'_>) -> rusqlite::Result<StoredEntry> {
    let (due_at_ms, outcome): (Option<i64>, Option<String>) = (row.get(4)?, row.get(5)?);
    Ok(StoredEntry {
        id: id_from_sql(row.get(0)?),
        guild: id_from_sql(row.get(1)?),
        body: row.get(2)?,
        host: row.get::<_, Option<i64>>(6)?.map(id_from_sql),
        next_at_ms: row.get(3)?,
        last: due_at_ms
            .zip(outcome)
            .map(|(due_at_ms, outcome)| LastRun { due_at_ms, outcome }),
    })
}
