//! Rebuilds the leaderboards from the ledger, and compares them with it.

use super::address::Address;
use super::batch::Author;
use super::connection::Connection;
use super::error::Fault;
use super::games::{BEGIN_READ, damaged};
use super::standings;
use crate::Audit;
use crate::audit::{Expected, Standings, Tallies};
use crate::board_key::BoardKey;
use crate::boards::{Chunk, Counted, GuildBoards, Rebuild, Sums};
use crate::model::id_from_sql;
use crate::tally::Slot;
use futures_util::TryStreamExt;
use std::pin::pin;
use tokio_postgres::Row;

/// Every answer that counts, player by player.
const LEDGER: &str = "SELECT g.guild, g.zone, a.player, a.correct, a.points, a.at_ms
     FROM reveals r
     JOIN games g ON g.id = r.game
     JOIN answers a ON a.game = r.game AND a.round = r.round
     ORDER BY a.player";
/// Blocks processes that want to register or claim, then every writer.
const HOLD: &str = "UPDATE heat_check SET version = version;
     UPDATE writers SET batch = batch";
/// Processes cannot renew their leases meanwhile.
const RENEW_ALL: &str = "UPDATE writers
     SET expires_at = clock_timestamp() + $1::bigint * interval '1 millisecond'";
const STANDINGS: &str = "SELECT scope, bucket, player, points, correct, answered FROM standings";
const TALLIES: &str = "SELECT scope, bucket, level, slot, sum(players)::bigint FROM tallies
     GROUP BY scope, bucket, level, slot HAVING sum(players) <> 0";

/// Rebuilds everything in one transaction, with every process's writer blocked.
pub(super) async fn run(address: &Address, author: Author) -> Result<(), Fault> {
    let conn = Connection::open(address, standings::WRITE_STATEMENTS).await?;
    // Reads outside the transaction, which is safe because no other process can change the ledger.
    let ledger = Connection::open(address, &[]).await?;
    conn.be_patient().await?;
    ledger.be_patient().await?;
    conn.run("BEGIN").await?;
    conn.run(HOLD).await?;
    conn.run("DELETE FROM standings; DELETE FROM tallies")
        .await?;
    let mut rebuild = Rebuild::default();
    let mut rows = pin!(ledger.stream(LEDGER, &[]).await?);
    while let Some(row) = rows.try_next().await? {
        rebuild.count(&read_counted(&row)?);
        if let Some(chunk) = rebuild.take_chunk(false) {
            store(&conn, author.stripe, chunk).await?;
        }
    }
    rebuild.finish();
    if let Some(chunk) = rebuild.take_chunk(true) {
        store(&conn, author.stripe, chunk).await?;
    }
    conn.execute(RENEW_ALL, &[&author.lease_ms]).await?;
    conn.run("COMMIT").await
}

async fn store(conn: &Connection, stripe: i64, (rows, moves): Chunk) -> Result<(), Fault> {
    standings::gain(conn, rows.into_iter()).await?;
    standings::tally(conn, stripe, moves).await
}

/// Compares the leaderboards with the ledger, in one snapshot.
pub(crate) async fn audit(conn: &Connection) -> Result<Audit, Fault> {
    conn.run(BEGIN_READ).await?;
    conn.be_patient().await?;
    let mut expected = Expected::default();
    let mut rows = pin!(conn.stream(LEDGER, &[]).await?);
    while let Some(row) = rows.try_next().await? {
        expected.count(&read_counted(&row)?);
    }
    let mut standings = Standings::new();
    let mut rows = pin!(conn.stream(STANDINGS, &[]).await?);
    while let Some(row) = rows.try_next().await? {
        let sums = Sums {
            points: row.try_get(3)?,
            correct: row.try_get(4)?,
            answered: row.try_get(5)?,
        };
        standings.insert((read_board(&row)?, row.try_get(2)?), sums);
    }
    let mut tallies = Tallies::new();
    for row in conn.query(TALLIES, &[]).await? {
        let level: i64 = row.try_get(2)?;
        let slot = Slot {
            board: read_board(&row)?,
            level: u32::try_from(level).map_err(|_| damaged("a tally's level", level))?,
            number: row.try_get(3)?,
        };
        tallies.insert(slot, row.try_get(4)?);
    }
    conn.run("COMMIT").await?;
    conn.be_quick().await?;
    Ok(expected.compare(&standings, &tallies))
}

fn read_board(row: &Row) -> Result<BoardKey, Fault> {
    Ok(BoardKey {
        scope: row.try_get(0)?,
        bucket: row.try_get(1)?,
    })
}

/// A row of [`LEDGER`].
fn read_counted(row: &Row) -> Result<Counted, Fault> {
    let points: i64 = row.try_get(4)?;
    Ok(Counted {
        home: GuildBoards::from_sql(row.try_get(0)?, row.try_get(1)?),
        user: id_from_sql(row.try_get(2)?),
        correct: row.try_get(3)?,
        points: u32::try_from(points).map_err(|_| damaged("an answer's points", points))?,
        at_ms: row.try_get(5)?,
    })
}
