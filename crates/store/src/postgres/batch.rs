//! One transaction for many writes.
//!
//! It first updates the process's own row in `writers` and the row of every game it concerns, so
//! that two transactions that could conflict always update a common row. That is safe at every
//! isolation level: at `READ COMMITTED` the second waits and then sees what the first did; at
//! stricter levels it fails (40001) and is retried.
//!
//! Independent statements are sent together: an answer takes two round trips, a reveal four.

use super::asked_history;
use super::connection::{Connection, Params};
use super::error::Fault;
use super::plan::{self, Before, Change, LockedGame, Plan, Round};
use super::{questions, standings};
use crate::boards::{Counted, GuildBoards, zone_to_sql};
use crate::model::{id_from_sql, id_to_sql};
use crate::{AnswerRow, StoreError, Write};
use std::collections::{BTreeMap, BTreeSet};
use tokio_postgres::Row;

pub(super) const STATEMENTS: &[&str] = &[
    FENCE, LAST_BATCH, CREATE, LOCK, REVEALED, UPDATE, EVENTS, TAKE_PART, ANSWERS, REVEALS, COUNTED,
];

/// Renews this process's lease. Finds no row if it was shut out, or if this very batch is committed
/// already.
const FENCE: &str = "UPDATE writers
     SET batch = $2, expires_at = now() + $3::bigint * interval '1 millisecond'
     WHERE id = $1 AND batch < $2 RETURNING id";
const LAST_BATCH: &str = "SELECT batch FROM writers WHERE id = $1";
const CREATE: &str = "INSERT INTO games
         (id, code, guild, place, channel, starter, started_at_ms, zone)
     SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[],
                          $6::bigint[], $7::bigint[], $8::text[])
     ON CONFLICT DO NOTHING RETURNING id";
const LOCK: &str = "SELECT id, guild, zone, place, next_seq FROM games WHERE id = ANY($1)
     ORDER BY id FOR UPDATE";
const REVEALED: &str = "SELECT game, round FROM reveals WHERE (game, round) IN
         (SELECT * FROM unnest($1::bigint[], $2::bigint[]))";
const UPDATE: &str = "UPDATE games SET next_seq = u.next_seq,
         route = coalesce(u.route, games.route), ended = games.ended OR u.ended
     FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::boolean[])
         AS u (id, next_seq, route, ended)
     WHERE games.id = u.id";
const EVENTS: &str = "INSERT INTO events (game, seq, body)
     SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[])";
const TAKE_PART: &str = "INSERT INTO participants (member, game)
     SELECT * FROM unnest($1::bigint[], $2::bigint[]) ON CONFLICT DO NOTHING";
const ANSWERS: &str = "INSERT INTO answers
         (game, round, player, question, topic, choice, correct, points, elapsed_ms, at_ms)
     SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[],
                          $6::bigint[], $7::boolean[], $8::bigint[], $9::bigint[], $10::bigint[])
     ON CONFLICT DO NOTHING RETURNING game, round, player, correct, points, at_ms";
const REVEALS: &str = "INSERT INTO reveals (game, round)
     SELECT * FROM unnest($1::bigint[], $2::bigint[])";
const COUNTED: &str = "SELECT game, round, player, correct, points, at_ms FROM answers
     WHERE (game, round) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[]))";

/// Identifies the process and its batch.
#[derive(Debug, Clone, Copy)]
pub(super) struct Author {
    /// The process's row in `writers`.
    pub(super) id: i64,
    /// The number of this batch, greater than all before it.
    pub(super) batch: i64,
    /// How long the process counts as alive from then on.
    pub(super) lease_ms: i64,
    /// Its stripe of the tally.
    pub(super) stripe: i64,
}

/// The result of each write of a batch.
pub(super) type Results = Vec<Result<(), StoreError>>;

/// Stores a batch in its own transaction. After an error the transaction may still be open.
///
/// `unsure` holds the results of an earlier try that sent its commit, or receives this one's: if
/// the connection broke just then, the next try finds out whether it was committed.
pub(super) async fn run(
    conn: &Connection,
    author: Author,
    writes: &[Write],
    unsure: &mut Option<Results>,
) -> Result<Results, Fault> {
    let Some(before) = enter(conn, author, writes).await? else {
        return committed_before(conn, author, unsure).await;
    };
    let plan = plan::plan(writes, before.stored);
    let homes = before.homes;
    let counting = !plan.revealed.is_empty()
        || plan
            .answers
            .iter()
            .any(|(game, answer)| before.revealed.contains(&(*game, i64::from(answer.round))));
    if !counting {
        *unsure = Some(plan.results.clone());
        let (_, ()) = tokio::try_join!(biased; store(conn, &plan), conn.run("COMMIT"))?;
        return Ok(plan.results);
    }
    let stored = store(conn, &plan).await?;
    let late = stored
        .entered
        .iter()
        .filter(|row| round(row).is_ok_and(|round| before.revealed.contains(&round)));
    let late_keys = late
        .clone()
        .map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)))
        .collect::<Result<Vec<_>, Fault>>()?;
    let counted = late
        .chain(&stored.counted)
        .map(|row| counted(row, &homes))
        .collect::<Result<Vec<_>, Fault>>()?;
    let moves = standings::add(conn, &counted).await?;
    *unsure = Some(plan.results.clone());
    tokio::try_join!(biased;
        standings::tally(conn, author.stripe, moves),
        questions::count(conn, &plan.revealed, &late_keys),
        conn.run("COMMIT")
    )?;
    Ok(plan.results)
}

