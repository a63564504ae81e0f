//! What servers have scheduled, and which of their times have been started. No game needs it, so
//! it need not wait for the writer.
//!
//! Starting and settling a time both first lock the entry's row, so that they happen one after the
//! other, in any process.

use super::connection::{Connection, Params};
use super::error::Fault;
use super::planned_events;
use crate::model::{id_from_sql, id_to_sql};
use crate::schedule::{DUE_MAX, LastRun, NewEntry, RUNS_KEPT, Settled, StoredEntry};
use heat_core::id::{EntryId, GuildId};
use heat_core::shard::ShardRange;
use tokio_postgres::Row;

/// Runs every few seconds.
pub(super) const STATEMENTS: &[&str] = &[DUE];

/// Serialises a server's additions, so that they are counted one after another.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7305, hashtext($1))";
const COUNT: &str = "SELECT count(*) FROM schedule WHERE guild = $1 AND id <> $2";
const ADD: &str =
    "INSERT INTO schedule (id, guild, body, next_at_ms, host) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING";
const OF: &str = "SELECT s.id, s.guild, s.body, s.next_at_ms, r.due_at_ms, r.outcome, s.host
     FROM schedule s LEFT JOIN schedule_runs r ON r.entry = s.id AND r.due_at_ms =
         (SELECT max(due_at_ms) FROM schedule_runs WHERE entry = s.id AND ended_at_ms IS NOT NULL)
     WHERE s.guild = $1 ORDER BY s.next_at_ms, s.id";
/// [`heat_core::shard::shard_of`] in SQL, where shifting a negative number keeps its sign.
const DUE: &str = "SELECT s.id, s.guild, s.body, s.next_at_ms, NULL::bigint, NULL::text, s.host
     FROM schedule s WHERE s.next_at_ms <= $1
         AND mod((s.guild >> 22) & 4398046511103, $2) BETWEEN $3 AND $4
     ORDER BY s.next_at_ms, s.id LIMIT $5";
const REMOVE: &str = "DELETE FROM schedule WHERE guild = $1 AND id = $2";
const FORGET_RUNS: &str = "DELETE FROM schedule_runs WHERE entry = $1";
const HOLD: &str = "SELECT next_at_ms FROM schedule WHERE id = $1 FOR UPDATE";
const BEGIN: &str = "INSERT INTO schedule_runs (entry, due_at_ms, began_at_ms)
     VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
const BEGAN: &str = "SELECT began_at_ms FROM schedule_runs
     WHERE entry = $1 AND due_at_ms = $2 AND ended_at_ms IS NULL";
const SETTLE: &str = "UPDATE schedule_runs SET ended_at_ms = $3, outcome = $4
     WHERE entry = $1 AND due_at_ms = $2 AND ended_at_ms IS NULL";
const PLAN: &str = "UPDATE schedule SET next_at_ms = $2 WHERE id = $1";
const TRIM: &str = "DELETE FROM schedule_runs WHERE entry = $1 AND due_at_ms NOT IN
     (SELECT due_at_ms FROM schedule_runs WHERE entry = $1 ORDER BY due_at_ms DESC LIMIT $2)";

/// Adds an entry, unless its server already has the maximum. Returns whether it is stored now.
pub(crate) async fn add(conn: &Connection, entry: NewEntry) -> Result<bool, Fault> {
    let (id, guild) = (id_to_sql(entry.id), id_to_sql(entry.guild));
    conn.query(LOCK, &[&guild.to_string()]).await?;
    let rows = conn.query(COUNT, &[&guild, &id]).await?;
    let count: i64 = rows.first().map_or(Ok(0), |row| row.try_get(0))?;
    if count >= i64::from(entry.entries_max) {
        return Ok(false);
    }
    let host = entry.host.map(id_to_sql);
    let row: Params<'_> = &[&id, &guild, &&*entry.body, &entry.next_at_ms, &host];
    conn.execute(ADD, row).await?;
    if entry.has_event {
        planned_events::plan(conn, id, entry.next_at_ms).await?;
    }
    Ok(true)
}

