//! Results to be sent: once each, by their own process, and not before the game is over.

use super::*;
use crate::{SendState, UnsentResult, read_ended_games};
use heat_core::id::{GameId, GuildId};
use heat_core::shard::ShardRange;

on_every_database!(
    a_result_waits_until_it_is_told_over_a_restart,
    games_that_are_over_are_listed_newest_first,
);

fn over(game: u64, guild: Option<u64>, started_at_ms: i64, ended: bool) -> Write {
    Write {
        game: GameId(game),
        create: Some(NewGame {
            guild: guild.map(GuildId),
            started_at_ms,
            code: format!("c{game}"),
            ..NewGame::default()
        }),
        ended,
        ..Write::default()
    }
}

async fn due(store: &Store, shards: ShardRange, now_ms: i64) -> (Vec<UnsentResult>, u64) {
    let unsent = store.unsent_results(shards, 100, now_ms).await.unwrap();
    (unsent.due, unsent.waiting)
}

const A: u64 = u64::MAX - 5;

async fn a_result_waits_until_it_is_told_over_a_restart(scratch: Scratch) {
    let store = scratch.open();
    let other: u64 = 1 << 22;
    for write in [
        over(A, Some(GUILD), 300, true),
        over(2, Some(GUILD), 200, true),
        over(3, Some(GUILD), 400, false),
        over(4, None, 400, true),
        over(5, Some(GUILD), 100, true),
        over(6, Some(other), 250, true),
    ] {
        store.commit(write).await.unwrap();
    }
    let whole = ShardRange::WHOLE;
    let of = |game, tries| UnsentResult {
        game: GameId(game),
        tries,
    };
    let all = vec![of(2, 0), of(6, 0), of(A, 0)];
    assert_eq!(due(&store, whole, 0).await, (all, 3), "the oldest first");
    let second: ShardRange = "1-1/2".parse().unwrap();
    let theirs = due(&store, second, 0).await.0;
    assert!(theirs.contains(&of(6, 0)), "{theirs:?}");
    let again = SendState::Again {
        tries: 3,
        at_ms: 50,
    };
    store.note_result(GameId(2), again).await.unwrap();
    store
        .note_result(GameId(6), SendState::GivenUp)
        .await
        .unwrap();
    store.note_result(GameId(A), SendState::Done).await.unwrap();
    // A late process cannot make a sent result unsent.
    store.note_result(GameId(A), again).await.unwrap();
    store.close().await.unwrap();
    let store = scratch.open();
    assert_eq!(due(&store, whole, 49).await, (vec![], 1));
    assert_eq!(due(&store, whole, 50).await, (vec![of(2, 3)], 1));
}

async fn games_that_are_over_are_listed_newest_first(scratch: Scratch) {
    let store = scratch.open();
    for write in [
        over(1, Some(GUILD), 300, true),
        over(A, Some(GUILD), 500, true),
        over(3, Some(GUILD), 400, false),
        over(4, None, 400, true),
        over(5, Some(9), 350, true),
    ] {
        store.commit(write).await.unwrap();
    }
    let of = store.ended_games(GuildId(GUILD), 10).await.unwrap();
    assert_eq!(of, [GameId(A), GameId(1)]);
    let newest = store.ended_games(GuildId(GUILD), 1).await.unwrap();
    assert_eq!(newest, [GameId(A)]);
    // The command line reads them while the bot runs.
    for (guild, since_ms, expect) in [
        (None, 0, vec![A, 5, 1]),
        (Some(GuildId(GUILD)), 301, vec![A]),
        (Some(GuildId(1)), 0, vec![]),
    ] {
        let mut read = Vec::new();
        let take = |game: crate::StoredGame| read.push(game.id.0);
        read_ended_games(&scratch.url, guild, since_ms, take)
            .await
            .unwrap();
        assert_eq!(read, expect, "{guild:?}");
    }
}
