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
use super::sheet::{Nomination, Sheet};
use super::slug::slug;
use super::text::fold;
use foldhash::quality::FixedState;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::sync::Arc;

/// Turns the records of all packs into facts of these packs, and returns the entities they name
/// together with `declared`, those that packs declare one by one.
///
/// Adds a fault for each film whose year differs from that of the work with its id.
pub(super) fn unfold(
    packs: &mut [Pack],
    declared: BTreeMap<EntityRef, Entity>,
    faults: &mut Vec<Fault>,
) -> HashMap<EntityRef, Entity> {
    let mut unfolding = Unfolding::of(packs, declared);
    for pack in packs.iter_mut() {
        for (place, film) in std::mem::take(&mut pack.films).into_iter().enumerate() {
            if let Some(flaw) = unfolding.film(&film, &mut pack.facts) {
                let path = format!("films[{place}].year");
                faults.push(Fault::new(&pack.id, path, flaw));
            }
        }
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

struct Unfolding {
    entities: HashMap<EntityRef, Entity>,
    /// The marks of all fact ids so far: a fact in two records is stated once. A collision would
    /// lose one fact of many millions.
    known: HashSet<u64>,
    /// Who has which part in a work, according to facts that a pack states one by one: by work,
    /// then by person.
    parts: HashMap<EntityId, HashMap<EntityId, EntityId>>,
    /// The place of the last award: most awards of a ceremony share one.
    cites: Arc<[Cite]>,
    /// People by written name, and by folded name.
    written: HashMap<String, EntityId>,
    people: HashMap<String, EntityId>,
    /// Works and characters made here, each with the text that distinguishes it from namesakes.
    made: Vec<(EntityRef, String)>,
}

impl Unfolding {
    fn of(packs: &[Pack], declared: BTreeMap<EntityRef, Entity>) -> Self {
        let people = declared.iter();
        let people = people.filter(|(key, _)| key.kind == EntityKind::Person);
        let people = people.map(|(key, person)| (fold(&person.name), key.id.clone()));
        let mut unfolding = Self {
            people: people.collect(),
            entities: declared.into_iter().collect(),
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

    /// The id of the person with this name, who is created if no pack declares them.
    fn person(&mut self, name: &str) -> EntityId {
        if let Some(id) = self.written.get(name) {
            return id.clone();
        }
        let id = self.people.entry(fold(name)).or_insert_with(|| slug(name));
        let id = id.clone();
        self.written.insert(name.to_owned(), id.clone());
        let key = EntityRef::new(EntityKind::Person, id.clone());
        let person = self.entities.entry(key);
        person.or_insert_with(|| Entity::named(&id, name));
        id
    }

    fn people(&mut self, names: &[String]) -> Vec<EntityId> {
        names.iter().map(|name| self.person(name)).collect()
    }

    /// Creates the work, unless a pack declares it.
    fn work(&mut self, id: &str, title: &str, year: u16) -> &mut Entity {
        let key = EntityRef::new(EntityKind::Work, id);
        let made = &mut self.made;
        self.entities.entry(key).or_insert_with_key(|key| {
            made.push((key.clone(), year.to_string()));
            Entity {
                form: Some("film".to_owned()),
                year: Some(year),
                ..Entity::named(id, title)
            }
        })
    }

    /// The character for this part.
    fn character(&mut self, film: &Film, person: &str, part: &str) -> EntityId {
        let of_work = self.parts.get(&film.id);
        if let Some(known) = of_work.and_then(|of_work| of_work.get(person)) {
            return known.clone();
        }
        let world = film.series.as_deref().map(slug);
        let id = format!("{}-{}", slug(part), world.as_deref().unwrap_or(&film.id));
        let key = EntityRef::new(EntityKind::Character, id.clone());
        let made = &mut self.made;
        self.entities.entry(key).or_insert_with_key(|key| {
            let apart = match &film.series {
                Some(series) => series.clone(),
                None => film.title.clone(),
            };
            made.push((key.clone(), apart));
            Entity::named(&id, part)
        });
        id
    }

    /// Adds what a film's record states; returns a fault if its year is wrong.
    fn film(&mut self, film: &Film, facts: &mut Vec<Fact>) -> Option<Flaw> {
        let work = self.work(&film.id, &film.title, film.year);
        if work.year != Some(film.year) {
            return Some(Flaw::FilmYearOtherwise {
                film: film.id.clone(),
                other: work.year,
            });
        }
        work.fame = work.fame.or(film.fame);
        work.plot = work.plot.take().or_else(|| film.plot.clone());
        work.emoji = work.emoji.take().or_else(|| film.emoji.clone());
        let sheet = Sheet::of(film);
        let mut stated = vec![sheet.release()];
        stated.extend(film.genres.iter().map(|genre| sheet.genre(genre)));
        stated.extend(film.series.iter().map(|series| sheet.series(series)));
        let composers = film.composer.as_slice();
        for (names, job) in [
            (film.directors.as_slice(), Job::Director),
            (&film.writers, Job::Writer),
            (composers, Job::Composer),
        ] {
            for name in names {
                stated.push(sheet.crew(name, self.person(name), job));
            }
        }
        for (line, place) in film.cast.iter().zip(1..) {
            self.cast(film, &sheet, line, place, &mut stated);
        }
        if let Some(original) = &film.based_on {
            let authors = authors(original).map(|name| self.person(name));
            let authors = authors.collect();
            stated.push(sheet.based_on(original, authors));
        }
        self.say_who_is_a_woman(film);
        self.add(stated, facts);
        None
    }

    fn cast(&mut self, film: &Film, sheet: &Sheet, line: &str, place: u8, stated: &mut Vec<Fact>) {
        let (name, parts) = credit(line);
        let person = self.person(name);
        if parts.is_empty() {
            stated.push(sheet.appearance(name, person, place));
            return;
        }
        for (number, part) in parts.iter().enumerate() {
            let character = self.character(film, &person, part);
            stated.push(sheet.part(name, person.clone(), (part, character), place, number));
        }
    }

    /// A record that lists any women lists all of them.
    fn say_who_is_a_woman(&mut self, film: &Film) {
        if film.women.is_empty() {
            return;
        }
        let players = film.cast.iter().map(|line| credit(line).0);
        let others = film
            .directors
            .iter()
            .chain(&film.writers)
            .chain(&film.composer);
        let names: Vec<&str> = players.chain(others.map(String::as_str)).collect();
        for name in names {
            let is_woman = film.women.iter().any(|woman| woman == name);
            let id = self.person(name);
            let person = EntityRef::new(EntityKind::Person, id);
            let Some(person) = self.entities.get_mut(&person) else {
                continue;
            };
            let said = if is_woman { Pronoun::She } else { Pronoun::He };
            person.pronoun = person.pronoun.or(Some(said));
        }
    }

    fn award(&mut self, award: &Award, facts: &mut Vec<Fact>) {
        let work = award.film.as_ref().map(|film| {
            let id = film.id();
            let work = self.work(&id, &film.title, film.year);
            (id, work.fame)
        });
        let people = self.people(&award.people);
        let nomination = Nomination::of(award, work, people);
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
        self.add(vec![fact], facts);
    }

    fn add(&mut self, stated: Vec<Fact>, facts: &mut Vec<Fact>) {
        let new = stated.into_iter();
        facts.extend(new.filter(|fact| self.known.insert(mark(&fact.id))));
    }

    /// Adds the year to works that share a title, and the film or series to characters that share a
    /// name, in brackets.
    fn tell_apart(&mut self) {
        for kind in [EntityKind::Work, EntityKind::Character] {
            // The first owner of each name, and whether there is another.
            let mut bearers: HashMap<String, (&str, bool)> = HashMap::new();
            let of_kind = self.entities.iter().filter(|(key, _)| key.kind == kind);
            for (key, entity) in of_kind {
                for name in std::iter::once(&entity.name).chain(&entity.aliases) {
                    let (first, is_shared) = bearers.entry(fold(name)).or_insert((&key.id, false));
                    *is_shared |= *first != key.id;
                }
            }
            let shared = bearers.into_iter().filter(|(_, (_, is_shared))| *is_shared);
            let shared: HashSet<String> = shared.map(|(name, _)| name).collect();
            let mut taken = HashSet::new();
            for (key, apart) in self.made.iter().filter(|(key, _)| key.kind == kind) {
                let Some(entity) = self.entities.get_mut(key) else {
                    continue;
                };
                if !shared.contains(&fold(&entity.name)) {
                    continue;
                }
                let mut name = format!("{} ({apart})", entity.name);
                if !taken.insert(name.clone()) {
                    name = format!("{} ({})", entity.name, key.id);
                }
                if length(&name) <= NAME_LENGTH_MAX {
                    entity.name = name;
                }
            }
        }
    }
}

/// A number for an id.
fn mark(id: &str) -> u64 {
    FixedState::default().hash_one(id)
}

#[cfg(test)]
#[path = "unfold_tests.rs"]
mod tests;
