//! Results to be sent.

use crate::model::{id_from_sql, id_to_sql};
use crate::results::{DUE_MAX, SendState, UnsentResult, UnsentResults};
use heat_core::id::{GameId, GuildId};
use heat_core::shard::ShardRange;
use rusqlite::{Connection, params};

/// Results that wait, oldest first.
pub(crate) const WAITING: &str = "SELECT id, guild, result_tries, result_due_ms FROM games
     WHERE ended <> 0 AND result_state = 0 AND guild IS NOT NULL AND started_at_ms > ?1
     ORDER BY started_at_ms, id";
/// The games of a server that are over, newest first.
pub(crate) const ENDED_OF: &str = "SELECT id FROM games
     WHERE guild = ?1 AND started_at_ms >= ?2 AND ended <> 0
     ORDER BY started_at_ms DESC, id DESC LIMIT ?3";
const ENDED: &str = "SELECT id FROM games
     WHERE guild IS NOT NULL AND started_at_ms >= ?1 AND ended <> 0
     ORDER BY started_at_ms DESC, id DESC LIMIT ?2";

pub(crate) fn unsent(
    conn: &Connection,
    shards: ShardRange,
    since_ms: i64,
    now_ms: i64,
) -> rusqlite::Result<UnsentResults> {
    let mut unsent = UnsentResults::default();
    let mut statement = conn.prepare_cached(WAITING)?;
    let mut rows = statement.query([since_ms])?;
    while let Some(row) = rows.next()? {
        if !shards.owns(Some(id_from_sql(row.get(1)?))) {
            continue;
        }
        unsent.waiting += 1;
        let due_ms: i64 = row.get(3)?;
        if due_ms <= now_ms && unsent.due.len() < DUE_MAX as usize {
            unsent.due.push(UnsentResult {
                game: id_from_sql(row.get(0)?),
                tries: row.get(2)?,
            });
        }
    }
    Ok(unsent)
}

pub(crate) fn note(conn: &Connection, game: GameId, state: SendState) -> rusqlite::Result<()> {
    let (state, tries, due_ms) = state.columns();
    conn.execute(
        "UPDATE games SET result_state = ?2, result_tries = coalesce(?3, result_tries),
             result_due_ms = ?4 WHERE id = ?1 AND result_state = 0",
        params![id_to_sql(game), state, tries, due_ms],
    )
    .map(drop)
}

pub(crate) fn ended(
    conn: &Connection,
    guild: Option<GuildId>,
    since_ms: i64,
    most: u32,
) -> rusqlite::Result<Vec<GameId>> {
    let id = |row: &rusqlite::Row<'_>| Ok(id_from_sql(row.get(0)?));
    match guild {
        Some(guild) => conn
            .prepare_cached(ENDED_OF)?
            .query_map(params![id_to_sql(guild), since_ms, most], id)?
            .collect(),
        None => conn
            .prepare_cached(ENDED)?
            .query_map(params![since_ms, most], id)?
            .collect(),
    }
}
