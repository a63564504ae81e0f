//! Films, their people and their awards as small numbers, so that templates can search many of
//! them.

use super::brief::{Briefs, FilmBrief, PersonBrief};
use crate::bank::index::Index;
use crate::bank::wording::title;
use crate::facts::{
    Difficulty, Entity, EntityKind, EntityRef, Fact, FactKind, Job, Pronoun, fold, is_player,
};
use crate::groups::Groups;
use crate::rows::number_of;
use foldhash::{HashMap, HashMapExt};
use std::collections::BTreeMap;

/// The index of a film in [`FilmIndex::films`].
pub(super) type FilmNo = u32;
/// The index of a person in [`FilmIndex::people`].
pub(super) type PersonNo = u32;
/// The number of a character's folded name, which several characters may share.
pub(super) type NameNo = u32;

/// With more directors, a film is not known by any of them.
const DIRECTORS_MAX: usize = 2;
/// The least fame of a film that helps to remember a year.
const LANDMARK_FAME_MIN: u8 = 5;
/// Someone never billed at least this high is not offered as a wrong answer.
const PLAYERS_PLACE_MAX: u8 = 4;

/// A film that questions may ask about: released, with known year and fame.
pub(super) struct Film<'a> {
    pub(super) id: &'a str,
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
    pub(super) name: NameNo,
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
    pub(super) id: &'a str,
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

