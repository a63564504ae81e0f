//! Turns the short records of films and awards into entities and facts.
//!
//! A record is only another notation for facts. Its facts have the same shape as those that a pack
//! states one by one, so everything after the loader knows only one shape.

use super::fault::Fault;
use super::film::{Award, Film, authors, credit};
use super::flaw::Flaw;
use super::ids::EntityId;
use super::limits::{NAME_LENGTH_MAX, length};
use super::model::{Cite, Entity, EntityKind, EntityRef, Fact, FactKind, Job, Pack, Pronoun};
use super::register::Register;
use super::sheet::{Nomination, Sheet};
use super::slug::slug;
use super::text::fold;
use crate::rows::number_of;
use foldhash::quality::FixedState;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::sync::Arc;

/// How many films become facts at a time: so many that all cores are busy, and so few that the
/// memory for one batch serves the next.
const CHUNK: usize = 4096;

/// Turns the records of all packs into facts of these packs, and returns the entities they name
/// together with `declared`, those that packs declare one by one.
///
/// Adds a fault for each film whose year differs from that of the work with its id.
pub(super) fn unfold(
    packs: &mut [Pack],
    declared: BTreeMap<EntityRef, Entity>,
    faults: &mut Vec<Fault>,
) -> Register {
    let mut unfolding = Unfolding::of(packs, declared);
    let mut named = Vec::with_capacity(packs.len());
    for pack in packs.iter() {
        let mut of_pack = Vec::with_capacity(pack.films.len());
        for (place, film) in pack.films.iter().enumerate() {
            let named = unfolding.film(film).map_err(|flaw| {
                let path = format!("films[{place}].year");
                faults.push(Fault::new(&pack.id, path, flaw));
            });
            of_pack.push(named.unwrap_or_default());
        }
        named.push(of_pack);
    }
    for (pack, named) in packs.iter_mut().zip(named) {
        unfolding.add_films(&std::mem::take(&mut pack.films), &named, &mut pack.facts);
    }
    // After all films, because they know the names better.
    for pack in packs.iter_mut() {
        for award in std::mem::take(&mut pack.awards) {
            unfolding.award(&award, &mut pack.facts);
        }
        pack.facts.shrink_to_fit();
    }
    unfolding.tell_apart();
    unfolding.entities
}

/// Whom a film's record names, by number, in the order in which it names them.
#[derive(Default)]
struct Named {
    /// The directors, writers, composer, cast and authors.
    people: Vec<u32>,
    /// The parts of the cast.
    characters: Vec<u32>,
}

struct Unfolding {
    entities: Register,
    /// The marks of all fact ids so far: a fact in two records is stated once. A collision would
    /// lose one fact of many millions.
    known: HashSet<u64>,
    /// Who has which part in a work, according to facts that a pack states one by one: by work,
    /// then by person.
    parts: HashMap<EntityId, HashMap<EntityId, EntityId>>,
    /// The place of the last award: most awards of a ceremony share one.
    cites: Arc<[Cite]>,
    /// People by written name, and by folded name.
    written: HashMap<String, u32>,
    people: HashMap<String, EntityId>,
    /// Works and characters made here, each with the text that distinguishes it from namesakes.
    made: Vec<(u32, String)>,
}

impl Unfolding {
    fn of(packs: &[Pack], declared: BTreeMap<EntityRef, Entity>) -> Self {
        let people = declared.iter();
        let people = people.filter(|(key, _)| key.kind == EntityKind::Person);
        let people = people.map(|(key, person)| (fold(&person.name), key.id.clone()));
        let films = packs.iter().flat_map(|pack| &pack.films);
        // A film, and everyone and everyone's part in it: hardly ever more.
        let named = films.map(|film| 2 * film.cast.len() + crew(film).count() + 1);
        let mut unfolding = Self {
            people: people.collect(),
            entities: Register::of(declared, named.sum()),
            known: HashSet::new(),
            parts: HashMap::new(),
            cites: Arc::default(),
            written: HashMap::new(),
            made: Vec::new(),
        };
        for fact in packs.iter().flat_map(|pack| &pack.facts) {
            unfolding.known.insert(mark(&fact.id));
            if let FactKind::Cast {
                person,
                character,
                work,
                ..
            } = &fact.kind
            {
                let of_work = unfolding.parts.entry(work.clone()).or_default();
                let part = of_work.entry(person.clone());
                part.or_insert_with(|| character.clone());
            }
        }
        unfolding
    }

