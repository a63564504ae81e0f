//! Servers' own question packs.

use crate::StoredPack;
use crate::model::{id_from_sql, id_to_sql};
use heat_core::id::GuildId;
use rusqlite::{Connection, Row, params};

/// A server's packs, in the order they were added.
pub(crate) fn all(conn: &Connection, guild: GuildId) -> rusqlite::Result<Vec<StoredPack>> {
    let sql = "SELECT id, body, added_by, added_at_ms FROM packs
         WHERE guild = ?1 AND removed_at_ms IS NULL ORDER BY added_at_ms, id";
    conn.prepare_cached(sql)?
        .query_map([id_to_sql(guild)], row)?
        .collect()
}

/// Those that can be restored.
pub(crate) fn removed(conn: &Connection, guild: GuildId) -> rusqlite::Result<Vec<StoredPack>> {
    let sql = "SELECT id, body, added_by, added_at_ms FROM packs
         WHERE guild = ?1 AND removed_at_ms IS NOT NULL ORDER BY removed_at_ms DESC, id";
    conn.prepare_cached(sql)?
        .query_map([id_to_sql(guild)], row)?
        .collect()
}

pub(crate) fn put(conn: &Connection, guild: GuildId, pack: &StoredPack) -> rusqlite::Result<()> {
    let sql = "INSERT INTO packs (guild, id, body, added_by, added_at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (guild, id) DO UPDATE SET
         body = ?3, added_by = ?4, added_at_ms = ?5, removed_at_ms = NULL";
    let by = id_to_sql(pack.added_by);
    let values = params![id_to_sql(guild), pack.id, pack.body, by, pack.added_at_ms];
    conn.execute(sql, values).map(drop)
}

/// Returns whether it existed.
pub(crate) fn remove(
    conn: &Connection,
    guild: GuildId,
    id: &str,
    now_ms: i64,
) -> rusqlite::Result<bool> {
    let sql = "UPDATE packs SET removed_at_ms = ?3
         WHERE guild = ?1 AND id = ?2 AND removed_at_ms IS NULL";
    Ok(conn.execute(sql, params![id_to_sql(guild), id, now_ms])? > 0)
}

/// Returns whether the pack exists now.
pub(crate) fn restore(conn: &Connection, guild: GuildId, id: &str) -> rusqlite::Result<bool> {
    let sql = "UPDATE packs SET removed_at_ms = NULL WHERE guild = ?1 AND id = ?2";
    Ok(conn.execute(sql, params![id_to_sql(guild), id])? > 0)
}

/// Deletes packs that were removed before a given time.
pub(crate) fn purge(conn: &Connection, before_ms: i64) -> rusqlite::Result<()> {
    let sql = "DELETE FROM packs WHERE removed_at_ms < ?1";
    conn.execute(sql, [before_ms]).map(drop)
}

fn row(row: &Row<'_>) -> rusqlite::Result<StoredPack> {
    Ok(StoredPack {
        id: row.get(0)?,
        body: row.get(1)?,
        added_by: id_from_sql(row.get(2)?),
        added_at_ms: row.get(3)?,
    })
}
