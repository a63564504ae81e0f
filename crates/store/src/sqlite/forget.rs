//! A member's own data: exported and deleted.

use super::standings;
use crate::boards::{Counted, GuildBoards};
use crate::daily::scopes;
use crate::forget::{Anonymise, CHANNELS_MAX, Forgotten, GAMES_AT_ONCE, MemberRows, Step};
use crate::model::{id_from_sql, id_to_sql};
use crate::{StoreError, StoredGame};
use heat_core::id::{ChannelId, GameId, UserId};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, TransactionBehavior, ffi, params};
use serde_json::{Map, Value};
use std::thread;
use std::time::{Duration, Instant};

/// A member's own rows, by table.
const OWN: &[(&str, &str)] = &[
    ("reports", "SELECT * FROM reports WHERE member = ?1"),
    (
        "packs",
        "SELECT guild, id, added_at_ms FROM packs WHERE added_by = ?1",
    ),
    ("drafts", "SELECT * FROM drafts WHERE author = ?1"),
    (
        "daily_attempts",
        "SELECT * FROM daily_attempts WHERE user = ?1",
    ),
    (
        "daily_answers",
        "SELECT * FROM daily_answers WHERE user = ?1",
    ),
    (
        "daily_streaks",
        "SELECT * FROM daily_streaks WHERE user = ?1",
    ),
    ("daily_shares", "SELECT * FROM daily_shares WHERE user = ?1"),
    (
        "daily_film_attempts",
        "SELECT * FROM daily_film_attempts WHERE user = ?1",
    ),
    (
        "daily_film_guesses",
        "SELECT * FROM daily_film_guesses WHERE user = ?1",
    ),
    (
        "daily_film_shares",
        "SELECT * FROM daily_film_shares WHERE user = ?1",
    ),
    (
        "typed_hidden",
        "SELECT * FROM typed_hidden WHERE member = ?1",
    ),
    (
        "season_places",
        "SELECT * FROM season_places WHERE user = ?1",
    ),
    ("season_roles", "SELECT * FROM season_roles WHERE user = ?1"),
    (
        "schedule",
        "SELECT guild, next_at_ms FROM schedule WHERE host = ?1",
    ),
    (
        "chains",
        "SELECT channel, guild, at_ms, films FROM chains WHERE user = ?1 OR rival = ?1",
    ),
];

/// The rows deleted, and those kept without the member's id.
const DELETE: &[&str] = &[
    "DELETE FROM reports WHERE member = ?1",
    "DELETE FROM drafts WHERE author = ?1",
    "UPDATE packs SET added_by = 0 WHERE added_by = ?1",
    "DELETE FROM daily_attempts WHERE user = ?1",
    "DELETE FROM daily_answers WHERE user = ?1",
    "DELETE FROM daily_streaks WHERE user = ?1",
    "DELETE FROM daily_shares WHERE user = ?1",
    "DELETE FROM daily_film_attempts WHERE user = ?1",
    "DELETE FROM daily_film_guesses WHERE user = ?1",
    "DELETE FROM daily_film_shares WHERE user = ?1",
    "DELETE FROM typed_hidden WHERE member = ?1",
    "DELETE FROM season_places WHERE user = ?1",
    "DELETE FROM season_roles WHERE user = ?1",
    "UPDATE schedule SET host = NULL WHERE host = ?1",
    "DELETE FROM chains WHERE user = ?1 OR rival = ?1",
];

/// Files up to this size are rewritten after a deletion, so that no trace is left in free space: a
/// pause of some tenths of a second.
const COMPACT_BYTES_MAX: i64 = 64 << 20;
/// How long emptying the log waits for a copy in progress, and the pause between two tries.
const EMPTY_WAIT: Duration = Duration::from_secs(10);
const EMPTY_PAUSE: Duration = Duration::from_millis(50);