    /// The person with this name, who is created if no pack declares them.
    fn person(&mut self, name: &str) -> u32 {
        if let Some(number) = self.written.get(name) {
            return *number;
        }
        let id = self.people.entry(fold(name)).or_insert_with(|| slug(name));
        let make = || Entity::named(id, name);
        let number = self.entities.number_or(EntityKind::Person, id, make);
        self.written.insert(name.to_owned(), number);
        number
    }

    /// The work with this id, which is created unless a pack declares it.
    fn work(&mut self, id: &str, title: &str, year: u16) -> &mut Entity {
        let mut is_new = false;
        let number = self.entities.number_or(EntityKind::Work, id, || {
            is_new = true;
            Entity {
                form: Some("film".to_owned()),
                year: Some(year),
                ..Entity::named(id, title)
            }
        });
        if is_new {
            self.made.push((number, year.to_string()));
        }
        self.entities.get_mut(number)
    }

    /// The character for this part.
    fn character(&mut self, film: &Film, person: u32, part: &str) -> u32 {
        let of_work = self.parts.get(&film.id);
        let known = of_work.and_then(|of_work| of_work.get(&self.entities.get(person).id));
        let id = known.cloned().unwrap_or_else(|| {
            let world = film.series.as_deref().map(slug);
            format!("{}-{}", slug(part), world.as_deref().unwrap_or(&film.id))
        });
        let mut is_new = false;
        let number = self.entities.number_or(EntityKind::Character, &id, || {
            is_new = true;
            Entity::named(&id, part)
        });
        if is_new {
            let apart = film.series.as_ref().unwrap_or(&film.title);
            self.made.push((number, apart.clone()));
        }
        number
    }

    /// Everyone whom a film's record names, or a fault if its year is wrong.
    fn film(&mut self, film: &Film) -> Result<Named, Flaw> {
        let work = self.work(&film.id, &film.title, film.year);
        if work.year != Some(film.year) {
            return Err(Flaw::FilmYearOtherwise {
                film: film.id.clone(),
                other: work.year,
            });
        }
        work.fame = work.fame.or(film.fame);
        work.plot = work.plot.take().or_else(|| film.plot.clone());
        work.emoji = work.emoji.take().or_else(|| film.emoji.clone());
        let crew = crew(film).map(|(name, _)| self.person(name));
        let mut named = Named {
            people: crew.collect(),
            characters: Vec::new(),
        };
        for line in &film.cast {
            let (name, parts) = credit(line);
            let person = self.person(name);
            named.people.push(person);
            for part in parts {
                named.characters.push(self.character(film, person, part));
            }
        }
        let authors = film.based_on.iter().flat_map(authors);
        named.people.extend(authors.map(|name| self.person(name)));
        self.say_who_is_a_woman(film);
        Ok(named)
    }

    /// A record that lists any women lists all of them.
    fn say_who_is_a_woman(&mut self, film: &Film) {
        if film.women.is_empty() {
            return;
        }
        let players = film.cast.iter().map(|line| credit(line).0);
        for name in players.chain(crew(film).map(|(name, _)| name)) {
            let is_woman = film.women.iter().any(|woman| woman == name);
            let number = self.person(name);
            let person = self.entities.get_mut(number);
            let said = if is_woman { Pronoun::She } else { Pronoun::He };
            person.pronoun = person.pronoun.or(Some(said));
        }
    }

    /// Adds what the records of these films state.
    fn add_films(&mut self, films: &[Film], named: &[Named], facts: &mut Vec<Fact>) {
        let count = films.iter().map(Film::facts_count).sum();
        facts.reserve_exact(count);
        self.known.reserve(count);
        for (films, named) in films.chunks(CHUNK).zip(named.chunks(CHUNK)) {
            let stated = films.par_iter().zip(named).map(|(film, named)| {
                let stated = stated(film, named, &self.entities).into_iter();
                stated.map(|fact| (mark(&fact.id), fact)).collect()
            });
            let stated: Vec<Vec<(u64, Fact)>> = stated.collect();
            let new = stated.into_iter().flatten();
            let new = new.filter(|(mark, _)| self.known.insert(*mark));
            facts.extend(new.map(|(_, fact)| fact));
        }
    }

