//! The server events in Discord that announce the times of a schedule's entries.

use crate::model::{id_from_sql, id_to_sql};
use crate::planned_events::{PlannedEvent, WORK_MAX};
use heat_core::id::{EntryId, EventId, GuildId};
use heat_core::shard::ShardRange;
use rusqlite::{Connection, Row, params};

const EVENTS: &str = "SELECT entry, due_at_ms, guild, asked_at_ms, place, event, refused, wanted FROM planned_events";

/// A time of an entry, which must exist, has an event from now on.
pub(super) fn plan(conn: &Connection, entry: i64, due_at_ms: i64) -> rusqlite::Result<()> {
    conn.execute(
        "INSERT INTO planned_events (entry, due_at_ms, guild)
         SELECT id, ?2, guild FROM schedule WHERE id = ?1
         ON CONFLICT DO UPDATE SET wanted = 1",
        [entry, due_at_ms],
    )?;
    Ok(())
}

/// The event of a time that took place ends by itself.
pub(super) fn leave(conn: &Connection, entry: i64, due_at_ms: i64) -> rusqlite::Result<()> {
    conn.execute(
        "DELETE FROM planned_events WHERE entry = ?1 AND due_at_ms = ?2",
        [entry, due_at_ms],
    )?;
    Ok(())
}

/// No event of an entry is wanted any more. Those that cannot be in Discord are gone at once.
pub(super) fn withdraw(conn: &Connection, entry: i64) -> rusqlite::Result<()> {
    conn.execute(
        "DELETE FROM planned_events
         WHERE entry = ?1 AND (asked_at_ms IS NULL OR refused IS NOT NULL)",
        [entry],
    )?;
    conn.execute(
        "UPDATE planned_events SET wanted = 0 WHERE entry = ?1",
        [entry],
    )?;
    Ok(())
}

/// Events of these shards with something left to do, earliest first. One that was refused counts
/// again once it was last asked for before `again_before_ms`.
pub(crate) fn open(
    conn: &Connection,
    shards: ShardRange,
    again_before_ms: i64,
) -> rusqlite::Result<Vec<PlannedEvent>> {
    let mut statement = conn.prepare_cached(&format!(
        "{EVENTS} WHERE (wanted = 0 OR event IS NULL)
             AND (refused IS NULL OR asked_at_ms < ?1) ORDER BY due_at_ms, entry"
    ))?;
    let events = statement.query_map([again_before_ms], read)?;
    let is_ours = |event: &rusqlite::Result<PlannedEvent>| !matches!(event, Ok(event) if !shards.owns(Some(event.guild)));
    let most = usize::try_from(WORK_MAX).unwrap_or(usize::MAX);
    events.filter(is_ours).take(most).collect()
}

/// A server's events, earliest first.
pub(crate) fn of(conn: &Connection, guild: GuildId) -> rusqlite::Result<Vec<PlannedEvent>> {
    conn.prepare_cached(&format!(
        "{EVENTS} WHERE guild = ?1 ORDER BY due_at_ms, entry"
    ))?
    .query_map([id_to_sql(guild)], read)?
    .collect()
}

/// Records that Discord is about to be asked for an event. Returns whether it is still wanted.
pub(crate) fn ask(
    conn: &Connection,
    (entry, due_at_ms): (EntryId, i64),
    place: &str,
    now_ms: i64,
) -> rusqlite::Result<bool> {
    let asked = conn.execute(
        "UPDATE planned_events SET asked_at_ms = ?3, place = ?4, refused = NULL
         WHERE entry = ?1 AND due_at_ms = ?2 AND wanted = 1 AND event IS NULL",
        params![id_to_sql(entry), due_at_ms, now_ms, place],
    )?;
    Ok(asked > 0)
}

/// Records the id of an event.
pub(crate) fn made(
    conn: &Connection,
    (entry, due_at_ms): (EntryId, i64),
    event: EventId,
) -> rusqlite::Result<()> {
    conn.execute(
        "UPDATE planned_events SET event = ?3, refused = NULL WHERE entry = ?1 AND due_at_ms = ?2",
        [id_to_sql(entry), due_at_ms, id_to_sql(event)],
    )?;
    Ok(())
}

/// Records that Discord does not create an event, and gave this code.
pub(crate) fn refused(
    conn: &mut Connection,
    (entry, due_at_ms): (EntryId, i64),
    code: i64,
    now_ms: i64,
) -> rusqlite::Result<()> {
    let key = [id_to_sql(entry), due_at_ms];
    let tx = conn.transaction()?;
    tx.execute(
        "DELETE FROM planned_events WHERE entry = ?1 AND due_at_ms = ?2 AND wanted = 0",
        key,
    )?;
    tx.execute(
        "UPDATE planned_events SET refused = ?3, asked_at_ms = ?4
         WHERE entry = ?1 AND due_at_ms = ?2 AND event IS NULL",
        [key[0], key[1], code, now_ms],
    )?;
    tx.commit()
}

/// Forgets an event.
pub(crate) fn forget(
    conn: &Connection,
    (entry, due_at_ms): (EntryId, i64),
) -> rusqlite::Result<()> {
    leave(conn, id_to_sql(entry), due_at_ms)
}

/// Lets a server's refused events be asked for again at once.
pub(crate) fn ask_again(conn: &Connection, guild: GuildId) -> rusqlite::Result<()> {
    conn.execute(
        "UPDATE planned_events SET refused = NULL, asked_at_ms = NULL
         WHERE guild = ?1 AND refused IS NOT NULL",
        [id_to_sql(guild)],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<PlannedEvent> {
    Ok(PlannedEvent {
        entry: id_from_sql(row.get(0)?),
        due_at_ms: row.get(1)?,
        guild: id_from_sql(row.get(2)?),
        asked_at_ms: row.get(3)?,
        place: row.get(4)?,
        event: row.get::<_, Option<i64>>(5)?.map(id_from_sql),
        refused: row.get(6)?,
        is_wanted: row.get(7)?,
    })
}
