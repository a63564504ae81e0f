//! Which film a one-line plot, or a few emoji, describe.

use super::ask::Ask;
use super::film_index::{FilmIndex, FilmNo};
use crate::bank::question::Question;
use crate::bank::seed::{seed, turn};
use crate::facts::{Difficulty, Fact};

/// The fame of a film whose plot nearly everyone recognises.
const FAME_EASY: u8 = 5;

/// "Which of these films is this: a police chief, a scientist and an old sea dog …?"
pub(super) fn plot(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for (number, film) in film_index.numbered() {
        let (Some(plot), Some(fact)) = (&film.entity.plot, film.release) else {
            continue;
        };
        let seed = seed(film.id, "clue-plot");
        let plot = plot.trim_end_matches('.');
        let prompt = match turn(seed, 3) {
            0 => format!("Which of these films tells this story: “{plot}”?"),
            1 => format!("“{plot}”: which of these films is that?"),
            _ => format!("Which of these films has this story: “{plot}”?"),
        };
        let level = if film.fame >= FAME_EASY {
            Difficulty::Easy
        } else {
            fact.difficulty
        };
        let clue = ("clue-plot", prompt, seed);
        out.extend(ask(film_index, number, fact, clue, level));
    }
}

/// "Which of these films do these emoji describe: 🦈🏖️🛥️?"
pub(super) fn emoji(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for (number, film) in film_index.numbered() {
        let (Some(emoji), Some(fact)) = (&film.entity.emoji, film.release) else {
            continue;
        };
        let seed = seed(film.id, "clue-emoji");
        let prompt = match turn(seed, 2) {
            0 => format!("Which of these films do these emoji describe: {emoji}?"),
            _ => format!("{emoji} — which of these films is that?"),
        };
        let clue = ("clue-emoji", prompt, seed);
        out.extend(ask(film_index, number, fact, clue, fact.difficulty));
    }
}

fn ask(
    film_index: &FilmIndex,
    number: FilmNo,
    fact: &Fact,
    (template, prompt, seed): (&'static str, String, u64),
    level: Difficulty,
) -> Option<Question> {
    if fact.unasked.is_some() {
        return None;
    }
    let fits = |other: FilmNo| !film_index.are_of_a_series(number, other);
    let wrong = film_index.films_like(number, seed, fits);
    let answer = film_index.film_choice(number);
    let wrong = film_index.film_choices(&wrong);
    let reason = fact.summary.clone();
    let mut ask = Ask::new(fact, template, prompt, answer, wrong, reason);
    ask.recall(film_index, number);
    ask.level = level;
    ask.finish(film_index)
}
