//! Every name that members may type for an entity, and which entities it means.

use super::form::{bare, form, without};
use super::short;
use super::twins::Twins;
use crate::bank::packed::number_of;
use crate::facts::{Entity, EntityKind, EntityRef, EntityTable, FactBase, FactKind};
use crate::rows::Rows;
use foldhash::HashMap;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// Words before a name that are not part of it.
const TITLES: [&str; 16] = [
    "agent",
    "captain",
    "colonel",
    "detective",
    "doctor",
    "dr",
    "general",
    "lieutenant",
    "lt",
    "major",
    "mr",
    "mrs",
    "ms",
    "officer",
    "sergeant",
    "sgt",
];
/// Words after a surname that are not part of it.
const SUFFIXES: [&str; 5] = ["jr", "sr", "ii", "iii", "iv"];

/// The forms of all names, each with the entities that it may mean.
///
/// Sorted rows instead of a map of sets: there may be a million names, and a set takes more memory
/// than a name. The texts are in one block, each form once for a kind.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Names {
    /// The ids of the entities: [attached](Self::attach) when the rest has been read.
    #[serde(skip)]
    entities: Arc<EntityTable>,
    /// Every form, in order of kind and text.
    forms: Rows,
    /// Where the forms of each kind end.
    ends: [u32; EntityKind::ALL.len()],
    /// The bearers of every form, in order.
    bearers: Vec<Bearer>,
    /// Where those of each form end.
    bearers_end: Vec<u32>,
    /// The numbers of the bearers in order of their entities.
    of_entity: Vec<u32>,
    /// The number of parts and jobs of each person.
    credits: Vec<u16>,
    /// Titles that differ only in their articles.
    twins: Twins,
}

/// A surname alone means someone if they have this many times the credits of any namesake.
const TIMES_BETTER_KNOWN: u16 = 4;

/// An entity that a form may mean, as four times its number plus two flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Bearer(u32);

impl Bearer {
    fn new(entity: u32, is_stated: bool, is_derived: bool) -> Self {
        Self(entity << 2 | u32::from(is_stated) << 1 | u32::from(is_derived))
    }

    fn entity(self) -> u32 {
        self.0 >> 2
    }

    /// Whether the form comes from the name or an alias.
    fn is_stated(self) -> bool {
        self.0 & 2 != 0
    }

    /// Whether the form was derived from the name.
    fn is_derived(self) -> bool {
        self.0 & 1 != 0
    }
}

/// The forms of one entity's names.
#[derive(Debug, Clone, Default)]
pub(super) struct Forms {
    /// From its name and aliases.
    pub stated: BTreeSet<String>,
    /// Derived from its name: without brackets, nickname or title, and the surname.
    pub derived: BTreeSet<String>,
}

impl Names {
    /// The names of every entity.
    #[must_use]
    pub fn of(base: &FactBase) -> Self {
        let mut names = Self {
            entities: Arc::clone(base.entity_table()),
            ..Self::default()
        };
        for kind in EntityKind::ALL {
            let entities: Vec<(u32, &Entity)> = names
                .entities
                .of_kind(kind)
                .zip(base.entities(kind))
                .collect();
            let forms = entities.into_par_iter().flat_map_iter(|(number, entity)| {
                let forms = forms_of(kind, entity).into_iter();
                forms.map(move |(form, is_stated, is_derived)| {
                    (form, Bearer::new(number, is_stated, is_derived))
                })
            });
            let mut forms: Vec<(String, Bearer)> = forms.collect();
            forms.par_sort_unstable();
            names.add_rows(&forms);
            names.ends[kind as usize] = number_of(names.forms.len());
            if kind == EntityKind::Work {
                names.twins = names.twins_among(base);
            }
        }
        names.credits = credits(base);
        let mut of_entity: Vec<u32> = (0..number_of(names.bearers.len())).collect();
        of_entity.sort_by_key(|place| names.bearers[*place as usize].entity());
        names.of_entity = of_entity;
        names.forms.shrink_to_fit();
        names.bearers.shrink_to_fit();
        names.bearers_end.shrink_to_fit();
        names
    }

