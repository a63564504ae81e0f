//! Who links three films: their star, or their director.

use super::ask::Ask;
use super::film_index::{Credit, FilmIndex, FilmNo, PersonNo};
use crate::bank::question::Question;
use crate::bank::seed::{scattered, seed, turn};
use crate::bank::wording::title;
use crate::facts::{Difficulty, Pronoun, character_in_sentence, fold};

/// The lowest billing that counts as starring in a film.
const STAR_PLACE_MAX: u8 = 3;
/// The least fame of one film, and of all three added up.
const FAME_MIN: u8 = 2;
const FAME_SUM_MIN: u8 = 9;
/// From this sum on most people know all three, or at least two of them.
const FAME_SUM_EASY: u8 = 13;
const FAME_SUM_MEDIUM: u8 = 11;
/// The most questions about one person in one trade.
const QUESTIONS_MAX: usize = 3;
/// How many fellow stars are proposed as wrong answers.
const FELLOWS_MAX: usize = 3;

/// A film of somebody, with the credit that says so.
type Credited<'s, 'a> = (FilmNo, &'s Credit<'a>);
type Three<'s, 'a> = [Credited<'s, 'a>; 3];

/// "Which actor links Top Gun, Rain Man and Jerry Maguire?"
pub(super) fn star(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for player in film_index.players.iter().map(|known| known.person) {
        let person = film_index.person(player);
        let films = person.played.iter().filter_map(|(film, place)| {
            let mut cast = film_index.film(*film).cast.iter();
            let credit = cast.find(|credit| credit.person == player)?;
            let stars = *place <= STAR_PLACE_MAX && !film_index.is_animated(*film);
            stars.then_some((*film, credit))
        });
        for three in threes(film_index, films.collect(), seed(person.id, "star-three")) {
            // Cast lists are never complete, so nobody else may even be likely to be in all three.
            if film_index.shared_by(&three.map(|(film, _)| film)) == [player] {
                out.extend(ask_star(film_index, player, &three));
            }
        }
    }
}

fn ask_star(film_index: &FilmIndex, player: PersonNo, three: &Three) -> Option<Question> {
    let [(first, credit), ..] = *three;
    let person = film_index.person(player);
    let seed = seed(&credit.fact.id, "star-three");
    let fits = |other: PersonNo| {
        three
            .iter()
            .any(|(film, _)| !film_index.is_linked(other, *film))
    };
    let fellows = three.iter().filter_map(|(film, _)| {
        let mut cast = film_index.film(*film).cast.iter();
        // Nobody takes the child of one film for the star of three.
        let other = cast.find(|other| {
            other.person != player
                && !film_index.is_in_one_film(other.person)
                && film_index.person(other.person).pronoun == person.pronoun
        })?;
        fits(other.person).then_some(other.person)
    });
    let mut wrong: Vec<PersonNo> = fellows.take(FELLOWS_MAX).collect();
    wrong.extend(film_index.people_near(&film_index.players, player, first, seed, fits));
    let [a, b, c] = three.map(|(film, _)| film_index.shown(film));
    let trade = match person.pronoun {
        Some(Pronoun::She) => "actress",
        Some(Pronoun::He) => "actor",
        _ => "star",
    };
    let prompt = match turn(seed, 3) {
        0 => format!("Who stars in {a}, {b} and {c}?"),
        1 => format!("Which {trade} stars in all three of {a}, {b} and {c}?"),
        _ => format!("Which {trade} links {a}, {b} and {c}?"),
    };
    let credits = three.map(|(film, credit)| {
        let part = credit.character();
        let part = part.map(|character| format!(" as {}", character_in_sentence(title(character))));
        format!("{}{}", film_index.dated(film), part.unwrap_or_default())
    });
    let reason = format!(
        "{} is in {}, {} and {}.",
        film_index.name(player),
        credits[0],
        credits[1],
        credits[2]
    );
    let ask = Ask::new(
        credit.fact,
        "star-three",
        prompt,
        film_index.person_choice(player),
        film_index.person_choices(&wrong),
        reason,
    );
    finish(film_index, ask, three)
}

