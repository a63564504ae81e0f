//! Leaderboards: what counts, when, and in which order.

use super::*;
use heat_core::id::{GameId, GuildId, UserId};
use heat_core::standing::Badge;
use heat_core::standing::badge::WINS;
use heat_core::standing::{Record, Share, Standing};

on_every_database!(
    an_answer_counts_from_its_reveal_on_and_once,
    equal_points_share_a_rank_over_the_edge_of_a_page,
    each_period_counts_its_own_days,
    a_server_sees_its_own_answers_and_direct_messages_count_globally,
    a_servers_days_go_by_its_zone_and_everybodys_by_utc,
    a_change_of_zone_moves_nothing_that_was_counted,
    a_record_holds_what_was_revealed_in_the_order_of_time,
    a_game_is_won_by_most_points_once_it_is_over,
    a_badge_is_new_with_the_game_that_earned_it,
);

async fn an_answer_counts_from_its_reveal_on_and_once(scratch: Scratch) {
    let store = scratch.open();
    let now = "2026-07-15T10:00:00Z";
    let at = ms(now);
    let all = board(Scope::Guild(GuildId(GUILD)), Period::All, now);
    store.commit(start(1)).await.unwrap();
    let answers = Write {
        game: GameId(1),
        answers: vec![
            answer(1, 5, 100, at),
            answer(1, 6, 0, at),
            answer(2, 5, 70, at),
        ],
        ..Write::default()
    };
    store.commit(answers).await.unwrap();
    assert_eq!(whole(&store, all).await, []);
    assert_eq!(store.standing(all, UserId(5)).await.unwrap(), None);

    let reveal = |rounds: &[u16]| Write {
        game: GameId(1),
        revealed: rounds.to_vec(),
        ..Write::default()
    };
    store.commit(reveal(&[1])).await.unwrap();
    assert_eq!(whole(&store, all).await, [(1, 5, 100), (2, 6, 0)]);
    store.commit(reveal(&[1, 1])).await.unwrap();
    assert_eq!(whole(&store, all).await, [(1, 5, 100), (2, 6, 0)]);
    store.commit(reveal(&[2, 1, 9])).await.unwrap();
    let standing = store.standing(all, UserId(5)).await.unwrap();
    let expect = Standing {
        rank: 1,
        user: UserId(5),
        points: 170,
        correct: 2,
        answered: 2,
    };
    assert_eq!(standing, Some(expect));

    // An answer that reaches the ledger after the reveal counts at once.
    let late = Write {
        game: GameId(1),
        answers: vec![answer(1, 7, 500, at)],
        ..Write::default()
    };
    store.commit(late).await.unwrap();
    assert_eq!(
        whole(&store, all).await,
        [(1, 7, 500), (2, 5, 170), (3, 6, 0)]
    );
    assert_sound(&store).await;
}

async fn equal_points_share_a_rank_over_the_edge_of_a_page(scratch: Scratch) {
    let store = scratch.open();
    let now = "2026-07-15T10:00:00Z";
    let all = board(Scope::Global, Period::Day, now);
    store.commit(start(1)).await.unwrap();
    // 3 players with 900, 14 with 256 (the first number of the tally's second slot), 2 with 255.
    let points = |user: u64| match user {
        1..=3 => 900,
        4..=17 => 256,
        _ => 255,
    };
    let answers = (1..=19).map(|user| answer(1, user, points(user), ms(now)));
    store.commit(played(1, answers.collect())).await.unwrap();

    let rows = whole(&store, all).await;
    let ranks: Vec<_> = rows.iter().map(|(rank, ..)| *rank).collect();
    assert_eq!(ranks, [[1; 3].as_slice(), &[4; 14], &[18; 2]].concat());
    assert!(
        rows.iter().map(|(_, user, _)| *user).eq(1..=19),
        "ties by id"
    );
    for (rank, user, _) in rows {
        let standing = store.standing(all, UserId(user)).await.unwrap().unwrap();
        assert_eq!(standing.rank, rank, "player {user}");
    }
    let far = store.leaderboard(all, u32::MAX).await.unwrap();
    assert_eq!((far.rows.len(), far.players, far.pages), (0, 19, 2));
}

