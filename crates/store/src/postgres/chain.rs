//! Film chains. A change is one statement after another in the caller's transaction; done twice it
//! finds itself stored and says so.

use super::connection::{Connection, Params};
use super::error::Fault;
use super::games::damaged;
use crate::chain::StoredChain;
use crate::model::{id_from_sql, id_to_sql};
use heat_core::id::{ChannelId, GuildId, InteractionId};

/// What is asked often.
pub(super) const STATEMENTS: &[&str] = &[OF, LONGEST];

const OF: &str = "SELECT guild, turn, player, rival, at_ms, films, body FROM chains
     WHERE channel = $1";
const PUT: &str = "INSERT INTO chains (channel, guild, turn, player, rival, at_ms, films, body)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (channel) DO UPDATE SET guild = excluded.guild, turn = excluded.turn,
         player = excluded.player, rival = excluded.rival, at_ms = excluded.at_ms,
         films = excluded.films, body = excluded.body
     WHERE chains.turn = $9";
const RECORD: &str = "INSERT INTO chain_records (guild, films, at_ms) VALUES ($1, $2, $3)
     ON CONFLICT (guild) DO UPDATE SET films = excluded.films, at_ms = excluded.at_ms
     WHERE excluded.films > chain_records.films";
const LONGEST: &str = "SELECT films FROM chain_records WHERE guild = $1";

pub(crate) async fn of(
    conn: &Connection,
    channel: ChannelId,
) -> Result<Option<StoredChain>, Fault> {
    let rows = conn.query(OF, &[&id_to_sql(channel)]).await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let rival: Option<i64> = row.try_get(3)?;
    Ok(Some(StoredChain {
        channel,
        guild: id_from_sql(row.try_get(0)?),
        turn: id_from_sql(row.try_get(1)?),
        user: id_from_sql(row.try_get(2)?),
        rival: rival.map(id_from_sql),
        at_ms: row.try_get(4)?,
        films: films(row.try_get(5)?)?,
        body: row.try_get(6)?,
    }))
}

pub(crate) async fn put(
    conn: &Connection,
    chain: StoredChain,
    before: Option<InteractionId>,
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
        &before.map(id_to_sql),
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

pub(crate) async fn longest(conn: &Connection, guild: GuildId) -> Result<u32, Fault> {
    let rows = conn.query(LONGEST, &[&id_to_sql(guild)]).await?;
    rows.first().map_or(Ok(0), |row| films(row.try_get(0)?))
}

fn films(stored: i64) -> Result<u32, Fault> {
    u32::try_from(stored).map_err(|_| damaged("a chain's length", stored))
}
