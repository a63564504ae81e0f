//! Which film some actors are in.

use super::ask::Ask;
use super::film_index::{Credit, Film, FilmIndex, FilmNo, PersonNo};
use super::recalled::{part, plays};
use crate::bank::draft::Choice;
use crate::bank::index::harder;
use crate::bank::question::Question;
use crate::bank::seed::{scattered, seed, turn};
use crate::facts::{Difficulty, character_in_sentence};
use foldhash::{HashMap, HashMapExt};
use std::cmp::Reverse;

/// Questions are about actors billed at least this high.
const PLACE_MAX: u8 = 4;
/// Three of this many top-billed actors identify a film.
const THREE_OF: usize = 4;
/// The least fame of a film identified by three of its actors, and by two.
const FAME_MIN_THREE: u8 = 3;
const FAME_MIN_TWO: u8 = 4;
/// The least fame of each of two actors who identify a film.
const PLAYER_FAME_MIN: u8 = 8;
/// The least fame of a star: the lead, or close to the lead, of a film that nearly everyone knows;
/// and of one asked for by a less known film.
const STAR_FAME_MIN: u8 = 10;
const STAR_FAME_MIN_LESS_KNOWN: u8 = 11;
/// The least number of known films of a star, and how many of them one star is asked for by.
const STAR_FILMS_MIN: usize = 3;
const STAR_QUESTIONS_MAX: usize = 5;
/// How many films of one actor are proposed as wrong answers.
const OTHERS_MAX: usize = 4;

/// How hard it is to think of a film from the names of its stars.
fn level(film: &Film) -> Difficulty {
    match film.fame {
        4.. => Difficulty::Easy,
        3 => Difficulty::Medium,
        _ => Difficulty::Hard,
    }
}

/// "Which film stars Roy Scheider, Robert Shaw and Richard Dreyfuss?"
pub(super) fn three(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for (number, film) in film_index.numbered() {
        // Of a less known film only the leads identify it.
        let of = if film.fame > FAME_MIN_THREE {
            THREE_OF
        } else {
            3
        };
        let top: Vec<&Credit> = leading(film).take(of).collect();
        if top.len() < 3 || film.fame < FAME_MIN_THREE {
            continue;
        }
        let seed = seed(film.id, "cast-three");
        // The leads tell most about a film.
        let threes = [[0, 1, 2], [0, 1, 3], [0, 2, 3], [1, 2, 3]].into_iter();
        let mut threes = threes.filter_map(|of| {
            let [a, b, c] = of.map(|at| top.get(at).copied());
            Some([a?, b?, c?])
        });
        let identify = |three: &[&Credit; 3]| {
            let people = three.map(|credit| credit.person);
            let unknown = people.iter();
            let unknown = unknown.filter(|person| film_index.is_in_one_film(**person));
            unknown.count() <= 1 && films_of_all(film_index, &people) == [number]
        };
        let Some(three) = threes.find(identify) else {
            continue;
        };
        let people = three.map(|credit| credit.person);
        let names: Vec<&str> = people
            .iter()
            .map(|person| film_index.name(*person))
            .collect();
        let [a, b, c] = names.as_slice() else {
            continue;
        };
        // A series may include films with the same three that are not loaded.
        let prompt = match (film.series, turn(seed, 4)) {
            (Some(_), _) => format!("Which of these films stars {a}, {b} and {c}?"),
            (_, 0) => format!("Which film stars {a}, {b} and {c}?"),
            (_, 1) => format!("{a}, {b} and {c} are all in which film?"),
            (_, 2) => format!("Which film has {a}, {b} and {c} in its cast?"),
            _ => format!("Which film brought {a}, {b} and {c} together?"),
        };
        let reason = described(film_index, number, &format!("{a}, {b} and {c} are all in"));
        let wrong = wrong_for(film_index, number, &people, seed);
        let mut ask = Ask::new(
            three[0].fact,
            "cast-three",
            prompt,
            film_index.film_choice(number),
            wrong,
            reason,
        );
        ask.level = level(film);
        ask.about = people
            .iter()
            .map(|person| film_index.person_ref(*person))
            .collect();
        ask.also = three[1..].iter().map(|credit| credit.fact).collect();
        out.extend(ask.finish(film_index));
    }
}

