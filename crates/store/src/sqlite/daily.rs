//! The daily puzzles: what they are, and the attempts, boards and streaks of the five questions.

use crate::daily::{assemble, scopes, start};
use crate::model::{id_from_sql, id_to_sql};
use crate::{DailyAnswer, DailyKind};
use heat_core::daily::{Attempt, AttemptAnswer, Day, Page, Placing, QUESTIONS, Streak, Tally};
use heat_core::id::{ChannelId, GuildId, UserId};
use heat_core::standing::PAGE_ROWS;
use rusqlite::{Connection, OptionalExtension, params};

fn table(kind: DailyKind) -> &'static str {
    match kind {
        DailyKind::Questions => "daily_puzzles",
        DailyKind::Film => "daily_films",
    }
}

/// A day's puzzle, if it is stored.
pub(crate) fn puzzle(
    conn: &Connection,
    kind: DailyKind,
    day: Day,
) -> rusqlite::Result<Option<String>> {
    conn.prepare_cached(&format!("SELECT body FROM {} WHERE day = ?1", table(kind)))?
        .query_row([day.0], |row| row.get(0))
        .optional()
}

/// Stores a day's puzzle if there is none, and returns the stored one.
pub(crate) fn keep_puzzle(
    conn: &Connection,
    kind: DailyKind,
    day: Day,
    body: &str,
) -> rusqlite::Result<String> {
    let (table, values) = (table(kind), params![day.0, body]);
    let sql = format!("INSERT INTO {table} (day, body) VALUES (?1, ?2) ON CONFLICT DO NOTHING");
    conn.execute(&sql, values)?;
    Ok(puzzle(conn, kind, day)?.unwrap_or_else(|| body.to_owned()))
}

