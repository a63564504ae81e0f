//! Random histories, compared with a model simple enough to be obviously right.

use super::*;
use crate::QuestionCount;
use heat_core::id::{GameId, GuildId, UserId};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const GAMES: u64 = 4;
const ROUNDS: u16 = 3;
const USERS: u64 = 24;

/// Moments close to each other on both sides of borders.
const MOMENTS: [&str; 6] = [
    "2025-12-28T23:59:59Z",
    "2025-12-31T23:59:59Z",
    "2026-01-01T00:00:00Z",
    "2026-01-04T23:59:59Z",
    "2026-01-05T00:00:00Z",
    "2026-01-31T23:59:59Z",
];

#[derive(Debug, Clone)]
enum Step {
    Answers {
        game: u64,
        round: u16,
        by: Vec<(u64, u32)>,
        moment: usize,
    },
    Reveal {
        game: u64,
        round: u16,
    },
    Both {
        game: u64,
        round: u16,
        by: Vec<(u64, u32)>,
        moment: usize,
    },
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    // Points that meet and pass the tally's slot borders, with many ties.
    let points = prop_oneof![
        3 => Just(0_u32),
        3 => Just(100),
        2 => 250_u32..260,
        2 => 65_500_u32..65_560,
        1 => 0_u32..200_000,
        1 => Just(u32::MAX),
    ];
    let by = prop::collection::vec((1..=USERS, points), 1..16);
    let place = (1..=GAMES, 1..=ROUNDS, 0..MOMENTS.len());
    let step = prop_oneof![
        3 => (place.clone(), by.clone()).prop_map(|((game, round, moment), by)|
            Step::Answers { game, round, by, moment }),
        2 => (1..=GAMES, 1..=ROUNDS).prop_map(|(game, round)| Step::Reveal { game, round }),
        2 => (place, by).prop_map(|((game, round, moment), by)|
            Step::Both { game, round, by, moment }),
    ];
    prop::collection::vec(step, 1..24)
}

/// Games 1 and 2 in one server, 3 in another, 4 in a direct message.
fn guild_of(game: u64) -> Option<u64> {
    match game {
        1 | 2 => Some(11),
        3 => Some(u64::MAX - 5),
        _ => None,
    }
}

/// Zones that are this many hours ahead of UTC all year.
const ZONES: [(&str, i64); 3] = [("UTC", 0), ("Etc/GMT-3", 3), ("Etc/GMT+8", -8)];

/// The server of games 1 and 2 has changed its zone between them; a direct message has none, and
/// what is stored with its game does not matter.
fn zone_of(game: u64) -> (&'static str, i64) {
    ZONES[usize::try_from(game % 3).unwrap()]
}

#[derive(Default)]
struct Model {
    ledger: BTreeMap<(u64, u16, u64), (u32, i64)>,
    revealed: BTreeSet<(u64, u16)>,
}

impl Model {
    /// Applies a step and returns what to write for it.
    fn apply(&mut self, step: &Step) -> Write {
        let (game, round, by, moment, reveals) = match step {
            Step::Answers {
                game,
                round,
                by,
                moment,
            } => (*game, *round, &by[..], *moment, false),
            Step::Reveal { game, round } => (*game, *round, &[][..], 0, true),
            Step::Both {
                game,
                round,
                by,
                moment,
            } => (*game, *round, &by[..], *moment, true),
        };
        let at = ms(MOMENTS[moment]);
        for (user, points) in by {
            let key = (game, round, *user);
            self.ledger.entry(key).or_insert((*points, at));
        }
        if reveals {
            self.revealed.insert((game, round));
        }
        let answers = by
            .iter()
            .map(|(user, points)| answer(round, *user, *points, at));
        Write {
            game: GameId(game),
            answers: answers.collect(),
            revealed: if reveals { vec![round] } else { Vec::new() },
            ..Write::default()
        }
    }

    /// How often each question was answered, by definition.
    fn counts(&self) -> Vec<QuestionCount> {
        let mut counts: BTreeMap<String, QuestionCount> = BTreeMap::new();
        let known = self.ledger.iter();
        let known = known.filter(|((game, round, _), _)| self.revealed.contains(&(*game, *round)));
        for ((_, round, user), (points, at)) in known {
            let AnswerRow {
                question, correct, ..
            } = answer(*round, *user, *points, *at);
            let count = counts.entry(question.clone()).or_default();
            count.question = question;
            count.answered += 1;
            count.correct += u64::from(correct);
        }
        counts.into_values().collect()
    }

