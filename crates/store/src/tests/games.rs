//! Games: what is stored when, what a repeat does, and what survives a crash.

use super::*;
use crate::{StartsOf, StoreError};
use heat_core::id::{ChannelId, GameId, GuildId, PlaceId, UserId};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

on_every_database!(
    a_game_comes_back_as_it_was_written,
    the_first_game_of_a_code_is_found_by_it,
    a_game_is_live_in_its_channel_until_it_is_over,
    the_latest_starts_of_a_member_and_of_a_channel_are_found,
    a_write_that_does_not_follow_is_refused_whole,
    an_answer_sent_twice_changes_nothing,
    questions_asked_are_kept_by_place,
    callers_in_one_batch_do_not_spoil_each_other,
    a_killed_process_loses_nothing_it_acknowledged,
);

async fn a_game_comes_back_as_it_was_written(scratch: Scratch) {
    let store = scratch.open();
    let created = start(u64::MAX - 1);
    store.commit(created.clone()).await.unwrap();
    let next = Write {
        events: vec!["{\"a\":1}".to_owned(), "{\"b\":\"ß✓\"}".to_owned()],
        route: Some("{\"token\":\"x\"}".to_owned()),
        ..event(u64::MAX - 1, 1)
    };
    store.commit(next.clone()).await.unwrap();

    let game = store.game(GameId(u64::MAX - 1)).await.unwrap().unwrap();
    assert_eq!(Some(&game.meta), created.create.as_ref());
    assert_eq!(game.events[1..], next.events);
    assert_eq!((game.next_seq, game.ended), (3, false));
    assert_eq!(game.route, next.route);
    assert_eq!(
        store.live_games(ShardRange::WHOLE).await.unwrap(),
        vec![game.clone()]
    );
    let code = &game.meta.code;
    assert_eq!(store.game_by_code(code).await.unwrap(), Some(game.clone()));
    assert_eq!(store.game_by_code("other").await.unwrap(), None);

    store
        .commit(Write {
            game: game.id,
            ended: true,
            ..Write::default()
        })
        .await
        .unwrap();
    assert_eq!(store.live_games(ShardRange::WHOLE).await.unwrap(), []);
    store.clone().close().await.unwrap();
    assert_eq!(store.game(GameId(1)).await, Err(StoreError::Closed));
    assert_eq!(store.commit(start(1)).await, Err(StoreError::Closed));

    let store = scratch.open();
    let after = store.game_by_code(code).await.unwrap().unwrap();
    assert!(after.ended, "an ended game stays ended, and stays");
    assert_eq!((after.events, after.route), (game.events, game.route));
}

async fn the_first_game_of_a_code_is_found_by_it(scratch: Scratch) {
    let store = scratch.open();
    for (game, started_at_ms) in [(9, 500), (3, 700), (5, 600)] {
        let mut write = start(game);
        let create = write.create.as_mut().unwrap();
        (create.code, create.started_at_ms) = ("AGAIN".to_owned(), started_at_ms);
        store.commit(write).await.unwrap();
    }
    let found = store.game_by_code("AGAIN").await.unwrap().unwrap();
    assert_eq!(found.id, GameId(9));
}

async fn a_write_that_does_not_follow_is_refused_whole(scratch: Scratch) {
    let store = scratch.open();
    store.commit(start(1)).await.unwrap();
    store.commit(event(1, 1)).await.unwrap();
    let with_answer = |write: Write| Write {
        answers: vec![answer(1, 5, 100, 0)],
        revealed: vec![1],
        asked: vec!["q1".to_owned()],
        ended: true,
        ..write
    };
    for write in [start(1), event(1, 1), event(1, 0), event(1, 3), event(2, 0)] {
        let result = store.commit(with_answer(write)).await;
        assert!(
            matches!(result, Err(StoreError::Conflict { .. })),
            "{result:?}"
        );
    }
    let game = store.game(GameId(1)).await.unwrap().unwrap();
    assert_eq!(
        (game.events.len(), game.next_seq, game.ended),
        (2, 2, false)
    );
    assert!(store.asked(PlaceId(GUILD)).await.unwrap().is_empty());
    assert_eq!(store.verify_standings().await.unwrap().answers, 0);

    let huge = Write {
        events: vec!["x".repeat(crate::WRITE_BYTES_MAX + 1)],
        ..event(1, 2)
    };
    let result = store.commit(huge).await;
    assert!(matches!(result, Err(StoreError::Invalid { .. })));
}

async fn an_answer_sent_twice_changes_nothing(scratch: Scratch) {
    let store = scratch.open();
    store.commit(start(1)).await.unwrap();
    let at = ms("2026-07-15T10:00:00Z");
    let all = board(Scope::Global, Period::All, "2026-07-15T10:00:00Z");
    let write = |points| Write {
        game: GameId(1),
        answers: vec![answer(1, 5, points, at)],
        ..Write::default()
    };
    store.commit(write(100)).await.unwrap();
    store.commit(write(900)).await.unwrap();
    store
        .commit(played(1, vec![answer(1, 5, 900, at)]))
        .await
        .unwrap();
    store
        .commit(played(1, vec![answer(1, 5, 900, at)]))
        .await
        .unwrap();
    store.commit(write(900)).await.unwrap();
    assert_eq!(whole(&store, all).await, [(1, 5, 100)]);
    assert_sound(&store).await;
}

