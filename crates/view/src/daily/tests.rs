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

/// Compares with Discord's limits, and in English with the stored snapshot.
fn assert_reads(lang: Lang, name: &str, message: &Message) {
    assert_eq!(limits::check(message), Ok(()), "{name}");
    if lang == Lang::English {
        insta::assert_json_snapshot!(name, message);
    }
}

#[test]
fn a_puzzle_reads_well() {
    for lang in Lang::ALL {
        puzzle_reads_well(lang);
    }
}

fn puzzle_reads_well(lang: Lang) {
    let rounds = rounds();
    assert_reads(
        lang,
        "first_question",
        &question(lang, DAY, &rounds, &attempt(&[])),
    );
    let three = attempt(&[true, false, true]);
    assert_reads(lang, "long_choices", &question(lang, DAY, &rounds, &three));
    assert_reads(lang, "right", &outcome(lang, DAY, &rounds, &three, 2, 2));
    assert_reads(lang, "wrong", &outcome(lang, DAY, &rounds, &three, 1, 2));
    assert_reads(
        lang,
        "answered_before",
        &outcome(lang, DAY, &rounds, &three, 1, 1),
    );
    let five = attempt(&[true, false, true, true, false]);
    assert_reads(
        lang,
        "last_answer",
        &outcome(lang, DAY, &rounds, &five, 4, 1),
    );
    let streak = Streak {
        last: DAY,
        current: 4,
        best: 9,
        days: 30,
    };
    assert_reads(
        lang,
        "result",
        &result(lang, DAY, &five, Some(streak), DAY, true),
    );
    let after_midnight = result(lang, DAY, &five, Some(streak), DAY.next(), false);
    assert_reads(lang, "result_after_midnight", &after_midnight);
    assert_reads(
        lang,
        "shared",
        &shared(lang, DAY, UserId(42), &five, Some(streak)),
    );
    let all = [attempt(&[true; 5]), attempt(&[false; 5])];
    let all = all.map(|attempt| shared(lang, DAY, UserId(42), &attempt, None).content);
    if lang == Lang::German {
        let message = result(lang, DAY, &five, Some(streak), DAY, true);
        insta::assert_json_snapshot!("result_german", message);
        return;
    }
    insta::assert_snapshot!("shared_all_or_nothing", all.join("\n"));
    let sentences = [over, not_there_yet, not_finished, shared_before].map(|said| said(lang));
    let sentences = sentences.map(|message| message.content);
    insta::assert_snapshot!("sentences", sentences.join("\n"));
}

#[test]
fn a_board_reads_well() {
    for lang in Lang::ALL {
        board_reads_well(lang);
    }
}

fn board_reads_well(lang: Lang) {
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
    let query = DailyBoardQuery {
        day: DAY,
        global: false,
        page: 0,
    };
    let own = placing(11, UserId(42), 1);
    assert_reads(
        lang,
        "board",
        &board(lang, query, true, &page, UserId(42), Some(&own)),
    );
    assert_reads(
        lang,
        "board_own_row",
        &board(lang, query, true, &page, UserId(8), Some(&page.rows[1])),
    );
    let global = DailyBoardQuery {
        global: true,
        ..query
    };
    assert_reads(
        lang,
        "board_not_played",
        &board(lang, global, false, &page, UserId(42), None),
    );
    assert_reads(
        lang,
        "board_empty",
        &board(lang, query, true, &Page::default(), UserId(42), None),
    );
}

/// If the right answer is on another button, only the labels differ, and what is shared says
/// nothing about any question.
#[test]
fn nothing_is_revealed_early() {
    let wrong = ["A diner", "A bank", "An airfield"];
    let ids = |right_at| {
        let rounds: Vec<Round> = (0..QUESTIONS).map(|n| round(n, wrong, right_at)).collect();
        let message = question(Lang::English, DAY, &rounds, &attempt(&[true]));
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
        let text = shared(Lang::English, DAY, UserId(42), &attempt(&marks), None).content;
        for told in ["scene", "place", "diner", "bank", "airfield"] {
            assert!(!text.contains(told), "{text}");
        }
    }
}
