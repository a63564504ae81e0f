//! Seasons. A change runs in the caller's transaction and first locks its season's row, so that
//! changes happen one after the other, in any process.

use super::connection::{Connection, Params};
use super::error::Fault;
use super::games::damaged;
use crate::model::{id_from_sql, id_to_sql};
use crate::season::{
    GAME_MAX_MS, HALL_PLACES, NewSeason, RefusedRole, RoleStep, SeasonEnd, StoredSeason, TO_DO_MAX,
    state_after, state_before,
};
use heat_core::id::{GuildId, SeasonId};
use heat_core::season::Season;
use heat_core::shard::ShardRange;
use heat_core::standing::Standing;
use tokio_postgres::Row;

/// What is asked often.
pub(super) const STATEMENTS: &[&str] = &[OF, BOARD, UNSETTLED];

/// The columns of a season, in the order of [`read`].
macro_rules! seasons {
    ($rest:literal) => {
        concat!(
            "SELECT id, guild, name, role, winners, opened_at_ms, closed_at_ms, route, told
             FROM seasons ",
            $rest
        )
    };
}

/// The board of server $1 over the answers from $2 on and before $3, in games begun from $4 on.
macro_rules! ledger {
    () => {
        "SELECT player, rank() OVER (ORDER BY points DESC) AS rank, points, correct, answered
         FROM (SELECT a.player, sum(a.points)::bigint AS points,
                   count(*) FILTER (WHERE a.correct) AS correct, count(*) AS answered
               FROM games g
               JOIN reveals r ON r.game = g.id
               JOIN answers a ON a.game = r.game AND a.round = r.round
               WHERE g.guild = $1 AND g.started_at_ms >= $4 AND g.started_at_ms < $3
                   AND a.at_ms >= $2 AND a.at_ms < $3
               GROUP BY a.player) AS sums"
    };
}

const OF: &str = seasons!("WHERE guild = $1 ORDER BY opened_at_ms DESC");
const RUNNING: &str = seasons!("WHERE guild = $1 AND closed_at_ms IS NULL");
const CLOSED_BY: &str = seasons!("WHERE guild = $1 AND closed_by = $2");
/// [`heat_core::shard::shard_of`] in SQL, where shifting a negative number keeps its sign.
const UNSETTLED: &str = seasons!(
    "WHERE closed_at_ms IS NOT NULL AND told < 2
         AND mod((guild >> 22) & 4398046511103, $1) BETWEEN $2 AND $3
     ORDER BY closed_at_ms LIMIT $4"
);
const OPEN: &str = "INSERT INTO seasons (id, guild, name, role, winners, opened_at_ms)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
const OLD: &str = "SELECT id FROM seasons WHERE guild = $1 ORDER BY opened_at_ms DESC OFFSET $2";
const DROP: [&str; 3] = [
    "DELETE FROM season_places WHERE season = $1",
    "DELETE FROM season_roles WHERE season = $1",
    "DELETE FROM seasons WHERE id = $1",
];
const CLOSE: &str = "UPDATE seasons SET closed_at_ms = $3, closed_by = $2, route = $4
     WHERE guild = $1 AND closed_at_ms IS NULL AND opened_at_ms <= $3
     RETURNING id, opened_at_ms";
