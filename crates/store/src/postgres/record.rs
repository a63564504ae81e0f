//! A player's record in SQL.

use super::connection::{Connection, Params};
use super::error::Fault;
use super::games::damaged;
use crate::model::id_to_sql;
use crate::record::{Around, AroundRecorder};
use futures_util::TryStreamExt;
use heat_core::id::{GameId, UserId};
use heat_core::standing::Record;
use std::pin::pin;

/// A player's answers whose rounds were revealed, in the order they were given.
pub(super) const ANSWERS: &str = "SELECT a.game, a.topic, a.correct, a.elapsed_ms
     FROM answers a
     JOIN reveals r ON r.game = a.game AND r.round = a.round
     WHERE a.player = $1 ORDER BY a.at_ms, a.game, a.round";

/// Games of a player that are over, in which two or more played and nobody had more points: with
/// one that is just ending, and without it. Reads the answers of all players of those games.
pub(super) const WINS: &str = "WITH mine AS (SELECT DISTINCT game FROM answers WHERE player = $1),
     totals AS (SELECT a.game, a.player AS player, sum(a.points) AS points
         FROM mine
         JOIN answers a ON a.game = mine.game
         JOIN reveals r ON r.game = a.game AND r.round = a.round
         GROUP BY a.game, a.player),
     best AS (SELECT game, max(points) AS points FROM totals GROUP BY game HAVING count(*) > 1)
     SELECT count(*), count(*) FILTER (WHERE g.id <> $2) FROM totals t
     JOIN best b ON b.game = t.game AND b.points = t.points
     JOIN games g ON g.id = t.game AND (g.ended OR g.id = $2)
     WHERE t.player = $1 AND t.points > 0";

/// A player's record, or none if nothing of theirs counts yet.
pub(crate) async fn of(conn: &Connection, user: UserId) -> Result<Option<Record>, Fault> {
    Ok(around(conn, user, None).await?.after)
}

/// A player's record without a game that is just ending, and with it as if it were over. Rows are
/// streamed: there may be a hundred thousand.
pub(crate) async fn around(
    conn: &Connection,
    user: UserId,
    game: Option<GameId>,
) -> Result<Around, Fault> {
    let game = game.map(id_to_sql);
    let mut recorder = AroundRecorder::new(game);
    let mut rows = pin!(conn.stream(ANSWERS, &[&id_to_sql(user)]).await?);
    while let Some(row) = rows.try_next().await? {
        let elapsed: i64 = row.try_get(3)?;
        let elapsed_ms =
            u32::try_from(elapsed).map_err(|_| damaged("an answer's time", elapsed))?;
        recorder.count(
            row.try_get(0)?,
            row.try_get(1)?,
            row.try_get(2)?,
            elapsed_ms,
        );
    }
    let wanted: Params<'_> = &[&id_to_sql(user), &game];
    let won = conn.query(WINS, wanted).await?;
    let wins = match won.first() {
        Some(row) => (row.try_get(0)?, row.try_get(1)?),
        None => (0, 0),
    };
    Ok(recorder.finish(wins))
}
