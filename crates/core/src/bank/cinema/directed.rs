//! Who directed a film, and which of several films someone directed.

use super::ask::Ask;
use super::film_index::{FilmIndex, FilmNo, PersonNo};
use super::series::shares_word;
use super::together::leading;
use crate::bank::index::harder;
use crate::bank::question::Question;
use crate::bank::seed::{seed, turn};

/// The least fame of a film whose director is asked for, and of a film asked for by its director.
const FAME_MIN: u8 = 3;
const FAME_MIN_AMONG: u8 = 4;
/// How many films a director needs before being asked for by a less known one, or by name, and by
/// both.
const FILMS_MIN: usize = 3;
const FILMS_MIN_LESS_KNOWN: usize = 5;
/// The least fame of a director asked for by a less known film: of one who made a film that nearly
/// everyone knows.
const FAME_MIN_DIRECTOR: u8 = 10;

/// "Who directed Jaws?"
pub(super) fn who(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for (number, film) in film_index.numbered() {
        let [by] = film.directors.as_slice() else {
            continue;
        };
        let known = film_index.person(by.person).directed.len() >= FILMS_MIN;
        let fame_min = if known { FAME_MIN } else { FAME_MIN_AMONG };
        if !film_index.asks_anew(by.fact) || film.fame < fame_min {
            continue;
        }
        let seed = seed(film.id, "director-who");
        let fits = |other| !film_index.is_linked(other, number);
        let directors = &film_index.directors;
        // Among others, the one who drew would stand out.
        let wrong = if film_index.is_animated(number) {
            let drew = |other, _| film_index.directed_cartoon_near(other, number) && fits(other);
            film_index.people_like(directors, by.person, number, seed, drew)
        } else {
            film_index.people_near(directors, by.person, number, seed, fits)
        };
        let shown = film_index.shown(number);
        let prompt = match turn(seed, 4) {
            0 => format!("Who directed {shown}?"),
            1 => format!("Which director was behind {shown}?"),
            2 => format!("Who was in the director's chair for {shown}?"),
            _ => format!("Which director made {shown}?"),
        };
        let answer = film_index.person_choice(by.person);
        let wrong = film_index.person_choices(&wrong);
        let mut reason = by.fact.summary.clone();
        reason.push_str(&stars(film_index, number, by.person));
        let mut ask = Ask::new(by.fact, "director-who", prompt, answer, wrong, reason);
        // One great film makes few directors known by name.
        if film.fame < FAME_MIN_AMONG || !known {
            ask.level = harder(by.fact.difficulty);
        }
        out.extend(ask.finish(film_index));
    }
}

/// " Roy Scheider and Robert Shaw star in it.", without the director.
fn stars(film_index: &FilmIndex, film: FilmNo, director: PersonNo) -> String {
    let verb = if film_index.is_animated(film) {
        "lend their voices to"
    } else {
        "star in"
    };
    let stars = leading(film_index.film(film)).map(|credit| credit.person);
    let stars = stars.filter(|star| *star != director);
    let names: Vec<&str> = stars.take(2).map(|star| film_index.name(star)).collect();
    match names.as_slice() {
        [a, b] => format!(" {a} and {b} {verb} it."),
        _ => String::new(),
    }
}

/// "Which of these films did Steven Spielberg direct?"
pub(super) fn which(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for (number, film) in film_index.numbered() {
        let [by] = film.directors.as_slice() else {
            continue;
        };
        let films_min = match film.fame {
            FAME_MIN_AMONG.. => FILMS_MIN,
            FAME_MIN if film_index.person(by.person).fame >= FAME_MIN_DIRECTOR => {
                FILMS_MIN_LESS_KNOWN
            }
            _ => continue,
        };
        // A sequel that bears the first film's name needs no guessing: whose else would it be?
        let is_again = |other: &FilmNo| {
            *other < number
                && film_index.are_of_a_series(*other, number)
                && shares_word(film_index.film(*other).title, film.title)
        };
        let mut directed = film_index.person(by.person).directed.iter();
        if !film_index.asks(by.fact)
            || directed.any(is_again)
            || film_index.person(by.person).directed.len() < films_min
            || film_index.index.fills_its_pack(by.fact, film.id)
        {
            continue;
        }
        let seed = seed(film.id, "director-film");
        let theirs = film_index.films_linked_to(by.person);
        let fits = |other: FilmNo| theirs.binary_search(&other).is_err();
        let wrong = film_index.films_near(number, seed, fits);
        let name = film_index.name(by.person);
        let prompt = match turn(seed, 3) {
            0 => format!("Which of these films did {name} direct?"),
            1 => format!("Which of these is a film by {name}?"),
            _ => format!("Which of these films did {name} make?"),
        };
        let answer = film_index.film_choice(number);
        let wrong = film_index.film_choices(&wrong);
        let reason = by.fact.summary.clone();
        let mut ask = Ask::new(by.fact, "director-film", prompt, answer, wrong, reason);
        ask.add_fellow(film_index, number, Some(by.person));
        out.extend(ask.finish(film_index));
    }
}