/// "Which of these films stars both Al Pacino and Robert De Niro?"
pub(super) fn two(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for (number, film) in film_index.numbered() {
        let top: Vec<&Credit> = leading(film).take(usize::from(PLACE_MAX)).collect();
        if film.fame < FAME_MIN_TWO || top.len() < 2 {
            continue;
        }
        let seed = seed(film.id, "cast-two");
        let order: Vec<usize> = scattered(top.len(), seed).collect();
        let (a, b) = (top[order[0]], top[order[1]]);
        let people = [a.person, b.person];
        let unknown = people.iter().any(|person| {
            film_index.is_in_one_film(*person) || film_index.person(*person).fame < PLAYER_FAME_MIN
        });
        if unknown || films_of_all(film_index, &people) != [number] {
            continue;
        }
        let (first, second) = (film_index.name(a.person), film_index.name(b.person));
        let prompt = match turn(seed, 3) {
            0 => format!("Which of these films stars both {first} and {second}?"),
            1 => format!("{first} and {second} are both in which of these films?"),
            _ => format!("Which of these films has both {first} and {second} in its cast?"),
        };
        let reason = described(
            film_index,
            number,
            &format!("{first} and {second} are both in"),
        );
        let wrong = wrong_for(film_index, number, &people, seed);
        let answer = film_index.film_choice(number);
        let mut ask = Ask::new(a.fact, "cast-two", prompt, answer, wrong, reason);
        let are_stars = people.iter().all(|person| is_star(film_index, *person));
        ask.level = if are_stars {
            level(film)
        } else {
            harder(level(film))
        };
        ask.about = people
            .iter()
            .map(|person| film_index.person_ref(*person))
            .collect();
        ask.also = vec![b.fact];
        out.extend(ask.finish(film_index));
    }
}

/// "Which of these films stars Meryl Streep?": only of stars, among films with people whom they have
/// worked with, which could well be theirs. Games with no filters rarely ask it; a game about a star
/// needs it.
pub(super) fn one(film_index: &FilmIndex, out: &mut Vec<Question>) {
    let mut by_fame: Vec<(FilmNo, &Film)> = film_index.numbered().collect();
    by_fame.sort_by_key(|(_, film)| Reverse(film.fame));
    let mut asked: HashMap<PersonNo, usize> = HashMap::new();
    for (number, film) in by_fame {
        let star_fame_min = match film.fame {
            FAME_MIN_TWO.. => STAR_FAME_MIN,
            FAME_MIN_THREE => STAR_FAME_MIN_LESS_KNOWN,
            _ => continue,
        };
        let leads_it = |credit: &&Credit| {
            film_index.person(credit.person).fame >= star_fame_min
                && is_star(film_index, credit.person)
        };
        for (place, credit) in leading(film).take(2).enumerate() {
            if !leads_it(&credit) {
                continue;
            }
            let asked = asked.entry(credit.person).or_default();
            if *asked >= STAR_QUESTIONS_MAX {
                continue;
            }
            let seed = seed(&credit.fact.id, "cast-one");
            let played = film_index.person(credit.person).played.iter();
            let fellows = film_index.leads_of(played.map(|(film, _)| *film));
            let fellows = (credit.person, fellows.as_slice());
            let wrong = film_index.films_of_fellows(fellows, number, seed, |_| true);
            let name = film_index.name(credit.person);
            // The second of the credits may have much less to do.
            let is_lead = place == 0;
            let prompt = match turn(seed, 3) {
                0 => format!("Which of these films stars {name}?"),
                2 if is_lead => format!("In which of these films is {name} a lead?"),
                _ => format!("{name} is in which of these films?"),
            };
            let answer = film_index.film_choice(number);
            let wrong = film_index.film_choices(&wrong);
            let reason = credit.fact.summary.clone();
            let ask = Ask::new(credit.fact, "cast-one", prompt, answer, wrong, reason);
            let question = ask.finish(film_index);
            *asked += usize::from(question.is_some());
            out.extend(question);
        }
    }
}

/// Whether someone has one of the first parts in several films that people know. The lead of one
/// great film may be known by nothing else, and then hardly by name.
pub(super) fn is_star(film_index: &FilmIndex, person: PersonNo) -> bool {
    let played = film_index.person(person).played.iter();
    let known = played.filter(|(film, place)| {
        *place <= PLACE_MAX && film_index.film(*film).fame >= FAME_MIN_THREE
    });
    known.count() >= STAR_FILMS_MIN
}