/// "Who directed Jaws, Lincoln and The Terminal?"
pub(super) fn director(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for director in film_index.directors.iter().map(|known| known.person) {
        let person = film_index.person(director);
        let films = person.directed.iter().filter_map(|film| {
            match film_index.film(*film).directors.as_slice() {
                [by] if film_index.asks_anew(by.fact) => Some((*film, by)),
                _ => None,
            }
        });
        for three in threes(
            film_index,
            films.collect(),
            seed(person.id, "director-three"),
        ) {
            out.extend(ask_director(film_index, director, &three));
        }
    }
}

fn ask_director(film_index: &FilmIndex, director: PersonNo, three: &Three) -> Option<Question> {
    let [(first, credit), ..] = *three;
    let seed = seed(&credit.fact.id, "director-three");
    let fits = |other: PersonNo| {
        !three
            .iter()
            .any(|(film, _)| film_index.is_linked(other, *film))
    };
    let wrong = film_index.people_near(&film_index.directors, director, first, seed, fits);
    let [a, b, c] = three.map(|(film, _)| film_index.shown(film));
    let prompt = match turn(seed, 3) {
        0 => format!("Who directed {a}, {b} and {c}?"),
        1 => format!("Which director made {a}, {b} and {c}?"),
        _ => format!("{a}, {b} and {c} are all by which director?"),
    };
    let dated = three.map(|(film, _)| film_index.dated(film));
    let reason = format!(
        "{} directed {}, {} and {}.",
        film_index.name(director),
        dated[0],
        dated[1],
        dated[2]
    );
    let ask = Ask::new(
        credit.fact,
        "director-three",
        prompt,
        film_index.person_choice(director),
        film_index.person_choices(&wrong),
        reason,
    );
    finish(film_index, ask, three)
}

/// Groups a person's films into threes that are well known together. Each film is used at most once,
/// no two in a group belong to one series, and their titles read clearly in a list.
fn threes<'s, 'a>(
    film_index: &FilmIndex,
    films: Vec<Credited<'s, 'a>>,
    seed: u64,
) -> Vec<Three<'s, 'a>> {
    let fits = |(film, credit): &Credited| {
        let film = film_index.film(*film);
        film.fame >= FAME_MIN && film_index.asks(credit.fact) && reads_in_a_row(film.title)
    };
    let films: Vec<Credited> = films.into_iter().filter(fits).collect();
    let mut left: Vec<Credited> = scattered(films.len(), seed).map(|n| films[n]).collect();
    let mut threes = Vec::new();
    while threes.len() < QUESTIONS_MAX {
        let mut three: Vec<Credited> = Vec::with_capacity(3);
        for credited in &left {
            let is_near = |other: &Credited| film_index.are_of_a_series(credited.0, other.0);
            if three.len() < 3 && !three.iter().any(is_near) {
                three.push(*credited);
            }
        }
        let Ok(mut three) = Three::try_from(three) else {
            break;
        };
        left.retain(|(film, _)| three.iter().all(|(taken, _)| taken != film));
        three.sort_by_key(|(film, _)| *film);
        if fame_of(film_index, &three) >= FAME_SUM_MIN {
            threes.push(three);
        }
    }
    threes
}

fn fame_of(film_index: &FilmIndex, three: &Three) -> u8 {
    three
        .iter()
        .map(|(film, _)| film_index.film(*film).fame)
        .sum()
}

/// Whether it is clear in a list where the title ends.
fn reads_in_a_row(title: &str) -> bool {
    !title.contains([',', '&', '?', '!', ':']) && !fold(title).contains(" and ")
}

fn finish<'a>(
    film_index: &FilmIndex<'_, 'a>,
    mut ask: Ask<'a>,
    three: &Three<'_, 'a>,
) -> Option<Question> {
    ask.level = match fame_of(film_index, three) {
        FAME_SUM_EASY.. => Difficulty::Easy,
        FAME_SUM_MEDIUM.. => Difficulty::Medium,
        _ => Difficulty::Hard,
    };
    ask.about = three.map(|(film, _)| film_index.film_ref(film)).to_vec();
    ask.also = three[1..].iter().map(|(_, credit)| credit.fact).collect();
    ask.finish(film_index)
}
