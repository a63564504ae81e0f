//! A member's own data: exported and deleted.
//!
//! Deletion changes the ledger of ended games beside the writers. It locks the row of `heat_check`,
//! so that no process rebuilds the leaderboards meanwhile, the rows of the games, so that two
//! members leave a game one after the other, and the member's rows on the boards.

use super::connection::{Connection, Params};
use super::error::Fault;
use super::games::{BEGIN_READ, damaged};
use super::standings;
use crate::boards::{Counted, GuildBoards};
use crate::daily::scopes;
use crate::forget::{Anonymise, CHANNELS_MAX, Forgotten, GAMES_AT_ONCE, MemberRows, Step};
use crate::model::{id_from_sql, id_to_sql};
use crate::{StoreError, StoredGame};
use heat_core::id::{ChannelId, GameId, UserId};
use std::collections::BTreeMap;
use tokio_postgres::Row;

const GAMES: &str = "SELECT game FROM participants WHERE member = $1 AND game < $2
     ORDER BY game DESC LIMIT $3";

/// A member's own rows, by table.
const OWN: &[(&str, &str)] = &[
    (
        "reports",
        "SELECT to_jsonb(t)::text FROM reports t WHERE member = $1",
    ),
    (
        "packs",
        "SELECT to_jsonb(t)::text FROM
             (SELECT guild, id, added_at_ms FROM packs WHERE added_by = $1) t",
    ),
    (
        "drafts",
        "SELECT to_jsonb(t)::text FROM drafts t WHERE author = $1",
    ),
    (
        "daily_attempts",
        "SELECT to_jsonb(t)::text FROM daily_attempts t WHERE player = $1",
    ),
    (
        "daily_answers",
        "SELECT to_jsonb(t)::text FROM daily_answers t WHERE player = $1",
    ),
    (
        "daily_streaks",
        "SELECT to_jsonb(t)::text FROM daily_streaks t WHERE player = $1",
    ),
    (
        "daily_shares",
        "SELECT to_jsonb(t)::text FROM daily_shares t WHERE player = $1",
    ),
    (
        "daily_film_attempts",
        "SELECT to_jsonb(t)::text FROM daily_film_attempts t WHERE player = $1",
    ),
    (
        "daily_film_guesses",
        "SELECT to_jsonb(t)::text FROM daily_film_guesses t WHERE player = $1",
    ),
    (
        "daily_film_shares",
        "SELECT to_jsonb(t)::text FROM daily_film_shares t WHERE player = $1",
    ),
    (
        "typed_hidden",
        "SELECT to_jsonb(t)::text FROM typed_hidden t WHERE member = $1",
    ),
    (
        "season_places",
        "SELECT to_jsonb(t)::text FROM season_places t WHERE player = $1",
    ),
    (
        "season_roles",
        "SELECT to_jsonb(t)::text FROM season_roles t WHERE player = $1",
    ),
    (
        "schedule",
        "SELECT to_jsonb(t)::text FROM
             (SELECT guild, next_at_ms FROM schedule WHERE host = $1) t",
    ),
    (
        "chains",
        "SELECT to_jsonb(t)::text FROM
             (SELECT channel, guild, at_ms, films FROM chains WHERE player = $1 OR rival = $1) t",
    ),
];

/// The rows deleted, and those kept without the member's id.
const DELETE: &[&str] = &[
    "DELETE FROM reports WHERE member = $1",
    "DELETE FROM drafts WHERE author = $1",
    "UPDATE packs SET added_by = 0 WHERE added_by = $1",
    "DELETE FROM daily_answers WHERE player = $1",
    "DELETE FROM daily_streaks WHERE player = $1",
    "DELETE FROM daily_shares WHERE player = $1",
    "DELETE FROM daily_film_attempts WHERE player = $1",
    "DELETE FROM daily_film_guesses WHERE player = $1",
    "DELETE FROM daily_film_shares WHERE player = $1",
    "DELETE FROM typed_hidden WHERE member = $1",
    "DELETE FROM season_places WHERE player = $1",
    "DELETE FROM season_roles WHERE player = $1",
    "UPDATE schedule SET host = NULL WHERE host = $1",
    "DELETE FROM chains WHERE player = $1 OR rival = $1",
];

