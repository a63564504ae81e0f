//! Server settings, one document per server.

use crate::model::id_to_sql;
use heat_core::id::GuildId;
use rusqlite::{Connection, OptionalExtension, params};

pub(crate) fn of(conn: &Connection, guild: GuildId) -> rusqlite::Result<Option<String>> {
    conn.prepare_cached("SELECT body FROM settings WHERE guild = ?1")?
        .query_row([id_to_sql(guild)], |row| row.get(0))
        .optional()
}

pub(crate) fn put(conn: &Connection, guild: GuildId, body: &str) -> rusqlite::Result<()> {
    let sql = "INSERT INTO settings (guild, body) VALUES (?1, ?2)
         ON CONFLICT (guild) DO UPDATE SET body = excluded.body";
    conn.execute(sql, params![id_to_sql(guild), body]).map(drop)
}
