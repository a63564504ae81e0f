//! Which process plays which games, and what happens to one that seemed dead.

use super::server::{self, Server};
use crate::postgres::Postgres;
use crate::postgres::connection::SESSION;
use crate::tests::*;
use crate::{Backend, StoreError, StoredPack};
use heat_core::id::{GameId, GuildId, UserId};
use proptest::strategy::{Strategy, ValueTree};
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Short, so that tests do not wait long for a death.
const LEASE: Duration = Duration::from_millis(1_200);

/// Longer than any test waits.
const LONG_LEASE: Duration = Duration::from_secs(600);

fn open(url: &str) -> Store {
    open_for(url, LEASE)
}

fn open_for(url: &str, lease: Duration) -> Store {
    Store(Backend::Postgres(Postgres::open_for(url, lease).unwrap()))
}

fn shards(text: &str) -> ShardRange {
    text.parse().unwrap()
}

/// A game of a server on this shard of two.
fn start_on(shard: u64, game: u64) -> Write {
    let mut write = start(game);
    write.create.as_mut().unwrap().guild = Some(GuildId((shard + 2 * game) << 22));
    write
}

async fn live(store: &Store, range: &str) -> Vec<u64> {
    let games = store.live_games(shards(range)).await.unwrap();
    games.iter().map(|game| game.id.0).collect()
}

fn pack() -> StoredPack {
    StoredPack {
        id: "p".to_owned(),
        body: "{}".to_owned(),
        added_by: UserId(5),
        added_at_ms: 1_000,
    }
}

/// As if the process had been paused, or cut off, for longer than its lease.
fn expire(server: &Server, url: &str, shard: u32) {
    let owner = format!("(SELECT writer FROM shards WHERE shard = {shard})");
    let past = format!("UPDATE writers SET expires_at = now() - interval '1s' WHERE id = {owner}");
    server.sql(url, &past);
}

#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn each_process_plays_its_own_games_and_all_share_the_boards() {
    let (_, _, [one, two]) = server::two("read committed");
    one.claim(shards("0-0/2")).await.unwrap();
    two.claim(shards("1-1/2")).await.unwrap();
    one.commit(start_on(0, 1)).await.unwrap();
    two.commit(start_on(1, 2)).await.unwrap();
    let mut direct = start(3);
    direct.create.as_mut().unwrap().guild = None;
    one.commit(direct).await.unwrap();
    assert_eq!(live(&one, "0-0/2").await, [1, 3]);
    assert_eq!(live(&one, "1-1/2").await, [2]);

    let now = "2026-07-15T10:00:00Z";
    let answers = |user, points| vec![answer(1, user, points, ms(now))];
    one.commit(played(1, answers(5, 10))).await.unwrap();
    two.commit(played(2, answers(5, 20))).await.unwrap();
    two.commit(played(3, answers(6, 25))).await.unwrap();
    let all = board(Scope::Global, Period::Day, now);
    for store in [&one, &two] {
        assert_eq!(whole(store, all).await, [(1, 5, 30), (2, 6, 25)]);
        assert_sound(store).await;
    }
}

/// The rule in SQL is the rule of [`heat_core::shard`].
#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn games_are_found_by_the_shard_of_their_server() {
    let scratch = Scratch::schema("read committed");
    let store = scratch.open();
    let mut runner = proptest::test_runner::TestRunner::default();
    for game in 1..=200 {
        let mut write = start(game);
        let any = proptest::option::weighted(0.9, 1_u64..).new_tree(&mut runner);
        write.create.as_mut().unwrap().guild = any.unwrap().current().map(GuildId);
        store.commit(write).await.unwrap();
    }
    let games = store.live_games(ShardRange::WHOLE).await.unwrap();
    assert_eq!(games.len(), 200);
    for range in ["0-0/2", "1-1/2", "0-3/7", "4-6/7", "700-999/1000"] {
        let range = shards(range);
        let expect = games.iter().filter(|game| range.owns(game.meta.guild));
        let found = store.live_games(range).await.unwrap();
        assert!(found.iter().eq(expect), "{range}");
    }
}

