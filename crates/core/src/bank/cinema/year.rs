//! In which year a film came out.

use super::ask::Ask;
use super::film_index::{Credit, FilmIndex, FilmNo};
use crate::bank::draft::Choice;
use crate::bank::question::Question;
use crate::bank::rank::years_beside;
use crate::bank::seed::{seed, turn};

/// The least fame of a film whose year is asked for: a year is dull unless everybody remembers the
/// film.
const FAME_MIN: u8 = 5;

/// "In which year did Steven Spielberg's Jaws come out?"
pub(super) fn questions(film_index: &FilmIndex, out: &mut Vec<Question>) {
    let Some(newest) = film_index.films.last().map(|film| film.year) else {
        return;
    };
    for (number, film) in film_index.numbered() {
        let Some(fact) = film.release.filter(|fact| film_index.asks_anew(fact)) else {
            continue;
        };
        // A year in brackets would give it away.
        if film.fame < FAME_MIN || film_index.shown(number) != film.title {
            continue;
        }
        let seed = seed(film.id, "release-year");
        let which = which(film_index, number);
        let prompt = match turn(seed, 3) {
            0 => format!("In which year did {which} come out?"),
            1 => format!("Which year brought {which} to the cinemas?"),
            _ => format!("In which year was {which} first shown?"),
        };
        let answer = Choice::plain(film.year.to_string());
        let wrong = years_beside(film.year, newest, seed).into_iter();
        let wrong = wrong.map(Choice::plain).collect();
        let reason = fact.summary.clone();
        let mut ask = Ask::new(fact, "release-year", prompt, answer, wrong, reason);
        ask.recall_year(film_index, number, seed);
        ask.also
            .extend(director(film_index, number).map(|by| by.fact));
        out.extend(ask.finish(film_index));
    }
}

/// "Ivan Reitman's Ghostbusters": a remake that is not loaded has another year.
fn which(film_index: &FilmIndex, film: FilmNo) -> String {
    let title = film_index.film(film).title;
    match director(film_index, film) {
        Some(by) => format!("{}'s {title}", film_index.name(by.person)),
        // Of a cartoon few could name the director; its remake is usually with real people.
        None if film_index.is_animated(film) => format!("the animated film {title}"),
        None => title.to_owned(),
    }
}

/// The one director whom the prompt names.
fn director<'s, 'a>(film_index: &'s FilmIndex<'_, 'a>, film: FilmNo) -> Option<&'s Credit<'a>> {
    match film_index.film(film).directors.as_slice() {
        [by] if film_index.asks(by.fact) && !film_index.is_animated(film) => Some(by),
        _ => None,
    }
}
