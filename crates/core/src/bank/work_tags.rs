//! Properties of a question's film and facts that the question itself does not name. Games can be
//! filtered by them too.

use super::question::Question;
use super::subject::Subject;
use crate::facts::{EntityKind, Fact, FactBase, FactKind};
use foldhash::{HashMap, HashMapExt};
use std::sync::Arc;

/// Extra properties that a bank stores with a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tags {
    /// Its subjects other than the entities it names, in written form: `decade:1990`.
    pub(super) subjects: Vec<Arc<str>>,
    /// How well known its film is, from 1 to 5; 0 if that is not stated.
    pub(super) fame: u8,
}

/// What the facts say about works as a whole.
#[derive(Debug)]
pub(super) struct WorkTags<'a> {
    of_works: HashMap<&'a str, Tags>,
}

impl<'a> WorkTags<'a> {
    pub(super) fn of(base: &'a FactBase) -> Self {
        let mut of_works: HashMap<&str, Tags> = HashMap::new();
        for work in base.entities(EntityKind::Work) {
            let decade = work.year.map(|year| Subject::Decade(year / 10 * 10));
            let tags = Tags {
                subjects: decade.iter().map(written).collect(),
                fame: work.fame.unwrap_or(0),
            };
            of_works.insert(&work.id, tags);
        }
        for fact in base.facts() {
            let (work, subject) = match &fact.kind {
                FactKind::Genre { work, genre } => (work, Subject::Genre(genre.clone())),
                FactKind::Series { work, series } => (work, Subject::Series(series.clone())),
                _ => continue,
            };
            if let Some(tags) = of_works.get_mut(work.as_str()) {
                tags.subjects.push(written(&subject));
            }
        }
        Self { of_works }
    }

    /// The tags of a question: those of its film, and the awards that the facts behind it are about.
    pub(super) fn tags(&self, question: &Question, facts: &[Option<&Fact>]) -> Tags {
        let work = question.work();
        let work = work.and_then(|work| self.of_works.get(work));
        let mut tags = work.cloned().unwrap_or_default();
        for fact in facts.iter().flatten() {
            if let FactKind::Award { category, .. } = &fact.kind {
                let category = Subject::Award(category.clone());
                tags.subjects
                    .extend([written(&category), written(&Subject::Awards)]);
            }
        }
        tags
    }
}

fn written(subject: &Subject) -> Arc<str> {
    subject.to_string().into()
}
