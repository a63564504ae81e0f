//! Games with a host.

use super::*;

const HOST: UserId = STARTER;
const NO_RIGHTS: ControlRights = ControlRights {
    may_manage: false,
    steering: ControlPolicy::Starter,
};

/// Anything a host does, by anybody.
pub(super) fn any_input() -> impl Strategy<Value = Input> {
    let who = (
        prop::sample::select(vec![1_u64, 1, 1, 2, 5]).prop_map(UserId),
        any_rights(),
    );
    let number = 0_u16..5;
    let other = (0_u64..6).prop_map(UserId);
    let points = prop::sample::select(vec![50_u32, 100, 100, 7]);
    prop_oneof![
        8 => (who.clone(), number.clone())
            .prop_map(|((user, rights), next)| Input::Next { user, rights, next }),
        1 => (who.clone(), number.clone())
            .prop_map(|((user, rights), next)| Input::Break { user, rights, next }),
        1 => (who.clone(), number.clone())
            .prop_map(|((user, rights), next)| Input::LastRound { user, rights, next }),
        4 => (who.clone(), number.clone(), number.clone(), any::<bool>()).prop_map(
            |((user, rights), round, at, right)| Input::Judge { user, rights, round, at, right }
        ),
        2 => (who.clone(), other, number.clone(), points).prop_map(
            |((user, rights), to, nth, points)| Input::Bonus { user, rights, to, nth, points }
        ),
        1 => (who, number)
            .prop_map(|((user, rights), nth)| Input::UndoBonus { user, rights, nth }),
    ]
}

fn hosted(rounds: u16, mode: Mode) -> Game {
    begin(Settings {
        hosted: true,
        finale: true,
        answers: AnswerStyle::Typed,
        ..settings(rounds, mode)
    })
    .1
}

fn by_host(game: &mut Game, input: impl Fn(UserId, ControlRights) -> Input) -> Vec<Event> {
    let input = input(HOST, NO_RIGHTS);
    game.apply(input.clone(), START_MS)
        .unwrap_or_else(|refusal| panic!("{input:?} is refused: {refusal:?}"))
}

/// The host opens a question, the members answer it after these times, and it closes.
fn ask(game: &mut Game, next: u16, answers: &[(u64, &str, i64)]) {
    if matches!(game.phase(), Phase::Held { .. }) {
        by_host(game, |user, rights| Input::Next { user, rights, next });
    }
    let due_ms = game.deadline().expect("a question is due");
    game.apply(Input::Deadline, due_ms).expect("it is asked");
    let posted = Input::Posted {
        round: next,
        message: MessageId(7),
        posted_at_ms: due_ms,
    };
    game.apply(posted, due_ms).expect("it is posted");
    for (user, text, after_ms) in answers {
        let answer = Input::Answer {
            round: next,
            user: UserId(*user),
            response: Response::Typed {
                text: (*text).to_owned(),
            },
            message: MessageId(7),
            posted_at_ms: due_ms,
            clicked_at_ms: due_ms + after_ms,
        };
        game.apply(answer, due_ms + after_ms).expect("it counts");
    }
    while let Phase::Open { closes_at_ms, .. } = game.phase() {
        let due_ms = game.deadline().unwrap_or(closes_at_ms);
        game.apply(Input::Deadline, due_ms).expect("time moves on");
    }
}

/// Judges what members typed, by its text.
fn judge(game: &mut Game, round: u16, text: &str, right: bool) -> Vec<Event> {
    let typed = game.typed_answers();
    let at = typed.iter().position(|answer| answer.text == text);
    let at = u16::try_from(at.expect("somebody typed it")).expect("few");
    by_host(game, |user, rights| Input::Judge {
        user,
        rights,
        round,
        at,
        right,
    })
}

fn points(game: &Game, user: u64) -> u32 {
    game.players()
        .get(&UserId(user))
        .map_or(0, |player| player.points)
}

