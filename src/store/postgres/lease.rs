//! Who writes, and which process plays the games of which shard.
//!
//! A process has one row in `writers` from its start to its end, and that row is its lease: it
//! expires unless renewed, every batch renews it, and every batch needs it. Whoever wants the
//! shards of a process whose row has expired deletes that row, and thereby shuts it out: a process
//! that was only paused finds its row gone and stores nothing more. An expired row that nobody
//! wanted is simply renewed.

use super::connection::Connection;
use super::error::Fault;
use crate::shard::ShardRange;
use crate::store::StoreError;

/// Takes the next number for a new process. The row of `heat_check` also makes claims, and this,
/// come one after the other.
const NEXT: &str = "UPDATE heat_check SET last_writer = last_writer + 1 WHERE id = 1
     RETURNING last_writer";
const ENTER: &str = "INSERT INTO writers (id, batch, expires_at)
     VALUES ($1, 0, now() + $2::bigint * interval '1 millisecond')";
/// Rows that processes which died left behind, long ago.
const TIDY: &str = "DELETE FROM writers WHERE expires_at < now() - interval '1 day'
     AND NOT EXISTS (SELECT 1 FROM shards WHERE writer = writers.id)";
/// Finds no row once this process was shut out.
pub(super) const RENEW: &str = "UPDATE writers
     SET expires_at = now() + $2::bigint * interval '1 millisecond' WHERE id = $1";
const HELD: &str = "SELECT s.shard, s.total, s.writer, w.expires_at > now()
     FROM shards s JOIN writers w ON w.id = s.writer ORDER BY s.shard";
const SHUT_OUT: &str = "DELETE FROM writers WHERE id = $1 AND expires_at <= now()";
const LET_GO: &str = "DELETE FROM shards WHERE writer = $1";
const CLAIM: &str = "INSERT INTO shards (shard, total, writer)
     SELECT shard, $2::bigint, $3::bigint FROM unnest($1::bigint[]) AS u (shard)";
const LEAVE: &str = "DELETE FROM writers WHERE id = $1";

/// Makes this process known and returns its number.
pub(super) async fn enter(conn: &Connection, lease_ms: i64) -> Result<i64, Fault> {
    conn.run("BEGIN").await?;
    let rows = conn.query(NEXT, &[]).await?;
    let Some(row) = rows.first() else {
        return Err(super::games::damaged("the number of rows in heat_check", 0));
    };
    let id: i64 = row.try_get(0)?;
    conn.execute(TIDY, &[]).await?;
    conn.execute(ENTER, &[&id, &lease_ms]).await?;
    conn.run("COMMIT").await?;
    Ok(id)
}

/// Tries once to claim `shards` for the process `id`, in a transaction that may still be open
/// after an error.
pub(super) async fn claim(
    conn: &Connection,
    id: i64,
    lease_ms: i64,
    shards: ShardRange,
) -> Result<(), Fault> {
    let taken = |reason| {
        Fault::Final(StoreError::ShardsTaken {
            wanted: shards,
            reason,
        })
    };
    conn.run("BEGIN").await?;
    conn.query(NEXT, &[]).await?;
    if conn.execute(RENEW, &[&id, &lease_ms]).await? == 0 {
        return Err(Fault::Final(StoreError::LeaseLost));
    }
    let total = i64::from(shards.total());
    let wanted: Vec<i64> = (shards.first()..=shards.last()).map(i64::from).collect();
    let mut dead = std::collections::BTreeSet::new();
    for row in conn.query(HELD, &[]).await? {
        let (shard, of, writer): (i64, i64, i64) =
            (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        if writer == id || (of == total && !wanted.contains(&shard)) {
            continue;
        }
        if row.try_get(3)? {
            return Err(taken(format!(
                "another running process has shard {shard} of {of}"
            )));
        }
        dead.insert(writer);
    }
    for writer in dead {
        if conn.execute(SHUT_OUT, &[&writer]).await? == 0 {
            return Err(taken("a process taken for dead has come back".to_owned()));
        }
    }
    conn.execute(LET_GO, &[&id]).await?;
    conn.execute(CLAIM, &[&wanted, &total, &id]).await?;
    conn.run("COMMIT").await
}

/// Gives everything free at the end of a process.
pub(super) async fn leave(conn: &Connection, id: i64) -> Result<(), Fault> {
    conn.execute(LEAVE, &[&id]).await.map(drop)
}
