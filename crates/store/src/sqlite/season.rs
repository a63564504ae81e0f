//! Seasons.

use crate::model::{id_from_sql, id_to_sql};
use crate::season::{
    GAME_MAX_MS, HALL_PLACES, NewSeason, RefusedRole, RoleStep, SeasonEnd, StoredSeason, TO_DO_MAX,
    state_after, state_before,
};
use heat_core::id::{GuildId, SeasonId};
use heat_core::season::Season;
use heat_core::shard::ShardRange;
use heat_core::standing::Standing;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// Every column that is read, in the order of [`read`].
const SEASONS: &str =
    "SELECT id, guild, name, role, winners, opened_at_ms, closed_at_ms, route, told FROM seasons";

/// The board of server ?1 over the answers from ?2 on and before ?3, in games begun from ?4 on.
pub(crate) const LEDGER: &str = "SELECT user, rank() OVER (ORDER BY points DESC) AS rank, points,
         correct, answered
     FROM (SELECT a.user AS user, sum(a.points) AS points, sum(a.correct) AS correct,
               count(*) AS answered
           FROM games g
           JOIN reveals r ON r.game = g.id
           JOIN answers a ON a.game = r.game AND a.round = r.round
           WHERE g.guild = ?1 AND g.started_at_ms >= ?4 AND g.started_at_ms < ?3
               AND a.at_ms >= ?2 AND a.at_ms < ?3
           GROUP BY a.user)";

fn read(row: &Row<'_>) -> rusqlite::Result<StoredSeason> {
    let season = Season {
        id: id_from_sql(row.get(0)?),
        name: row.get(2)?,
        role: row.get::<_, Option<i64>>(3)?.map(id_from_sql),
        winners: row.get(4)?,
        opened_at_ms: row.get(5)?,
        closed_at_ms: row.get(6)?,
    };
    Ok(StoredSeason {
        season,
        guild: id_from_sql(row.get(1)?),
        route: row.get(7)?,
        is_announced: row.get::<_, i64>(8)? > 0,
    })
}

