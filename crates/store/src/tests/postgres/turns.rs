//! When the shards of several processes identify. [`heat_core::shard::turns`] tests the arithmetic;
//! this tests that all processes use the same turns.

use super::server::{self, Server};
use crate::tests::*;
use crate::{Store, StoreError};
use heat_core::shard::turns::{INTERVAL_MS, LATE_MS};
use std::time::{Duration, Instant};

fn shards(text: &str) -> ShardRange {
    text.parse().unwrap()
}

/// Every stored turn as shard, earliest and latest, in chronological order.
fn turns(server: &Server, url: &str) -> Vec<(u32, i64, i64)> {
    let rows = "SELECT shard || ' ' || earliest_ms || ' ' || latest_ms FROM turns
         ORDER BY earliest_ms";
    let listed = server.sql(url, rows);
    let numbers = listed.lines().map(|line| {
        let mut numbers = line.split(' ').map(|number| number.parse::<i64>().unwrap());
        let mut next = || numbers.next().unwrap();
        (u32::try_from(next()).unwrap(), next(), next())
    });
    numbers.collect()
}

/// Shifts all stored turns by this many seconds.
fn shift(server: &Server, url: &str, seconds: i64) {
    let later = format!(
        "UPDATE turns SET earliest_ms = earliest_ms + {seconds}000,
             latest_ms = latest_ms + {seconds}000"
    );
    server.sql(url, &later);
}

/// Takes turns whose first one is already due.
async fn take_at_once(store: &Store, range: &str, max_concurrency: u32) {
    let turn = store.take_turns(shards(range), max_concurrency).await;
    assert!(turn.unwrap().unwrap() <= Instant::now(), "{range}");
}

#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn one_process_waits_for_another() {
    let (server, url, [one, two]) = server::two("read committed");
    one.claim(shards("0-1/3")).await.unwrap();
    two.claim(shards("2-2/3")).await.unwrap();
    take_at_once(&one, "0-1/3", 1).await;
    let turn = two.take_turns(shards("2-2/3"), 1).await.unwrap().unwrap();
    let [_, last, other] = turns(server, &url)[..] else {
        panic!("not three turns");
    };
    assert_eq!(other.1, last.2 + INTERVAL_MS);
    // The clock here agrees.
    let most = Duration::from_millis((2 * INTERVAL_MS + 2 * LATE_MS).unsigned_abs());
    assert!(turn.saturating_duration_since(Instant::now()) <= most);
    // If Discord lets three identify at once, nothing conflicts.
    take_at_once(&two, "2-2/3", 3).await;
}

#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn no_two_of_many_starting_processes_conflict() {
    for isolation in ["read committed", "serializable"] {
        let server = server::shared();
        let url = server.schema(isolation);
        let stores: Vec<_> = (0..6).map(|_| Store::open(&url).unwrap()).collect();
        let ranges = ["0-1/9", "2-2/9", "3-5/9", "6-6/9", "7-7/9", "8-8/9"];
        let taking = stores
            .iter()
            .zip(ranges)
            .map(|(store, range)| store.take_turns(shards(range), 1));
        let results = futures_util::future::join_all(taking).await;
        assert!(
            results.iter().all(Result::is_ok),
            "{isolation}: {results:?}"
        );
        let turns = turns(server, &url);
        assert_eq!(turns.len(), 9, "{isolation}");
        for pair in turns.windows(2) {
            let is_one_process = ranges.iter().any(|range| {
                let range = shards(range);
                range.has(pair[0].0) && range.has(pair[1].0)
            });
            let from = if is_one_process { pair[0].1 } else { pair[0].2 };
            assert!(pair[1].1 >= from + INTERVAL_MS, "{isolation}: {turns:?}");
        }
    }
}

/// Future turns are void when their process restarts or is dead.
#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn nobody_waits_for_void_turns() {
    let (server, url, [one, two]) = server::two("read committed");
    one.claim(shards("0-3/24")).await.unwrap();
    take_at_once(&one, "0-3/24", 1).await;
    shift(server, &url, 60);
    take_at_once(&one, "0-3/24", 1).await;
    assert_eq!(turns(server, &url).len(), 4, "the old ones are gone");

    // It is alive, so a process whose shards take longer than that comes after it.
    shift(server, &url, 60);
    let last = turns(server, &url)[3];
    two.take_turns(shards("4-23/24"), 1).await.unwrap();
    assert_eq!(turns(server, &url)[4].1, last.2 + INTERVAL_MS);
    server.sql(
        &url,
        "UPDATE writers SET expires_at = now() - interval '1 s'",
    );
    take_at_once(&two, "4-23/24", 1).await;
}

/// Discord still counts an identify after its process has ended.
#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn past_identifies_count_after_their_process_has_ended() {
    let (server, url, [one, two]) = server::two("read committed");
    one.claim(shards("0-0/1")).await.unwrap();
    take_at_once(&one, "0-0/1", 1).await;
    one.close().await.unwrap();
    two.claim(shards("0-0/1")).await.unwrap();
    two.take_turns(shards("0-0/1"), 1).await.unwrap();
    let [old, new] = turns(server, &url)[..] else {
        panic!("not two turns");
    };
    assert!(new.1 >= old.1 + INTERVAL_MS, "{old:?}, {new:?}");
    // But only for a while, and then it is deleted.
    shift(server, &url, -3_600);
    take_at_once(&two, "0-0/1", 1).await;
    assert_eq!(turns(server, &url).len(), 1);
}

#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn a_process_that_was_shut_out_gets_no_turn() {
    let (server, url, [one, _]) = server::two("read committed");
    one.claim(shards("0-0/1")).await.unwrap();
    server.sql(&url, "DELETE FROM writers");
    let turn = one.take_turns(shards("0-0/1"), 1).await;
    assert_eq!(turn, Err(StoreError::LeaseLost));
    assert_eq!(turns(server, &url), []);
}
