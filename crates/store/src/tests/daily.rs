//! The daily puzzle: one attempt, exactly once; its boards and streaks.

use super::*;
use crate::{DailyAnswer, DailyKind};
use futures_util::future::join_all;
use heat_core::daily::{Attempt, AttemptAnswer, Day, Placing, QUESTIONS};
use heat_core::id::{GuildId, UserId};

on_every_database!(
    the_first_answer_to_the_next_question_counts,
    of_many_clicks_at_once_one_counts,
    the_puzzle_that_was_stored_first_stays,
    scores_rank_here_and_everywhere,
    finished_days_on_end_make_a_streak,
    a_result_is_shown_once_in_each_channel,
);

const DAY: Day = Day(20_778);

fn answer_to(day: Day, user: u64, position: u8, choice: u8) -> DailyAnswer {
    DailyAnswer {
        day,
        user: UserId(user),
        position,
        choice,
        correct: choice == 0,
        guild: None,
        at_ms: day.starts_at_ms() + i64::from(position),
    }
}

/// Plays a whole puzzle with this many right answers.
async fn play(store: &Store, day: Day, user: u64, guild: Option<u64>, right: u8) {
    store.begin_daily(day, UserId(user), 1).await.unwrap();
    for position in 0..QUESTIONS {
        let choice = u8::from(position >= right);
        let answer = DailyAnswer {
            guild: guild.map(GuildId),
            ..answer_to(day, user, position, choice)
        };
        store.answer_daily(answer).await.unwrap().unwrap();
    }
}

async fn the_first_answer_to_the_next_question_counts(scratch: Scratch) {
    let store = scratch.open();
    let at = |position, choice| store.answer_daily(answer_to(DAY, 5, position, choice));
    assert_eq!(at(0, 0).await.unwrap(), None, "not begun");
    assert_eq!(store.daily_attempt(DAY, UserId(5)).await.unwrap(), None);
    for _ in 0..2 {
        store.begin_daily(DAY, UserId(5), 1).await.unwrap();
        let begun = store.daily_attempt(DAY, UserId(5)).await.unwrap();
        assert_eq!(begun, Some(Attempt::default()));
    }
    let first = AttemptAnswer {
        choice: 2,
        correct: false,
    };
    let one = Attempt {
        answers: vec![first],
    };
    assert_eq!(at(0, 2).await.unwrap(), Some(one.clone()));
    for (position, choice) in [(0, 2), (0, 0), (2, 0), (4, 0), (5, 0), (255, 0)] {
        let same = at(position, choice).await.unwrap();
        assert_eq!(same, Some(one.clone()), "question {position}");
    }
    for position in 1..QUESTIONS {
        assert_eq!(
            store.daily_placing(DAY, None, UserId(5)).await.unwrap(),
            None
        );
        at(position, 0).await.unwrap();
    }
    // Nothing is lost when the process ends, and nothing can be added.
    store.close().await.unwrap();
    let store = scratch.open();
    let whole = store.daily_attempt(DAY, UserId(5)).await.unwrap().unwrap();
    assert_eq!(
        (whole.answers.len(), whole.score(), whole.next()),
        (5, 4, None)
    );
    store.begin_daily(DAY, UserId(5), 2).await.unwrap();
    for position in 0..=QUESTIONS {
        let again = store.answer_daily(answer_to(DAY, 5, position, 0)).await;
        assert_eq!(again.unwrap(), Some(whole.clone()));
    }
    let placing = Placing {
        rank: 1,
        user: UserId(5),
        score: 4,
    };
    let placed = store.daily_placing(DAY, None, UserId(5)).await.unwrap();
    assert_eq!(placed, Some(placing));
    let page = store.daily_board(DAY, None, 0).await.unwrap();
    assert_eq!((page.rows, page.players), (vec![placing], 1));
    let other = store.answer_daily(answer_to(DAY.next(), 5, 0, 0)).await;
    assert_eq!(other.unwrap(), None, "another day is another attempt");
}

async fn of_many_clicks_at_once_one_counts(scratch: Scratch) {
    let store = scratch.open();
    store.begin_daily(DAY, UserId(5), 1).await.unwrap();
    for position in 0..QUESTIONS {
        let clicks = (0..12).map(|n| store.answer_daily(answer_to(DAY, 5, position, n % 4)));
        let told: Vec<_> = join_all(clicks)
            .await
            .into_iter()
            .map(Result::unwrap)
            .collect();
        assert!(told.iter().all(|attempt| *attempt == told[0]), "{told:?}");
        let answers = told[0].as_ref().unwrap().answers.len();
        assert_eq!(answers, usize::from(position) + 1);
    }
    let page = store.daily_board(DAY, None, 0).await.unwrap();
    assert_eq!(page.players, 1);
    assert_eq!(
        store.daily_streak(UserId(5)).await.unwrap().unwrap().days,
        1
    );
}