const NO_REBUILD: &str = "SELECT id FROM heat_check WHERE id = 1 FOR SHARE";
const LIVE: &str = "SELECT g.channel FROM participants p JOIN games g ON g.id = p.game
     WHERE p.member = $1 AND NOT g.ended ORDER BY g.id LIMIT $2";
const ENDED: &str = "SELECT g.id, g.guild, g.zone FROM games g JOIN participants p ON p.game = g.id
     WHERE p.member = $1 AND g.ended ORDER BY g.id LIMIT $2 FOR UPDATE OF g";
const COUNTED: &str = "SELECT a.game, a.correct, a.points, a.at_ms FROM answers a
     JOIN reveals r ON r.game = a.game AND r.round = a.round
     WHERE a.game = ANY($1) AND a.player = $2";
const TAKE_ANSWERS: &str = "DELETE FROM answers WHERE game = ANY($1) AND player = $2";
const EVENTS: &str = "SELECT seq, body FROM events
     WHERE game = $1 AND position($2 IN body) > 0 ORDER BY seq";
const CHANGE: &str = "UPDATE events SET body = $3 WHERE game = $1 AND seq = $2";
const FORGET_ASKED: &str =
    "DELETE FROM asked WHERE place = (SELECT place FROM games WHERE id = $1)";
const NO_PLACE: &str = "UPDATE games SET place = 0, channel = 0 WHERE id = $1";
const LEAVE_GAME: &str = "UPDATE games SET route = NULL,
         starter = CASE WHEN starter = $2 THEN $3 ELSE starter END WHERE id = $1";
const LEAVE: &str = "DELETE FROM participants WHERE member = $1 AND game = ANY($2)";
const ATTEMPTS: &str = "DELETE FROM daily_attempts WHERE player = $1 RETURNING day, score, guild";
const UNCOUNT: &str = "UPDATE daily_tallies SET players = players - 1
     WHERE scope = $1 AND day = $2 AND score = $3";
const SWEEP: &str = "DELETE FROM daily_tallies
     WHERE scope = $1 AND day = $2 AND score = $3 AND players <= 0";

/// The games a member took part in, newest first, before `before`.
pub(crate) async fn games(
    conn: &Connection,
    member: UserId,
    before: Option<GameId>,
    count: u32,
) -> Result<Vec<StoredGame>, Fault> {
    let (player, before) = (id_to_sql(member), before.map_or(i64::MAX, id_to_sql));
    let mut games = Vec::new();
    let wanted: Params<'_> = &[&player, &before, &i64::from(count)];
    for row in conn.query(GAMES, wanted).await? {
        let id: i64 = row.try_get(0)?;
        let Some(game) = super::games::by_id(conn, id_from_sql(id)).await? else {
            continue;
        };
        games.push(game);
    }
    Ok(games)
}

/// A member's rows that belong to no game, from one snapshot.
pub(crate) async fn rows(conn: &Connection, member: UserId) -> Result<MemberRows, Fault> {
    conn.run(BEGIN_READ).await?;
    let mut found = MemberRows::new();
    for (table, sql) in OWN {
        let mut rows = Vec::new();
        for row in conn.query(sql, &[&id_to_sql(member)]).await? {
            let text: String = row.try_get(0)?;
            let row = serde_json::from_str(&text).map_err(|error| broken(&error.to_string()))?;
            rows.push(row);
        }
        found.insert((*table).to_owned(), rows);
    }
    conn.run("COMMIT").await?;
    Ok(found)
}

