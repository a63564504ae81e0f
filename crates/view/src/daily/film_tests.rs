//! Snapshots of the film of the day, and what none of its messages may reveal.

use super::*;
use crate::daily::archive;
use crate::limits;
use heat_core::daily::film::FilmGuess;

const DAY: Day = Day(20_778);

fn puzzle() -> FilmPuzzle {
    let puzzle = serde_json::json!({
        "film": "jaws-1975", "title": "Jaws", "year": 1975,
        "clues": [
            "1975 · thriller", "Music by John Williams", "Based on a novel by Peter Benchley",
            "Richard Dreyfuss has a supporting part", "A beach town is afraid of the water. 🏖️🛥️",
            "Roy Scheider plays Martin Brody",
        ],
        "key": {"accept": ["jaws"]},
    });
    serde_json::from_value(puzzle).expect("a puzzle")
}

/// An attempt with this many misses that then finds the film or not, with the titles tried.
fn attempt(misses: u8, found: bool) -> (FilmAttempt, Vec<Option<String>>) {
    let titled = |n: u8| (n != 1).then(|| format!("*Film* {n}"));
    let wrong_titles: Vec<Option<String>> = (0..misses).map(titled).collect();
    let guess = |title: &Option<String>| FilmGuess {
        guess: title.clone().unwrap_or_default(),
        correct: false,
    };
    let right = FilmGuess {
        guess: "work:jaws-1975".to_owned(),
        correct: true,
    };
    let guesses = wrong_titles.iter().map(guess).chain(found.then_some(right));
    let attempt = FilmAttempt {
        guesses: guesses.collect(),
    };
    (attempt, wrong_titles)
}

fn standing(today: Day) -> Standing {
    Standing {
        streak: Some(Streak {
            last: DAY,
            current: 4,
            best: 9,
            days: 30,
        }),
        today,
        placing: Some(FilmPlacing::of(4, [(0, 1), (2, 2), (4, 1), (6, 1)])),
        has_others: true,
        play: Play::Counted,
    }
}

fn json(message: &Message) -> String {
    serde_json::to_string(message).expect("a message")
}

fn assert_reads(name: &str, message: &Message) {
    assert_eq!(limits::check(message), Ok(()), "{name}");
    insta::assert_json_snapshot!(name, message);
}

#[test]
fn a_film_reads_well() {
    let puzzle = puzzle();
    let at = |misses, told| {
        let (attempt, wrong_titles) = attempt(misses, false);
        clues(
            Lang::English,
            DAY,
            &puzzle,
            &attempt,
            &wrong_titles,
            told,
            Play::Counted,
        )
    };
    assert_reads("film_first_clue", &at(0, Progress::State));
    assert_reads("film_missed", &at(3, Progress::Guessed));
    assert_reads("film_repeated", &at(3, Progress::Repeated));
    assert_reads("film_last_clue", &at(5, Progress::State));
    let done = |misses, found, today| {
        let (attempt, wrong_titles) = attempt(misses, found);
        result(
            Lang::English,
            DAY,
            &puzzle,
            &attempt,
            &wrong_titles,
            &standing(today),
        )
    };
    assert_reads("film_found", &done(2, true, DAY));
    assert_reads("film_not_found", &done(6, false, DAY.next()));
    let (open, tried) = attempt(0, false);
    let past = clues(
        Lang::English,
        DAY,
        &puzzle,
        &open,
        &tried,
        Progress::State,
        Play::ForFun,
    );
    assert_reads("film_past_first_clue", &past);
    let (over, tried) = attempt(2, true);
    let past = Standing {
        play: Play::ForFun,
        ..standing(Day(DAY.0 + 9))
    };
    let past = result(Lang::English, DAY, &puzzle, &over, &tried, &past);
    assert_reads("film_past_found", &past);
    insta::assert_json_snapshot!(
        "film_box",
        guess_box(Lang::English, DAY, &puzzle, &attempt(2, false).0)
    );
    let films = [(0, false), (2, false), (2, true), (6, false)];
    let days = (0..).map(|back| Day(DAY.0 - back));
    let films: Vec<_> = days
        .zip(films.map(|(misses, found)| attempt(misses, found).0))
        .collect();
    assert_reads("films_past", &archive::films(Lang::English, &films, 1, 3));
    assert_reads("films_past_none", &archive::films(Lang::English, &[], 0, 0));
    let streak = standing(DAY).streak;
    assert_reads(
        "film_shared",
        &shared(Lang::English, DAY, UserId(42), &attempt(2, true).0, streak),
    );
    let sentences = [
        not_finished(Lang::English),
        unknown(Lang::English, "**nothing**"),
    ];
    let sentences = sentences.map(|message| message.content);
    insta::assert_snapshot!("film_sentences", sentences.join("\n"));
}

/// Until it is over, no message contains the title or a clue that is not open; what is shared
/// contains neither the title nor any clue.
#[test]
fn nothing_is_revealed_early() {
    let puzzle = puzzle();
    for misses in 0..CLUES {
        let (open, wrong_titles) = attempt(misses, false);
        for told in [Progress::State, Progress::Guessed, Progress::Repeated] {
            let play = Play::Counted;
            let boxed = serde_json::to_string(&guess_box(Lang::English, DAY, &puzzle, &open))
                .expect("a box");
            let shown = clues(
                Lang::English,
                DAY,
                &puzzle,
                &open,
                &wrong_titles,
                told,
                play,
            );
            let said = json(&shown) + &boxed;
            assert!(!said.contains("Jaws") && !said.contains("jaws"), "{said}");
            for (at, clue) in (0..).zip(&puzzle.clues) {
                assert_eq!(said.contains(clue), at < open.opened(), "{said}");
            }
        }
        for found in [true, false] {
            let (over, _) = attempt(if found { misses } else { CLUES }, found);
            let said = json(&shared(Lang::English, DAY, UserId(42), &over, None));
            assert!(!said.contains("Jaws") && !said.contains("jaws"), "{said}");
            assert!(
                !puzzle.clues.iter().any(|clue| said.contains(clue)),
                "{said}"
            );
        }
    }
}
