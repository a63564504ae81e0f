//! What a game can be about on one server, and what a typed subject means.

use super::GuildLibrary;
use super::subjects::{Playable, SUGGESTIONS_MAX, SubjectIndex, dated};
use crate::bank::{PLAYABLE_MIN, PackList, Subject};
use crate::cast::{Closeness, Found};
use crate::facts::{EntityRef, Fact};

/// The most alternatives named for a subject with too few questions.
const NEAR_MAX: usize = 3;

/// What a game should be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubjectRequest {
    /// Whole packs.
    Packs(PackList),
    /// A person, a film, a decade, and so on.
    About(Subject),
}

/// A typed subject that does not exist here, with similar ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownSubject {
    /// Similar names.
    pub like: Vec<String>,
}

/// A subject with too few questions for the requested game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooFewQuestions {
    /// Its name.
    pub name: String,
    /// How many questions match.
    pub questions: usize,
    /// Related subjects with enough questions.
    pub near: Vec<String>,
}

impl GuildLibrary {
    /// The subjects that match what has been typed so far, nearest first and best known first; a
    /// mix of everything before anything is typed.
    #[must_use]
    pub fn suggest_about(&self, typed: &str) -> Vec<Playable> {
        let mut found: Vec<Playable> = if typed.trim().is_empty() {
            self.indexes().flat_map(SubjectIndex::leading).collect()
        } else {
            let found = self.found(typed).into_iter();
            found.map(|(_, playable)| playable).collect()
        };
        found.truncate(SUGGESTIONS_MAX);
        found
    }

    /// The subject or pack that a typed text means: a suggestion, a pack, or a name.
    ///
    /// # Errors
    /// [`UnknownSubject`] if nothing here has that name.
    pub fn subject_request(&self, typed: &str) -> Result<SubjectRequest, UnknownSubject> {
        let typed = typed.trim();
        let is_pack = |id: &str, title: &str| {
            let written = typed.strip_prefix("pack:").unwrap_or(typed);
            id == written || title.eq_ignore_ascii_case(typed)
        };
        if let Some(pack) = self.packs().find(|pack| is_pack(pack.id, pack.title)) {
            let pack = PackList::from_iter([pack.id.clone()]);
            return Ok(SubjectRequest::Packs(pack));
        }
        let ids = typed.strip_prefix("pack:");
        if let Some(packs) = ids.and_then(|ids| self.several(ids)) {
            return Ok(SubjectRequest::Packs(packs));
        }
        if let Ok(subject) = Subject::try_from(typed.to_owned())
            && self.name_of(&subject).is_some()
        {
            return Ok(SubjectRequest::About(subject));
        }
        let found = self.found(typed);
        let best = found.first().map(|(closeness, _)| *closeness);
        let is_exact = matches!(best, Some(Closeness::Exact | Closeness::Alias));
        if !is_exact && let Some(entity) = self.called(typed) {
            return Ok(SubjectRequest::About(Subject::Entity(entity)));
        }
        match best {
            None | Some(Closeness::NearPart) => {
                let like = found.into_iter().take(NEAR_MAX);
                Err(UnknownSubject {
                    like: like.map(|(_, playable)| playable.name).collect(),
                })
            }
            Some(_) => {
                let first = found.into_iter().next();
                let subject = first.map(|(_, playable)| playable.subject);
                subject
                    .map(SubjectRequest::About)
                    .ok_or(UnknownSubject { like: Vec::new() })
            }
        }
    }

    /// What to say about a subject with fewer questions than a game needs.
    #[must_use]
    pub fn too_few(&self, subject: &Subject, questions: usize) -> TooFewQuestions {
        let mut near: Vec<Subject> = self
            .banks()
            .flat_map(|bank| bank.near(subject, NEAR_MAX))
            .collect();
        if let (true, Subject::Entity(entity)) = (near.is_empty(), subject) {
            let library = &self.shared;
            let facts = library.facts.open();
            let facts = library.cast.facts_about(&facts, entity);
            let named = facts.flat_map(Fact::mentions).map(Subject::Entity);
            let playable = named.filter(|other| other != subject && self.is_playable(other));
            for other in playable.take(NEAR_MAX * NEAR_MAX) {
                if !near.contains(&other) {
                    near.push(other);
                }
            }
        }
        let near = near.iter().filter_map(|near| self.name_of(near));
        TooFewQuestions {
            name: self.name_of(subject).unwrap_or_else(|| subject.to_string()),
            questions,
            near: near.take(NEAR_MAX).collect(),
        }
    }

    /// The name of a subject; `None` if nothing here mentions it.
    #[must_use]
    pub fn name_of(&self, subject: &Subject) -> Option<String> {
        let Subject::Entity(entity) = subject else {
            let is_there = self.questions_about(subject) > 0;
            return subject.title().filter(|_| is_there);
        };
        if let Some(known) = self.shared.facts.entity(entity) {
            return Some(dated(&known));
        }
        self.own.about().name_of(subject).map(str::to_owned)
    }

    /// Whether it has enough questions for a game.
    #[must_use]
    pub fn is_playable(&self, subject: &Subject) -> bool {
        self.questions_about(subject) >= PLAYABLE_MIN
    }

    /// How many questions are about it.
    #[must_use]
    pub fn questions_about(&self, subject: &Subject) -> usize {
        self.banks().map(|bank| bank.questions_about(subject)).sum()
    }

    /// The packs of a list of ids with commas between them, if all of them are here.
    fn several(&self, ids: &str) -> Option<PackList> {
        let ids = ids.split(',').map(str::trim);
        let known = ids.map(|id| self.title(id).map(|_| id));
        known.collect()
    }

    fn indexes(&self) -> impl Iterator<Item = &SubjectIndex> {
        [self.own.about(), &self.shared.about].into_iter()
    }

    fn found(&self, typed: &str) -> Vec<(Closeness, Playable)> {
        let mut found: Vec<(Closeness, Playable)> = Vec::new();
        for more in self.indexes().flat_map(|index| index.search(typed)) {
            if !found
                .iter()
                .any(|(_, known)| known.subject == more.1.subject)
            {
                found.push(more);
            }
        }
        found.sort_by_key(|(closeness, _)| *closeness);
        found
    }

    /// The subject with exactly this name, although it may have too few questions.
    fn called(&self, typed: &str) -> Option<EntityRef> {
        let hit = match self.shared.cast.find(typed) {
            Found::One(hit) => hit,
            Found::Several(hits) => hits.into_iter().next()?,
            Found::Near(_) | Found::Nothing => return None,
        };
        matches!(hit.closeness, Closeness::Exact | Closeness::Alias).then_some(hit.entity)
    }
}

#[cfg(test)]
#[path = "subject_search_tests.rs"]
mod tests;
