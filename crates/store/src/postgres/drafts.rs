//! Questions that members write in Discord, and how they get into packs. They concern no game, so
//! they need not wait for the writer.

use super::connection::{Connection, Params};
use super::error::Fault;
use crate::drafts::{KEPT_MS, SUGGESTIONS_MAX};
use crate::model::{id_from_sql, id_to_sql};
use crate::{Draft, PackEdit};
use heat_core::id::{GuildId, InteractionId};
use std::sync::Arc;
use tokio_postgres::Row;

/// Serialises a server's writes, so that the limit holds and no change to a pack is lost.
const LOCK: &str = "SELECT pg_advisory_xact_lock(7306, hashtext($1))";
const FORGET: &str = "DELETE FROM drafts WHERE suggested = 0 AND at_ms < $1";
const WAITING: &str = "SELECT count(*) FROM drafts
     WHERE guild = $1 AND suggested = 1 AND author = $2 AND id <> $3";
const PUT: &str = "INSERT INTO drafts (id, guild, author, body, suggested, at_ms)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (id) DO UPDATE SET body = excluded.body, suggested = excluded.suggested,
         at_ms = excluded.at_ms";
const OF: &str = "SELECT id, guild, author, body, suggested, at_ms FROM drafts
     WHERE guild = $1 AND id = $2";
const SUGGESTED: &str = "SELECT id, guild, author, body, suggested, at_ms FROM drafts
     WHERE guild = $1 AND suggested = 1 ORDER BY at_ms, id LIMIT $2";
const REMOVE: &str = "DELETE FROM drafts WHERE guild = $1 AND id = $2";
const BODY: &str = "SELECT body FROM packs
     WHERE guild = $1 AND id = $2 AND removed_at_ms IS NULL FOR UPDATE";

/// Returns whether it is stored now.
pub(crate) async fn put(conn: &Connection, draft: Arc<Draft>, most: u32) -> Result<bool, Fault> {
    let (id, guild, author) = (
        id_to_sql(draft.id),
        id_to_sql(draft.guild),
        id_to_sql(draft.author),
    );
    conn.query(LOCK, &[&guild.to_string()]).await?;
    conn.execute(FORGET, &[&(draft.at_ms - KEPT_MS)]).await?;
    let rows = conn.query(WAITING, &[&guild, &author, &id]).await?;
    let waiting: i64 = rows.first().map_or(Ok(0), |row| row.try_get(0))?;
    if draft.is_suggested && waiting >= i64::from(most) {
        return Ok(false);
    }
    let suggested = i64::from(draft.is_suggested);
    let row: Params<'_> = &[&id, &guild, &author, &draft.body, &suggested, &draft.at_ms];
    conn.execute(PUT, row).await?;
    Ok(true)
}

pub(crate) async fn of(
    conn: &Connection,
    guild: GuildId,
    id: InteractionId,
) -> Result<Option<Draft>, Fault> {
    let rows = conn.query(OF, &[&id_to_sql(guild), &id_to_sql(id)]).await?;
    rows.first().map(read).transpose()
}

/// Oldest first.
pub(crate) async fn suggested(conn: &Connection, guild: GuildId) -> Result<Vec<Draft>, Fault> {
    let most = i64::from(SUGGESTIONS_MAX);
    let rows = conn.query(SUGGESTED, &[&id_to_sql(guild), &most]).await?;
    rows.iter().map(read).collect()
}

/// Returns whether it existed.
pub(crate) async fn remove(
    conn: &Connection,
    guild: GuildId,
    id: InteractionId,
) -> Result<bool, Fault> {
    let removed = conn
        .execute(REMOVE, &[&id_to_sql(guild), &id_to_sql(id)])
        .await?;
    Ok(removed > 0)
}

/// Changes a pack if it is as it was read, or as an earlier try has left it.
pub(crate) async fn edit(conn: &Connection, edit: Arc<PackEdit>) -> Result<bool, Fault> {
    let guild = id_to_sql(edit.guild);
    conn.query(LOCK, &[&guild.to_string()]).await?;
    let rows = conn.query(BODY, &[&guild, &edit.pack.id]).await?;
    let found: Option<String> = rows.first().map(|row| row.try_get(0)).transpose()?;
    if found.as_ref() == Some(&edit.pack.body) {
        return Ok(true);
    }
    if found != edit.was {
        return Ok(false);
    }
    super::packs::put(conn, edit.guild, Arc::new(edit.pack.clone())).await?;
    if let Some(draft) = edit.draft {
        remove(conn, edit.guild, draft).await?;
    }
    Ok(true)
}

fn read(row: &Row) -> Result<Draft, Fault> {
    let suggested: i64 = row.try_get(4)?;
    Ok(Draft {
        id: id_from_sql(row.try_get(0)?),
        guild: id_from_sql(row.try_get(1)?),
        author: id_from_sql(row.try_get(2)?),
        body: row.try_get(3)?,
        is_suggested: suggested != 0,
        at_ms: row.try_get(5)?,
    })
}
