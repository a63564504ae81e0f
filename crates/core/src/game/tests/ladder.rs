//! Clues that open while a question is open.

use super::*;

/// 30 seconds for six clues: one every five.
fn ladder(answers: AnswerStyle) -> Game {
    let settings = Settings {
        seconds: 30,
        answers,
        ..settings(2, Mode::Ladder)
    };
    begin(settings).1
}

/// Lets the next clue open, and returns the time.
fn open_clue(game: &mut Game) -> i64 {
    let due = game.deadline().expect("a clue is due");
    let events = game.apply(Input::Deadline, due).expect("it opens");
    assert_eq!(
        events,
        [Event::ClueOpened {
            round: 0,
            at_ms: due
        }]
    );
    due
}

fn worth(game: &Game, user: u64) -> u32 {
    game.answers()
        .get(&UserId(user))
        .map_or(0, |given| given.points)
}

#[test]
fn each_clue_not_needed_is_worth_more() {
    let mut game = ladder(AnswerStyle::Buttons);
    let opened = open(&mut game, 0);
    assert_eq!(game.clues_open(0), 1);
    let right = right(&game, 0);
    answer(&mut game, 0, 2, right, 4_000).expect("it counts");
    assert_eq!(worth(&game, 2), 300);
    let second = open_clue(&mut game);
    assert_eq!((second - opened, game.clues_open(0)), (5_000, 2));
    // Nobody has read the second clue within a second.
    answer(&mut game, 0, 3, right, second + 999 - opened).expect("it counts");
    answer(&mut game, 0, 4, right, second + 1_000 - opened).expect("it counts");
    assert_eq!((worth(&game, 3), worth(&game, 4)), (300, 250));
    for _ in 3..=6 {
        open_clue(&mut game);
    }
    assert_eq!(game.clues_open(0), 6);
    answer(&mut game, 0, 5, right, 29_000).expect("it counts");
    assert_eq!(worth(&game, 5), 50);
    // After the last clue only the deadline is due.
    let closes = game.deadline().expect("the end");
    assert_eq!(closes, opened + 31_000);
    game.apply(Input::Deadline, closes).expect("it closes");
    open(&mut game, 1);
    assert_eq!(game.clues_open(1), 1, "the next film has its own clues");
}

#[test]
fn a_restart_neither_hides_a_clue_nor_opens_one_early() {
    let (started, mut live) = begin(Settings {
        seconds: 30,
        ..settings(1, Mode::Ladder)
    });
    let mut events = vec![started];
    for _ in 0..3 {
        let due = live.deadline().expect("something is due");
        events.extend(live.apply(Input::Deadline, due).expect("it happens"));
        if let Phase::Asking { .. } = live.phase() {
            let posted = Input::Posted {
                round: 0,
                message: MessageId(100),
                posted_at_ms: due,
            };
            events.extend(live.apply(posted, due).expect("it is posted"));
        }
    }
    assert_eq!(live.clues_open(0), 3);
    let stored = serde_json::to_string(&events).expect("plain JSON");
    let events: Vec<Event> = serde_json::from_str(&stored).expect("events");
    let mut again = Game::replay(events).expect("a game");
    assert_eq!(again, live);
    let now_ms = START_MS + 600_000;
    again.apply(Input::Resumed, now_ms).expect("it goes on");
    assert_eq!(again.clues_open(0), 3);
    assert_eq!(
        again.deadline(),
        Some(now_ms + 5_000),
        "a whole step to the next clue"
    );
    let right = right(&again, 0);
    answer(&mut again, 0, 2, right, 600_000).expect("it counts");
    assert_eq!(worth(&again, 2), 200, "by the clues, not by the clock");
}

#[test]
fn a_question_with_clues_may_be_typed_and_hinted_at() {
    let mut game = ladder(AnswerStyle::Typed);
    let opened = open(&mut game, 0);
    let hint = Input::Hint {
        round: 0,
        user: UserId(2),
    };
    game.apply(hint, opened).expect("a hint");
    let typed = Input::Answer {
        round: 0,
        user: UserId(2),
        response: Response::Typed {
            text: "Right".to_owned(),
        },
        message: MessageId(100),
        posted_at_ms: opened,
        clicked_at_ms: opened + 1_000,
    };
    game.apply(typed, opened + 1_000).expect("it counts");
    assert_eq!(worth(&game, 2), 150);
}
