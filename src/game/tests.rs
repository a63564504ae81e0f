//! Properties of the game under any inputs, in any order, however often they come.

use super::*;
use crate::bank::{Answer, Question, Round};
use crate::facts::{Difficulty, Topic};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

const STARTER: UserId = UserId(1);
const START_MS: i64 = 1_700_000_000_000;

fn round(index: u16) -> Round {
    let answer = |text: &str| Answer {
        text: text.to_owned(),
        entity: None,
    };
    let mut choices = [None, Some(0), Some(1), Some(2)];
    choices.rotate_left(usize::from(index % 4));
    Round {
        question: Arc::new(Question {
            id: format!("q{index}"),
            pack: "test".to_owned(),
            facts: Vec::new(),
            topic: Topic::Cast,
            difficulty: [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard]
                [usize::from(index % 3)],
            template: "written".to_owned(),
            prompt: format!("Question {index}?"),
            answer: answer("right"),
            accept: Vec::new(),
            distractors: vec![answer("wrong"), answer("worse"), answer("worst")],
            reason: "Because.".to_owned(),
            citation: String::new(),
            url: None,
            lookup: None,
        }),
        choices,
    }
}

fn game(rounds: u16) -> (Event, Game) {
    let settings = Settings {
        pack: None,
        rounds,
        seconds: 20,
        difficulty: None,
        starter: STARTER,
        solo: false,
    };
    let rounds: Vec<Round> = (0..rounds).map(round).collect();
    let started = Game::started(settings.clone(), rounds.clone(), START_MS);
    (started, Game::new(settings, rounds, START_MS))
}

/// A step of a random run: an input and how long after the last one it comes.
#[derive(Debug, Clone)]
enum Step {
    Input(Input),
    /// Post whatever is being asked.
    Post,
    /// Jump to the deadline.
    Deadline,
}

fn any_step() -> impl Strategy<Value = (Step, u16)> {
    let user = (1_u64..6).prop_map(UserId);
    let round = 0_u16..4;
    let step = prop_oneof![
        8 => (round.clone(), user.clone(), 0_u8..5, 0_i64..30_000).prop_map(
            |(round, user, choice, after_ms)| Step::Input(Input::Answer {
                round,
                user,
                choice,
                message: MessageId(u64::from(round) + 100),
                posted_at_ms: START_MS + 500,
                clicked_at_ms: START_MS + after_ms,
            })
        ),
        4 => Just(Step::Post),
        4 => Just(Step::Deadline),
        2 => (round.clone(), user.clone())
            .prop_map(|(round, user)| Step::Input(Input::Skip { round, user })),
        1 => user.clone().prop_map(|user| Step::Input(Input::Join { user })),
        1 => (user, any::<bool>())
            .prop_map(|(user, may_manage)| Step::Input(Input::Stop { user, may_manage })),
        1 => (round, any::<bool>()).prop_map(|(round, permanent)| Step::Input(
            Input::PostFailed { round, permanent }
        )),
        1 => Just(Step::Input(Input::Resumed)),
    ];
    (step, 0_u16..3_000)
}

/// Plays the steps; returns every event and every input with its time.
fn play(game: &mut Game, steps: &[(Step, u16)]) -> (Vec<Event>, Vec<(Input, i64)>) {
    let mut now_ms = START_MS;
    let mut events = Vec::new();
    let mut inputs = Vec::new();
    for (step, pause_ms) in steps {
        now_ms += i64::from(*pause_ms);
        let input = match step {
            Step::Input(input) => *input,
            Step::Deadline => {
                now_ms = now_ms.max(game.deadline().unwrap_or(now_ms));
                Input::Deadline
            }
            Step::Post => match game.phase() {
                Phase::Asking { round, .. } => Input::Posted {
                    round,
                    message: MessageId(u64::from(round) + 100),
                    posted_at_ms: now_ms,
                },
                _ => continue,
            },
        };
        inputs.push((input, now_ms));
        let before = game.clone();
        match game.apply(input, now_ms) {
            Ok(new) => events.extend(new),
            Err(_) => assert_eq!(*game, before, "a refused input changes nothing: {input:?}"),
        }
    }
    (events, inputs)
}