#[test]
fn the_host_opens_each_question_and_shows_the_scores() {
    let mut game = hosted(2, Mode::Classic);
    assert!(matches!(game.phase(), Phase::Held { next: 0, .. }));
    ask(&mut game, 0, &[(5, "right", 1_000)]);
    assert!(matches!(game.phase(), Phase::Held { next: 1, .. }));
    let other = Input::Next {
        user: UserId(5),
        rights: NO_RIGHTS,
        next: 1,
    };
    let refused = game.apply(other, START_MS);
    assert_eq!(refused, Err(Refusal::NotTheHost { host: HOST }));
    // The press of an earlier message, and a second press.
    let next = |next| Input::Next {
        user: HOST,
        rights: NO_RIGHTS,
        next,
    };
    assert_eq!(game.apply(next(0), START_MS), Err(Refusal::Stale));
    ask(&mut game, 1, &[]);
    assert_eq!(game.apply(next(1), START_MS), Err(Refusal::Stale));
    // A member who may manage messages can stand in for the host.
    let stands_in = Input::Next {
        user: UserId(9),
        rights: rights(true, ControlPolicy::Starter),
        next: 2,
    };
    game.apply(stands_in, START_MS).expect("a moderator may");
    assert_eq!(game.phase(), Phase::Ended(EndReason::Finished));
}

#[test]
fn only_the_host_and_moderators_do_what_a_host_does() {
    let mut game = hosted(3, Mode::Classic);
    ask(&mut game, 0, &[(5, "reich", 1_000)]);
    let inputs = |user, rights| {
        [
            Input::Judge {
                user,
                rights,
                round: 0,
                at: 0,
                right: true,
            },
            Input::MayJudge {
                user,
                rights,
                round: 0,
            },
            Input::MayGive { user, rights },
            Input::Bonus {
                user,
                rights,
                to: UserId(5),
                nth: 0,
                points: 50,
            },
            Input::UndoBonus {
                user,
                rights,
                nth: 0,
            },
            Input::Break {
                user,
                rights,
                next: 1,
            },
            Input::LastRound {
                user,
                rights,
                next: 1,
            },
            Input::Next {
                user,
                rights,
                next: 1,
            },
        ]
    };
    // A player who may stop and pause games in this server is still not the host.
    let player = rights(false, ControlPolicy::Players);
    for input in inputs(UserId(5), player) {
        let refused = game.apply(input, START_MS);
        assert_eq!(refused, Err(Refusal::NotTheHost { host: HOST }));
    }
    let (_, mut unhosted) = begin(settings(3, Mode::Classic));
    for input in inputs(HOST, NO_RIGHTS) {
        assert_eq!(unhosted.apply(input, START_MS), Err(Refusal::Stale));
    }
    for input in inputs(UserId(7), rights(true, ControlPolicy::Starter)) {
        game.apply(input, START_MS).expect("a moderator may");
    }
}

#[test]
fn the_host_does_not_play() {
    let mut game = hosted(2, Mode::Classic);
    by_host(&mut game, |user, rights| Input::Next {
        user,
        rights,
        next: 0,
    });
    game.apply(Input::Deadline, START_MS).expect("asked");
    let posted = Input::Posted {
        round: 0,
        message: MessageId(7),
        posted_at_ms: START_MS,
    };
    game.apply(posted, START_MS).expect("posted");
    let plays = [
        Input::MayAnswer {
            round: 0,
            user: HOST,
        },
        Input::Hint {
            round: 0,
            user: HOST,
        },
    ];
    for input in plays {
        assert_eq!(game.apply(input, START_MS), Err(Refusal::HostDoesNotPlay));
    }
    let skip = Input::Skip {
        round: 0,
        user: HOST,
    };
    game.apply(skip, START_MS).expect("the host may skip");
    assert!(game.players().is_empty());

    let mut teams = hosted(2, Mode::Teams);
    assert!(teams.seats().is_empty());
    let enter = |user, team| Input::EnterTeam {
        user: UserId(user),
        team,
    };
    assert_eq!(
        teams.apply(enter(HOST.0, 0), START_MS),
        Err(Refusal::HostDoesNotPlay)
    );
    teams.apply(enter(5, 0), START_MS).expect("a seat");
    teams.apply(enter(6, 1), START_MS).expect("a seat");
    teams
        .apply(Input::Begin { user: HOST }, START_MS)
        .expect("begins");
    ask(&mut teams, 0, &[(5, "right", 1_000), (6, "right", 1_000)]);
    assert!(matches!(teams.phase(), Phase::Held { next: 1, .. }));
}

