//! A server that restarts, crashes or stays away.

use super::server::Server;
use crate::tests::*;
use crate::{DailyKind, Report, StoreError, StoredPack};
use heat_core::daily::Day;
use heat_core::id::{GameId, GuildId, UserId};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Restarts during work, clean and not: everything confirmed is there once, and the store recovers
/// by itself.
#[ignore = "needs PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn a_restart_during_work_loses_nothing() {
    let mut server = Server::start();
    let url = server.schema("read committed");
    let store = Store::open(&url).unwrap();
    let at = ms("2026-07-15T10:00:00Z");
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let player = |game: u64| {
        let (store, stopped) = (store.clone(), stopped.clone());
        async move {
            let mut seq = 1;
            while !*stopped.borrow() {
                let round = u16::try_from(seq).unwrap();
                let answered = Write {
                    answers: vec![answer(round, game, 10, at)],
                    revealed: vec![round],
                    ..event(game, seq)
                };
                match store.commit(answered).await {
                    Ok(()) => seq += 1,
                    // Like the host: what is stored decides how to continue.
                    Err(StoreError::Unavailable { .. }) => {
                        if let Ok(Some(game)) = store.game(GameId(game)).await {
                            seq = game.next_seq;
                        }
                    }
                    Err(error) => panic!("{error}"),
                }
            }
            (game, seq)
        }
    };
    // All have started before the server first goes away.
    for game in 1..=8 {
        store.commit(start(game)).await.unwrap();
    }
    let players: Vec<_> = (1..=8).map(|game| tokio::spawn(player(game))).collect();
    let orders = tokio::task::spawn_blocking(move || {
        for order in ["stop", "start", "crash", "start", "crash", "start"] {
            server.order(order);
        }
        server
    });
    let mut server = orders.await.unwrap();
    stop.send(true).unwrap();
    let mut answers = 0;
    for player in players {
        let (game, seq) = player.await.unwrap();
        let game = store.game(GameId(game)).await.unwrap().unwrap();
        assert_eq!(
            game.next_seq, seq,
            "what was confirmed, no more and no less"
        );
        assert_eq!(game.events.len(), seq as usize, "no gap");
        answers += u64::from(seq) - 1;
    }
    let audit = store.verify_standings().await.unwrap();
    assert_eq!((audit.faults, audit.answers), (0, answers), "{audit:?}");

    // Away for long: an error within seconds, and normal work once it is back.
    server.order("stop");
    let error = store.commit(event(1, 9_999)).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
    let error = store.game(GameId(1)).await.unwrap_err();
    assert!(matches!(error, StoreError::Unavailable { .. }), "{error:?}");
    server.order("start");
    let next = store.game(GameId(1)).await.unwrap().unwrap().next_seq;
    store.commit(event(1, next)).await.unwrap();
    store.close().await.unwrap();
    assert_eq!(server.sql(&url, "SELECT count(*) FROM writers"), "0");
}

/// The connection breaks but the commit succeeds: this is detected, and it is not repeated.
#[ignore = "needs PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn a_commit_whose_confirmation_was_lost_is_not_repeated() {
    let (store, cut) = through_a_relay().await;
    store.commit(start(1)).await.unwrap();
    let answered = Write {
        answers: vec![answer(1, 5, 100, 0)],
        revealed: vec![1],
        ..event(1, 1)
    };
    for write in [answered, event(1, 2)] {
        cut.store(true, Ordering::SeqCst);
        // One that is refused, in the same batch: it is told so even then.
        let (stored, refused) = tokio::join!(store.commit(write), store.commit(start(1)));
        assert_eq!(stored, Ok(()));
        assert!(
            matches!(refused, Err(StoreError::Conflict { .. })),
            "{refused:?}"
        );
        assert!(!cut.load(Ordering::SeqCst), "the connection was cut");
    }
    assert_eq!(store.game(GameId(1)).await.unwrap().unwrap().next_seq, 3);
    let all = board(Scope::Global, Period::All, "2026-07-15T10:00:00Z");
    assert_eq!(whole(&store, all).await, [(1, 5, 100)]);
    assert_sound(&store).await;
}

