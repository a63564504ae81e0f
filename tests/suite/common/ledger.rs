//! Compares what members were promised, what the channels show and what the database holds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use heat_store::Store;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use super::State;
use super::crowd::{Promise, question_of, scoreboard_of};
use super::message::points;
use super::postgres::Server;
use super::process::Home;

/// A database, read without going through the store.
pub enum Books {
    /// A file.
    File(PathBuf),
    /// A server and the database's address there.
    Server(&'static Server, String),
}

impl Books {
    /// An answer's player.
    fn player(&self) -> &'static str {
        match self {
            Self::File(_) => "user",
            Self::Server(..) => "player",
        }
    }

    /// A query's rows, each with this many columns as text.
    fn rows(&self, sql: &str, columns: usize) -> Vec<Vec<String>> {
        match self {
            Self::File(path) => {
                let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY);
                let db = db.unwrap();
                let mut found = db.prepare(sql).unwrap();
                let rows = found.query_map([], |row| {
                    let cells = (0..columns).map(|at| row.get_ref(at).map(as_text));
                    cells.collect()
                });
                rows.unwrap().map(Result::unwrap).collect()
            }
            Self::Server(server, url) => {
                let found = server.sql(url, sql);
                let rows = found.lines().map(|row| row.splitn(columns, '|'));
                rows.map(|row| row.map(str::to_owned).collect()).collect()
            }
        }
    }
}

fn as_text(cell: ValueRef<'_>) -> String {
    match cell {
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        other => panic!("a cell of {:?}", other.data_type()),
    }
}

/// A line of the ledger: the choice that counts, and its points.
type Lines = BTreeMap<Promise, (u8, u64)>;

/// What a comparison covered.
#[derive(Debug, Default)]
#[expect(dead_code, reason = "printed, and read by people")]
pub struct Figures {
    pub games: usize,
    pub questions: usize,
    pub promises: usize,
    pub answers: usize,
}

/// Compares everything. No bot may run on the database meanwhile.
///
/// Every promised answer is stored once, with the promised choice; every stored event is one
/// answer; scoreboards and leaderboards equal the ledger's sums; every question was posted once and
/// every game has ended with one scoreboard.
pub async fn compare(
    state: &State,
    promises: &BTreeMap<Promise, BTreeSet<u8>>,
    home: &Home,
) -> Figures {
    let store = Store::open(&home.url()).expect("the database opens after everything");
    let audit = store.verify_standings().await.unwrap();
    assert_eq!(audit.faults, 0, "the leaderboards differ: {audit:#?}");
    store.close().await.unwrap();

    let books = home.books();
    if let Books::File(_) = books {
        assert_eq!(books.rows("PRAGMA integrity_check", 1), [["ok"]]);
    }
    let ledger = ledger(&books);
    for (promise, choices) in promises {
        let stored = ledger.get(promise).map(|(choice, _)| *choice);
        let told: Vec<u8> = choices.iter().copied().collect();
        assert_eq!(
            told,
            Vec::from_iter(stored),
            "promised and stored differ: {promise:?}"
        );
    }
    assert_eq!(answered_events(&books), ledger, "events and ledger differ");
    let live = books.rows("SELECT id FROM games WHERE NOT ended", 1);
    assert!(live.is_empty(), "games that have not ended: {live:?}");

    let games = books.rows("SELECT id FROM games", 1);
    let games: BTreeSet<u64> = games.iter().map(|row| id(&row[0])).collect();
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
pub fn totals(home: &Home) -> BTreeMap<u64, u64> {
    sums(&ledger(&home.books()), |_| true)
}

/// The points that a scoreboard or leaderboard gives to each member, as the ledger names them.
pub fn shown_points(message: &Value) -> BTreeMap<u64, u64> {
    let shown = points(message).into_iter();
    shown
        .map(|(user, won)| (user.parse().unwrap(), won))
        .collect()
}

fn sums(ledger: &Lines, of: impl Fn(&Promise) -> bool) -> BTreeMap<u64, u64> {
    let mut sums = BTreeMap::new();
    for (promise, (_, points)) in ledger.iter().filter(|(promise, _)| of(promise)) {
        *sums.entry(promise.user).or_default() += points;
    }
    sums
}

fn ledger(books: &Books) -> Lines {
    let player = books.player();
    let sql = format!("SELECT game, round, \"{player}\", choice, points FROM answers");
    let lines = books.rows(&sql, 5);
    let lines = lines.iter().map(|row| {
        let promise = Promise {
            game: id(&row[0]),
            round: row[1].parse().unwrap(),
            user: id(&row[2]),
        };
        (promise, (row[3].parse().unwrap(), row[4].parse().unwrap()))
    });
    lines.collect()
}

/// The answers in the events of all games. Fails if a game has an answer twice.
fn answered_events(books: &Books) -> Lines {
    let mut lines = Lines::new();
    for row in books.rows("SELECT game, body FROM events ORDER BY game, seq", 2) {
        let event: Value = serde_json::from_str(&row[1]).unwrap();
        if event["event"] != "answered" {
            continue;
        }
        let number = |field: &str| event[field].as_u64().unwrap();
        let promise = Promise {
            game: id(&row[0]),
            round: number("round").try_into().unwrap(),
            user: number("user"),
        };
        let line = (number("choice").try_into().unwrap(), number("points"));
        let before = lines.insert(promise, line);
        assert_eq!(before, None, "answered twice: {promise:?}");
    }
    lines
}

/// An id, which databases hold as a signed number.
fn id(text: &str) -> u64 {
    text.parse::<i64>().unwrap().cast_unsigned()
}