#[test]
fn a_host_who_leaves_strands_no_game() {
    // Before the first question, between two, in a break, after the last, and in the lobby.
    let mut waits = Vec::new();
    let mut game = hosted(2, Mode::Classic);
    waits.push((game.clone(), EndReason::HostAway));
    ask(&mut game, 0, &[(5, "right", 1_000)]);
    waits.push((game.clone(), EndReason::HostAway));
    let mut resting = game.clone();
    by_host(&mut resting, |user, rights| Input::Break {
        user,
        rights,
        next: 1,
    });
    waits.push((resting, EndReason::HostAway));
    ask(&mut game, 1, &[]);
    waits.push((game, EndReason::Finished));
    waits.push((hosted(2, Mode::Teams), EndReason::HostAway));
    for (mut game, reason) in waits {
        let due_ms = game.deadline().expect("it waits");
        let events = game.apply(Input::Deadline, due_ms).expect("it ends");
        assert_eq!(game.phase(), Phase::Ended(reason));
        let confirms = events.iter().any(|e| matches!(e, Event::Confirmed { .. }));
        assert_eq!(confirms, game.last_closed().is_some(), "{events:?}");
    }
}

#[test]
fn a_judged_answer_gets_what_it_would_have_got() {
    let mut game = hosted(3, Mode::Classic);
    let mut knew = hosted(3, Mode::Classic);
    ask(&mut game, 0, &[(5, "right", 2_000), (6, "wrong", 500)]);
    ask(&mut knew, 0, &[(5, "right", 2_000), (6, "wrong", 500)]);
    // Two members typed the same; the streak of one goes on.
    ask(
        &mut game,
        1,
        &[(7, "no", 800), (5, "Reich", 4_000), (6, "reich", 7_000)],
    );
    ask(
        &mut knew,
        1,
        &[(7, "no", 800), (5, "right", 4_000), (6, "right", 7_000)],
    );
    assert_eq!(points(&game, 6), 0);
    let events = judge(&mut game, 1, "Reich", true);
    assert!(matches!(&events[..], [Event::Judged { marks, .. }] if marks.len() == 2));
    for user in [5, 6, 7] {
        let (judged, known) = (
            &game.players()[&UserId(user)],
            &knew.players()[&UserId(user)],
        );
        assert_eq!(judged, known, "member {user}");
    }
    assert!(game.answers()[&UserId(5)].judged && !game.answers()[&UserId(7)].judged);
    assert_eq!(
        judge(&mut game, 1, "Reich", true),
        [],
        "a second press changes nothing"
    );

    // And back: the first judgement is undone, and a right answer can be taken away.
    let before = points(&game, 5);
    judge(&mut game, 1, "Reich", false);
    assert_eq!(game.players()[&UserId(5)].best_streak, 1);
    assert!(points(&game, 5) < before && !game.answers()[&UserId(5)].judged);
    judge(&mut game, 1, "Reich", true);
    assert_eq!(points(&game, 5), before);
    by_host(&mut game, |user, rights| Input::Next {
        user,
        rights,
        next: 2,
    });
    let late = Input::Judge {
        user: HOST,
        rights: NO_RIGHTS,
        round: 1,
        at: 0,
        right: false,
    };
    assert_eq!(game.apply(late, START_MS), Err(Refusal::Confirmed));
}