async fn the_puzzle_that_was_stored_first_stays(scratch: Scratch) {
    let store = scratch.open();
    for kind in [DailyKind::Questions, DailyKind::Film] {
        assert_eq!(store.daily_puzzle(kind, DAY).await.unwrap(), None);
        let first = format!("first {kind:?}");
        for body in [first.as_str(), "second"] {
            let kept = store.keep_daily_puzzle(kind, DAY, body).await.unwrap();
            assert_eq!(kept, first);
        }
        let stored = store.daily_puzzle(kind, DAY).await.unwrap();
        assert_eq!(stored, Some(first));
        assert_eq!(store.daily_puzzle(kind, DAY.next()).await.unwrap(), None);
    }
}

async fn scores_rank_here_and_everywhere(scratch: Scratch) {
    let store = scratch.open();
    // Twenty-three members: thirteen with 4 in one server, the others elsewhere.
    for user in 1..=23_u64 {
        let (guild, right) = match user {
            1..=13 => (Some(GUILD), 4),
            14 => (Some(GUILD), 0),
            15 => (Some(GUILD), 5),
            16..=20 => (Some(99), 5),
            _ => (None, 3),
        };
        play(&store, DAY, user, guild, right).await;
    }
    store.begin_daily(DAY, UserId(77), 1).await.unwrap();
    let board = async |guild, page| {
        let page = store.daily_board(DAY, guild, page).await.unwrap();
        let rows: Vec<_> = page
            .rows
            .iter()
            .map(|r| (r.rank, r.user.0, r.score))
            .collect();
        (rows, page.pages, page.players)
    };
    let fours = |rank, users: std::ops::RangeInclusive<u64>| users.map(move |user| (rank, user, 4));
    let (rows, pages, players) = board(Some(GuildId(GUILD)), 0).await;
    let expect: Vec<_> = [(1, 15, 5)].into_iter().chain(fours(2, 1..=9)).collect();
    assert_eq!((rows, pages, players), (expect, 2, 15));
    let expect: Vec<_> = fours(2, 10..=13).chain([(15, 14, 0)]).collect();
    assert_eq!(board(Some(GuildId(GUILD)), 1).await.0, expect);
    assert_eq!(board(Some(GuildId(GUILD)), 2).await, (vec![], 2, 15));

    let (rows, pages, players) = board(None, 0).await;
    let expect: Vec<_> = (15..=20)
        .map(|user| (1, user, 5))
        .chain(fours(7, 1..=4))
        .collect();
    assert_eq!((rows, pages, players), (expect, 3, 23));
    let expect = vec![(20, 22, 3), (20, 23, 3), (23, 14, 0)];
    assert_eq!(board(None, 2).await.0, expect);
    assert_eq!(board(Some(GuildId(98)), 0).await, (vec![], 0, 0));
    for (guild, user, expect) in [
        (None, 23, Some(20)),
        (None, 13, Some(7)),
        (Some(GUILD), 13, Some(2)),
        (Some(GUILD), 20, None),
        (Some(GUILD), 23, None),
        (None, 77, None),
    ] {
        let placing = store
            .daily_placing(DAY, guild.map(GuildId), UserId(user))
            .await
            .unwrap();
        assert_eq!(placing.map(|p| p.rank), expect, "{guild:?} {user}");
    }
    let far = store.daily_board(DAY, None, u32::MAX).await.unwrap();
    assert_eq!((far.rows.len(), far.players), (0, 23));
}

async fn finished_days_on_end_make_a_streak(scratch: Scratch) {
    let store = scratch.open();
    assert_eq!(store.daily_streak(UserId(5)).await.unwrap(), None);
    for day in [1, 2, 4, 5, 6] {
        play(&store, Day(day), 5, Some(GUILD), 0).await;
    }
    // Begun only.
    store.begin_daily(Day(7), UserId(5), 1).await.unwrap();
    store
        .answer_daily(answer_to(Day(7), 5, 0, 0))
        .await
        .unwrap();
    let streak = store.daily_streak(UserId(5)).await.unwrap().unwrap();
    assert_eq!((streak.last, streak.current), (Day(6), 3));
    assert_eq!((streak.best, streak.days), (3, 5));
    assert_eq!(store.daily_streak(UserId(6)).await.unwrap(), None);
}

async fn a_result_is_shown_once_in_each_channel(scratch: Scratch) {
    let store = scratch.open();
    let ann = u64::MAX - 5;
    for (day, user, channel, first) in [
        (DAY, ann, 1, true),
        (DAY, ann, 1, false),
        (DAY, ann, 2, true),
        (DAY, 6, 1, true),
        (DAY.next(), ann, 1, true),
        (DAY, ann, 2, false),
    ] {
        for kind in [DailyKind::Questions, DailyKind::Film] {
            let is_first = store
                .share_daily(kind, day, UserId(user), ChannelId(channel))
                .await
                .unwrap();
            assert_eq!(is_first, first, "{kind:?} {day:?} {user} {channel}");
        }
    }
}
