//! When this process's shards may identify. [`heat_core::shard::turns`] computes the times; here
//! they are stored for all processes, by the database's clock.

use super::connection::{Connection, Params};
use super::error::Fault;
use super::games::damaged;
use super::lease;
use heat_core::shard::ShardRange;
use heat_core::shard::turns::{INTERVAL_MS, Taken, Turn, begin, turns};
use std::time::{Duration, Instant};

/// Not `now()`, which is the transaction's start, before it waited for others.
const CLOCK: &str = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";
/// Turns too long ago to matter.
const TIDY: &str = "DELETE FROM turns WHERE latest_ms <= $1";
const TAKEN: &str = "SELECT t.shard, t.earliest_ms, t.latest_ms,
         coalesce(w.expires_at > clock_timestamp(), false)
     FROM turns t LEFT JOIN writers w ON w.id = t.writer";
/// Turns of these shards that will not be used.
const VOID: &str = "DELETE FROM turns WHERE shard = ANY($1) AND earliest_ms > $2";
const TAKE: &str = "INSERT INTO turns (shard, writer, earliest_ms, latest_ms)
     SELECT shard, $2::bigint, earliest_ms, latest_ms
     FROM unnest($1::bigint[], $3::bigint[], $4::bigint[]) AS u (shard, earliest_ms, latest_ms)";

/// Reserves a turn for each of `shards` for the process `id`, and returns when the first may begin
/// to connect. After an error the transaction may still be open.
///
/// If repeated, because the outcome was unknown, it replaces the reservations still to come.
pub(super) async fn take(
    conn: &Connection,
    id: i64,
    shards: ShardRange,
    max_concurrency: u32,
) -> Result<Instant, Fault> {
    conn.run("BEGIN").await?;
    lease::line_up(conn, id).await?;
    let rows = conn.query(CLOCK, &[]).await?;
    // From here on, at least as much time passes here as on the database's clock since it was read.
    let heard = Instant::now();
    let row = rows
        .first()
        .ok_or_else(|| damaged("the number of clocks", 0))?;
    let now_ms: i64 = row.try_get(0)?;
    conn.execute(TIDY, &[&(now_ms - INTERVAL_MS)]).await?;
    let taken = conn.query(TAKEN, &[]).await?;
    let taken = taken.iter().map(read).collect::<Result<Vec<_>, Fault>>()?;
    let begin_ms = begin(shards, max_concurrency, now_ms, &taken);
    note(conn, id, now_ms, turns(shards, max_concurrency, begin_ms)).await?;
    conn.run("COMMIT").await?;
    Ok(heard + Duration::from_millis(begin_ms.abs_diff(now_ms)))
}

/// Stores this process's turns, replacing those still to come.
async fn note(
    conn: &Connection,
    id: i64,
    now_ms: i64,
    turns: impl Iterator<Item = Turn>,
) -> Result<(), Fault> {
    let (mut shard, mut earliest, mut latest) = (Vec::new(), Vec::new(), Vec::new());
    for turn in turns {
        shard.push(i64::from(turn.shard));
        earliest.push(turn.earliest_ms);
        latest.push(turn.latest_ms);
    }
    let void: Params<'_> = &[&shard, &now_ms];
    conn.execute(VOID, void).await?;
    let take: Params<'_> = &[&shard, &id, &earliest, &latest];
    conn.execute(TAKE, take).await?;
    Ok(())
}

fn read(row: &tokio_postgres::Row) -> Result<Taken, Fault> {
    let shard: i64 = row.try_get(0)?;
    let turn = Turn {
        shard: u32::try_from(shard).map_err(|_| damaged("a shard", shard))?,
        earliest_ms: row.try_get(1)?,
        latest_ms: row.try_get(2)?,
    };
    let is_alive = row.try_get(3)?;
    Ok(Taken { turn, is_alive })
}
