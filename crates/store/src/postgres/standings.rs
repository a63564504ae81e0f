//! The leaderboards in SQL: sums per player, updated as answers start to count, read by page or by
//! player.

use super::connection::{Connection, Params};
use super::error::Fault;
use super::games::BEGIN_READ;
use crate::board_key::BoardKey;
use crate::boards::{Counted, Gains, Sums, assemble, first_row, gains};
use crate::model::{id_from_sql, id_to_sql};
use crate::tally::{LEVELS, Moves, Place, Seek, TOP};
use heat_core::id::UserId;
use heat_core::standing::{Board, BoardPage, PAGE_ROWS, Standing};
use tokio_postgres::Row;

/// The readers' statements.
pub(super) const READ_STATEMENTS: &[&str] = &[STANDING, SLOTS, PAGE];
/// The writer's statements.
pub(super) const WRITE_STATEMENTS: &[&str] = &[GAIN, TALLY, SWEEP];

/// Adds sums to players' rows and returns the new totals.
const GAIN: &str = "INSERT INTO standings AS s (scope, bucket, player, points, correct, answered)
     SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
                          $6::bigint[])
     ON CONFLICT (scope, bucket, player) DO UPDATE SET
         points = s.points + excluded.points,
         correct = s.correct + excluded.correct,
         answered = s.answered + excluded.answered
     RETURNING scope, bucket, player, points, answered";

/// Subtracts sums from players' rows and returns what is left.
const LOSE: &str = "UPDATE standings s SET points = s.points - u.points,
         correct = s.correct - u.correct, answered = s.answered - u.answered
     FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
         AS u (scope, bucket, player, points, correct, answered)
     WHERE s.scope = u.scope AND s.bucket = u.bucket AND s.player = u.player
     RETURNING s.scope, s.bucket, s.player, s.points, s.answered";
/// Removes players without answers from these boards.
const OFF: &str = "DELETE FROM standings WHERE answered = 0 AND (scope, bucket, player) IN
         (SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]))";
/// The stripe for changes made beside the writers, which have stripes of their own.
const STRIPE: i64 = 0;

/// Adds to the slots of one stripe, or subtracts.
const TALLY: &str = "INSERT INTO tallies AS t (stripe, scope, bucket, level, slot, players)
     SELECT $1::bigint, * FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[],
                                      $6::bigint[])
     ON CONFLICT (scope, bucket, level, slot, stripe) DO UPDATE SET
         players = t.players + excluded.players";

/// Removes those of these slots that are empty.
const SWEEP: &str = "DELETE FROM tallies
     WHERE players = 0 AND stripe = $1 AND (scope, bucket, level, slot) IN
         (SELECT * FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]))";

/// A player's row, and how many players are above it, slot by slot as
/// [`crate::tally::above`] says.
const STANDING: &str = "SELECT s.player, s.points, s.correct, s.answered,
         (SELECT coalesce(sum(players), 0)::bigint FROM tallies t
          WHERE t.scope = $1 AND t.bucket = $2 AND level = 0
          AND slot > s.points AND slot <= (s.points | 255))
       + (SELECT coalesce(sum(players), 0)::bigint FROM tallies t
          WHERE t.scope = $1 AND t.bucket = $2 AND level = 1
          AND slot > (s.points >> 8) AND slot <= ((s.points >> 8) | 255))
       + (SELECT coalesce(sum(players), 0)::bigint FROM tallies t
          WHERE t.scope = $1 AND t.bucket = $2 AND level = 2
          AND slot > (s.points >> 16))
     FROM standings s WHERE s.scope = $1 AND s.bucket = $2 AND s.player = $3";

/// Slots of one level, highest first.
const SLOTS: &str = "SELECT slot, sum(players)::bigint FROM tallies
     WHERE scope = $1 AND bucket = $2 AND level = $3 AND slot BETWEEN $4 AND $5
     GROUP BY slot ORDER BY slot DESC";

