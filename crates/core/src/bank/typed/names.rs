//! Every name that members may type for an entity, and which entities it means.

use super::form::{bare, form, without};
use super::short;
use super::twins::Twins;
use crate::bank::packed::number_of;
use crate::facts::{Entity, EntityKind, EntityRef, FactBase, FactKind};
use crate::rows::Rows;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;

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
/// than a name. The texts are in two blocks, each form once.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Names {
    /// The ids of the entities, in order of kind and id.
    ids: Rows,
    /// Where the entities of each kind end.
    ends: [u32; EntityKind::ALL.len()],
    /// Every form, in order.
    forms: Rows,
    /// In order of kind, form and entity.
    rows: Vec<Row>,
    /// The numbers of the rows in order of their entities.
    of_entity: Vec<u32>,
    /// The number of parts and jobs of each person.
    credits: Vec<u16>,
    /// Titles that differ only in their articles.
    twins: Twins,
}

/// A surname alone means someone if they have this many times the credits of any namesake.
const TIMES_BETTER_KNOWN: u16 = 4;

/// One form of an entity's names.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Row {
    /// Its number among the forms.
    form: u32,
    entity: u32,
    /// Whether it comes from the name or an alias.
    stated: bool,
    /// Whether it was derived from the name.
    derived: bool,
}

