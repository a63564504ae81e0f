//! Teams of any size.

use super::*;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

fn enter(game: &mut Game, user: u64, team: u8) -> Result<Vec<Event>, Refusal> {
    let user = UserId(user);
    game.apply(Input::EnterTeam { user, team }, START_MS - 9)
}

/// A game that has begun: the starter alone in team 0, plus teams of these sizes. Members of team
/// `t` have ids from `100 * t` on.
fn teams(rounds: u16, others: &[u64]) -> Game {
    let (_, mut game) = begin(settings(rounds, Mode::Teams));
    for (team, size) in (1_u8..).zip(others) {
        for member in 0..*size {
            enter(&mut game, 100 * u64::from(team) + member, team).expect("a seat");
        }
    }
    let begins = Input::Begin { user: STARTER };
    game.apply(begins, START_MS - 7).expect("begins");
    game
}

fn close(game: &mut Game) -> Vec<Event> {
    if let Phase::Open { .. } = game.phase() {
        let closes = game.deadline().expect("open");
        return game.apply(Input::Deadline, closes).expect("closes");
    }
    Vec::new()
}

#[test]
fn members_choose_their_team_and_change_it_until_the_game_begins() {
    let (_, mut game) = begin(settings(3, Mode::Teams));
    let begins = || Input::Begin { user: STARTER };
    let enters = Input::Enter { user: UserId(5) };
    assert_eq!(game.apply(enters, START_MS), Err(Refusal::NoSuchChoice));
    assert_eq!(enter(&mut game, 5, TEAMS_MAX), Err(Refusal::NoSuchChoice));
    enter(&mut game, 5, 0).expect("a seat");
    assert_eq!(enter(&mut game, 5, 0), Err(Refusal::AlreadyIn));
    assert_eq!(game.apply(begins(), START_MS), Err(Refusal::OneTeam));
    enter(&mut game, 5, 7).expect("another seat");
    assert_eq!(game.team_of(UserId(5)), Some(7));
    assert_eq!(game.seats().len(), 2);
    game.apply(begins(), START_MS).expect("begins");
    assert_eq!(enter(&mut game, 6, 1), Err(Refusal::BegunAlready));
    let (_, mut classic) = begin(settings(3, Mode::Elimination));
    assert_eq!(enter(&mut classic, 5, 0), Err(Refusal::NoSuchChoice));
}

#[test]
fn a_lobby_with_one_team_is_not_a_game() {
    let (_, mut game) = begin(settings(3, Mode::Teams));
    enter(&mut game, 5, 0).expect("a seat");
    let due = game.deadline().expect("gathering ends");
    game.apply(Input::Deadline, due).expect("it ends");
    assert_eq!(game.phase(), Phase::Ended(EndReason::Unanswered));
}

#[test]
fn the_fastest_right_answer_among_a_teams_tries_counts() {
    // One against three: one try each.
    let mut game = teams(2, &[3]);
    assert_eq!(game.team_tries(), 1);
    next(&mut game);
    let right = right(&game, 0);
    let wrong = (right + 1) % 4;
    answer(&mut game, 0, 101, right, 3_000).expect("counts");
    answer(&mut game, 0, 102, wrong, 1_000).expect("counts");
    answer(&mut game, 0, STARTER.0, right, 9_000).expect("counts");
    answer(&mut game, 0, 100, right, 4_000).expect("counts");
    // The team's first click was wrong, and it was its only try.
    assert_eq!(points(&game, STARTER.0), 100 + 27);
    assert!((100..103).all(|user| points(&game, user) == 0));
    assert!(game.is_beyond_tries(UserId(101)) && !game.is_beyond_tries(UserId(102)));
    let teams = game.teams();
    assert_eq!(
        (teams[0].number, teams[0].rank, teams[0].points),
        (0, 1, 127)
    );
    assert_eq!((teams[1].number, teams[1].rank, teams[1].points), (1, 2, 0));
}

#[test]
fn seats_of_earlier_versions_have_no_team() {
    let stored = r#"{"event":"seated","user":5}"#;
    let seated: Event = serde_json::from_str(stored).expect("an event");
    assert_eq!(serde_json::to_string(&seated).expect("JSON"), stored);
    let user = UserId(5);
    assert_eq!(seated, Event::Seated { user, team: None });
}

/// Members who know equally much and are equally quick: a team with more of them is no surer to
/// score.
#[test]
fn a_larger_team_has_no_advantage() {
    let mut luck = ChaCha8Rng::seed_from_u64(7);
    let mut scored = [0_u32; 2];
    for _ in 0..400 {
        let mut game = teams(1, &[6]);
        next(&mut game);
        let right = right(&game, 0);
        for user in std::iter::once(STARTER.0).chain(100..106) {
            let choice = if luck.random_bool(0.5) {
                right
            } else {
                (right + 1) % 4
            };
            let after_ms = luck.random_range(500..15_000);
            answer(&mut game, 0, user, choice, after_ms).expect("counts");
        }
        close(&mut game);
        for team in game.teams() {
            scored[usize::from(team.number)] += u32::from(team.points > 0);
        }
    }
    // 200 expected of each, with a standard deviation of 10.
    assert!(scored.iter().all(|n| (165..=235).contains(n)), "{scored:?}");
}

proptest! {
    /// Whatever members answer and whenever: at most one member of a team scores, they were right,
    /// and no teammate was right before them.
    #[test]
    fn a_team_scores_once_a_question(
        sizes in prop::collection::vec(1_u64..5, 1..7),
        given in prop::collection::vec((0_u64..40, 0_u8..4, 0_i64..19_000), 0..40),
    ) {
        let mut game = teams(1, &sizes);
        next(&mut game);
        let players: Vec<u64> = game.seats().keys().map(|user| user.0).collect();
        let mut events = Vec::new();
        for (who, choice, after_ms) in given {
            if !matches!(game.phase(), Phase::Open { .. }) {
                break;
            }
            let user = players[usize::try_from(who).unwrap_or(0) % players.len()];
            events.extend(answer(&mut game, 0, user, choice, after_ms).unwrap_or_default());
        }
        events.extend(close(&mut game));
        let answers = game.answers().clone();
        for team in game.teams() {
            let scored: Vec<UserId> = events
                .iter()
                .filter_map(|event| match event {
                    Event::Scored { user, .. } => Some(*user),
                    _ => None,
                })
                .filter(|user| game.team_of(*user) == Some(team.number))
                .collect();
            prop_assert!(scored.len() <= 1);
            for user in scored {
                let won = &answers[&user];
                prop_assert!(won.correct);
                let earlier = answers.iter().filter(|(other, given)| {
                    game.team_of(**other) == Some(team.number) && given.elapsed_ms < won.elapsed_ms
                });
                let earlier: Vec<_> = earlier.collect();
                prop_assert!(earlier.len() < game.team_tries());
                prop_assert!(earlier.iter().all(|(_, given)| !given.correct));
            }
        }
        let total: u32 = game.teams().iter().map(|team| team.points).sum();
        prop_assert_eq!(total, game.players().values().map(|player| player.points).sum::<u32>());
    }
}
