//! The daily puzzles: what they are, and the attempts, boards and streaks of the five questions. It concerns no game, so it need
//! not wait for the writer.
//!
//! Every change of an attempt first locks that attempt's row, so that two answers of one member are
//! handled one after the other, in any process. The rows of a board's tally, which all processes
//! share, are locked last.

use super::connection::{Connection, Params};
use super::error::Fault;
use super::games::{BEGIN_READ, damaged};
use crate::daily::{assemble, scopes, start};
use crate::model::{id_from_sql, id_to_sql};
use crate::{DailyAnswer, DailyKind};
use heat_core::daily::{Attempt, AttemptAnswer, Day, Page, Placing, QUESTIONS, Streak, Tally};
use heat_core::id::{ChannelId, GuildId, UserId};
use heat_core::standing::PAGE_ROWS;
use std::sync::Arc;
use tokio_postgres::Row;

/// Frequent statements.
pub(super) const STATEMENTS: &[&str] = &[
    PUZZLE, FILM, BEGUN, ANSWERS, BEGIN, HOLD, ANSWER, TALLIES, STREAK, PLACED,
];

const PUZZLE: &str = "SELECT body FROM daily_puzzles WHERE day = $1";
const KEEP_PUZZLE: &str = "INSERT INTO daily_puzzles (day, body) VALUES ($1, $2)
     ON CONFLICT DO NOTHING";
const FILM: &str = "SELECT body FROM daily_films WHERE day = $1";
const KEEP_FILM: &str =
    "INSERT INTO daily_films (day, body) VALUES ($1, $2) ON CONFLICT DO NOTHING";
const BEGUN: &str = "SELECT 1 FROM daily_attempts WHERE player = $1 AND day = $2";
const ANSWERS: &str = "SELECT choice, correct FROM daily_answers
     WHERE player = $1 AND day = $2 ORDER BY position";
const BEGIN: &str = "INSERT INTO daily_attempts (player, day, begun_at_ms) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING";
const HOLD: &str = "SELECT 1 FROM daily_attempts WHERE player = $1 AND day = $2 FOR UPDATE";
const ANSWER: &str = "INSERT INTO daily_answers (player, day, position, choice, correct, at_ms)
     VALUES ($1, $2, $3, $4, $5, $6)";
const END: &str = "UPDATE daily_attempts SET ended_at_ms = $3, score = $4, guild = $5
     WHERE player = $1 AND day = $2";
const COUNT: &str = "INSERT INTO daily_tallies AS t (scope, day, score, players)
     VALUES ($1, $2, $3, 1)
     ON CONFLICT (scope, day, score) DO UPDATE SET players = t.players + 1";
const TALLIES: &str = "SELECT score, players FROM daily_tallies WHERE scope = $1 AND day = $2";
const STREAK: &str = "SELECT last_day, current_run, best_run, days FROM daily_streaks
     WHERE player = $1";
const PUT_STREAK: &str = "INSERT INTO daily_streaks
         (player, last_day, current_run, best_run, days)
     VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (player) DO UPDATE SET last_day = excluded.last_day,
         current_run = excluded.current_run, best_run = excluded.best_run, days = excluded.days";
const SHARE: &str = "INSERT INTO daily_shares (player, day, channel) VALUES ($1, $2, $3)
     ON CONFLICT DO NOTHING";
const SHARE_FILM: &str = "INSERT INTO daily_film_shares (player, day, channel)
     VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
const PLACED: &str = "SELECT score, guild FROM daily_attempts
     WHERE player = $1 AND day = $2 AND score IS NOT NULL";
/// Rows of a global page, from a score on: those before it are skipped within the index alone.
const PAGE: &str = "SELECT player, score FROM daily_attempts
     WHERE day = $1 AND score <= $2 ORDER BY score DESC, player LIMIT $3 OFFSET $4";
/// The same for one server.
const GUILD_PAGE: &str = "SELECT player, score FROM daily_attempts
     WHERE day = $1 AND score <= $2 AND guild = $5
     ORDER BY score DESC, player LIMIT $3 OFFSET $4";

