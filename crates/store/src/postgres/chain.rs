//! Film chains. A change is several statements in the caller's transaction; if repeated, it finds
//! itself stored and returns the same.

use super::connection::{Connection, Params};
use super::error::Fault;
use super::games::damaged;
use crate::chain::{ENDS_MAX, LongestChain, StoredChain};
use crate::model::{id_from_sql, id_to_sql};
use heat_core::id::{ChannelId, GuildId, InteractionId};
use heat_core::shard::ShardRange;
use tokio_postgres::Row;

/// Frequent statements.
pub(super) const STATEMENTS: &[&str] = &[OF, LONGEST, UNANNOUNCED];

const OF: &str =
    "SELECT channel, guild, turn, player, rival, at_ms, films, body, route, ending_at_ms
     FROM chains WHERE channel = $1";
const PUT: &str =
    "INSERT INTO chains (channel, guild, turn, player, rival, at_ms, films, body, route)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     ON CONFLICT (channel) DO UPDATE SET guild = excluded.guild, turn = excluded.turn,
         player = excluded.player, rival = excluded.rival, at_ms = excluded.at_ms,
         films = excluded.films, body = excluded.body, route = excluded.route,
         ending_at_ms = NULL, is_told = 0
     WHERE chains.turn = $10 AND (chains.ending_at_ms IS NOT NULL) = $11";
const RECORD: &str = "INSERT INTO chain_records (guild, films, at_ms) VALUES ($1, $2, $3)
     ON CONFLICT (guild) DO UPDATE SET films = excluded.films, at_ms = excluded.at_ms
     WHERE excluded.films > chain_records.films";
const LONGEST: &str = "SELECT films, at_ms FROM chain_records WHERE guild = $1";
/// [`heat_core::shard::shard_of`] in SQL, where shifting a negative number keeps its sign.
const UNANNOUNCED: &str =
    "SELECT channel, guild, turn, player, rival, at_ms, films, body, route, ending_at_ms
     FROM chains WHERE is_told = 0
         AND mod((guild >> 22) & 4398046511103, $1) BETWEEN $2 AND $3
     ORDER BY at_ms LIMIT $4";
const END: &str = "UPDATE chains SET ending_at_ms = coalesce(ending_at_ms, $3)
     WHERE channel = $1 AND turn = $2 AND is_told = 0 RETURNING ending_at_ms";
const ANNOUNCED: &str =
    "UPDATE chains SET is_told = 1, route = NULL WHERE channel = $1 AND turn = $2";

fn read(row: &Row) -> Result<StoredChain, Fault> {
    let rival: Option<i64> = row.try_get(4)?;
    Ok(StoredChain {
        channel: id_from_sql(row.try_get(0)?),
        guild: id_from_sql(row.try_get(1)?),
        turn: id_from_sql(row.try_get(2)?),
        user: id_from_sql(row.try_get(3)?),
        rival: rival.map(id_from_sql),
        at_ms: row.try_get(5)?,
        films: films(row.try_get(6)?)?,
        body: row.try_get(7)?,
        route: row.try_get(8)?,
        ending_at_ms: row.try_get(9)?,
    })
}

pub(crate) async fn of(
    conn: &Connection,
    channel: ChannelId,
) -> Result<Option<StoredChain>, Fault> {
    let rows = conn.query(OF, &[&id_to_sql(channel)]).await?;
    rows.first().map(read).transpose()
}

/// `before` is the last turn of the chain that was read, and whether its end had begun.
pub(crate) async fn put(
    conn: &Connection,
    chain: StoredChain,
    before: Option<(InteractionId, bool)>,
) -> Result<bool, Fault> {
    let guild = id_to_sql(chain.guild);
    let length = i64::from(chain.films);
    let row: Params<'_> = &[
        &id_to_sql(chain.channel),
        &guild,
        &id_to_sql(chain.turn),
        &id_to_sql(chain.user),
        &chain.rival.map(id_to_sql),
        &chain.at_ms,
        &length,
        &chain.body,
        &chain.route,
        &before.map(|(turn, _)| id_to_sql(turn)),
        &before.map(|(_, is_ending)| is_ending),
    ];
    conn.execute(PUT, row).await?;
    let now = of(conn, chain.channel).await?;
    let is_stored = now.is_some_and(|now| now.turn == chain.turn);
    if is_stored {
        let record: Params<'_> = &[&guild, &length, &chain.at_ms];
        conn.execute(RECORD, record).await?;
    }
    Ok(is_stored)
}

pub(crate) async fn longest(conn: &Connection, guild: GuildId) -> Result<LongestChain, Fault> {
    let rows = conn.query(LONGEST, &[&id_to_sql(guild)]).await?;
    let Some(row) = rows.first() else {
        return Ok(LongestChain::default());
    };
    Ok(LongestChain {
        films: films(row.try_get(0)?)?,
        at_ms: row.try_get(1)?,
    })
}

pub(crate) async fn unannounced(
    conn: &Connection,
    shards: ShardRange,
) -> Result<Vec<StoredChain>, Fault> {
    let [total, first, last] = [shards.total(), shards.first(), shards.last()].map(i64::from);
    let values: Params<'_> = &[&total, &first, &last, &ENDS_MAX];
    let rows = conn.query(UNANNOUNCED, values).await?;
    rows.iter().map(read).collect()
}

pub(crate) async fn end(
    conn: &Connection,
    channel: ChannelId,
    turn: InteractionId,
    now_ms: i64,
) -> Result<Option<i64>, Fault> {
    let row: Params<'_> = &[&id_to_sql(channel), &id_to_sql(turn), &now_ms];
    let rows = conn.query(END, row).await?;
    Ok(rows.first().map(|row| row.try_get(0)).transpose()?)
}

pub(crate) async fn mark_announced(
    conn: &Connection,
    channel: ChannelId,
    turn: InteractionId,
) -> Result<(), Fault> {
    let row: Params<'_> = &[&id_to_sql(channel), &id_to_sql(turn)];
    conn.execute(ANNOUNCED, row).await.map(drop)
}

fn films(stored: i64) -> Result<u32, Fault> {
    u32::try_from(stored).map_err(|_| damaged("a chain's length", stored))
}
