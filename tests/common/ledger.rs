//! What members were promised, what the channels show and what the database holds, compared.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use heat_check::store::Store;
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use super::crowd::{Promise, question_of, scoreboard_of};
use super::{State, text};

/// A line of the ledger: the choice that counts, and its points.
type Lines = BTreeMap<Promise, (u8, u64)>;

/// What a comparison went through.
#[derive(Debug, Default)]
pub struct Figures {
    pub games: usize,
    pub questions: usize,
    pub promises: usize,
    pub answers: usize,
}

/// Compares everything. No bot may run on the database meanwhile.
///
/// Every promised answer is stored once, with the choice that was promised; every stored event is
/// one answer; scoreboards and leaderboards are the ledger's sums; every question was posted once
/// and every game has ended with one scoreboard.
pub async fn compare(
    state: &State,
    promises: &BTreeMap<Promise, BTreeSet<u8>>,
    database: &Path,
) -> Figures {
    let url = format!("sqlite://{}", database.display());
    let store = Store::open(&url).expect("the database opens after everything");
    let audit = store.verify_standings().await.unwrap();
    assert_eq!(audit.faults, 0, "the leaderboards differ: {audit:#?}");
    store.close().await.unwrap();

    let db = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    let health: String = db
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(health, "ok");
    let ledger = ledger(&db);
    for (promise, choices) in promises {
        let stored = ledger.get(promise).map(|(choice, _)| *choice);
        let told: Vec<u8> = choices.iter().copied().collect();
        assert_eq!(
            told,
            Vec::from_iter(stored),
            "promised and stored differ: {promise:?}"
        );
    }
    assert_eq!(answered_events(&db), ledger, "events and ledger differ");
    let live = count(&db, "SELECT count(*) FROM games WHERE ended = 0");
    assert_eq!(live, 0, "games that have not ended");

    let games: BTreeSet<u64> = ids(&db, "SELECT id FROM games");
    let shown = state.messages.values().flatten();
    let public: Vec<&Value> = shown.filter(|m| m["visible_to"].is_null()).collect();
    let mut posted: BTreeMap<_, usize> = BTreeMap::new();
    for question in public.iter().filter_map(|m| question_of(m)) {
        *posted.entry(question).or_default() += 1;
    }
    let twice: Vec<_> = posted.iter().filter(|(_, times)| **times != 1).collect();
    assert!(twice.is_empty(), "questions posted twice: {twice:?}");
    let scoreboards: Vec<(u64, &Value)> = public
        .iter()
        .filter_map(|m| scoreboard_of(m).map(|game| (game, *m)))
        .collect();
    let ended: BTreeSet<u64> = scoreboards.iter().map(|(game, _)| *game).collect();
    assert_eq!(ended.len(), scoreboards.len(), "a scoreboard posted twice");
    assert_eq!(ended, games, "games with a scoreboard, and games");
    for (game, message) in &scoreboards {
        let sums = sums(&ledger, |promise| promise.game == *game);
        for (user, points) in shown_points(message) {
            let stored = sums.get(&user).copied().unwrap_or(0);
            assert_eq!(stored, points, "user {user} in game {game}: {message:#}");
        }
    }
    Figures {
        games: games.len(),
        questions: posted.len(),
        promises: promises.len(),
        answers: ledger.len(),
    }
}

/// The sums that a leaderboard over everything should show.
pub fn totals(database: &Path) -> BTreeMap<u64, u64> {
    let db = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    sums(&ledger(&db), |_| true)
}

/// The points that a scoreboard or leaderboard gives to each member.
pub fn shown_points(message: &Value) -> BTreeMap<u64, u64> {
    let description = text(&message["embeds"][0], "description");
    let points = description.lines().filter_map(|line| {
        let (_, rest) = line.split_once("<@")?;
        let (user, rest) = rest.split_once('>')?;
        let (_, rest) = rest.split_once("**")?;
        let (points, _) = rest.split_once("**")?;
        Some((user.parse().ok()?, points.replace(',', "").parse().ok()?))
    });
    points.collect()
}

fn sums(ledger: &Lines, of: impl Fn(&Promise) -> bool) -> BTreeMap<u64, u64> {
    let mut sums = BTreeMap::new();
    for (promise, (_, points)) in ledger.iter().filter(|(promise, _)| of(promise)) {
        *sums.entry(promise.user).or_default() += points;
    }
    sums
}

fn ledger(db: &Connection) -> Lines {
    let mut found = db
        .prepare("SELECT game, round, user, choice, points FROM answers")
        .unwrap();
    let lines = found.query_map([], |row| {
        let promise = Promise {
            game: row.get::<_, i64>(0)?.cast_unsigned(),
            round: row.get(1)?,
            user: row.get::<_, i64>(2)?.cast_unsigned(),
        };
        Ok((promise, (row.get(3)?, row.get::<_, u32>(4)?.into())))
    });
    lines.unwrap().map(Result::unwrap).collect()
}

/// The same from the events of all games. Fails if one of them holds an answer twice.
fn answered_events(db: &Connection) -> Lines {
    let mut found = db
        .prepare("SELECT game, body FROM events ORDER BY game, seq")
        .unwrap();
    let rows = found.query_map([], |row| {
        Ok((
            row.get::<_, i64>(0)?.cast_unsigned(),
            row.get::<_, String>(1)?,
        ))
    });
    let mut lines = Lines::new();
    for (game, body) in rows.unwrap().map(Result::unwrap) {
        let event: Value = serde_json::from_str(&body).unwrap();
        if event["event"] != "answered" {
            continue;
        }
        let number = |field: &str| event[field].as_u64().unwrap();
        let promise = Promise {
            game,
            round: number("round").try_into().unwrap(),
            user: number("user"),
        };
        let line = (number("choice").try_into().unwrap(), number("points"));
        let before = lines.insert(promise, line);
        assert_eq!(before, None, "answered twice: {promise:?}");
    }
    lines
}

fn count(db: &Connection, sql: &str) -> i64 {
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn ids(db: &Connection, sql: &str) -> BTreeSet<u64> {
    let mut found = db.prepare(sql).unwrap();
    let rows = found.query_map([], |row| Ok(row.get::<_, i64>(0)?.cast_unsigned()));
    rows.unwrap().map(Result::unwrap).collect()
}
