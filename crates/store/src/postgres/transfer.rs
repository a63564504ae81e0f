//! Copies a whole database into a file, or out of one.

use super::Postgres;
use super::address::Address;
use super::connection::Connection;
use super::error::Fault;
use super::games::BEGIN_READ;
use crate::BackupError;
use crate::backup::tables::{DERIVED, Table, tables};
use crate::sqlite::standings;
use crate::{Examined, OpenError, QuestionCount, StoreError, StoredGame};
use futures_util::{SinkExt as _, TryStreamExt as _};
use heat_core::id::GuildId;
use heat_core::shard::ShardRange;
use rusqlite::params_from_iter;
use rusqlite::types::{Value, ValueRef};
use std::io::Cursor;
use std::pin::pin;
use tokio_postgres::Row;
use tokio_postgres::types::Type;

/// Bytes sent to the server at a time.
const CHUNK_BYTES: usize = 1 << 18;
/// Processes that want to register or claim wait for this.
const HOLD: &str = "UPDATE heat_check SET version = version WHERE id = 1";
/// Stored beside the events on the server, computed from them in a file.
const NEXT_SEQ: &str = "UPDATE games g SET next_seq = e.last + 1
     FROM (SELECT game, max(seq) AS last FROM events GROUP BY game) e WHERE e.game = g.id";

impl From<Fault> for BackupError {
    fn from(fault: Fault) -> Self {
        Self::Store(fault.into())
    }
}

/// Examines a database, and whether it accepts writes.
pub(crate) async fn examine(url: &str) -> Result<Examined, BackupError> {
    let conn = open(&Address::read(url)?).await?;
    let version = super::migrations::version(&conn).await?;
    if version.is_some() {
        conn.run("BEGIN").await?;
        conn.run(HOLD).await?;
        conn.run("ROLLBACK").await?;
    }
    Ok(Examined {
        version,
        known: super::migrations::known(),
        // A server checks its own files.
        damage: None,
        disk: None,
    })
}

/// How often questions were answered.
pub(crate) async fn question_counts(url: &str) -> Result<Vec<QuestionCount>, BackupError> {
    let address = Address::read(url)?;
    let conn = open(&address).await?;
    check_version(&conn, &address.name).await?;
    Ok(super::questions::counts(&conn, 1).await?)
}

/// Passes each finished game in a server to `take`, newest first.
pub(crate) async fn ended_games(
    url: &str,
    guild: Option<GuildId>,
    since_ms: i64,
    take: &mut impl FnMut(StoredGame),
) -> Result<(), BackupError> {
    let address = Address::read(url)?;
    let conn = open(&address).await?;
    check_version(&conn, &address.name).await?;
    for id in super::results::ended(&conn, guild, since_ms, u32::MAX).await? {
        if let Some(game) = super::games::by_id(&conn, id).await? {
            take(game);
        }
    }
    Ok(())
}

/// Copies a snapshot of everything into an empty file of the same version.
pub(crate) async fn dump(url: &str, into: &mut rusqlite::Connection) -> Result<(), BackupError> {
    let address = Address::read(url)?;
    let conn = open(&address).await?;
    check_version(&conn, &address.name).await?;
    conn.run(BEGIN_READ).await?;
    conn.be_patient().await?;
    let tx = into.transaction()?;
    for table in tables(&tx)? {
        let columns = table.columns_on_server().join(", ");
        let select = format!("SELECT {columns} FROM {}", table.name);
        let mut rows = pin!(conn.stream(&select, &[]).await?);
        let mut insert = tx.prepare(&table.insert())?;
        while let Some(row) = rows.try_next().await.map_err(Fault::from)? {
            insert.execute(params_from_iter(values(&row)?))?;
        }
    }
    conn.run("COMMIT").await?;
    standings::rebuild(&tx)?;
    Ok(tx.commit()?)
}

/// Copies everything from a file of the same version in one transaction, and rebuilds the
/// leaderboards. No other process may play meanwhile.
pub(crate) async fn load(
    url: &str,
    from: &rusqlite::Connection,
    replace: bool,
) -> Result<(), BackupError> {
    let store = Postgres::open(url)?;
    let work = async {
        // Refused while another process owns any shard.
        store.claim(ShardRange::WHOLE).await?;
        fill(&Address::read(url)?, from, replace).await?;
        Ok(store.rebuild_standings().await?)
    };
    let done = work.await;
    let closed = store.close().await;
    done.and(closed.map_err(BackupError::from))
}

async fn fill(
    address: &Address,
    from: &rusqlite::Connection,
    replace: bool,
) -> Result<(), BackupError> {
    let conn = open(address).await?;
    conn.be_patient().await?;
    conn.run("BEGIN").await?;
    let filled = fill_in(&conn, address, from, replace).await;
    // Ended at once: others may wait for the locks of an abandoned transaction.
    let end = if filled.is_ok() { "COMMIT" } else { "ROLLBACK" };
    let ended = conn.run(end).await;
    filled.and(ended.map_err(BackupError::from))
}