/// A server's entries, in order of their due times.
pub(crate) async fn of(conn: &Connection, guild: GuildId) -> Result<Vec<StoredEntry>, Fault> {
    let rows = conn.query(OF, &[&id_to_sql(guild)]).await?;
    rows.iter().map(read).collect()
}

/// Removes an entry and its times from a server's schedule. Returns whether it existed.
pub(crate) async fn remove(conn: &Connection, guild: GuildId, id: EntryId) -> Result<bool, Fault> {
    let (guild, id) = (id_to_sql(guild), id_to_sql(id));
    let gone = conn.execute(REMOVE, &[&guild, &id]).await? > 0;
    if gone {
        conn.execute(FORGET_RUNS, &[&id]).await?;
        planned_events::withdraw(conn, id).await?;
    }
    Ok(gone)
}

/// Due entries of these shards, longest overdue first.
pub(crate) async fn due(
    conn: &Connection,
    shards: ShardRange,
    now_ms: i64,
) -> Result<Vec<StoredEntry>, Fault> {
    let [total, first, last] = [shards.total(), shards.first(), shards.last()].map(i64::from);
    let most = i64::from(DUE_MAX);
    let values: Params<'_> = &[&now_ms, &total, &first, &last, &most];
    let rows = conn.query(DUE, values).await?;
    rows.iter().map(read).collect()
}

/// Starts a time, unless the entry is gone or the time is settled. Returns when it was first
/// started.
pub(crate) async fn begin(
    conn: &Connection,
    id: EntryId,
    due_at_ms: i64,
    now_ms: i64,
) -> Result<Option<i64>, Fault> {
    let id = id_to_sql(id);
    let rows = conn.query(HOLD, &[&id]).await?;
    let next: Option<i64> = rows.first().map(|row| row.try_get(0)).transpose()?;
    if next.is_some_and(|next| next <= due_at_ms) {
        conn.execute(BEGIN, &[&id, &due_at_ms, &now_ms]).await?;
    }
    let rows = conn.query(BEGAN, &[&id, &due_at_ms]).await?;
    Ok(rows.first().map(|row| row.try_get(0)).transpose()?)
}

/// Settles a time that was started, and plans the next one.
pub(crate) async fn settle(conn: &Connection, settled: Settled) -> Result<(), Fault> {
    let id = id_to_sql(settled.id);
    conn.query(HOLD, &[&id]).await?;
    let ended: Params<'_> = &[&id, &settled.due_at_ms, &settled.at_ms, &&*settled.outcome];
    if conn.execute(SETTLE, ended).await? > 0 {
        conn.execute(PLAN, &[&id, &settled.next_at_ms]).await?;
        let kept = i64::from(RUNS_KEPT);
        conn.execute(TRIM, &[&id, &kept]).await?;
        if settled.took_place {
            planned_events::leave(conn, id, settled.due_at_ms).await?;
        }
        planned_events::withdraw(conn, id).await?;
        if settled.has_event {
            planned_events::plan(conn, id, settled.next_at_ms).await?;
        }
    }
    Ok(())
}

fn read(row: &Row) -> Result<StoredEntry, Fault> {
    let (due_at_ms, outcome): (Option<i64>, Option<String>) = (row.try_get(4)?, row.try_get(5)?);
    let host: Option<i64> = row.try_get(6)?;
    Ok(StoredEntry {
        id: id_from_sql(row.try_get(0)?),
        guild: id_from_sql(row.try_get(1)?),
        body: row.try_get(2)?,
        host: host.map(id_from_sql),
        next_at_ms: row.try_get(3)?,
        last: due_at_ms
            .zip(outcome)
            .map(|(due_at_ms, outcome)| LastRun { due_at_ms, outcome }),
    })
}