/// Points of each player by the events alone.
fn fold(events: &[Event]) -> BTreeMap<UserId, u32> {
    let mut points = BTreeMap::new();
    for event in events {
        if let Event::Answered {
            user, points: won, ..
        } = event
        {
            *points.entry(*user).or_insert(0) += won;
        }
    }
    points
}

proptest! {
    #[test]
    fn the_same_inputs_give_the_same_game(steps in prop::collection::vec(any_step(), 0..80)) {
        let (started, mut first) = game(4);
        let (events, inputs) = play(&mut first, &steps);
        let (_, mut second) = game(4);
        let mut again = Vec::new();
        for (input, now_ms) in inputs {
            again.extend(second.apply(input, now_ms).unwrap_or_default());
        }
        prop_assert_eq!(&events, &again);
        prop_assert_eq!(&first, &second);

        let stored: Vec<String> = std::iter::once(&started)
            .chain(&events)
            .map(|e| serde_json::to_string(e).expect("an event is JSON"))
            .collect();
        let read = stored.iter().map(|e| serde_json::from_str(e).expect("and is read back"));
        prop_assert_eq!(Game::replay(read).expect("a game"), first);
    }

    #[test]
    fn a_score_is_a_fold_over_the_events(steps in prop::collection::vec(any_step(), 0..80)) {
        let (_, mut game) = game(4);
        let (events, _) = play(&mut game, &steps);
        let points: BTreeMap<UserId, u32> =
            game.players().iter().map(|(user, p)| (*user, p.points)).collect();
        prop_assert_eq!(points, fold(&events));
        let mut seen = std::collections::BTreeSet::new();
        for event in &events {
            if let Event::Answered { round, user, .. } = event {
                prop_assert!(seen.insert((*round, *user)), "one answer per player and question");
            }
        }
    }

    /// However the answers to a question are ordered, repeated or contradicted by later clicks of
    /// the same players, each player's first click is worth the same.
    #[test]
    fn order_and_repetition_do_not_change_what_an_answer_is_worth(
        clicks in prop::collection::btree_map(2_u64..30, (0_u8..4, 0_i64..20_000), 1..12),
        order in any::<u64>(),
        round_index in 0_u16..3,
    ) {
        let worth = |order: u64, repeat: bool| {
            let (_, mut game) = game(4);
            let mut now_ms = open(&mut game, round_index);
            let Phase::Open { opened_at_ms, .. } = game.phase() else { unreachable!("it is open") };
            let mut shuffled: Vec<_> = clicks.iter().collect();
            shuffled.sort_by_key(|(user, _)| user.wrapping_mul(order | 1));
            for (user, (choice, after_ms)) in shuffled {
                now_ms += 1;
                let answer = |choice| Input::Answer {
                    round: round_index,
                    user: UserId(*user),
                    choice,
                    message: MessageId(7),
                    posted_at_ms: opened_at_ms,
                    clicked_at_ms: opened_at_ms + after_ms,
                };
                game.apply(answer(*choice), now_ms).expect("the first click counts");
                if repeat {
                    game.apply(answer((*choice + 1) % 4), now_ms).expect_err("the second does not");
                }
            }
            game.answers().clone()
        };
        prop_assert_eq!(worth(0, false), worth(order, true));
    }

    #[test]
    fn no_game_is_ever_stranded(steps in prop::collection::vec(any_step(), 0..60)) {
        let (_, mut game) = game(4);
        play(&mut game, &steps);
        let mut jumps = 0;
        while let Some(at) = game.deadline() {
            let far = at.max(START_MS + 100_000_000);
            prop_assert!(game.apply(Input::Deadline, far).is_ok(), "a deadline always moves on");
            jumps += 1;
            prop_assert!(jumps < 40, "deadlines alone end a game");
        }
        prop_assert!(matches!(game.phase(), Phase::Ended(_)));
    }
}