#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn no_two_living_processes_own_a_shard() {
    let server = server::shared();
    let url = server.schema("read committed");
    let one = open_for(&url, LONG_LEASE);
    one.claim(shards("0-1/4")).await.unwrap();
    let two = open_for(&url, LONG_LEASE);
    two.claim(shards("2-3/4")).await.unwrap();
    let third = open(&url);
    for range in ["0-0/4", "1-2/4", "3-3/4", "0-0/1", "5-5/8"] {
        let error = third.claim(shards(range)).await.unwrap_err();
        assert!(matches!(error, StoreError::ShardsTaken { .. }), "{error:?}");
        assert!(
            error.to_string().contains("stop the other process"),
            "{error}"
        );
    }
    // Released by a close, and by dropping the last handle, long before their leases end.
    one.close().await.unwrap();
    third.claim(shards("0-1/4")).await.unwrap();
    drop(two);
    third.claim(shards("0-3/4")).await.unwrap();
}

#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn one_of_many_simultaneous_claims_wins() {
    for isolation in ["read committed", "serializable"] {
        let server = server::shared();
        let url = server.schema(isolation);
        let stores: Vec<_> = (0..6).map(|_| open(&url)).collect();
        // Overlapping in part, and in totals.
        let ranges = ["0-1/4", "1-2/4", "0-3/4", "0-0/1", "1-1/2", "0-1/4"];
        let claims = stores
            .iter()
            .zip(ranges)
            .map(|(store, range)| store.claim(shards(range)));
        let results = futures_util::future::join_all(claims).await;
        let won = results.iter().filter(|result| result.is_ok()).count();
        assert_eq!(won, 1, "{isolation}: {results:?}");
    }
}

/// The dead process's shards and games go to the next that claims them; if it comes back, it stores
/// nothing more.
#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn a_process_that_seemed_dead_can_write_nothing() {
    for isolation in ["read committed", "serializable"] {
        let (server, url, [one, two]) = server::two(isolation);
        one.claim(shards("0-0/2")).await.unwrap();
        one.commit(start_on(0, 1)).await.unwrap();
        // Expired, but no process claimed its shards: it continues.
        expire(server, &url, 0);
        one.commit(event(1, 1)).await.unwrap();

        expire(server, &url, 0);
        two.claim(shards("0-0/2")).await.unwrap();
        assert_eq!(live(&two, "0-0/2").await, [1]);
        let played = played(1, vec![answer(1, 5, 100, 0)]);
        for write in [event(1, 2), played, start_on(0, 9)] {
            assert_eq!(one.commit(write).await, Err(StoreError::LeaseLost));
        }
        one.lease_lost().await;
        assert_eq!(one.claim(shards("1-1/2")).await, Err(StoreError::LeaseLost));
        two.commit(event(1, 2)).await.unwrap();
        let game = two.game(GameId(1)).await.unwrap().unwrap();
        assert_eq!(game.next_seq, 3);
        // Writes without a game are refused, too.
        assert_eq!(
            one.put_pack(GuildId(7), pack()).await,
            Err(StoreError::LeaseLost)
        );
        two.put_pack(GuildId(7), pack()).await.unwrap();
        assert_eq!(
            one.remove_pack(GuildId(7), "p", 9).await,
            Err(StoreError::LeaseLost)
        );
        assert_eq!(two.packs(GuildId(7)).await.unwrap(), [pack()]);
        assert_eq!(two.game(GameId(9)).await.unwrap(), None);
        assert_eq!(two.verify_standings().await.unwrap().answers, 0);
    }
}

/// A process paused in the middle of a transaction holds its locks only for a limited time.
#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn a_process_paused_in_a_transaction_does_not_stop_its_successor() {
    let (server, url, [store, _]) = server::two("read committed");
    server.sql(
        &url,
        "INSERT INTO writers VALUES (1000, 7, now() - interval '1 s');
         INSERT INTO shards VALUES (0, 1, 1000)",
    );
    let batch = "UPDATE writers SET batch = 8 WHERE id = 1000";
    let paused = server.pause_in_transaction(&url, SESSION, batch);
    store.claim(shards("0-0/1")).await.unwrap();
    store.commit(start(1)).await.unwrap();
    assert_eq!(
        server.sql(&url, "SELECT count(*) FROM writers WHERE id = 1000"),
        "0"
    );
    drop(paused);
}