async fn fill_in(
    conn: &Connection,
    address: &Address,
    from: &rusqlite::Connection,
    replace: bool,
) -> Result<(), BackupError> {
    conn.run(HOLD).await?;
    let tables = tables(from)?;
    let names = tables.iter().map(|table| table.name.as_str());
    let all: Vec<&str> = names.chain(DERIVED).collect();
    for name in all.into_iter().rev() {
        if replace {
            conn.run(&format!("DELETE FROM {name}")).await?;
        } else if is_filled(conn, name).await? {
            return Err(BackupError::NotEmpty {
                name: address.name.clone(),
            });
        }
    }
    for table in &tables {
        send(conn, table, from).await?;
    }
    Ok(conn.run(NEXT_SEQ).await?)
}

async fn is_filled(conn: &Connection, table: &str) -> Result<bool, Fault> {
    let first = format!("SELECT 1 FROM {table} LIMIT 1");
    let mut rows = pin!(conn.stream(&first, &[]).await?);
    Ok(rows.try_next().await?.is_some())
}

async fn open(address: &Address) -> Result<Connection, BackupError> {
    let opened = Connection::open(address, &[]).await;
    Ok(opened.map_err(|error| super::error::opening(&address.name, &error))?)
}

async fn check_version(conn: &Connection, name: &str) -> Result<(), BackupError> {
    let found = super::migrations::version(conn).await?;
    let known = super::migrations::known();
    match found {
        None => Err(BackupError::Open(OpenError::Foreign {
            name: name.to_owned(),
            reason: "it has none of its tables".to_owned(),
        })),
        Some(found) if found == known => Ok(()),
        Some(found) => Err(BackupError::OtherVersion {
            name: name.to_owned(),
            found,
            known,
        }),
    }
}

/// Converts a server's row to a file's.
fn values(row: &Row) -> Result<Vec<Value>, Fault> {
    let columns = row.columns().iter().enumerate();
    columns
        .map(|(at, column)| {
            Ok(match *column.type_() {
                Type::BOOL => row.try_get::<_, Option<bool>>(at)?.into(),
                Type::INT4 => row.try_get::<_, Option<i32>>(at)?.into(),
                Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at)?.into(),
                Type::TEXT => row.try_get::<_, Option<String>>(at)?.into(),
                _ => row.try_get::<_, Option<i64>>(at)?.into(),
            })
        })
        .collect()
}

/// Sends all rows of a table in the server's COPY text format:
/// <https://www.postgresql.org/docs/current/sql-copy.html>.
async fn send(
    conn: &Connection,
    table: &Table,
    from: &rusqlite::Connection,
) -> Result<(), BackupError> {
    let columns = table.columns_on_server().join(", ");
    let copy = format!("COPY {} ({columns}) FROM STDIN", table.name);
    let mut sink = pin!(conn.copy_in(&copy).await?);
    let mut select = from.prepare(&table.select())?;
    let mut rows = select.query([])?;
    let mut chunk = Vec::with_capacity(CHUNK_BYTES);
    while let Some(row) = rows.next()? {
        for at in 0..table.columns.len() {
            chunk.extend_from_slice(if at == 0 { b"" } else { b"\t" });
            write(&mut chunk, row.get_ref(at)?)?;
        }
        chunk.push(b'\n');
        if chunk.len() >= CHUNK_BYTES {
            let full = Cursor::new(std::mem::take(&mut chunk));
            sink.send(full).await.map_err(Fault::from)?;
        }
    }
    sink.send(Cursor::new(chunk)).await.map_err(Fault::from)?;
    sink.as_mut().finish().await.map_err(Fault::from)?;
    Ok(())
}

fn write(to: &mut Vec<u8>, value: ValueRef<'_>) -> Result<(), StoreError> {
    match value {
        ValueRef::Null => to.extend_from_slice(b"\\N"),
        ValueRef::Integer(number) => to.extend_from_slice(number.to_string().as_bytes()),
        ValueRef::Text(text) => {
            for byte in text {
                match byte {
                    b'\\' => to.extend_from_slice(b"\\\\"),
                    b'\t' => to.extend_from_slice(b"\\t"),
                    b'\n' => to.extend_from_slice(b"\\n"),
                    b'\r' => to.extend_from_slice(b"\\r"),
                    other => to.push(*other),
                }
            }
        }
        ValueRef::Blob(bytes) => {
            to.extend_from_slice(b"\\\\x");
            to.extend(
                bytes
                    .iter()
                    .flat_map(|byte| format!("{byte:02x}").into_bytes()),
            );
        }
        ValueRef::Real(number) => {
            return Err(StoreError::Damaged {
                reason: format!("{number} is out of range for its column"),
            });
        }
    }
    Ok(())
}
