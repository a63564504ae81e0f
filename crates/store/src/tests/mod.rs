//! The store's promises. All modules but `sqlite` and `postgres` use only the public interface, and
//! run on every database; those two test what is specific to one.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot go on should say where"
)]

/// Makes a test of each of these functions for every kind of database.
macro_rules! on_every_database {
    ($($body:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $body() {
                super::$body($crate::tests::Scratch::file()).await;
            })*
        }
        mod postgres {
            $(#[ignore = "needs PostgreSQL"]
            #[tokio::test]
            async fn $body() {
                super::$body($crate::tests::Scratch::schema("read committed")).await;
            })*
        }
        mod postgres_serializable {
            $(#[ignore = "needs PostgreSQL"]
            #[tokio::test]
            async fn $body() {
                super::$body($crate::tests::Scratch::schema("serializable")).await;
            })*
        }
    };
}

mod backup;
mod chain;
mod daily;
mod daily_film;
mod drafts;
mod forget;
mod games;
mod history;
mod members;
mod packs;
mod planned_events;
mod postgres;
mod questions;
mod reports;
mod results;
mod schedule;
mod season;
mod settings;
mod sqlite;
mod standings;

use super::{AnswerRow, NewGame, Store, Write};
use heat_core::id::{ChannelId, GameId, GuildId, PlaceId, UserId};
use heat_core::shard::ShardRange;
use heat_core::standing::{Board, Period, Scope, Zone};
use jiff::Timestamp;
use tempfile::TempDir;

const GUILD: u64 = 1_200_000_000_000_000_001;

/// An empty database for one test.
struct Scratch {
    url: String,
    /// Deleted with the test.
    _folder: Option<TempDir>,
}

impl Scratch {
    fn file() -> Scratch {
        let (folder, url) = scratch();
        Scratch {
            url,
            _folder: Some(folder),
        }
    }

    /// On the server that all tests share, whose transactions are isolated like this by default.
    fn schema(isolation: &str) -> Scratch {
        let url = postgres::server::shared().schema(isolation);
        Scratch { url, _folder: None }
    }

    fn open(&self) -> Store {
        Store::open(&self.url).unwrap()
    }
}

/// A folder that is deleted with the test, and the address of a database in it.
fn scratch() -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/heat.db", folder.path().display());
    (folder, url)
}

fn memory() -> Store {
    Store::open("sqlite::memory:").unwrap()
}

fn ms(moment: &str) -> i64 {
    moment.parse::<Timestamp>().unwrap().as_millisecond()
}

/// The first write of a game in `GUILD`.
fn start(game: u64) -> Write {
    Write {
        game: GameId(game),
        create: Some(NewGame {
            guild: Some(GuildId(GUILD)),
            place: PlaceId(GUILD),
            channel: ChannelId(7),
            starter: UserId(8),
            code: format!("CODE-{game}"),
            started_at_ms: 1_000,
            zone: Zone::UTC,
        }),
        events: vec![format!(r#"{{"started":{game}}}"#)],
        ..Write::default()
    }
}

/// A later event of a game.
fn event(game: u64, seq: u32) -> Write {
    Write {
        game: GameId(game),
        first_seq: seq,
        events: vec![format!(r#"{{"n":{seq}}}"#)],
        ..Write::default()
    }
}

fn answer(round: u16, user: u64, points: u32, at_ms: i64) -> AnswerRow {
    AnswerRow {
        round,
        question: format!("q{round}"),
        user: UserId(user),
        choice: 1,
        correct: points > 0,
        points,
        elapsed_ms: 1_500,
        at_ms,
        topic: "cast".to_owned(),
    }
}

/// Answers and the reveal of their rounds, in one write.
fn played(game: u64, answers: Vec<AnswerRow>) -> Write {
    let revealed = answers.iter().map(|answer| answer.round).collect();
    Write {
        game: GameId(game),
        answers,
        revealed,
        ..Write::default()
    }
}

fn board(scope: Scope, period: Period, now: &str) -> Board {
    Board {
        scope,
        period,
        now_ms: ms(now),
        zone: Zone::UTC,
    }
}

/// All players of a board as (rank, user, points), page by page.
async fn whole(store: &Store, board: Board) -> Vec<(u64, u64, u64)> {
    let mut rows = Vec::new();
    for page in 0.. {
        let page = store.leaderboard(board, page).await.unwrap();
        if page.rows.is_empty() {
            assert_eq!(page.players, rows.len() as u64);
            assert_eq!(page.pages, page.page);
            return rows;
        }
        rows.extend(page.rows.iter().map(|s| (s.rank, s.user.0, s.points)));
    }
    unreachable!("a board ends")
}

async fn assert_sound(store: &Store) {
    let audit = store.verify_standings().await.unwrap();
    assert_eq!(audit.faults, 0, "{:#?}", audit.examples);
}
