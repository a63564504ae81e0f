//! Films, their people and their awards as small numbers, so that templates can search many of
//! them.

mod filling;

use super::brief::{Briefs, FilmBrief, PersonBrief};
use crate::bank::index::Index;
use crate::facts::{Entity, EntityId, EntityKind, EntityRef, Fact, Pronoun};
use crate::groups::Groups;
use std::collections::BTreeMap;

/// The index of a film in [`FilmIndex::films`].
pub(super) type FilmNo = u32;
/// The index of a person in [`FilmIndex::people`].
pub(super) type PersonNo = u32;
/// The [mark](crate::facts::mark) of a character's folded name, which several characters may share. A
/// collision could cost a question, once in many millions.
pub(super) type NameMark = u64;

/// With more directors, a film is not known by any of them.
const DIRECTORS_MAX: usize = 2;

/// A film that questions may ask about: released, with known year and fame.
pub(super) struct Film<'a> {
    pub(super) id: &'a EntityId,
    /// Its place among all entities.
    pub(super) place: u32,
    pub(super) entity: &'a Entity,
    pub(super) title: &'a str,
    /// The title, folded.
    pub(super) folded: String,
    pub(super) year: u16,
    pub(super) fame: u8,
    /// The cast, in credit order as far as that is known.
    pub(super) cast: Vec<Credit<'a>>,
    pub(super) directors: Vec<Credit<'a>>,
    pub(super) composers: Vec<Credit<'a>>,
    pub(super) genres: Vec<&'a str>,
    pub(super) series: Option<(&'a str, &'a Fact)>,
    pub(super) original: Option<&'a Fact>,
    pub(super) release: Option<&'a Fact>,
    /// Everyone that any fact names together with the film, in order.
    linked: Vec<PersonNo>,
    /// People who may be in the film although no cast list names them, in order.
    likely: Vec<PersonNo>,
}

/// Somebody's name on a film.
#[derive(Clone, Copy)]
pub(super) struct Credit<'a> {
    pub(super) person: PersonNo,
    pub(super) place: u8,
    /// Where the part is known.
    pub(super) part: Option<Part<'a>>,
    pub(super) fact: &'a Fact,
    /// Whether templates may ask about the fact.
    pub(super) is_asked: bool,
}

/// Whom somebody plays.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) character: &'a Entity,
    /// Their place among all entities.
    pub(super) place: u32,
    pub(super) name: NameMark,
}

impl<'a> Credit<'a> {
    /// Whom they play, if it is known.
    pub(super) fn character(&self) -> Option<&'a Entity> {
        self.part.map(|part| part.character)
    }

    /// Whether both are for the same known part.
    pub(super) fn is_shared_with(&self, other: &Self) -> bool {
        let place = |credit: &Self| credit.part.map(|part| part.place);
        place(self).is_some() && place(self) == place(other)
    }
}

/// Somebody with a credit.
pub(super) struct Person<'a> {
    pub(super) id: &'a EntityId,
    /// Their place among all entities.
    pub(super) place: u32,
    pub(super) entity: &'a Entity,
    pub(super) pronoun: Option<Pronoun>,
    /// The first and last year with a known film or award.
    pub(super) years: (u16, u16),
    /// The films acted in, by year; those directed; and those scored.
    pub(super) played: Vec<(FilmNo, u8)>,
    pub(super) directed: Vec<FilmNo>,
    pub(super) composed: Vec<FilmNo>,
    /// How many films were made from their works.
    pub(super) filmed: u16,
    /// Fame: that of their best credit, by the film's fame and the billing.
    pub(super) fame: u8,
}

/// Somebody of a trade, with what makes them like others: kept together, because each question looks
/// at very many.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) person: PersonNo,
    pub(super) brief: PersonBrief,
}

/// A nomination for an award, won or lost.
pub(super) struct Nomination<'a> {
    pub(super) fact: &'a Fact,
    pub(super) ceremony: u16,
    pub(super) year: u16,
    pub(super) category: &'a str,
    pub(super) work: Option<&'a str>,
    pub(super) people: &'a [EntityId],
    pub(super) part: Option<&'a str>,
    pub(super) won: bool,
}

