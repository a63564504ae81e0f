//! Snapshots of the daily puzzle's messages, and what none of them may reveal.

use super::*;
use crate::custom_id::DailyBoardQuery;
use crate::limits;
use heat_core::bank::{Answer, Question};
use heat_core::daily::{Page, Placing};
use heat_core::facts::{Difficulty, Topic};
use heat_core::id::UserId;
use std::sync::Arc;

const DAY: Day = Day(20_778);

fn round(number: u8, wrong: [&str; 3], right_at: usize) -> Round {
    let choice = |text: &str| Answer {
        text: text.to_owned(),
        entity: None,
    };
    let mut wrong_places = 0..3;
    let choices = std::array::from_fn(|at| (at != right_at).then(|| wrong_places.next()).flatten());
    Round {
        question: Arc::new(Question {
            id: format!("q-{number}"),
            pack: "heat-1995".to_owned(),
            facts: vec![format!("fact-{number}")],
            tells: Vec::new(),
            topic: Topic::Places,
            difficulty: Difficulty::Medium,
            template: "written".to_owned(),
            about: Vec::new(),
            prompt: format!("Where does scene *{number}* take place?"),
            answer: choice(&format!("At the right place {number}")),
            accept: Vec::new(),
            distractors: wrong.map(choice).to_vec(),
            reason: "The scene says so.".to_owned(),
            citation: "the film, 1995".to_owned(),
            url: None,
            lookup: None,
        }),
        choices,
        clues: Vec::new(),
        typed: None,
    }
}

fn rounds() -> Vec<Round> {
    let short = ["A diner", "A bank", "An airfield"];
    let long = [
        "In a diner on Wilshire Boulevard, late at night",
        "A bank",
        "An airfield",
    ];
    (0..QUESTIONS)
        .map(|n| round(n, if n == 3 { long } else { short }, usize::from(n % 4)))
        .collect()
}

fn attempt(marks: &[bool]) -> Attempt {
    let given = |(position, correct): (u8, &bool)| AttemptAnswer {
        choice: (position + u8::from(!correct)) % 4,
        correct: *correct,
    };
    Attempt {
        answers: (0..).zip(marks).map(given).collect(),
    }
}

fn assert_reads(name: &str, message: &Message) {
    assert_eq!(limits::check(message), Ok(()), "{name}");
    insta::assert_json_snapshot!(name, message);
}

#[test]
fn a_puzzle_reads_well() {
    let rounds = rounds();
    assert_reads("first_question", &question(DAY, &rounds, &attempt(&[])));
    let three = attempt(&[true, false, true]);
    assert_reads("long_choices", &question(DAY, &rounds, &three));
    assert_reads("right", &outcome(DAY, &rounds, &three, 2, 2));
    assert_reads("wrong", &outcome(DAY, &rounds, &three, 1, 2));
    assert_reads("answered_before", &outcome(DAY, &rounds, &three, 1, 1));
    let five = attempt(&[true, false, true, true, false]);
    assert_reads("last_answer", &outcome(DAY, &rounds, &five, 4, 1));
    let streak = Streak {
        last: DAY,
        current: 4,
        best: 9,
        days: 30,
    };
    assert_reads(
        "result",
        &result(Lang::English, DAY, &five, Some(streak), DAY, true),
    );
    let after_midnight = result(Lang::English, DAY, &five, Some(streak), DAY.next(), false);
    assert_reads("result_after_midnight", &after_midnight);
    assert_reads("shared", &shared(DAY, UserId(42), &five, Some(streak)));
    let all = [attempt(&[true; 5]), attempt(&[false; 5])];
    let all = all.map(|attempt| shared(DAY, UserId(42), &attempt, None).content);
    insta::assert_snapshot!("shared_all_or_nothing", all.join("\n"));
    let sentences = [over(), not_there_yet(), not_finished(), shared_before()];
    let sentences = sentences.map(|message| message.content);
    insta::assert_snapshot!("sentences", sentences.join("\n"));
}

#[test]
fn a_board_reads_well() {
    let placing = |rank, user, score| Placing { rank, user, score };
    let page = Page {
        rows: vec![
            placing(1, UserId(7), 5),
            placing(1, UserId(8), 5),
            placing(3, UserId(9), 4),
        ],
        page: 0,
        pages: 2,
        players: 12,
    };
    let wish = DailyBoardQuery {
        day: DAY,
        global: false,
        page: 0,
    };
    let own = placing(11, UserId(42), 1);
    assert_reads(
        "board",
        &board(Lang::English, wish, true, &page, UserId(42), Some(&own)),
    );
    assert_reads(
        "board_own_row",
        &board(
            Lang::English,
            wish,
            true,
            &page,
            UserId(8),
            Some(&page.rows[1]),
        ),
    );
    let global = DailyBoardQuery {
        global: true,
        ..wish
    };
    assert_reads(
        "board_not_played",
        &board(Lang::English, global, false, &page, UserId(42), None),
    );
    assert_reads(
        "board_empty",
        &board(
            Lang::English,
            wish,
            true,
            &Page::default(),
            UserId(42),
            None,
        ),
    );
}

/// If the right answer is on another button, only the labels differ, and what is shared says
/// nothing about any question.
#[test]
fn nothing_is_revealed_early() {
    let wrong = ["A diner", "A bank", "An airfield"];
    let ids = |right_at| {
        let rounds: Vec<Round> = (0..QUESTIONS).map(|n| round(n, wrong, right_at)).collect();
        let message = question(DAY, &rounds, &attempt(&[true]));
        let rows = message.rows.iter();
        let buttons = rows.flat_map(|row| match row {
            Row::Buttons(buttons) => buttons.clone(),
            Row::Select(_) => Vec::new(),
        });
        let buttons: Vec<_> = buttons
            .map(|b| (b.custom_id, b.style, b.disabled))
            .collect();
        (message.embeds, buttons)
    };
    assert!((1..4).all(|right_at| ids(right_at) == ids(0)));
    for marks in 0..32_u8 {
        let marks: Vec<bool> = (0..5).map(|bit| marks & (1 << bit) != 0).collect();
        let text = shared(DAY, UserId(42), &attempt(&marks), None).content;
        for told in ["scene", "place", "diner", "bank", "airfield"] {
            assert!(!text.contains(told), "{text}");
        }
    }
}
