//! Directors who act in their own films.

use super::ask::Ask;
use super::film_index::{Film, FilmIndex};
use crate::bank::question::Question;
use crate::bank::seed::{seed, turn};

/// The least fame of a film asked for.
const FAME_MIN: u8 = 4;
/// The lowest billing that counts as a leading part.
const LEAD: u8 = 2;

/// "Which of these films has its own director in a leading part?"
pub(super) fn questions(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for (number, film) in film_index.numbered() {
        let [by] = film.directors.as_slice() else {
            continue;
        };
        let own = film.cast.iter().find(|own| own.person == by.person);
        let Some(own) = own.filter(|own| own.place <= LEAD && film_index.asks(own.fact)) else {
            continue;
        };
        if film.fame < FAME_MIN {
            continue;
        }
        let seed = seed(film.id, "director-own");
        let fits = |other| stays_behind_the_camera(film_index, film_index.film(other));
        let wrong = film_index.films_near(number, seed, fits);
        let prompt = match turn(seed, 3) {
            0 => "Which of these films has its own director in a leading part?",
            1 => "In which of these does the director also play a lead?",
            _ => "The director of which of these also stars in it?",
        };
        let ask = Ask::new(
            own.fact,
            "director-own",
            prompt.to_owned(),
            film_index.film_choice(number),
            film_index.film_choices(&wrong),
            format!(
                "{} directed {} and plays in it.",
                film_index.name(by.person),
                film_index.dated(number)
            ),
        );
        out.extend(ask.finish(film_index));
    }
}

/// Whether none of its directors acts in any known film. Cast lists omit cameos, and some directors
/// love those.
fn stays_behind_the_camera(film_index: &FilmIndex, film: &Film) -> bool {
    let plays = |person| !film_index.person(person).played.is_empty();
    !film.directors.is_empty() && !film.directors.iter().any(|by| plays(by.person))
}
