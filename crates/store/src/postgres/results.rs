//! Results to be sent. They concern games that are over, so no query waits for the writer.

use super::connection::{Connection, Params};
use super::error::Fault;
use crate::model::{id_from_sql, id_to_sql};
use crate::results::{DUE_MAX, SendState, UnsentResult, UnsentResults};
use heat_core::id::{GameId, GuildId};
use heat_core::shard::ShardRange;

/// Statements that run every few seconds.
pub(super) const STATEMENTS: &[&str] = &[WAITING, DUE];

/// [`heat_core::shard::shard_of`] in SQL, where shifting a negative number keeps its sign.
const WAITING: &str = "SELECT count(*) FROM games
     WHERE ended AND result_state = 0 AND guild IS NOT NULL AND started_at_ms > $1
         AND mod((guild >> 22) & 4398046511103, $2) BETWEEN $3 AND $4";
const DUE: &str = "SELECT id, result_tries FROM games
     WHERE ended AND result_state = 0 AND guild IS NOT NULL AND started_at_ms > $1
         AND mod((guild >> 22) & 4398046511103, $2) BETWEEN $3 AND $4 AND result_due_ms <= $5
     ORDER BY started_at_ms, id LIMIT $6";
const NOTE: &str = "UPDATE games SET result_state = $2, result_tries = coalesce($3, result_tries),
         result_due_ms = $4 WHERE id = $1 AND result_state = 0";
const ENDED_OF: &str = "SELECT id FROM games
     WHERE guild = $1 AND started_at_ms >= $2 AND ended
     ORDER BY started_at_ms DESC, id DESC LIMIT $3";
const ENDED: &str = "SELECT id FROM games
     WHERE guild IS NOT NULL AND started_at_ms >= $1 AND ended
     ORDER BY started_at_ms DESC, id DESC LIMIT $2";

pub(crate) async fn unsent(
    conn: &Connection,
    shards: ShardRange,
    since_ms: i64,
    now_ms: i64,
) -> Result<UnsentResults, Fault> {
    let [total, first, last] = [shards.total(), shards.first(), shards.last()].map(i64::from);
    let rows = conn
        .query(WAITING, &[&since_ms, &total, &first, &last])
        .await?;
    let waiting: i64 = rows.first().map_or(Ok(0), |row| row.try_get(0))?;
    let most = i64::from(DUE_MAX);
    let due: Params<'_> = &[&since_ms, &total, &first, &last, &now_ms, &most];
    let mut unsent = UnsentResults {
        due: Vec::new(),
        waiting: waiting.unsigned_abs(),
    };
    for row in conn.query(DUE, due).await? {
        let tries: i64 = row.try_get(1)?;
        unsent.due.push(UnsentResult {
            game: id_from_sql(row.try_get(0)?),
            tries: u32::try_from(tries).unwrap_or(u32::MAX),
        });
    }
    Ok(unsent)
}

pub(crate) async fn note(conn: &Connection, game: GameId, state: SendState) -> Result<(), Fault> {
    let (state, tries, due_ms) = state.columns();
    let row: Params<'_> = &[&id_to_sql(game), &state, &tries, &due_ms];
    conn.execute(NOTE, row).await?;
    Ok(())
}

pub(crate) async fn ended(
    conn: &Connection,
    guild: Option<GuildId>,
    since_ms: i64,
    most: u32,
) -> Result<Vec<GameId>, Fault> {
    let most = i64::from(most);
    let rows = match guild {
        Some(guild) => {
            let of: Params<'_> = &[&id_to_sql(guild), &since_ms, &most];
            conn.query(ENDED_OF, of).await?
        }
        None => conn.query(ENDED, &[&since_ms, &most]).await?,
    };
    let ids = rows.iter().map(|row| Ok(id_from_sql(row.try_get(0)?)));
    ids.collect()
}