async fn each_period_counts_its_own_days(scratch: Scratch) {
    let store = scratch.open();
    store.commit(start(1)).await.unwrap();
    // One point value per moment, so that a sum shows which moments it includes.
    let moments = [
        ("2025-12-28T23:59:59.999Z", 1),
        ("2025-12-29T00:00:00Z", 2),
        ("2025-12-31T23:59:59.999Z", 4),
        ("2026-01-01T00:00:00Z", 8),
        ("2026-01-04T23:59:59.999Z", 16),
        ("2026-01-05T00:00:00Z", 32),
        ("2026-01-31T23:59:59.999Z", 64),
        ("2026-02-01T00:00:00Z", 128),
    ];
    let answers = (1..)
        .zip(moments)
        .map(|(round, (at, points))| answer(round, 5, points, ms(at)));
    store.commit(played(1, answers.collect())).await.unwrap();

    let expect = [
        (Period::Day, "2025-12-28T00:00:00Z", 1),
        (Period::Week, "2025-12-28T00:00:00Z", 1),
        (Period::Month, "2025-12-01T00:00:00Z", 1 + 2 + 4),
        (Period::Day, "2025-12-31T00:00:00Z", 4),
        (Period::Week, "2025-12-29T00:00:00Z", 2 + 4 + 8 + 16),
        (Period::Week, "2026-01-04T00:00:00Z", 2 + 4 + 8 + 16),
        (Period::Week, "2026-01-05T00:00:00Z", 32),
        (Period::Day, "2026-01-01T12:00:00Z", 8),
        (Period::Month, "2026-01-15T12:00:00Z", 8 + 16 + 32 + 64),
        (Period::Month, "2026-02-28T12:00:00Z", 128),
        (Period::Week, "2026-02-01T12:00:00Z", 64 + 128),
        (Period::All, "1999-01-01T00:00:00Z", 255),
    ];
    for (period, now, points) in expect {
        for scope in [Scope::Global, Scope::Guild(GuildId(GUILD))] {
            let rows = whole(&store, board(scope, period, now)).await;
            assert_eq!(rows, [(1, 5, points)], "{period:?} {now}");
        }
    }
    let idle = board(Scope::Global, Period::Day, "2026-01-20T12:00:00Z");
    assert_eq!(whole(&store, idle).await, []);
    assert_sound(&store).await;
}

async fn a_server_sees_its_own_answers_and_direct_messages_count_globally(scratch: Scratch) {
    let store = scratch.open();
    let now = "2026-07-15T10:00:00Z";
    for (game, guild) in [(1, Some(GUILD)), (2, Some(99)), (3, None)] {
        let mut write = start(game);
        write.create.as_mut().unwrap().guild = guild.map(GuildId);
        store.commit(write).await.unwrap();
        let points = 10 * u32::try_from(game).unwrap();
        let answers = vec![answer(1, 5, points, ms(now))];
        store.commit(played(game, answers)).await.unwrap();
    }
    let points = async |scope| whole(&store, board(scope, Period::Week, now)).await;
    assert_eq!(points(Scope::Guild(GuildId(GUILD))).await, [(1, 5, 10)]);
    assert_eq!(points(Scope::Guild(GuildId(99))).await, [(1, 5, 20)]);
    assert_eq!(points(Scope::Global).await, [(1, 5, 60)]);
    let mut nowhere = start(4);
    nowhere.create.as_mut().unwrap().guild = Some(GuildId(0));
    assert!(store.commit(nowhere).await.is_err(), "0 means everywhere");
}

fn in_zone(zone: &str, board: Board) -> Board {
    Board {
        zone: Zone::parse(zone).unwrap(),
        ..board
    }
}

fn start_in(game: u64, zone: &str) -> Write {
    let mut write = start(game);
    write.create.as_mut().unwrap().zone = Zone::parse(zone).unwrap();
    write
}