    fn award(&mut self, award: &Award, facts: &mut Vec<Fact>) {
        let work = award.film.as_ref().map(|film| {
            let id = film.id();
            let work = self.work(&id, &film.title, film.year);
            (id, work.fame)
        });
        let people = award.people.iter().map(|name| {
            let person = self.person(name);
            self.entities.get(person).id.clone()
        });
        let nomination = Nomination::of(award, work, people.collect());
        // One writer may be nominated for two songs of one film.
        let mut fact = nomination.fact();
        for number in 2..u8::MAX {
            if !self.known.contains(&mark(&fact.id)) {
                break;
            }
            fact.id = format!("{}-{number}", nomination.id());
        }
        if fact.cites == self.cites {
            fact.cites = Arc::clone(&self.cites);
        }
        self.cites = Arc::clone(&fact.cites);
        if self.known.insert(mark(&fact.id)) {
            facts.push(fact);
        }
    }

    /// Adds the year to works that share a title, and the film or series to characters that share a
    /// name, in brackets.
    fn tell_apart(&mut self) {
        let shared = [EntityKind::Work, EntityKind::Character]
            .map(|kind| namesakes(self.entities.rows(), kind));
        let mut taken = HashSet::new();
        for (number, apart) in &self.made {
            let (kind, entity) = &self.entities.rows()[*number as usize];
            if !shared.iter().any(|shared| shared.contains(number)) {
                continue;
            }
            let mut name = format!("{} ({apart})", entity.name);
            if !taken.insert((*kind, name.clone())) {
                name = format!("{} ({})", entity.name, entity.id);
            }
            if length(&name) <= NAME_LENGTH_MAX {
                self.entities.get_mut(*number).name = name;
            }
        }
    }
}

/// The crew of a film's record, with their jobs.
fn crew(film: &Film) -> impl Iterator<Item = (&str, Job)> {
    let crew = [
        (film.directors.as_slice(), Job::Director),
        (&film.writers, Job::Writer),
        (film.composer.as_slice(), Job::Composer),
    ];
    let crew = crew.into_iter();
    crew.flat_map(|(names, job)| names.iter().map(move |name| (name.as_str(), job)))
}

/// What a film's record states.
fn stated(film: &Film, named: &Named, entities: &Register) -> Vec<Fact> {
    let id = |number: &u32| entities.get(*number).id.clone();
    let mut people = named.people.iter().map(id);
    let mut characters = named.characters.iter().map(id);
    let sheet = Sheet::of(film);
    let mut stated = vec![sheet.release()];
    stated.extend(film.genres.iter().map(|genre| sheet.genre(genre)));
    stated.extend(film.series.iter().map(|series| sheet.series(series)));
    let crew = crew(film).zip(people.by_ref());
    stated.extend(crew.map(|((name, job), person)| sheet.crew(name, person, job)));
    for ((line, place), person) in film.cast.iter().zip(1..).zip(people.by_ref()) {
        let (name, parts) = credit(line);
        if parts.is_empty() {
            stated.push(sheet.appearance(name, person, place));
            continue;
        }
        let parts = parts.into_iter().zip(characters.by_ref()).enumerate();
        stated.extend(
            parts.map(|(number, part)| sheet.part(name, person.clone(), part, place, number)),
        );
    }
    if let Some(original) = &film.based_on {
        stated.push(sheet.based_on(original, people.collect()));
    }
    stated
}

/// The numbers of the entities of a kind that share a name with another of it. Names are compared
/// by marks: a collision would tell apart two of many millions that need not be.
fn namesakes(rows: &[(EntityKind, Entity)], kind: EntityKind) -> HashSet<u32> {
    let of_kind = (0..number_of(rows.len())).into_par_iter();
    let named = of_kind.flat_map_iter(|number| {
        let (of, entity) = &rows[number as usize];
        let names = std::iter::once(&entity.name).chain(&entity.aliases);
        let names = names.filter(move |_| *of == kind);
        names.map(move |name| (mark(&fold(name)), number))
    });
    let mut named: Vec<(u64, u32)> = named.collect();
    named.par_sort_unstable();
    let same = named.chunk_by(|(a, _), (b, _)| a == b);
    let shared = same.filter(|same| same.first().map(|(_, n)| n) != same.last().map(|(_, n)| n));
    shared.flatten().map(|(_, number)| *number).collect()
}

/// A number for an id.
fn mark(id: &str) -> u64 {
    FixedState::default().hash_one(id)
}

#[cfg(test)]
#[path = "unfold_tests.rs"]
mod tests;
