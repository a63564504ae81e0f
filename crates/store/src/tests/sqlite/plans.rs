//! Plans of queries that must not become slow as the database grows.

use crate::Backend;
use crate::sqlite::{apply, daily, games, migrations, record, results, season, standings, writer};
use crate::tests::*;
use rusqlite::{Connection, StatementStatus};
use std::path::Path;

fn plan(sql: &str) -> Vec<String> {
    let mut conn = Connection::open_in_memory().unwrap();
    migrations::apply(&mut conn, Path::new("x")).unwrap();
    let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let parameters = vec![1; statement.parameter_count()];
    let rows = statement
        .query_map(rusqlite::params_from_iter(parameters), |row| row.get(3))
        .unwrap();
    rows.map(Result::unwrap).collect()
}

/// Neither ended games nor their events are scanned, and nothing is sorted.
#[test]
fn live_games_are_found_by_their_own_index() {
    let plan = plan(games::LIVE_EVENTS);
    assert!(plan[0].contains("games_live"), "{plan:?}");
    assert!(plan[1].contains("PRIMARY KEY (game=?)"), "{plan:?}");
    let long = "SEARCH l USING INDEX sqlite_autoindex_long_events_1 (game=? AND seq=?) LEFT-JOIN";
    assert_eq!(plan[2..], [long]);
}

/// The latest starts are found by reading recent games only.
#[test]
fn the_latest_starts_walk_through_no_older_games() {
    let member = plan(games::LATEST_OF_MEMBER);
    assert!(
        member[0].contains("PRIMARY KEY (member=? AND game>?)"),
        "{member:?}"
    );
    assert!(member[1].contains("(rowid=?)"), "{member:?}");
    let channel = plan(games::LATEST_IN_CHANNEL);
    assert!(
        channel.iter().any(|step| step.contains("(rowid>?)")),
        "{channel:?}"
    );
}

/// Sent results are not scanned, and a server's games are found by index.
#[test]
fn results_are_found_by_their_own_indexes() {
    for (sql, index) in [
        (results::WAITING, "games_to_tell (started_at_ms>?)"),
        (
            results::ENDED_OF,
            "games_by_guild (guild=? AND started_at_ms>?)",
        ),
    ] {
        let plan = plan(sql);
        assert_eq!(plan, [format!("SEARCH games USING INDEX {index}")]);
    }
}

/// Skipping happens in the index alone; only the page's own rows are looked up and sorted.
#[test]
fn a_page_is_found_by_the_index_on_points() {
    let plan = plan(standings::PAGE);
    let index = "COVERING INDEX standings_by_points (scope=? AND bucket=? AND points<?)";
    assert!(plan.iter().any(|step| step.contains(index)), "{plan:?}");
    let row = "SEARCH s USING PRIMARY KEY (scope=? AND bucket=? AND user=?)";
    assert!(plan.iter().any(|step| step == row), "{plan:?}");
}

/// The rows of a page, and those before it, are read from the index alone, in its order.
#[test]
fn a_page_of_the_daily_board_is_found_by_its_index() {
    for (sql, index) in [
        (daily::PAGE, "daily_attempts_by_score (day=? AND score<?)"),
        (
            daily::GUILD_PAGE,
            "daily_attempts_by_guild (guild=? AND day=? AND score<?)",
        ),
    ] {
        let plan = plan(sql);
        let expect = format!("SEARCH daily_attempts USING COVERING INDEX {index}");
        assert_eq!(plan, [expect]);
    }
}

/// The answers of one player come from their index alone, in its order: nothing is sorted.
#[test]
fn a_record_is_read_from_its_index_alone() {
    let plan = plan(record::ANSWERS);
    let index = "COVERING INDEX answers_by_user (user=?)";
    assert!(plan[0].contains(index), "{plan:?}");
    assert!(
        plan[1].contains("PRIMARY KEY (game=? AND round=?)"),
        "{plan:?}"
    );
    assert_eq!(plan.len(), 2, "{plan:?}");
}

/// Who won is found by the player's own games, however many there are of others.
#[test]
fn wins_are_counted_from_the_players_own_games() {
    for sql in [record::WINS, record::OTHER_WINS] {
        let plan = plan(sql);
        let scans = plan.iter().filter(|step| step.starts_with("SCAN"));
        let tables = ["answers", "reveals", "games", "SCAN a", "SCAN r", "SCAN g"];
        let whole = scans.filter(|step| tables.iter().any(|table| step.starts_with(table)));
        assert_eq!(whole.count(), 0, "{plan:?}");
        let own = "SEARCH answers USING COVERING INDEX answers_by_user (user=?)";
        assert!(plan.iter().any(|step| step == own), "{plan:?}");
    }
}

/// The first event of a game holds all its questions. Only its number is compared with others.
#[test]
fn a_long_event_is_stored_separately_and_read_back() {
    let mut conn = Connection::open_in_memory().unwrap();
    migrations::apply(&mut conn, Path::new("x")).unwrap();
    let long = format!("\"{}\"", "x".repeat(5_000));
    let write = Write {
        events: vec![long.clone(), "\"short\"".to_owned()],
        ..start(1)
    };
    writer::commit(&mut conn, &[Box::new(write)]).unwrap();
    let number = |sql| conn.query_row::<i64, _, _>(sql, [], |row| row.get(0));
    let widest = number("SELECT max(octet_length(body)) FROM event_rows").unwrap();
    assert!(widest < 500, "{widest}");
    let mut read = conn
        .prepare("SELECT body FROM events ORDER BY seq")
        .unwrap();
    let bodies = read.query_map([], |row| row.get(0)).unwrap();
    let bodies: Vec<String> = bodies.map(Result::unwrap).collect();
    assert_eq!(bodies, [long, "\"short\"".to_owned()]);
}

/// A plan that depended on the game would be prepared again for every answer.
#[tokio::test]
async fn a_games_last_event_is_looked_up_by_one_plan() {
    let (_folder, url) = scratch();
    let store = Store::open(&url).unwrap();
    for game in 1..=3 {
        store.commit(start(game)).await.unwrap();
    }
    let Backend::Sqlite(store) = &store.0 else {
        panic!("another database");
    };
    let status = |conn: &mut Connection| -> rusqlite::Result<_> {
        let statement = conn.prepare_cached(apply::LAST_EVENT)?;
        let of = |status| statement.get_status(status);
        Ok((of(StatementStatus::Run), of(StatementStatus::RePrepare)))
    };
    assert_eq!(store.write(status).await.unwrap(), (3, 0));
}

/// A season's games are found by server and time, and only their own answers are read.
#[test]
fn the_board_of_a_season_reads_only_its_own_games() {
    let plan = plan(season::LEDGER);
    let games = "games_by_guild (guild=? AND started_at_ms>? AND started_at_ms<?)";
    assert!(plan.iter().any(|step| step.contains(games)), "{plan:?}");
    let is_walk = |step: &&String| step.starts_with("SCAN") && !step.contains("subquery");
    assert!(plan.iter().find(is_walk).is_none(), "{plan:?}");
}
