//! Who played whom.

use super::ask::{Ask, WRONG_MAX};
use super::film_index::{Credit, Film, FilmIndex, FilmNo, NameMark, Part, PersonNo};
use super::recalled::summary;
use super::together::{is_star, leading};
use crate::bank::draft::Choice;
use crate::bank::index::harder;
use crate::bank::question::Question;
use crate::bank::seed::{scattered, seed, turn};
use crate::bank::wording::{title, within};
use crate::facts::limits::DISTRACTORS_MIN;
use crate::facts::{EntityKind, character_in_sentence, fold};
use foldhash::{HashMap, HashMapExt};

/// The least fame of a film whose parts are asked about in every direction.
const FAME_MIN: u8 = 4;

/// From this billing on, actors with no other known film are not asked about.
const LEADS: usize = 2;

/// The least fame of actors below the leads: of someone in the top three of a film that nearly
/// everyone knows.
const FAME_MIN_PLAYER: u8 = 9;

/// Of the wrong answers to "Who does … play?", how many have to be of the same film.
const OWN_WRONG_MIN: usize = 2;

/// How many top-billed actors are asked about, by the film's fame.
fn asked(film: &Film) -> usize {
    match film.fame {
        5.. => 4,
        4 => 3,
        3 => 1,
        _ => 0,
    }
}

/// A part that may be asked.
struct AskedPart<'s, 'a> {
    film: FilmNo,
    credit: &'s Credit<'a>,
    whom: Part<'a>,
    /// Its billing among the actors asked about, from 0.
    place: usize,
}

/// Every part played by one actor only, if that actor is fairly well known.
fn parts<'s, 'a>(film_index: &'s FilmIndex<'_, 'a>) -> impl Iterator<Item = AskedPart<'s, 'a>> {
    film_index.numbered().flat_map(move |(number, film)| {
        let top = leading(film).take(asked(film)).enumerate();
        top.filter_map(move |(place, credit)| {
            let part = credit.part?;
            let players = film.cast.iter();
            let players = players.filter(|other| other.is_shared_with(credit)).count();
            let is_self = fold(title(part.character)) == fold(film_index.name(credit.person));
            // An actor known only from this film is too obscure to ask for, unless in a lead.
            let is_unknown = film_index.is_in_one_film(credit.person)
                && (place >= LEADS || film_index.is_animated(number))
                || place >= LEADS && film_index.person(credit.person).fame < FAME_MIN_PLAYER;
            let is_asked = players == 1 && !is_self && !is_unknown;
            (is_asked && film_index.asks_anew(credit.fact)).then_some(AskedPart {
                film: number,
                credit,
                whom: part,
                place,
            })
        })
    })
}

