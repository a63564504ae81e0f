//! The film of the day: one attempt, exactly once; ranks, streaks.

use super::*;
use crate::DailyFilmGuess;
use futures_util::future::join_all;
use heat_core::daily::Day;
use heat_core::daily::film::{CLUES, FilmAttempt, FilmPlacing};
use heat_core::id::{GuildId, UserId};

on_every_database!(
    each_guess_opens_a_clue_once,
    of_many_guesses_at_once_each_counts_once,
    members_rank_in_their_server_and_have_streaks,
    a_film_of_the_archive_has_no_rank_and_makes_no_streak,
);

const DAY: Day = Day(20_778);
const ANN: u64 = u64::MAX - 5;

fn guess(day: Day, user: u64, guess: &str) -> DailyFilmGuess {
    DailyFilmGuess {
        day,
        user: UserId(user),
        guess: guess.into(),
        position: None,
        correct: guess == "work:jaws-1975",
        guild: Some(GuildId(GUILD)),
        counts: true,
        at_ms: day.starts_at_ms(),
    }
}

/// Opens the next clue.
fn pass(day: Day, user: u64, position: u8) -> DailyFilmGuess {
    DailyFilmGuess {
        position: Some(position),
        ..guess(day, user, "")
    }
}

async fn each_guess_opens_a_clue_once(scratch: Scratch) {
    let store = scratch.open();
    let none = store.daily_film_attempt(DAY, UserId(ANN)).await.unwrap();
    assert_eq!(none, FilmAttempt::default());
    for _ in 0..2 {
        let told = store.guess_daily_film(guess(DAY, ANN, "work:alien-1979"));
        assert_eq!(told.await.unwrap().opened(), 2);
    }
    for position in [1, 1, 0, 5] {
        let told = store.guess_daily_film(pass(DAY, ANN, position)).await;
        assert_eq!(told.unwrap().opened(), 3, "clue {position}");
    }
    // Nothing is lost when the process ends, and nothing can be added once the film is found.
    store.close().await.unwrap();
    let store = scratch.open();
    let found = guess(DAY, ANN, "work:jaws-1975");
    let told = store.guess_daily_film(found.clone()).await.unwrap();
    assert_eq!((told.guesses.len(), told.score()), (3, 4));
    for again in [found, guess(DAY, ANN, "work:heat"), pass(DAY, ANN, 3)] {
        assert_eq!(store.guess_daily_film(again).await.unwrap(), told);
    }
    assert_eq!(
        store.daily_film_attempt(DAY, UserId(ANN)).await.unwrap(),
        told
    );
    let other = store
        .daily_film_attempt(DAY.next(), UserId(ANN))
        .await
        .unwrap();
    assert_eq!(other, FilmAttempt::default());
}

async fn of_many_guesses_at_once_each_counts_once(scratch: Scratch) {
    let store = scratch.open();
    let guesses = (0..12).map(|n| {
        let title = format!("work:film-{}", n % 4);
        store.guess_daily_film(guess(DAY, ANN, &title))
    });
    for told in join_all(guesses).await {
        assert!(told.unwrap().guesses.len() <= 4);
    }
    let clicks = (0..6).map(|_| store.guess_daily_film(pass(DAY, ANN, 4)));
    for told in join_all(clicks).await {
        assert_eq!(told.unwrap().guesses.len(), 5);
    }
    let attempt = store.daily_film_attempt(DAY, UserId(ANN)).await.unwrap();
    let mut guesses: Vec<_> = attempt.guesses.iter().map(|g| g.guess.as_str()).collect();
    guesses.sort_unstable();
    let films = [
        "",
        "work:film-0",
        "work:film-1",
        "work:film-2",
        "work:film-3",
    ];
    assert_eq!(guesses, films);
}

async fn members_rank_in_their_server_and_have_streaks(scratch: Scratch) {
    let store = scratch.open();
    for day in [0, 1, 3, 4, 5] {
        // Each member misses as often as their number says.
        for user in [1, 1 + u64::from(CLUES), 3, 2] {
            for position in 0..u8::try_from(user).unwrap() - 1 {
                let miss = pass(Day(day), user, position);
                store.guess_daily_film(miss).await.unwrap();
            }
            let found = guess(Day(day), user, "work:jaws-1975");
            store.guess_daily_film(found).await.unwrap();
        }
    }
    let twice = DailyFilmGuess {
        guild: Some(GuildId(99)),
        ..guess(Day(5), 9, "work:jaws-1975")
    };
    store.guess_daily_film(twice).await.unwrap();
    store
        .guess_daily_film(guess(Day(5), 8, "work:heat"))
        .await
        .unwrap();
    for (user, guild, expect) in [
        (1, GUILD, Some((1, 4))),
        (2, GUILD, Some((2, 4))),
        (3, GUILD, Some((3, 4))),
        (7, GUILD, Some((4, 4))),
        (8, GUILD, None),
        (9, GUILD, None),
        (9, 99, Some((1, 1))),
    ] {
        let placing = store
            .daily_film_placing(Day(5), GuildId(guild), UserId(user))
            .await
            .unwrap();
        let told = placing.map(|placing| (placing.rank, placing.players()));
        assert_eq!(told, expect, "{user}");
        let others = |placing: FilmPlacing| placing.with_score;
        let at_home = (guild == GUILD).then_some([1, 0, 0, 0, 1, 1, 1]);
        let expect = expect.and(at_home.or(Some([0, 0, 0, 0, 0, 0, 1])));
        assert_eq!(placing.map(others), expect, "{user}");
    }
    let streak = store.daily_film_streak(UserId(7)).await.unwrap().unwrap();
    assert_eq!((streak.last, streak.current), (Day(5), 3));
    assert_eq!((streak.best, streak.days), (3, 5));
    assert_eq!(store.daily_film_streak(UserId(8)).await.unwrap(), None);
}

async fn a_film_of_the_archive_has_no_rank_and_makes_no_streak(scratch: Scratch) {
    let store = scratch.open();
    let found = guess(DAY.next(), ANN, "work:jaws-1975");
    store.guess_daily_film(found).await.unwrap();
    let late = DailyFilmGuess {
        counts: false,
        at_ms: Day(DAY.0 + 9).starts_at_ms(),
        ..guess(DAY, ANN, "work:jaws-1975")
    };
    let told = store.guess_daily_film(late.clone()).await.unwrap();
    assert!(told.is_found());
    assert_eq!(store.guess_daily_film(late).await.unwrap(), told);
    let placing = store
        .daily_film_placing(DAY, GuildId(GUILD), UserId(ANN))
        .await
        .unwrap();
    assert_eq!(placing, None);
    let streak = store.daily_film_streak(UserId(ANN)).await.unwrap().unwrap();
    assert_eq!((streak.days, streak.current), (1, 1));
}
