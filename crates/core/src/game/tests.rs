//! Properties of the game under any inputs, in any order and any number.

mod hosted;
mod ladder;
mod teams;

use super::timing::POST_GIVE_UP_MS;
use super::*;
use crate::bank::{Answer, Question, Round};
use crate::facts::{Difficulty, Topic};
use proptest::prelude::*;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

const STARTER: UserId = UserId(1);
const OPPONENT: UserId = UserId(2);
const SEED: u64 = 0x00c0_ffee;
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
            tells: Vec::new(),
            topic: Topic::Cast,
            difficulty: [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard]
                [usize::from(index % 3)],
            template: "written".to_owned(),
            about: Vec::new(),
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
        clues: Vec::new(),
        typed: Some(serde_json::from_value(json!({ "accept": ["right"] })).expect("a key")),
    }
}

fn settings(rounds: u16, mode: Mode) -> Settings {
    Settings {
        packs: crate::bank::PackList::default(),
        about: None,
        rounds,
        seconds: 20,
        difficulty: None,
        starter: STARTER,
        solo: false,
        mode,
        answers: AnswerStyle::Buttons,
        pace: Pace::Usual,
        opponent: (mode == Mode::Duel).then_some(OPPONENT),
        rematch: false,
        finale: false,
        hosted: false,
    }
}

fn begin(settings: Settings) -> (Event, Game) {
    let clues = match settings.rules().asks {
        Asks::Films => (1..=6).map(|clue| format!("Clue {clue}")).collect(),
        Asks::Questions => Vec::new(),
    };
    let with_clues = |index| Round {
        clues: clues.clone(),
        ..round(index)
    };
    let rounds: Vec<Round> = (0..settings.rounds).map(with_clues).collect();
    let first_at_ms = if settings.hosted {
        START_MS + HOST_WAIT_MS
    } else {
        START_MS
    };
    let started = Game::started(settings.clone(), rounds.clone(), first_at_ms, SEED);
    (started, Game::new(settings, rounds, first_at_ms, SEED))
}

fn game(rounds: u16) -> (Event, Game) {
    begin(settings(rounds, Mode::Classic))
}

/// Every mode, with buttons and typed answers, with others and alone or with a host where that makes
/// sense.
fn any_settings() -> impl Strategy<Value = Settings> {
    let mode = prop::sample::select(Mode::ALL.to_vec());
    let answers = prop::sample::select(vec![AnswerStyle::Buttons, AnswerStyle::Typed]);
    let pace = prop::sample::select(Pace::ALL.to_vec());
    let company = prop::sample::select(vec!["others", "alone", "host"]);
    let rest = (company, pace, any::<bool>());
    (mode, answers, rest).prop_map(|(mode, answers, (company, pace, finale))| Settings {
        answers,
        finale,
        solo: company == "alone" && mode.rules().alone,
        hosted: company == "host" && mode.rules().can_be_hosted,
        pace,
        ..settings(4, mode)
    })
}

fn rights(may_manage: bool, steering: ControlPolicy) -> ControlRights {
    ControlRights {
        may_manage,
        steering,
    }
}

fn any_rights() -> impl Strategy<Value = ControlRights> + Clone {
    (
        any::<bool>(),
        prop::sample::select(ControlPolicy::ALL.to_vec()),
    )
        .prop_map(|(may_manage, steering)| rights(may_manage, steering))
}

/// A step of a random run: an input, and its delay after the last one.
#[derive(Debug, Clone)]
enum Step {
    Input(Input),
    /// Post whatever is being asked.
    Post,
    /// Jump to the deadline.
    Deadline,
}

fn any_response() -> impl Strategy<Value = Response> {
    prop_oneof![
        3 => (0_u8..5).prop_map(|choice| Response::Choice { choice }),
        1 => prop::sample::select(vec!["right", "Rigth", "wrong", "", "…"])
            .prop_map(|text| Response::Typed { text: text.to_owned() }),
    ]
}

fn any_step() -> impl Strategy<Value = (Step, u16)> {
    let user = (1_u64..6).prop_map(UserId);
    let round = 0_u16..4;
    let input = prop_oneof![
        8 => (round.clone(), user.clone(), any_response(), 0_i64..30_000).prop_map(
            |(round, user, response, after_ms)| Input::Answer {
                round,
                user,
                response,
                message: MessageId(u64::from(round) + 100),
                posted_at_ms: START_MS + 500,
                clicked_at_ms: START_MS + after_ms,
            }
        ),
        2 => (round.clone(), user.clone()).prop_map(|(round, user)| Input::Skip { round, user }),
        2 => (round.clone(), user.clone()).prop_map(|(round, user)| Input::Hint { round, user }),
        1 => (round.clone(), user.clone())
            .prop_map(|(round, user)| Input::MayAnswer { round, user }),
        2 => user.clone().prop_map(|user| Input::Enter { user }),
        2 => (user.clone(), 0_u8..3).prop_map(|(user, team)| Input::EnterTeam { user, team }),
        1 => user.clone().prop_map(|user| Input::Leave { user }),
        1 => user.clone().prop_map(|user| Input::Begin { user }),
        2 => user.clone().prop_map(|user| Input::Accept { user }),
        1 => user.clone().prop_map(|user| Input::Decline { user }),
        1 => (user.clone(), any_rights())
            .prop_map(|(user, rights)| Input::Pause { user, rights }),
        1 => (user.clone(), any_rights())
            .prop_map(|(user, rights)| Input::Unpause { user, rights }),
        1 => (user.clone(), any_rights(), any::<bool>())
            .prop_map(|(user, rights, sure)| Input::Stop { user, rights, sure }),
        12 => hosted::any_input(),
        1 => (round, any::<bool>())
            .prop_map(|(round, permanent)| Input::PostFailed { round, permanent }),
        1 => Just(Input::Resumed),
    ];
    let step = prop_oneof![
        24 => input.prop_map(Step::Input),
        6 => Just(Step::Post),
        6 => Just(Step::Deadline),
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
            Step::Input(input) => input.clone(),
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
        inputs.push((input.clone(), now_ms));
        let before = game.clone();
        match game.apply(input.clone(), now_ms) {
            Ok(new) => {
                check_lives(&before, game, &new);
                events.extend(new);
            }
            Err(_) => assert_eq!(*game, before, "a refused input changes nothing: {input:?}"),
        }
    }
    (events, inputs)
}