    /// Completes names that were read without the table of entities.
    pub(crate) fn attach(&mut self, entities: Arc<EntityTable>) {
        self.entities = entities;
    }

    /// Adds the forms of one kind with their bearers, in order.
    fn add_rows(&mut self, pending: &[(String, Bearer)]) {
        for of_form in pending.chunk_by(|(a, _), (b, _)| a == b) {
            if let Some((form, _)) = of_form.first() {
                self.forms.push(form.as_bytes());
            }
            self.bearers
                .extend(of_form.iter().map(|(_, bearer)| *bearer));
            self.bearers_end.push(number_of(self.bearers.len()));
        }
    }

    /// Looks among the works for titles that differ only in their articles.
    fn twins_among(&self, base: &FactBase) -> Twins {
        let mut twins = Twins::default();
        for form in self.of_kind(EntityKind::Work) {
            if let bearers @ [_, _, ..] = self.bearers_of(form) {
                let works = bearers.iter().filter_map(|bearer| {
                    let work = base.entity(&self.entity(*bearer)?)?;
                    Some((bearer.entity(), work))
                });
                twins.add(self.forms.text(form), works);
            }
        }
        twins
    }

    /// Titles that differ from this form only in their articles, and are not those of `own`.
    pub(super) fn twins(&self, form: &str, own: Option<&EntityRef>) -> impl Iterator<Item = &str> {
        let own = own.and_then(|own| self.number(own));
        let twins = self.twins.of(form);
        twins.filter_map(move |(title, work)| (work.is_none() || work != own).then_some(title))
    }

    pub(super) fn forms(&self, entity: &EntityRef) -> Option<Forms> {
        Some(self.forms_at(self.number(entity)?))
    }

    /// The forms of the entity with this number.
    fn forms_at(&self, number: u32) -> Forms {
        let bearer = |place: u32| self.bearers[place as usize];
        let from = self
            .of_entity
            .partition_point(|place| bearer(*place).entity() < number);
        let places = self.of_entity[from..].iter().copied();
        let mut forms = Forms::default();
        for place in places.take_while(|place| bearer(*place).entity() == number) {
            let form = self.bearers_end.partition_point(|end| *end <= place);
            let form = self.forms.text(number_of(form));
            if bearer(place).is_stated() {
                forms.stated.insert(form.to_owned());
            }
            if bearer(place).is_derived() {
                forms.derived.insert(form.to_owned());
            }
        }
        forms
    }

    /// The short names of the person or character that a form names, including the form itself;
    /// empty if it names none.
    pub(super) fn short(&self, form: &str) -> BTreeSet<String> {
        let mut short = BTreeSet::new();
        for kind in [EntityKind::Person, EntityKind::Character] {
            let named = self.bearers(kind, form).iter();
            for forms in named.map(|bearer| self.forms_at(bearer.entity())) {
                short.extend(forms.derived);
                short.insert(form.to_owned());
            }
        }
        short
    }

    /// Whether a form means this entity and no other of its kind.
    pub(super) fn is_only(&self, entity: &EntityRef, form: &str) -> bool {
        let own = self.number(entity);
        matches!(self.bearers(entity.kind, form), [only] if Some(only.entity()) == own)
    }

    /// Whether most people take a form to mean this person, because everyone else with it has far
    /// fewer credits. "Hitchcock" is Alfred.
    pub(super) fn is_mostly(&self, entity: &EntityRef, form: &str) -> bool {
        let own = self.number(entity);
        let credits = |number: u32| self.credits.get(number as usize).copied().unwrap_or(0);
        let limit = own.map_or(0, credits) / TIMES_BETTER_KNOWN;
        let mut bearers = self.bearers(entity.kind, form).iter();
        let is_known =
            |bearer: &Bearer| Some(bearer.entity()) == own || credits(bearer.entity()) <= limit;
        limit > 0 && bearers.all(is_known)
    }