/// Opens a season unless one is open already. Returns the open one.
pub(crate) fn open(
    conn: &mut Connection,
    season: &NewSeason,
) -> rusqlite::Result<Option<StoredSeason>> {
    let tx = conn.transaction()?;
    let guild = id_to_sql(season.guild);
    tx.execute(
        "INSERT INTO seasons (id, guild, name, role, winners, opened_at_ms)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
        params![
            id_to_sql(season.id),
            guild,
            &*season.name,
            season.role.map(id_to_sql),
            season.winners,
            season.opened_at_ms
        ],
    )?;
    let old: Vec<i64> = tx
        .prepare(
            "SELECT id FROM seasons WHERE guild = ?1 ORDER BY opened_at_ms DESC LIMIT -1 OFFSET ?2",
        )?
        .query_map(params![guild, season.seasons_max], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in old {
        tx.execute("DELETE FROM season_places WHERE season = ?1", [id])?;
        tx.execute("DELETE FROM season_roles WHERE season = ?1", [id])?;
        tx.execute("DELETE FROM seasons WHERE id = ?1", [id])?;
    }
    let running = tx
        .query_row(
            &format!("{SEASONS} WHERE guild = ?1 AND closed_at_ms IS NULL"),
            [guild],
            read,
        )
        .optional()?;
    tx.commit()?;
    Ok(running)
}

/// Closes the running season with its final standing and the resulting role changes. Returns the
/// season that this interaction closed.
pub(crate) fn close(
    conn: &mut Connection,
    end: &SeasonEnd,
) -> rusqlite::Result<Option<StoredSeason>> {
    let (guild, by) = (id_to_sql(end.guild), id_to_sql(end.by));
    let tx = conn.transaction()?;
    let closed: Option<(i64, i64)> = tx
        .query_row(
            "UPDATE seasons SET closed_at_ms = ?3, closed_by = ?2, route = ?4
             WHERE guild = ?1 AND closed_at_ms IS NULL AND opened_at_ms <= ?3
             RETURNING id, opened_at_ms",
            params![guild, by, end.at_ms, &*end.route],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .optional()?;
    if let Some((id, opened_at_ms)) = closed {
        tx.execute(
            &format!(
                "INSERT INTO season_places (season, user, rank, points, correct, answered)
                 SELECT ?5, user, rank, points, correct, answered FROM ({LEDGER})"
            ),
            params![
                guild,
                opened_at_ms,
                end.at_ms,
                opened_at_ms - GAME_MAX_MS,
                id
            ],
        )?;
        change_roles(&tx, guild, id, end.holders_max)?;
    }
    let season = tx
        .query_row(
            &format!("{SEASONS} WHERE guild = ?1 AND closed_by = ?2"),
            [guild, by],
            read,
        )
        .optional()?;
    tx.commit()?;
    Ok(season)
}

/// Roles of earlier seasons are taken away, except from members who win the same one again; then
/// this season's role is given.
fn change_roles(
    conn: &Connection,
    guild: i64,
    season: i64,
    holders_max: u32,
) -> rusqlite::Result<()> {
    conn.execute(
        "INSERT INTO season_roles (season, user, role, state)
         SELECT s.id, p.user, s.role, 'give' FROM seasons s
         JOIN season_places p ON p.season = s.id AND p.rank <= s.winners AND p.points > 0
         WHERE s.id = ?1 AND s.role IS NOT NULL ORDER BY p.rank, p.user LIMIT ?2",
        params![season, holders_max],
    )?;
    conn.execute(
        "UPDATE season_roles SET why = NULL, state = CASE WHEN EXISTS
                 (SELECT 1 FROM season_roles n WHERE n.season = ?2
                  AND n.user = season_roles.user AND n.role = season_roles.role)
             THEN 'gone' ELSE 'take' END
         WHERE state IN ('give', 'held', 'take', 'not taken')
             AND season IN (SELECT id FROM seasons WHERE guild = ?1 AND id <> ?2)",
        [guild, season],
    )?;
    Ok(())
}

/// A server's seasons, the newest first.
pub(crate) fn of(conn: &Connection, guild: GuildId) -> rusqlite::Result<Vec<StoredSeason>> {
    conn.prepare_cached(&format!(
        "{SEASONS} WHERE guild = ?1 ORDER BY opened_at_ms DESC"
    ))?
    .query_map([id_to_sql(guild)], read)?
    .collect()
}

/// Everybody's place, best first. `running_since` is the start of a running season, whose places
/// come from the ledger.
pub(crate) fn places(
    conn: &Connection,
    season: SeasonId,
    guild: GuildId,
    running_since: Option<i64>,
) -> rusqlite::Result<Vec<Standing>> {
    match running_since {
        Some(since) => conn
            .prepare_cached(&format!("{LEDGER} ORDER BY points DESC, user"))?
            .query_map(
                params![id_to_sql(guild), since, i64::MAX, since - GAME_MAX_MS],
                |row| read_place(row, 0),
            )?
            .collect(),
        None => conn
            .prepare_cached(
                "SELECT user, rank, points, correct, answered FROM season_places
                 WHERE season = ?1 ORDER BY rank, user",
            )?
            .query_map([id_to_sql(season)], |row| read_place(row, 0))?
            .collect(),
    }
}

/// Reads user, rank, points, correct, answered, from column `first` on.
fn read_place(row: &Row<'_>, first: usize) -> rusqlite::Result<Standing> {
    let number = |column: usize| row.get::<_, i64>(first + column).map(i64::cast_unsigned);
    Ok(Standing {
        user: id_from_sql(row.get(first)?),
        rank: number(1)?,
        points: number(2)?,
        correct: number(3)?,
        answered: number(4)?,
    })
}

/// The top places of each closed season.
pub(crate) fn hall(
    conn: &Connection,
    guild: GuildId,
) -> rusqlite::Result<Vec<(SeasonId, Standing)>> {
    conn.prepare_cached(
        "SELECT season, user, rank, points, correct, answered FROM
             (SELECT p.*, s.opened_at_ms,
                  row_number() OVER (PARTITION BY p.season ORDER BY p.rank, p.user) AS place
              FROM seasons s JOIN season_places p ON p.season = s.id AND p.rank <= ?2
              WHERE s.guild = ?1)
         WHERE place <= ?2 ORDER BY opened_at_ms DESC, place",
    )?
    .query_map(params![id_to_sql(guild), HALL_PLACES], |row| {
        Ok((id_from_sql(row.get(0)?), read_place(row, 1)?))
    })?
    .collect()
}

/// Closed seasons of these shards that are not settled yet.
pub(crate) fn unsettled(
    conn: &Connection,
    shards: ShardRange,
) -> rusqlite::Result<Vec<StoredSeason>> {
    let mut statement = conn.prepare_cached(&format!(
        "{SEASONS} WHERE closed_at_ms IS NOT NULL AND told < 2 ORDER BY closed_at_ms"
    ))?;
    let seasons = statement.query_map([], read)?;
    let is_ours = |season: &rusqlite::Result<StoredSeason>| !matches!(season, Ok(season) if !shards.owns(Some(season.guild)));
    let most = usize::try_from(TO_DO_MAX).unwrap_or(usize::MAX);
    seasons.filter(is_ours).take(most).collect()
}

/// The end was announced.
pub(crate) fn mark_announced(conn: &mut Connection, season: SeasonId) -> rusqlite::Result<()> {
    conn.execute(
        "UPDATE seasons SET told = 1 WHERE id = ?1 AND told = 0",
        [id_to_sql(season)],
    )
    .map(drop)
}

/// Nothing is left to be done.
pub(crate) fn mark_settled(conn: &mut Connection, season: SeasonId) -> rusqlite::Result<()> {
    conn.execute(
        "UPDATE seasons SET told = 2, route = NULL WHERE id = ?1",
        [id_to_sql(season)],
    )
    .map(drop)
}

/// Pending role changes in a server.
pub(crate) fn role_steps(conn: &Connection, guild: GuildId) -> rusqlite::Result<Vec<RoleStep>> {
    conn.prepare_cached(
        "SELECT r.season, r.user, r.role, r.state = 'give' FROM season_roles r
         JOIN seasons s ON s.id = r.season
         WHERE r.state IN ('give', 'take') AND s.guild = ?1
         ORDER BY r.state DESC, r.season, r.user LIMIT ?2",
    )?
    .query_map(params![id_to_sql(guild), TO_DO_MAX], |row| {
        Ok(RoleStep {
            season: id_from_sql(row.get(0)?),
            guild,
            user: id_from_sql(row.get(1)?),
            role: id_from_sql(row.get(2)?),
            gives: row.get(3)?,
        })
    })?
    .collect()
}

/// Records that a role change was made or refused.
pub(crate) fn role_step_done(
    conn: &mut Connection,
    step: RoleStep,
    refused: Option<i64>,
) -> rusqlite::Result<()> {
    conn.execute(
        "UPDATE season_roles SET state = ?4, why = ?5
         WHERE season = ?1 AND user = ?2 AND state = ?3",
        params![
            id_to_sql(step.season),
            id_to_sql(step.user),
            state_before(step.gives),
            state_after(step.gives, refused),
            refused
        ],
    )
    .map(drop)
}

/// Role changes that Discord refused.
pub(crate) fn refused(
    conn: &Connection,
    guild: GuildId,
    season: SeasonId,
) -> rusqlite::Result<Vec<RefusedRole>> {
    conn.prepare_cached(
        "SELECT r.user, r.role, r.state = 'not given', coalesce(r.why, 0) FROM season_roles r
         JOIN seasons s ON s.id = r.season
         WHERE s.guild = ?1
             AND (r.state = 'not taken' OR r.state = 'not given' AND r.season = ?2)
         ORDER BY r.state, r.season, r.user LIMIT ?3",
    )?
    .query_map(
        params![id_to_sql(guild), id_to_sql(season), TO_DO_MAX],
        |row| {
            Ok(RefusedRole {
                user: id_from_sql(row.get(0)?),
                role: id_from_sql(row.get(1)?),
                gives: row.get(2)?,
                why: row.get(3)?,
            })
        },
    )?
    .collect()
}
