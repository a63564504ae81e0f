//! Choices of single members, and their earlier games. Single statements that concern no live game,
//! so they need not wait for the writer.

use super::connection::{Connection, Params};
use super::error::Fault;
use super::games::damaged;
use crate::PastGames;
use crate::model::id_to_sql;
use heat_core::id::{GameId, UserId};

/// Frequent statements.
pub(super) const STATEMENTS: &[&str] = &[HIDES_TYPED, PAST_GAMES];

const HIDES_TYPED: &str = "SELECT 1 FROM typed_hidden WHERE member = $1";
const HIDE_TYPED: &str = "INSERT INTO typed_hidden (member, since_ms) VALUES ($1, $2)
     ON CONFLICT (member) DO NOTHING";
const SHOW_TYPED: &str = "DELETE FROM typed_hidden WHERE member = $1";
const PAST_GAMES: &str = "SELECT count(*), coalesce(max(points), 0)::BIGINT FROM (
         SELECT sum(a.points) AS points FROM answers a
         JOIN reveals r ON r.game = a.game AND r.round = a.round
         WHERE a.player = $1 AND a.game <> $2 GROUP BY a.game
         HAVING (SELECT count(*) FROM reveals l WHERE l.game = a.game) = $3
     ) AS past";

pub(crate) async fn hides_typed(conn: &Connection, member: UserId) -> Result<bool, Fault> {
    let rows = conn.query(HIDES_TYPED, &[&id_to_sql(member)]).await?;
    Ok(!rows.is_empty())
}

/// Choosing again keeps the first time.
pub(crate) async fn hide_typed(
    conn: &Connection,
    member: UserId,
    since_ms: Option<i64>,
) -> Result<(), Fault> {
    let member = id_to_sql(member);
    match since_ms {
        Some(since_ms) => conn.execute(HIDE_TYPED, &[&member, &since_ms]).await,
        None => conn.execute(SHOW_TYPED, &[&member]).await,
    }
    .map(drop)
}

pub(crate) async fn past_games(
    conn: &Connection,
    member: UserId,
    game: GameId,
    questions: u16,
) -> Result<PastGames, Fault> {
    let (member, game) = (id_to_sql(member), id_to_sql(game));
    let wanted: Params<'_> = &[&member, &game, &i64::from(questions)];
    let rows = conn.query(PAST_GAMES, wanted).await?;
    let Some(row) = rows.first() else {
        return Ok(PastGames::default());
    };
    let number = |at: usize| -> Result<u64, Fault> {
        let number: i64 = row.try_get(at)?;
        u64::try_from(number).map_err(|_| damaged("a sum of points", number))
    };
    Ok(PastGames {
        games: number(0)?,
        points_max: number(1)?,
    })
}