/// One transaction of deleting a member, in the caller's. `first` refuses if they are in a live
/// game.
pub(crate) async fn step(
    conn: &Connection,
    member: UserId,
    first: bool,
    anonymise: Anonymise,
) -> Result<Step, Fault> {
    let player = id_to_sql(member);
    conn.query(NO_REBUILD, &[]).await?;
    if first {
        let most = i64::from(CHANNELS_MAX);
        let live = conn.query(LIVE, &[&player, &most]).await?;
        let channels = live.iter().map(|row| Ok(id_from_sql(row.try_get(0)?)));
        let channels: Vec<ChannelId> = channels.collect::<Result<_, Fault>>()?;
        if !channels.is_empty() {
            return Ok(Step::Ended(Forgotten::Playing { channels }));
        }
    }
    let mut games: BTreeMap<i64, GuildBoards> = BTreeMap::new();
    let most = i64::from(GAMES_AT_ONCE);
    for row in conn.query(ENDED, &[&player, &most]).await? {
        let home = GuildBoards::from_sql(row.try_get(1)?, row.try_get(2)?);
        games.insert(row.try_get(0)?, home);
    }
    if games.is_empty() {
        delete_rest(conn, player).await?;
        return Ok(Step::Ended(Forgotten::Done));
    }
    let ids: Vec<i64> = games.keys().copied().collect();
    let mut counted = Vec::new();
    for row in conn.query(COUNTED, &[&ids, &player]).await? {
        let game: i64 = row.try_get(0)?;
        counted.push(Counted {
            home: games.get(&game).copied().unwrap_or_default(),
            user: member,
            correct: row.try_get(1)?,
            points: number(&row, 2)?,
            at_ms: row.try_get(3)?,
        });
    }
    conn.execute(TAKE_ANSWERS, &[&ids, &player]).await?;
    for (game, home) in &games {
        leave_game(conn, *game, home.guild.is_none(), member, anonymise).await?;
    }
    conn.execute(LEAVE, &[&player, &ids]).await?;
    standings::take_away(conn, &counted).await?;
    Ok(Step::More)
}

/// Replaces the member by a number, and clears what else leads to them: the route to the game's
/// messages, and the channel of a direct message.
async fn leave_game(
    conn: &Connection,
    game: i64,
    is_direct: bool,
    member: UserId,
    anonymise: Anonymise,
) -> Result<(), Fault> {
    let mut events = Vec::new();
    for row in conn.query(EVENTS, &[&game, &member.to_string()]).await? {
        events.push((number(&row, 0)?, row.try_get(1)?));
    }
    let changed = anonymise(&events, member).map_err(|reason| broken(&reason))?;
    for (seq, body) in &changed.events {
        let row: Params<'_> = &[&game, &i64::from(*seq), body];
        conn.execute(CHANGE, row).await?;
    }
    if is_direct {
        conn.execute(FORGET_ASKED, &[&game]).await?;
        conn.execute(NO_PLACE, &[&game]).await?;
    }
    let (player, stand_in) = (id_to_sql(member), id_to_sql(changed.stand_in));
    conn.execute(LEAVE_GAME, &[&game, &player, &stand_in])
        .await
        .map(drop)
}

/// What belongs to no game. The attempts go first: answering one locks its row.
async fn delete_rest(conn: &Connection, player: i64) -> Result<(), Fault> {
    for row in conn.query(ATTEMPTS, &[&player]).await? {
        let (day, score): (i64, Option<i64>) = (row.try_get(0)?, row.try_get(1)?);
        let Some(score) = score else {
            continue;
        };
        for scope in scopes(row.try_get(2)?) {
            conn.execute(UNCOUNT, &[&scope, &day, &score]).await?;
            conn.execute(SWEEP, &[&scope, &day, &score]).await?;
        }
    }
    for sql in DELETE {
        conn.execute(sql, &[&player]).await?;
    }
    Ok(())
}

fn broken(reason: &str) -> Fault {
    Fault::Final(StoreError::Damaged {
        reason: reason.to_owned(),
    })
}

/// Reads a column whose numbers are smaller than SQL's type.
fn number<N: TryFrom<i64>>(row: &Row, column: usize) -> Result<N, Fault> {
    let number: i64 = row.try_get(column)?;
    N::try_from(number).map_err(|_| damaged("a number of a game", number))
}
