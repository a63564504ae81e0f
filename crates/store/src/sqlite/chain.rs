//! Film chains.

use crate::chain::{ENDS_MAX, LongestChain, StoredChain};
use crate::model::{id_from_sql, id_to_sql};
use heat_core::id::{ChannelId, GuildId, InteractionId};
use heat_core::shard::ShardRange;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Every column that [`read`] reads, in its order.
const CHAINS: &str =
    "SELECT channel, guild, turn, user, rival, at_ms, films, body, route, ending_at_ms
     FROM chains";

fn read(row: &Row<'_>) -> rusqlite::Result<StoredChain> {
    Ok(StoredChain {
        channel: id_from_sql(row.get(0)?),
        guild: id_from_sql(row.get(1)?),
        turn: id_from_sql(row.get(2)?),
        user: id_from_sql(row.get(3)?),
        rival: row.get::<_, Option<i64>>(4)?.map(id_from_sql),
        at_ms: row.get(5)?,
        films: row.get(6)?,
        body: row.get(7)?,
        route: row.get(8)?,
        ending_at_ms: row.get(9)?,
    })
}

pub(crate) fn of(conn: &Connection, channel: ChannelId) -> rusqlite::Result<Option<StoredChain>> {
    conn.prepare_cached(&format!("{CHAINS} WHERE channel = ?1"))?
        .query_row([id_to_sql(channel)], read)
        .optional()
}

/// `before` is the last turn of the chain that was read, and whether its end had begun.
pub(crate) fn put(
    conn: &mut Connection,
    chain: &StoredChain,
    before: Option<(InteractionId, bool)>,
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
        chain.route,
        before.map(|(turn, _)| id_to_sql(turn)),
        before.map(|(_, is_ending)| is_ending),
    ];
    let changed = tx
        .prepare_cached(
            "INSERT INTO chains (channel, guild, turn, user, rival, at_ms, films, body, route)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
             ON CONFLICT (channel) DO UPDATE SET guild = excluded.guild, turn = excluded.turn,
                 user = excluded.user, rival = excluded.rival, at_ms = excluded.at_ms,
                 films = excluded.films, body = excluded.body, route = excluded.route,
                 ending_at_ms = NULL, is_told = 0
             WHERE chains.turn = ?10 AND (chains.ending_at_ms IS NOT NULL) = ?11",
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

pub(crate) fn longest(conn: &Connection, guild: GuildId) -> rusqlite::Result<LongestChain> {
    let longest = conn
        .prepare_cached("SELECT films, at_ms FROM chain_records WHERE guild = ?1")?
        .query_row([id_to_sql(guild)], |row| {
            Ok(LongestChain {
                films: row.get(0)?,
                at_ms: row.get(1)?,
            })
        })
        .optional()?;
    Ok(longest.unwrap_or_default())
}

pub(crate) fn unannounced(
    conn: &Connection,
    shards: ShardRange,
) -> rusqlite::Result<Vec<StoredChain>> {
    let mut statement =
        conn.prepare_cached(&format!("{CHAINS} WHERE is_told = 0 ORDER BY at_ms"))?;
    let chains = statement.query_map([], read)?;
    let is_ours = |chain: &rusqlite::Result<StoredChain>| !matches!(chain, Ok(chain) if !shards.owns(Some(chain.guild)));
    let most = usize::try_from(ENDS_MAX).unwrap_or(usize::MAX);
    chains.filter(is_ours).take(most).collect()
}

pub(crate) fn end(
    conn: &mut Connection,
    channel: ChannelId,
    turn: InteractionId,
    now_ms: i64,
) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached(
        "UPDATE chains SET ending_at_ms = coalesce(ending_at_ms, ?3)
         WHERE channel = ?1 AND turn = ?2 AND is_told = 0 RETURNING ending_at_ms",
    )?
    .query_row(
        params![id_to_sql(channel), id_to_sql(turn), now_ms],
        |row| row.get(0),
    )
    .optional()
}

pub(crate) fn mark_announced(
    conn: &mut Connection,
    channel: ChannelId,
    turn: InteractionId,
) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "UPDATE chains SET is_told = 1, route = NULL WHERE channel = ?1 AND turn = ?2",
    )?
    .execute([id_to_sql(channel), id_to_sql(turn)])
    .map(drop)
}
