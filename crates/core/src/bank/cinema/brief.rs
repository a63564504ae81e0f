//! Films and people in a few bytes each: finding wrong answers means weighing very many.

use crate::facts::Pronoun;
use crate::rows::number_of;
use foldhash::HashMap;

/// What makes two films alike.
#[derive(Clone, Copy)]
pub(super) struct FilmBrief {
    /// A bit set.
    genres: u64,
    /// The bit of the first genre in `genres`, or [`NO_GENRE`].
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
/// Stands for no genre, and for every genre after the first 64: the bit set has no more bits.
const NO_GENRE: u8 = 64;

impl FilmBrief {
    /// Whether the main genre is the same.
    pub(super) fn shares_main_genre(self, other: Self) -> bool {
        self.main_genre == other.main_genre
    }

    /// Whether any genre is the same.
    pub(super) fn shares_genre(self, other: Self) -> bool {
        self.genres & other.genres != 0
    }
}

impl PersonBrief {
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
    genres: HashMap<Box<str>, u8>,
}

impl Briefs {
    /// Adds the next film; its main genre comes first.
    pub(super) fn add_film(&mut self, genres: &[&str], fame: u8, year: u16) {
        let numbers = &mut self.genres;
        let of_film = genres.iter().map(|genre| {
            let next = u8::try_from(numbers.len()).map_or(NO_GENRE, |next| next.min(NO_GENRE));
            *numbers.entry((*genre).into()).or_insert(next)
        });
        let of_film: Vec<u8> = of_film.filter(|number| *number != NO_GENRE).collect();
        self.films.push(FilmBrief {
            genres: of_film
                .iter()
                .fold(0, |genres, number| genres | 1 << number),
            main_genre: of_film.first().copied().unwrap_or(NO_GENRE),
            fame,
            year,
            is_animated: genres.first() == Some(&"animation"),
        });
    }

    /// Adds the next person, with the numbers of the films in which they acted, or which they
    /// directed or scored. `years` are the first and the last with a known film or award.
    pub(super) fn add_person(
        &mut self,
        years: (u16, u16),
        fame: u8,
        pronoun: Option<Pronoun>,
        films: impl Iterator<Item = u32>,
    ) {
        let start = self.films_of.len();
        let (films_of, all) = (&mut self.films_of, &self.films);
        films_of.extend(films.map(|film| all[film as usize]));
        let count = self.films_of.len() - start;
        let reach = count.max(1).ilog2().min(REACH_MAX);
        self.people.push(PersonBrief {
            start: number_of(start),
            count: u16::try_from(count).unwrap_or(u16::MAX),
            years,
            fame,
            reach: u8::try_from(reach).unwrap_or(u8::MAX),
            pronoun,
        });
    }

    /// The films in which somebody acted, or which they directed or scored.
    pub(super) fn films_of(&self, person: PersonBrief) -> &[FilmBrief] {
        let start = person.start as usize;
        &self.films_of[start..start + usize::from(person.count)]
    }
}
