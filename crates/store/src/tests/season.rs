//! Seasons: one runs at a time, its board is the ledger between two moments, and its end is stored
//! once with all that follows from it.

use super::*;
use crate::{NewSeason, RefusedRole, RoleStep, SeasonEnd, StoredSeason};
use futures_util::future::join_all;
use heat_core::id::{InteractionId, RoleId, SeasonId};
use heat_core::standing::Standing;

on_every_database!(
    one_season_runs_at_a_time_and_old_ones_go,
    a_board_counts_the_answers_between_opening_and_closing,
    of_many_who_close_at_once_one_does,
    what_is_unsettled_is_so_in_its_own_shards,
    roles_are_given_and_taken_step_by_step,
);

const ID: u64 = u64::MAX - 20;
const ROLE: RoleId = RoleId(u64::MAX - 7);
const ANN: u64 = u64::MAX - 1;
const BO: u64 = 9;
const CY: u64 = 5;

fn season(id: u64, opened_at_ms: i64) -> NewSeason {
    NewSeason {
        id: SeasonId(id),
        guild: GuildId(GUILD),
        name: format!("Season {id}").into(),
        role: Some(ROLE),
        winners: 1,
        opened_at_ms,
        seasons_max: 3,
    }
}

fn end(by: u64, at_ms: i64) -> SeasonEnd {
    SeasonEnd {
        guild: GuildId(GUILD),
        by: InteractionId(by),
        at_ms,
        route: "{}".into(),
        holders_max: 2,
    }
}

/// The players of a season with rank and points, and the rank of `ANN`.
async fn board(store: &Store, season: &StoredSeason) -> (Vec<(u64, u64, u64)>, Option<u64>) {
    let board = store.season_board(season, 0, UserId(ANN)).await.unwrap();
    let row = |row: &Standing| (row.user.0, row.rank, row.points);
    let rows = board.page.rows.iter().map(row).collect();
    (rows, board.own.map(|own| own.rank))
}

/// A game of one round with these answers: who, points, when.
async fn play(store: &Store, game: u64, answers: &[(u64, u32, i64)]) {
    store.commit(start(game)).await.unwrap();
    let answers = answers.iter();
    let answers = answers.map(|(user, points, at_ms)| answer(0, *user, *points, *at_ms));
    store.commit(played(game, answers.collect())).await.unwrap();
}

async fn one_season_runs_at_a_time_and_old_ones_go(scratch: Scratch) {
    let store = scratch.open();
    assert_eq!(store.seasons(GuildId(GUILD)).await.unwrap(), []);
    assert_eq!(store.close_season(end(1, 1_000)).await.unwrap(), None);
    let first = store.open_season(season(ID, 1_000)).await.unwrap().unwrap();
    assert_eq!(
        (first.season.id, first.season.role),
        (SeasonId(ID), Some(ROLE))
    );
    let again = store.open_season(season(ID, 1_000)).await.unwrap();
    assert_eq!(again.as_ref(), Some(&first), "the same interaction");
    let second = store.open_season(season(2, 2_000)).await.unwrap();
    assert_eq!(second.as_ref(), Some(&first), "the first one runs");
    let other = NewSeason {
        guild: GuildId(7),
        ..season(8, 1_000)
    };
    let other = store.open_season(other).await.unwrap().unwrap();
    assert_eq!(other.season.id, SeasonId(8), "each server has its own");
    let closed = store.close_season(end(3, 3_000)).await.unwrap().unwrap();
    assert_eq!(
        (
            closed.season.id,
            closed.season.closed_at_ms,
            closed.is_announced
        ),
        (first.season.id, Some(3_000), false)
    );
    let repeated = store.close_season(end(3, 3_500)).await.unwrap();
    assert_eq!(repeated, Some(closed), "the same interaction");
    assert_eq!(store.close_season(end(4, 4_000)).await.unwrap(), None);
    for id in 10..13 {
        let at_ms = i64::try_from(id).unwrap() * 1_000;
        store.open_season(season(id, at_ms)).await.unwrap();
        let closed = store.close_season(end(100 + id, at_ms + 1)).await.unwrap();
        assert!(closed.is_some());
    }
    let kept = store.seasons(GuildId(GUILD)).await.unwrap();
    let kept: Vec<u64> = kept.iter().map(|season| season.season.id.0).collect();
    assert_eq!(kept, [12, 11, 10]);
    assert_eq!(store.seasons(GuildId(7)).await.unwrap(), [other]);
}

