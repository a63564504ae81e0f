//! Servers' own question packs. Single statements that concern no game, so they need not wait for
//! the writer.

use super::connection::{Connection, Params};
use super::error::Fault;
use crate::StoredPack;
use crate::model::{id_from_sql, id_to_sql};
use heat_core::id::GuildId;
use std::sync::Arc;

const ALL: &str = "SELECT id, body, added_by, added_at_ms FROM packs
     WHERE guild = $1 AND removed_at_ms IS NULL ORDER BY added_at_ms, id";
const REMOVED: &str = "SELECT id, body, added_by, added_at_ms FROM packs
     WHERE guild = $1 AND removed_at_ms IS NOT NULL ORDER BY removed_at_ms DESC, id";
const PUT: &str = "INSERT INTO packs (guild, id, body, added_by, added_at_ms)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (guild, id) DO UPDATE SET body = excluded.body,
         added_by = excluded.added_by, added_at_ms = excluded.added_at_ms,
         removed_at_ms = NULL";
const REMOVE: &str = "UPDATE packs SET removed_at_ms = $3
     WHERE guild = $1 AND id = $2 AND removed_at_ms IS NULL";
const RESTORE: &str = "UPDATE packs SET removed_at_ms = NULL WHERE guild = $1 AND id = $2";
const PURGE: &str = "DELETE FROM packs WHERE removed_at_ms < $1";

/// A server's packs, in the order they were added.
pub(crate) async fn all(conn: &Connection, guild: GuildId) -> Result<Vec<StoredPack>, Fault> {
    read(conn, ALL, guild).await
}

/// Those that can be restored.
pub(crate) async fn removed(conn: &Connection, guild: GuildId) -> Result<Vec<StoredPack>, Fault> {
    read(conn, REMOVED, guild).await
}

async fn read(
    conn: &Connection,
    sql: &'static str,
    guild: GuildId,
) -> Result<Vec<StoredPack>, Fault> {
    let mut packs = Vec::new();
    for row in conn.query(sql, &[&id_to_sql(guild)]).await? {
        packs.push(StoredPack {
            id: row.try_get(0)?,
            body: row.try_get(1)?,
            added_by: id_from_sql(row.try_get(2)?),
            added_at_ms: row.try_get(3)?,
        });
    }
    Ok(packs)
}

pub(crate) async fn put(
    conn: &Connection,
    guild: GuildId,
    pack: Arc<StoredPack>,
) -> Result<(), Fault> {
    let (guild, by) = (id_to_sql(guild), id_to_sql(pack.added_by));
    let values: Params<'_> = &[&guild, &pack.id, &pack.body, &by, &pack.added_at_ms];
    conn.execute(PUT, values).await.map(drop)
}

/// Returns whether it existed.
pub(crate) async fn remove(
    conn: &Connection,
    guild: GuildId,
    id: Arc<str>,
    now_ms: i64,
) -> Result<bool, Fault> {
    let values: Params<'_> = &[&id_to_sql(guild), &&*id, &now_ms];
    Ok(conn.execute(REMOVE, values).await? > 0)
}

/// Returns whether the pack exists now.
pub(crate) async fn restore(
    conn: &Connection,
    guild: GuildId,
    id: Arc<str>,
) -> Result<bool, Fault> {
    Ok(conn.execute(RESTORE, &[&id_to_sql(guild), &&*id]).await? > 0)
}

/// Deletes packs that were removed before a given time.
pub(crate) async fn purge(conn: &Connection, before_ms: i64) -> Result<(), Fault> {
    conn.execute(PURGE, &[&before_ms]).await.map(drop)
}