/// "Who played Martin Brody in Jaws?"
pub(super) fn who(film_index: &FilmIndex, out: &mut Vec<Question>) {
    let of_series = SeriesParts::of(film_index);
    for part in parts(film_index).filter(|part| !of_series.is_played_again(film_index, part)) {
        let film = film_index.film(part.film);
        let person = part.credit.person;
        let seed = seed(&part.credit.fact.id, "cast-who");
        let like = film_index.person(person).pronoun;
        let fellows = film.cast.iter().map(|credit| credit.person);
        let fellows = fellows.filter(|other| {
            *other != person
                && like.is_none_or(|own| film_index.person(*other).pronoun == Some(own))
        });
        let fits = |other| !film_index.is_linked(other, part.film);
        // Which of several James Bonds it was is what a player has to know.
        let others = of_series.other_players(film_index, &part).into_iter();
        let mut wrong: Vec<PersonNo> = others.filter(|other| fits(*other)).take(3).collect();
        wrong.extend(fellows.take(2));
        wrong.extend(film_index.people_near(&film_index.players, person, part.film, seed, fits));
        let name = character_in_sentence(title(part.whom.character));
        let shown = film_index.shown(part.film);
        let is_title = fold(&name) == film.folded;
        let prompt = match (film_index.is_animated(part.film), turn(seed, 5)) {
            (true, 0..3) if is_title => format!("Who voices the title character in {shown}?"),
            (true, _) if is_title => format!("Who is the voice of the title character in {shown}?"),
            (_, 0..3) if is_title => format!("Who plays the title role in {shown}?"),
            _ if is_title => format!("Who takes the title role in {shown}?"),
            (true, 0 | 1) => format!("Who voices {name} in {shown}?"),
            (true, 2) => format!("{}, who voices {name}?", within(shown)),
            (true, _) => format!("Who is the voice of {name} in {shown}?"),
            (_, 0) => format!("Who played {name} in {shown}?"),
            (_, 1) => format!("Who plays {name} in {shown}?"),
            (_, 2) => format!("{}, who plays {name}?", within(shown)),
            (_, 3) => format!("Who was cast as {name} in {shown}?"),
            _ => format!("Who took the part of {name} in {shown}?"),
        };
        let answer = film_index.person_choice(person);
        let wrong = film_index.person_choices(&wrong);
        let fact = part.credit.fact;
        let mut ask = ask(film_index, &part, ("cast-who", prompt), answer, wrong);
        // Everybody has seen Gremlins, and few could name its hero; below the leads people know stars.
        // A voice alone makes nobody known.
        let is_little_known = film_index.is_in_one_film(person);
        let is_aside = part.place >= LEADS || film_index.is_animated(part.film);
        if is_little_known || is_aside && !is_star(film_index, person) {
            ask.level = harder(fact.difficulty);
        }
        out.extend(ask.finish(film_index));
    }
}

/// "Which part does Roy Scheider play in Jaws?"
pub(super) fn whom(film_index: &FilmIndex, out: &mut Vec<Question>) {
    let of_series = SeriesParts::of(film_index);
    for part in parts(film_index)
        .filter(|part| part.place < 2 && film_index.film(part.film).fame >= FAME_MIN)
        .filter(|part| !of_series.is_played_again(film_index, part))
    {
        let film = film_index.film(part.film);
        let is_animated = film_index.is_animated(part.film);
        // In a drama any Joanna will do; everybody remembers a Neo, a Ripley and a Dumbo.
        if film.fame <= FAME_MIN && !is_animated && !title(part.whom.character).contains(' ') {
            continue;
        }
        // An actor with two parts would have two right answers.
        let own = |other: &&Credit| other.person == part.credit.person;
        if film.cast.iter().filter(own).count() > 1 {
            continue;
        }
        let seed = seed(&part.credit.fact.id, "cast-character");
        let like = film_index.person(part.credit.person).pronoun;
        let others = film
            .cast
            .iter()
            .filter(|other| other.person != part.credit.person);
        let of_like = others.filter(|other| {
            like.is_none_or(|own| film_index.person(other.person).pronoun == Some(own))
        });
        let own = of_like.filter_map(|other| other.part.map(character));
        let mut wrong: Vec<Choice> = own.take(WRONG_MAX).collect();
        // Among heroes of other films the right one stands out.
        if wrong.len() < OWN_WRONG_MIN {
            continue;
        }
        let fits = |other| film_index.is_animated(other) == is_animated;
        for other in film_index.films_near(part.film, seed, fits) {
            let cast = &film_index.film(other).cast;
            let alike = cast.iter().find(|credit| {
                credit.part.is_some()
                    && like.is_none_or(|own| film_index.person(credit.person).pronoun == Some(own))
                    && credit.person != part.credit.person
            });
            if wrong.len() >= DISTRACTORS_MIN {
                break;
            }
            wrong.extend(alike.and_then(|credit| credit.part).map(character));
        }
        let (name, shown) = (
            film_index.name(part.credit.person),
            film_index.shown(part.film),
        );
        let plays = if is_animated { "voice" } else { "play" };
        let prompt = match turn(seed, 4) {
            0 => format!("Who does {name} {plays} in {shown}?"),
            1 => format!("Which part does {name} {plays} in {shown}?"),
            2 => format!("Which character does {name} {plays} in {shown}?"),
            _ => format!("{}, who does {name} {plays}?", within(shown)),
        };
        let answer = character(part.whom);
        let Some(wrong) = of_form(&answer, wrong) else {
            continue;
        };
        let fact = part.credit.fact;
        let mut ask = ask(film_index, &part, ("cast-character", prompt), answer, wrong);
        ask.level = harder(fact.difficulty);
        out.extend(ask.finish(film_index));
    }
}

