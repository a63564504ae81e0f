//! Which film some characters are in.

use super::ask::Ask;
use super::film_index::{Credit, Film, FilmIndex, FilmNo, Part};
use super::together::leading;
use crate::bank::question::Question;
use crate::bank::seed::{seed, turn};
use crate::bank::wording::{title, within};
use crate::bank::words::{Words, gives_away};
use crate::facts::{Difficulty, EntityKind, EntityRef, character_in_sentence, fold};

/// The least fame of a film known by its characters.
const FAME_MIN: u8 = 4;
const FAME_EASY: u8 = 5;
/// How many of the three need more than one name: any film may have a Tom, a Joe and a Kate.
const FULL_NAMES_MIN: usize = 2;

/// A known part with its credit.
type Credited<'s, 'a> = (&'s Credit<'a>, Part<'a>);

/// "Which film has the characters Vincent Vega, Mia Wallace and Jules Winnfield?"
pub(super) fn film(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for (number, film) in film_index.numbered() {
        if film.fame < FAME_MIN {
            continue;
        }
        // The best billed: people remember the hero's name, and rarely a mayor's or an aunt's.
        let three: Vec<Credited> = parts(film_index, film).take(3).collect();
        let seed = seed(film.id, "characters-film");
        let Ok(three) = <[Credited; 3]>::try_from(three) else {
            continue;
        };
        if are_back(film_index, number, &three) {
            continue;
        }
        let is_full = |(_, part): &&Credited| title(part.character).contains(' ');
        let full_names = three.iter().filter(is_full).count();
        if full_names >= FULL_NAMES_MIN || film_index.is_animated(number) {
            out.extend(ask(film_index, number, &three, seed));
        }
    }
}

/// Whether most of them were in an earlier film of the series. Anyone who has met Tony Stark finds
/// the one film with him.
fn are_back(film_index: &FilmIndex, number: FilmNo, three: &[Credited; 3]) -> bool {
    let back = three
        .iter()
        .filter(|(credit, _)| film_index.is_back(credit.person, number));
    back.count() > 1
}

fn ask(
    film_index: &FilmIndex,
    number: FilmNo,
    three: &[Credited; 3],
    seed: u64,
) -> Option<Question> {
    let film = film_index.film(number);
    let own = three.map(|(_, part)| part.name);
    let fits = |other: FilmNo| {
        let cast = film_index.film(other).cast.iter();
        let mut parts = cast.filter_map(|credit| credit.part);
        let is_sequel = film_index.are_of_a_series(number, other);
        !is_sequel && !parts.any(|part| own.contains(&part.name))
    };
    let wrong = film_index.films_like(number, seed, fits);
    let wrong = film_index.film_choices(&wrong);
    let [a, b, c] = three.map(|(_, part)| title(part.character));
    // Other films may have them too: sequels, remakes, and films about the same book or people.
    let is_sole = film.series.is_none()
        && film.original.is_none()
        && film_index.shown(number) == film.title
        && !film.genres.contains(&"biopic");
    let which = if is_sole { "film" } else { "of these films" };
    let [small_a, b, c] = [a, b, c].map(character_in_sentence);
    let prompt = match turn(seed >> 8, 3) {
        0 => format!("Which {which} has the characters {small_a}, {b} and {c}?"),
        1 => format!("In which {which} do we meet {small_a}, {b} and {c}?"),
        _ => format!("{a}, {b} and {c} are characters in which {which}?"),
    };
    let plays = if film_index.is_animated(number) {
        "voices"
    } else {
        "plays"
    };
    let credits = three.map(|(credit, part)| {
        format!(
            "{} {plays} {}",
            film_index.name(credit.person),
            character_in_sentence(title(part.character))
        )
    });
    let reason = format!(
        "{}, {}, {} and {}.",
        within(&film_index.dated(number)),
        credits[0],
        credits[1],
        credits[2]
    );
    let answer = film_index.film_choice(number);
    let mut ask = Ask::new(
        three[0].0.fact,
        "characters-film",
        prompt,
        answer,
        wrong,
        reason,
    );
    ask.level = if film.fame >= FAME_EASY {
        Difficulty::Easy
    } else {
        Difficulty::Medium
    };
    let others = three
        .iter()
        .map(|(_, part)| EntityRef::new(EntityKind::Character, part.character.id.clone()));
    ask.about = others.collect();
    ask.also = three[1..].iter().map(|(credit, _)| credit.fact).collect();
    ask.finish(film_index)
}

/// The leading parts of a film that can stand for it: each played by one actor, under a name that is
/// neither the actor's own nor in the film's title.
fn parts<'s, 'a>(
    film_index: &'s FilmIndex<'_, 'a>,
    film: &'s Film<'a>,
) -> impl Iterator<Item = Credited<'s, 'a>> {
    let words = Words::of(film.title);
    leading(film).filter_map(move |credit| {
        let part = credit.part?;
        let name = title(part.character);
        let played = film
            .cast
            .iter()
            .filter(|other| other.is_shared_with(credit));
        let is_self = fold(name) == fold(film_index.name(credit.person));
        let stands = played.count() == 1 && !is_self && !gives_away(&words, &Words::of(name));
        stands.then_some((credit, part))
    })
}
