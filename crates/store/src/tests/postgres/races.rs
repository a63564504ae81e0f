//! Two processes that write the same at the same time.

use super::server;
use crate::tests::*;
use crate::{StoreError, StoredPack};
use heat_core::id::{GameId, GuildId, UserId};

const NOW: &str = "2026-07-15T10:00:00Z";
const GAMES: u64 = 6;
const ROUNDS: u16 = 12;
/// What an answer earns in each process, which shows whose answer came first.
const ONE: u32 = 100;
const TWO: u32 = 301;

/// Both answer for the same players and reveal the same rounds, with different points to show whose
/// came first. The result must be as if one had followed the other.
async fn race(isolation: &str) {
    let (server, url, [one, two]) = server::two(isolation);
    for game in 1..=GAMES {
        one.commit(start(game)).await.unwrap();
    }
    // In steps, so that each takes many transactions, and all games at once.
    let play = async |store: &Store, game: u64, points: u32| {
        for round in 0..ROUNDS {
            let reveal = Write {
                game: GameId(game),
                revealed: vec![round],
                ..Write::default()
            };
            let answers = (1..=5).map(|user| Write {
                game: GameId(game),
                answers: vec![answer(round, user, points, ms(NOW))],
                ..Write::default()
            });
            let mut writes: Vec<_> = answers.collect();
            // One starts with the first player, the other with the last, and each reveals at a
            // different point, so that a reveal meets answers that the other process lacks.
            if points == TWO {
                writes.reverse();
            }
            writes.insert((usize::from(round) + points as usize) % 6, reveal);
            for write in writes {
                store.commit(write).await.unwrap();
            }
        }
    };
    let process = async |store: &Store, points: u32| {
        let games = (1..=GAMES).map(|game| play(store, game, points));
        futures_util::future::join_all(games).await;
    };
    tokio::join!(process(&one, ONE), process(&two, TWO));

    let all = board(Scope::Global, Period::Week, NOW);
    let rows = whole(&one, all).await;
    assert_eq!(whole(&two, all).await, rows);
    assert_eq!(rows.len(), 5);
    let audit = one.verify_standings().await.unwrap();
    assert_eq!(audit.faults, 0, "{:#?}", audit.examples);
    assert_eq!(audit.answers, GAMES * u64::from(ROUNDS) * 5, "each once");
    let stored = server.sql(&url, "SELECT sum(points) FROM answers");
    let counted: u64 = rows.iter().map(|(_, _, points)| points).sum();
    assert_eq!(stored, counted.to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_and_reveals_count_once() {
    race("read committed").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_and_reveals_count_once_when_repeatable() {
    race("repeatable read").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_and_reveals_count_once_when_serializable() {
    race("serializable").await;
}

/// Each number of a game's events goes to one of the two, and the other is told.
#[ignore = "needs PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn an_event_s_number_is_given_once() {
    for isolation in ["read committed", "serializable"] {
        let (_, _, [one, two]) = server::two(isolation);
        let (a, b) = tokio::join!(one.commit(start(1)), two.commit(start(1)));
        assert!(
            a.is_ok() != b.is_ok(),
            "one of them created it: {a:?} {b:?}"
        );
        let mut won = [0, 0];
        for seq in 1..60 {
            let (a, b) = tokio::join!(one.commit(event(1, seq)), two.commit(event(1, seq)));
            for (count, result) in won.iter_mut().zip([&a, &b]) {
                match result {
                    Ok(()) => *count += 1,
                    Err(error) => assert!(matches!(error, StoreError::Conflict { .. }), "{error}"),
                }
            }
            assert_eq!(won[0] + won[1], seq, "{a:?} {b:?}");
        }
        let game = one.game(GameId(1)).await.unwrap().unwrap();
        assert_eq!((game.events.len(), game.next_seq), (60, 60));
    }
}

/// Transactions that must conflict: the server refuses some, and callers do not notice.
#[ignore = "needs PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn refused_transactions_are_retried() {
    let (server, url, [one, two]) = server::two("serializable");
    server.sql(
        &url,
        "CREATE SEQUENCE tries;
         CREATE FUNCTION try() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN PERFORM nextval('tries'); RETURN new; END $$;
         CREATE TRIGGER try AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION try()",
    );
    let mut seqs = [0; 5];
    for game in 1..=4 {
        one.commit(start(game)).await.unwrap();
    }
    // One after the other on each game, and always both at work on the same games.
    for _ in 0..40 {
        for game in [1_u64, 2, 3, 4] {
            let seq = &mut seqs[usize::try_from(game).unwrap()];
            let next = event(game, *seq + 1);
            let asks = Write {
                game: GameId(game),
                asked: vec!["q".to_owned()],
                answers: vec![answer(1, u64::from(*seq), 10, ms(NOW))],
                revealed: vec![1],
                ..Write::default()
            };
            let (a, b) = tokio::join!(one.commit(next), two.commit(asks));
            a.unwrap();
            b.unwrap();
            *seq += 1;
        }
    }
    let stored: u64 = server
        .sql(&url, "SELECT count(*) FROM events")
        .parse()
        .unwrap();
    assert_eq!(stored, 4 + 4 * 40);
    // A sequence keeps numbers that a rolled back transaction took.
    let tries: u64 = server
        .sql(&url, "SELECT last_value FROM tries")
        .parse()
        .unwrap();
    assert!(tries > 4 * 40, "{tries} tries: nothing was ever refused");
    assert_sound(&one).await;
}

/// Two batches that lock the same games in different orders, with overlapping boards.
#[ignore = "needs PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn batches_do_not_deadlock() {
    let (_, _, [one, two]) = server::two("read committed");
    for game in 1..=40 {
        one.commit(start(game)).await.unwrap();
    }
    let reveal = |store: Store, games: Vec<u64>| async move {
        let calls = games.into_iter().map(|game| {
            let answers = (1..=6).map(|user| answer(1, user, 50, ms(NOW))).collect();
            store.commit(played(game, answers))
        });
        for result in futures_util::future::join_all(calls).await {
            result.unwrap();
        }
    };
    let (forth, back) = ((1..=40).collect(), (1..=40).rev().collect());
    tokio::join!(reveal(one.clone(), forth), reveal(two, back));
    let all = board(Scope::Global, Period::All, NOW);
    let rows = whole(&one, all).await;
    assert_eq!(rows.len(), 6);
    assert!(rows.iter().all(|row| (row.0, row.2) == (1, 40 * 50)));
    assert_sound(&one).await;
}

/// What is changed under the lease beside the batches that renew it, by the same process.
#[ignore = "needs PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn changes_and_batches_of_one_process_do_not_conflict() {
    for isolation in ["read committed", "serializable"] {
        let (_, _, [store, _]) = server::two(isolation);
        store.commit(start(1)).await.unwrap();
        let batches = async {
            for seq in 1..=200 {
                store.commit(event(1, seq)).await.unwrap();
            }
        };
        let pack = |guild| StoredPack {
            id: "p".to_owned(),
            body: "{}".to_owned(),
            added_by: guild,
            added_at_ms: 1_000,
        };
        let changes = (1..=100).map(|guild| {
            let store = store.clone();
            async move {
                store
                    .put_pack(GuildId(guild), pack(UserId(guild)))
                    .await
                    .unwrap();
                if guild % 2 == 0 {
                    assert!(store.remove_pack(GuildId(guild), "p", 9).await.unwrap());
                }
            }
        });
        tokio::join!(batches, futures_util::future::join_all(changes));
        for guild in 1..=100 {
            let left = store.packs(GuildId(guild)).await.unwrap();
            assert_eq!(left.len() as u64, guild % 2, "{isolation}: {guild}");
        }
    }
}

#[ignore = "needs PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_runs_beside_a_busy_process() {
    let (server, url, [one, two]) = server::two("read committed");
    for game in 1..=30 {
        one.commit(start(game)).await.unwrap();
    }
    server.sql(&url, "UPDATE standings SET points = 7; DELETE FROM tallies");
    let work = async {
        for game in 1..=30 {
            let answers = (1..=3).map(|user| answer(1, user, 9, ms(NOW))).collect();
            two.commit(played(game, answers)).await.unwrap();
        }
    };
    let rebuilds = async {
        for _ in 0..5 {
            one.rebuild_standings().await.unwrap();
        }
    };
    tokio::join!(work, rebuilds);
    assert_sound(&one).await;
    let all = board(Scope::Guild(GuildId(GUILD)), Period::All, NOW);
    assert_eq!(whole(&two, all).await[0].2, 30 * 9);
}
