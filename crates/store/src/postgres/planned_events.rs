//! The server events in Discord that announce the times of a schedule's entries. A change of an
//! event waits for another one's by its row, and checks the row again after the wait.

use super::connection::{Connection, Params};
use super::error::Fault;
use crate::model::{id_from_sql, id_to_sql};
use crate::planned_events::{PlannedEvent, WORK_MAX};
use heat_core::id::{EntryId, EventId, GuildId};
use heat_core::shard::ShardRange;
use tokio_postgres::Row;

/// Runs every few seconds.
pub(super) const STATEMENTS: &[&str] = &[OPEN];

const PLAN: &str = "INSERT INTO planned_events (entry, due_at_ms, guild)
     SELECT id, $2, guild FROM schedule WHERE id = $1
     ON CONFLICT (entry, due_at_ms) DO UPDATE SET wanted = TRUE";
const FORGET: &str = "DELETE FROM planned_events WHERE entry = $1 AND due_at_ms = $2";
const DROP: &str = "DELETE FROM planned_events
     WHERE entry = $1 AND (asked_at_ms IS NULL OR refused IS NOT NULL)";
const WITHDRAW: &str = "UPDATE planned_events SET wanted = FALSE WHERE entry = $1";
/// [`heat_core::shard::shard_of`] in SQL, as for entries.
const OPEN: &str = "SELECT entry, due_at_ms, guild, asked_at_ms, place, event, refused, wanted
     FROM planned_events WHERE (NOT wanted OR event IS NULL)
         AND (refused IS NULL OR asked_at_ms < $1)
         AND mod((guild >> 22) & 4398046511103, $2) BETWEEN $3 AND $4
     ORDER BY due_at_ms, entry LIMIT $5";
const OF: &str = "SELECT entry, due_at_ms, guild, asked_at_ms, place, event, refused, wanted
     FROM planned_events WHERE guild = $1 ORDER BY due_at_ms, entry";
const ASK: &str = "UPDATE planned_events SET asked_at_ms = $3, place = $4, refused = NULL
     WHERE entry = $1 AND due_at_ms = $2 AND wanted AND event IS NULL";
const MADE: &str = "UPDATE planned_events SET event = $3, refused = NULL
     WHERE entry = $1 AND due_at_ms = $2";
const REFUSED_UNWANTED: &str =
    "DELETE FROM planned_events WHERE entry = $1 AND due_at_ms = $2 AND NOT wanted";
const REFUSED: &str = "UPDATE planned_events SET refused = $3, asked_at_ms = $4
     WHERE entry = $1 AND due_at_ms = $2 AND event IS NULL";
const ASK_AGAIN: &str = "UPDATE planned_events SET refused = NULL, asked_at_ms = NULL
     WHERE guild = $1 AND refused IS NOT NULL";

/// A time of an entry, which must exist, has an event from now on.
pub(super) async fn plan(conn: &Connection, entry: i64, due_at_ms: i64) -> Result<(), Fault> {
    conn.execute(PLAN, &[&entry, &due_at_ms]).await.map(drop)
}

/// The event of a time that took place ends by itself.
pub(super) async fn leave(conn: &Connection, entry: i64, due_at_ms: i64) -> Result<(), Fault> {
    conn.execute(FORGET, &[&entry, &due_at_ms]).await.map(drop)
}

/// No event of an entry is wanted any more. Those that cannot be in Discord are gone at once.
pub(super) async fn withdraw(conn: &Connection, entry: i64) -> Result<(), Fault> {
    conn.execute(DROP, &[&entry]).await?;
    conn.execute(WITHDRAW, &[&entry]).await.map(drop)
}

/// Events of these shards with something left to do, earliest first. One that was refused counts
/// again once it was last asked for before `again_before_ms`.
pub(crate) async fn open(
    conn: &Connection,
    shards: ShardRange,
    again_before_ms: i64,
) -> Result<Vec<PlannedEvent>, Fault> {
    let [total, first, last] = [shards.total(), shards.first(), shards.last()].map(i64::from);
    let most = i64::from(WORK_MAX);
    let values: Params<'_> = &[&again_before_ms, &total, &first, &last, &most];
    let rows = conn.query(OPEN, values).await?;
    rows.iter().map(read).collect()
}

/// A server's events, earliest first.
pub(crate) async fn of(conn: &Connection, guild: GuildId) -> Result<Vec<PlannedEvent>, Fault> {
    let rows = conn.query(OF, &[&id_to_sql(guild)]).await?;
    rows.iter().map(read).collect()
}

/// Records that Discord is about to be asked for an event. Returns whether it is still wanted.
pub(crate) async fn ask(
    conn: &Connection,
    (entry, due_at_ms): (EntryId, i64),
    place: &str,
    now_ms: i64,
) -> Result<bool, Fault> {
    let values: Params<'_> = &[&id_to_sql(entry), &due_at_ms, &now_ms, &place];
    Ok(conn.execute(ASK, values).await? > 0)
}

/// Records the id of an event.
pub(crate) async fn made(
    conn: &Connection,
    (entry, due_at_ms): (EntryId, i64),
    event: EventId,
) -> Result<(), Fault> {
    let values: Params<'_> = &[&id_to_sql(entry), &due_at_ms, &id_to_sql(event)];
    conn.execute(MADE, values).await.map(drop)
}

/// Records that Discord does not create an event, and gave this code.
pub(crate) async fn refused(
    conn: &Connection,
    (entry, due_at_ms): (EntryId, i64),
    code: i64,
    now_ms: i64,
) -> Result<(), Fault> {
    let entry = id_to_sql(entry);
    conn.execute(REFUSED_UNWANTED, &[&entry, &due_at_ms])
        .await?;
    let values: Params<'_> = &[&entry, &due_at_ms, &code, &now_ms];
    conn.execute(REFUSED, values).await.map(drop)
}

/// Forgets an event.
pub(crate) async fn forget(
    conn: &Connection,
    (entry, due_at_ms): (EntryId, i64),
) -> Result<(), Fault> {
    leave(conn, id_to_sql(entry), due_at_ms).await
}

/// Lets a server's refused events be asked for again at once.
pub(crate) async fn ask_again(conn: &Connection, guild: GuildId) -> Result<(), Fault> {
    conn.execute(ASK_AGAIN, &[&id_to_sql(guild)])
        .await
        .map(drop)
}

fn read(row: &Row) -> Result<PlannedEvent, Fault> {
    let event: Option<i64> = row.try_get(5)?;
    Ok(PlannedEvent {
        entry: id_from_sql(row.try_get(0)?),
        due_at_ms: row.try_get(1)?,
        guild: id_from_sql(row.try_get(2)?),
        asked_at_ms: row.try_get(3)?,
        place: row.try_get(4)?,
        event: event.map(id_from_sql),
        refused: row.try_get(6)?,
        is_wanted: row.try_get(7)?,
    })
}