const STORE_PLACES: &str = concat!(
    "INSERT INTO season_places (season, player, rank, points, correct, answered)
     SELECT $5::bigint, player, rank, points, correct, answered FROM (",
    ledger!(),
    ") AS board"
);
const GIVE: &str = "INSERT INTO season_roles (season, player, role, state)
     SELECT s.id, p.player, s.role, 'give' FROM seasons s
     JOIN season_places p ON p.season = s.id AND p.rank <= s.winners AND p.points > 0
     WHERE s.id = $1 AND s.role IS NOT NULL ORDER BY p.rank, p.player LIMIT $2";
const TAKE: &str = "UPDATE season_roles r SET why = NULL, state = CASE WHEN EXISTS
             (SELECT 1 FROM season_roles n
              WHERE n.season = $2 AND n.player = r.player AND n.role = r.role)
         THEN 'gone' ELSE 'take' END
     WHERE r.state IN ('give', 'held', 'take', 'not taken')
         AND r.season IN (SELECT id FROM seasons WHERE guild = $1 AND id <> $2)";
const BOARD: &str = concat!(ledger!(), " ORDER BY points DESC, player");
const PLACES: &str = "SELECT player, rank, points, correct, answered FROM season_places
     WHERE season = $1 ORDER BY rank, player";
const HALL: &str = "SELECT season, player, rank, points, correct, answered FROM
         (SELECT p.*, s.opened_at_ms,
              row_number() OVER (PARTITION BY p.season ORDER BY p.rank, p.player) AS place
          FROM seasons s JOIN season_places p ON p.season = s.id AND p.rank <= $2
          WHERE s.guild = $1) AS best
     WHERE place <= $2 ORDER BY opened_at_ms DESC, place";
const ANNOUNCED: &str = "UPDATE seasons SET told = 1 WHERE id = $1 AND told = 0";
const SETTLED: &str = "UPDATE seasons SET told = 2, route = NULL WHERE id = $1";
const ROLE_STEPS: &str = "SELECT r.season, r.player, r.role, r.state = 'give' FROM season_roles r
     JOIN seasons s ON s.id = r.season
     WHERE r.state IN ('give', 'take') AND s.guild = $1
     ORDER BY r.state COLLATE \"C\" DESC, r.season, r.player LIMIT $2";
const ROLE_STEP_DONE: &str = "UPDATE season_roles SET state = $4, why = $5
     WHERE season = $1 AND player = $2 AND state = $3";
const REFUSED: &str =
    "SELECT r.player, r.role, r.state = 'not given', coalesce(r.why, 0) FROM season_roles r
     JOIN seasons s ON s.id = r.season
     WHERE s.guild = $1 AND (r.state = 'not taken' OR r.state = 'not given' AND r.season = $2)
     ORDER BY r.state COLLATE \"C\", r.season, r.player LIMIT $3";

fn read(row: &Row) -> Result<StoredSeason, Fault> {
    let role: Option<i64> = row.try_get(3)?;
    let winners: i64 = row.try_get(4)?;
    let told: i64 = row.try_get(8)?;
    let season = Season {
        id: id_from_sql(row.try_get(0)?),
        name: row.try_get(2)?,
        role: role.map(id_from_sql),
        winners: u8::try_from(winners)
            .map_err(|_| damaged("the last rank that wins a season", winners))?,
        opened_at_ms: row.try_get(5)?,
        closed_at_ms: row.try_get(6)?,
    };
    Ok(StoredSeason {
        season,
        guild: id_from_sql(row.try_get(1)?),
        route: row.try_get(7)?,
        is_announced: told > 0,
    })
}

/// Opens a season unless one is open already. Returns the open one.
pub(crate) async fn open(
    conn: &Connection,
    season: NewSeason,
) -> Result<Option<StoredSeason>, Fault> {
    let (id, guild) = (id_to_sql(season.id), id_to_sql(season.guild));
    let role = season.role.map(id_to_sql);
    let winners = i64::from(season.winners);
    let row: Params<'_> = &[
        &id,
        &guild,
        &&*season.name,
        &role,
        &winners,
        &season.opened_at_ms,
    ];
    conn.execute(OPEN, row).await?;
    let kept = i64::from(season.seasons_max);
    for old in conn.query(OLD, &[&guild, &kept]).await? {
        let old: i64 = old.try_get(0)?;
        for sql in DROP {
            conn.execute(sql, &[&old]).await?;
        }
    }
    let running = conn.query(RUNNING, &[&guild]).await?;
    running.first().map(read).transpose()
}

/// Closes the running season with its final standing and the resulting role changes: roles of
/// earlier seasons are taken away, except from members who win the same one again. Returns the
/// season that this interaction closed.
pub(crate) async fn close(
    conn: &Connection,
    end: SeasonEnd,
) -> Result<Option<StoredSeason>, Fault> {
    let (guild, by) = (id_to_sql(end.guild), id_to_sql(end.by));
    let row: Params<'_> = &[&guild, &by, &end.at_ms, &&*end.route];
    let closed = conn.query(CLOSE, row).await?;
    if let Some(closed) = closed.first() {
        let (id, opened_at_ms): (i64, i64) = (closed.try_get(0)?, closed.try_get(1)?);
        let from = opened_at_ms - GAME_MAX_MS;
        let board: Params<'_> = &[&guild, &opened_at_ms, &end.at_ms, &from, &id];
        conn.execute(STORE_PLACES, board).await?;
        let holders_max = i64::from(end.holders_max);
        conn.execute(GIVE, &[&id, &holders_max]).await?;
        conn.execute(TAKE, &[&guild, &id]).await?;
    }
    let season = conn.query(CLOSED_BY, &[&guild, &by]).await?;
    season.first().map(read).transpose()
}

/// A server's seasons, the newest first.
pub(crate) async fn of(conn: &Connection, guild: GuildId) -> Result<Vec<StoredSeason>, Fault> {
    let rows = conn.query(OF, &[&id_to_sql(guild)]).await?;
    rows.iter().map(read).collect()
}

