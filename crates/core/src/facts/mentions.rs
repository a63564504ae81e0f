//! Whom and what a fact speaks of.

use super::model::{EntityKind, EntityRef, Fact, FactKind};

impl Fact {
    /// Every entity that the fact names, each once, in the order of its fields.
    #[must_use]
    pub fn mentions(&self) -> Vec<EntityRef> {
        let named = references(&self.kind);
        let mut once = Vec::with_capacity(named.len());
        for (_, entity) in named {
            if !once.contains(&entity) {
                once.push(entity);
            }
        }
        once
    }
}

/// Every entity that a fact names, with the field that names it (`about[2]`).
pub(super) fn references(kind: &FactKind) -> Vec<(String, EntityRef)> {
    let one = |field: &str, kind, id: &String| (field.to_owned(), EntityRef::new(kind, id.clone()));
    let many = |field: &str, kind, ids: &[String]| {
        let rows = ids.iter().enumerate();
        rows.map(|(i, id)| one(&format!("{field}[{i}]"), kind, id))
            .collect::<Vec<_>>()
    };
    match kind {
        FactKind::Cast {
            person,
            character,
            work,
            ..
        } => vec![
            one("person", EntityKind::Person, person),
            one("character", EntityKind::Character, character),
            one("work", EntityKind::Work, work),
        ],
        FactKind::Crew { person, work, .. } | FactKind::Appearance { person, work, .. } => vec![
            one("person", EntityKind::Person, person),
            one("work", EntityKind::Work, work),
        ],
        FactKind::Release { work, .. }
        | FactKind::Genre { work, .. }
        | FactKind::Series { work, .. } => vec![one("work", EntityKind::Work, work)],
        FactKind::BasedOn { work, authors, .. } => {
            let mut all = vec![one("work", EntityKind::Work, work)];
            all.extend(many("authors", EntityKind::Person, authors));
            all
        }
        FactKind::Award { work, people, .. } => {
            let mut all = many("people", EntityKind::Person, people);
            all.extend(work.iter().map(|id| one("work", EntityKind::Work, id)));
            all
        }
        FactKind::Company {
            organisation, work, ..
        } => vec![
            one("organisation", EntityKind::Organisation, organisation),
            one("work", EntityKind::Work, work),
        ],
        FactKind::Setting { work, characters } => {
            let mut all = vec![one("work", EntityKind::Work, work)];
            all.extend(many("characters", EntityKind::Character, characters));
            all
        }
        FactKind::Deal {
            work,
            people,
            organisation,
        } => {
            let mut all = vec![one("work", EntityKind::Work, work)];
            all.extend(many("people", EntityKind::Person, people));
            let company = organisation.iter();
            all.extend(company.map(|id| one("organisation", EntityKind::Organisation, id)));
            all
        }
        FactKind::Event { about }
        | FactKind::Measure { about }
        | FactKind::Statement { about }
        | FactKind::Theme { about } => {
            let rows = about.iter().enumerate();
            rows.map(|(i, entity)| (format!("about[{i}]"), entity.clone()))
                .collect()
        }
    }
}
