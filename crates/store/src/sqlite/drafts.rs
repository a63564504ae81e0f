//! Questions that members write in Discord, and how they get into packs.

use crate::drafts::{KEPT_MS, SUGGESTIONS_MAX};
use crate::model::{id_from_sql, id_to_sql};
use crate::{Draft, PackEdit};
use heat_core::id::{GuildId, InteractionId};
use rusqlite::{Connection, OptionalExtension, Row, params};

const COLUMNS: &str = "SELECT id, guild, author, body, suggested, at_ms FROM drafts";

/// Returns whether it is stored now.
pub(crate) fn put(conn: &mut Connection, draft: &Draft, most: u32) -> rusqlite::Result<bool> {
    let tx = conn.transaction()?;
    let (id, guild, author) = (
        id_to_sql(draft.id),
        id_to_sql(draft.guild),
        id_to_sql(draft.author),
    );
    tx.execute(
        "DELETE FROM drafts WHERE suggested = 0 AND at_ms < ?1",
        [draft.at_ms - KEPT_MS],
    )?;
    let waiting: u32 = tx.query_row(
        "SELECT count(*) FROM drafts WHERE guild = ?1 AND suggested = 1 AND author = ?2 AND id <> ?3",
        [guild, author, id],
        |row| row.get(0),
    )?;
    let fits = !draft.is_suggested || waiting < most;
    if fits {
        tx.execute(
            "INSERT INTO drafts (id, guild, author, body, suggested, at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO UPDATE SET body = ?4, suggested = ?5, at_ms = ?6",
            params![
                id,
                guild,
                author,
                draft.body,
                i64::from(draft.is_suggested),
                draft.at_ms
            ],
        )?;
    }
    tx.commit()?;
    Ok(fits)
}

pub(crate) fn of(
    conn: &Connection,
    guild: GuildId,
    id: InteractionId,
) -> rusqlite::Result<Option<Draft>> {
    conn.prepare_cached(&format!("{COLUMNS} WHERE guild = ?1 AND id = ?2"))?
        .query_row([id_to_sql(guild), id_to_sql(id)], read)
        .optional()
}

/// Oldest first.
pub(crate) fn suggested(conn: &Connection, guild: GuildId) -> rusqlite::Result<Vec<Draft>> {
    conn.prepare_cached(&format!(
        "{COLUMNS} WHERE guild = ?1 AND suggested = 1 ORDER BY at_ms, id LIMIT ?2"
    ))?
    .query_map(params![id_to_sql(guild), SUGGESTIONS_MAX], read)?
    .collect()
}

/// Returns whether it existed.
pub(crate) fn remove(
    conn: &Connection,
    guild: GuildId,
    id: InteractionId,
) -> rusqlite::Result<bool> {
    let sql = "DELETE FROM drafts WHERE guild = ?1 AND id = ?2";
    Ok(conn.execute(sql, [id_to_sql(guild), id_to_sql(id)])? > 0)
}

/// Changes a pack if it is as it was read.
pub(crate) fn edit(conn: &mut Connection, edit: &PackEdit) -> rusqlite::Result<bool> {
    let tx = conn.transaction()?;
    let (guild, pack) = (id_to_sql(edit.guild), &edit.pack);
    let found: Option<String> = tx
        .query_row(
            "SELECT body FROM packs WHERE guild = ?1 AND id = ?2 AND removed_at_ms IS NULL",
            params![guild, pack.id],
            |row| row.get(0),
        )
        .optional()?;
    if found != edit.was {
        return Ok(false);
    }
    super::packs::put(&tx, edit.guild, pack)?;
    if let Some(draft) = edit.draft {
        remove(&tx, edit.guild, draft)?;
    }
    tx.commit()?;
    Ok(true)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Draft> {
    let suggested: i64 = row.get(4)?;
    Ok(Draft {
        id: id_from_sql(row.get(0)?),
        guild: id_from_sql(row.get(1)?),
        author: id_from_sql(row.get(2)?),
        body: row.get(3)?,
        is_suggested: suggested != 0,
        at_ms: row.get(5)?,
    })
}
