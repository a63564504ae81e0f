//! Which film belongs to a series.

use super::ask::Ask;
use super::film_index::{FilmIndex, FilmNo};
use crate::bank::question::Question;
use crate::bank::seed::{seed, turn};
use crate::bank::words::is_named;
use crate::facts::{bare_series, the_series};
use std::collections::BTreeMap;

/// The least fame of a wrong answer that is like the right one.
const FAME_KNOWN: u8 = 3;
/// With fewer wrong answers of its own genre, a film gets others too.
const LIKE_MIN: usize = 5;

/// "Which of these is one of the James Bond films?"
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
        let is_outside = |other: FilmNo| {
            let other = film_index.film(other);
            let mut cast = other.cast.iter().take(4);
            other.series.is_none_or(|(other, _)| other != series)
                && !shares_word(series, other.title)
                && !cast.any(|credit| {
                    let mut own = film.cast.iter();
                    own.any(|own| own.person == credit.person)
                })
        };
        // Among dramas a superhero stands out, so these come first, of whichever series.
        let own = film_index.film_brief(number);
        let is_like = |number: FilmNo| {
            let other = film_index.film_brief(number);
            other.fame >= FAME_KNOWN && other.shares_main_genre(own) && is_outside(number)
        };
        let mut wrong = film_index.films_near(number, seed, is_like);
        if wrong.len() < LIKE_MIN {
            let fits = |other: FilmNo| film_index.film(other).series.is_none() && is_outside(other);
            wrong.extend(film_index.films_near(number, seed, fits));
        }
        let prompt = match turn(seed, 2) {
            0 => format!("Which of these films belongs to {}?", the_series(series)),
            _ => format!(
                "Which of these is one of the {} films?",
                bare_series(series)
            ),
        };
        let answer = film_index.film_choice(number);
        let wrong = film_index.film_choices(&wrong);
        let reason = fact.summary.clone();
        let mut ask = Ask::new(fact, "series-which", prompt, answer, wrong, reason);
        ask.add_fellow(film_index, number, None);
        out.extend(ask.finish(film_index));
    }
}

/// Whether the two share a telling word.
pub(super) fn shares_word(a: &str, b: &str) -> bool {
    let mut words = a.split(' ').filter(|word| word.len() > 3);
    words.any(|word| is_named(b, word))
}