/// Among wrong answers with first name and surname a single name stands out, and the other way round.
/// Keeps as few of the other form that a game, which draws three, shows one of the right form; `None`
/// if there is none.
fn of_form<'a>(answer: &Choice<'a>, wrong: Vec<Choice<'a>>) -> Option<Vec<Choice<'a>>> {
    let is_full = |choice: &Choice| fold(&choice.text).contains(' ');
    let is_alike = |wrong: &Choice| is_full(wrong) == is_full(answer);
    let (mut alike, others): (Vec<Choice>, Vec<Choice>) = wrong.into_iter().partition(is_alike);
    if alike.is_empty() {
        return None;
    }
    alike.extend(others.into_iter().take(DISTRACTORS_MIN - 1));
    Some(alike)
}

fn character(part: Part<'_>) -> Choice<'_> {
    Choice::of(EntityKind::Character, part.place, part.character)
}

/// "In which film does Roy Scheider play Martin Brody?"
pub(super) fn where_(film_index: &FilmIndex, out: &mut Vec<Question>) {
    let named = Named::of(film_index);
    for part in parts(film_index)
        .filter(|part| part.place < 3 && film_index.film(part.film).fame >= FAME_MIN)
    {
        let person = part.credit.person;
        let of_person = &film_index.person(person).played;
        // A character of a series also appears in films that are not loaded.
        if named.is_elsewhere(person, part.whom.name) || film_index.film(part.film).series.is_some()
        {
            continue;
        }
        let seed = seed(&part.credit.fact.id, "cast-film");
        let own = scattered(of_person.len(), seed).map(|n| of_person[n].0);
        let own = own.filter(|film| *film != part.film);
        let mut wrong: Vec<FilmNo> = own.take(3).collect();
        let theirs = film_index.films_linked_to(person);
        let fits = |other: FilmNo| theirs.binary_search(&other).is_err();
        wrong.extend(film_index.films_near(part.film, seed, fits));
        let name = film_index.name(person);
        let character = character_in_sentence(title(part.whom.character));
        let prompt = match turn(seed, 3) {
            0 => format!("In which film does {name} play {character}?"),
            1 => format!("{name} is {character} in which film?"),
            _ => format!("Which film has {name} as {character}?"),
        };
        let answer = film_index.film_choice(part.film);
        let wrong = film_index.film_choices(&wrong);
        let mut ask = ask(film_index, &part, ("cast-film", prompt), answer, wrong);
        ask.about = vec![film_index.film_ref(part.film)];
        // Everyone remembers Baby and Johnny, and few the name of her father.
        if part.place >= LEADS && !is_star(film_index, person) {
            ask.level = harder(ask.level);
        }
        out.extend(ask.finish(film_index));
    }
}

/// For each part of a series, its first film and everyone who has played it.
struct SeriesParts<'a>(HashMap<(&'a str, NameMark), SeriesPart>);

struct SeriesPart {
    first: FilmNo,
    players: Vec<PersonNo>,
}

