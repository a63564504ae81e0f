//! Which processes may write, and which plays which shard's games.
//!
//! A process has one row in `writers` from start to end, and that row is its lease: it expires
//! unless renewed, every batch renews it, and every batch needs it. To take over the shards of a
//! process whose row has expired, another deletes the row, which shuts the old process out: if it
//! was only paused, it finds its row gone and stores nothing more. An expired row that no process
//! wanted is simply renewed.
//!
//! After an outage of the server, every row has expired. So a process that wants a shard looks
//! twice, and in between the owner, which keeps trying to renew, has time to succeed.

use super::connection::Connection;
use super::error::Fault;
use crate::StoreError;
use futures_util::future::BoxFuture;
use heat_core::shard::ShardRange;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// An expired row is checked again after this part of a lease.
const SECOND_LOOK: u32 = 8;

/// Takes the next number for a new process. Locking the row of `heat_check` also serialises this
/// with claims and [turns](line_up).
const NEXT: &str = "UPDATE heat_check SET last_writer = last_writer + 1 WHERE id = 1
     RETURNING last_writer";
const ENTER: &str = "INSERT INTO writers (id, batch, expires_at)
     VALUES ($1, 0, now() + $2::bigint * interval '1 millisecond')";
/// Rows that processes left behind when they died, long ago.
const TIDY: &str = "DELETE FROM writers WHERE expires_at < now() - interval '1 day'
     AND NOT EXISTS (SELECT 1 FROM shards WHERE writer = writers.id)";
/// Finds no row if this process was shut out.
pub(super) const RENEW: &str = "UPDATE writers
     SET expires_at = now() + $2::bigint * interval '1 millisecond' WHERE id = $1";
const HELD: &str = "SELECT s.shard, s.total, s.writer, w.expires_at > now(),
         w.expires_at < now() - interval '1 minute'
     FROM shards s JOIN writers w ON w.id = s.writer ORDER BY s.shard";
const SHUT_OUT: &str = "DELETE FROM writers WHERE id = $1 AND expires_at <= now()";
const LET_GO: &str = "DELETE FROM shards WHERE writer = $1";
const CLAIM: &str = "INSERT INTO shards (shard, total, writer)
     SELECT shard, $2::bigint, $3::bigint FROM unnest($1::bigint[]) AS u (shard)";
/// Locks the row until the transaction ends, and finds none if this process was shut out. It is the
/// weakest such lock, so the process's own batches need not wait for it.
const STAY: &str = "SELECT id FROM writers WHERE id = $1 FOR KEY SHARE";
const LEAVE: &str = "DELETE FROM writers WHERE id = $1";

/// Registers this process and returns its number.
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

/// Processes whose rows were found expired, and since when, with the server available.
pub(super) type ExpiredProcesses = BTreeMap<i64, Instant>;

/// Tries once to claim `shards` for the process `id`. After an error the transaction may still be
/// open.
///
/// Shuts out a process that owns one of them if it has been `silent` for longer than a live one
/// needs to renew, or for very long.
pub(super) async fn claim(
    conn: &Connection,
    id: i64,
    lease_ms: i64,
    shards: ShardRange,
    silent: &mut ExpiredProcesses,
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
    let mut expired = BTreeMap::new();
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
        expired.insert(writer, row.try_get::<_, bool>(4)?);
    }
    silent.retain(|writer, _| expired.contains_key(writer));
    let second_look = Duration::from_millis(lease_ms.unsigned_abs()) / SECOND_LOOK;
    for (writer, for_ages) in &expired {
        let since = silent.entry(*writer).or_insert_with(Instant::now);
        if !for_ages && since.elapsed() < second_look {
            return Err(taken(
                "its process has only just stopped responding".to_owned(),
            ));
        }
    }
    for writer in expired.into_keys() {
        if conn.execute(SHUT_OUT, &[&writer]).await? == 0 {
            return Err(taken("a process that seemed dead has come back".to_owned()));
        }
    }
    conn.execute(LET_GO, &[&id]).await?;
    conn.execute(CLAIM, &[&wanted, &total, &id]).await?;
    conn.run("COMMIT").await
}

/// Makes a change in its own transaction for the process `id`, unless that was shut out. If the
/// outcome is unknown, the first such try leaves its result in `unsure`.
pub(super) async fn guard<T>(
    conn: &Connection,
    id: i64,
    change: Arc<impl for<'a> Fn(&'a Connection) -> BoxFuture<'a, Result<T, Fault>>>,
    unsure: Arc<Mutex<Option<T>>>,
) -> Result<T, Fault> {
    tokio::try_join!(biased; conn.run("BEGIN"), stay(conn, id))?;
    let made = change(conn).await?;
    match conn.run("COMMIT").await.map_err(Fault::of_commit) {
        Ok(()) => Ok(made),
        Err(fault) => {
            if matches!(fault, Fault::Unsure(_)) {
                let mut unsure = unsure.lock().unwrap_or_else(PoisonError::into_inner);
                unsure.get_or_insert(made);
            }
            Err(fault)
        }
    }
}

/// Serialises the rest of this transaction with all other turns and claims, unless the process `id`
/// was shut out.
pub(super) async fn line_up(conn: &Connection, id: i64) -> Result<(), Fault> {
    conn.query(NEXT, &[]).await?;
    stay(conn, id).await
}

async fn stay(conn: &Connection, id: i64) -> Result<(), Fault> {
    if conn.query(STAY, &[&id]).await?.is_empty() {
        return Err(Fault::Final(StoreError::LeaseLost));
    }
    Ok(())
}

/// Releases everything when the process ends.
pub(super) async fn leave(conn: &Connection, id: i64) -> Result<(), Fault> {
    conn.execute(LEAVE, &[&id]).await.map(drop)
}