#[test]
fn a_judgement_moves_a_teams_points_to_whoever_was_first() {
    let mut game = hosted(2, Mode::Teams);
    for (user, team) in [(5, 0), (6, 0), (7, 1), (8, 1)] {
        let enter = Input::EnterTeam {
            user: UserId(user),
            team,
        };
        game.apply(enter, START_MS).expect("a seat");
    }
    game.apply(Input::Begin { user: HOST }, START_MS)
        .expect("begins");
    ask(
        &mut game,
        0,
        &[
            (5, "reich", 1_000),
            (6, "right", 4_000),
            (7, "right", 2_000),
            (8, "no", 3_000),
        ],
    );
    assert_eq!((points(&game, 5), points(&game, 6)), (0, 140));
    judge(&mut game, 0, "reich", true);
    // Only the fastest right answer of the team earns points.
    assert_eq!((points(&game, 5), points(&game, 6)), (147, 0));
    assert_eq!(game.players()[&UserId(6)].taken, 0);
    judge(&mut game, 0, "right", false);
    assert_eq!((points(&game, 5), points(&game, 7)), (147, 0));
    assert_eq!(game.players()[&UserId(7)].correct, 0);
}

/// The host's bonus to this player.
fn give(to: u64, nth: u16, points: u32) -> Input {
    Input::Bonus {
        user: HOST,
        rights: NO_RIGHTS,
        to: UserId(to),
        nth,
        points,
    }
}

#[test]
fn bonuses_are_given_once_and_have_a_limit() {
    let mut game = hosted(2, Mode::Classic);
    let early = game.apply(give(5, 0, 50), START_MS);
    assert_eq!(early, Err(Refusal::NotBetweenQuestions));
    ask(&mut game, 0, &[(5, "right", 20_000)]);
    assert_eq!(
        game.apply(give(9, 0, 50), START_MS),
        Err(Refusal::NoSuchPlayer)
    );
    assert_eq!(
        game.apply(give(5, 0, 70), START_MS),
        Err(Refusal::NoSuchChoice)
    );
    game.apply(give(5, 0, 100), START_MS).expect("given");
    assert_eq!(
        game.apply(give(5, 0, 100), START_MS),
        Err(Refusal::GivenAlready)
    );
    assert_eq!((points(&game, 5), game.bonus_of(UserId(5))), (200, 100));
    for nth in 1..10 {
        game.apply(give(5, nth, 100), START_MS).expect("given");
    }
    let spent = game.apply(give(5, 10, 50), START_MS);
    assert_eq!(spent, Err(Refusal::BonusSpent { left: 0 }));
}

#[test]
fn a_bonus_is_taken_back_once_and_can_be_given_again() {
    let mut game = hosted(3, Mode::Classic);
    ask(&mut game, 0, &[(5, "right", 20_000), (6, "right", 20_000)]);
    let earned = points(&game, 5);
    let undo = |nth| Input::UndoBonus {
        user: HOST,
        rights: NO_RIGHTS,
        nth,
    };
    assert_eq!(game.last_bonus(), None);
    let none = game.apply(undo(0), START_MS);
    assert_eq!(none, Err(Refusal::NoSuchChoice));
    game.apply(give(5, 0, 100), START_MS).expect("given");
    game.apply(give(6, 1, 50), START_MS).expect("given");
    assert_eq!(game.last_bonus(), Some(1));
    ask(&mut game, 1, &[]);
    let taken = game.apply(undo(0), START_MS).expect("taken back");
    assert_eq!(taken.len(), 1);
    assert_eq!(points(&game, 5), earned);
    assert_eq!((game.bonus_of(UserId(5)), game.bonus_left()), (0, 950));
    assert_eq!(game.bonuses()[0].undone, Some(1));
    // A press that is repeated, of either button, changes nothing more.
    assert_eq!(game.apply(undo(0), START_MS), Ok(Vec::new()));
    let again = game.apply(give(5, 1, 100), START_MS);
    assert_eq!(again, Err(Refusal::GivenAlready));
    assert_eq!(points(&game, 5), earned);
    game.apply(give(5, 2, 50), START_MS).expect("given anew");
    assert_eq!(
        (points(&game, 5), game.last_bonus()),
        (earned + 50, Some(2))
    );
    let json = serde_json::to_string(&taken[0]).expect("JSON");
    assert_eq!(
        serde_json::from_str::<Event>(&json).ok(),
        Some(taken[0].clone())
    );
}