/// The same for changes beside the writer, whose result says whether there was anything to change:
/// on a repeat there is not.
#[ignore = "needs PostgreSQL"]
#[tokio::test(flavor = "multi_thread")]
async fn a_change_whose_confirmation_was_lost_returns_its_first_result() {
    let (store, cut) = through_a_relay().await;
    let day = Day(20_000);
    let pack = StoredPack {
        id: "p".to_owned(),
        body: "{}".to_owned(),
        added_by: UserId(5),
        added_at_ms: 1_000,
    };
    store.put_pack(GuildId(GUILD), pack).await.unwrap();
    let report = Report {
        guild: GuildId(GUILD),
        question: "q".to_owned(),
        member: UserId(5),
        ..Report::default()
    };
    store.put_report(report).await.unwrap();
    let is_cut = || assert!(!cut.load(Ordering::SeqCst), "the connection was cut");
    for expected in [true, false] {
        cut.store(true, Ordering::SeqCst);
        assert_eq!(
            store
                .share_daily(DailyKind::Questions, day, UserId(5), ChannelId(7))
                .await,
            Ok(expected),
            "share"
        );
        is_cut();
        cut.store(true, Ordering::SeqCst);
        assert_eq!(
            store.remove_pack(GuildId(GUILD), "p", 9).await,
            Ok(expected),
            "pack"
        );
        is_cut();
        cut.store(true, Ordering::SeqCst);
        let dismissed = store.dismiss_reports(GuildId(GUILD), "q", 9).await;
        assert_eq!(dismissed, Ok(expected), "reports");
        is_cut();
    }
    // Where others may have come first, the current state counts.
    cut.store(true, Ordering::SeqCst);
    let kept = store
        .keep_daily_puzzle(DailyKind::Questions, day, "ours")
        .await;
    assert_eq!(kept.as_deref(), Ok("ours"));
    is_cut();
    let kept = store
        .keep_daily_puzzle(DailyKind::Questions, day, "theirs")
        .await;
    assert_eq!(kept.as_deref(), Ok("ours"));
}

/// A store whose connections go through a relay, and the switch that cuts off the next commit.
async fn through_a_relay() -> (Store, Arc<AtomicBool>) {
    let server = super::server::shared();
    let url = server.schema("read committed");
    let cut = Arc::new(AtomicBool::new(false));
    let (port, options) = (server.port(), url.split_once("options=").unwrap().1);
    let relay = relay(port, Arc::clone(&cut)).await;
    let url = format!("postgres://heat@{relay}/postgres?sslmode=disable&options={options}");
    let opening = tokio::task::spawn_blocking(move || Store::open(&url));
    (opening.await.unwrap().unwrap(), cut)
}

/// Relays everything to the server and back. Once `cut` is set, it relays the next commit, and ends
/// the connection as soon as the server confirms it.
async fn relay(port: u16, cut: Arc<AtomicBool>) -> std::net::SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(("localhost", port)).await.unwrap();
            tokio::spawn(pass_on(client, server, Arc::clone(&cut)));
        }
    });
    address
}

async fn pass_on(mut client: TcpStream, mut server: TcpStream, cut: Arc<AtomicBool>) {
    let (mut asked, mut said) = ([0; 8_192], [0; 8_192]);
    let mut last_words = false;
    loop {
        tokio::select! {
            Ok(count) = client.read(&mut asked) => {
                if count == 0 || server.write_all(&asked[..count]).await.is_err() {
                    return;
                }
                let commits = asked[..count].windows(7).any(|word| word == b"COMMIT\0");
                last_words |= commits && cut.swap(false, Ordering::SeqCst);
            }
            Ok(count) = server.read(&mut said) => {
                // The tag of a completed COMMIT is the same word.
                if last_words && said[..count].windows(7).any(|word| word == b"COMMIT\0") {
                    return;
                }
                if count == 0 || client.write_all(&said[..count]).await.is_err() {
                    return;
                }
            }
            else => return,
        }
    }
}

/// A write that the server refuses for its content does not affect others.
#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn a_write_that_the_server_refuses_affects_no_other() {
    let (server, url, [store, _]) = super::server::two("read committed");
    server.sql(&url, "ALTER TABLE events ADD CHECK (body <> 'bomb')");
    store.commit(start(1)).await.unwrap();
    let bomb = Write {
        events: vec!["bomb".to_owned()],
        ..event(1, 1)
    };
    let other = start(2);
    let (a, b, c) = tokio::join!(
        store.commit(bomb),
        store.commit(other),
        store.commit(start(3))
    );
    assert!(matches!(a, Err(StoreError::Damaged { .. })), "{a:?}");
    assert_eq!((b, c), (Ok(()), Ok(())));
    let nul = Write {
        events: vec!["a\0b".to_owned()],
        ..event(1, 1)
    };
    let error = store.commit(nul).await.unwrap_err();
    assert!(matches!(error, StoreError::Invalid { .. }), "{error:?}");
    store.commit(event(1, 1)).await.unwrap();
}

/// A caller that stops waiting during a read leaves no connection in a transaction.
#[ignore = "needs PostgreSQL"]
#[tokio::test]
async fn a_reader_that_stops_waiting_leaves_no_transaction() {
    let scratch = Scratch::schema("read committed");
    let store = scratch.open();
    let all = board(Scope::Global, Period::All, "2026-07-15T10:00:00Z");
    for _ in 0..50 {
        let mut call = Box::pin(store.leaderboard(all, 0));
        let _ = futures_util::poll!(call.as_mut());
        tokio::task::yield_now().await;
        let _ = futures_util::poll!(call.as_mut());
        drop(call);
    }
    store.commit(played_new(1)).await.unwrap();
    assert_eq!(whole(&store, all).await, [(1, 5, 100)]);
}

fn played_new(game: u64) -> Write {
    Write {
        answers: vec![answer(1, 5, 100, 0)],
        revealed: vec![1],
        ..start(game)
    }
}
