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

/// Compares with Discord's limits, and in English with the stored snapshot.
fn assert_reads(lang: Lang, name: &str, message: &Message) {
    assert_eq!(limits::check(message), Ok(()), "{name}");
    if lang == Lang::English {
        insta::assert_json_snapshot!(name, message);
    }
}

#[test]
fn a_film_reads_well() {
    for lang in Lang::ALL {
        film_reads_well(lang);
    }
}

fn film_reads_well(lang: Lang) {
    let puzzle = puzzle();
    let at = |misses, progress| {
        let (attempt, wrong_titles) = attempt(misses, false);
        clues(
            lang,
            DAY,
            &puzzle,
            &attempt,
            &wrong_titles,
            progress,
            Play::Counted,
        )
    };
    assert_reads(lang, "film_first_clue", &at(0, Progress::State));
    assert_reads(lang, "film_missed", &at(3, Progress::Guessed));
    assert_reads(lang, "film_repeated", &at(3, Progress::Repeated));
    assert_reads(lang, "film_last_clue", &at(5, Progress::State));
    let done = |misses, found, today| {
        let (attempt, wrong_titles) = attempt(misses, found);
        result(
            lang,
            DAY,
            &puzzle,
            &attempt,
            &wrong_titles,
            &standing(today),
        )
    };
    assert_reads(lang, "film_found", &done(2, true, DAY));
    assert_reads(lang, "film_not_found", &done(6, false, DAY.next()));
    let (open, tried) = attempt(0, false);
    let past = clues(
        lang,
        DAY,
        &puzzle,
        &open,
        &tried,
        Progress::State,
        Play::ForFun,
    );
    assert_reads(lang, "film_past_first_clue", &past);
    let (over, tried) = attempt(2, true);
    let past = Standing {
        play: Play::ForFun,
        ..standing(Day(DAY.0 + 9))
    };
    let past = result(lang, DAY, &puzzle, &over, &tried, &past);
    assert_reads(lang, "film_past_found", &past);
    let films = [(0, false), (2, false), (2, true), (6, false)];
    let days = (0..).map(|back| Day(DAY.0 - back));
    let films: Vec<_> = days
        .zip(films.map(|(misses, found)| attempt(misses, found).0))
        .collect();
    assert_reads(lang, "films_past", &archive::films(lang, &films, 1, 3));
    assert_reads(lang, "films_past_none", &archive::films(lang, &[], 0, 0));
    let streak = standing(DAY).streak;
    assert_reads(
        lang,
        "film_shared",
        &shared(lang, DAY, UserId(42), &attempt(2, true).0, streak),
    );
    if lang == Lang::German {
        insta::assert_json_snapshot!("film_german", done(2, true, DAY));
        return;
    }
    let boxed = guess_box(lang, DAY, &puzzle, &attempt(2, false).0);
    insta::assert_json_snapshot!("film_box", boxed);
    let sentences = [not_finished(lang), unknown(lang, "**nothing**")];
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
        for progress in [Progress::State, Progress::Guessed, Progress::Repeated] {
            let play = Play::Counted;
            let boxed = serde_json::to_string(&guess_box(Lang::English, DAY, &puzzle, &open))
                .expect("a box");
            let shown = clues(
                Lang::English,
                DAY,
                &puzzle,
                &open,
                &wrong_titles,
                progress,
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