    /// Every form that may mean another entity of the same kind.
    pub(super) fn others(&self, entity: &EntityRef) -> impl Iterator<Item = &str> {
        let own = self.number(entity);
        let forms = self.of_kind(entity.kind);
        let others = forms.filter(move |form| is_of_other(self.bearers_of(*form), own));
        others.map(|form| self.forms.text(form))
    }

    /// The only entity of a kind with this form as its name or an alias.
    pub(super) fn named(&self, kind: EntityKind, form: &str) -> Option<EntityRef> {
        let bearers = self.bearers(kind, form).iter();
        let mut named = bearers.filter(|bearer| bearer.is_stated());
        let only = named.next().filter(|_| named.next().is_none())?;
        self.entity(*only)
    }

    /// Whether a form may mean an entity of a kind other than `own`.
    pub(super) fn means_other(
        &self,
        kind: EntityKind,
        form: &str,
        own: Option<&EntityRef>,
    ) -> bool {
        let own = own.and_then(|own| self.number(own));
        is_of_other(self.bearers(kind, form), own)
    }

    /// Whether a surname may mean a character of another first name.
    pub(super) fn has_namesake(&self, surname: &str, first: &str) -> bool {
        let is_other = |bearer: &Bearer| {
            let forms = self.forms_at(bearer.entity());
            // Not just the first word: "Dr. Hannibal Lecter" is a Hannibal.
            let is_first = |form: &String| form.split(' ').any(|word| word == first);
            let has_first_name = forms.stated.iter().any(|form| form.contains(' '));
            has_first_name && !forms.stated.iter().any(is_first)
        };
        let mut bearers = self.bearers(EntityKind::Character, surname).iter();
        bearers.any(is_other)
    }

    /// How many people and characters have a surname and this initial.
    pub(super) fn bearers_of_initial(&self, surname: &str, initial: &str) -> usize {
        let is_one = |bearer: &&Bearer| {
            let begins = |form: &String| form.starts_with(initial) && form.ends_with(surname);
            self.forms_at(bearer.entity()).stated.iter().any(begins)
        };
        let kinds = [EntityKind::Person, EntityKind::Character].iter();
        let bearers = kinds.flat_map(|kind| self.bearers(*kind, surname));
        bearers.filter(is_one).count()
    }

    /// Whether the name of another entity of a kind is a form, or begins with its words.
    pub(super) fn begins_other(
        &self,
        kind: EntityKind,
        form: &str,
        own: Option<&EntityRef>,
    ) -> bool {
        let own = own.and_then(|own| self.number(own));
        let forms = self.first_from(kind, form)..self.of_kind(kind).end;
        let begun = forms.map_while(|begun| {
            let rest = self.forms.text(begun).strip_prefix(form)?;
            Some((begun, rest))
        });
        let mut begun = begun.filter(|(_, rest)| rest.is_empty() || rest.starts_with(' '));
        begun.any(|(begun, _)| is_of_other(self.bearers_of(begun), own))
    }

    /// Every form of these kinds.
    pub(super) fn of_kinds(&self, kinds: &[EntityKind]) -> impl Iterator<Item = &str> {
        let forms = kinds.iter().flat_map(|kind| self.of_kind(*kind));
        forms.map(|form| self.forms.text(form))
    }

    fn entity(&self, bearer: Bearer) -> Option<EntityRef> {
        let (entity, _) = self.entities.named(bearer.entity())?;
        Some(entity)
    }

    fn number(&self, entity: &EntityRef) -> Option<u32> {
        self.entities.number(entity.kind, &entity.id)
    }

    /// The entities of a kind that a form may mean.
    fn bearers(&self, kind: EntityKind, form: &str) -> &[Bearer] {
        let found = self.first_from(kind, form);
        let is_it = self.of_kind(kind).contains(&found) && self.forms.text(found) == form;
        if is_it { self.bearers_of(found) } else { &[] }
    }

    fn bearers_of(&self, form: u32) -> &[Bearer] {
        let form = form as usize;
        let before = form.checked_sub(1);
        let start = before.map_or(0, |before| self.bearers_end[before]);
        &self.bearers[start as usize..self.bearers_end[form] as usize]
    }

