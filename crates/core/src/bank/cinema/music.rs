//! Who composed the score.

use super::ask::Ask;
use super::film_index::{Credit, Film, FilmIndex, FilmNo, PersonNo};
use crate::bank::index::harder;
use crate::bank::question::Question;
use crate::bank::seed::{seed, turn};
use crate::facts::Difficulty;

/// The least fame of a film whose score is asked about.
const FAME_MIN: u8 = 4;
/// How many scores a composer needs for film lovers to know them.
const SCORES_MIN: usize = 4;
/// And for everybody to know them.
const SCORES_FAMOUS: usize = 12;

/// Whether many people know the film, and film lovers the composer.
fn is_known(film_index: &FilmIndex, film: &Film, by: PersonNo) -> bool {
    film.fame >= FAME_MIN && film_index.person(by).composed.len() >= SCORES_MIN
}

/// How hard the composer is to name: everybody has heard of John Williams.
fn level(film_index: &FilmIndex, by: &Credit) -> Difficulty {
    if film_index.person(by.person).composed.len() >= SCORES_FAMOUS {
        by.fact.difficulty
    } else {
        harder(by.fact.difficulty)
    }
}

/// "Who composed the score of Jaws?"
pub(super) fn who(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for (number, film) in film_index.numbered() {
        let [by] = film.composers.as_slice() else {
            continue;
        };
        if !film_index.asks_anew(by.fact) || !is_known(film_index, film, by.person) {
            continue;
        }
        let seed = seed(film.id, "composer-who");
        let fits = |other| !film_index.is_linked(other, number);
        let wrong = film_index.people_near(&film_index.composers, by.person, number, seed, fits);
        let shown = film_index.shown(number);
        let prompt = match turn(seed, 3) {
            0 => format!("Who composed the score of {shown}?"),
            1 => format!("Whose score do we hear in {shown}?"),
            _ => format!("Which composer wrote the score of {shown}?"),
        };
        let answer = film_index.person_choice(by.person);
        let wrong = film_index.person_choices(&wrong);
        let reason = by.fact.summary.clone();
        let mut ask = Ask::new(by.fact, "composer-who", prompt, answer, wrong, reason);
        ask.add_fellow(film_index, number, Some(by.person));
        ask.level = level(film_index, by);
        out.extend(ask.finish(film_index));
    }
}

/// "Which of these has a score by John Williams?"
pub(super) fn which(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for (number, film) in film_index.numbered() {
        let [by] = film.composers.as_slice() else {
            continue;
        };
        if !film_index.asks(by.fact) || !is_known(film_index, film, by.person) {
            continue;
        }
        let seed = seed(film.id, "composer-film");
        // Only films known to have a different composer.
        let theirs = film_index.films_linked_to(by.person);
        let fits = |other: FilmNo| {
            theirs.binary_search(&other).is_err() && !film_index.film(other).composers.is_empty()
        };
        let wrong = film_index.films_near(number, seed, fits);
        let name = film_index.name(by.person);
        let prompt = match turn(seed, 2) {
            0 => format!("Which of these films has a score by {name}?"),
            _ => format!("{name} composed the score of which of these films?"),
        };
        let answer = film_index.film_choice(number);
        let wrong = film_index.film_choices(&wrong);
        let reason = by.fact.summary.clone();
        let mut ask = Ask::new(by.fact, "composer-film", prompt, answer, wrong, reason);
        ask.add_fellow(film_index, number, Some(by.person));
        ask.level = level(film_index, by);
        out.extend(ask.finish(film_index));
    }
}