/// What [`enter`] found.
struct Entered {
    stored: Before,
    revealed: BTreeSet<Round>,
    homes: BTreeMap<i64, GuildBoards>,
}

/// Begins, renews the lease, creates the new games and locks all games of the batch. None if the
/// lease is not renewed.
async fn enter(
    conn: &Connection,
    author: Author,
    writes: &[Write],
) -> Result<Option<Entered>, Fault> {
    let new = plan::creations(writes);
    let id: Vec<i64> = new.keys().copied().collect();
    let code: Vec<&str> = new.values().map(|new| new.code.as_str()).collect();
    let guild: Vec<Option<i64>> = new.values().map(|new| new.guild.map(id_to_sql)).collect();
    let place: Vec<i64> = new.values().map(|new| id_to_sql(new.place)).collect();
    let channel: Vec<i64> = new.values().map(|new| id_to_sql(new.channel)).collect();
    let starter: Vec<i64> = new.values().map(|new| id_to_sql(new.starter)).collect();
    let time: Vec<i64> = new.values().map(|new| new.started_at_ms).collect();
    let zone: Vec<Option<&str>> = new.values().map(|new| zone_to_sql(new.zone)).collect();
    let create: Params<'_> = &[&id, &code, &guild, &place, &channel, &starter, &time, &zone];

    let games: BTreeSet<i64> = writes.iter().map(|write| id_to_sql(write.game)).collect();
    let games: Vec<i64> = games.into_iter().collect();
    let (game, round): (Vec<i64>, Vec<i64>) = plan::rounds(writes).into_iter().unzip();

    let pass: Params<'_> = &[&author.id, &author.batch, &author.lease_ms];
    let lock: Params<'_> = &[&games];
    let rounds: Params<'_> = &[&game, &round];
    let ((), pass, created, found, revealed, pages) = tokio::try_join!(biased;
        conn.run("BEGIN"),
        conn.query(FENCE, pass),
        conn.query_if(!new.is_empty(), CREATE, create),
        conn.query(LOCK, lock),
        conn.query_if(!game.is_empty(), REVEALED, rounds),
        asked_history::hold(conn, writes),
    )?;
    if pass.is_empty() {
        return Ok(None);
    }
    let mut stored = Before {
        pages: asked_history::read(&pages)?,
        ..Before::default()
    };
    for row in &created {
        stored.created.insert(row.try_get(0)?);
    }
    let mut homes = BTreeMap::new();
    for row in &found {
        let known = LockedGame {
            home: GuildBoards::from_sql(row.try_get(1)?, row.try_get(2)?),
            place: row.try_get(3)?,
            next_seq: row.try_get(4)?,
        };
        homes.insert(row.try_get(0)?, known.home);
        stored.games.insert(row.try_get(0)?, known);
    }
    for row in &revealed {
        stored.revealed.insert(self::round(row)?);
    }
    Ok(Some(Entered {
        revealed: stored.revealed.clone(),
        stored,
        homes,
    }))
}

/// Why the lease was not renewed: either an earlier try was committed after all, or this process
/// has been shut out.
async fn committed_before(
    conn: &Connection,
    author: Author,
    unsure: &mut Option<Results>,
) -> Result<Results, Fault> {
    let id: Params<'_> = &[&author.id];
    let (rows, ()) = tokio::try_join!(biased;
        conn.query(LAST_BATCH, id),
        conn.run("ROLLBACK")
    )?;
    let last: Option<i64> = rows.first().map(|row| row.try_get(0)).transpose()?;
    match unsure.take() {
        Some(results) if last == Some(author.batch) => Ok(results),
        _ => Err(Fault::Final(StoreError::LeaseLost)),
    }
}

/// What [`store`] found.
struct Stored {
    /// The batch's new answers.
    entered: Vec<Row>,
    /// All answers of the rounds revealed now.
    counted: Vec<Row>,
}

