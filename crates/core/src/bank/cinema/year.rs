//! In which year a film came out.

use super::ask::Ask;
use super::film_index::FilmIndex;
use crate::bank::draft::Choice;
use crate::bank::question::Question;
use crate::bank::rank::years_beside;
use crate::bank::seed::{seed, turn};

/// The least fame of a film whose year is asked for: a year is dull unless everybody remembers the
/// film.
const FAME_MIN: u8 = 5;

/// "In which year did Jaws come out?"
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
        let title = film.title;
        let prompt = match turn(seed, 3) {
            0 => format!("In which year did {title} come out?"),
            1 => format!("Which year brought {title} to the cinemas?"),
            _ => format!("In which year was {title} first shown?"),
        };
        let answer = Choice::plain(film.year.to_string());
        let wrong = years_beside(film.year, newest, seed).into_iter();
        let wrong = wrong.map(Choice::plain).collect();
        let reason = fact.summary.clone();
        let mut ask = Ask::new(fact, "release-year", prompt, answer, wrong, reason);
        ask.recall_year(film_index, number, seed);
        out.extend(ask.finish(film_index));
    }
}
