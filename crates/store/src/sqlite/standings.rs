//! The leaderboards in SQL: sums per player, updated as answers start to count, read by page or by
//! player.

use super::tally;
use crate::board_key::BoardKey;
use crate::boards::{Chunk, Counted, GuildBoards, Rebuild, assemble, first_row, gains};
use crate::model::{id_from_sql, id_to_sql};
use crate::tally::Moves;
use heat_core::id::UserId;
use heat_core::standing::{Board, BoardPage, PAGE_ROWS, Standing};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Counts `answers`, each on all its boards. Call it once for every answer.
///
/// They are summed up first, so a batch of many games touches each row of a busy board only once.
pub(super) fn add(conn: &Connection, answers: &[Counted]) -> rusqlite::Result<()> {
    // The usual case: answers count only once their question is revealed.
    if answers.is_empty() {
        return Ok(());
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
    for ((board, user), gain) in &gains(answers) {
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
    tally::apply(conn, moves)
}

/// Removes `answers` that counted. A player without answers leaves the board.
pub(super) fn take_away(conn: &Connection, answers: &[Counted]) -> rusqlite::Result<()> {
    let mut update = conn.prepare_cached(
        "UPDATE standings SET points = points - ?4, correct = correct - ?5,
             answered = answered - ?6
         WHERE scope = ?1 AND bucket = ?2 AND user = ?3 RETURNING points, answered",
    )?;
    let mut delete = conn
        .prepare_cached("DELETE FROM standings WHERE scope = ?1 AND bucket = ?2 AND user = ?3")?;
    let mut moves = Moves::default();
    for ((board, user), lost) in &gains(answers) {
        let row = params![
            board.scope,
            board.bucket,
            user,
            lost.points,
            lost.correct,
            lost.answered
        ];
        let (points, answered): (i64, i64) =
            update.query_row(row, |row| Ok((row.get(0)?, row.get(1)?)))?;
        if answered > 0 {
            moves.add(*board, Some(points + lost.points), points);
        } else {
            delete.execute(params![board.scope, board.bucket, user])?;
            moves.leave(*board, points + lost.points);
        }
    }
    tally::apply(conn, moves)
}

/// A player's place on a board.
pub(crate) fn of(
    conn: &Connection,
    board: Board,
    user: UserId,
) -> rusqlite::Result<Option<Standing>> {
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

/// The rows of a page. The inner query skips rows within the index alone; only the page's rows are
/// looked up, however many players share the points it begins with.
pub(crate) const PAGE: &str = "SELECT s.user, s.points, s.correct, s.answered
     FROM (SELECT user FROM standings
           WHERE scope = ?1 AND bucket = ?2 AND points <= ?3
           ORDER BY points DESC, user LIMIT ?4 OFFSET ?5) AS page
     JOIN standings AS s ON s.scope = ?1 AND s.bucket = ?2 AND s.user = page.user
     ORDER BY s.points DESC, s.user";

/// A page of a board. The tally says with which points it begins, so the last page of a large board
/// costs hardly more than the first.
pub(crate) fn page(conn: &Connection, board: Board, page: u32) -> rusqlite::Result<BoardPage> {
    let key = BoardKey::of(board);
    let players = tally::players(conn, key)?;
    let first = first_row(page);
    let start = tally::seek(conn, key, first)?;
    let rows = match start {
        Some(start) => {
            let skip = first - start.above;
            let bounds = params![
                key.scope,
                key.bucket,
                start.points,
                PAGE_ROWS,
                skip.cast_signed()
            ];
            let mut statement = conn.prepare_cached(PAGE)?;
            statement
                .query_map(bounds, read)?
                .collect::<rusqlite::Result<_>>()?
        }
        None => Vec::new(),
    };
    Ok(assemble(page, players, start, rows))
}

/// Rebuilds everything from the ledger in one transaction.
pub(crate) fn rebuild_all(conn: &mut Connection) -> rusqlite::Result<()> {
    let tx = conn.transaction()?;
    rebuild(&tx)?;
    tx.commit()
}

/// Rebuilds everything from the ledger in the caller's transaction.
///
/// The index is rebuilt at the end, which is far quicker than updating it row by row. Readers see
/// the old state until the transaction ends.
pub(crate) fn rebuild(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(
        "DELETE FROM standings; DELETE FROM tallies; DROP INDEX standings_by_points;",
    )?;
    let mut rebuild = Rebuild::default();
    let mut statement = conn.prepare(&format!("{LEDGER} ORDER BY a.user"))?;
    for answer in statement.query_map([], read_counted)? {
        rebuild.count(&answer?);
        if let Some(chunk) = rebuild.take_chunk(false) {
            insert(conn, chunk)?;
        }
    }
    rebuild.finish();
    if let Some(chunk) = rebuild.take_chunk(true) {
        insert(conn, chunk)?;
    }
    conn.execute_batch(
        "CREATE INDEX standings_by_points ON standings (scope, bucket, points DESC, user);",
    )
}

fn insert(conn: &Connection, (rows, moves): Chunk) -> rusqlite::Result<()> {
    let mut insert = conn.prepare_cached(
        "INSERT INTO standings (scope, bucket, user, points, correct, answered)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (board, user, sums) in rows {
        let row = params![
            board.scope,
            board.bucket,
            user,
            sums.points,
            sums.correct,
            sums.answered
        ];
        insert.execute(row)?;
    }
    tally::apply(conn, moves)
}

/// Every answer that counts.
pub(super) const LEDGER: &str = "SELECT g.guild, g.zone, a.user, a.correct, a.points, a.at_ms
     FROM reveals r
     JOIN games g ON g.id = r.game
     JOIN answers a ON a.game = r.game AND a.round = r.round";

/// A row of [`LEDGER`].
pub(super) fn read_counted(row: &Row<'_>) -> rusqlite::Result<Counted> {
    Ok(Counted {
        home: home(row)?,
        user: id_from_sql(row.get(2)?),
        correct: row.get(3)?,
        points: row.get(4)?,
        at_ms: row.get(5)?,
    })
}

/// The first two columns of a row: guild and zone.
pub(super) fn home(row: &Row<'_>) -> rusqlite::Result<GuildBoards> {
    let zone = row.get_ref(1)?.as_str_or_null()?;
    Ok(GuildBoards::from_sql(row.get(0)?, zone))
}

/// Reads a row of user, points, correct, answered; the caller fills in the rank.
fn read(row: &Row<'_>) -> rusqlite::Result<Standing> {
    Ok(Standing {
        rank: 0,
        user: id_from_sql(row.get(0)?),
        points: row.get::<_, i64>(1)?.cast_unsigned(),
        correct: row.get::<_, i64>(2)?.cast_unsigned(),
        answered: row.get::<_, i64>(3)?.cast_unsigned(),
    })
}