/// Everything but the leaderboards.
async fn store(conn: &Connection, plan: &Plan<'_>) -> Result<Stored, Fault> {
    let ((), (), (), entered, counted, ()) = tokio::try_join!(biased;
        update_games(conn, &plan.games),
        append_events(conn, &plan.events),
        take_part(conn, &plan.participants),
        enter_answers(conn, &plan.answers),
        reveal(conn, &plan.revealed),
        asked_history::store(conn, &plan.asked),
    )?;
    Ok(Stored { entered, counted })
}

async fn update_games(conn: &Connection, games: &BTreeMap<i64, Change>) -> Result<(), Fault> {
    let id: Vec<i64> = games.keys().copied().collect();
    let next_seq: Vec<Option<i64>> = games.values().map(|game| game.next_seq).collect();
    let route: Vec<Option<&str>> = games.values().map(|game| game.route.as_deref()).collect();
    let ended: Vec<bool> = games.values().map(|game| game.ended).collect();
    let rows: Params<'_> = &[&id, &next_seq, &route, &ended];
    conn.execute_if(!id.is_empty(), UPDATE, rows).await?;
    Ok(())
}

async fn append_events(conn: &Connection, events: &[(i64, i64, &str)]) -> Result<(), Fault> {
    let game: Vec<i64> = events.iter().map(|event| event.0).collect();
    let seq: Vec<i64> = events.iter().map(|event| event.1).collect();
    let body: Vec<&str> = events.iter().map(|event| event.2).collect();
    let rows: Params<'_> = &[&game, &seq, &body];
    conn.execute_if(!game.is_empty(), EVENTS, rows).await?;
    Ok(())
}

async fn take_part(conn: &Connection, participants: &BTreeSet<(i64, i64)>) -> Result<(), Fault> {
    let (member, game): (Vec<i64>, Vec<i64>) = participants.iter().copied().unzip();
    let rows: Params<'_> = &[&member, &game];
    conn.execute_if(!member.is_empty(), TAKE_PART, rows).await?;
    Ok(())
}

/// Returns the new ones.
async fn enter_answers(
    conn: &Connection,
    answers: &[(i64, &AnswerRow)],
) -> Result<Vec<Row>, Fault> {
    let numbers = |of: fn(&AnswerRow) -> i64| -> Vec<i64> {
        answers.iter().map(|(_, answer)| of(answer)).collect()
    };
    let game: Vec<i64> = answers.iter().map(|(game, _)| *game).collect();
    let round = numbers(|answer| i64::from(answer.round));
    let player = numbers(|answer| id_to_sql(answer.user));
    let question: Vec<&str> = answers.iter().map(|(_, a)| a.question.as_str()).collect();
    let topic: Vec<&str> = answers.iter().map(|(_, a)| a.topic.as_str()).collect();
    let choice = numbers(|answer| i64::from(answer.choice));
    let correct: Vec<bool> = answers.iter().map(|(_, answer)| answer.correct).collect();
    let points = numbers(|answer| i64::from(answer.points));
    let elapsed = numbers(|answer| i64::from(answer.elapsed_ms));
    let at = numbers(|answer| answer.at_ms);
    let rows: Params<'_> = &[
        &game, &round, &player, &question, &topic, &choice, &correct, &points, &elapsed, &at,
    ];
    conn.query_if(!game.is_empty(), ANSWERS, rows).await
}

/// Returns all answers of these rounds.
async fn reveal(conn: &Connection, rounds: &BTreeSet<Round>) -> Result<Vec<Row>, Fault> {
    let (game, round): (Vec<i64>, Vec<i64>) = rounds.iter().copied().unzip();
    let rounds: Params<'_> = &[&game, &round];
    let (_, answers) = tokio::try_join!(biased;
        conn.execute_if(!game.is_empty(), REVEALS, rounds),
        conn.query_if(!game.is_empty(), COUNTED, rounds),
    )?;
    Ok(answers)
}

/// The first two columns of a row.
fn round(row: &Row) -> Result<Round, Fault> {
    Ok((row.try_get(0)?, row.try_get(1)?))
}

/// A row of game, round, player, correct, points, time.
fn counted(row: &Row, homes: &BTreeMap<i64, GuildBoards>) -> Result<Counted, Fault> {
    let game: i64 = row.try_get(0)?;
    let points: i64 = row.try_get(4)?;
    Ok(Counted {
        // The transaction has locked every game of its batch.
        home: homes.get(&game).copied().unwrap_or_default(),
        user: id_from_sql(row.try_get(2)?),
        correct: row.try_get(3)?,
        points: u32::try_from(points)
            .map_err(|_| super::games::damaged("an answer's points", points))?,
        at_ms: row.try_get(5)?,
    })
}
