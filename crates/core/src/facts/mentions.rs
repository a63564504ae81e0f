//! The entities that a fact mentions.

use super::ids::EntityId;
use super::model::{EntityKind, EntityRef, Fact, FactKind};

impl Fact {
    /// Every entity that the fact names, without repeats, in the order of its fields.
    #[must_use]
    pub fn mentions(&self) -> Vec<EntityRef> {
        let named = self.named().into_iter();
        named
            .map(|(kind, id)| EntityRef::new(kind, id.clone()))
            .collect()
    }

    /// Like [`Self::mentions`], but without copying ids: indexes call this for every fact.
    pub(crate) fn named(&self) -> Vec<(EntityKind, &EntityId)> {
        let mut once = Vec::with_capacity(4);
        each_named(&self.kind, |_, kind, id| {
            if !once.contains(&(kind, id)) {
                once.push((kind, id));
            }
        });
        once
    }
}

/// The people whom an award names, and the work that it is for, by their numbers among those of all
/// that it names: the work comes last.
pub(crate) fn award_named<'n>(
    work: Option<&EntityId>,
    named: &'n [u32],
) -> (&'n [u32], Option<u32>) {
    match (work, named) {
        (Some(_), [people @ .., work]) => (people, Some(*work)),
        _ => (named, None),
    }
}

/// Every entity that a fact names, with the field that names it (`about[2]`).
pub(super) fn references(kind: &FactKind) -> Vec<(String, EntityRef)> {
    let mut all = Vec::new();
    each_named(kind, |(field, place), kind, id| {
        let field = place.map_or_else(|| field.to_owned(), |place| format!("{field}[{place}]"));
        all.push((field, EntityRef::new(kind, id.clone())));
    });
    all
}

/// How many entities a fact names, including repeats.
pub(super) fn references_count(kind: &FactKind) -> usize {
    let mut count = 0;
    each_named(kind, |_, _, _| count += 1);
    count
}

/// A field, and the index in it if it is a list.
type Field = (&'static str, Option<usize>);

/// Calls `tell` for every entity that a fact names, in the order of its fields.
fn each_named<'f>(kind: &'f FactKind, mut tell: impl FnMut(Field, EntityKind, &'f EntityId)) {
    use EntityKind::{Character, Organisation, Person, Work};
    let mut one = |field, kind, id: &'f EntityId| tell((field, None), kind, id);
    match kind {
        FactKind::Cast {
            person,
            character,
            work,
            ..
        } => {
            one("person", Person, person);
            one("character", Character, character);
            one("work", Work, work);
        }
        FactKind::Crew { person, work, .. } | FactKind::Appearance { person, work, .. } => {
            one("person", Person, person);
            one("work", Work, work);
        }
        FactKind::Release { work, .. }
        | FactKind::Genre { work, .. }
        | FactKind::Series { work, .. } => one("work", Work, work),
        FactKind::BasedOn { work, authors, .. } => {
            one("work", Work, work);
            many("authors", Person, authors, tell);
        }
        FactKind::Award { work, people, .. } => {
            many("people", Person, people, &mut tell);
            if let Some(work) = work {
                tell(("work", None), Work, work);
            }
        }
        FactKind::Company {
            organisation, work, ..
        } => {
            one("organisation", Organisation, organisation);
            one("work", Work, work);
        }
        FactKind::Setting { work, characters } => {
            one("work", Work, work);
            many("characters", Character, characters, tell);
        }
        FactKind::Deal {
            work,
            people,
            organisation,
        } => {
            one("work", Work, work);
            many("people", Person, people, &mut tell);
            if let Some(company) = organisation {
                tell(("organisation", None), Organisation, company);
            }
        }
        FactKind::Event { about }
        | FactKind::Measure { about }
        | FactKind::Statement { about }
        | FactKind::Theme { about } => {
            for (place, entity) in about.iter().enumerate() {
                tell(("about", Some(place)), entity.kind, &entity.id);
            }
        }
    }
}

fn many<'f>(
    field: &'static str,
    kind: EntityKind,
    ids: &'f [EntityId],
    mut tell: impl FnMut(Field, EntityKind, &'f EntityId),
) {
    for (place, id) in ids.iter().enumerate() {
        tell((field, Some(place)), kind, id);
    }
}
