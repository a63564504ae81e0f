//! The leaderboards: sums per player, kept as answers begin to count, and read by page or player.

use super::model::{id_from_sql, id_to_sql};
use super::tally::{self, Moves};
use super::{AnswerRow, period};
use crate::standing::{Board, BoardPage, PAGE_ROWS, Scope, Standing};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeMap;

/// An answer whose round has been revealed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counted {
    pub(super) guild: Option<u64>,
    pub(super) user: u64,
    pub(super) correct: bool,
    pub(super) points: u32,
    pub(super) at_ms: i64,
}

impl Counted {
    pub(super) fn new(guild: Option<i64>, answer: &AnswerRow) -> Counted {
        Counted {
            guild: guild.map(id_from_sql),
            user: answer.user,
            correct: answer.correct,
            points: answer.points,
            at_ms: answer.at_ms,
        }
    }
}

/// A board as SQL keeps it: whose answers, and the key of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct BoardKey {
    pub(super) scope: i64,
    pub(super) bucket: i64,
}

impl BoardKey {
    fn of(board: Board) -> BoardKey {
        BoardKey {
            scope: scope_key(board.scope),
            bucket: period::bucket(board.period, board.now_ms),
        }
    }
}

/// What a player has on a board.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub(super) points: i64,
    pub(super) correct: i64,
    pub(super) answered: i64,
}

impl Sums {
    pub(super) fn count(&mut self, answer: &Counted) {
        self.points += i64::from(answer.points);
        self.correct += i64::from(answer.correct);
        self.answered += 1;
    }
}

/// 0 is nobody's server, so it can stand for all of them.
fn scope_key(scope: Scope) -> i64 {
    match scope {
        Scope::Guild(id) => id_to_sql(id),
        Scope::Global => 0,
    }
}

/// The boards on which an answer counts.
pub(super) fn boards(answer: &Counted) -> impl Iterator<Item = BoardKey> {
    let guild = answer.guild.map(Scope::Guild);
    let scopes = [Some(Scope::Global), guild].into_iter().flatten();
    let buckets = period::buckets(answer.at_ms);
    scopes.flat_map(move |scope| {
        buckets.map(|bucket| BoardKey {
            scope: scope_key(scope),
            bucket,
        })
    })
}

/// Lets `answers` count, each on all its boards. To be called once for every answer.
///
/// Summed up first: a batch of many games touches each row of a busy board only once.
pub(super) fn add(conn: &Connection, answers: &[Counted]) -> rusqlite::Result<()> {
    let mut gains: BTreeMap<(BoardKey, i64), Sums> = BTreeMap::new();
    for answer in answers {
        for board in boards(answer) {
            let player = (board, id_to_sql(answer.user));
            gains.entry(player).or_default().count(answer);
        }
    }
    let mut upsert = conn.prepare_cached(
        "INSERT INTO standings (scope, bucket, user, points, correct, answered)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (scope, bucket, user) DO UPDATE SET
             points = points + excluded.points,
             correct = correct + excluded.correct,
             answered = answered + excluded.answered
         RETURNING points, answered",
    )?;
    let mut moves = Moves::default();
    for ((board, user), gain) in &gains {
        let row = params![
            board.scope,
            board.bucket,
            user,
            gain.points,
            gain.correct,
            gain.answered
        ];
        let (points, answered): (i64, i64) =
            upsert.query_row(row, |row| Ok((row.get(0)?, row.get(1)?)))?;
        let is_new = answered == gain.answered;
        moves.add(*board, (!is_new).then_some(points - gain.points), points);
    }
    moves.apply(conn)
}

/// A player's place on a board.
pub(super) fn of(conn: &Connection, board: Board, user: u64) -> rusqlite::Result<Option<Standing>> {
    let key = BoardKey::of(board);
    let found = conn
        .prepare_cached(
            "SELECT user, points, correct, answered FROM standings
             WHERE scope = ?1 AND bucket = ?2 AND user = ?3",
        )?
        .query_row(params![key.scope, key.bucket, id_to_sql(user)], read)
        .optional()?;
    let Some(standing) = found else {
        return Ok(None);
    };
    let above = tally::players_above(conn, key, standing.points.cast_signed())?;
    Ok(Some(Standing {
        rank: above + 1,
        ..standing
    }))
}

