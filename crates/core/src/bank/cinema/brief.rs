//! Films and people in a few bytes each: finding wrong answers means weighing very many.

use super::film_index::{Film, Person};
use crate::facts::Pronoun;
use crate::rows::number_of;
use foldhash::{HashMap, HashMapExt};

/// What makes two films alike.
#[derive(Clone, Copy)]
pub(super) struct FilmBrief {
    /// A bit set.
    genres: u64,
    /// The bit of the first genre in `genres`; [`NO_GENRE`] if it has none.
    main_genre: u8,
    pub(super) fame: u8,
    pub(super) year: u16,
    /// Whether the cast only lend their voices.
    pub(super) is_animated: bool,
}

/// What makes two people alike.
#[derive(Clone, Copy)]
pub(super) struct PersonBrief {
    /// Where their films begin in `Briefs::films_of`, and how many they are.
    start: u32,
    count: u16,
    /// The first and last year with a known film or award.
    years: (u16, u16),
    pub(super) fame: u8,
    /// How many films they are known from, in doublings: one, up to three, up to seven, more.
    pub(super) reach: u8,
    pub(super) pronoun: Option<Pronoun>,
}

/// The highest reach; beyond it, nobody counts the films.
const REACH_MAX: u32 = 3;
/// The genres after the first 64 that packs name are not told apart.
const NO_GENRE: u8 = 64;

impl FilmBrief {
    /// Whether the main genre is the same.
    pub(super) fn is_like(self, other: Self) -> bool {
        self.main_genre == other.main_genre
    }

    /// Whether any genre is the same.
    pub(super) fn touches(self, other: Self) -> bool {
        self.genres & other.genres != 0
    }
}

impl PersonBrief {
    fn of(person: &Person, start: u32) -> Self {
        let credits = person.played.len() + person.directed.len() + person.composed.len();
        let reach = credits.max(1).ilog2().min(REACH_MAX);
        Self {
            start,
            count: u16::try_from(credits).unwrap_or(u16::MAX),
            years: person.years,
            fame: person.fame,
            reach: u8::try_from(reach).unwrap_or(u8::MAX),
            pronoun: person.pronoun,
        }
    }

    /// Whether they were old enough, and still active, to work on a film of that year.
    pub(super) fn was_active(self, year: u16) -> bool {
        let (first, last) = self.years;
        (first.saturating_sub(3)..=last.saturating_add(3)).contains(&year)
    }
}

/// The briefs of all films and people, by number.
#[derive(Default)]
pub(super) struct Briefs {
    pub(super) films: Vec<FilmBrief>,
    pub(super) people: Vec<PersonBrief>,
    /// The films of all people, person after person: copies, because looking each of them up would
    /// take most of the time.
    films_of: Vec<FilmBrief>,
}

impl Briefs {
    pub(super) fn of(films: &[Film], people: &[Person]) -> Self {
        let mut numbers: HashMap<&str, u8> = HashMap::new();
        let films = films.iter().map(|film| {
            let of_film = film.genres.iter().map(|genre| {
                let next = u8::try_from(numbers.len()).map_or(NO_GENRE, |next| next.min(NO_GENRE));
                *numbers.entry(genre).or_insert(next)
            });
            let of_film: Vec<u8> = of_film.filter(|number| *number != NO_GENRE).collect();
            FilmBrief {
                genres: of_film
                    .iter()
                    .fold(0, |genres, number| genres | 1 << number),
                main_genre: of_film.first().copied().unwrap_or(NO_GENRE),
                fame: film.fame,
                year: film.year,
                is_animated: film.genres.first() == Some(&"animation"),
            }
        });
        let films: Vec<FilmBrief> = films.collect();
        let mut films_of = Vec::new();
        let people = people.iter().map(|person| {
            let brief = PersonBrief::of(person, number_of(films_of.len()));
            let played = person.played.iter().map(|(film, _)| film);
            let behind = person.directed.iter().chain(&person.composed);
            films_of.extend(played.chain(behind).map(|film| films[*film as usize]));
            brief
        });
        Self {
            people: people.collect(),
            films,
            films_of,
        }
    }

    /// The films in which somebody acted, or which they directed or scored.
    pub(super) fn films_of(&self, person: PersonBrief) -> &[FilmBrief] {
        let start = person.start as usize;
        &self.films_of[start..start + usize::from(person.count)]
    }
}