impl<'a> SeriesParts<'a> {
    fn of(film_index: &FilmIndex<'_, 'a>) -> Self {
        let mut parts: HashMap<(&str, NameMark), SeriesPart> = HashMap::new();
        for (number, film) in film_index.numbered() {
            let Some((series, _)) = film.series else {
                continue;
            };
            for credit in &film.cast {
                let Some(part) = credit.part else {
                    continue;
                };
                let part = parts.entry((series, part.name));
                let part = part.or_insert(SeriesPart {
                    first: number,
                    players: Vec::new(),
                });
                if !part.players.contains(&credit.person) {
                    part.players.push(credit.person);
                }
            }
        }
        Self(parts)
    }

    /// Whether an earlier film of the series has the same actor in the part, and none another.
    /// Asking who plays Luke Skywalker once is enough; asking for the James Bond of each film is fun.
    fn is_played_again(&self, film_index: &FilmIndex<'_, 'a>, part: &AskedPart<'_, 'a>) -> bool {
        let known = self.part(film_index, part);
        known.is_some_and(|known| known.players.len() == 1 && known.first < part.film)
    }

    /// Who else has played the part in its series: those just before and after come first.
    fn other_players(
        &self,
        film_index: &FilmIndex<'_, 'a>,
        part: &AskedPart<'_, 'a>,
    ) -> Vec<PersonNo> {
        let own = part.credit.person;
        let known = self.part(film_index, part);
        let players = known.map_or(&[][..], |known| known.players.as_slice());
        let at = players.iter().position(|player| *player == own);
        let at = at.unwrap_or(0);
        let mut others: Vec<(usize, PersonNo)> = (0..)
            .zip(players.iter().copied())
            .filter(|(_, player)| *player != own)
            .map(|(place, player)| (at.abs_diff(place), player))
            .collect();
        others.sort_by_key(|(apart, _)| *apart);
        others.into_iter().map(|(_, player)| player).collect()
    }

    fn part(
        &self,
        film_index: &FilmIndex<'_, 'a>,
        part: &AskedPart<'_, 'a>,
    ) -> Option<&SeriesPart> {
        let (series, _) = film_index.film(part.film).series?;
        self.0.get(&(series, part.whom.name))
    }
}

/// For each actor and part name, in how many films they occur. "Stan" here and "Stan" there are two
/// people, but one answer.
struct Named(HashMap<(PersonNo, NameMark), Sole>);

/// The film of a part, or a note that there are several.
enum Sole {
    In(FilmNo),
    Several,
}

impl Named {
    fn of(film_index: &FilmIndex) -> Self {
        let mut named: HashMap<(PersonNo, NameMark), Sole> = HashMap::new();
        for (number, film) in film_index.numbered() {
            let of_several = film.cast.iter();
            let of_several = of_several.filter(|credit| !film_index.is_in_one_film(credit.person));
            for credit in of_several {
                let Some(part) = credit.part else {
                    continue;
                };
                let sole = named.entry((credit.person, part.name));
                let sole = sole.or_insert(Sole::In(number));
                if matches!(sole, Sole::In(first) if *first != number) {
                    *sole = Sole::Several;
                }
            }
        }
        Self(named)
    }

    /// Whether the actor plays a character of this name in more than one film.
    fn is_elsewhere(&self, person: PersonNo, name: NameMark) -> bool {
        let sole = self.0.get(&(person, name));
        matches!(sole, Some(Sole::Several))
    }
}

/// The question, whose reveal names the part, and someone else in the film or its director.
fn ask<'a>(
    film_index: &FilmIndex<'_, 'a>,
    part: &AskedPart<'_, 'a>,
    (template, prompt): (&'static str, String),
    answer: Choice<'a>,
    wrong: Vec<Choice<'a>>,
) -> Ask<'a> {
    let reason = summary(film_index, part.film, part.credit);
    let mut ask = Ask::new(part.credit.fact, template, prompt, answer, wrong, reason);
    if !ask.add_fellow(film_index, part.film, Some(part.credit.person)) {
        ask.add_director(film_index, part.film);
    }
    ask
}