/// Members who may not play never answer, and only a closing question takes lives, one from each.
fn check_lives(before: &Game, after: &Game, events: &[Event]) {
    for event in events {
        if let Event::Answered { user, .. } = event
            && !before.seats().is_empty()
        {
            let seat = before
                .seats()
                .get(user)
                .expect("only players with a seat answer");
            assert_ne!(seat.lives, Some(0), "and only with a life left");
        }
    }
    let closes = events.iter().any(|e| matches!(e, Event::Closed { .. }));
    for (user, seat) in after.seats() {
        let lost = before
            .seats()
            .get(user)
            .map_or(0, |was| was.lives.unwrap_or(0) - seat.lives.unwrap_or(0));
        assert!(
            lost == 0 || (lost == 1 && closes),
            "{lost} lives lost by {user}"
        );
    }
}

/// Each player's points, computed from the events alone.
fn fold(events: &[Event]) -> BTreeMap<UserId, u32> {
    let mut answers: BTreeMap<(u16, UserId), u32> = BTreeMap::new();
    let mut points: BTreeMap<UserId, u32> = BTreeMap::new();
    let mut bonuses = Vec::new();
    for event in events {
        match event {
            Event::Answered {
                round,
                user,
                points: won,
                ..
            }
            | Event::Scored {
                round,
                user,
                points: won,
            } => *answers.entry((*round, *user)).or_default() += won,
            Event::Judged { round, marks, .. } => {
                let marks = marks.iter();
                answers.extend(marks.map(|mark| ((*round, mark.user), mark.points)));
            }
            Event::Bonus {
                user, points: won, ..
            } => {
                bonuses.push((*user, *won));
                *points.entry(*user).or_default() += won;
            }
            Event::BonusUndone { nth, .. } => {
                let (user, won) = bonuses[usize::from(*nth)];
                *points.entry(user).or_default() -= won;
            }
            _ => {}
        }
    }
    for ((_, user), won) in answers {
        *points.entry(user).or_default() += won;
    }
    points
}