    /// The board by definition: sum, sort, and count who has more.
    fn board(&self, board: Board) -> Vec<(u64, u64, u64)> {
        let mut sums: BTreeMap<u64, u64> = BTreeMap::new();
        for ((game, round, user), (points, at)) in &self.ledger {
            let here = match board.scope {
                Scope::Global => true,
                Scope::Guild(guild) => guild_of(*game) == Some(guild.0),
            };
            let ahead_h = match board.scope {
                Scope::Global => 0,
                Scope::Guild(_) => zone_of(*game).1,
            };
            let at = at + ahead_h * 3_600_000;
            if here && self.revealed.contains(&(*game, *round)) && same(board, at) {
                *sums.entry(*user).or_default() += u64::from(*points);
            }
        }
        let rank = |own: u64| 1 + sums.values().filter(|points| **points > own).count() as u64;
        let mut rows: Vec<_> = sums
            .iter()
            .map(|(user, points)| (rank(*points), *user, *points))
            .collect();
        rows.sort_unstable();
        rows
    }
}

/// Whether an answer's local time is in the board's period, by calendar arithmetic independent of
/// the store's.
fn same(board: Board, at_ms: i64) -> bool {
    let ahead_h = match board.scope {
        Scope::Global => 0,
        Scope::Guild(_) => {
            ZONES
                .iter()
                .find(|(zone, _)| *zone == board.zone.name())
                .unwrap()
                .1
        }
    };
    let now_ms = board.now_ms + ahead_h * 3_600_000;
    let day = |at_ms: i64| at_ms.div_euclid(86_400_000);
    // Day 0 of 1970 was a Thursday.
    let week = |at_ms: i64| (day(at_ms) + 3).div_euclid(7);
    let month = |at_ms: i64| {
        let timestamp = Timestamp::from_millisecond(at_ms).unwrap();
        timestamp.to_string()[..7].to_owned()
    };
    match board.period {
        Period::Day => day(at_ms) == day(now_ms),
        Period::Week => week(at_ms) == week(now_ms),
        Period::Month => month(at_ms) == month(now_ms),
        Period::All => true,
    }
}

async fn check(steps: Vec<Step>, store: Store) {
    let mut model = Model::default();
    for game in 1..=GAMES {
        let mut write = start(game);
        let create = write.create.as_mut().unwrap();
        create.guild = guild_of(game).map(GuildId);
        create.zone = Zone::parse(zone_of(game).0).unwrap();
        store.commit(write).await.unwrap();
    }
    for step in &steps {
        store.commit(model.apply(step)).await.unwrap();
    }
    for scope in [
        Scope::Global,
        Scope::Guild(GuildId(11)),
        Scope::Guild(GuildId(u64::MAX - 5)),
    ] {
        for period in [Period::Day, Period::Week, Period::Month, Period::All] {
            for (now, (zone, _)) in MOMENTS.into_iter().zip(ZONES.into_iter().cycle()) {
                let mut board = board(scope, period, now);
                board.zone = Zone::parse(zone).unwrap();
                let expect = model.board(board);
                assert_eq!(whole(&store, board).await, expect, "{board:?}");
                for (rank, user, points) in expect {
                    let own = store.standing(board, UserId(user)).await.unwrap().unwrap();
                    assert_eq!((own.rank, own.points), (rank, points), "{board:?} {user}");
                }
            }
        }
    }
    assert_sound(&store).await;
    assert_eq!(store.question_counts(1).await.unwrap(), model.counts());
    let all = board(Scope::Global, Period::All, MOMENTS[0]);
    let before = whole(&store, all).await;
    store.rebuild_standings().await.unwrap();
    assert_eq!(whole(&store, all).await, before);
    assert_sound(&store).await;
}

/// A step per case is a trip to a server, so there are fewer cases on one.
fn run(cases: u32, scratch: impl Fn() -> Scratch) {
    let config = ProptestConfig {
        cases,
        ..ProptestConfig::default()
    };
    proptest!(config, |(steps in steps())| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(check(steps, scratch().open()));
    });
}

#[test]
fn boards_and_ranks_are_what_the_ledger_says() {
    run(40, || Scratch {
        url: "sqlite::memory:".to_owned(),
        _folder: None,
    });
}

#[ignore = "needs PostgreSQL"]
#[test]
fn on_a_server_too() {
    run(10, || Scratch::schema("read committed"));
}