/// Brings the game to `round` by letting time run out; returns the time. A member who never
/// answers keeps the round from closing early.
fn open(game: &mut Game, round: u16) -> i64 {
    loop {
        let now_ms = game.deadline().expect("not over");
        match game.phase() {
            Phase::Asking { round: asked, .. } => {
                let input = Input::Posted {
                    round: asked,
                    message: MessageId(7),
                    posted_at_ms: now_ms,
                };
                game.apply(input, now_ms).expect("posted");
                let ghost = Input::Join { user: UserId(999) };
                // Who joined lately is in already.
                let _ = game.apply(ghost, now_ms);
                if asked == round {
                    return now_ms;
                }
            }
            _ => {
                game.apply(Input::Deadline, now_ms).expect("time moves on");
            }
        }
    }
}

fn answer(
    game: &mut Game,
    round: u16,
    user: u64,
    choice: u8,
    after_ms: i64,
) -> Result<Vec<Event>, Refusal> {
    let Phase::Open { opened_at_ms, .. } = game.phase() else {
        panic!("no question is open");
    };
    let at_ms = opened_at_ms + after_ms;
    let input = Input::Answer {
        round,
        user: UserId(user),
        choice,
        message: MessageId(7),
        posted_at_ms: opened_at_ms,
        clicked_at_ms: at_ms,
    };
    game.apply(input, at_ms)
}

#[test]
fn speed_counts_by_the_clicks_own_time() {
    let (_, mut game) = game(3);
    open(&mut game, 0);
    let right = game.rounds()[0].correct();
    answer(&mut game, 0, 5, right, 4_000).expect("in time");
    // Comes in later, though it was clicked sooner.
    answer(&mut game, 0, 6, right, 2_000).expect("in time");
    assert!(game.players()[&UserId(6)].points > game.players()[&UserId(5)].points);
    assert_eq!(
        answer(&mut game, 0, 7, right, 20_001),
        Err(Refusal::TooLate)
    );
    answer(&mut game, 0, 8, right, 20_000).expect("just in time");
    assert_eq!(game.players()[&UserId(8)].points, 100);
}

#[test]
fn a_left_out_round_breaks_a_streak() {
    let (_, mut game) = game(4);
    for round in [0, 1, 3] {
        open(&mut game, round);
        let right = game.rounds()[usize::from(round)].correct();
        answer(&mut game, round, 5, right, 20_000).expect("in time");
    }
    let player = &game.players()[&UserId(5)];
    assert_eq!((player.streak, player.best_streak), (1, 2));
    assert_eq!(player.points, 100 + (150 + 10) + 100);
}

#[test]
fn the_first_round_waits_for_others_and_later_ones_close_at_once() {
    let (_, mut game) = game(3);
    let ask = game.deadline().expect("due");
    game.apply(Input::Deadline, ask).expect("asks");
    let posted = |round| Input::Posted {
        round,
        message: MessageId(7),
        posted_at_ms: ask,
    };
    game.apply(posted(0), ask).expect("open");
    answer(&mut game, 0, STARTER.0, 0, 1_000).expect("in time");
    let Phase::Open { closes_at_ms, .. } = game.phase() else {
        panic!("still open")
    };
    assert_eq!(closes_at_ms, ask + 8_000, "others get their time");
    answer(&mut game, 0, 2, 0, 5_000).expect("and take it");
    game.apply(Input::Deadline, closes_at_ms).expect("closes");
    let next = game.deadline().expect("due");
    game.apply(Input::Deadline, next).expect("asks");
    let input = Input::Posted {
        round: 1,
        message: MessageId(8),
        posted_at_ms: next,
    };
    game.apply(input, next).expect("open");
    answer(&mut game, 1, 2, 0, 500).expect("in time");
    assert!(
        matches!(game.phase(), Phase::Open { .. }),
        "the starter is still thinking"
    );
    answer(&mut game, 1, STARTER.0, 0, 900).expect("in time");
    assert_eq!(
        game.last_closed().map(|(r, _, why)| (r, why)),
        Some((1, CloseReason::Everyone))
    );
}