/// Everything that the templates of this module look up.
pub(super) struct FilmIndex<'i, 'a> {
    pub(super) index: &'i Index<'a>,
    /// In order of year.
    pub(super) films: Vec<Film<'a>>,
    pub(super) people: Vec<Person<'a>>,
    /// The numbers of films and of people by their place among all entities.
    film_of: Vec<Option<FilmNo>>,
    person_of: Vec<Option<PersonNo>>,
    pub(super) prizes: Vec<Nomination<'a>>,
    /// People who may be offered as wrong answers for an actor, director, composer or author.
    pub(super) players: Vec<Known>,
    pub(super) directors: Vec<Known>,
    pub(super) composers: Vec<Known>,
    pub(super) authors: Vec<Known>,
    briefs: Briefs,
    /// For each person, the films of [`Self::films_linked_to`] and of [`Self::films_maybe_with`].
    linked_to: Groups,
    maybe_with: Groups,
    /// The films that help to remember their years, in order.
    landmarks: Vec<FilmNo>,
}

impl<'i, 'a> FilmIndex<'i, 'a> {
    pub(super) fn of(index: &'i Index<'a>) -> Self {
        let entities = index.base.entities_count();
        let mut film_index = Self {
            index,
            films: filling::films(index),
            people: Vec::new(),
            film_of: vec![None; entities],
            person_of: vec![None; entities],
            prizes: Vec::new(),
            players: Vec::new(),
            directors: Vec::new(),
            composers: Vec::new(),
            authors: Vec::new(),
            briefs: Briefs::default(),
            linked_to: Groups::default(),
            maybe_with: Groups::default(),
            landmarks: Vec::new(),
        };
        for (number, film) in (0..).zip(&film_index.films) {
            film_index.film_of[film.place as usize] = Some(number);
        }
        for (fact, named) in index.base.facts_naming() {
            film_index.add(fact, &named);
        }
        film_index.settle();
        film_index
    }

