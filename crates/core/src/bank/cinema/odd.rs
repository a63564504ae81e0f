//! Odd one out: the right answer is the one that does not belong.

use super::ask::Ask;
use super::film_index::{FilmIndex, FilmNo, PersonNo};
use crate::bank::index::harder;
use crate::bank::question::Question;
use crate::bank::seed::{scattered, seed, turn};

/// How many of a person's films one question offers.
const TOP: usize = 6;
/// One question for this many films of a person.
const FILMS_PER_QUESTION: usize = 6;
/// The most questions of one kind about one person.
const QUESTIONS_MAX: usize = 3;
const FAME_MIN: u8 = 3;
/// The most of them from one series.
const SERIES_MAX: usize = 2;
/// The least fame of films to choose from by actor.
const FAME_MIN_PLAYERS: u8 = 4;

/// "Which of these films did Alfred Hitchcock not direct?"
pub(super) fn not_by(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for director in film_index.directors.iter().map(|known| known.person) {
        let films = film_index.films_by(director);
        let films: Vec<FilmNo> = films
            .filter(|film| film_index.film(*film).fame >= FAME_MIN)
            .collect();
        if films.len() < FILMS_PER_QUESTION {
            continue;
        }
        let theirs = film_index.films_linked_to(director);
        let fits = |other: FilmNo| theirs.binary_search(&other).is_err();
        let near = |pivot, seed| film_index.films_near(pivot, seed, fits);
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
        of.ask(film_index, near, out);
    }
}

/// "Which of these films is Cary Grant not in?"
pub(super) fn not_with(film_index: &FilmIndex, out: &mut Vec<Question>) {
    for player in film_index.players.iter().map(|known| known.person) {
        let films = film_index.person(player).played.iter();
        let films = films
            .filter(|(film, place)| *place <= 4 && film_index.film(*film).fame >= FAME_MIN_PLAYERS);
        let films: Vec<FilmNo> = films.map(|(film, _)| *film).collect();
        if films.len() < FILMS_PER_QUESTION {
            continue;
        }
        // Picks films with the player's co-stars; otherwise the answer would be obvious.
        let fellows = film_index.leads_of(films.iter().copied());
        let fits = |other| film_index.film(other).fame >= FAME_MIN_PLAYERS;
        let near = |pivot, seed| film_index.films_of_fellows((player, &fellows), pivot, seed, fits);
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
        of.ask(film_index, near, out);
    }
}

/// The first films, few of any one series: beside three with Harry Potter the odd one is plain.
fn spread(film_index: &FilmIndex, films: impl Iterator<Item = FilmNo>) -> Vec<FilmNo> {
    let mut taken: Vec<FilmNo> = Vec::with_capacity(TOP);
    for film in films {
        // The rest may be all films of a genre.
        if taken.len() == TOP {
            break;
        }
        let is_same = |other: &&FilmNo| film_index.are_of_a_series(film, **other);
        if taken.iter().filter(is_same).count() < SERIES_MAX {
            taken.push(film);
        }
    }
    taken
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
    /// `near` gives films near one of the person's, in the order of a seed.
    fn ask(
        self,
        film_index: &FilmIndex,
        near: impl Fn(FilmNo, u64) -> Vec<FilmNo>,
        out: &mut Vec<Question>,
    ) {
        let questions = (self.films.len() / FILMS_PER_QUESTION).min(QUESTIONS_MAX);
        let id = film_index.person(self.person).id;
        for number in 0..questions {
            let seed = seed(id, &format!("{}-{number}", self.template));
            let order = scattered(self.films.len(), seed).map(|n| self.films[n]);
            let films = spread(film_index, order);
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
            let mut odd = near(pivot, seed).into_iter();
            let Some(odd) = odd.find(|odd| !films.contains(odd)) else {
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
                film_index.film_choices(&films),
                format!("{by}. {}", self.others),
            );
            ask.level = harder(fact.difficulty);
            ask.about = vec![film_index.person_ref(self.person)];
            out.extend(ask.finish(film_index));
        }
    }
}
