//! Choices of single members, and their earlier games.

use crate::PastGames;
use crate::model::id_to_sql;
use heat_core::id::{GameId, UserId};
use rusqlite::{Connection, params};

/// `CROSS` fixes the order of the tables: first the member's answers, by their index.
pub(crate) const PAST_GAMES: &str = "SELECT count(*), coalesce(max(points), 0) FROM (
         SELECT sum(a.points) AS points FROM answers a
         CROSS JOIN reveals r ON r.game = a.game AND r.round = a.round
         WHERE a.user = ?1 AND a.game <> ?2 GROUP BY a.game
         HAVING (SELECT count(*) FROM reveals l WHERE l.game = a.game) = ?3
     )";

pub(crate) fn hides_typed(conn: &Connection, member: UserId) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM typed_hidden WHERE member = ?1)")?
        .query_row([id_to_sql(member)], |row| row.get(0))
}

/// Choosing again keeps the first time.
pub(crate) fn hide_typed(
    conn: &Connection,
    member: UserId,
    since_ms: Option<i64>,
) -> rusqlite::Result<()> {
    let member = id_to_sql(member);
    match since_ms {
        Some(since_ms) => conn.execute(
            "INSERT INTO typed_hidden (member, since_ms) VALUES (?1, ?2)
             ON CONFLICT (member) DO NOTHING",
            params![member, since_ms],
        ),
        None => conn.execute("DELETE FROM typed_hidden WHERE member = ?1", [member]),
    }
    .map(drop)
}

pub(crate) fn past_games(
    conn: &Connection,
    member: UserId,
    game: GameId,
    questions: u16,
) -> rusqlite::Result<PastGames> {
    let wanted = [id_to_sql(member), id_to_sql(game), i64::from(questions)];
    conn.prepare_cached(PAST_GAMES)?.query_row(wanted, |row| {
        // Neither a count nor points are ever negative.
        let number = |at| row.get(at).map(i64::unsigned_abs);
        Ok(PastGames {
            games: number(0)?,
            points_max: number(1)?,
        })
    })
}
