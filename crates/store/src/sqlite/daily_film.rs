//! The film of the day: members' guesses, ranks and streaks.

use crate::DailyFilmGuess;
use crate::daily_film::run;
use crate::model::id_to_sql;
use heat_core::daily::film::{FilmAttempt, FilmGuess, FilmPlacing};
use heat_core::daily::{Day, Streak};
use heat_core::id::{GuildId, UserId};
use rusqlite::{Connection, OptionalExtension, params};

/// A member's attempt at a day's film.
pub(crate) fn attempt(conn: &Connection, day: Day, user: UserId) -> rusqlite::Result<FilmAttempt> {
    let guesses = conn
        .prepare_cached(
            "SELECT guess, correct FROM daily_film_guesses
             WHERE user = ?1 AND day = ?2 ORDER BY position",
        )?
        .query_map(params![id_to_sql(user), day.0], |row| {
            Ok(FilmGuess {
                guess: row.get(0)?,
                correct: row.get(1)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(FilmAttempt { guesses })
}

/// Stores a guess if the attempt accepts it, together with its consequences. Returns the attempt
/// after that.
pub(crate) fn guess(
    conn: &mut Connection,
    guess: &DailyFilmGuess,
) -> rusqlite::Result<FilmAttempt> {
    let tx = conn.transaction()?;
    let attempt = take(&tx, guess)?;
    tx.commit()?;
    Ok(attempt)
}

fn take(conn: &Connection, guess: &DailyFilmGuess) -> rusqlite::Result<FilmAttempt> {
    let mut attempt = attempt(conn, guess.day, guess.user)?;
    let next = attempt.next();
    let Some(position) = next.filter(|_| attempt.takes(&guess.guess, guess.position)) else {
        return Ok(attempt);
    };
    let user = id_to_sql(guess.user);
    conn.prepare_cached(
        "INSERT INTO daily_film_attempts (user, day) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
    )?
    .execute(params![user, guess.day.0])?;
    conn.prepare_cached(
        "INSERT INTO daily_film_guesses (user, day, position, guess, correct, at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        user,
        guess.day.0,
        position,
        &*guess.guess,
        guess.correct,
        guess.at_ms
    ])?;
    attempt.guesses.push(FilmGuess {
        guess: guess.guess.as_ref().to_owned(),
        correct: guess.correct,
    });
    if attempt.is_over() {
        let guild = guess.guild.map(id_to_sql);
        conn.prepare_cached(
            "UPDATE daily_film_attempts SET ended_at_ms = ?3, score = ?4, guild = ?5
             WHERE user = ?1 AND day = ?2",
        )?
        .execute(params![
            user,
            guess.day.0,
            guess.at_ms,
            guess.counts.then(|| attempt.score()),
            guild
        ])?;
    }
    Ok(attempt)
}

/// A member's streak; `None` before the first film. One row per day, found by the primary key.
pub(crate) fn streak(conn: &Connection, user: UserId) -> rusqlite::Result<Option<Streak>> {
    let days: Vec<i32> = conn
        .prepare_cached(
            "SELECT day FROM daily_film_attempts
             WHERE user = ?1 AND score IS NOT NULL ORDER BY day",
        )?
        .query_map([id_to_sql(user)], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(run(days.into_iter().map(Day)))
}

/// A member's rank among those who have finished in a server; `None` if they have not.
pub(crate) fn placing(
    conn: &Connection,
    day: Day,
    guild: GuildId,
    user: UserId,
) -> rusqlite::Result<Option<FilmPlacing>> {
    let guild = id_to_sql(guild);
    let score: Option<u8> = conn
        .prepare_cached(
            "SELECT score FROM daily_film_attempts
             WHERE user = ?1 AND day = ?2 AND guild = ?3 AND score IS NOT NULL",
        )?
        .query_row(params![id_to_sql(user), day.0, guild], |row| row.get(0))
        .optional()?;
    let Some(score) = score else {
        return Ok(None);
    };
    let tally = conn
        .prepare_cached(
            "SELECT score, count(*) FROM daily_film_attempts
             WHERE guild = ?1 AND day = ?2 AND score IS NOT NULL GROUP BY score",
        )?
        .query_map(params![guild, day.0], |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs()))
        })?
        .collect::<rusqlite::Result<Vec<(u8, u64)>>>()?;
    Ok(Some(FilmPlacing::of(score, tally)))
}