async fn a_board_counts_the_answers_between_opening_and_closing(scratch: Scratch) {
    let store = scratch.open();
    let opened = store.open_season(season(ID, 5_000)).await.unwrap().unwrap();
    assert_eq!(board(&store, &opened).await, (vec![], None));
    play(&store, 1, &[(ANN, 100, 4_999), (BO, 80, 5_000)]).await;
    play(
        &store,
        2,
        &[(ANN, 50, 6_000), (BO, 0, 6_001), (CY, 50, 6_002)],
    )
    .await;
    play(&store, 3, &[(ANN, 10, 8_000), (CY, 30, 9_000)]).await;
    // A question that is still open does not count.
    store.commit(start(4)).await.unwrap();
    let open = Write {
        game: GameId(4),
        answers: vec![answer(0, CY, 500, 7_000)],
        ..Write::default()
    };
    store.commit(open).await.unwrap();
    // Neither does another server.
    let mut elsewhere = start(5);
    elsewhere.create.as_mut().unwrap().guild = Some(GuildId(7));
    store.commit(elsewhere).await.unwrap();
    let there = played(5, vec![answer(0, CY, 500, 7_000)]);
    store.commit(there).await.unwrap();
    let running = vec![(CY, 1, 80), (BO, 1, 80), (ANN, 3, 60)];
    assert_eq!(board(&store, &opened).await, (running, Some(3)));
    let closed = store.close_season(end(1, 9_000)).await.unwrap().unwrap();
    let last = (vec![(BO, 1, 80), (ANN, 2, 60), (CY, 3, 50)], Some(2));
    assert_eq!(board(&store, &closed).await, last);
    // What is revealed or played later changes nothing.
    let reveal = Write {
        game: GameId(4),
        revealed: vec![0],
        ..Write::default()
    };
    store.commit(reveal).await.unwrap();
    play(&store, 6, &[(CY, 900, 9_500)]).await;
    assert_eq!(board(&store, &closed).await, last);
    let hall = store.hall_of_fame(GuildId(GUILD)).await.unwrap();
    let hall: Vec<_> = hall.iter().map(|(id, row)| (id.0, row.user.0)).collect();
    assert_eq!(hall, [(ID, BO), (ID, ANN), (ID, CY)]);
    let past = store.season_board(&closed, 9, UserId(1)).await.unwrap();
    assert_eq!(
        (past.page.page, past.page.rows.len(), past.own),
        (0, 3, None)
    );
}

async fn of_many_who_close_at_once_one_does(scratch: Scratch) {
    let store = scratch.open();
    play(&store, 1, &[(ANN, 100, 6_000)]).await;
    store.open_season(season(ID, 5_000)).await.unwrap();
    let closing = (1..=6).map(|by| store.close_season(end(by, 7_000)));
    let closed = join_all(closing).await;
    let closed = closed.into_iter().filter_map(Result::unwrap);
    assert_eq!(closed.count(), 1);
    let steps = store.role_steps(GuildId(GUILD)).await.unwrap();
    assert_eq!(steps.len(), 1);
}