/// The games a member took part in, newest first, before `before`.
pub(crate) fn games(
    conn: &Connection,
    member: UserId,
    before: Option<GameId>,
    count: u32,
) -> rusqlite::Result<Vec<StoredGame>> {
    let ids: Vec<i64> = conn
        .prepare_cached(
            "SELECT game FROM participants WHERE member = ?1 AND game < ?2
             ORDER BY game DESC LIMIT ?3",
        )?
        .query_map(
            params![id_to_sql(member), before.map_or(i64::MAX, id_to_sql), count],
            |row| row.get(0),
        )?
        .collect::<rusqlite::Result<_>>()?;
    let games = ids.into_iter();
    let games = games.map(|id| super::games::by_id(conn, id_from_sql(id)));
    games.filter_map(Result::transpose).collect()
}

/// A member's rows that belong to no game.
pub(crate) fn rows(conn: &Connection, member: UserId) -> rusqlite::Result<MemberRows> {
    let mut found = MemberRows::new();
    for (table, sql) in OWN {
        let mut statement = conn.prepare_cached(sql)?;
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let read = |row: &Row<'_>| -> rusqlite::Result<Map<String, Value>> {
            let values = names.iter().enumerate();
            values
                .map(|(at, name)| Ok((name.clone(), value(row.get_ref(at)?))))
                .collect()
        };
        let rows = statement.query_map([id_to_sql(member)], read)?;
        found.insert((*table).to_owned(), rows.collect::<rusqlite::Result<_>>()?);
    }
    Ok(found)
}

fn value(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Integer(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into(),
        _ => Value::Null,
    }
}

/// One transaction of deleting a member. `first` refuses if they are in a live game.
pub(crate) fn step(
    conn: &mut Connection,
    member: UserId,
    first: bool,
    anonymise: Anonymise,
) -> Result<Step, StoreError> {
    // Deleted rows are overwritten in the file too.
    conn.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if first {
        let channels = live_channels(&tx, member)?;
        if !channels.is_empty() {
            return Ok(Step::Ended(Forgotten::Playing { channels }));
        }
    }
    let games = ended_games(&tx, member)?;
    let mut counted = Vec::new();
    for (game, home) in &games {
        counted.extend(take_answers(&tx, *game, *home, member)?);
        leave_game(&tx, *game, home.guild.is_none(), member, anonymise)?;
    }
    standings::take_away(&tx, &counted)?;
    if games.is_empty() {
        delete_rest(&tx, member)?;
    }
    tx.commit()?;
    if !games.is_empty() {
        return Ok(Step::More);
    }
    if let Err(error) = compact(conn) {
        tracing::warn!(%error, "store.not_compacted");
    }
    conn.pragma_update_and_check(None, "secure_delete", false, |_| Ok(()))?;
    Ok(Step::Ended(Forgotten::Done))
}

fn live_channels(conn: &Connection, member: UserId) -> rusqlite::Result<Vec<ChannelId>> {
    conn.prepare_cached(
        "SELECT g.channel FROM participants p JOIN games g ON g.id = p.game
         WHERE p.member = ?1 AND g.ended = 0 ORDER BY g.id LIMIT ?2",
    )?
    .query_map(params![id_to_sql(member), CHANNELS_MAX], |row| {
        Ok(id_from_sql(row.get(0)?))
    })?
    .collect()
}

/// Some of the member's games that are over, and where their answers count.
fn ended_games(conn: &Connection, member: UserId) -> rusqlite::Result<Vec<(i64, GuildBoards)>> {
    conn.prepare_cached(
        "SELECT g.guild, g.zone, p.game FROM participants p JOIN games g ON g.id = p.game
         WHERE p.member = ?1 AND g.ended = 1 ORDER BY p.game LIMIT ?2",
    )?
    .query_map(params![id_to_sql(member), GAMES_AT_ONCE], |row| {
        Ok((row.get(2)?, standings::home(row)?))
    })?
    .collect()
}

