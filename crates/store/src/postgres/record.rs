//! A player's record in SQL.

use super::connection::{Connection, Params};
use super::error::Fault;
use super::games::damaged;
use crate::model::id_to_sql;
use crate::record::{Around, AroundRecorder, Recorder};
use futures_util::TryStreamExt;
use heat_core::id::{GameId, UserId};
use heat_core::standing::{Record, badge};
use std::pin::pin;
use tokio_postgres::Row;

/// A player's answers in revealed rounds, in the order they were given.
pub(super) const ANSWERS: &str = "SELECT a.game, a.topic, a.correct, a.elapsed_ms
     FROM answers a
     JOIN reveals r ON r.game = a.game AND r.round = a.round
     WHERE a.player = $1 ORDER BY a.at_ms, a.game, a.round";

/// Finished games of a player with at least two players, in which nobody had more points. Reads the
/// answers of all players of those games.
pub(super) const WINS: &str = "WITH mine AS (SELECT DISTINCT game FROM answers WHERE player = $1),
     totals AS (SELECT a.game, a.player AS player, sum(a.points) AS points
         FROM mine
         JOIN answers a ON a.game = mine.game
         JOIN reveals r ON r.game = a.game AND r.round = a.round
         GROUP BY a.game, a.player),
     best AS (SELECT game, max(points) AS points FROM totals GROUP BY game HAVING count(*) > 1)
     SELECT count(*) FROM totals t
     JOIN best b ON b.game = t.game AND b.points = t.points
     JOIN games g ON g.id = t.game AND g.ended
     WHERE t.player = $1 AND t.points > 0";

/// Whether the player won a game, over or not.
const HAS_WON: &str = "SELECT count(*) > 1
         AND coalesce(max(points) FILTER (WHERE player = $1), 0) > 0
         AND max(points) = max(points) FILTER (WHERE player = $1)
     FROM (SELECT a.player, sum(a.points) AS points
         FROM answers a
         JOIN reveals r ON r.game = a.game AND r.round = a.round
         WHERE a.game = $2 GROUP BY a.player) AS totals";

/// The player's other games that [`WINS`] counts, up to $3; it checks one game after another.
const OTHER_WINS: &str = "SELECT count(*) FROM (
         SELECT 1 FROM (SELECT DISTINCT game FROM answers WHERE player = $1 AND game <> $2) AS mine
         JOIN games g ON g.id = mine.game AND g.ended
         WHERE (
             SELECT count(*) > 1
                 AND coalesce(max(points) FILTER (WHERE player = $1), 0) > 0
                 AND max(points) = max(points) FILTER (WHERE player = $1)
             FROM (SELECT a.player, sum(a.points) AS points
                 FROM answers a
                 JOIN reveals r ON r.game = a.game AND r.round = a.round
                 WHERE a.game = mine.game GROUP BY a.player) AS totals)
         LIMIT $3) AS won";

/// A player's record; `None` if nothing of theirs counts yet. Rows are streamed, because there may
/// be a hundred thousand.
pub(crate) async fn of(conn: &Connection, user: UserId) -> Result<Option<Record>, Fault> {
    let mut recorder = Recorder::default();
    let mut rows = pin!(conn.stream(ANSWERS, &[&id_to_sql(user)]).await?);
    while let Some(row) = rows.try_next().await? {
        let (game, topic, is_correct, elapsed_ms) = answer(&row)?;
        recorder.count(game, topic, is_correct, elapsed_ms);
    }
    let won = conn.query(WINS, &[&id_to_sql(user)]).await?;
    let wins = won.first().map_or(Ok(0), |row| row.try_get(0))?;
    Ok(recorder.finish(wins))
}

/// A player's record without and with a game that is just ending; `None` if it is too long.
pub(crate) async fn around(conn: &Connection, user: UserId, game: GameId) -> Result<Around, Fault> {
    let (user, game) = (id_to_sql(user), id_to_sql(game));
    let mut recorder = AroundRecorder::new(game);
    let mut rows = pin!(conn.stream(ANSWERS, &[&user]).await?);
    while let Some(row) = rows.try_next().await? {
        let (game, topic, is_correct, elapsed_ms) = answer(&row)?;
        if !recorder.count(game, topic, is_correct, elapsed_ms) {
            return Ok(Around::default());
        }
    }
    let won = conn.query(HAS_WON, &[&user, &game]).await?;
    let has_won = won.first().map_or(Ok(false), |row| row.try_get(0))?;
    if !has_won {
        return Ok(recorder.finish(0, false));
    }
    // Only the winner of this game can earn a badge for won games with it.
    let most = i64::try_from(badge::WINS).unwrap_or(i64::MAX);
    let wanted: Params<'_> = &[&user, &game, &most];
    let wins = conn.query(OTHER_WINS, wanted).await?;
    let wins_before = wins.first().map_or(Ok(0), |row| row.try_get(0))?;
    Ok(recorder.finish(wins_before, true))
}

fn answer(row: &Row) -> Result<(i64, &str, bool, u32), Fault> {
    let elapsed: i64 = row.try_get(3)?;
    let elapsed_ms = u32::try_from(elapsed).map_err(|_| damaged("an answer's time", elapsed))?;
    Ok((
        row.try_get(0)?,
        row.try_get(1)?,
        row.try_get(2)?,
        elapsed_ms,
    ))
}
