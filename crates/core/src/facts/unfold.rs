//! Turns the short records of films and awards into entities and facts.
//!
//! A record is only another notation for facts. Its facts have the same shape as those that a pack
//! states one by one, so everything after the loader knows only one shape.

use super::fault::Fault;
use super::film::{Film, credit, film_id};
use super::ids::EntityId;
use super::model::{Entity, EntityKind, EntityRef, Fact, Pack};
use super::named_people::NamedPeople;
use super::named_works::NamedWorks;
use super::record_words::bare_name;
use super::register::Register;
use super::sheet::{Sheet, crew};
use super::text::{fold, mark};
use super::unfold_awards::{AwardNames, add_awards};
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use rayon::prelude::*;
use std::collections::BTreeMap;

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
) -> [Vec<(EntityKind, Entity)>; 2] {
    join_declared(packs, &declared);
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
            let films = packs.par_iter().flat_map(|pack| &pack.films);
            let parts = films.map(|film| works.parts_of(film));
            let mut parts = parts.collect::<Vec<_>>().into_iter();
            in_films(packs, |pack, place, film| {
                let parts = parts.next().unwrap_or_default();
                let named = works.add_film(film, &parts).map_err(|flaw| {
                    let path = format!("films[{place}].year");
                    faults.push(Fault::new(&pack.id, path, flaw));
                });
                named.unwrap_or_default()
            })
        },
    );
    let stated: Vec<usize> = packs.iter().map(|pack| pack.facts.len()).collect();
    for ((pack, people_named), parts_named) in packs.iter_mut().zip(people_named).zip(parts_named) {
        let films = std::mem::take(&mut pack.films);
        let people = (&people.register, people_named.as_slice());
        let parts = (&works.register, parts_named.as_slice());
        let count: usize = films.par_iter().map(Film::facts_count).sum();
        pack.facts.reserve_exact(count + pack.awards.len());
        add_films(&films, people, parts, &mut pack.facts);
    }
    // After all films, because they know the names better.
    let named = packs.iter().map(|pack| -> Vec<AwardNames> {
        let awards = pack.awards.iter();
        let honoured = awards.map(|award| AwardNames::of(award, &mut people, &mut works));
        honoured.collect()
    });
    let named: Vec<Vec<AwardNames>> = named.collect();
    rayon::join(
        || works.tell_apart(),
        || {
            let mut known = stated_once(packs, &stated);
            add_awards(packs, named, &mut known);
        },
    );
    [people.register.into_rows(), works.register.into_rows()]
}

/// Gives the records of a film that is known under an id of its own that id: a pack of awards, or one
/// made from a data set, knows films by title and year only, and would make two of it. Leaves a film's
/// record as it is if its id was chosen, or if anything else in its pack may refer to that.
fn join_declared(packs: &mut [Pack], declared: &BTreeMap<EntityRef, Entity>) {
    let has_records = |pack: &Pack| !pack.films.is_empty() || !pack.awards.is_empty();
    if !packs.iter().any(has_records) {
        return;
    }
    let mut by_title: HashMap<(String, u16), Option<&EntityId>> = HashMap::new();
    for (key, entity) in declared {
        let title = bare_name(&entity.name);
        let is_film = key.kind == EntityKind::Work && entity.form.as_deref() == Some("film");
        if let Some(year) = entity.year.filter(|_| is_film)
            && key.id != film_id(title, year)
        {
            let same = by_title.entry((fold(title), year));
            let same = same.or_insert(Some(&key.id));
            *same = same.filter(|known| **known == key.id);
        }
    }
    let known = |id: &EntityId, title: &str, year: u16| {
        let known = by_title.get(&(fold(title), year)).copied().flatten()?;
        let is_declared = || declared.contains_key(&EntityRef::new(EntityKind::Work, id.clone()));
        (*id == film_id(title, year) && !is_declared()).then(|| known.clone())
    };
    for pack in packs {
        if pack.facts.is_empty() && pack.questions.is_empty() {
            pack.films.par_iter_mut().for_each(|film| {
                if let Some(id) = known(&film.id, &film.title, film.year) {
                    film.id = id;
                }
            });
        }
        pack.awards.par_iter_mut().for_each(|award| {
            let Some(film) = &mut award.film else {
                return;
            };
            if let Some(id) = known(&film.id(), &film.title, film.year) {
                film.id = Some(id);
            }
        });
    }
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

/// Adds what the records of these films state, with the numbers of the people and of the characters
/// that each names.
fn add_films(
    films: &[Film],
    (people, of_people): (&Register, &[Numbers]),
    (characters, of_parts): (&Register, &[Numbers]),
    facts: &mut Vec<Fact>,
) {
    let named = of_people.chunks(CHUNK).zip(of_parts.chunks(CHUNK));
    for (films, (of_people, of_parts)) in films.chunks(CHUNK).zip(named) {
        let named = of_people.par_iter().zip(of_parts);
        let films = films.par_iter().zip(named);
        facts.par_extend(films.flat_map_iter(|(film, (of_people, of_parts))| {
            stated(film, ids(people, of_people), ids(characters, of_parts))
        }));
    }
}

/// Removes facts of records that repeat another, and returns the marks of the others. Of several
/// records that state a fact, the first keeps it; none does if a pack states it by itself. `stated` is
/// how many facts each pack states by itself; they come first. A collision of marks would lose one
/// fact of many millions.
fn stated_once(packs: &mut [Pack], stated: &[usize]) -> HashSet<u64> {
    let marks = packs.iter().map(|pack| {
        let facts = pack.facts.par_iter();
        facts.map(|fact| mark(&fact.id)).collect::<Vec<u64>>()
    });
    let marks: Vec<Vec<u64>> = marks.collect();
    let by_itself = marks.iter().zip(stated);
    let by_itself = by_itself.flat_map(|(marks, stated)| &marks[..*stated]);
    let mut known: HashSet<u64> = HashSet::with_capacity(marks.iter().map(Vec::len).sum());
    known.extend(by_itself);
    for ((pack, marks), stated) in packs.iter_mut().zip(marks).zip(stated) {
        let is_new = marks[*stated..].iter().map(|mark| known.insert(*mark));
        let is_new: Vec<bool> = is_new.collect();
        let mut is_kept = std::iter::repeat_n(true, *stated).chain(is_new);
        pack.facts.retain(|_| is_kept.next().unwrap_or_default());
    }
    known
}

fn ids(register: &Register, numbers: &[u32]) -> impl Iterator<Item = EntityId> {
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
