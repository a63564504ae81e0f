//! The film of the day: members' guesses, ranks and streaks. It concerns no game, so it
//! need not wait for the writer.
//!
//! Every guess first locks its attempt's row, so that two guesses of one member are handled one
//! after the other, in any process.

use super::connection::{Connection, Params};
use super::error::Fault;
use super::games::damaged;
use crate::DailyFilmGuess;
use crate::daily_film::run;
use crate::model::id_to_sql;
use heat_core::daily::film::{FilmAttempt, FilmGuess, FilmPlacing};
use heat_core::daily::{Day, Streak};
use heat_core::id::{GuildId, UserId};
use tokio_postgres::Row;

/// Frequent statements.
pub(super) const STATEMENTS: &[&str] = &[GUESSES, BEGIN, HOLD, GUESS];

const GUESSES: &str = "SELECT guess, correct FROM daily_film_guesses
     WHERE player = $1 AND day = $2 ORDER BY position";
const BEGIN: &str = "INSERT INTO daily_film_attempts (player, day) VALUES ($1, $2)
     ON CONFLICT DO NOTHING";
const HOLD: &str = "SELECT 1 FROM daily_film_attempts WHERE player = $1 AND day = $2 FOR UPDATE";
const GUESS: &str = "INSERT INTO daily_film_guesses (player, day, position, guess, correct, at_ms)
     VALUES ($1, $2, $3, $4, $5, $6)";
const END: &str = "UPDATE daily_film_attempts SET ended_at_ms = $3, score = $4, guild = $5
     WHERE player = $1 AND day = $2";
const DAYS: &str = "SELECT day FROM daily_film_attempts
     WHERE player = $1 AND score IS NOT NULL ORDER BY day";
const SCORE: &str = "SELECT score FROM daily_film_attempts
     WHERE player = $1 AND day = $2 AND guild = $3 AND score IS NOT NULL";
const TALLY: &str = "SELECT score, count(*) FROM daily_film_attempts
     WHERE guild = $1 AND day = $2 AND score IS NOT NULL GROUP BY score";

/// A member's attempt at a day's film.
pub(crate) async fn attempt(
    conn: &Connection,
    day: Day,
    user: UserId,
) -> Result<FilmAttempt, Fault> {
    let key: Params<'_> = &[&id_to_sql(user), &i64::from(day.0)];
    read_attempt(&conn.query(GUESSES, key).await?)
}

fn read_attempt(rows: &[Row]) -> Result<FilmAttempt, Fault> {
    let read = |row: &Row| {
        Ok(FilmGuess {
            guess: row.try_get(0)?,
            correct: row.try_get(1)?,
        })
    };
    let guesses = rows.iter().map(read).collect::<Result<_, Fault>>()?;
    Ok(FilmAttempt { guesses })
}

/// Stores a guess if the attempt accepts it, in the caller's transaction. Returns the attempt after
/// that.
///
/// If the confirmation is lost, a repeat finds the guess stored and returns the same.
pub(crate) async fn guess(conn: &Connection, guess: DailyFilmGuess) -> Result<FilmAttempt, Fault> {
    let (user, day) = (id_to_sql(guess.user), i64::from(guess.day.0));
    let key: Params<'_> = &[&user, &day];
    conn.execute(BEGIN, key).await?;
    // Reading after locking the row sees what every earlier holder wrote.
    conn.query(HOLD, key).await?;
    let mut attempt = read_attempt(&conn.query(GUESSES, key).await?)?;
    let next = attempt.next();
    let Some(position) = next.filter(|_| attempt.takes(&guess.guess, guess.position)) else {
        return Ok(attempt);
    };
    let row: Params<'_> = &[
        &user,
        &day,
        &i64::from(position),
        &&*guess.guess,
        &guess.correct,
        &guess.at_ms,
    ];
    conn.execute(GUESS, row).await?;
    attempt.guesses.push(FilmGuess {
        guess: guess.guess.as_ref().to_owned(),
        correct: guess.correct,
    });
    if attempt.is_over() {
        let score = guess.counts.then(|| i64::from(attempt.score()));
        let guild = guess.guild.map(id_to_sql);
        let ended: Params<'_> = &[&user, &day, &guess.at_ms, &score, &guild];
        conn.execute(END, ended).await?;
    }
    Ok(attempt)
}

/// A member's streak; `None` before the first film. One row per day, found by the primary key.
pub(crate) async fn streak(conn: &Connection, user: UserId) -> Result<Option<Streak>, Fault> {
    let rows = conn.query(DAYS, &[&id_to_sql(user)]).await?;
    let days = rows.iter().map(|row| {
        let day: i64 = row.try_get(0)?;
        let day = i32::try_from(day).map_err(|_| damaged("a day of the daily film", day))?;
        Ok(Day(day))
    });
    Ok(run(days.collect::<Result<Vec<_>, Fault>>()?))
}

/// A member's rank among those who have finished in a server; `None` if they have not.
pub(crate) async fn placing(
    conn: &Connection,
    day: Day,
    guild: GuildId,
    user: UserId,
) -> Result<Option<FilmPlacing>, Fault> {
    let (guild, day) = (id_to_sql(guild), i64::from(day.0));
    let own: Params<'_> = &[&id_to_sql(user), &day, &guild];
    let found = conn.query(SCORE, own).await?;
    let Some(row) = found.first() else {
        return Ok(None);
    };
    let score = score_in(row)?;
    let rows = conn.query(TALLY, &[&guild, &day]).await?;
    let tally = rows.iter().map(|row| {
        let players: i64 = row.try_get(1)?;
        Ok((score_in(row)?, players.unsigned_abs()))
    });
    let tally = tally.collect::<Result<Vec<_>, Fault>>()?;
    Ok(Some(FilmPlacing::of(score, tally)))
}

/// A row's first column.
fn score_in(row: &Row) -> Result<u8, Fault> {
    let score: i64 = row.try_get(0)?;
    u8::try_from(score).map_err(|_| damaged("a score", score))
}
