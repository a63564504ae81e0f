//! Which film belongs to a series, and which does not belong to a genre.

use super::ask::Ask;
use super::film_index::{FilmIndex, FilmNo};
use crate::bank::question::Question;
use crate::bank::seed::{scattered, seed, turn};
use crate::bank::words::is_named;
use crate::facts::{Difficulty, FactKind};
use std::collections::BTreeMap;

/// Genres with clear borders, each with a name for its films, and the genres that never overlap
/// with it.
const SHARP: [(&str, &str, &[&str]); 4] = [
    (
        "western",
        "a western",
        &["horror", "romance", "superhero", "spy"],
    ),
    (
        "animation",
        "an animated film",
        &["crime", "war", "western", "spy"],
    ),
    (
        "musical",
        "a musical",
        &["horror", "western", "spy", "crime"],
    ),
    (
        "superhero",
        "a superhero film",
        &["romance", "western", "war", "musical"],
    ),
];
const FAME_MIN: u8 = 4;
/// How many films make up one question about a genre.
const FILMS_PER_QUESTION: usize = 4;

/// "Which of these is a James Bond film?"
pub(super) fn series(film_index: &FilmIndex, out: &mut Vec<Question>) {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for (series, _) in film_index.films.iter().filter_map(|film| film.series) {
        *sizes.entry(series).or_default() += 1;
    }
    for (number, film) in film_index.numbered() {
        let Some((series, fact)) = film.series else {
            continue;
        };
        // A title that names the series would give it away.
        if !film_index.asks(fact) || sizes.get(series) < Some(&2) || shares_word(series, film.title)
        {
            continue;
        }
        let seed = seed(film.id, "series-which");
        let fits = |other: FilmNo| {
            let other = film_index.film(other);
            let mut cast = other.cast.iter().take(4);
            other.series.is_none()
                && !shares_word(series, other.title)
                && !cast.any(|credit| {
                    let mut own = film.cast.iter();
                    own.any(|own| own.person == credit.person)
                })
        };
        let wrong = film_index.films_near(number, seed, fits);
        let prompt = match turn(seed, 2) {
            0 => format!("Which of these films belongs to the {series} series?"),
            _ => format!("Which of these is a {series} film?"),
        };
        let answer = film_index.film_choice(number);
        let wrong = wrong
            .into_iter()
            .map(|f| film_index.film_choice(f))
            .collect();
        let reason = fact.summary.clone();
        let ask = Ask::new(fact, "series-which", prompt, answer, wrong, reason);
        out.extend(ask.finish(film_index));
    }
}

/// Whether the two share a telling word.
fn shares_word(a: &str, b: &str) -> bool {
    let mut words = a.split(' ').filter(|word| word.len() > 3);
    words.any(|word| is_named(b, word))
}

/// "Odd one out: which of these is not a western?"
pub(super) fn genre(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for (genre, called, others) in SHARP {
        let is_of = |film: FilmNo| film_index.film(film).genres.contains(&genre);
        let known = (0..)
            .zip(&film_index.films)
            .filter(|(_, film)| film.fame >= FAME_MIN);
        let films: Vec<FilmNo> = known
            .map(|(number, _)| number)
            .filter(|f| is_of(*f))
            .collect();
        for turn_no in 0..films.len() / FILMS_PER_QUESTION {
            let seed = seed(genre, &turn_no.to_string());
            let wrong: Vec<FilmNo> = scattered(films.len(), seed)
                .take(6)
                .map(|n| films[n])
                .collect();
            let pivot = wrong[0];
            let fits = |other: FilmNo| {
                let mut genres = film_index.film(other).genres.iter();
                !is_of(other) && genres.any(|genre| others.contains(genre))
            };
            let Some(odd) = film_index.films_near(pivot, seed, fits).first().copied() else {
                continue;
            };
            let fact = film_index
                .index
                .base
                .fact(&format!("{}-genre-{genre}", film_index.film(pivot).id));
            let Some(fact) = fact.filter(|fact| matches!(fact.kind, FactKind::Genre { .. })) else {
                continue;
            };
            let prompt = match turn(seed, 2) {
                0 => format!("Odd one out: which of these is not {called}?"),
                _ => format!("Which of these films is not {called}?"),
            };
            let is = film_index.film(odd).genres.join(" and ");
            let reason = format!("{} is listed under {is}.", film_index.dated(odd));
            let answer = film_index.film_choice(odd);
            let wrong = wrong.iter().map(|f| film_index.film_choice(*f)).collect();
            let mut ask = Ask::new(fact, "odd-genre", prompt, answer, wrong, reason);
            ask.level = Difficulty::Easy;
            ask.salt = Some(turn_no.to_string());
            out.extend(ask.finish(film_index));
        }
    }
}
