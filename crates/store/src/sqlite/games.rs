//! Reading games.

use crate::boards::GuildBoards;
use crate::model::{id_from_sql, id_to_sql};
use crate::starts::{LatestStarts, StartsOf};
use crate::{NewGame, StoredGame};
use heat_core::id::{ChannelId, GameId};
use heat_core::shard::ShardRange;
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::BTreeMap;

const COLUMNS: &str = "id, code, guild, place, channel, starter, started_at_ms, route, ended, zone";

/// The games of these shards that have not ended, by id.
pub(crate) fn live(conn: &Connection, shards: ShardRange) -> rusqlite::Result<Vec<StoredGame>> {
    let mut games = BTreeMap::new();
    let sql = format!("SELECT {COLUMNS} FROM games WHERE ended = 0");
    for game in conn.prepare_cached(&sql)?.query_map([], read_game)? {
        let game = game?;
        if shards.owns(game.meta.guild) {
            games.insert(game.id, game);
        }
    }
    let mut statement = conn.prepare_cached(LIVE_EVENTS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(game) = games.get_mut(&id_from_sql(row.get(0)?)) {
            add_event(game, row.get(1)?, row.get(2)?);
        }
    }
    Ok(games.into_values().collect())
}

/// The events of the live games, each game's in order.
pub(crate) const LIVE_EVENTS: &str = "SELECT e.game, e.seq, e.body
     FROM games g JOIN events e ON e.game = g.id
     WHERE g.ended = 0 ORDER BY g.id, e.seq";

pub(crate) fn by_id(conn: &Connection, id: GameId) -> rusqlite::Result<Option<StoredGame>> {
    let sql = format!("SELECT {COLUMNS} FROM games WHERE id = ?1");
    let found = conn
        .prepare_cached(&sql)?
        .query_row([id_to_sql(id)], read_game)
        .optional()?;
    with_events(conn, found)
}

pub(crate) fn by_code(conn: &Connection, code: &str) -> rusqlite::Result<Option<StoredGame>> {
    let sql =
        format!("SELECT {COLUMNS} FROM games WHERE code = ?1 ORDER BY started_at_ms, id LIMIT 1");
    let found = conn
        .prepare_cached(&sql)?
        .query_row([code], read_game)
        .optional()?;
    with_events(conn, found)
}

pub(crate) fn is_live(conn: &Connection, id: GameId, channel: ChannelId) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT 1 FROM games WHERE id = ?1 AND channel = ?2 AND NOT ended")?
        .exists([id_to_sql(id), id_to_sql(channel)])
}

pub(crate) const LATEST_OF_MEMBER: &str = "SELECT max(g.id)
     FROM participants p JOIN games g ON g.id = p.game
     WHERE p.member = ?1 AND p.game > ?2 AND g.starter = ?1 AND g.guild = ?3";
/// The plus keeps SQLite from using the index on servers, which would read games of all times.
pub(crate) const LATEST_IN_CHANNEL: &str =
    "SELECT max(id) FROM games WHERE id > ?1 AND channel = ?2 AND +guild = ?3";

pub(crate) fn latest_starts(conn: &Connection, of: StartsOf) -> rusqlite::Result<LatestStarts> {
    let (after, guild) = (id_to_sql(of.after), id_to_sql(of.guild));
    let latest = |sql: &str, parameters: [i64; 3]| {
        let mut statement = conn.prepare_cached(sql)?;
        let id: Option<i64> = statement.query_row(parameters, |row| row.get(0))?;
        Ok::<_, rusqlite::Error>(id.map(id_from_sql))
    };
    Ok(LatestStarts {
        by_member: latest(LATEST_OF_MEMBER, [id_to_sql(of.user), after, guild])?,
        in_channel: latest(LATEST_IN_CHANNEL, [after, id_to_sql(of.channel), guild])?,
    })
}

fn with_events(
    conn: &Connection,
    found: Option<StoredGame>,
) -> rusqlite::Result<Option<StoredGame>> {
    let Some(mut game) = found else {
        return Ok(None);
    };
    let mut statement =
        conn.prepare_cached("SELECT seq, body FROM events WHERE game = ?1 ORDER BY seq")?;
    let mut rows = statement.query([id_to_sql(game.id)])?;
    while let Some(row) = rows.next()? {
        add_event(&mut game, row.get(0)?, row.get(1)?);
    }
    Ok(Some(game))
}

fn add_event(game: &mut StoredGame, seq: u32, body: String) {
    game.events.push(body);
    game.next_seq = seq.saturating_add(1);
}

fn read_game(row: &Row<'_>) -> rusqlite::Result<StoredGame> {
    Ok(StoredGame {
        id: id_from_sql(row.get(0)?),
        meta: NewGame {
            code: row.get(1)?,
            guild: row.get::<_, Option<i64>>(2)?.map(id_from_sql),
            place: id_from_sql(row.get(3)?),
            channel: id_from_sql(row.get(4)?),
            starter: id_from_sql(row.get(5)?),
            started_at_ms: row.get(6)?,
            zone: GuildBoards::from_sql(None, row.get_ref(9)?.as_str_or_null()?).zone,
        },
        route: row.get(7)?,
        ended: row.get(8)?,
        events: Vec::new(),
        next_seq: 0,
    })
}