proptest! {
    #[test]
    fn the_same_inputs_give_the_same_game(
        settings in any_settings(),
        steps in prop::collection::vec(any_step(), 0..80),
    ) {
        let (started, mut first) = begin(settings.clone());
        let (events, inputs) = play(&mut first, &steps);
        let (_, mut second) = begin(settings);
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
    fn a_score_is_a_fold_over_the_events(
        settings in any_settings(),
        steps in prop::collection::vec(any_step(), 0..80),
    ) {
        let (_, mut game) = begin(settings);
        let (events, _) = play(&mut game, &steps);
        let points: BTreeMap<UserId, u32> =
            game.players().iter().map(|(user, p)| (*user, p.points)).collect();
        let mut folded = fold(&events);
        for seated in game.players().keys() {
            folded.entry(*seated).or_insert(0);
        }
        prop_assert_eq!(points, folded);
        let mut seen = std::collections::BTreeSet::new();
        for event in &events {
            if let Event::Answered { round, user, .. } = event {
                prop_assert!(seen.insert((*round, *user)), "one answer per player and question");
            }
        }
    }

    /// An answer's worth does not depend on the order of the answers, nor on repeated or
    /// contradicting later clicks of the same player.
    #[test]
    fn order_and_repetition_do_not_change_what_an_answer_is_worth(
        clicks in prop::collection::btree_map(2_u64..30, (0_u8..4, 0_i64..20_000), 1..12),
        order in any::<u64>(),
        round_index in 0_u16..3,
        mode in prop::sample::select(vec![Mode::Classic, Mode::Race]),
    ) {
        let worth = |order: u64, repeat: bool| {
            let (_, mut game) = begin(settings(4, mode));
            let mut now_ms = open(&mut game, round_index);
            let Phase::Open { opened_at_ms, .. } = game.phase() else { unreachable!("it is open") };
            let mut shuffled: Vec<_> = clicks.iter().collect();
            shuffled.sort_by_key(|(user, _)| user.wrapping_mul(order | 1));
            for (user, (choice, after_ms)) in shuffled {
                now_ms += 1;
                let answer = |choice| Input::Answer {
                    round: round_index,
                    user: UserId(*user),
                    response: Response::Choice { choice },
                    message: MessageId(7),
                    posted_at_ms: opened_at_ms,
                    clicked_at_ms: opened_at_ms + after_ms,
                };
                game.apply(answer(*choice), now_ms).expect("the first click counts");
                if repeat {
                    game.apply(answer((*choice + 1) % 4), now_ms).expect_err("the second does not");
                }
            }
            // A race decides who was first when the question closes.
            if let Some(at) = game.deadline() {
                let _ = game.apply(Input::Deadline, at);
            }
            game.answers().clone()
        };
        prop_assert_eq!(worth(0, false), worth(order, true));
    }

    #[test]
    fn no_game_is_ever_stranded(
        settings in any_settings(),
        steps in prop::collection::vec(any_step(), 0..60),
    ) {
        let (_, mut game) = begin(settings);
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

/// Brings the game to `round` by letting time run out, and returns the time. One member never
/// answers, which keeps the round from closing early.
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
                game.evolve(&Event::Joined {
                    round: asked,
                    user: UserId(999),
                });
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
        response: Response::Choice { choice },
        message: MessageId(7),
        posted_at_ms: opened_at_ms,
        clicked_at_ms: at_ms,
    };
    game.apply(input, at_ms)
}

/// Members who already play may continue.
#[test]
fn a_full_game_takes_no_more_players() {
    let (_, mut game) = game(3);
    open(&mut game, 0);
    let first = 1_000;
    for user in first..first + PLAYERS_MAX as u64 {
        answer(&mut game, 0, user, 0, 1_000).expect("there is room");
    }
    let late = answer(&mut game, 0, 5, 0, 1_000);
    assert_eq!(late, Err(Refusal::Full));
    assert_eq!(game.answers().len(), PLAYERS_MAX);
    open(&mut game, 1);
    answer(&mut game, 1, first, 0, 1_000).expect("a player");
    assert_eq!(answer(&mut game, 1, 5, 0, 1_000), Err(Refusal::Full));
}

#[test]
fn the_clicks_own_time_decides_the_speed_bonus() {
    let (_, mut game) = game(3);
    open(&mut game, 0);
    let right = game.rounds()[0].correct();
    answer(&mut game, 0, 5, right, 4_000).expect("in time");
    // Arrives later, though it was clicked sooner.
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
fn a_missed_round_breaks_a_streak() {
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

/// Opens `round` as soon as possible, and returns the time.
fn ask_and_post(game: &mut Game, round: u16) -> i64 {
    let ask = game.deadline().expect("due");
    game.apply(Input::Deadline, ask).expect("asks");
    let input = Input::Posted {
        round,
        message: MessageId(u64::from(round) + 7),
        posted_at_ms: ask,
    };
    game.apply(input, ask).expect("open");
    ask
}

#[test]
fn a_newcomer_has_eight_seconds_in_every_round() {
    let (_, mut game) = game(3);
    let closed = |game: &Game| game.last_closed().map(|(round, _, why)| (round, why));
    for round in 0..3 {
        let opened = ask_and_post(&mut game, round);
        let known = std::iter::once(STARTER.0).chain(20..20 + u64::from(round));
        for user in known {
            answer(&mut game, round, user, 0, 500).expect("in time");
        }
        let due = game.deadline().expect("open");
        assert_eq!(due, opened + 8_000, "others get their time");
        // A member who played no round before answers just in time.
        let newcomer = 20 + u64::from(round);
        answer(&mut game, round, newcomer, 0, 7_900).expect("in time");
        assert_eq!(game.deadline(), Some(due), "and takes no time from anybody");
        game.apply(Input::Deadline, due).expect("closes");
        assert_eq!(closed(&game), Some((round, CloseReason::Everyone)));
    }
}

/// After its first eight seconds a question closes with the last answer. Where the players are
/// fixed, it closes with the last answer at any time.
#[test]
fn a_question_closes_with_the_last_expected_answer() {
    let (_, mut game) = game(2);
    ask_and_post(&mut game, 0);
    answer(&mut game, 0, 2, 0, 1_000).expect("in time");
    answer(&mut game, 0, STARTER.0, 0, 9_000).expect("in time");
    let closed = |game: &Game| game.last_closed().map(|(round, _, why)| (round, why));
    assert_eq!(closed(&game), Some((0, CloseReason::Everyone)));
    let alone = Settings {
        solo: true,
        ..settings(2, Mode::Classic)
    };
    let (_, mut game) = begin(alone);
    ask_and_post(&mut game, 0);
    answer(&mut game, 0, STARTER.0, 0, 300).expect("in time");
    assert_eq!(closed(&game), Some((0, CloseReason::Everyone)));
}

/// All answers were in when the process ended: the next process does not wait for more.
#[test]
fn after_a_restart_a_question_with_all_answers_closes() {
    let (_, mut game) = game(2);
    let opened = ask_and_post(&mut game, 0);
    answer(&mut game, 0, STARTER.0, 0, 300).expect("in time");
    game.apply(Input::Resumed, opened + 3_000).expect("open");
    assert_eq!(game.deadline(), Some(opened + 8_000));
}

#[test]
fn the_starter_or_a_majority_can_skip() {
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
fn the_starter_or_a_manager_can_stop() {
    let (_, mut game) = game(3);
    open(&mut game, 0);
    let stop = |user, may_manage| Input::Stop {
        user: UserId(user),
        rights: rights(may_manage, ControlPolicy::Starter),
        sure: true,
    };
    let now = START_MS + 60_000;
    assert_eq!(
        game.apply(stop(5, false), now),
        Err(Refusal::NotYours { starter: STARTER })
    );
    let Input::Stop { user, rights, .. } = stop(5, true) else {
        panic!("a stop");
    };
    let asked = Input::Stop {
        user,
        rights,
        sure: false,
    };
    assert_eq!(game.apply(asked, now), Ok(Vec::new()), "asked first");
    assert_eq!(game.stopped_by(), None);
    game.apply(stop(5, true), now).expect("a manager may");
    assert_eq!(game.stopped_by(), Some(UserId(5)));
    assert_eq!(game.phase(), Phase::Ended(EndReason::Stopped));
    assert_eq!(game.apply(stop(1, true), now), Err(Refusal::GameOver));
}

/// The server's setting decides who may stop, pause and resume.
#[test]
fn a_server_decides_who_controls_a_game() {
    let (_, mut game) = game(3);
    open(&mut game, 0);
    let (player, stranger) = (UserId(5), UserId(6));
    let now = START_MS + 6_000;
    game.evolve(&Event::Joined {
        round: 0,
        user: player,
    });
    let refused = |user, may_manage, steering| {
        let rights = rights(may_manage, steering);
        let steer = [
            Input::Stop {
                user,
                rights,
                sure: true,
            },
            Input::Pause { user, rights },
            Input::Unpause { user, rights },
        ];
        let results = steer.map(|input| game.clone().apply(input, now).err());
        // There is no pause to end; only members who may control the game learn that.
        let results = results.map(|refusal| refusal.filter(|r| *r != Refusal::NotPaused));
        assert!(results.iter().all(|r| *r == results[0]), "{results:?}");
        results[0].clone()
    };
    let not_yours = Refusal::NotYours { starter: STARTER };
    for (steering, user, may_manage, expect) in [
        (ControlPolicy::Starter, STARTER, false, None),
        (
            ControlPolicy::Starter,
            player,
            false,
            Some(not_yours.clone()),
        ),
        (ControlPolicy::Starter, stranger, false, Some(not_yours)),
        (ControlPolicy::Starter, stranger, true, None),
        (ControlPolicy::Players, STARTER, false, None),
        (ControlPolicy::Players, player, false, None),
        (
            ControlPolicy::Players,
            stranger,
            false,
            Some(Refusal::PlayersOnly),
        ),
        (ControlPolicy::Players, stranger, true, None),
        (
            ControlPolicy::Moderators,
            STARTER,
            false,
            Some(Refusal::ModeratorsOnly),
        ),
        (
            ControlPolicy::Moderators,
            player,
            false,
            Some(Refusal::ModeratorsOnly),
        ),
        (ControlPolicy::Moderators, stranger, true, None),
    ] {
        let found = refused(user, may_manage, steering);
        assert_eq!(found, expect, "{steering:?} {user} {may_manage}");
    }
}

/// Whatever the server's setting, the member who made a challenge can withdraw it.
#[test]
fn a_challenger_can_withdraw_the_challenge() {
    let (_, mut duel) = begin(settings(3, Mode::Duel));
    let stop = |user| Input::Stop {
        user,
        rights: rights(false, ControlPolicy::Moderators),
        sure: true,
    };
    let opponent = duel.apply(stop(OPPONENT), START_MS - 9);
    assert_eq!(opponent, Err(Refusal::ModeratorsOnly));
    duel.apply(stop(STARTER), START_MS - 9).expect("withdrawn");
    assert_eq!(duel.phase(), Phase::Ended(EndReason::Stopped));
}

/// Extended time stretches everything that depends on time: the deadline, and the speed bonus.
#[test]
fn extended_time_scales_the_deadline_and_the_speed_bonus() {
    let points = |pace: Pace, after_ms: i64| {
        let (_, mut game) = begin(Settings {
            pace,
            ..settings(3, Mode::Classic)
        });
        let opened = next(&mut game);
        let right = game.rounds()[0].correct();
        let answer = Input::Answer {
            round: 0,
            user: UserId(5),
            response: Response::Choice { choice: right },
            message: MessageId(7),
            posted_at_ms: opened,
            clicked_at_ms: opened + after_ms,
        };
        game.apply(answer, opened + after_ms)
            .map(|_| game.answers()[&UserId(5)].points)
    };
    for (pace, of_ten) in [
        (Pace::Usual, 10),
        (Pace::OneAndAHalf, 15),
        (Pace::Double, 20),
        (Pace::Triple, 30),
    ] {
        for after_ms in [0, 1_000, 7_500, 20_000] {
            let stretched = points(pace, after_ms * of_ten / 10);
            assert_eq!(
                stretched,
                points(Pace::Usual, after_ms),
                "{pace:?} {after_ms}"
            );
        }
        let limit_ms = 20_000 * of_ten / 10;
        assert!(points(pace, limit_ms).is_ok());
        assert_eq!(
            points(pace, limit_ms + 1),
            Err(Refusal::TooLate),
            "{pace:?}"
        );
    }
}

#[test]
fn a_game_without_answers_ends() {
    let (_, mut game) = game(10);
    open(&mut game, 2);
    let closes = game.deadline().expect("open");
    game.apply(Input::Deadline, closes).expect("closes");
    let next = game.deadline().expect("due");
    game.apply(Input::Deadline, next).expect("ends");
    assert_eq!(game.phase(), Phase::Ended(EndReason::Abandoned));
}

#[test]
fn a_question_that_cannot_be_posted_is_retried_then_given_up() {
    let (_, mut game) = game(3);
    let mut refused_at_ms = Vec::new();
    while let Some(at) = game.deadline() {
        let input = match game.phase() {
            // Each attempt is refused at once, as when Discord is down.
            Phase::Asking { round, .. } => {
                refused_at_ms.push(at - POST_GIVE_UP_MS);
                Input::PostFailed {
                    round,
                    permanent: false,
                }
            }
            _ => Input::Deadline,
        };
        let now_ms = match input {
            Input::PostFailed { .. } => at - POST_GIVE_UP_MS,
            _ => at,
        };
        game.apply(input, now_ms).expect("time moves on");
    }
    let pauses: Vec<i64> = refused_at_ms
        .windows(2)
        .map(|at| (at[1] - at[0]) / 1_000)
        .collect();
    assert_eq!(pauses, [5, 10, 20, 40, 60, 60, 60, 60, 60, 60, 60]);
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

/// The click may be dispatched before the post's response returns, especially when the post had to
/// be retried.
#[test]
fn a_click_that_overtakes_the_post_counts() {
    let (_, mut game) = game(3);
    let ask = game.deadline().expect("due");
    game.apply(Input::Deadline, ask).expect("asks");
    let click = |round, choice| Input::Answer {
        round,
        user: UserId(5),
        response: Response::Choice { choice },
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

/// The process died while a question was being posted: it is asked again at once, and has its full
/// time although it may already have been in the channel for a while.
#[test]
fn a_question_on_its_way_survives_a_restart() {
    let (_, mut game) = game(2);
    game.apply(Input::Deadline, START_MS).expect("asked");
    let posted_at_ms = START_MS + 100;
    let back_ms = START_MS + 10 * 60_000;
    let events = game.apply(Input::Resumed, back_ms).expect("asked again");
    assert!(matches!(events[..], [Event::Asking { round: 0, .. }]));
    assert!(game.deadline().is_some_and(|at| at > back_ms));
    let posted = Input::Posted {
        round: 0,
        message: MessageId(70),
        posted_at_ms,
    };
    game.apply(posted, back_ms + 50).expect("opened");
    let answer = Input::Answer {
        round: 0,
        user: STARTER,
        response: Response::Choice { choice: 0 },
        message: MessageId(70),
        posted_at_ms,
        clicked_at_ms: back_ms + 900,
    };
    let events = game.apply(answer, back_ms + 1_000);
    assert!(
        events.is_ok(),
        "late only because nobody listened: {events:?}"
    );
}

/// Opens the next question; returns the time.
fn next(game: &mut Game) -> i64 {
    loop {
        let now_ms = game.deadline().expect("not over");
        if let Phase::Asking { round, .. } = game.phase() {
            let input = Input::Posted {
                round,
                message: MessageId(u64::from(round) + 1),
                posted_at_ms: now_ms,
            };
            game.apply(input, now_ms).expect("posted");
            return now_ms;
        }
        game.apply(Input::Deadline, now_ms).expect("time moves on");
    }
}

fn right(game: &Game, round: u16) -> u8 {
    game.rounds()[usize::from(round)].correct()
}

fn points(game: &Game, user: u64) -> u32 {
    game.players().get(&UserId(user)).map_or(0, |p| p.points)
}

/// A game stored by the first version, without any of the fields added later.
#[test]
fn a_game_of_the_first_version_replays() {
    let rounds = serde_json::to_value([round(0), round(1)]).expect("JSON");
    let mut rounds = rounds.as_array().expect("a list").clone();
    for round in &mut rounds {
        round.as_object_mut().expect("an object").remove("typed");
    }
    let stored = [
        json!({ "event": "started", "rounds": rounds, "first_at_ms": 10, "settings": {
            "pack": null, "rounds": 2, "seconds": 20, "difficulty": null, "starter": 1,
            "solo": false,
        }}),
        json!({ "event": "asking", "round": 0, "give_up_at_ms": 30 }),
        json!({ "event": "opened", "round": 0, "message": 9, "opened_at_ms": 20, "closes_at_ms": 99 }),
        json!({ "event": "answered", "round": 0, "user": 5, "choice": 0, "correct": true,
            "points": 140, "streak": 1, "elapsed_ms": 4000, "at_ms": 4020 }),
    ];
    let events = stored.map(|event| serde_json::from_value(event).expect("an event"));
    let game = Game::replay(events).expect("a game");
    assert_eq!(game.settings().mode, Mode::Classic);
    assert_eq!(points(&game, 5), 140);
    let given = &game.answers()[&UserId(5)];
    assert_eq!(given.response, Response::Choice { choice: 0 });
}

#[test]
fn a_race_goes_to_the_first_click_even_if_it_arrives_later() {
    let (_, mut game) = begin(settings(3, Mode::Race));
    let opened = next(&mut game);
    let right = right(&game, 0);
    answer(&mut game, 0, 5, right, 3_000).expect("counts");
    assert_eq!(points(&game, 5), 0, "not decided yet");
    let at = game.deadline().expect("open");
    assert_eq!(at, opened + 3_000 + 600, "others may still be on their way");
    let late = Input::Answer {
        round: 0,
        user: UserId(6),
        response: Response::Choice { choice: right },
        message: MessageId(1),
        posted_at_ms: opened,
        clicked_at_ms: opened + 2_900,
    };
    game.apply(late, opened + 3_400).expect("counts");
    assert_eq!(
        game.deadline(),
        Some(at),
        "only the first right answer sets the time"
    );
    let events = game.apply(Input::Deadline, at).expect("closes");
    assert!(matches!(
        events[0],
        Event::Scored {
            user: UserId(6),
            ..
        }
    ));
    assert_eq!((points(&game, 5), points(&game, 6) > 100), (0, true));
    assert_eq!(
        game.last_closed().map(|(_, _, why)| why),
        Some(CloseReason::Taken)
    );
    assert_eq!(game.players()[&UserId(5)].correct, 1, "right all the same");
}

#[test]
fn a_race_that_was_decided_survives_a_restart() {
    let (_, mut game) = begin(settings(3, Mode::Race));
    let opened = next(&mut game);
    let right = right(&game, 0);
    answer(&mut game, 0, 5, right, 3_000).expect("counts");
    game.apply(Input::Resumed, opened + 60_000)
        .expect("goes on");
    assert_eq!(game.deadline(), Some(opened + 60_600));
}

#[test]
fn elimination_takes_lives_until_one_is_left() {
    let (_, mut game) = begin(settings(10, Mode::Elimination));
    for user in [5, 6] {
        let enter = Input::Enter { user: UserId(user) };
        game.apply(enter, START_MS - 9).expect("a seat");
    }
    let enter = Input::Enter { user: UserId(5) };
    assert_eq!(game.apply(enter, START_MS), Err(Refusal::AlreadyIn));
    let leave = Input::Leave { user: UserId(6) };
    game.apply(leave, START_MS - 8).expect("leaves");
    let begins = Input::Begin { user: UserId(5) };
    let not_yours = Refusal::NotYourLobby { starter: STARTER };
    assert_eq!(game.apply(begins, START_MS), Err(not_yours));
    game.apply(Input::Begin { user: STARTER }, START_MS - 7)
        .expect("begins");
    for index in 0..3 {
        next(&mut game);
        let right = right(&game, index);
        answer(&mut game, index, STARTER.0, right, 1_000).expect("counts");
        assert_eq!(
            answer(&mut game, index, 6, right, 1_000),
            Err(Refusal::NotSeated)
        );
        if index == 1 {
            // No answer costs a life, just like a wrong answer.
            let closes = game.deadline().expect("open");
            game.apply(Input::Deadline, closes).expect("closes");
        } else {
            answer(&mut game, index, 5, (right + 1) % 4, 2_000).expect("counts");
        }
        assert_eq!(
            game.seats()[&UserId(5)].lives,
            Some(2 - u8::try_from(index).expect("small"))
        );
    }
    let ends = game.deadline().expect("due");
    game.apply(Input::Deadline, ends).expect("ends");
    assert_eq!(game.phase(), Phase::Ended(EndReason::LastStanding));
    let ranking: Vec<_> = game
        .ranking()
        .iter()
        .map(|(rank, user, _)| (*rank, user.0))
        .collect();
    assert_eq!(ranking, [(1, 1), (2, 5)]);
}

#[test]
fn in_sudden_death_a_question_that_all_miss_costs_no_life() {
    let (_, mut game) = begin(settings(10, Mode::SuddenDeath));
    let enter = Input::Enter { user: UserId(5) };
    game.apply(enter, START_MS - 9).expect("a seat");
    let begins = Input::Begin { user: STARTER };
    game.apply(begins, START_MS - 7).expect("begins");
    next(&mut game);
    let wrong = (right(&game, 0) + 1) % 4;
    answer(&mut game, 0, STARTER.0, wrong, 1_000).expect("counts");
    answer(&mut game, 0, 5, wrong, 1_000).expect("counts");
    assert_eq!(game.standing().count(), 2, "both missed it");
    next(&mut game);
    let right = right(&game, 1);
    answer(&mut game, 1, STARTER.0, (right + 1) % 4, 1_000).expect("counts");
    answer(&mut game, 1, 5, right, 1_000).expect("counts");
    let ends = game.deadline().expect("due");
    game.apply(Input::Deadline, ends).expect("ends");
    assert_eq!(game.phase(), Phase::Ended(EndReason::LastStanding));
    assert_eq!(game.ranking()[0].1, UserId(5));
}

#[test]
fn alone_in_sudden_death_the_first_miss_ends_it() {
    let alone = Settings {
        solo: true,
        ..settings(10, Mode::SuddenDeath)
    };
    let (_, mut game) = begin(alone);
    next(&mut game);
    let wrong = (right(&game, 0) + 1) % 4;
    answer(&mut game, 0, STARTER.0, wrong, 1_000).expect("counts");
    let ends = game.deadline().expect("due");
    game.apply(Input::Deadline, ends).expect("ends");
    assert_eq!(game.phase(), Phase::Ended(EndReason::AllOut));
}

#[test]
fn in_elimination_a_skip_needs_a_majority_and_costs_no_lives() {
    let (_, mut game) = begin(settings(4, Mode::Elimination));
    for user in [5, 6] {
        game.apply(Input::Enter { user: UserId(user) }, START_MS - 9)
            .expect("a seat");
    }
    next(&mut game);
    let skip = |user| Input::Skip { round: 0, user };
    let now = START_MS + 5_000;
    game.apply(skip(STARTER), now).expect("a vote");
    assert!(
        matches!(game.phase(), Phase::Open { .. }),
        "the starter alone does not skip"
    );
    game.apply(skip(UserId(5)), now).expect("a vote");
    assert_eq!(
        game.last_closed().map(|(_, _, why)| why),
        Some(CloseReason::Skipped)
    );
    assert!(game.seats().values().all(|seat| seat.lives == Some(3)));
}

#[test]
fn a_duel_is_for_two_and_waits_for_the_opponent() {
    let (_, mut game) = begin(settings(2, Mode::Duel));
    let not_invited = Refusal::NotInvited { opponent: OPPONENT };
    let accept = |user| Input::Accept { user: UserId(user) };
    assert_eq!(
        game.apply(accept(5), START_MS - 9),
        Err(not_invited.clone())
    );
    assert_eq!(
        game.apply(accept(STARTER.0), START_MS - 9),
        Err(not_invited)
    );
    game.apply(accept(OPPONENT.0), START_MS - 8)
        .expect("accepted");
    assert_eq!(
        game.apply(accept(OPPONENT.0), START_MS - 7),
        Err(Refusal::BegunAlready)
    );
    next(&mut game);
    let right = right(&game, 0);
    assert_eq!(answer(&mut game, 0, 5, right, 100), Err(Refusal::NotSeated));
    answer(&mut game, 0, STARTER.0, right, 1_000).expect("counts");
    answer(&mut game, 0, OPPONENT.0, right, 2_000).expect("counts");
    assert_eq!(
        game.last_closed().map(|(_, _, why)| why),
        Some(CloseReason::Everyone)
    );

    let (_, mut declined) = begin(settings(2, Mode::Duel));
    declined
        .apply(Input::Decline { user: OPPONENT }, START_MS - 9)
        .expect("declined");
    assert_eq!(declined.phase(), Phase::Ended(EndReason::Declined));
    let (_, mut ignored) = begin(settings(2, Mode::Duel));
    ignored.apply(Input::Deadline, START_MS).expect("expires");
    assert_eq!(ignored.phase(), Phase::Ended(EndReason::Unanswered));
    assert!(!ignored.has_begun());
}

#[test]
fn a_hint_removes_two_wrong_choices_and_halves_the_points() {
    let (_, mut game) = game(3);
    next(&mut game);
    let right = right(&game, 0);
    for user in [5, 6, 7, 8] {
        let hint = Input::Hint {
            round: 0,
            user: UserId(user),
        };
        game.apply(hint.clone(), START_MS).expect("a hint");
        assert_eq!(
            game.apply(hint, START_MS),
            Ok(Vec::new()),
            "and the same again"
        );
        let Some(Hint::Removed { choices }) = game.hint(UserId(user)) else {
            panic!("choices are removed");
        };
        assert_eq!(choices.len(), 2);
        assert!(!choices.contains(&right));
    }
    answer(&mut game, 0, 5, right, 20_000).expect("counts");
    assert_eq!(points(&game, 5), 50);
    let hint = |user| Input::Hint {
        round: 0,
        user: UserId(user),
    };
    let again = game.apply(hint(5), START_MS);
    assert_eq!(
        again,
        Ok(Vec::new()),
        "a hint can be read again once paid for"
    );
    answer(&mut game, 0, 42, right, 20_000).expect("counts");
    assert!(matches!(
        game.apply(hint(42), START_MS),
        Err(Refusal::AlreadyAnswered { .. })
    ));
}

/// The choices that a hint leaves do not show which of the two is right: over many players, the
/// right one comes first about as often as its position alone predicts.
#[test]
fn a_hint_does_not_show_which_choice_is_right() {
    let asked = round(0);
    let right = asked.correct();
    let mut kept = BTreeMap::new();
    for user in 0..3_000 {
        let Hint::Removed { choices } = Hint::of_choices(&asked, 0, UserId(user), SEED) else {
            panic!("choices are removed");
        };
        let other = (0..4)
            .find(|c| *c != right && !choices.contains(c))
            .expect("one is left");
        *kept.entry(other).or_insert(0) += 1;
    }
    assert_eq!(kept.len(), 3);
    assert!(kept.values().all(|n| (850..1_150).contains(n)), "{kept:?}");
}

/// An answer made only of symbols can be typed, and a hint does not reveal it.
#[test]
fn an_answer_may_be_symbols_only() {
    let settings = Settings {
        answers: AnswerStyle::Typed,
        ..settings(1, Mode::Classic)
    };
    let mut asked = round(0);
    let question = Arc::make_mut(&mut asked.question);
    "€".clone_into(&mut question.answer.text);
    asked.typed = serde_json::from_value(json!({ "accept": ["€"] })).expect("a key");
    assert_eq!(
        Hint::of_letters(&asked),
        Hint::Letters {
            shown: "•".to_owned()
        }
    );
    let mut game = Game::new(settings, vec![asked], START_MS, SEED);
    let opened = next(&mut game);
    for (user, text) in [(5, "€"), (6, "$")] {
        let answer = Input::Answer {
            round: 0,
            user: UserId(user),
            response: Response::Typed {
                text: text.to_owned(),
            },
            message: MessageId(1),
            posted_at_ms: opened,
            clicked_at_ms: opened + 20_000,
        };
        game.apply(answer, opened).expect("counts");
    }
    assert_eq!((points(&game, 5) > 0, points(&game, 6)), (true, 0));
}

#[test]
fn typed_answers_are_judged_by_their_key() {
    let (_, mut game) = begin(Settings {
        answers: AnswerStyle::Typed,
        ..settings(3, Mode::Classic)
    });
    let opened = next(&mut game);
    let typed = |user, text: &str| Input::Answer {
        round: 0,
        user: UserId(user),
        response: Response::Typed {
            text: text.to_owned(),
        },
        message: MessageId(1),
        posted_at_ms: opened,
        clicked_at_ms: opened + 20_000,
    };
    assert_eq!(
        game.apply(typed(5, " … "), opened),
        Err(Refusal::NothingTyped)
    );
    game.apply(typed(5, "The Rihgt"), opened).expect("counts");
    game.apply(typed(6, "wrong"), opened).expect("counts");
    assert_eq!((points(&game, 5), points(&game, 6)), (100, 0));
    assert_eq!(
        answer(&mut game, 0, 7, 0, 10),
        Err(Refusal::NoSuchChoice),
        "no buttons here"
    );
    game.apply(
        Input::Hint {
            round: 0,
            user: UserId(7),
        },
        opened,
    )
    .expect("a hint");
    let letters = Hint::Letters {
        shown: "r••••".to_owned(),
    };
    assert_eq!(game.hint(UserId(7)), Some(&letters));
}

#[test]
fn a_pause_waits_for_the_question_and_is_bounded() {
    let (_, mut game) = game(3);
    open(&mut game, 0);
    let pause = |user, may_manage| Input::Pause {
        user: UserId(user),
        rights: rights(may_manage, ControlPolicy::Starter),
    };
    let starter = STARTER.0;
    assert_eq!(
        game.apply(pause(5, false), START_MS),
        Err(Refusal::NotYours { starter: STARTER })
    );
    game.apply(pause(5, true), START_MS).expect("a manager may");
    assert_eq!(
        game.apply(pause(starter, false), START_MS),
        Err(Refusal::PausedAlready)
    );
    assert!(
        matches!(game.phase(), Phase::Open { .. }),
        "the question's time runs on"
    );
    let closes = game.deadline().expect("open");
    game.apply(Input::Deadline, closes).expect("closes");
    assert!(matches!(game.phase(), Phase::Paused { next: 1, .. }));
    let mut left_alone = game.clone();
    let resume = Input::Unpause {
        user: STARTER,
        rights: ControlRights::default(),
    };
    game.apply(resume.clone(), closes + 60_000)
        .expect("goes on");
    assert_eq!(game.deadline(), Some(closes + 63_000));
    assert_eq!(game.apply(resume, closes + 60_001), Err(Refusal::NotPaused));
    let ends = left_alone.deadline().expect("bounded");
    assert_eq!(ends, closes + 600_000);
    left_alone.apply(Input::Deadline, ends).expect("ends");
    assert_eq!(left_alone.phase(), Phase::Ended(EndReason::PausedTooLong));
    open(&mut game, 2);
    assert_eq!(
        game.apply(pause(starter, false), START_MS),
        Err(Refusal::LastQuestion)
    );
}

#[test]
fn misses_are_what_a_player_got_wrong_or_missed() {
    let (started, mut game) = game(4);
    let mut events = vec![started];
    for index in 0..4 {
        loop {
            let now_ms = game.deadline().expect("not over");
            let input = match game.phase() {
                Phase::Asking { round, .. } => Input::Posted {
                    round,
                    message: MessageId(7),
                    posted_at_ms: now_ms,
                },
                Phase::Open { round, .. } if round == index => break,
                _ => Input::Deadline,
            };
            events.extend(game.apply(input, now_ms).expect("goes on"));
        }
        let right = right(&game, index);
        // Joins at the second question and gets it wrong, gets the third right, then stays silent.
        match index {
            1 => events.extend(answer(&mut game, 1, 5, (right + 1) % 4, 50).expect("counts")),
            2 => events.extend(answer(&mut game, 2, 5, right, 50).expect("counts")),
            _ => {}
        }
    }
    let closes = game.deadline().expect("open");
    events.extend(game.apply(Input::Deadline, closes).expect("closes"));
    let missed = misses(&events, UserId(5)).expect("played");
    let missed: Vec<_> = missed
        .iter()
        .map(|m| (m.round, m.response.is_some()))
        .collect();
    assert_eq!(missed, [(1, true), (3, false)]);
    assert_eq!(misses(&events, UserId(77)), None);
}

/// The rule is part of the game's settings: games stored before it existed keep their points, and
/// their share codes replay the same way.
#[test]
fn the_last_question_is_worth_double_where_the_game_says_so() {
    let points_of = |finale: bool| {
        let (started, mut game) = begin(Settings {
            finale,
            ..settings(3, Mode::Classic)
        });
        let text = serde_json::to_string(&started).expect("JSON");
        assert_eq!(
            text.contains("finale"),
            finale,
            "old games read as they were"
        );
        (0..3)
            .map(|round| {
                open(&mut game, round);
                let right = game.rounds()[usize::from(round)].correct();
                assert_eq!(game.is_finale(round), finale && round == 2);
                answer(&mut game, round, 5, right, 20_000).expect("in time");
                game.answers()[&UserId(5)].points
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(points_of(false), [100, 150 + 10, 200 + 20]);
    assert_eq!(points_of(true), [100, 150 + 10, 2 * (200 + 20)]);
    let (_, single) = begin(Settings {
        rematch: false,
        finale: true,
        ..settings(1, Mode::Classic)
    });
    assert!(!single.is_finale(0), "one question alone is no finale");
}

#[test]
fn standings_say_who_moved_and_highlights_who_stood_out() {
    let (_, mut game) = game(2);
    open(&mut game, 0);
    let right = game.rounds()[0].correct();
    let wrong = (right + 1) % 4;
    for (user, choice, after_ms) in [(5, right, 1_000), (6, wrong, 900), (7, wrong, 2_000)] {
        answer(&mut game, 0, user, choice, after_ms).expect("in time");
    }
    open(&mut game, 1);
    let right = game.rounds()[1].correct();
    for (user, choice, after_ms) in [
        (5, (right + 1) % 4, 1_000),
        (6, right, 800),
        (7, right, 9_000),
        (8, right, 10_000),
    ] {
        answer(&mut game, 1, user, choice, after_ms).expect("in time");
    }
    let closes = game.deadline().expect("open");
    game.apply(Input::Deadline, closes).expect("closes");
    let moved: Vec<_> = game
        .standings()
        .iter()
        .map(|line| (line.rank, line.user.0, line.moved))
        .collect();
    assert_eq!(
        moved,
        [
            (1, 6, Some(1)),
            (2, 7, Some(0)),
            (3, 8, None),
            (4, 5, Some(-3))
        ]
    );
    let highlights = game.highlights();
    let swiftest = highlights.swiftest.expect("somebody was right");
    assert_eq!((swiftest.user, swiftest.elapsed_ms), (UserId(6), 800));
    assert_eq!(highlights.sole.get(&UserId(5)), Some(&1));
    assert_eq!(highlights.lowest.get(&UserId(5)), Some(&4));
}

#[test]
fn the_best_trap_is_the_wrong_choice_that_most_fell_for() {
    let (_, mut game) = game(3);
    for (round, fell) in [(0, 2), (1, 4), (2, 3)] {
        open(&mut game, round);
        let right = game.rounds()[usize::from(round)].correct();
        for user in 0..fell {
            answer(&mut game, round, 5 + user, (right + 1) % 4, 1_000).expect("in time");
        }
        answer(&mut game, round, 50, (right + 2) % 4, 1_000).expect("in time");
        let closes = game.deadline().expect("open");
        game.apply(Input::Deadline, closes).expect("closes");
        let expect = (round > 0).then(|| Trap {
            round: 1,
            choice: (game.rounds()[1].correct() + 1) % 4,
            fell: 4,
        });
        assert_eq!(game.highlights().trap, expect);
    }
}

/// A question that could not be posted is asked again. Until then, and before it is asked at all,
/// only its first clue may be shown.
#[test]
fn a_question_put_off_shows_no_further_clue() {
    let (_, mut game) = begin(settings(2, Mode::Ladder));
    assert_eq!((game.clues_open(0), game.clues_open(1)), (1, 1));
    game.apply(Input::Deadline, START_MS).expect("asked");
    let given_up_ms = game.deadline().expect("not over");
    game.apply(Input::Deadline, given_up_ms).expect("put off");
    assert!(matches!(game.phase(), Phase::Waiting { next: 0, .. }));
    assert_eq!(game.clues_open(0), 1);
    next(&mut game);
    assert_eq!(game.clues_open(0), 1);
    while game.closed_rounds() == 0 {
        let now_ms = game.deadline().expect("not over");
        game.apply(Input::Deadline, now_ms).expect("time moves on");
    }
    assert_eq!((game.clues_open(0), game.clues_open(1)), (6, 1));
}
