//! Film chains.

use crate::chain::StoredChain;
use crate::model::{id_from_sql, id_to_sql};
use heat_core::id::{ChannelId, GuildId, InteractionId};
use rusqlite::{Connection, OptionalExtension, params};

pub(crate) fn of(conn: &Connection, channel: ChannelId) -> rusqlite::Result<Option<StoredChain>> {
    conn.prepare_cached(
        "SELECT guild, turn, user, rival, at_ms, films, body FROM chains WHERE channel = ?1",
    )?
    .query_row([id_to_sql(channel)], |row| {
        Ok(StoredChain {
            channel,
            guild: id_from_sql(row.get(0)?),
            turn: id_from_sql(row.get(1)?),
            user: id_from_sql(row.get(2)?),
            rival: row.get::<_, Option<i64>>(3)?.map(id_from_sql),
            at_ms: row.get(4)?,
            films: row.get(5)?,
            body: row.get(6)?,
        })
    })
    .optional()
}

pub(crate) fn put(
    conn: &mut Connection,
    chain: &StoredChain,
    before: Option<InteractionId>,
) -> rusqlite::Result<bool> {
    let tx = conn.transaction()?;
    let row = params![
        id_to_sql(chain.channel),
        id_to_sql(chain.guild),
        id_to_sql(chain.turn),
        id_to_sql(chain.user),
        chain.rival.map(id_to_sql),
        chain.at_ms,
        chain.films,
        chain.body,
        before.map(id_to_sql),
    ];
    let changed = tx
        .prepare_cached(
            "INSERT INTO chains (channel, guild, turn, user, rival, at_ms, films, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
             ON CONFLICT (channel) DO UPDATE SET guild = excluded.guild, turn = excluded.turn,
                 user = excluded.user, rival = excluded.rival, at_ms = excluded.at_ms,
                 films = excluded.films, body = excluded.body
             WHERE chains.turn = ?9",
        )?
        .execute(row)?;
    if changed > 0 {
        tx.prepare_cached(
            "INSERT INTO chain_records (guild, films, at_ms) VALUES (?1, ?2, ?3)
             ON CONFLICT (guild) DO UPDATE SET films = excluded.films, at_ms = excluded.at_ms
             WHERE excluded.films > chain_records.films",
        )?
        .execute(params![id_to_sql(chain.guild), chain.films, chain.at_ms])?;
    }
    let now = of(&tx, chain.channel)?;
    tx.commit()?;
    Ok(now.is_some_and(|now| now.turn == chain.turn))
}

pub(crate) fn longest(conn: &Connection, guild: GuildId) -> rusqlite::Result<u32> {
    let films = conn
        .prepare_cached("SELECT films FROM chain_records WHERE guild = ?1")?
        .query_row([id_to_sql(guild)], |row| row.get(0))
        .optional()?;
    Ok(films.unwrap_or(0))
}
