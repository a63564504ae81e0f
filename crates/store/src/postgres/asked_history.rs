//! The questions asked in each place, in pages.
//!
//! A batch reads, changes and writes back a page. No two processes do so with the same page at
//! once: a place belongs to a shard, and a shard to one process.

use super::connection::{Connection, Params};
use super::error::Fault;
use crate::Write;
use crate::model::id_to_sql;
use heat_core::asked_history::{AskedHistory, QuestionHash, noted, page_of};
use heat_core::id::{GameId, PlaceId};
use std::collections::{BTreeMap, BTreeSet};
use tokio_postgres::Row;

/// A page's key: its place and number.
pub(super) type PageKey = (i64, i64);
/// Pages with their content.
pub(super) type Pages = BTreeMap<PageKey, Vec<u8>>;

pub(super) const READ_STATEMENTS: &[&str] = &[ALL];
pub(super) const WRITE_STATEMENTS: &[&str] = &[HOLD, STORE];

const ALL: &str = "SELECT body FROM asked WHERE place = $1 ORDER BY page";
const HOLD: &str = "SELECT place, page, body FROM asked WHERE (place, page) IN
         (SELECT g.place, u.page FROM unnest($1::bigint[], $2::bigint[]) AS u (game, page)
          JOIN games g ON g.id = u.game)
     ORDER BY place, page FOR UPDATE OF asked";
const STORE: &str = "INSERT INTO asked (place, page, body)
     SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[])
     ON CONFLICT (place, page) DO UPDATE SET body = excluded.body";

/// Every question that a place has been asked.
pub(crate) async fn all(conn: &Connection, place: PlaceId) -> Result<AskedHistory, Fault> {
    let rows = conn.query(ALL, &[&id_to_sql(place)]).await?;
    let bodies = rows.iter().map(|row| Ok(row.try_get(0)?));
    let bodies: Vec<&[u8]> = bodies.collect::<Result<_, Fault>>()?;
    Ok(AskedHistory::of_pages(bodies))
}

/// Locks the existing pages that these writes change.
pub(super) async fn hold(conn: &Connection, writes: &[Write]) -> Result<Vec<Row>, Fault> {
    let of = |write: &Write| {
        let game = id_to_sql(write.game);
        let pages = write
            .asked
            .iter()
            .map(|question| page(QuestionHash::of(question)));
        pages.map(move |page| (game, page)).collect::<Vec<_>>()
    };
    let wanted: BTreeSet<(i64, i64)> = writes.iter().flat_map(of).collect();
    let (game, page): (Vec<i64>, Vec<i64>) = wanted.into_iter().unzip();
    let wanted: Params<'_> = &[&game, &page];
    conn.query_if(!game.is_empty(), HOLD, wanted).await
}

/// The pages that [`hold`] locked.
pub(super) fn read(rows: &[Row]) -> Result<Pages, Fault> {
    let pages = rows.iter().map(|row| {
        let key = (row.try_get(0)?, row.try_get(1)?);
        Ok((key, row.try_get(2)?))
    });
    pages.collect()
}

/// Records in `pages` that a game asked a question. A page comes from `before` when it is first
/// changed.
pub(super) fn note(pages: &mut Pages, before: &Pages, place: i64, question: &str, game: GameId) {
    let hash = QuestionHash::of(question);
    let key = (place, page(hash));
    let body = pages.get(&key).or_else(|| before.get(&key));
    let body = noted(body.map_or(&[], Vec::as_slice), hash, game);
    pages.insert(key, body);
}

/// Stores pages, replacing the old ones.
pub(super) async fn store(conn: &Connection, pages: &Pages) -> Result<(), Fault> {
    let (place, page): (Vec<i64>, Vec<i64>) = pages.keys().copied().unzip();
    let body: Vec<&[u8]> = pages.values().map(Vec::as_slice).collect();
    let rows: Params<'_> = &[&place, &page, &body];
    conn.execute_if(!place.is_empty(), STORE, rows).await?;
    Ok(())
}

/// Moves rows that an earlier version stored singly into pages. Their numbers also grew with time,
/// and are smaller than any game's id.
pub(super) async fn take_over(conn: &Connection) -> Result<(), Fault> {
    let is_there = "SELECT count(*) FROM information_schema.tables
         WHERE table_name = 'asked_by_row' AND table_schema = current_schema()";
    let is_there: i64 = conn.query(is_there, &[]).await?[0].get(0);
    if is_there == 0 {
        return Ok(());
    }
    let mut pages = Pages::new();
    let rows = "SELECT place, question, seq FROM asked_by_row";
    for row in conn.query(rows, &[]).await? {
        let seq: i64 = row.try_get(2)?;
        let (place, question) = (row.try_get(0)?, row.try_get(1)?);
        note(
            &mut pages,
            &Pages::new(),
            place,
            question,
            GameId(seq.cast_unsigned()),
        );
    }
    store(conn, &pages).await?;
    conn.run("DROP TABLE asked_by_row").await
}

fn page(hash: QuestionHash) -> i64 {
    i64::from(page_of(hash))
}