/// Rows whose texts are not in the block yet.
type PendingRows = Vec<(String, Row)>;

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
        let mut names = Self::default();
        for kind in EntityKind::ALL {
            let mut pending = PendingRows::new();
            for entity in base.entities(kind) {
                names.add(kind, entity, &mut pending);
            }
            names.ends[kind as usize] = number_of(names.ids.len());
            pending.sort_unstable_by(|(a, a_row), (b, b_row)| {
                (a, a_row.entity).cmp(&(b, b_row.entity))
            });
            names.add_rows(&pending);
            if kind == EntityKind::Work {
                names.twins = names.twins_among(base);
            }
        }
        names.credits = vec![0; names.ids.len()];
        for fact in base.facts() {
            if let FactKind::Cast { person, .. } | FactKind::Crew { person, .. } = &fact.kind
                && let Some(number) = names.number_of_id(EntityKind::Person, person)
                && let Some(credits) = names.credits.get_mut(number as usize)
            {
                *credits = credits.saturating_add(1);
            }
        }
        let Self { rows, .. } = &names;
        let mut of_entity: Vec<u32> = (0..number_of(rows.len())).collect();
        of_entity.sort_by_key(|row| rows[*row as usize].entity);
        names.of_entity = of_entity;
        names.ids.shrink_to_fit();
        names.forms.shrink_to_fit();
        names.rows.shrink_to_fit();
        names
    }

    fn add(&mut self, kind: EntityKind, entity: &Entity, pending: &mut PendingRows) {
        let number = self.ids.push(entity.id.as_bytes());
        let forms = Forms::of(kind, entity);
        for form in forms.stated.union(&forms.derived) {
            let row = Row {
                form: 0,
                entity: number,
                stated: forms.stated.contains(form),
                derived: forms.derived.contains(form),
            };
            pending.push((form.clone(), row));
        }
    }

    /// Adds the rows of one kind, which are in order.
    fn add_rows(&mut self, pending: &PendingRows) {
        for of_form in pending.chunk_by(|(a, _), (b, _)| a == b) {
            for (at, (text, row)) in of_form.iter().enumerate() {
                if at == 0 {
                    self.forms.push(text.as_bytes());
                }
                let form = number_of(self.forms.len() - 1);
                self.rows.push(Row { form, ..*row });
            }
        }
    }

    /// Looks among the works for titles that differ only in their articles.
    fn twins_among(&self, base: &FactBase) -> Twins {
        let mut twins = Twins::default();
        for of_form in self
            .of_kind(EntityKind::Work)
            .chunk_by(|a, b| a.form == b.form)
        {
            if let [first, _, ..] = of_form {
                let works = of_form.iter().filter_map(|row| {
                    let work = base.entity(&self.entity(row.entity))?;
                    Some((row.entity, work))
                });
                twins.add(self.text(first), works);
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
        let number = self.number(entity)?;
        let row = |place: &u32| &self.rows[*place as usize];
        let from = self
            .of_entity
            .partition_point(|place| row(place).entity < number);
        let rows = self.of_entity[from..].iter().map(row);
        let mut forms = Forms::default();
        for row in rows.take_while(|row| row.entity == number) {
            let form = self.text(row);
            if row.stated {
                forms.stated.insert(form.to_owned());
            }
            if row.derived {
                forms.derived.insert(form.to_owned());
            }
        }
        Some(forms)
    }

    /// The short names of the person or character that a form names, including the form itself;
    /// empty if it names none.
    pub(super) fn short(&self, form: &str) -> BTreeSet<String> {
        let mut short = BTreeSet::new();
        for kind in [EntityKind::Person, EntityKind::Character] {
            let named = self.bearers(kind, form);
            for forms in named.filter_map(|row| self.forms(&self.entity(row.entity))) {
                short.extend(forms.derived);
                short.insert(form.to_owned());
            }
        }
        short
    }

    /// Whether a form means this entity and no other of its kind.
    pub(super) fn is_only(&self, entity: &EntityRef, form: &str) -> bool {
        let mut owners = self.bearers(entity.kind, form);
        let owner = owners.next().map(|row| row.entity);
        owner.is_some() && owner == self.number(entity) && owners.next().is_none()
    }

    /// Whether most people take a form to mean this person, because everyone else with it has far
    /// fewer credits. "Hitchcock" is Alfred.
    pub(super) fn is_mostly(&self, entity: &EntityRef, form: &str) -> bool {
        let own = self.number(entity);
        let credits = |number: u32| self.credits.get(number as usize).copied().unwrap_or(0);
        let limit = own.map_or(0, credits) / TIMES_BETTER_KNOWN;
        let mut bearers = self.bearers(entity.kind, form);
        limit > 0 && bearers.all(|row| Some(row.entity) == own || credits(row.entity) <= limit)
    }

    /// Every form that may mean another entity of the same kind.
    pub(super) fn others(&self, entity: &EntityRef) -> impl Iterator<Item = &str> {
        let number = self.number(entity);
        let is_other = move |row: &Row| Some(row.entity) != number;
        let forms = self.of_kind(entity.kind).chunk_by(|a, b| a.form == b.form);
        let others = forms.filter(move |owners| owners.iter().any(is_other));
        others.filter_map(|owners| Some(self.text(owners.first()?)))
    }

    /// The only entity of a kind with this form as its name or an alias.
    pub(super) fn named(&self, kind: EntityKind, form: &str) -> Option<EntityRef> {
        let mut named = self.bearers(kind, form).filter(|row| row.stated);
        let only = named.next().filter(|_| named.next().is_none())?;
        Some(self.entity(only.entity))
    }

    /// Whether a form may mean an entity of a kind other than `own`.
    pub(super) fn means_other(
        &self,
        kind: EntityKind,
        form: &str,
        own: Option<&EntityRef>,
    ) -> bool {
        let own = own.and_then(|own| self.number(own));
        let mut bearers = self.bearers(kind, form);
        bearers.any(|row| Some(row.entity) != own)
    }

    /// Whether a surname may mean a character of another first name.
    pub(super) fn has_namesake(&self, surname: &str, first: &str) -> bool {
        let is_other = |row: &Row| {
            let forms = self.forms(&self.entity(row.entity));
            // Not just the first word: "Dr. Hannibal Lecter" is a Hannibal.
            let is_first = |form: &String| form.split(' ').any(|word| word == first);
            forms.is_some_and(|forms| {
                let has_first_name = forms.stated.iter().any(|form| form.contains(' '));
                has_first_name && !forms.stated.iter().any(is_first)
            })
        };
        self.bearers(EntityKind::Character, surname).any(is_other)
    }

    /// How many people and characters have a surname and this initial.
    pub(super) fn bearers_of_initial(&self, surname: &str, initial: &str) -> usize {
        let is_one = |row: &&Row| {
            let forms = self.forms(&self.entity(row.entity));
            let begins = |form: &String| form.starts_with(initial) && form.ends_with(surname);
            forms.is_some_and(|forms| forms.stated.iter().any(begins))
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
        let rows = self.of_kind(kind);
        let from = rows.partition_point(|row| self.text(row) < form);
        let begun = rows[from..].iter().map_while(|row| {
            let rest = self.text(row).strip_prefix(form)?;
            Some((row, rest))
        });
        let mut begun = begun.filter(|(_, rest)| rest.is_empty() || rest.starts_with(' '));
        begun.any(|(row, _)| Some(row.entity) != own)
    }

    fn bearers(&self, kind: EntityKind, form: &str) -> impl Iterator<Item = &Row> {
        let rows = self.of_kind(kind);
        let from = rows.partition_point(|row| self.text(row) < form);
        rows[from..]
            .iter()
            .take_while(move |row| self.text(row) == form)
    }

    /// Every form of these kinds.
    pub(super) fn of_kinds(&self, kinds: &[EntityKind]) -> impl Iterator<Item = &str> {
        let rows = kinds.iter().flat_map(|kind| self.of_kind(*kind));
        rows.map(|row| self.text(row))
    }

    fn text(&self, row: &Row) -> &str {
        self.forms.text(row.form)
    }

    fn entity(&self, number: u32) -> EntityRef {
        let kinds = EntityKind::ALL.into_iter().zip(self.ends);
        let mut kinds = kinds.filter(|(_, end)| number < *end);
        let kind = kinds
            .next()
            .map_or(EntityKind::Organisation, |(kind, _)| kind);
        EntityRef::new(kind, self.ids.text(number))
    }

    fn number(&self, entity: &EntityRef) -> Option<u32> {
        self.number_of_id(entity.kind, &entity.id)
    }

    fn number_of_id(&self, kind: EntityKind, id: &str) -> Option<u32> {
        let Range { start, end } = self.numbers_of(kind);
        let (mut from, mut to) = (start, end);
        while from < to {
            let middle = u32::midpoint(from, to);
            if self.ids.text(middle) < id {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        (from < end && self.ids.text(from) == id).then_some(from)
    }

    fn numbers_of(&self, kind: EntityKind) -> Range<u32> {
        let before = (kind as usize).checked_sub(1);
        before.map_or(0, |before| self.ends[before])..self.ends[kind as usize]
    }

    fn of_kind(&self, kind: EntityKind) -> &[Row] {
        let Range { start, end } = self.numbers_of(kind);
        // Kinds follow one another, so this holds whatever the order within a kind.
        let from = self.rows.partition_point(|row| row.entity < start);
        let to = self.rows.partition_point(|row| row.entity < end);
        &self.rows[from..to]
    }
}

impl Forms {
    fn of(kind: EntityKind, entity: &Entity) -> Self {
        let stated = std::iter::once(&entity.name).chain(&entity.aliases);
        let stated = stated.map(|name| form(name)).collect();
        let bare = bare(&entity.name);
        let mut derived = BTreeSet::from([form(&bare)]);
        // "Batman (DC Extended Universe)", if another has that name too.
        let told_apart = entity.aliases.iter().filter(|alias| alias.ends_with(')'));
        derived.extend(told_apart.map(|alias| form(&without(alias, '(', ')'))));
        if matches!(kind, EntityKind::Person | EntityKind::Character) {
            let words: Vec<&str> = bare.split_whitespace().collect();
            derived.extend(untitled(&words));
            derived.extend(surname(&words));
        }
        derived.retain(|form| !form.is_empty());
        Self { stated, derived }
    }
}

fn is_one_of(word: &str, list: &[&str]) -> bool {
    let plain = word.trim_end_matches('.').to_lowercase();
    list.contains(&plain.as_str())
}

fn untitled(words: &[&str]) -> Option<String> {
    let (title, name) = words.split_first()?;
    (is_one_of(title, &TITLES) && !name.is_empty()).then(|| form(&name.join(" ")))
}

/// The last word of a name, or the one before "Jr."; also with its particles, as in "De Niro". A
/// name with a comma is a description.
fn surname(words: &[&str]) -> BTreeSet<String> {
    if words.iter().any(|word| word.ends_with(',')) {
        return BTreeSet::new();
    }
    let is_suffix = words.last().is_some_and(|word| is_one_of(word, &SUFFIXES));
    let name = &words[..words.len() - usize::from(is_suffix)];
    if name.len() < 2 {
        return BTreeSet::new();
    }
    let whole = short::surname_at(name).max(1);
    let starts = [name.len() - 1, whole];
    starts.map(|at| form(&name[at..].join(" "))).into()
}