/// A member's attempt at a day's puzzle; none if they have not begun.
pub(crate) fn attempt(
    conn: &Connection,
    day: Day,
    user: UserId,
) -> rusqlite::Result<Option<Attempt>> {
    let key = params![id_to_sql(user), day.0];
    let has_begun = conn
        .prepare_cached("SELECT 1 FROM daily_attempts WHERE user = ?1 AND day = ?2")?
        .exists(key)?;
    if !has_begun {
        return Ok(None);
    }
    let answers = conn
        .prepare_cached(
            "SELECT choice, correct FROM daily_answers
             WHERE user = ?1 AND day = ?2 ORDER BY position",
        )?
        .query_map(key, |row| {
            Ok(AttemptAnswer {
                choice: row.get(0)?,
                correct: row.get(1)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(Attempt { answers }))
}

/// Records that a member has begun. Repeating it changes nothing.
pub(crate) fn begin(conn: &Connection, day: Day, user: UserId, at_ms: i64) -> rusqlite::Result<()> {
    let sql = "INSERT INTO daily_attempts (user, day, begun_at_ms) VALUES (?1, ?2, ?3)
         ON CONFLICT DO NOTHING";
    conn.prepare_cached(sql)?
        .execute(params![id_to_sql(user), day.0, at_ms])
        .map(drop)
}

/// Stores an answer if it is the attempt's next one, together with its consequences. Returns the
/// attempt after that; none if the member has not begun.
pub(crate) fn answer(
    conn: &mut Connection,
    answer: &DailyAnswer,
) -> rusqlite::Result<Option<Attempt>> {
    let tx = conn.transaction()?;
    let attempt = take(&tx, answer)?;
    tx.commit()?;
    Ok(attempt)
}

fn take(conn: &Connection, answer: &DailyAnswer) -> rusqlite::Result<Option<Attempt>> {
    let Some(mut attempt) = attempt(conn, answer.day, answer.user)? else {
        return Ok(None);
    };
    if attempt.next() != Some(answer.position) {
        return Ok(Some(attempt));
    }
    conn.prepare_cached(
        "INSERT INTO daily_answers (user, day, position, choice, correct, at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        id_to_sql(answer.user),
        answer.day.0,
        answer.position,
        answer.choice,
        answer.correct,
        answer.at_ms
    ])?;
    attempt.answers.push(AttemptAnswer {
        choice: answer.choice,
        correct: answer.correct,
    });
    if attempt.answers.len() == usize::from(QUESTIONS) {
        finish(conn, answer, attempt.score())?;
    }
    Ok(Some(attempt))
}

/// After the last answer: adds the attempt to its boards and its member's streak.
fn finish(conn: &Connection, last: &DailyAnswer, score: u8) -> rusqlite::Result<()> {
    let (user, guild) = (id_to_sql(last.user), last.guild.map(id_to_sql));
    conn.prepare_cached(
        "UPDATE daily_attempts SET ended_at_ms = ?3, score = ?4, guild = ?5
         WHERE user = ?1 AND day = ?2",
    )?
    .execute(params![user, last.day.0, last.at_ms, score, guild])?;
    let mut tally = conn.prepare_cached(
        "INSERT INTO daily_tallies (scope, day, score, players) VALUES (?1, ?2, ?3, 1)
         ON CONFLICT DO UPDATE SET players = players + 1",
    )?;
    for whose in scopes(guild) {
        tally.execute(params![whose, last.day.0, score])?;
    }
    let streak = match streak(conn, last.user)? {
        None => Streak::begin(last.day),
        Some(streak) => streak.and(last.day),
    };
    let sql = "INSERT OR REPLACE INTO daily_streaks (user, last_day, current_run, best_run, days)
         VALUES (?1, ?2, ?3, ?4, ?5)";
    let Streak {
        last,
        current,
        best,
        days,
    } = streak;
    conn.prepare_cached(sql)?
        .execute(params![user, last.0, current, best, days])
        .map(drop)
}

/// A member's streak of days; none before the first.
pub(crate) fn streak(conn: &Connection, user: UserId) -> rusqlite::Result<Option<Streak>> {
    conn.prepare_cached(
        "SELECT last_day, current_run, best_run, days FROM daily_streaks WHERE user = ?1",
    )?
    .query_row([id_to_sql(user)], |row| {
        Ok(Streak {
            last: Day(row.get(0)?),
            current: row.get(1)?,
            best: row.get(2)?,
            days: row.get(3)?,
        })
    })
    .optional()
}

/// Records that a member shares a day's result in a channel. Returns whether it is the first time.
pub(crate) fn share(
    conn: &Connection,
    kind: DailyKind,
    day: Day,
    user: UserId,
    channel: ChannelId,
) -> rusqlite::Result<bool> {
    let table = match kind {
        DailyKind::Questions => "daily_shares",
        DailyKind::Film => "daily_film_shares",
    };
    let sql = format!(
        "INSERT INTO {table} (user, day, channel) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"
    );
    let row = params![id_to_sql(user), day.0, id_to_sql(channel)];
    Ok(conn.prepare_cached(&sql)?.execute(row)? > 0)
}

/// Rows of a global page, from a score on: those before it are skipped within the index alone.
pub(crate) const PAGE: &str = "SELECT user, score FROM daily_attempts
     WHERE day = ?2 AND score <= ?3 ORDER BY score DESC, user LIMIT ?4 OFFSET ?5";
/// The same for one server.
pub(crate) const GUILD_PAGE: &str = "SELECT user, score FROM daily_attempts
     WHERE guild = ?1 AND day = ?2 AND score <= ?3 ORDER BY score DESC, user LIMIT ?4 OFFSET ?5";

/// A page of a day's board, of one server or of all.
pub(crate) fn page(
    conn: &Connection,
    day: Day,
    guild: Option<GuildId>,
    page: u32,
) -> rusqlite::Result<Page> {
    let whose = guild.map_or(0, id_to_sql);
    let tally = tally(conn, day, whose)?;
    let Some((score, skip)) = start(&tally, page) else {
        return Ok(assemble(&tally, page, Vec::new()));
    };
    let sql = if guild.is_some() { GUILD_PAGE } else { PAGE };
    let bounds = params![whose, day.0, score, PAGE_ROWS, skip];
    let rows = conn
        .prepare_cached(sql)?
        .query_map(bounds, |row| Ok((id_from_sql(row.get(0)?), row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(assemble(&tally, page, rows))
}

/// A member's place on a day's board; none if they are not on it.
pub(crate) fn placing(
    conn: &Connection,
    day: Day,
    guild: Option<GuildId>,
    user: UserId,
) -> rusqlite::Result<Option<Placing>> {
    let found = conn
        .prepare_cached(
            "SELECT score, guild FROM daily_attempts
             WHERE user = ?1 AND day = ?2 AND score IS NOT NULL",
        )?
        .query_row(params![id_to_sql(user), day.0], |row| {
            Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?.map(id_from_sql)))
        })
        .optional()?;
    let Some((score, _)) = found.filter(|(_, at)| guild.is_none() || guild == *at) else {
        return Ok(None);
    };
    let rank = tally(conn, day, guild.map_or(0, id_to_sql))?.rank(score);
    Ok(Some(Placing { rank, user, score }))
}

fn tally(conn: &Connection, day: Day, scope: i64) -> rusqlite::Result<Tally> {
    let scores = conn
        .prepare_cached("SELECT score, players FROM daily_tallies WHERE scope = ?1 AND day = ?2")?
        .query_map(params![scope, day.0], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned()))
        })?
        .collect::<rusqlite::Result<Vec<(u8, u64)>>>()?;
    Ok(Tally::of(scores))
}