async fn what_is_unsettled_is_so_in_its_own_shards(scratch: Scratch) {
    let store = scratch.open();
    let whole = ShardRange::WHOLE;
    store.open_season(season(ID, 1_000)).await.unwrap();
    assert_eq!(store.unsettled_seasons(whole).await.unwrap(), []);
    let closed = store.close_season(end(1, 2_000)).await.unwrap().unwrap();
    assert_eq!(closed.route.as_deref(), Some("{}"));
    let unsettled = store.unsettled_seasons(whole).await.unwrap();
    assert_eq!(unsettled, std::slice::from_ref(&closed));
    let halves: [ShardRange; 2] = ["0-0/2", "1-1/2"].map(|part| part.parse().unwrap());
    let mut seen = 0;
    for half in halves {
        let found = store.unsettled_seasons(half).await.unwrap();
        assert_eq!(found.len(), usize::from(half.owns(Some(GuildId(GUILD)))));
        seen += found.len();
    }
    assert_eq!(seen, 1);
    store.mark_season_announced(closed.season.id).await.unwrap();
    let announced = store.unsettled_seasons(whole).await.unwrap();
    assert!(announced[0].is_announced && announced[0].route.is_some());
    store.mark_season_settled(closed.season.id).await.unwrap();
    store.mark_season_announced(closed.season.id).await.unwrap();
    assert_eq!(store.unsettled_seasons(whole).await.unwrap(), []);
    let kept = store.seasons(GuildId(GUILD)).await.unwrap();
    assert_eq!((kept[0].route.as_ref(), kept[0].is_announced), (None, true));
}

/// Who is about to get the role or to lose it.
async fn steps(store: &Store) -> Vec<(u64, bool)> {
    let steps = store.role_steps(GuildId(GUILD)).await.unwrap();
    steps.iter().map(|step| (step.user.0, step.gives)).collect()
}

async fn done(store: &Store, season: u64, (user, gives): (u64, bool), refused: Option<i64>) {
    let step = RoleStep {
        season: SeasonId(season),
        guild: GuildId(GUILD),
        user: UserId(user),
        role: ROLE,
        gives,
    };
    store.role_step_done(step, refused).await.unwrap();
}

async fn roles_are_given_and_taken_step_by_step(scratch: Scratch) {
    let store = scratch.open();
    // Three win, and two of them may have the role.
    store.open_season(season(1, 1_000)).await.unwrap();
    play(
        &store,
        1,
        &[(ANN, 9, 1_500), (BO, 9, 1_500), (CY, 9, 1_500)],
    )
    .await;
    store.close_season(end(11, 2_000)).await.unwrap();
    let first = steps(&store).await;
    assert_eq!(first, [(ANN, true), (CY, true)]);
    done(&store, 1, (ANN, true), None).await;
    done(&store, 1, (ANN, false), Some(1)).await;
    assert_eq!(steps(&store).await, [(CY, true)], "the first is done");
    // CY was not given it yet, but may have been. ANN wins again and keeps it.
    store.open_season(season(2, 3_000)).await.unwrap();
    play(&store, 2, &[(ANN, 9, 3_500), (BO, 0, 3_500)]).await;
    store.close_season(end(12, 4_000)).await.unwrap();
    assert_eq!(steps(&store).await, [(CY, false), (ANN, true)]);
    done(&store, 1, (CY, false), Some(50_013)).await;
    done(&store, 2, (ANN, true), Some(10_007)).await;
    assert_eq!(steps(&store).await, []);
    let refused = store.refused_roles(GuildId(GUILD), SeasonId(2)).await;
    let refusal = |user, gives, why| RefusedRole {
        user: UserId(user),
        role: ROLE,
        gives,
        why,
    };
    assert_eq!(
        refused.unwrap(),
        [refusal(ANN, true, 10_007), refusal(CY, false, 50_013)]
    );
    // What could not be taken is tried again. Without points nobody wins.
    store.open_season(season(3, 5_000)).await.unwrap();
    play(&store, 3, &[(BO, 0, 5_500)]).await;
    store.close_season(end(13, 6_000)).await.unwrap();
    assert_eq!(steps(&store).await, [(CY, false)]);
    done(&store, 1, (CY, false), None).await;
    let refused = store.refused_roles(GuildId(GUILD), SeasonId(3)).await;
    assert_eq!(refused.unwrap(), []);
}