async fn questions_asked_are_kept_by_place(scratch: Scratch) {
    let store = scratch.open();
    let ask = |game, asked: &[&str]| Write {
        asked: asked.iter().map(ToString::to_string).collect(),
        ..start(game)
    };
    store.commit(ask(1, &["a", "b", "c"])).await.unwrap();
    store.commit(ask(2, &["a", "d"])).await.unwrap();
    let mut elsewhere = ask(3, &["z"]);
    elsewhere.create.as_mut().unwrap().place = PlaceId(77);
    store.commit(elsewhere).await.unwrap();

    let asked = [("a", 2), ("b", 1), ("c", 1), ("d", 2)];
    let asked = asked.map(|(question, game)| (question, GameId(game)));
    assert_eq!(
        store.asked(PlaceId(GUILD)).await.unwrap(),
        asked.into_iter().collect()
    );
    let asked = [("z", GameId(3))];
    assert_eq!(
        store.asked(PlaceId(77)).await.unwrap(),
        asked.into_iter().collect()
    );
    assert!(store.asked(PlaceId(78)).await.unwrap().is_empty());
}

async fn the_latest_starts_of_a_member_and_of_a_channel_are_found(scratch: Scratch) {
    let store = scratch.open();
    let (guild, member, channel) = (u64::MAX - 1, u64::MAX - 2, u64::MAX - 3);
    for (game, guild, starter, channel) in [
        (10, guild, member, channel),
        (11, guild, member, 5),
        (12, guild, 6, channel),
        (13, guild, 6, 5),
        (14, 7, member, channel),
    ] {
        let mut begun = start(game);
        let new = begun.create.as_mut().unwrap();
        new.guild = Some(GuildId(guild));
        new.starter = UserId(starter);
        new.channel = ChannelId(channel);
        // Taking part in a game is not starting it.
        begun.members = vec![UserId(member)];
        store.commit(begun).await.unwrap();
    }
    let latest = async |after: u64| {
        let of = StartsOf {
            guild: GuildId(guild),
            user: UserId(member),
            channel: ChannelId(channel),
            after: GameId(after),
        };
        let found = store.latest_starts(of).await.unwrap();
        [found.by_member, found.in_channel].map(|game| game.map(|game| game.0))
    };
    assert_eq!(latest(0).await, [Some(11), Some(12)]);
    assert_eq!(latest(11).await, [None, Some(12)]);
    assert_eq!(latest(12).await, [None, None]);
}

async fn a_game_is_live_in_its_channel_until_it_is_over(scratch: Scratch) {
    let store = scratch.open();
    let mut first = start(u64::MAX - 5);
    let game = first.game;
    first.create.as_mut().unwrap().channel = ChannelId(u64::MAX - 7);
    let channel = u64::MAX - 7;
    assert_eq!(store.is_live(game, ChannelId(channel)).await, Ok(false));
    store.commit(first).await.unwrap();
    assert_eq!(store.is_live(game, ChannelId(channel)).await, Ok(true));
    assert_eq!(
        store.is_live(game, ChannelId(8)).await,
        Ok(false),
        "another channel"
    );
    let over = Write {
        game,
        ended: true,
        ..Write::default()
    };
    store.commit(over).await.unwrap();
    assert_eq!(store.is_live(game, ChannelId(channel)).await, Ok(false));
}

/// Many callers at once, some refused: each gets its own answer, and those that were accepted are
/// stored in the order they were sent.
async fn callers_in_one_batch_do_not_spoil_each_other(scratch: Scratch) {
    let store = scratch.open();
    let games = 40;
    let calls = (1..=games).flat_map(|game| {
        [start(game), event(game, 1), event(game, 1), event(game, 2)].map(|w| store.commit(w))
    });
    // Unconstrained: the runtime's fairness would reorder calls of one task.
    let calls = futures_util::future::join_all(calls);
    let results = tokio::task::unconstrained(calls).await;
    let refused = results.iter().filter(|result| result.is_err()).count();
    assert_eq!(refused as u64, games);
    for game in store.live_games(ShardRange::WHOLE).await.unwrap() {
        assert_eq!(game.events[1..], [r#"{"n":1}"#, r#"{"n":2}"#]);
    }
}

const CHILD: &str = "HEAT_CHECK_TEST_STORE";

/// Commits and reports each in a line, until it is killed.
async fn commit_until_killed(url: &str) {
    let store = Store::open(url).unwrap();
    store.commit(start(1)).await.unwrap();
    for seq in 1.. {
        store.commit(event(1, seq)).await.unwrap();
        eprintln!("committed {seq}");
    }
}

/// Starts this program again as the process to be killed.
async fn a_killed_process_loses_nothing_it_acknowledged(scratch: Scratch) {
    if let Ok(url) = std::env::var(CHILD) {
        return commit_until_killed(&url).await;
    }
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--nocapture", "--test-threads=1"])
        .arg("tests::games::sqlite::a_killed_process_loses_nothing_it_acknowledged")
        .env(CHILD, &scratch.url)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut acknowledged = 0;
    for line in BufReader::new(child.stderr.take().unwrap()).lines() {
        let line = line.unwrap();
        if let Some(seq) = line.strip_prefix("committed ") {
            acknowledged = seq.parse::<u32>().unwrap();
        }
        if acknowledged == 200 {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
    assert!(acknowledged >= 200, "the child ended early: {acknowledged}");
    let store = scratch.open();
    let game = store.live_games(ShardRange::WHOLE).await.unwrap().remove(0);
    assert!(game.next_seq > acknowledged);
    assert_eq!(game.events.len(), game.next_seq as usize, "no gap");
}
