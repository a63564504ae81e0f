//! Choices that members made for themselves, and their earlier games.

use super::*;
use crate::PastGames;
use heat_core::id::{GameId, UserId};

on_every_database!(
    a_member_hides_what_they_typed_until_they_show_it_again,
    past_games_are_those_as_long_that_were_revealed_without_the_one_at_hand,
);

const MEMBER: u64 = u64::MAX - 5;

async fn a_member_hides_what_they_typed_until_they_show_it_again(scratch: Scratch) {
    let store = scratch.open();
    assert!(!store.hides_typed(UserId(MEMBER)).await.unwrap());
    for since_ms in [Some(5), Some(9)] {
        store.hide_typed(UserId(MEMBER), since_ms).await.unwrap();
    }
    assert!(store.hides_typed(UserId(MEMBER)).await.unwrap());
    assert!(!store.hides_typed(UserId(1)).await.unwrap());
    let rows = store.member_rows(UserId(MEMBER)).await.unwrap();
    assert_eq!(rows["typed_hidden"][0]["since_ms"], 5, "the first choice");
    for _ in 0..2 {
        store.hide_typed(UserId(MEMBER), None).await.unwrap();
        assert!(!store.hides_typed(UserId(MEMBER)).await.unwrap());
    }
}

async fn past_games_are_those_as_long_that_were_revealed_without_the_one_at_hand(scratch: Scratch) {
    let store = scratch.open();
    let past = |games, points_max| PastGames { games, points_max };
    assert_eq!(
        store
            .past_games(UserId(MEMBER), GameId(3), 2)
            .await
            .unwrap(),
        past(0, 0)
    );
    let at = ms("2026-07-15T10:00:00Z");
    for (game, points) in [(1, [100, 50]), (2, [200, 0]), (3, [900, 900])] {
        store.commit(start(game)).await.unwrap();
        let answers = vec![
            answer(1, MEMBER, points[0], at),
            answer(2, MEMBER, points[1], at),
            answer(1, 7, 500, at),
        ];
        store.commit(played(game, answers)).await.unwrap();
    }
    // Three questions, of which the member answered one.
    store.commit(start(4)).await.unwrap();
    let longer = Write {
        revealed: vec![1, 2, 3],
        ..played(4, vec![answer(1, MEMBER, 5_000, at)])
    };
    store.commit(longer).await.unwrap();
    let open = Write {
        game: GameId(1),
        answers: vec![answer(3, MEMBER, 500, at)],
        ..Write::default()
    };
    store.commit(open).await.unwrap();
    assert_eq!(
        store
            .past_games(UserId(MEMBER), GameId(3), 2)
            .await
            .unwrap(),
        past(2, 200)
    );
    assert_eq!(
        store
            .past_games(UserId(MEMBER), GameId(1), 2)
            .await
            .unwrap(),
        past(2, 1_800)
    );
    assert_eq!(
        store
            .past_games(UserId(MEMBER), GameId(9), 3)
            .await
            .unwrap(),
        past(1, 5_000)
    );
    assert_eq!(
        store
            .past_games(UserId(MEMBER), GameId(9), 4)
            .await
            .unwrap(),
        past(0, 0)
    );
    assert_eq!(
        store.past_games(UserId(7), GameId(9), 2).await.unwrap(),
        past(3, 500)
    );
}