/// "Which of these stars alongside Humphrey Bogart in Casablanca?"
pub(super) fn beside(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for (number, film) in film_index.numbered() {
        let top: Vec<&Credit> = leading(film).take(2).collect();
        let [first, second] = top.as_slice() else {
            continue;
        };
        // Where a pack states parts one by one, the order of the credits is not known.
        let is_listed = |it: &&Credit| film_index.asks_anew(it.fact);
        if film.fame < FAME_MIN_TWO
            || top.iter().any(|it| film_index.is_in_one_film(it.person))
            || !top.iter().all(is_listed)
        {
            continue;
        }
        // Who has seen the first of Harry Potter's films knows the leads of all.
        if top.iter().all(|it| film_index.is_back(it.person, number)) {
            continue;
        }
        let seed = seed(film.id, "cast-beside");
        let (named, asked) = if turn(seed, 2) == 0 {
            (first, second)
        } else {
            (second, first)
        };
        let fits = |other| !film_index.may_be_in(other, number);
        let wrong = film_index.people_near(&film_index.players, asked.person, number, seed, fits);
        let (name, shown) = (film_index.name(named.person), film_index.shown(number));
        let prompt = match (film_index.is_animated(number), turn(seed >> 8, 3)) {
            (true, _) => format!("Besides {name}, which of these lends a voice to {shown}?"),
            (_, 0) => format!("Which of these stars alongside {name} in {shown}?"),
            (_, 1) => format!("Which of these joins {name} in the cast of {shown}?"),
            _ => format!("With which of these does {name} star in {shown}?"),
        };
        let answer = film_index.person_choice(asked.person);
        let wrong = film_index.person_choices(&wrong);
        let reason = described(
            film_index,
            number,
            &both(film_index, number, [first, second]),
        );
        let mut ask = Ask::new(asked.fact, "cast-beside", prompt, answer, wrong, reason);
        if !is_star(film_index, asked.person) {
            ask.level = harder(asked.fact.difficulty);
        }
        ask.about = vec![film_index.person_ref(named.person)];
        ask.also = vec![named.fact];
        out.extend(ask.finish(film_index));
    }
}

/// "William Holden plays Max Schumacher and Faye Dunaway plays Diana Christensen in": the parts if
/// both are known.
fn both(film_index: &FilmIndex, film: FilmNo, stars: [&Credit; 2]) -> String {
    let [a, b] = stars.map(|star| film_index.name(star.person));
    let plays = plays(film_index, film);
    match stars.map(|star| part(star).map(character_in_sentence)) {
        [Some(own), Some(other)] => format!("{a} {plays} {own} and {b} {plays} {other} in"),
        _ => format!("{a} and {b} star in"),
    }
}

/// The actors who may be asked about, each once, in order of billing.
pub(super) fn leading<'s, 'a>(film: &'s Film<'a>) -> impl Iterator<Item = &'s Credit<'a>> {
    let once = |place: usize| {
        let credit = &film.cast[place];
        let mut before = film.cast[..place].iter();
        !before.any(|other| other.person == credit.person)
    };
    let asked = (0..film.cast.len()).filter(move |place| once(*place));
    let asked = asked.map(|place| &film.cast[place]);
    asked.filter(|credit| credit.is_asked)
}

/// The films in which all of these have a part.
pub(super) fn films_of_all(film_index: &FilmIndex, people: &[PersonNo]) -> Vec<FilmNo> {
    let Some((first, others)) = people.split_first() else {
        return Vec::new();
    };
    let theirs = others.iter();
    let theirs = theirs.map(|other| film_index.films_linked_to(*other));
    let theirs: Vec<&[FilmNo]> = theirs.collect();
    let played = film_index.person(*first).played.iter();
    let played = played.map(|(film, _)| *film);
    let shared = |film: &FilmNo| theirs.iter().all(|of| of.binary_search(film).is_ok());
    played.filter(shared).collect()
}

/// Films with some of these people, and others near; none that might have them all. Of three, two
/// are not in it: cast lists omit cameos, and a third may well drop in on two friends.
fn wrong_for<'a>(
    film_index: &FilmIndex<'_, 'a>,
    film: FilmNo,
    people: &[PersonNo],
    seed: u64,
) -> Vec<Choice<'a>> {
    let absent_min = people.len().saturating_sub(1).max(1);
    let maybe = people.iter();
    let maybe = maybe.map(|person| film_index.films_maybe_with(*person));
    let maybe: Vec<&[FilmNo]> = maybe.collect();
    let fits = |other: FilmNo| {
        let absent = maybe.iter();
        let absent = absent.filter(|theirs| theirs.binary_search(&other).is_err());
        other != film && absent.count() >= absent_min
    };
    let mut wrong: Vec<FilmNo> = Vec::new();
    for (turn, person) in (0..).zip(people) {
        let played = &film_index.person(*person).played;
        let others = scattered(played.len(), seed >> turn).map(|n| played[n].0);
        let others = others.filter(|other| fits(*other) && !wrong.contains(other));
        let others: Vec<FilmNo> = others.take(OTHERS_MAX / people.len()).collect();
        wrong.extend(others);
    }
    wrong.extend(film_index.films_near(film, seed, fits));
    film_index.film_choices(&wrong)
}

/// "… Jaws (1975), which Steven Spielberg directed." A star who also directed is not named as if
/// they were two people.
fn described(film_index: &FilmIndex, film: FilmNo, who: &str) -> String {
    let dated = film_index.dated(film);
    match film_index.by(film) {
        Some(by) if who.contains(&by) => format!("{who} {dated}. {by} also directed it."),
        Some(by) => format!("{who} {dated}, which {by} directed."),
        None => format!("{who} {dated}."),
    }
}
