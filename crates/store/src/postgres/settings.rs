//! Server settings: one document per server. Single statements that concern no game, so they need
//! not wait for the writer.

use super::connection::Connection;
use super::error::Fault;
use crate::model::id_to_sql;
use heat_core::id::GuildId;
use std::sync::Arc;

const OF: &str = "SELECT body FROM settings WHERE guild = $1";
const PUT: &str = "INSERT INTO settings (guild, body) VALUES ($1, $2)
     ON CONFLICT (guild) DO UPDATE SET body = excluded.body";

pub(crate) async fn of(conn: &Connection, guild: GuildId) -> Result<Option<String>, Fault> {
    let rows = conn.query(OF, &[&id_to_sql(guild)]).await?;
    Ok(rows.first().map(|row| row.try_get(0)).transpose()?)
}

pub(crate) async fn put(conn: &Connection, guild: GuildId, body: Arc<str>) -> Result<(), Fault> {
    conn.execute(PUT, &[&id_to_sql(guild), &&*body])
        .await
        .map(drop)
}
