//! Applies one [`Write`], except for the standings.

use super::standings::home;
use super::{asked_history, questions};
use crate::boards::{Counted, GuildBoards, zone_to_sql};
use crate::model::{id_from_sql, id_to_sql};
use crate::{AnswerRow, NewGame, StoreError, Write};
use heat_core::id::GameId;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Stores `write` and returns the answers that now count. If this fails, the caller rolls back.
pub(super) fn apply(conn: &Connection, write: &Write) -> Result<Vec<Counted>, StoreError> {
    let game = id_to_sql(write.game);
    if let Some(new) = &write.create {
        create(conn, write.game, new)?;
    }
    let found = conn
        .prepare_cached("SELECT guild, zone, place FROM games WHERE id = ?1")?
        .query_row([game], |row| Ok((home(row)?, row.get(2)?)))
        .optional()?;
    let Some((home, place)): Option<(GuildBoards, i64)> = found else {
        return Err(conflict(write.game, "there is no such game".to_owned()));
    };
    append_events(conn, write)?;
    for member in write.participants() {
        take_part(conn, member, game)?;
    }
    let mut counted = Vec::new();
    for answer in &write.answers {
        if enter(conn, game, answer)? && is_revealed(conn, game, answer.round)? {
            counted.push(Counted::new(home, answer));
            questions::count_one(conn, &answer.question, answer.correct)?;
        }
    }
    for round in &write.revealed {
        if reveal(conn, game, *round)? {
            counted.extend(answers_of(conn, home, game, *round)?);
            questions::count_round(conn, game, *round)?;
        }
    }
    for question in &write.asked {
        asked_history::note(conn, place, question, write.game)?;
    }
    if write.ended || write.route.is_some() {
        conn.prepare_cached(
            "UPDATE games SET route = coalesce(?2, route), ended = max(ended, ?3) WHERE id = ?1",
        )?
        .execute(params![game, write.route, write.ended])?;
    }
    Ok(counted)
}

fn conflict(game: GameId, reason: String) -> StoreError {
    StoreError::Conflict { game, reason }
}

fn create(conn: &Connection, game: GameId, new: &NewGame) -> Result<(), StoreError> {
    let created = conn
        .prepare_cached(
            "INSERT INTO games (id, code, guild, place, channel, starter, started_at_ms, zone)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            id_to_sql(game),
            new.code,
            new.guild.map(id_to_sql),
            id_to_sql(new.place),
            id_to_sql(new.channel),
            id_to_sql(new.starter),
            new.started_at_ms,
            zone_to_sql(new.zone),
        ])?;
    match created {
        0 => Err(conflict(game, "it exists already".to_owned())),
        _ => Ok(()),
    }
}

/// Longer events are inserted through the schema's view, whose trigger stores them in their own
/// table. It would handle short ones too, but costs every answer two microseconds.
const LONG: usize = 500;
/// The number of a game's last event, if it has any.
pub(crate) const LAST_EVENT: &str = "SELECT max(seq) FROM event_rows WHERE game = ?1";

fn append_events(conn: &Connection, write: &Write) -> Result<(), StoreError> {
    if write.events.is_empty() {
        return Ok(());
    }
    let game = id_to_sql(write.game);
    let first = i64::from(write.first_seq);
    let last: Option<i64> = conn
        .prepare_cached(LAST_EVENT)?
        .query_row([game], |row| row.get(0))?;
    if let Some(last) = last
        && first != last + 1
    {
        let reason =
            format!("its last event is number {last}, and the next came as number {first}");
        return Err(conflict(write.game, reason));
    }
    for (seq, body) in (first..).zip(&write.events) {
        let insert = if body.len() > LONG {
            "INSERT INTO events (game, seq, body) VALUES (?1, ?2, ?3)"
        } else {
            "INSERT INTO event_rows (game, seq, body) VALUES (?1, ?2, ?3)"
        };
        conn.prepare_cached(insert)?
            .execute(params![game, seq, body])?;
    }
    Ok(())
}

/// Records that a member takes part in a game. Repeating it changes nothing.
fn take_part(conn: &Connection, member: i64, game: i64) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO participants (member, game) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    )?
    .execute([member, game])
    .map(drop)
}

/// Adds an answer to the ledger. Returns whether it is new.
fn enter(conn: &Connection, game: i64, answer: &AnswerRow) -> rusqlite::Result<bool> {
    let entered = conn
        .prepare_cached(
            "INSERT INTO answers
                 (game, round, user, question, topic, choice, correct, points, elapsed_ms, at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            game,
            answer.round,
            id_to_sql(answer.user),
            answer.question,
            answer.topic,
            answer.choice,
            answer.correct,
            answer.points,
            answer.elapsed_ms,
            answer.at_ms,
        ])?;
    Ok(entered == 1)
}

fn is_revealed(conn: &Connection, game: i64, round: u16) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT 1 FROM reveals WHERE game = ?1 AND round = ?2")?
        .exists(params![game, round])
}

/// Marks a round as revealed. Returns whether it was not before.
fn reveal(conn: &Connection, game: i64, round: u16) -> rusqlite::Result<bool> {
    let revealed = conn
        .prepare_cached("INSERT INTO reveals (game, round) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
        .execute(params![game, round])?;
    Ok(revealed == 1)
}

fn answers_of(
    conn: &Connection,
    home: GuildBoards,
    game: i64,
    round: u16,
) -> rusqlite::Result<Vec<Counted>> {
    let read = |row: &Row<'_>| {
        Ok(Counted {
            home,
            user: id_from_sql(row.get(0)?),
            correct: row.get(1)?,
            points: row.get(2)?,
            at_ms: row.get(3)?,
        })
    };
    conn.prepare_cached(
        "SELECT user, correct, points, at_ms FROM answers WHERE game = ?1 AND round = ?2",
    )?
    .query_map(params![game, round], read)?
    .collect()
}
