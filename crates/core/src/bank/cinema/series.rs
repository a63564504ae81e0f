//! Which film belongs to a series.

use super::ask::Ask;
use super::film_index::{FilmIndex, FilmNo};
use crate::bank::question::Question;
use crate::bank::seed::{seed, turn};
use crate::bank::words::is_named;
use std::collections::BTreeMap;

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
        let wrong = film_index.film_choices(&wrong);
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