/// The rows of a page. The inner query skips rows within the index alone; only the page's rows are
/// looked up, however many players share the points it begins with.
const PAGE: &str = "SELECT s.player, s.points, s.correct, s.answered
     FROM (SELECT player FROM standings
           WHERE scope = $1 AND bucket = $2 AND points <= $3
           ORDER BY points DESC, player LIMIT $4 OFFSET $5) AS page
     JOIN standings AS s ON s.scope = $1 AND s.bucket = $2 AND s.player = page.player
     ORDER BY s.points DESC, s.player";

/// Counts `answers`, each on all its boards, in the caller's transaction. Call it once for every
/// answer. Returns the changes to the tally, for [`tally`].
pub(super) async fn add(conn: &Connection, answers: &[Counted]) -> Result<Moves, Fault> {
    let gains = gains(answers);
    let rows = gain(
        conn,
        gains
            .iter()
            .map(|((board, player), sums)| (*board, *player, *sums)),
    );
    moves(&gains, &rows.await?)
}

/// Removes `answers` that counted, in the caller's transaction. A player without answers leaves the
/// board.
pub(super) async fn take_away(conn: &Connection, answers: &[Counted]) -> Result<(), Fault> {
    let lost = gains(answers);
    let columns = columns(
        lost.iter()
            .map(|((board, player), sums)| (*board, *player, *sums)),
    );
    let [scope, bucket, player, points, correct, answered] = &columns;
    let rows: Params<'_> = &[scope, bucket, player, points, correct, answered];
    let left = conn.query_if(!scope.is_empty(), LOSE, rows).await?;
    let mut moves = Moves::default();
    for row in &left {
        let board = BoardKey {
            scope: row.try_get(0)?,
            bucket: row.try_get(1)?,
        };
        let (points, answered): (i64, i64) = (row.try_get(3)?, row.try_get(4)?);
        let lost = lost.get(&(board, row.try_get(2)?));
        let before = points + lost.copied().unwrap_or_default().points;
        if answered > 0 {
            moves.add(board, Some(before), points);
        } else {
            moves.leave(board, before);
        }
    }
    let off: Params<'_> = &[scope, bucket, player];
    conn.execute_if(!scope.is_empty(), OFF, off).await?;
    tally(conn, STRIPE, moves).await
}

/// Rows of the standings, column by column.
fn columns(rows: impl Iterator<Item = (BoardKey, i64, Sums)>) -> [Vec<i64>; 6] {
    let mut columns: [Vec<i64>; 6] = Default::default();
    for (board, player, sums) in rows {
        let row = [
            board.scope,
            board.bucket,
            player,
            sums.points,
            sums.correct,
            sums.answered,
        ];
        for (column, value) in columns.iter_mut().zip(row) {
            column.push(value);
        }
    }
    columns
}

/// Adds rows to the standings.
pub(super) async fn gain(
    conn: &Connection,
    rows: impl Iterator<Item = (BoardKey, i64, Sums)>,
) -> Result<Vec<Row>, Fault> {
    let columns = columns(rows);
    let [scope, bucket, player, points, correct, answered] = &columns;
    let params: Params<'_> = &[scope, bucket, player, points, correct, answered];
    conn.query(GAIN, params).await
}

fn moves(gains: &Gains, rows: &[Row]) -> Result<Moves, Fault> {
    let mut moves = Moves::default();
    for row in rows {
        let board = BoardKey {
            scope: row.try_get(0)?,
            bucket: row.try_get(1)?,
        };
        let player: i64 = row.try_get(2)?;
        let (points, answered): (i64, i64) = (row.try_get(3)?, row.try_get(4)?);
        // Rows that were not requested are missing.
        let gain = gains.get(&(board, player)).copied().unwrap_or_default();
        let is_new = answered == gain.answered;
        moves.add(board, (!is_new).then_some(points - gain.points), points);
    }
    Ok(moves)
}