#[test]
fn skipping_takes_the_starter_or_a_majority() {
    let (_, mut game) = game(3);
    open(&mut game, 0);
    let now = game.deadline().expect("open") - 1;
    let skip = |user| Input::Skip {
        round: 0,
        user: UserId(user),
    };
    assert_eq!(game.apply(skip(5), now), Err(Refusal::NotPlaying));
    for user in [5, 6] {
        answer(&mut game, 0, user, 0, 100).expect("in time");
    }
    // Active: the starter, the silent one, 5 and 6; three of four are needed.
    assert_eq!(game.skip_votes_needed(0), 3);
    game.apply(skip(5), now).expect("a vote");
    assert_eq!(
        game.apply(skip(5), now),
        Err(Refusal::AlreadyVoted {
            votes: 1,
            needed: 3
        })
    );
    game.apply(skip(6), now).expect("a vote");
    assert!(matches!(game.phase(), Phase::Open { .. }));
    game.apply(skip(STARTER.0), now)
        .expect("the starter decides");
    assert_eq!(
        game.last_closed().map(|(_, _, why)| why),
        Some(CloseReason::Skipped)
    );
}

#[test]
fn stopping_takes_the_starter_or_a_manager() {
    let (_, mut game) = game(3);
    open(&mut game, 0);
    let stop = |user, may_manage| Input::Stop {
        user: UserId(user),
        may_manage,
    };
    let now = START_MS + 60_000;
    assert_eq!(
        game.apply(stop(5, false), now),
        Err(Refusal::NotYours { starter: STARTER })
    );
    game.apply(stop(5, true), now).expect("a manager may");
    assert_eq!(game.phase(), Phase::Ended(EndReason::Stopped));
    assert_eq!(game.apply(stop(1, true), now), Err(Refusal::GameOver));
}

#[test]
fn nobody_playing_ends_the_game() {
    let (_, mut game) = game(10);
    open(&mut game, 2);
    let closes = game.deadline().expect("open");
    game.apply(Input::Deadline, closes).expect("closes");
    let next = game.deadline().expect("due");
    game.apply(Input::Deadline, next).expect("ends");
    assert_eq!(game.phase(), Phase::Ended(EndReason::Abandoned));
}

#[test]
fn a_question_that_cannot_be_posted_is_tried_again_and_then_given_up() {
    let (_, mut game) = game(3);
    let mut tries = 0;
    while let Some(at) = game.deadline() {
        if matches!(game.phase(), Phase::Asking { .. }) {
            tries += 1;
        }
        game.apply(Input::Deadline, at).expect("time moves on");
    }
    assert_eq!(tries, 3);
    assert_eq!(game.phase(), Phase::Ended(EndReason::CannotPost));
}

#[test]
fn after_a_restart_a_late_answer_counts_without_a_bonus() {
    let (_, mut game) = game(3);
    let opened = open(&mut game, 0);
    game.apply(Input::Resumed, opened + 90_000)
        .expect("goes on");
    let right = game.rounds()[0].correct();
    answer(&mut game, 0, 5, right, 95_000).expect("counts");
    assert_eq!(game.players()[&UserId(5)].points, 100);
}

/// The click may be dispatched before the answer to the post has come back, above all when the
/// post had to be tried again.
#[test]
fn a_click_that_overtakes_the_post_counts() {
    let (_, mut game) = game(3);
    let ask = game.deadline().expect("due");
    game.apply(Input::Deadline, ask).expect("asks");
    let click = |round, choice| Input::Answer {
        round,
        user: UserId(5),
        choice,
        message: MessageId(70),
        posted_at_ms: ask + 50,
        clicked_at_ms: ask + 1_050,
    };
    let before = game.clone();
    assert_eq!(
        game.apply(click(0, 9), ask + 1_100),
        Err(Refusal::NoSuchChoice)
    );
    assert_eq!(game.apply(click(1, 0), ask + 1_100), Err(Refusal::TooLate));
    assert_eq!(game, before, "a forged click opens nothing");
    let events = game.apply(click(0, 0), ask + 1_100).expect("counts");
    assert!(matches!(
        events[0],
        Event::Opened {
            message: MessageId(70),
            ..
        }
    ));
    assert!(matches!(
        events[1],
        Event::Answered {
            elapsed_ms: 1_000,
            ..
        }
    ));
    let posted = Input::Posted {
        round: 0,
        message: MessageId(70),
        posted_at_ms: ask + 50,
    };
    assert_eq!(
        game.apply(posted, ask + 2_000),
        Err(Refusal::Stale),
        "known already"
    );
}