    pub(super) fn film(&self, number: FilmNo) -> &Film<'a> {
        &self.films[number as usize]
    }

    pub(super) fn person(&self, number: PersonNo) -> &Person<'a> {
        &self.people[number as usize]
    }

    /// Every film with its number.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (FilmNo, &Film<'a>)> {
        (0..).zip(&self.films)
    }

    /// Whether templates may ask about a fact.
    pub(super) fn asks(&self, fact: &Fact) -> bool {
        self.index.is_asked(fact)
    }

    /// Whether templates may ask about a fact that only this module covers. Other templates ask
    /// about facts that packs state one by one.
    pub(super) fn asks_anew(&self, fact: &Fact) -> bool {
        fact.of_record && self.asks(fact)
    }

    /// What makes a film like others.
    pub(super) fn film_brief(&self, film: FilmNo) -> FilmBrief {
        self.briefs.films[film as usize]
    }

    /// What makes somebody like others.
    pub(super) fn person_brief(&self, person: PersonNo) -> PersonBrief {
        self.briefs.people[person as usize]
    }

    /// The films in which somebody acted, or which they directed or scored.
    pub(super) fn briefs_of(&self, person: PersonBrief) -> &[FilmBrief] {
        self.briefs.films_of(person)
    }

    /// The films with which any fact names somebody together, in order: to ask about one person and
    /// many films, where [`Self::is_linked`] is for many people and one film.
    pub(super) fn films_linked_to(&self, person: PersonNo) -> &[FilmNo] {
        self.linked_to.get(person)
    }

    /// The films that somebody [may be in](Self::may_be_in), in order.
    pub(super) fn films_maybe_with(&self, person: PersonNo) -> &[FilmNo] {
        self.maybe_with.get(person)
    }

    /// Whether the cast only lend their voices.
    pub(super) fn is_animated(&self, film: FilmNo) -> bool {
        self.film_brief(film).is_animated
    }

    /// The series of a film.
    pub(super) fn series_of(&self, film: FilmNo) -> Option<&'a str> {
        self.film(film).series.map(|(series, _)| series)
    }

    /// Whether two films belong to one series.
    pub(super) fn are_of_a_series(&self, one: FilmNo, other: FilmNo) -> bool {
        let series = self.series_of(one);
        series.is_some() && self.series_of(other) == series
    }

    /// Whether an actor was in an earlier film of the series.
    pub(super) fn is_back(&self, player: PersonNo, film: FilmNo) -> bool {
        let mut parts = self.person(player).played.iter();
        parts.any(|(other, _)| *other < film && self.are_of_a_series(*other, film))
    }

    /// Whether this is the only known film of an actor.
    pub(super) fn is_in_one_film(&self, person: PersonNo) -> bool {
        self.person(person).played.len() < 2
    }

    /// All the directors of a film: "Lana Wachowski and Lilly Wachowski".
    pub(super) fn by(&self, film: FilmNo) -> Option<String> {
        let directors = &self.film(film).directors;
        let names: Vec<&str> = directors.iter().map(|by| self.name(by.person)).collect();
        let (last, others) = names.split_last()?;
        Some(match others {
            [] => (*last).to_owned(),
            _ => format!("{} and {last}", others.join(", ")),
        })
    }

    /// The films that somebody is known for as a director, by year: those with at most one other
    /// director. Few people could name one of a cartoon's three.
    pub(super) fn films_by(&self, director: PersonNo) -> impl Iterator<Item = FilmNo> {
        let directed = self.person(director).directed.iter().copied();
        directed.filter(|film| self.film(*film).directors.len() <= DIRECTORS_MAX)
    }

    pub(super) fn person_named(&self, id: &str) -> Option<PersonNo> {
        self.person_of[self.index.number(EntityKind::Person, id)? as usize]
    }

    pub(super) fn film_named(&self, id: &str) -> Option<FilmNo> {
        self.film_of[self.index.number(EntityKind::Work, id)? as usize]
    }

    /// Whether any fact names the two together.
    pub(super) fn is_linked(&self, person: PersonNo, film: FilmNo) -> bool {
        self.film(film).linked.binary_search(&person).is_ok()
    }

    /// Whether the person may be in a film whose cast list omits them, because they are in others
    /// of its series or by its director.
    pub(super) fn may_be_in(&self, person: PersonNo, film: FilmNo) -> bool {
        self.is_linked(person, film) || self.film(film).likely.binary_search(&person).is_ok()
    }

    /// The films in which any of these people acted, in order.
    pub(super) fn films_with(&self, people: &[PersonNo]) -> Vec<FilmNo> {
        let played = people
            .iter()
            .flat_map(|person| &self.person(*person).played);
        let mut films: Vec<FilmNo> = played.map(|(film, _)| *film).collect();
        films.sort_unstable();
        films.dedup();
        films
    }

    /// The films of a year that everyone remembers.
    pub(super) fn landmarks(&self, year: u16) -> &[FilmNo] {
        let year_of = |film: &FilmNo| self.film(*film).year;
        let start = self.landmarks.partition_point(|film| year_of(film) < year);
        let end = self.landmarks.partition_point(|film| year_of(film) <= year);
        &self.landmarks[start..end]
    }

    /// Everyone who is, or may be, in all of these films.
    pub(super) fn shared_by(&self, films: &[FilmNo]) -> Vec<PersonNo> {
        let Some((first, others)) = films.split_first() else {
            return Vec::new();
        };
        let first = self.film(*first);
        let people = first.linked.iter().chain(&first.likely).copied();
        let in_all = |person: &PersonNo| others.iter().all(|film| self.may_be_in(*person, *film));
        let mut people: Vec<PersonNo> = people.filter(in_all).collect();
        people.sort_unstable();
        people.dedup();
        people
    }
}

/// Nominations by ceremony and category.
pub(super) type CategoryNominations<'s, 'a> = BTreeMap<(u16, &'a str), Vec<&'s Nomination<'a>>>;

impl<'a> FilmIndex<'_, 'a> {
    /// The nominations, grouped by ceremony and category.
    pub(super) fn races(&self) -> CategoryNominations<'_, 'a> {
        let mut races: CategoryNominations = BTreeMap::new();
        for prize in &self.prizes {
            let race = races.entry((prize.ceremony, prize.category));
            race.or_default().push(prize);
        }
        races
    }

    /// How a choice refers to a film.
    pub(super) fn film_ref(&self, film: FilmNo) -> EntityRef {
        EntityRef::new(EntityKind::Work, self.film(film).id.clone())
    }
}
