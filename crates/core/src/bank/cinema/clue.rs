//! Which film a one-line plot, or a few emoji, describe.

use super::ask::Ask;
use super::film_index::FilmIndex;
use crate::bank::question::Question;
use crate::bank::seed::{seed, turn};

/// The least fame of a wrong answer that is like the right one.
const FAME_KNOWN: u8 = 4;
/// With fewer wrong answers of its own genre, a film gets others too.
const LIKE_MIN: usize = 5;

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
        clue(film_index, number, fact, ("clue-plot", prompt, seed), out);
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
        clue(film_index, number, fact, ("clue-emoji", prompt, seed), out);
    }
}

fn clue(
    film_index: &FilmIndex,
    number: u32,
    fact: &crate::facts::Fact,
    (template, prompt, seed): (&'static str, String, u64),
    out: &mut Vec<Question>,
) {
    if fact.unasked.is_some() {
        return;
    }
    let film = film_index.film(number);
    let by = film_index.by(number);
    let by = by.map_or_else(String::new, |by| format!(" {by} directed it."));
    let fits = |other: u32| {
        let other = film_index.film(other);
        film.series.is_none() || other.series.map(|s| s.0) != film.series.map(|s| s.0)
    };
    // A robot and a rocket tell a film from a love story too easily.
    let is_like = |other: u32| {
        let of = film_index.film(other);
        fits(other) && of.fame >= FAME_KNOWN && of.main_genre_bit == film.main_genre_bit
    };
    let mut wrong = film_index.films_near(number, seed, is_like);
    if wrong.len() < LIKE_MIN {
        wrong.extend(film_index.films_near(number, seed, fits));
    }
    let answer = film_index.film_choice(number);
    let wrong = film_index.film_choices(&wrong);
    let reason = format!("{}{by}", fact.summary);
    let ask = Ask::new(fact, template, prompt, answer, wrong, reason);
    out.extend(ask.finish(film_index));
}