/// A day's puzzle, if it is stored.
pub(crate) async fn puzzle(
    conn: &Connection,
    kind: DailyKind,
    day: Day,
) -> Result<Option<String>, Fault> {
    let sql = match kind {
        DailyKind::Questions => PUZZLE,
        DailyKind::Film => FILM,
    };
    let rows = conn.query(sql, &[&i64::from(day.0)]).await?;
    Ok(rows.first().map(|row| row.try_get(0)).transpose()?)
}

/// Stores a day's puzzle if there is none, and returns the stored one.
pub(crate) async fn keep_puzzle(
    conn: &Connection,
    kind: DailyKind,
    day: Day,
    body: Arc<str>,
) -> Result<String, Fault> {
    let values: Params<'_> = &[&i64::from(day.0), &&*body];
    let sql = match kind {
        DailyKind::Questions => KEEP_PUZZLE,
        DailyKind::Film => KEEP_FILM,
    };
    conn.execute(sql, values).await?;
    Ok(puzzle(conn, kind, day)
        .await?
        .unwrap_or_else(|| (*body).to_owned()))
}

/// A member's attempt at a day's puzzle; none if they have not begun.
pub(crate) async fn attempt(
    conn: &Connection,
    day: Day,
    user: UserId,
) -> Result<Option<Attempt>, Fault> {
    let (user, day) = (id_to_sql(user), i64::from(day.0));
    let key: Params<'_> = &[&user, &day];
    let (begun, answers) =
        tokio::try_join!(biased; conn.query(BEGUN, key), conn.query(ANSWERS, key))?;
    if begun.is_empty() {
        return Ok(None);
    }
    read_attempt(&answers).map(Some)
}

/// Records that a member has begun. Repeating it changes nothing.
pub(crate) async fn begin(
    conn: &Connection,
    day: Day,
    user: UserId,
    at_ms: i64,
) -> Result<(), Fault> {
    let values: Params<'_> = &[&id_to_sql(user), &i64::from(day.0), &at_ms];
    conn.execute(BEGIN, values).await.map(drop)
}

/// Stores an answer if it is the attempt's next one, in the caller's transaction. Returns the
/// attempt after that; none if the member has not begun.
///
/// If the confirmation is lost, a repeat finds the answer stored and returns the same.
pub(crate) async fn answer(
    conn: &Connection,
    answer: DailyAnswer,
) -> Result<Option<Attempt>, Fault> {
    let (user, day) = (id_to_sql(answer.user), i64::from(answer.day.0));
    let key: Params<'_> = &[&user, &day];
    // Reading after locking the row sees what every earlier holder wrote.
    let (held, answers) =
        tokio::try_join!(biased; conn.query(HOLD, key), conn.query(ANSWERS, key))?;
    let mut attempt = read_attempt(&answers)?;
    if held.is_empty() || attempt.next() != Some(answer.position) {
        return Ok((!held.is_empty()).then_some(attempt));
    }
    let (position, choice) = (i64::from(answer.position), i64::from(answer.choice));
    let row: Params<'_> = &[
        &user,
        &day,
        &position,
        &choice,
        &answer.correct,
        &answer.at_ms,
    ];
    conn.execute(ANSWER, row).await?;
    attempt.answers.push(AttemptAnswer {
        choice: answer.choice,
        correct: answer.correct,
    });
    if attempt.answers.len() == usize::from(QUESTIONS) {
        finish(conn, &answer, attempt.score()).await?;
    }
    Ok(Some(attempt))
}

/// After the last answer: adds the attempt to its boards and its member's streak.
async fn finish(conn: &Connection, last: &DailyAnswer, score: u8) -> Result<(), Fault> {
    let (user, guild) = (id_to_sql(last.user), last.guild.map(id_to_sql));
    let (day, score) = (i64::from(last.day.0), i64::from(score));
    let ended: Params<'_> = &[&user, &day, &last.at_ms, &score, &guild];
    conn.execute(END, ended).await?;
    let streak = match streak(conn, last.user).await? {
        None => Streak::begin(last.day),
        Some(streak) => streak.and(last.day),
    };
    let (current, best) = (i64::from(streak.current), i64::from(streak.best));
    let (last_day, days) = (i64::from(streak.last.0), i64::from(streak.days));
    let row: Params<'_> = &[&user, &last_day, &current, &best, &days];
    conn.execute(PUT_STREAK, row).await?;
    for whose in scopes(guild) {
        conn.execute(COUNT, &[&whose, &day, &score]).await?;
    }
    Ok(())
}

