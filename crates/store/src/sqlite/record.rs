//! A player's record in SQL.

use crate::model::id_to_sql;
use crate::record::{Around, AroundRecorder, Recorder};
use heat_core::id::{GameId, UserId};
use heat_core::standing::{Record, badge};
use rusqlite::Connection;

/// A player's answers whose rounds were revealed, in order. `CROSS` fixes the order of the tables:
/// first the player's answers, from an index that covers the query, then whether each round was
/// revealed. The other order would read every round ever revealed.
pub(crate) const ANSWERS: &str = "SELECT a.game, a.topic, a.correct, a.elapsed_ms
     FROM answers a
     CROSS JOIN reveals r ON r.game = a.game AND r.round = a.round
     WHERE a.user = ?1 ORDER BY a.at_ms, a.game, a.round";

/// Finished games of a player with at least two players, in which nobody had more points. Reads the
/// answers of all players of those games.
pub(crate) const WINS: &str = "WITH mine AS (SELECT DISTINCT game FROM answers WHERE user = ?1),
     totals AS (SELECT a.game, a.user AS player, sum(a.points) AS points
         FROM mine
         CROSS JOIN answers a ON a.game = mine.game
         CROSS JOIN reveals r ON r.game = a.game AND r.round = a.round
         GROUP BY a.game, a.user),
     best AS (SELECT game, max(points) AS points FROM totals GROUP BY game HAVING count(*) > 1)
     SELECT count(*) FROM totals t
     JOIN best b ON b.game = t.game AND b.points = t.points
     JOIN games g ON g.id = t.game AND g.ended
     WHERE t.player = ?1 AND t.points > 0";

/// Whether the player won a game, over or not.
pub(crate) const HAS_WON: &str = "SELECT count(*) > 1
         AND coalesce(max(points) FILTER (WHERE player = ?1), 0) > 0
         AND max(points) = max(points) FILTER (WHERE player = ?1)
     FROM (SELECT a.user AS player, sum(a.points) AS points
         FROM answers a
         CROSS JOIN reveals r ON r.game = a.game AND r.round = a.round
         WHERE a.game = ?2 GROUP BY a.user) AS totals";

/// The player's other games that [`WINS`] counts, up to ?3; it checks one game after another.
pub(crate) const OTHER_WINS: &str = "SELECT count(*) FROM (
         SELECT 1 FROM (SELECT DISTINCT game FROM answers WHERE user = ?1 AND game <> ?2) AS mine
         CROSS JOIN games g ON g.id = mine.game AND g.ended
         WHERE (
             SELECT count(*) > 1
                 AND coalesce(max(points) FILTER (WHERE player = ?1), 0) > 0
                 AND max(points) = max(points) FILTER (WHERE player = ?1)
             FROM (SELECT a.user AS player, sum(a.points) AS points
                 FROM answers a
                 CROSS JOIN reveals r ON r.game = a.game AND r.round = a.round
                 WHERE a.game = mine.game GROUP BY a.user) AS totals)
         LIMIT ?3)";

/// A player's record; `None` if nothing of theirs counts yet.
pub(crate) fn of(conn: &Connection, user: UserId) -> rusqlite::Result<Option<Record>> {
    let mut recorder = Recorder::default();
    let mut statement = conn.prepare_cached(ANSWERS)?;
    let mut rows = statement.query([id_to_sql(user)])?;
    while let Some(row) = rows.next()? {
        let topic = row.get_ref(1)?.as_str()?;
        recorder.count(row.get(0)?, topic, row.get(2)?, row.get(3)?);
    }
    let wins = conn
        .prepare_cached(WINS)?
        .query_row([id_to_sql(user)], |row| row.get(0))?;
    Ok(recorder.finish(wins))
}

/// A player's record without and with a game that is just ending; `None` if it is too long.
pub(crate) fn around(conn: &Connection, user: UserId, game: GameId) -> rusqlite::Result<Around> {
    let (user, game) = (id_to_sql(user), id_to_sql(game));
    let mut recorder = AroundRecorder::new(game);
    let mut statement = conn.prepare_cached(ANSWERS)?;
    let mut rows = statement.query([user])?;
    while let Some(row) = rows.next()? {
        let topic = row.get_ref(1)?.as_str()?;
        if !recorder.count(row.get(0)?, topic, row.get(2)?, row.get(3)?) {
            return Ok(Around::default());
        }
    }
    let has_won = conn
        .prepare_cached(HAS_WON)?
        .query_row([user, game], |row| row.get(0))?;
    // Only the winner of this game can earn a badge for won games with it.
    let wins_before = if has_won {
        let most = i64::try_from(badge::WINS).unwrap_or(i64::MAX);
        conn.prepare_cached(OTHER_WINS)?
            .query_row([user, game, most], |row| row.get(0))?
    } else {
        0
    };
    Ok(recorder.finish(wins_before, has_won))
}
