//! Turns the short records of films and awards into entities and facts.
//!
//! A record is only another notation for facts. Its facts have the same shape as those that a pack
//! states one by one, so everything after the loader knows only one shape.

use super::fault::Fault;
use super::film::{Award, Film, credit};
use super::ids::EntityId;
use super::model::{Cite, Entity, EntityKind, EntityRef, Fact, Pack};
use super::named_people::NamedPeople;
use super::named_works::NamedWorks;
use super::register::Register;
use super::sheet::{Nomination, Sheet, crew};
use super::text::{fold, mark};
use foldhash::{HashMap, HashSet};
use rayon::prelude::*;
use std::collections::BTreeMap;
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
) -> Vec<(EntityKind, Entity)> {
    let (people, others): (BTreeMap<_, _>, BTreeMap<_, _>) = declared
        .into_iter()
        .partition(|(key, _)| key.kind == EntityKind::Person);
    let by_name = people.iter();
    let by_name = by_name.map(|(key, person)| (fold(&person.name), key.id.clone()));
    let by_name: HashMap<String, EntityId> = by_name.collect();
    // Room for everyone in front of the camera and behind it, and for each film and one part a player.
    let films = || packs.iter().flat_map(|pack| &pack.films);
    let players: usize = films().map(|film| film.cast.len()).sum();
    let crews: usize = films().map(|film| crew(film).count()).sum();
    let mut people = NamedPeople::of(people, by_name.clone(), players + crews);
    let mut works = NamedWorks::of(others, &by_name, packs, players + films().count());
    // Neither needs the other.
    let (people_named, parts_named) = rayon::join(
        || in_films(packs, |_, _, film| people.add_film(film)),
        || {
            in_films(packs, |pack, place, film| {
                let named = works.add_film(film).map_err(|flaw| {
                    let path = format!("films[{place}].year");
                    faults.push(Fault::new(&pack.id, path, flaw));
                });
                named.unwrap_or_default()
            })
        },
    );
    let mut unfolding = Unfolding::of(packs, people, works);
    for ((pack, people), parts) in packs.iter_mut().zip(people_named).zip(parts_named) {
        let films = std::mem::take(&mut pack.films);
        unfolding.add_films(&films, (&people, &parts), &mut pack.facts);
    }
    // After all films, because they know the names better.
    for pack in packs.iter_mut() {
        for award in std::mem::take(&mut pack.awards) {
            unfolding.award(&award, &mut pack.facts);
        }
        pack.facts.shrink_to_fit();
    }
    unfolding.works.tell_apart();
    let mut all = unfolding.works.register.into_rows();
    all.extend(unfolding.people.register.into_rows());
    all
}

/// The numbers that a film's record names, in its order.
type Numbers = Vec<u32>;

/// The numbers for each film of each pack, in order.
fn in_films(
    packs: &[Pack],
    mut numbers: impl FnMut(&Pack, usize, &Film) -> Numbers,
) -> Vec<Vec<Numbers>> {
    let packs = packs.iter().map(|pack| {
        let films = pack.films.iter().enumerate();
        films
            .map(|(place, film)| numbers(pack, place, film))
            .collect()
    });
    packs.collect()
}

struct Unfolding<'p> {
    people: NamedPeople,
    works: NamedWorks<'p>,
    /// The marks of all fact ids so far: a fact in two records is stated once. A collision would
    /// lose one fact of many millions.
    known: HashSet<u64>,
    /// The place of the last award: most awards of a ceremony share one.
    cites: Arc<[Cite]>,
}

impl<'p> Unfolding<'p> {
    fn of(packs: &[Pack], people: NamedPeople, works: NamedWorks<'p>) -> Self {
        let stated = packs.iter().flat_map(|pack| &pack.facts);
        Self {
            people,
            works,
            known: stated.map(|fact| mark(&fact.id)).collect(),
            cites: Arc::default(),
        }
    }

    /// Adds what the records of these films state, with the numbers of the people and of the
    /// characters that each names.
    fn add_films(
        &mut self,
        films: &[Film],
        (people, parts): (&[Numbers], &[Numbers]),
        facts: &mut Vec<Fact>,
    ) {
        let count = films.iter().map(Film::facts_count).sum();
        facts.reserve_exact(count);
        self.known.reserve(count);
        let named = people.chunks(CHUNK).zip(parts.chunks(CHUNK));
        for (films, (people, parts)) in films.chunks(CHUNK).zip(named) {
            let named = people.par_iter().zip(parts);
            let stated = films.par_iter().zip(named).map(|(film, (people, parts))| {
                let people = ids(&self.people.register, people);
                let stated = stated(film, people, ids(&self.works.register, parts)).into_iter();
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
            let work = self.works.work(&id, &film.title, film.year);
            (id, work.fame)
        });
        let people = award.people.iter().map(|name| self.people.id(name));
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
}

fn ids<'r>(register: &'r Register, numbers: &'r [u32]) -> impl Iterator<Item = EntityId> {
    numbers
        .iter()
        .map(|number| register.get(*number).id.clone())
}

/// What a film's record states. `people` and `characters` are those that it names, in its order.
fn stated(
    film: &Film,
    mut people: impl Iterator<Item = EntityId>,
    mut characters: impl Iterator<Item = EntityId>,
) -> Vec<Fact> {
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

#[cfg(test)]
#[path = "unfold_tests.rs"]
mod tests;