/// Removes a member's answers from a game's ledger. Returns those that counted.
fn take_answers(
    conn: &Connection,
    game: i64,
    home: GuildBoards,
    member: UserId,
) -> rusqlite::Result<Vec<Counted>> {
    let whose = [game, id_to_sql(member)];
    let counted = conn
        .prepare_cached(
            "SELECT a.correct, a.points, a.at_ms FROM answers a
             JOIN reveals r ON r.game = a.game AND r.round = a.round
             WHERE a.game = ?1 AND a.user = ?2",
        )?
        .query_map(whose, |row| {
            Ok(Counted {
                home,
                user: member,
                correct: row.get(0)?,
                points: row.get(1)?,
                at_ms: row.get(2)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    conn.prepare_cached("DELETE FROM answers WHERE game = ?1 AND user = ?2")?
        .execute(whose)?;
    Ok(counted)
}

/// Replaces the member by a number, and clears what else leads to them: the route to the game's
/// messages, and the channel of a direct message.
fn leave_game(
    conn: &Connection,
    game: i64,
    is_direct: bool,
    member: UserId,
    anonymise: Anonymise,
) -> Result<(), StoreError> {
    let events: Vec<(u32, String)> = conn
        .prepare_cached(
            "SELECT seq, body FROM events WHERE game = ?1 AND instr(body, ?2) > 0 ORDER BY seq",
        )?
        .query_map(params![game, member.to_string()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let changed = anonymise(&events, member).map_err(|reason| StoreError::Damaged { reason })?;
    let mut update =
        conn.prepare_cached("UPDATE events SET body = ?3 WHERE game = ?1 AND seq = ?2")?;
    for (seq, body) in &changed.events {
        update.execute(params![game, seq, body])?;
    }
    if is_direct {
        conn.prepare_cached(
            "DELETE FROM asked WHERE place = (SELECT place FROM games WHERE id = ?1)",
        )?
        .execute([game])?;
        conn.prepare_cached("UPDATE games SET place = 0, channel = 0 WHERE id = ?1")?
            .execute([game])?;
    }
    conn.prepare_cached(
        "UPDATE games SET route = NULL, starter = iif(starter = ?2, ?3, starter) WHERE id = ?1",
    )?
    .execute(params![
        game,
        id_to_sql(member),
        id_to_sql(changed.stand_in)
    ])?;
    conn.prepare_cached("DELETE FROM participants WHERE member = ?1 AND game = ?2")?
        .execute([id_to_sql(member), game])?;
    Ok(())
}

/// What belongs to no game.
fn delete_rest(conn: &Connection, member: UserId) -> rusqlite::Result<()> {
    let mut attempts = conn.prepare_cached(
        "SELECT day, score, guild FROM daily_attempts WHERE user = ?1 AND score IS NOT NULL",
    )?;
    let mut rows = attempts.query([id_to_sql(member)])?;
    while let Some(row) = rows.next()? {
        let (day, score): (i64, i64) = (row.get(0)?, row.get(1)?);
        for scope in scopes(row.get(2)?) {
            let slot = params![scope, day, score];
            conn.prepare_cached(
                "UPDATE daily_tallies SET players = players - 1
                 WHERE scope = ?1 AND day = ?2 AND score = ?3",
            )?
            .execute(slot)?;
            conn.prepare_cached(
                "DELETE FROM daily_tallies
                 WHERE scope = ?1 AND day = ?2 AND score = ?3 AND players <= 0",
            )?
            .execute(slot)?;
        }
    }
    for sql in DELETE {
        conn.prepare_cached(sql)?.execute([id_to_sql(member)])?;
    }
    Ok(())
}

/// Rewrites the file if that is quick, and empties its log.
fn compact(conn: &Connection) -> rusqlite::Result<()> {
    let number = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0));
    let bytes = number("PRAGMA page_count")? * number("PRAGMA page_size")?;
    if bytes <= COMPACT_BYTES_MAX {
        conn.execute_batch("VACUUM")?;
    }
    let patience = Instant::now() + EMPTY_WAIT;
    loop {
        let (is_busy, pages): (bool, i64) =
            conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        if !is_busy {
            return Ok(());
        }
        // SQLite has already waited for readers. It does not wait for a copy of the log in
        // progress, and then cannot tell its length; such a copy ends by itself.
        if pages >= 0 || Instant::now() >= patience {
            break;
        }
        thread::sleep(EMPTY_PAUSE);
    }
    Err(rusqlite::Error::SqliteFailure(
        ffi::Error::new(ffi::SQLITE_BUSY),
        Some("the write-ahead log is in use, and was not emptied".to_owned()),
    ))
}