/// A nomination for an award, won or lost.
pub(super) struct Nomination<'a> {
    pub(super) fact: &'a Fact,
    pub(super) ceremony: u16,
    pub(super) year: u16,
    pub(super) category: &'a str,
    pub(super) work: Option<&'a str>,
    pub(super) people: &'a [String],
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
    name_of: HashMap<String, NameNo>,
    pub(super) prizes: Vec<Nomination<'a>>,
    /// People who may be offered as wrong answers for an actor, director, composer or author.
    pub(super) players: Vec<PersonNo>,
    pub(super) directors: Vec<PersonNo>,
    pub(super) composers: Vec<PersonNo>,
    pub(super) authors: Vec<PersonNo>,
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
            films: films(index),
            people: Vec::new(),
            film_of: vec![None; entities],
            person_of: vec![None; entities],
            name_of: HashMap::new(),
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

    /// The films that people know as somebody's, by year: those with at most one other director. Few
    /// could name one of the three behind a cartoon.
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

    /// The number of the person who has this place among all entities.
    fn person_at(&mut self, place: u32) -> Option<PersonNo> {
        if let Some(known) = self.person_of[place as usize] {
            return Some(known);
        }
        let entity = self.index.base.entity_at(place)?;
        let number = u32::try_from(self.people.len()).ok()?;
        self.people.push(Person {
            id: &entity.id,
            place,
            entity,
            pronoun: entity.pronoun,
            years: (u16::MAX, 0),
            played: Vec::new(),
            directed: Vec::new(),
            composed: Vec::new(),
            filmed: 0,
            fame: 0,
        });
        self.person_of[place as usize] = Some(number);
        Some(number)
    }

    /// The film that has this place among all entities.
    fn film_at(&mut self, place: u32) -> Option<&mut Film<'a>> {
        let number = self.film_of[place as usize]?;
        self.films.get_mut(number as usize)
    }

    /// Adds a fact. `named` has the places of the entities that it names.
    fn add(&mut self, fact: &'a Fact, named: &[u32]) {
        match (&fact.kind, named) {
            (FactKind::Cast { billing, .. }, [person, character, work]) => {
                self.add_player(fact, [*person, *work], Some(*character), *billing);
            }
            (FactKind::Appearance { billing, .. }, [person, work]) => {
                self.add_player(fact, [*person, *work], None, *billing);
            }
            (FactKind::Crew { job, .. }, [person, work]) => {
                self.add_crew(fact, [*person, *work], *job);
            }
            (FactKind::Award { .. }, _) => self.add_award(fact, named),
            (FactKind::Release { .. }, [work]) => {
                if let Some(film) = self.film_at(*work) {
                    // If there are several, always picks the same one, whatever order packs are
                    // loaded in.
                    let others = film.release.filter(|other| other.id < fact.id);
                    film.release = others.or(Some(fact));
                }
            }
            (FactKind::Genre { genre, .. }, [work]) => {
                if let Some(film) = self.film_at(*work) {
                    film.genres.push(genre);
                }
            }
            (FactKind::BasedOn { .. }, [work, authors @ ..]) => {
                self.add_original(fact, *work, authors);
            }
            (FactKind::Series { series, .. }, [work]) => {
                if let Some(film) = self.film_at(*work) {
                    film.series = Some((series, fact));
                }
            }
            _ => self.link_all(named),
        }
    }

    fn add_award(&mut self, fact: &'a Fact, named: &[u32]) {
        let FactKind::Award {
            ceremony,
            year,
            category,
            work,
            people,
            part,
            won,
        } = &fact.kind
        else {
            return;
        };
        let (honoured, winners) = match (work, named) {
            (Some(_), [winners @ .., film]) => (self.film_of[*film as usize], winners),
            _ => (None, named),
        };
        for winner in winners {
            if let Some(person) = self.person_at(*winner) {
                self.was_active_in(person, *year);
                if let Some(film) = honoured {
                    self.films[film as usize].linked.push(person);
                }
                self.say_sex(person, category);
            }
        }
        self.prizes.push(Nomination {
            fact,
            ceremony: *ceremony,
            year: *year,
            category,
            work: work.as_deref(),
            people,
            part: part.as_deref(),
            won: *won,
        });
    }

    fn add_original(&mut self, fact: &'a Fact, work: u32, authors: &[u32]) {
        let film = self.film_of[work as usize];
        for author in authors {
            if let (Some(person), Some(film)) = (self.person_at(*author), film) {
                self.films[film as usize].linked.push(person);
                let (year, fame) = (self.film(film).year, self.film(film).fame);
                self.was_active_in(person, year);
                let author = &mut self.people[person as usize];
                author.fame = author.fame.max(2 * fame);
                author.filmed += 1;
                self.authors.push(person);
            }
        }
        if let Some(film) = self.film_at(work) {
            film.original = Some(fact);
        }
    }

    /// Links everyone whom any other fact names together with a film.
    fn link_all(&mut self, named: &[u32]) {
        for film in named {
            let Some(film) = self.film_of[*film as usize] else {
                continue;
            };
            let people = named.iter();
            let people = people.filter_map(|person| self.person_of[*person as usize]);
            self.films[film as usize].linked.extend(people);
        }
    }

    fn add_player(
        &mut self,
        fact: &'a Fact,
        [person, work]: [u32; 2],
        character: Option<u32>,
        billing: Option<u8>,
    ) {
        let Some((number, film_no)) = self.link(person, work) else {
            return;
        };
        let part = character.and_then(|character| self.part(character));
        let film = &mut self.films[film_no as usize];
        // Without a cast list, the part's difficulty stands in for the billing.
        let place = billing.unwrap_or(match fact.difficulty {
            Difficulty::Easy => 2,
            Difficulty::Medium => 4,
            Difficulty::Hard => 8,
        });
        film.cast.push(Credit {
            person: number,
            place,
            part,
            fact,
            is_asked: self.index.is_asked(fact),
        });
        let fame = (2 * film.fame + 2).saturating_sub(place);
        let person = &mut self.people[number as usize];
        person.played.push((film_no, place));
        person.fame = person.fame.max(fame);
    }

    fn part(&mut self, place: u32) -> Option<Part<'a>> {
        let character = self.index.base.entity_at(place)?;
        let next = number_of(self.name_of.len());
        let name = *self.name_of.entry(fold(title(character))).or_insert(next);
        Some(Part {
            character,
            place,
            name,
        })
    }

    /// Records that someone worked on a film, and returns the numbers of both.
    fn link(&mut self, person: u32, work: u32) -> Option<(PersonNo, FilmNo)> {
        let number = self.person_at(person)?;
        if let Some(year) = self.index.year_of(work) {
            self.was_active_in(number, year);
        }
        let film_no = self.film_of[work as usize]?;
        self.films[film_no as usize].linked.push(number);
        Some((number, film_no))
    }

    fn add_crew(&mut self, fact: &'a Fact, [person, work]: [u32; 2], job: Job) {
        let Some((number, film_no)) = self.link(person, work) else {
            return;
        };
        let film = &mut self.films[film_no as usize];
        let credit = Credit {
            person: number,
            place: 1,
            part: None,
            fact,
            is_asked: self.index.is_asked(fact),
        };
        let person = &mut self.people[number as usize];
        let (credits, films) = match job {
            Job::Director => (&mut film.directors, &mut person.directed),
            Job::Composer => (&mut film.composers, &mut person.composed),
            _ => return,
        };
        if !credits.iter().any(|known| known.person == number) {
            credits.push(credit);
            films.push(film_no);
        }
        person.fame = person.fame.max(2 * film.fame);
    }

    fn was_active_in(&mut self, person: PersonNo, year: u16) {
        let years = &mut self.people[person as usize].years;
        *years = (years.0.min(year), years.1.max(year));
    }

    /// An award for acting shows whether its winner is an actor or an actress.
    fn say_sex(&mut self, person: PersonNo, category: &str) {
        if is_player(category) {
            let is_woman = category.ends_with("actress");
            let said = if is_woman { Pronoun::She } else { Pronoun::He };
            let person = &mut self.people[person as usize];
            person.pronoun = person.pronoun.or(Some(said));
        }
    }

    /// Sorts what was added, removes repeats, and records who has worked with whom.
    fn settle(&mut self) {
        let mut of_director: HashMap<PersonNo, Vec<PersonNo>> = HashMap::new();
        let mut of_series: HashMap<&str, Vec<PersonNo>> = HashMap::new();
        for film in &mut self.films {
            film.cast
                .sort_by_key(|credit| (credit.place, &credit.fact.id));
            film.directors.sort_by_key(|credit| &credit.fact.id);
            film.composers.sort_by_key(|credit| &credit.fact.id);
            film.linked.sort_unstable();
            film.linked.dedup();
            let players = || film.cast.iter().map(|credit| credit.person);
            for by in &film.directors {
                of_director.entry(by.person).or_default().extend(players());
            }
            if let Some((series, _)) = film.series {
                of_series.entry(series).or_default().extend(players());
            }
        }
        for film in &mut self.films {
            let directors = film
                .directors
                .iter()
                .filter_map(|by| of_director.get(&by.person));
            let series = film.series.and_then(|(series, _)| of_series.get(series));
            film.likely = directors.chain(series).flatten().copied().collect();
            film.likely.sort_unstable();
            film.likely.dedup();
        }
        self.authors.sort_unstable();
        self.authors.dedup();
        for (number, person) in (0..).zip(&self.people) {
            if person
                .played
                .iter()
                .any(|(_, place)| *place <= PLAYERS_PLACE_MAX)
            {
                self.players.push(number);
            }
            if !person.directed.is_empty() {
                self.directors.push(number);
            }
            if !person.composed.is_empty() {
                self.composers.push(number);
            }
        }
        let people = &self.people;
        let by_id = |number: &PersonNo| people[*number as usize].id;
        for trade in [
            &mut self.players,
            &mut self.directors,
            &mut self.composers,
            &mut self.authors,
        ] {
            trade.sort_unstable_by_key(by_id);
        }
        self.prizes.sort_by_key(|prize| &prize.fact.id);
        let films = &self.films;
        for person in &mut self.people {
            person.played.sort_unstable();
            person.played.dedup_by_key(|(film, _)| *film);
            person
                .directed
                .sort_unstable_by_key(|film| films[*film as usize].year);
        }
        self.sum_up();
        self.link_back();
    }

    /// Makes the briefs, and finds the films that stand for their years.
    fn sum_up(&mut self) {
        for film in &self.films {
            self.briefs.add_film(&film.genres, film.fame, film.year);
        }
        for person in &self.people {
            let played = person.played.iter().map(|(film, _)| *film);
            let behind = person.directed.iter().chain(&person.composed).copied();
            let films = played.chain(behind);
            self.briefs
                .add_person(person.years, person.fame, person.pronoun, films);
        }
        let known = (0..).zip(&self.films);
        let known = known.filter(|(_, film)| film.fame >= LANDMARK_FAME_MIN);
        self.landmarks = known.map(|(number, _)| number).collect();
    }

    /// Files the films under everyone who is linked to them, or may be in them.
    fn link_back(&mut self) {
        let people = self.people.len();
        let films = || (0..).zip(&self.films);
        let pair = |film: FilmNo| move |person: &PersonNo| (*person, film);
        let linked = films().flat_map(|(number, film)| film.linked.iter().map(pair(number)));
        self.linked_to = Groups::of(people, linked);
        let maybe = films().flat_map(|(number, film)| {
            let maybe = film.linked.iter().chain(&film.likely);
            maybe.map(pair(number))
        });
        self.maybe_with = Groups::of(people, maybe);
    }
}

/// The films that questions may ask about, in order of year.
fn films<'a>(index: &Index<'a>) -> Vec<Film<'a>> {
    let works = index.base.entities(EntityKind::Work);
    let released = works.filter(|work| matches!(work.form.as_deref(), Some("film")));
    let films = released.filter_map(|work| {
        Some(Film {
            id: &work.id,
            place: index.number(EntityKind::Work, &work.id)?,
            entity: work,
            title: title(work),
            folded: fold(title(work)),
            year: index.year(&work.id)?,
            fame: work.fame?,
            cast: Vec::new(),
            directors: Vec::new(),
            composers: Vec::new(),
            genres: Vec::new(),
            series: None,
            original: None,
            release: None,
            linked: Vec::new(),
            likely: Vec::new(),
        })
    });
    let mut films: Vec<Film> = films.collect();
    films.sort_by_key(|film| (film.year, film.id));
    films
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
        EntityRef::new(EntityKind::Work, self.film(film).id)
    }
}