/// A member's streak of days; none before the first.
pub(crate) async fn streak(conn: &Connection, user: UserId) -> Result<Option<Streak>, Fault> {
    let rows = conn.query(STREAK, &[&id_to_sql(user)]).await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    Ok(Some(Streak {
        last: Day(number(row, 0)?),
        current: number(row, 1)?,
        best: number(row, 2)?,
        days: number(row, 3)?,
    }))
}

/// Records that a member shares a day's result in a channel. Returns whether it is the first time.
pub(crate) async fn share(
    conn: &Connection,
    kind: DailyKind,
    day: Day,
    user: UserId,
    channel: ChannelId,
) -> Result<bool, Fault> {
    let row: Params<'_> = &[&id_to_sql(user), &i64::from(day.0), &id_to_sql(channel)];
    let sql = match kind {
        DailyKind::Questions => SHARE,
        DailyKind::Film => SHARE_FILM,
    };
    Ok(conn.execute(sql, row).await? > 0)
}

/// A page of a day's board, of one server or of all.
pub(crate) async fn page(
    conn: &Connection,
    day: Day,
    guild: Option<GuildId>,
    page: u32,
) -> Result<Page, Fault> {
    let whose = guild.map_or(0, id_to_sql);
    conn.run(BEGIN_READ).await?;
    let tally = tally(conn, day, whose).await?;
    let rows = match start(&tally, page) {
        None => Vec::new(),
        Some((score, skip)) => {
            let (day, score) = (i64::from(day.0), i64::from(score));
            let count = i64::from(PAGE_ROWS);
            if guild.is_none() {
                conn.query(PAGE, &[&day, &score, &count, &skip]).await?
            } else {
                let bounds: Params<'_> = &[&day, &score, &count, &skip, &whose];
                conn.query(GUILD_PAGE, bounds).await?
            }
        }
    };
    conn.run("COMMIT").await?;
    let read = |row: &Row| Ok((id_from_sql(row.try_get(0)?), number(row, 1)?));
    let rows = rows.iter().map(read).collect::<Result<_, Fault>>()?;
    Ok(assemble(&tally, page, rows))
}

/// A member's place on a day's board; none if they are not on it.
pub(crate) async fn placing(
    conn: &Connection,
    day: Day,
    guild: Option<GuildId>,
    user: UserId,
) -> Result<Option<Placing>, Fault> {
    let key: Params<'_> = &[&id_to_sql(user), &i64::from(day.0)];
    let (rows, tally) = tokio::try_join!(biased;
        conn.query(PLACED, key),
        tally(conn, day, guild.map_or(0, id_to_sql)),
    )?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let at: Option<i64> = row.try_get(1)?;
    if guild.is_some() && guild != at.map(id_from_sql) {
        return Ok(None);
    }
    let score = number(row, 0)?;
    let rank = tally.rank(score);
    Ok(Some(Placing { rank, user, score }))
}

async fn tally(conn: &Connection, day: Day, scope: i64) -> Result<Tally, Fault> {
    let key: Params<'_> = &[&scope, &i64::from(day.0)];
    let rows = conn.query(TALLIES, key).await?;
    let pairs = rows.iter().map(|row| {
        let players: i64 = row.try_get(1)?;
        Ok((number(row, 0)?, players.max(0).cast_unsigned()))
    });
    Ok(Tally::of(pairs.collect::<Result<Vec<_>, Fault>>()?))
}

fn read_attempt(answers: &[Row]) -> Result<Attempt, Fault> {
    let given = |row: &Row| {
        Ok(AttemptAnswer {
            choice: number(row, 0)?,
            correct: row.try_get(1)?,
        })
    };
    let answers = answers.iter().map(given).collect::<Result<_, Fault>>()?;
    Ok(Attempt { answers })
}

/// Reads a column of small numbers.
fn number<N: TryFrom<i64>>(row: &Row, column: usize) -> Result<N, Fault> {
    let number: i64 = row.try_get(column)?;
    N::try_from(number).map_err(|_| damaged("a number of the daily puzzle", number))
}
