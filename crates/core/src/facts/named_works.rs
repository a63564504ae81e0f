//! The works that records name, and the characters in them.

use super::film::{Film, credit};
use super::flaw::Flaw;
use super::ids::EntityId;
use super::limits::{NAME_LENGTH_MAX, length};
use super::model::{Entity, EntityKind, EntityRef, FactKind, Pack};
use super::register::Register;
use super::slug::slug;
use super::text::{fold, mark};
use crate::rows::number_of;
use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Works and characters by id.
pub(super) struct NamedWorks<'p> {
    pub(super) register: Register,
    /// The people whom packs declare, by folded name.
    people: &'p HashMap<String, EntityId>,
    /// Who has which part in a work, according to facts that a pack states one by one: by work,
    /// then by person.
    parts: HashMap<EntityId, HashMap<EntityId, EntityId>>,
    /// What was made here.
    made: Vec<Made>,
}

/// A work or a character that no pack declares.
struct Made {
    number: u32,
    /// What distinguishes it from namesakes, and what it adds if these share that too.
    apart: String,
    further: Option<u16>,
}

impl<'p> NamedWorks<'p> {
    /// Begins with the works and characters that packs declare. `people` has those whom packs declare
    /// by folded name, and `expected` is how many works and parts may follow.
    pub(super) fn of(
        declared: BTreeMap<EntityRef, Entity>,
        people: &'p HashMap<String, EntityId>,
        packs: &[Pack],
        expected: usize,
    ) -> Self {
        let mut parts: HashMap<EntityId, HashMap<EntityId, EntityId>> = HashMap::new();
        for fact in packs.iter().flat_map(|pack| &pack.facts) {
            if let FactKind::Cast {
                person,
                character,
                work,
                ..
            } = &fact.kind
            {
                let of_work = parts.entry(work.clone()).or_default();
                let part = of_work.entry(person.clone());
                part.or_insert_with(|| character.clone());
            }
        }
        Self {
            register: Register::of(declared, expected),
            people,
            parts,
            made: Vec::new(),
        }
    }

    /// The work with this id, which is created unless a pack declares it.
    pub(super) fn work(&mut self, id: &str, title: &str, year: u16) -> &mut Entity {
        let mut is_new = false;
        let number = self.register.number_or(EntityKind::Work, id, || {
            is_new = true;
            Entity {
                form: Some("film".to_owned()),
                year: Some(year),
                ..Entity::named(id, title)
            }
        });
        if is_new {
            self.made.push(Made {
                number,
                apart: year.to_string(),
                further: None,
            });
        }
        self.register.get_mut(number)
    }

    /// The id and the name of each part in a film, in the order of its record.
    pub(super) fn parts_of<'f>(&self, film: &'f Film) -> Vec<(EntityId, &'f str)> {
        let world = film.series.as_deref().map(slug);
        let world = world.as_deref().unwrap_or(&film.id);
        let credits = film.cast.iter().map(|line| credit(line));
        let parts = credits.flat_map(|(name, parts)| {
            let stated = (!parts.is_empty()).then(|| self.stated_part(film, name));
            let stated = stated.flatten();
            parts.into_iter().map(move |part| {
                let id = stated.cloned();
                let id = id.unwrap_or_else(|| format!("{}-{world}", slug(part)).into());
                (id, part)
            })
        });
        parts.collect()
    }

    /// Adds a film's work and its characters, given [by id and name](Self::parts_of), and returns the
    /// numbers of the characters.
    ///
    /// # Errors
    /// If its year differs from that of the work with its id.
    pub(super) fn add_film(
        &mut self,
        film: &Film,
        parts: &[(EntityId, &str)],
    ) -> Result<Vec<u32>, Flaw> {
        let work = self.work(&film.id, &film.title, film.year);
        if work.year != Some(film.year) {
            return Err(Flaw::FilmYearOtherwise {
                film: film.id.to_string(),
                other: work.year,
            });
        }
        work.fame = work.fame.or(film.fame);
        work.plot = work.plot.take().or_else(|| film.plot.clone());
        work.emoji = work.emoji.take().or_else(|| film.emoji.clone());
        let parts = parts.iter();
        let characters = parts.map(|(id, part)| self.character(film, id, part));
        Ok(characters.collect())
    }

    fn character(&mut self, film: &Film, id: &EntityId, part: &str) -> u32 {
        let mut is_new = false;
        let number = self.register.number_or(EntityKind::Character, id, || {
            is_new = true;
            Entity::named(id.clone(), part)
        });
        if is_new {
            let apart = film.series.as_ref().unwrap_or(&film.title);
            self.made.push(Made {
                number,
                apart: apart.clone(),
                further: film.series.is_none().then_some(film.year),
            });
        }
        number
    }

    /// Whom somebody plays in a film, if a pack states it by itself.
    fn stated_part(&self, film: &Film, name: &str) -> Option<&EntityId> {
        let of_work = self.parts.get(&film.id)?;
        match self.people.get(&fold(name)) {
            Some(person) => of_work.get(person),
            // A person whom no pack declares by this name has its slug as id.
            None => of_work.get(slug(name).as_str()),
        }
    }

    /// Adds the year to works that share a title, and the film or series to characters that share a
    /// name, in brackets.
    pub(super) fn tell_apart(&mut self) {
        let shared = [EntityKind::Work, EntityKind::Character]
            .map(|kind| namesakes(self.register.rows(), kind));
        let mut taken = HashSet::new();
        for made in &self.made {
            let (kind, entity) = &self.register.rows()[made.number as usize];
            if !shared.iter().any(|shared| shared.contains(&made.number)) {
                continue;
            }
            let Made { apart, further, .. } = made;
            let further = further.map(|year| format!("{} ({apart}, {year})", entity.name));
            let mut names = std::iter::once(format!("{} ({apart})", entity.name)).chain(further);
            let name = names.find(|name| taken.insert((*kind, name.clone())));
            let name = name.unwrap_or_else(|| format!("{} ({})", entity.name, entity.id));
            if length(&name) <= NAME_LENGTH_MAX {
                self.register.get_mut(made.number).name = name;
            }
        }
    }
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
