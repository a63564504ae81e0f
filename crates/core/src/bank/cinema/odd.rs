//! Odd one out: the right answer is the one that does not belong.

use super::ask::Ask;
use super::film_index::{FilmIndex, FilmNo, PersonNo};
use super::together::leading;
use crate::bank::index::harder;
use crate::bank::question::Question;
use crate::bank::seed::{scattered, seed, turn};

/// The wrong answers come from this many top-billed actors of a film.
const TOP: usize = 6;
/// How many films of a person must be known before we can be sure where they do not appear.
const KNOWN_MIN: usize = 3;
/// One question for this many films of a person.
const FILMS_PER_QUESTION: usize = 6;
/// The most questions of one kind about one person.
const QUESTIONS_MAX: usize = 3;
const FAME_MIN: u8 = 3;
/// The least fame of a film for questions about who is not in it.
const FAME_MIN_PLAYERS: u8 = 5;
/// How many leads of a film make another of their films look like it belongs.
const FELLOWS: usize = 5;

/// "Who of these is not in Jaws?"
pub(super) fn not_in(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for (number, film) in film_index.numbered() {
        let top: Vec<_> = leading(film).take(TOP).collect();
        if film.fame < FAME_MIN_PLAYERS || top.len() < 3 || film.cast.len() < TOP {
            continue;
        }
        let seed = seed(film.id, "odd-player");
        let like = top[turn(seed, top.len())];
        let fits = |other: PersonNo| {
            film_index.person(other).played.len() >= KNOWN_MIN
                && !film_index.may_be_in(other, number)
        };
        let near = film_index.people_near(&film_index.players, like.person, number, seed, fits);
        let Some(odd) = near.first().copied() else {
            continue;
        };
        let shown = film_index.shown(number);
        let prompt = match turn(seed >> 8, 3) {
            0 => format!("Which of these is not in {shown}?"),
            1 => format!("Odd one out: which of these does not appear in {shown}?"),
            _ => format!("Which of these had no part in {shown}?"),
        };
        let once = |place: &usize| {
            let mut before = film.cast[..*place].iter();
            !before.any(|other| other.person == film.cast[*place].person)
        };
        let wrong = (0..film.cast.len()).filter(once).take(TOP);
        let wrong = wrong.map(|place| &film.cast[place]);
        let wrong = wrong
            .map(|credit| film_index.person_choice(credit.person))
            .collect();
        let name = film_index.name(odd);
        let mut reason = format!("All the others are in {}.", film_index.dated(number));
        if let Some(other) = nearest(film_index, odd, film.year) {
            reason = format!("{reason} {name} is in {}.", film_index.dated(other));
        }
        let answer = film_index.person_choice(odd);
        let mut ask = Ask::new(top[0].fact, "odd-player", prompt, answer, wrong, reason);
        ask.level = harder(top[0].fact.difficulty);
        out.extend(ask.finish(film_index));
    }
}

/// Someone's film that is nearest to a year.
fn nearest(film_index: &FilmIndex, person: PersonNo, year: u16) -> Option<FilmNo> {
    let films = film_index
        .person(person)
        .played
        .iter()
        .map(|(film, _)| *film);
    films.min_by_key(|film| film_index.film(*film).year.abs_diff(year))
}

/// "Which of these films did Alfred Hitchcock not direct?"
pub(super) fn not_by(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for director in film_index.directors.iter().copied() {
        let films = film_index.person(director).directed.iter().copied();
        let films: Vec<FilmNo> = films
            .filter(|film| film_index.film(*film).fame >= FAME_MIN)
            .collect();
        let fits = |other: FilmNo| !film_index.is_linked(director, other);
        let name = film_index.name(director);
        let of = Group {
            template: "odd-by",
            person: director,
            films: &films,
            prompts: [
                format!("Which of these films was not directed by {name}?"),
                format!("Odd one out: which of these is not a film by {name}?"),
            ],
            others: format!("{name} directed the others."),
        };
        of.ask(film_index, fits, out);
    }
}

/// "Which of these films is Cary Grant not in?"
pub(super) fn not_with(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for player in film_index.players.iter().copied() {
        let films = film_index.person(player).played.iter();
        let films =
            films.filter(|(film, place)| *place <= 4 && film_index.film(*film).fame >= FAME_MIN);
        let films: Vec<FilmNo> = films.map(|(film, _)| *film).collect();
        // Picks films with the player's co-stars; otherwise the answer would be obvious.
        let leads = |film: FilmNo| film_index.film(film).cast.iter().take(FELLOWS);
        let fellows = films.iter().flat_map(|film| leads(*film));
        let mut fellows: Vec<PersonNo> = fellows.map(|credit| credit.person).collect();
        fellows.sort_unstable();
        let fits = |other: FilmNo| {
            !film_index.may_be_in(player, other)
                && leads(other).any(|credit| fellows.binary_search(&credit.person).is_ok())
        };
        let name = film_index.name(player);
        let of = Group {
            template: "odd-with",
            person: player,
            films: &films,
            prompts: [
                format!("Which of these films is {name} not in?"),
                format!("Odd one out: which of these does not have {name} in it?"),
            ],
            others: format!("{name} is in all the others."),
        };
        of.ask(film_index, fits, out);
    }
}

/// One person's films, among which a film by someone else is hidden.
struct Group<'g> {
    template: &'static str,
    person: PersonNo,
    films: &'g [FilmNo],
    prompts: [String; 2],
    others: String,
}

impl Group<'_> {
    fn ask(self, film_index: &FilmIndex, fits: impl Fn(FilmNo) -> bool, out: &mut Vec<Question>) {
        let questions = (self.films.len() / FILMS_PER_QUESTION).min(QUESTIONS_MAX);
        let id = film_index.person(self.person).id;
        for number in 0..questions {
            let seed = seed(id, &format!("{}-{number}", self.template));
            let order = scattered(self.films.len(), seed).map(|n| self.films[n]);
            let films: Vec<FilmNo> = order.take(TOP).collect();
            let pivot = films[0];
            // The question hangs on the facts of the pivot.
            let film = film_index.film(pivot);
            let mut credits = film.directors.iter().chain(&film.cast);
            let fact = credits.find(|credit| credit.person == self.person);
            let Some(fact) = fact
                .map(|credit| credit.fact)
                .filter(|fact| film_index.asks(fact))
            else {
                continue;
            };
            let odd = film_index.films_near(pivot, seed, &fits);
            let Some(odd) = odd.into_iter().find(|odd| !films.contains(odd)) else {
                continue;
            };
            let by = match film_index.by(odd) {
                Some(by) => format!("{} is by {by}", film_index.dated(odd)),
                None => continue,
            };
            let mut ask = Ask::new(
                fact,
                self.template,
                self.prompts[turn(seed, 2)].clone(),
                film_index.film_choice(odd),
                films
                    .iter()
                    .map(|film| film_index.film_choice(*film))
                    .collect(),
                format!("{by}. {}", self.others),
            );
            ask.level = harder(fact.difficulty);
            ask.about = vec![film_index.person_ref(self.person)];
            out.extend(ask.finish(film_index));
        }
    }
}