/// Everybody's place, best first. `running_since` is the start of a running season, whose places
/// come from the ledger.
pub(crate) async fn places(
    conn: &Connection,
    season: SeasonId,
    guild: GuildId,
    running_since: Option<i64>,
) -> Result<Vec<Standing>, Fault> {
    let rows = match running_since {
        Some(since) => {
            let from = since - GAME_MAX_MS;
            let bounds: Params<'_> = &[&id_to_sql(guild), &since, &i64::MAX, &from];
            conn.query(BOARD, bounds).await?
        }
        None => conn.query(PLACES, &[&id_to_sql(season)]).await?,
    };
    rows.iter().map(|row| read_place(row, 0)).collect()
}

/// Reads player, rank, points, correct, answered, from column `first` on.
fn read_place(row: &Row, first: usize) -> Result<Standing, Fault> {
    let number = |column| Ok::<_, Fault>(row.try_get::<_, i64>(first + column)?.cast_unsigned());
    Ok(Standing {
        user: id_from_sql(row.try_get(first)?),
        rank: number(1)?,
        points: number(2)?,
        correct: number(3)?,
        answered: number(4)?,
    })
}

/// The top places of each closed season.
pub(crate) async fn hall(
    conn: &Connection,
    guild: GuildId,
) -> Result<Vec<(SeasonId, Standing)>, Fault> {
    let rows = conn.query(HALL, &[&id_to_sql(guild), &HALL_PLACES]).await?;
    let places = rows.iter().map(|row| {
        let season = id_from_sql(row.try_get(0)?);
        Ok((season, read_place(row, 1)?))
    });
    places.collect()
}

/// Closed seasons of these shards that are not settled yet.
pub(crate) async fn unsettled(
    conn: &Connection,
    shards: ShardRange,
) -> Result<Vec<StoredSeason>, Fault> {
    let [first, last, total] = [shards.first(), shards.last(), shards.total()].map(i64::from);
    let rows = conn
        .query(UNSETTLED, &[&total, &first, &last, &TO_DO_MAX])
        .await?;
    rows.iter().map(read).collect()
}

/// The end was announced.
pub(crate) async fn mark_announced(conn: &Connection, season: SeasonId) -> Result<(), Fault> {
    conn.execute(ANNOUNCED, &[&id_to_sql(season)]).await?;
    Ok(())
}

/// Nothing is left to be done.
pub(crate) async fn mark_settled(conn: &Connection, season: SeasonId) -> Result<(), Fault> {
    conn.execute(SETTLED, &[&id_to_sql(season)]).await?;
    Ok(())
}

/// Pending role changes in a server.
pub(crate) async fn role_steps(conn: &Connection, guild: GuildId) -> Result<Vec<RoleStep>, Fault> {
    let bounds: Params<'_> = &[&id_to_sql(guild), &TO_DO_MAX];
    let rows = conn.query(ROLE_STEPS, bounds).await?;
    let steps = rows.iter().map(|row| {
        Ok(RoleStep {
            season: id_from_sql(row.try_get(0)?),
            guild,
            user: id_from_sql(row.try_get(1)?),
            role: id_from_sql(row.try_get(2)?),
            gives: row.try_get(3)?,
        })
    });
    steps.collect()
}

/// Records that a role change was made or refused.
pub(crate) async fn role_step_done(
    conn: &Connection,
    step: RoleStep,
    refused: Option<i64>,
) -> Result<(), Fault> {
    let (before, after) = (state_before(step.gives), state_after(step.gives, refused));
    let (season, user) = (id_to_sql(step.season), id_to_sql(step.user));
    let row: Params<'_> = &[&season, &user, &before, &after, &refused];
    conn.execute(ROLE_STEP_DONE, row).await?;
    Ok(())
}

/// Role changes that Discord refused.
pub(crate) async fn refused(
    conn: &Connection,
    guild: GuildId,
    season: SeasonId,
) -> Result<Vec<RefusedRole>, Fault> {
    let bounds: Params<'_> = &[&id_to_sql(guild), &id_to_sql(season), &TO_DO_MAX];
    let rows = conn.query(REFUSED, bounds).await?;
    let refused = rows.iter().map(|row| {
        Ok(RefusedRole {
            user: id_from_sql(row.try_get(0)?),
            role: id_from_sql(row.try_get(1)?),
            gives: row.try_get(2)?,
            why: row.try_get(3)?,
        })
    });
    refused.collect()
}
