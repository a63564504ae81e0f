//! The questions asked in each place, in pages.

use crate::model::{id_from_sql, id_to_sql};
use heat_core::asked_history::{AskedHistory, QuestionHash, noted, page_of};
use heat_core::id::{GameId, PlaceId};
use rusqlite::{Connection, OptionalExtension, params};

/// Every question that a place has been asked.
pub(crate) fn all(conn: &Connection, place: PlaceId) -> rusqlite::Result<AskedHistory> {
    let mut statement =
        conn.prepare_cached("SELECT body FROM asked WHERE place = ?1 ORDER BY page")?;
    let pages = statement.query_map([id_to_sql(place)], |row| row.get::<_, Vec<u8>>(0))?;
    let pages: Vec<Vec<u8>> = pages.collect::<rusqlite::Result<_>>()?;
    Ok(AskedHistory::of_pages(pages))
}

/// Records that `game` asked a question at `place` (as encoded for SQL).
pub(super) fn note(
    conn: &Connection,
    place: i64,
    question: &str,
    game: GameId,
) -> rusqlite::Result<()> {
    let hash = QuestionHash::of(question);
    let page = page_of(hash);
    let before: Option<Vec<u8>> = conn
        .prepare_cached("SELECT body FROM asked WHERE place = ?1 AND page = ?2")?
        .query_row(params![place, page], |row| row.get(0))
        .optional()?;
    let body = noted(&before.unwrap_or_default(), hash, game);
    conn.prepare_cached(
        "INSERT INTO asked (place, page, body) VALUES (?1, ?2, ?3)
         ON CONFLICT (place, page) DO UPDATE SET body = excluded.body",
    )?
    .execute(params![place, page, body])?;
    Ok(())
}

/// Moves rows that an earlier version stored singly into pages. Their numbers also grew with time,
/// and are smaller than any game's id.
pub(super) fn take_over(conn: &Connection) -> rusqlite::Result<()> {
    let is_there = "SELECT 1 FROM sqlite_master WHERE name = 'asked_by_row'";
    if !conn.prepare(is_there)?.exists([])? {
        return Ok(());
    }
    let mut statement = conn.prepare("SELECT place, question, seq FROM asked_by_row")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let question: String = row.get(1)?;
        note(conn, row.get(0)?, &question, id_from_sql(row.get(2)?))?;
    }
    drop(rows);
    drop(statement);
    conn.execute_batch("DROP TABLE asked_by_row")
}
