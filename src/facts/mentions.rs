//! Whom and what a fact speaks of.

use super::model::{EntityId, EntityKind, EntityRef, Fact, FactKind};

impl Fact {
    /// Every entity that the fact names, each once, in the order of its fields.
    #[must_use]
    pub fn mentions(&self) -> Vec<EntityRef> {
        let person = |id: &EntityId| EntityRef::new(EntityKind::Person, id.clone());
        let character = |id: &EntityId| EntityRef::new(EntityKind::Character, id.clone());
        let work = |id: &EntityId| EntityRef::new(EntityKind::Work, id.clone());
        let company = |id: &EntityId| EntityRef::new(EntityKind::Organisation, id.clone());
        let named = match &self.kind {
            FactKind::Cast {
                person: p,
                character: c,
                work: w,
            } => vec![person(p), character(c), work(w)],
            FactKind::Crew {
                person: p, work: w, ..
            } => vec![person(p), work(w)],
            FactKind::Release { work: w, .. } => vec![work(w)],
            FactKind::Company {
                organisation,
                work: w,
                ..
            } => vec![company(organisation), work(w)],
            FactKind::Setting {
                work: w,
                characters,
            } => std::iter::once(work(w))
                .chain(characters.iter().map(character))
                .collect(),
            FactKind::Deal {
                work: w,
                people,
                organisation,
            } => std::iter::once(work(w))
                .chain(people.iter().map(person))
                .chain(organisation.iter().map(company))
                .collect(),
            FactKind::Event { about }
            | FactKind::Measure { about }
            | FactKind::Statement { about }
            | FactKind::Theme { about } => about.clone(),
        };
        let mut once = Vec::with_capacity(named.len());
        for entity in named {
            if !once.contains(&entity) {
                once.push(entity);
            }
        }
        once
    }
}