    /// The number of the first form of a kind that is this one or comes after it.
    fn first_from(&self, kind: EntityKind, form: &str) -> u32 {
        let Range { mut start, mut end } = self.of_kind(kind);
        while start < end {
            let middle = u32::midpoint(start, end);
            if self.forms.text(middle) < form {
                start = middle + 1;
            } else {
                end = middle;
            }
        }
        start
    }

    /// The numbers of the forms of a kind.
    fn of_kind(&self, kind: EntityKind) -> Range<u32> {
        let before = (kind as usize).checked_sub(1);
        before.map_or(0, |before| self.ends[before])..self.ends[kind as usize]
    }
}

/// Whether any of these is another than `own`.
fn is_of_other(bearers: &[Bearer], own: Option<u32>) -> bool {
    bearers.iter().any(|bearer| Some(bearer.entity()) != own)
}

/// The number of parts and jobs of each person.
fn credits(base: &FactBase) -> Vec<u16> {
    let people = base.entities(EntityKind::Person);
    let people: HashMap<&str, usize> = people.map(|person| person.id.as_str()).zip(0..).collect();
    let mut credits = vec![0_u16; people.len()];
    for fact in base.facts() {
        if let FactKind::Cast { person, .. } | FactKind::Crew { person, .. } = &fact.kind
            && let Some(place) = people.get(person.as_str())
        {
            credits[*place] = credits[*place].saturating_add(1);
        }
    }
    credits
}

/// The forms of an entity's names, each once, with whether its name or an alias has it, and whether
/// it was derived from the name: without brackets, nickname or title, and the surname.
fn forms_of(kind: EntityKind, entity: &Entity) -> Vec<(String, bool, bool)> {
    let stated = std::iter::once(&entity.name).chain(&entity.aliases);
    let mut forms: Vec<(String, bool, bool)> =
        stated.map(|name| (form(name), true, false)).collect();
    let bare = bare(&entity.name);
    let of_bare = match forms.first() {
        Some((form, ..)) if bare == entity.name => form.clone(),
        _ => form(&bare),
    };
    let mut derive = |form: String| {
        if !form.is_empty() {
            forms.push((form, false, true));
        }
    };
    derive(of_bare);
    // "Batman (DC Extended Universe)", if another has that name too.
    let told_apart = entity.aliases.iter().filter(|alias| alias.ends_with(')'));
    told_apart.for_each(|alias| derive(form(&without(alias, '(', ')'))));
    if matches!(kind, EntityKind::Person | EntityKind::Character) {
        let words: Vec<&str> = bare.split_whitespace().collect();
        untitled(&words).into_iter().for_each(&mut derive);
        surnames(&words).into_iter().for_each(&mut derive);
    }
    forms.sort_unstable();
    forms.dedup_by(|(other, is_stated, is_derived), (form, stated, derived)| {
        *stated |= other == form && *is_stated;
        *derived |= other == form && *is_derived;
        other == form
    });
    forms
}

fn is_one_of(word: &str, list: &[&str]) -> bool {
    let plain = word.trim_end_matches('.');
    list.iter().any(|known| plain.eq_ignore_ascii_case(known))
}

fn untitled(words: &[&str]) -> Option<String> {
    let (title, name) = words.split_first()?;
    (is_one_of(title, &TITLES) && !name.is_empty()).then(|| form(&name.join(" ")))
}

/// The last word of a name, or the one before "Jr."; also with its particles, as in "De Niro". A
/// name with a comma is a description.
fn surnames(words: &[&str]) -> Vec<String> {
    if words.iter().any(|word| word.ends_with(',')) {
        return Vec::new();
    }
    let is_suffix = words.last().is_some_and(|word| is_one_of(word, &SUFFIXES));
    let name = &words[..words.len() - usize::from(is_suffix)];
    if name.len() < 2 {
        return Vec::new();
    }
    let whole = short::surname_at(name).max(1);
    let mut starts = vec![name.len() - 1, whole];
    starts.dedup();
    let surnames = starts.into_iter().map(|at| form(&name[at..].join(" ")));
    surnames.collect()
}