/// Around the night when Berlin's clocks go forward, and the first of April there.
async fn a_servers_days_go_by_its_zone_and_everybodys_by_utc(scratch: Scratch) {
    let store = scratch.open();
    store.commit(start_in(1, "Europe/Berlin")).await.unwrap();
    let moments = [
        ("2026-03-28T22:59:59.999Z", 1),  // Saturday's last
        ("2026-03-28T23:00:00Z", 2),      // Sunday's first
        ("2026-03-29T21:59:59.999Z", 4),  // its last, 23 hours later
        ("2026-03-29T22:00:00Z", 8),      // Monday's first
        ("2026-03-31T21:59:59.999Z", 16), // March's last
        ("2026-03-31T22:00:00Z", 32),     // April's first
    ];
    let answers = (1..)
        .zip(moments)
        .map(|(round, (at, points))| answer(round, 5, points, ms(at)));
    store.commit(played(1, answers.collect())).await.unwrap();

    let here = Scope::Guild(GuildId(GUILD));
    for (scope, period, now, points) in [
        (here, Period::Day, "2026-03-28T22:00:00Z", 1),
        (here, Period::Day, "2026-03-28T23:00:00Z", 2 + 4),
        (here, Period::Day, "2026-03-29T21:59:59.999Z", 2 + 4),
        (here, Period::Day, "2026-03-29T22:00:00Z", 8),
        (here, Period::Week, "2026-03-29T12:00:00Z", 1 + 2 + 4),
        (here, Period::Week, "2026-03-29T22:00:00Z", 8 + 16 + 32),
        (here, Period::Month, "2026-03-31T21:00:00Z", 31),
        (here, Period::Month, "2026-03-31T22:00:00Z", 32),
        (here, Period::All, "1999-01-01T00:00:00Z", 63),
        (Scope::Global, Period::Day, "2026-03-28T23:00:00Z", 1 + 2),
        (Scope::Global, Period::Day, "2026-03-29T22:00:00Z", 4 + 8),
        (Scope::Global, Period::Week, "2026-03-29T22:00:00Z", 15),
        (Scope::Global, Period::Month, "2026-03-31T22:00:00Z", 63),
    ] {
        let board = in_zone("Europe/Berlin", board(scope, period, now));
        let rows = whole(&store, board).await;
        assert_eq!(rows, [(1, 5, points)], "{scope:?} {period:?} {now}");
    }
    assert_sound(&store).await;
}

/// At one moment it is the 14th, 15th or 16th of July, depending on the place.
async fn a_change_of_zone_moves_nothing_that_was_counted(scratch: Scratch) {
    let store = scratch.open();
    let now = "2026-07-15T10:30:00Z";
    let zones = [
        ("UTC", 1),
        ("Pacific/Pago_Pago", 2),
        ("Pacific/Kiritimati", 4),
    ];
    for (game, (zone, points)) in (1..).zip(zones) {
        store.commit(start_in(game, zone)).await.unwrap();
        let answers = vec![answer(1, 5, points, ms(now))];
        store.commit(played(game, answers)).await.unwrap();
    }
    let store = {
        store.close().await.unwrap();
        scratch.open()
    };
    // A game keeps the zone it started in.
    let late = Write {
        game: GameId(2),
        answers: vec![answer(1, 6, 8, ms(now))],
        ..Write::default()
    };
    store.commit(late).await.unwrap();
    let game = store.game(GameId(2)).await.unwrap().unwrap();
    assert_eq!(game.meta.zone.name(), "Pacific/Pago_Pago");

    let check = async |store: &Store| {
        let today = async |zone| {
            let board = board(Scope::Guild(GuildId(GUILD)), Period::Day, now);
            whole(store, in_zone(zone, board)).await
        };
        assert_eq!(today("UTC").await, [(1, 5, 1)]);
        assert_eq!(today("Pacific/Pago_Pago").await, [(1, 6, 8), (2, 5, 2)]);
        assert_eq!(today("Pacific/Kiritimati").await, [(1, 5, 4)]);
        let all = whole(store, board(Scope::Guild(GuildId(GUILD)), Period::All, now)).await;
        assert_eq!(all, [(1, 6, 8), (2, 5, 7)]);
        assert_sound(store).await;
    };
    check(&store).await;
    store.rebuild_standings().await.unwrap();
    check(&store).await;
}