/// The rows of a page. The inner query skips rows within the index alone: only those of the page
/// are looked up, however many players share the points it begins with.
pub(super) const PAGE: &str = "SELECT s.user, s.points, s.correct, s.answered
     FROM (SELECT user FROM standings
           WHERE scope = ?1 AND bucket = ?2 AND points <= ?3
           ORDER BY points DESC, user LIMIT ?4 OFFSET ?5) AS page
     JOIN standings AS s ON s.scope = ?1 AND s.bucket = ?2 AND s.user = page.user
     ORDER BY s.points DESC, s.user";

/// A page of a board. The tally says with which points it begins, so that the last page of a great
/// board costs hardly more than the first.
pub(super) fn page(conn: &Connection, board: Board, page: u32) -> rusqlite::Result<BoardPage> {
    let key = BoardKey::of(board);
    let players = tally::players(conn, key)?;
    let mut result = BoardPage {
        rows: Vec::new(),
        page,
        pages: u32::try_from(players.div_ceil(u64::from(PAGE_ROWS))).unwrap_or(u32::MAX),
        players,
    };
    let first = u64::from(page) * u64::from(PAGE_ROWS);
    let Some(start) = tally::seek(conn, key, first)? else {
        return Ok(result);
    };
    let skip = first - start.above;
    let mut statement = conn.prepare_cached(PAGE)?;
    let bounds = params![
        key.scope,
        key.bucket,
        start.points,
        PAGE_ROWS,
        skip.cast_signed()
    ];
    // Equal points share the rank of the first who has them.
    let mut rank = start.above + 1;
    let mut points = start.points.cast_unsigned();
    for (position, row) in (first + 1..).zip(statement.query_map(bounds, read)?) {
        let standing = row?;
        if standing.points != points {
            (rank, points) = (position, standing.points);
        }
        result.rows.push(Standing { rank, ..standing });
    }
    Ok(result)
}

/// Derives everything from the ledger again, in the caller's transaction.
pub(super) fn rebuild(conn: &Connection) -> rusqlite::Result<()> {
    /// Enough to sum up well, few enough to hold.
    const CHUNK: usize = 10_000;
    conn.execute_batch("DELETE FROM standings; DELETE FROM tallies;")?;
    let mut statement = conn.prepare(LEDGER)?;
    let mut rows = statement.query_map([], read_counted)?;
    loop {
        let chunk = rows
            .by_ref()
            .take(CHUNK)
            .collect::<rusqlite::Result<Vec<_>>>()?;
        if chunk.is_empty() {
            return Ok(());
        }
        add(conn, &chunk)?;
    }
}

/// Every answer that counts.
pub(super) const LEDGER: &str = "SELECT g.guild, a.user, a.correct, a.points, a.at_ms
     FROM reveals r
     JOIN games g ON g.id = r.game
     JOIN answers a ON a.game = r.game AND a.round = r.round";

/// A row of [`LEDGER`].
pub(super) fn read_counted(row: &Row<'_>) -> rusqlite::Result<Counted> {
    Ok(Counted {
        guild: row.get::<_, Option<i64>>(0)?.map(id_from_sql),
        user: id_from_sql(row.get(1)?),
        correct: row.get(2)?,
        points: row.get(3)?,
        at_ms: row.get(4)?,
    })
}

/// A row of user, points, correct, answered; the rank is the caller's to fill in.
fn read(row: &Row<'_>) -> rusqlite::Result<Standing> {
    Ok(Standing {
        rank: 0,
        user: id_from_sql(row.get(0)?),
        points: row.get::<_, i64>(1)?.cast_unsigned(),
        correct: row.get::<_, i64>(2)?.cast_unsigned(),
        answered: row.get::<_, i64>(3)?.cast_unsigned(),
    })
}
