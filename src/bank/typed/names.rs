//! Every name that members may type for an entity, and whose it is.

use super::form::form;
use crate::facts::{Entity, EntityId, EntityKind, EntityRef, FactBase};
use std::collections::{BTreeMap, BTreeSet};

/// What stands before a name without being part of it.
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
/// What stands behind a surname without being part of it.
const SUFFIXES: [&str; 5] = ["jr", "sr", "ii", "iii", "iv"];
const KINDS: [EntityKind; 4] = [
    EntityKind::Person,
    EntityKind::Character,
    EntityKind::Work,
    EntityKind::Organisation,
];

/// The forms of all names, by kind, each with the entities that it may mean.
#[derive(Debug, Clone, Default)]
pub struct Names {
    owners: BTreeMap<EntityKind, BTreeMap<String, BTreeSet<EntityId>>>,
    forms: BTreeMap<EntityRef, Forms>,
}

/// The forms of one entity's names.
#[derive(Debug, Clone, Default)]
pub(super) struct Forms {
    /// Of its name and aliases.
    pub stated: BTreeSet<String>,
    /// Made from its name: without a bracket, a nickname or a title, and the surname.
    pub derived: BTreeSet<String>,
}

impl Names {
    /// The names of every entity.
    #[must_use]
    pub fn of(base: &FactBase) -> Self {
        let mut names = Self::default();
        for kind in KINDS {
            for entity in base.entities(kind) {
                let forms = Forms::of(kind, entity);
                let owners = names.owners.entry(kind).or_default();
                for form in forms.stated.union(&forms.derived) {
                    let owners = owners.entry(form.clone()).or_default();
                    owners.insert(entity.id.clone());
                }
                names
                    .forms
                    .insert(EntityRef::new(kind, entity.id.clone()), forms);
            }
        }
        names
    }

    pub(super) fn forms(&self, entity: &EntityRef) -> Option<&Forms> {
        self.forms.get(entity)
    }

    /// Whether a form means this one entity of its kind and no other.
    pub(super) fn is_only(&self, entity: &EntityRef, form: &str) -> bool {
        let owners = self.owners.get(&entity.kind).and_then(|all| all.get(form));
        owners.is_some_and(|owners| owners.len() == 1 && owners.contains(&entity.id))
    }

    /// Every form that may mean another entity of the same kind.
    pub(super) fn others<'a>(&'a self, entity: &'a EntityRef) -> impl Iterator<Item = &'a String> {
        let all = self.owners.get(&entity.kind).into_iter().flatten();
        all.filter(|(_, owners)| owners.iter().any(|owner| *owner != entity.id))
            .map(|(form, _)| form)
    }
}

impl Forms {
    fn of(kind: EntityKind, entity: &Entity) -> Self {
        let stated = std::iter::once(&entity.name).chain(&entity.aliases);
        let stated = stated.map(|name| form(name)).collect();
        let bare = without(&without(&entity.name, '(', ')'), '"', '"');
        let mut derived = BTreeSet::from([form(&bare)]);
        if matches!(kind, EntityKind::Person | EntityKind::Character) {
            let words: Vec<&str> = bare.split_whitespace().collect();
            derived.extend(untitled(&words));
            derived.extend(surname(&words));
        }
        derived.retain(|form| !form.is_empty());
        Self { stated, derived }
    }
}

/// A text without its parts between two marks.
fn without(text: &str, open: char, close: char) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some((before, after)) = rest.split_once(open) {
        let Some((_, behind)) = after.split_once(close) else {
            break;
        };
        kept.push_str(before);
        rest = behind;
    }
    kept.push_str(rest);
    kept
}

fn is_one_of(word: &str, list: &[&str]) -> bool {
    let plain = word.trim_end_matches('.').to_lowercase();
    list.contains(&plain.as_str())
}

fn untitled(words: &[&str]) -> Option<String> {
    let (title, name) = words.split_first()?;
    (is_one_of(title, &TITLES) && !name.is_empty()).then(|| form(&name.join(" ")))
}

/// The last word of a name of several, or the one before "Jr.". A name with a comma is a
/// description.
fn surname(words: &[&str]) -> Option<String> {
    if words.iter().any(|word| word.ends_with(',')) {
        return None;
    }
    let is_suffix = words.last().is_some_and(|word| is_one_of(word, &SUFFIXES));
    let name = &words[..words.len() - usize::from(is_suffix)];
    let surname = name.last().filter(|_| name.len() > 1)?;
    Some(form(surname))
}