/// Writes changes to one stripe of the tally. Do this last in a transaction, because others wait
/// for these rows.
pub(super) async fn tally(conn: &Connection, stripe: i64, moves: Moves) -> Result<(), Fault> {
    let mut changed: [Vec<i64>; 5] = Default::default();
    let mut lowered: [Vec<i64>; 4] = Default::default();
    for (slot, change) in moves.changes() {
        let BoardKey { scope, bucket } = slot.board;
        let row = [scope, bucket, i64::from(slot.level), slot.number, change];
        for (column, value) in changed.iter_mut().zip(row) {
            column.push(value);
        }
        if change < 0 {
            for (column, value) in lowered.iter_mut().zip(row) {
                column.push(value);
            }
        }
    }
    let [scope, bucket, level, slot, change] = &changed;
    let changed: Params<'_> = &[&stripe, scope, bucket, level, slot, change];
    let [scope, bucket, level, slot] = &lowered;
    let lowered: Params<'_> = &[&stripe, scope, bucket, level, slot];
    tokio::try_join!(biased;
        conn.execute_if(!change.is_empty(), TALLY, changed),
        conn.execute_if(!slot.is_empty(), SWEEP, lowered),
    )?;
    Ok(())
}

/// A player's place on a board.
pub(crate) async fn of(
    conn: &Connection,
    board: Board,
    user: UserId,
) -> Result<Option<Standing>, Fault> {
    let key = BoardKey::of(board);
    let params: Params<'_> = &[&key.scope, &key.bucket, &id_to_sql(user)];
    let rows = conn.query(STANDING, params).await?;
    let Some(row) = rows.first() else {
        return Ok(None);
    };
    let above: i64 = row.try_get(4)?;
    Ok(Some(Standing {
        rank: above.max(0).cast_unsigned() + 1,
        ..read(row)?
    }))
}

/// A page of a board. The tally says with which points it begins, so the last page of a large board
/// costs hardly more than the first.
pub(crate) async fn page(conn: &Connection, board: Board, page: u32) -> Result<BoardPage, Fault> {
    let key = BoardKey::of(board);
    let mut seek = Seek::new(first_row(page));
    let top = i64::from(TOP);
    let bounds: Params<'_> = &[&key.scope, &key.bucket, &top, &seek.first, &seek.last];
    let ((), slots) = tokio::try_join!(biased; conn.run(BEGIN_READ), conn.query(SLOTS, bounds))?;
    let mut slots = read_slots(&slots)?;
    let players = slots.iter().map(|(_, players)| players).sum();
    let mut start = None;
    for level in (0..LEVELS).rev() {
        if level != TOP {
            let level = i64::from(level);
            let bounds: Params<'_> = &[&key.scope, &key.bucket, &level, &seek.first, &seek.last];
            slots = read_slots(&conn.query(SLOTS, bounds).await?)?;
        }
        if !slots
            .iter()
            .any(|(slot, players)| seek.pass(*slot, *players))
        {
            break;
        }
        if level == 0 {
            start = Some(seek.place());
        }
    }
    let (rows, ()) = tokio::try_join!(biased; rows(conn, key, page, start), conn.run("COMMIT"))?;
    Ok(assemble(page, players, start, rows))
}

async fn rows(
    conn: &Connection,
    key: BoardKey,
    page: u32,
    start: Option<Place>,
) -> Result<Vec<Standing>, Fault> {
    let Some(start) = start else {
        return Ok(Vec::new());
    };
    let skip = (first_row(page) - start.above).cast_signed();
    let count = i64::from(PAGE_ROWS);
    let bounds: Params<'_> = &[&key.scope, &key.bucket, &start.points, &count, &skip];
    conn.query(PAGE, bounds).await?.iter().map(read).collect()
}

fn read_slots(rows: &[Row]) -> Result<Vec<(i64, u64)>, Fault> {
    let slots = rows.iter().map(|row| {
        let players: i64 = row.try_get(1)?;
        // A sum below zero means a damaged board; an audit finds it.
        Ok((row.try_get(0)?, players.max(0).cast_unsigned()))
    });
    slots.collect()
}

/// Reads a row of player, points, correct, answered; the caller fills in the rank.
fn read(row: &Row) -> Result<Standing, Fault> {
    let number = |column| Ok::<_, Fault>(row.try_get::<_, i64>(column)?.cast_unsigned());
    Ok(Standing {
        rank: 0,
        user: id_from_sql(row.try_get(0)?),
        points: number(1)?,
        correct: number(2)?,
        answered: number(3)?,
    })
}
