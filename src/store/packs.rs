//! Question packs of single servers. What a pack holds the store does not read.

use super::model::{id_from_sql, id_to_sql};
use super::{Store, StoreError};
use rusqlite::{Connection, Row, params};

/// A server's pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPack {
    /// Its id, unique within the server.
    pub id: String,
    /// The whole pack, JSON.
    pub body: String,
    /// Who added it.
    pub added_by: u64,
    /// Milliseconds since 1970, UTC.
    pub added_at_ms: i64,
}

impl Store {
    /// A server's packs, in the order they were added.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub async fn packs(&self, guild: u64) -> Result<Vec<StoredPack>, StoreError> {
        self.read(move |conn| all(conn, guild)).await
    }

    /// Stores a server's pack, in place of an earlier one of the same id.
    ///
    /// # Errors
    /// If the database cannot be written; the earlier one stays.
    pub async fn put_pack(&self, guild: u64, pack: StoredPack) -> Result<(), StoreError> {
        self.on_writer(move |conn| {
            let sql = "INSERT INTO packs (guild, id, body, added_by, added_at_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (guild, id) DO UPDATE SET
                 body = ?3, added_by = ?4, added_at_ms = ?5";
            let by = id_to_sql(pack.added_by);
            let values = params![id_to_sql(guild), pack.id, pack.body, by, pack.added_at_ms];
            conn.execute(sql, values)?;
            Ok(())
        })
        .await
    }

    /// Removes a server's pack. Tells whether it was there.
    ///
    /// # Errors
    /// If the database cannot be written; the pack stays.
    pub async fn remove_pack(&self, guild: u64, id: &str) -> Result<bool, StoreError> {
        let id = id.to_owned();
        self.on_writer(move |conn| {
            let sql = "DELETE FROM packs WHERE guild = ?1 AND id = ?2";
            Ok(conn.execute(sql, params![id_to_sql(guild), id])? > 0)
        })
        .await
    }
}

fn all(conn: &Connection, guild: u64) -> rusqlite::Result<Vec<StoredPack>> {
    let sql = "SELECT id, body, added_by, added_at_ms FROM packs
         WHERE guild = ?1 ORDER BY added_at_ms, id";
    conn.prepare_cached(sql)?
        .query_map([id_to_sql(guild)], row)?
        .collect()
}

fn row(row: &Row<'_>) -> rusqlite::Result<StoredPack> {
    Ok(StoredPack {
        id: row.get(0)?,
        body: row.get(1)?,
        added_by: id_from_sql(row.get(2)?),
        added_at_ms: row.get(3)?,
    })
}
