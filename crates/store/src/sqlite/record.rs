//! A player's record in SQL.

use crate::model::id_to_sql;
use crate::record::{Around, AroundRecorder};
use heat_core::id::{GameId, UserId};
use heat_core::standing::Record;
use rusqlite::{Connection, params};

/// A player's answers whose rounds were revealed, in order. `CROSS` fixes the order of the tables:
/// first the player's answers, from an index that covers the query, then whether each round was
/// revealed. The other order would read every round ever revealed.
pub(crate) const ANSWERS: &str = "SELECT a.game, a.topic, a.correct, a.elapsed_ms
     FROM answers a
     CROSS JOIN reveals r ON r.game = a.game AND r.round = a.round
     WHERE a.user = ?1 ORDER BY a.at_ms, a.game, a.round";

/// Games of a player that are over, in which two or more played and nobody had more points: with
/// one that is just ending, and without it. Reads the answers of all players of those games.
pub(crate) const WINS: &str = "WITH mine AS (SELECT DISTINCT game FROM answers WHERE user = ?1),
     totals AS (SELECT a.game, a.user AS player, sum(a.points) AS points
         FROM mine
         CROSS JOIN answers a ON a.game = mine.game
         CROSS JOIN reveals r ON r.game = a.game AND r.round = a.round
         GROUP BY a.game, a.user),
     best AS (SELECT game, max(points) AS points FROM totals GROUP BY game HAVING count(*) > 1)
     SELECT count(*), count(*) FILTER (WHERE g.id <> ?2) FROM totals t
     JOIN best b ON b.game = t.game AND b.points = t.points
     JOIN games g ON g.id = t.game AND (g.ended OR g.id = ?2)
     WHERE t.player = ?1 AND t.points > 0";

/// A player's record, or none if nothing of theirs counts yet.
pub(crate) fn of(conn: &Connection, user: UserId) -> rusqlite::Result<Option<Record>> {
    Ok(around(conn, user, None)?.after)
}

/// A player's record without a game that is just ending, and with it as if it were over.
pub(crate) fn around(
    conn: &Connection,
    user: UserId,
    game: Option<GameId>,
) -> rusqlite::Result<Around> {
    let game = game.map(id_to_sql);
    let mut recorder = AroundRecorder::new(game);
    let mut statement = conn.prepare_cached(ANSWERS)?;
    let mut rows = statement.query([id_to_sql(user)])?;
    while let Some(row) = rows.next()? {
        let topic = row.get_ref(1)?.as_str()?;
        recorder.count(row.get(0)?, topic, row.get(2)?, row.get(3)?);
    }
    let wins = conn
        .prepare_cached(WINS)?
        .query_row(params![id_to_sql(user), game], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
    Ok(recorder.finish(wins))
}
