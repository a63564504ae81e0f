//! Reading games.

use super::connection::{Connection, Params};
use super::error::Fault;
use crate::boards::GuildBoards;
use crate::model::{id_from_sql, id_to_sql};
use crate::starts::{LatestStarts, StartsOf};
use crate::{NewGame, StoreError, StoredGame};
use heat_core::id::{ChannelId, GameId};
use heat_core::shard::ShardRange;
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio_postgres::Row;

/// Frequent statements.
pub(super) const STATEMENTS: &[&str] = &[BY_ID, BY_CODE, EVENTS];

/// The live games of some shards: [`heat_core::shard::shard_of`] in SQL, where shifting a negative
/// number right fills in ones, which are masked off. A direct message counts as server 0.
const LIVE: &str = "SELECT id, code, guild, place, channel, starter, started_at_ms, route, ended,
         zone FROM games WHERE NOT ended
     AND mod((coalesce(guild, 0) >> 22) & 4398046511103, $1) BETWEEN $2 AND $3";
/// Their events, each game's in order.
const LIVE_EVENTS: &str = "SELECT e.game, e.seq, e.body
     FROM games g JOIN events e ON e.game = g.id WHERE NOT g.ended
     AND mod((coalesce(g.guild, 0) >> 22) & 4398046511103, $1) BETWEEN $2 AND $3
     ORDER BY e.game, e.seq";
const BY_ID: &str = "SELECT id, code, guild, place, channel, starter, started_at_ms, route, ended,
         zone FROM games WHERE id = $1";
const BY_CODE: &str =
    "SELECT id, code, guild, place, channel, starter, started_at_ms, route, ended,
         zone FROM games WHERE code = $1 ORDER BY started_at_ms, id LIMIT 1";
const EVENTS: &str = "SELECT game, seq, body FROM events WHERE game = $1 ORDER BY seq";

const LATEST_OF_MEMBER: &str = "SELECT max(g.id)
     FROM participants p JOIN games g ON g.id = p.game
     WHERE p.member = $1 AND p.game > $2 AND g.starter = $1 AND g.guild = $3";
const LATEST_IN_CHANNEL: &str =
    "SELECT max(id) FROM games WHERE id > $1 AND channel = $2 AND guild = $3";

const IS_LIVE: &str = "SELECT 1 FROM games WHERE id = $1 AND channel = $2 AND NOT ended";

/// All that follows reads one snapshot.
pub(super) const BEGIN_READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// The games of these shards that have not ended, by id.
pub(crate) async fn live(conn: &Connection, shards: ShardRange) -> Result<Vec<StoredGame>, Fault> {
    let [total, first, last] = [shards.total(), shards.first(), shards.last()].map(i64::from);
    conn.run(BEGIN_READ).await?;
    conn.be_patient().await?;
    let mut games = BTreeMap::new();
    for row in conn.query(LIVE, &[&total, &first, &last]).await? {
        let game = read_game(&row)?;
        games.insert(game.id, game);
    }
    for row in conn.query(LIVE_EVENTS, &[&total, &first, &last]).await? {
        if let Some(game) = games.get_mut(&id_from_sql(row.try_get(0)?)) {
            add_event(game, &row)?;
        }
    }
    conn.run("COMMIT").await?;
    conn.be_quick().await?;
    Ok(games.into_values().collect())
}

pub(crate) async fn by_id(conn: &Connection, id: GameId) -> Result<Option<StoredGame>, Fault> {
    // Both queries are sent at once, so the events may be newer than the game's row but never
    // older, and only the events say how far a game is.
    let id = id_to_sql(id);
    let id: Params<'_> = &[&id];
    let (games, events) = tokio::try_join!(biased; conn.query(BY_ID, id), conn.query(EVENTS, id))?;
    match games.first() {
        Some(game) => Ok(Some(with_events(read_game(game)?, &events)?)),
        None => Ok(None),
    }
}

pub(crate) async fn is_live(
    conn: &Connection,
    id: GameId,
    channel: ChannelId,
) -> Result<bool, Fault> {
    let game: Params<'_> = &[&id_to_sql(id), &id_to_sql(channel)];
    Ok(!conn.query(IS_LIVE, game).await?.is_empty())
}

pub(crate) async fn latest_starts(conn: &Connection, of: StartsOf) -> Result<LatestStarts, Fault> {
    let (user, channel) = (id_to_sql(of.user), id_to_sql(of.channel));
    let (after, guild) = (id_to_sql(of.after), id_to_sql(of.guild));
    let latest = async |sql: &'static str, parameters: Params<'_>| {
        let rows = conn.query(sql, parameters).await?;
        let id: Option<i64> = match rows.first() {
            Some(row) => row.try_get(0)?,
            None => None,
        };
        Ok::<_, Fault>(id.map(id_from_sql))
    };
    Ok(LatestStarts {
        by_member: latest(LATEST_OF_MEMBER, &[&user, &after, &guild]).await?,
        in_channel: latest(LATEST_IN_CHANNEL, &[&after, &channel, &guild]).await?,
    })
}

pub(crate) async fn by_code(
    conn: &Connection,
    code: Arc<str>,
) -> Result<Option<StoredGame>, Fault> {
    if code.contains('\0') {
        // The server would reject the text; no game has it.
        return Ok(None);
    }
    let games = conn.query(BY_CODE, &[&&*code]).await?;
    let Some(game) = games.first() else {
        return Ok(None);
    };
    let game = read_game(game)?;
    let events = conn.query(EVENTS, &[&id_to_sql(game.id)]).await?;
    Ok(Some(with_events(game, &events)?))
}

fn with_events(mut game: StoredGame, events: &[Row]) -> Result<StoredGame, Fault> {
    for row in events {
        add_event(&mut game, row)?;
    }
    Ok(game)
}

fn add_event(game: &mut StoredGame, row: &Row) -> Result<(), Fault> {
    let seq: i64 = row.try_get(1)?;
    game.events.push(row.try_get(2)?);
    let next = u32::try_from(seq).map_err(|_| damaged("an event's number", seq))?;
    game.next_seq = next.saturating_add(1);
    Ok(())
}

fn read_game(row: &Row) -> Result<StoredGame, Fault> {
    let guild: Option<i64> = row.try_get(2)?;
    Ok(StoredGame {
        id: id_from_sql(row.try_get(0)?),
        meta: NewGame {
            code: row.try_get(1)?,
            guild: guild.map(id_from_sql),
            place: id_from_sql(row.try_get(3)?),
            channel: id_from_sql(row.try_get(4)?),
            starter: id_from_sql(row.try_get(5)?),
            started_at_ms: row.try_get(6)?,
            zone: GuildBoards::from_sql(None, row.try_get(9)?).zone,
        },
        route: row.try_get(7)?,
        ended: row.try_get(8)?,
        events: Vec::new(),
        next_seq: 0,
    })
}

/// A number we never stored.
pub(super) fn damaged(what: &str, number: i64) -> Fault {
    Fault::Final(StoreError::Damaged {
        reason: format!("{what} is {number}"),
    })
}
