//! How the index is filled: facts are added one after another, and then settled.

use super::{Credit, Film, FilmIndex, FilmNo, Known, Nomination, Part, Person, PersonNo};
use crate::bank::index::Index;
use crate::bank::wording::title;
use crate::facts::{
    Difficulty, EntityKind, Fact, FactKind, Job, Pronoun, award_named, fold, is_player, mark,
};
use crate::groups::Groups;
use foldhash::{HashMap, HashMapExt};
use rayon::prelude::*;

/// Someone never billed at least this high is not offered as a wrong answer.
const PLAYERS_PLACE_MAX: u8 = 4;
/// The least fame of a film that helps to remember a year.
const LANDMARK_FAME_MIN: u8 = 5;

impl<'a> FilmIndex<'_, 'a> {
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
    pub(super) fn add(&mut self, fact: &'a Fact, named: &[u32]) {
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
        let (winners, honoured) = award_named(work.as_ref(), named);
        let honoured = honoured.and_then(|work| self.film_of[work as usize]);
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

    fn part(&self, place: u32) -> Option<Part<'a>> {
        let character = self.index.base.entity_at(place)?;
        Some(Part {
            character,
            place,
            name: mark(&fold(title(character))),
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
    pub(super) fn settle(&mut self) {
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
        self.file_trades();
        self.link_back();
    }

    /// Lists the people of each trade.
    fn file_trades(&mut self) {
        let acted = |(_, place): &(FilmNo, u8)| *place <= PLAYERS_PLACE_MAX;
        self.players = self.trade(|person| person.played.iter().any(acted));
        self.directors = self.trade(|person| !person.directed.is_empty());
        self.composers = self.trade(|person| !person.composed.is_empty());
        self.authors = self.trade(|person| person.filmed > 0);
    }

    /// Everyone of a trade, in order of id.
    fn trade(&self, is_in: impl Fn(&Person) -> bool) -> Vec<Known> {
        let people = (0..).zip(&self.people);
        let people = people.filter(|(_, person)| is_in(person));
        let known = people.map(|(person, _)| Known {
            person,
            brief: self.person_brief(person),
        });
        let mut trade: Vec<Known> = known.collect();
        trade.par_sort_unstable_by_key(|known| self.person(known.person).id);
        trade
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
pub(super) fn films<'a>(index: &Index<'a>) -> Vec<Film<'a>> {
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