/// A pack in flight when the process was shut out is stored before that, or not at all.
#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn a_change_and_the_end_of_its_process_are_serialised() {
    let (server, url, [store, _]) = server::two("read committed");
    let writer = server.sql(&url, "SELECT min(id) FROM writers");
    let end = format!("DELETE FROM writers WHERE id = {writer}");
    let paused = server.pause_in_transaction(&url, SESSION, &end);
    let put = tokio::spawn(async move { store.put_pack(GuildId(7), pack()).await });
    // It waits for the other to decide.
    let waits = "SELECT count(*) > 0 FROM pg_stat_activity
         WHERE wait_event_type = 'Lock' AND query LIKE 'SELECT id FROM writers%'";
    while server.sql(&url, waits) != "t" {
        assert!(!put.is_finished(), "it did not wait");
        tokio::task::yield_now().await;
    }
    writeln!({ paused }, "COMMIT;").unwrap();
    assert_eq!(put.await.unwrap(), Err(StoreError::LeaseLost));
    assert_eq!(server.sql(&url, "SELECT count(*) FROM packs"), "0");
}

/// While the server is away every lease expires. The previous owners get their shards back,
/// although another process stood by all the time.
#[ignore = "needs PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn a_server_outage_costs_nobody_the_lease() {
    let mut server = Server::start();
    let url = server.schema("read committed");
    let owner = open(&url);
    owner.claim(shards("0-0/1")).await.unwrap();
    let other = open(&url);
    for round in 1..=3 {
        let is_back = Arc::new(AtomicBool::new(false));
        let stand_by = tokio::spawn({
            let (other, is_back) = (other.clone(), Arc::clone(&is_back));
            async move {
                loop {
                    let was_back = is_back.load(Ordering::Relaxed);
                    let claimed = other.claim(shards("0-0/1")).await;
                    if claimed.is_ok() || was_back {
                        return claimed;
                    }
                }
            }
        });
        server.order("stop");
        tokio::time::sleep(LEASE * 5 / 4).await;
        server.order("start");
        is_back.store(true, Ordering::Relaxed);
        let claimed = stand_by.await.unwrap();
        assert!(claimed.is_err(), "round {round}: {claimed:?}");
        owner.commit(start(round)).await.unwrap();
    }
}

/// It learns of it without writing anything.
#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn an_idle_process_learns_that_it_was_replaced() {
    let server = server::shared();
    let url = server.schema("read committed");
    let one = open(&url);
    one.claim(shards("0-0/1")).await.unwrap();
    server.sql(&url, "DELETE FROM writers");
    one.lease_lost().await;
}

/// Valid while the clock says so, and then while the server does.
#[ignore = "needs PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_doubts_its_lease_asks_the_server() {
    let mut server = Server::start();
    let url = server.schema("read committed");
    let one = open(&url);
    one.claim(shards("0-0/1")).await.unwrap();
    assert_eq!(one.hold().await, Ok(()));
    let Backend::Postgres(postgres) = &one.0 else {
        panic!("another database");
    };
    // As after a pause in which no process claimed the games.
    postgres.doubt_lease();
    assert_eq!(one.hold().await, Ok(()));

    server.order("stop");
    postgres.doubt_lease();
    let asked = one.hold().await;
    assert!(
        matches!(asked, Err(StoreError::Unavailable { .. })),
        "{asked:?}"
    );
    server.order("start");
    assert_eq!(one.hold().await, Ok(()));

    // As after a pause in which another process took them over.
    server.sql(&url, "DELETE FROM writers");
    postgres.doubt_lease();
    let asked = futures_util::future::join_all((0..20).map(|_| one.hold())).await;
    assert!(
        asked
            .iter()
            .all(|asked| *asked == Err(StoreError::LeaseLost)),
        "{asked:?}"
    );
    one.lease_lost().await;
}

/// An idle process renews; a dead one does not, and its successor waits exactly that long.
#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn a_lease_outlasts_idleness_but_not_death() {
    let server = server::shared();
    let url = server.schema("read committed");
    let one = open(&url);
    one.claim(shards("0-0/1")).await.unwrap();
    one.commit(start(1)).await.unwrap();
    let two = open(&url);
    // It waits for one and a half leases, and is then sure that the other lives.
    let begin = Instant::now();
    let error = two.claim(shards("0-0/1")).await.unwrap_err();
    assert!(matches!(error, StoreError::ShardsTaken { .. }), "{error:?}");
    assert!(begin.elapsed() > LEASE);
    one.commit(event(1, 1)).await.unwrap();

    // What a killed process leaves: a row that is no longer renewed.
    server.sql(
        &url,
        "INSERT INTO writers VALUES (1000, 7, now() + interval '700 ms');
         DELETE FROM shards; INSERT INTO shards VALUES (0, 1, 1000)",
    );
    two.claim(shards("0-0/1")).await.unwrap();
    two.commit(event(1, 2)).await.unwrap();
}