#[test]
fn the_last_round_can_be_called_and_counts_double() {
    let mut game = hosted(9, Mode::Classic);
    ask(&mut game, 0, &[(5, "right", 20_000)]);
    let call = |next| Input::LastRound {
        user: HOST,
        rights: NO_RIGHTS,
        next,
    };
    game.apply(call(1), START_MS).expect("called");
    assert_eq!(game.apply(call(1), START_MS), Err(Refusal::Stale));
    assert!(game.is_finale(1) && game.rounds().len() == 2);
    ask(&mut game, 1, &[(5, "right", 20_000)]);
    assert_eq!(points(&game, 5), 100 + 2 * (150 + 10));
    by_host(&mut game, |user, rights| Input::Next {
        user,
        rights,
        next: 2,
    });
    assert_eq!(game.phase(), Phase::Ended(EndReason::Finished));
}

#[test]
fn judged_misses_are_no_misses() {
    let (started, mut game) = begin(Settings {
        hosted: true,
        answers: AnswerStyle::Typed,
        ..settings(1, Mode::Classic)
    });
    let mut events = vec![started];
    for (text, right) in [("reich", true), ("right", false)] {
        ask(&mut game, 0, &[(5, text, 900)]);
        events.push(Event::Answered {
            round: 0,
            user: UserId(5),
            response: Response::Typed {
                text: text.to_owned(),
            },
            correct: !right,
            points: 0,
            streak: 0,
            elapsed_ms: 900,
            at_ms: 0,
        });
        events.extend(judge(&mut game, 0, text, right));
        events.push(game.closed(0, CloseReason::TimeUp, 0));
        let missed = misses(&events, UserId(5)).expect("they played");
        assert_eq!(missed.is_empty(), right);
        (_, game) = begin(game.settings().clone());
        events.truncate(1);
    }
}

proptest! {
    /// Whatever happens: answers are final exactly once, after their question has closed, and the
    /// points of final answers and bonuses are all the points there are at the end.
    #[test]
    fn answers_are_confirmed_once(
        settings in any_settings().prop_filter("hosted", |settings| settings.hosted),
        steps in prop::collection::vec(any_step(), 0..120),
    ) {
        let (_, mut game) = begin(settings);
        let (mut events, _) = play(&mut game, &steps);
        while let Some(at) = game.deadline() {
            let far = at.max(START_MS + 100_000_000);
            events.extend(game.apply(Input::Deadline, far).unwrap_or_default());
        }
        let rounds = |of: fn(&Event) -> Option<u16>| -> Vec<u16> {
            events.iter().filter_map(of).collect()
        };
        let closed = rounds(|event| match event {
            Event::Closed { round, .. } => Some(*round),
            _ => None,
        });
        let confirmed = rounds(|event| match event {
            Event::Confirmed { round } => Some(*round),
            _ => None,
        });
        prop_assert_eq!(closed, confirmed);
        let mut final_rounds = std::collections::BTreeSet::new();
        for event in &events {
            match event {
                Event::Confirmed { round } => {
                    final_rounds.insert(*round);
                }
                Event::Judged { round, .. } => prop_assert!(!final_rounds.contains(round)),
                Event::Answered { user, .. } => prop_assert_ne!(*user, HOST),
                _ => {}
            }
        }
        let given: u32 = game.bonuses().iter().map(|bonus| bonus.points).sum();
        prop_assert!(given <= BONUS_TOTAL_MAX);
    }
}