async fn a_game_is_won_by_most_points_once_it_is_over(scratch: Scratch) {
    let store = scratch.open();
    let wins = async |user| store.record(user).await.unwrap().map(|record| record.wins);
    // The points of one or two players in each game.
    let games: [&[(u64, u32)]; 5] = [
        &[(5, 200), (6, 100)],
        &[(5, 150), (6, 150)],
        &[(5, 0), (6, 0)],
        &[(5, 300)],
        &[(5, 100), (6, 200)],
    ];
    for (game, points) in (1..).zip(games) {
        store.commit(start(game)).await.unwrap();
        let by = points.iter();
        let answers = by.map(|(user, points)| answer(1, *user, *points, 10));
        store.commit(played(game, answers.collect())).await.unwrap();
    }
    assert_eq!(
        (wins(UserId(5)).await, wins(UserId(6)).await),
        (Some(0), Some(0))
    );
    for game in 1..=5 {
        let over = Write {
            game: GameId(game),
            ended: true,
            ..Write::default()
        };
        store.commit(over).await.unwrap();
    }
    // Both sides win a tie; a game without points or opponents is not a win.
    assert_eq!(
        (wins(UserId(5)).await, wins(UserId(6)).await),
        (Some(2), Some(2))
    );
    assert_eq!(wins(UserId(7)).await, None);
}

/// The last win of twenty-five, in a game whose end is not stored yet.
async fn a_badge_is_new_with_the_game_that_earned_it(scratch: Scratch) {
    let store = scratch.open();
    for game in 1..=WINS + 1 {
        store.commit(start(game)).await.unwrap();
        let both = vec![answer(1, 5, 100, 10), answer(1, 6, 50, 10)];
        store.commit(played(game, both)).await.unwrap();
        let new = store.new_badges(UserId(5), GameId(game)).await.unwrap();
        let has_won = game == WINS;
        let expect: &[Badge] = if has_won { &[Badge::BoxOffice] } else { &[] };
        let won: Vec<Badge> = new
            .iter()
            .copied()
            .filter(|badge| *badge == Badge::BoxOffice)
            .collect();
        assert_eq!(won, expect, "game {game}");
        let over = Write {
            game: GameId(game),
            ended: true,
            ..Write::default()
        };
        store.commit(over).await.unwrap();
    }
    let loser = store.new_badges(UserId(6), GameId(WINS)).await.unwrap();
    assert!(!loser.contains(&Badge::BoxOffice));
    assert_eq!(store.new_badges(UserId(7), GameId(WINS)).await.unwrap(), []);
}

async fn a_record_holds_what_was_revealed_in_the_order_of_time(scratch: Scratch) {
    let store = scratch.open();
    assert_eq!(store.record(UserId(5)).await.unwrap(), None);
    let given = |round: u16, at_ms: i64, points: u32, elapsed_ms: u32, topic: &str| AnswerRow {
        elapsed_ms,
        topic: topic.to_owned(),
        ..answer(round, 5, points, at_ms)
    };
    // Two games at once: the order follows the moments, not the games or their reveals.
    let first = vec![
        given(1, 10, 100, 4_000, "cast"),
        given(2, 30, 100, 2_000, "crew"),
        given(3, 50, 0, 500, "cast"),
        given(4, 60, 100, 9_000, "cast"),
    ];
    let second = vec![
        given(1, 20, 100, 3_000, "cast"),
        given(2, 40, 100, 7_000, "crew"),
        answer(1, 6, 100, 25),
    ];
    store.commit(start(1)).await.unwrap();
    store.commit(start(2)).await.unwrap();
    let hidden = Write {
        game: GameId(2),
        answers: second,
        ..Write::default()
    };
    store.commit(hidden).await.unwrap();
    assert_eq!(
        store.record(UserId(5)).await.unwrap(),
        None,
        "nothing is revealed"
    );
    store.commit(played(1, first)).await.unwrap();
    let record = store.record(UserId(5)).await.unwrap().unwrap();
    assert_eq!(
        (record.games, record.answered, record.streak_best),
        (1, 4, 2)
    );

    let reveal = Write {
        game: GameId(2),
        revealed: vec![2, 1],
        ..Write::default()
    };
    store.commit(reveal).await.unwrap();
    let expect = Record {
        games: 2,
        answered: 6,
        correct: 5,
        streak: 1,
        streak_best: 4,
        typical_ms: Some(4_000),
        fastest_ms: Some(2_000),
        wins: 0,
        perfect_games: 0,
        quick_row_best: 2,
        topics: [("cast", 4, 3), ("crew", 2, 2)]
            .map(|(topic, answered, correct)| (topic.to_owned(), Share { answered, correct }))
            .into(),
    };
    assert_eq!(store.record(UserId(5)).await.unwrap(), Some(expect));
    assert_eq!(store.record(UserId(7)).await.unwrap(), None);
}
