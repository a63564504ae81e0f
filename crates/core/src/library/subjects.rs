//! What games can be about, found by name.

use super::GuildLibrary;
use crate::bank::{Bank, PLAYABLE_MIN, Subject};
use crate::cast::{Closeness, Found, NameIndex, NameOf};
use crate::facts::{Entity, EntityKind, EntityRef, Fact, FactBase, PackId};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// The most suggestions: as many as Discord shows.
pub const SUGGESTIONS_MAX: usize = 25;
/// What is suggested before anything is typed: how many decades, genres and so on.
const LEADING: [(Sort, usize); 6] = [
    (Sort::Decade, 4),
    (Sort::Genre, 5),
    (Sort::Award, 1),
    (Sort::Series, 4),
    (Sort::Person, 6),
    (Sort::Work, 5),
];
/// The most alternatives named for a subject with too few questions.
const NEAR_MAX: usize = 3;

/// Subjects with enough questions to be played, by name.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SubjectIndex {
    names: NameIndex,
    /// Best known first.
    rows: Vec<Row>,
    leading: Vec<u32>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Row {
    subject: Subject,
    name: Box<str>,
    questions: u32,
}

/// A subject with enough questions for a game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Playable {
    /// The subject.
    pub subject: Subject,
    /// Its name.
    pub name: String,
    /// How many questions are about it.
    pub questions: usize,
}

/// What a game should be about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubjectRequest {
    /// A whole pack.
    Pack(PackId),
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

/// The sorts of subjects in [`LEADING`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Decade,
    Genre,
    Award,
    Series,
    Person,
    Work,
    Other,
}

fn sort_of(subject: &Subject) -> Sort {
    match subject {
        Subject::Decade(_) => Sort::Decade,
        Subject::Genre(_) => Sort::Genre,
        Subject::Awards => Sort::Award,
        Subject::Series(_) => Sort::Series,
        Subject::Entity(entity) if entity.kind == EntityKind::Person => Sort::Person,
        Subject::Entity(entity) if entity.kind == EntityKind::Work => Sort::Work,
        Subject::Entity(_) | Subject::Award(_) => Sort::Other,
    }
}

impl SubjectIndex {
    /// Indexes the subjects of enough of a bank's questions. `facts` are those from which it was
    /// made.
    #[must_use]
    pub fn of(facts: &FactBase, bank: &Bank) -> Self {
        let mut rows: Vec<(u64, Row)> = bank
            .subjects(PLAYABLE_MIN)
            .filter_map(|(subject, questions)| {
                let name = match &subject {
                    Subject::Entity(entity) => dated(facts.entity(entity)?),
                    other => other.title()?,
                };
                let row = Row {
                    name: name.into(),
                    questions: u32::try_from(questions).unwrap_or(u32::MAX),
                    subject,
                };
                Some((bank.renown(&row.subject), row))
            })
            .collect();
        rows.sort_by_key(|(renown, _)| Reverse(*renown));
        let aliases = rows.iter().map(|(_, row)| match &row.subject {
            Subject::Entity(entity) => facts.entity(entity).map(|e| e.aliases.clone()),
            other => Some(other.aliases()),
        });
        let aliases: Vec<Vec<String>> = aliases.map(Option::unwrap_or_default).collect();
        let entries = rows
            .iter()
            .zip(&aliases)
            .map(|((renown, row), aliases)| NameOf {
                name: &row.name,
                aliases,
                weight: weight(*renown),
            });
        let names = NameIndex::of(entries);
        let rows: Vec<Row> = rows.into_iter().map(|(_, row)| row).collect();
        let leading = LEADING.iter().flat_map(|(sort, count)| {
            let of_sort = (0..).zip(&rows);
            let of_sort = of_sort.filter(move |(_, row)| sort_of(&row.subject) == *sort);
            of_sort.map(|(number, _)| number).take(*count)
        });
        let leading = leading.collect();
        Self {
            names,
            rows,
            leading,
        }
    }

    fn search(&self, typed: &str) -> Vec<(Closeness, Playable)> {
        let found = self.names.search(typed, SUGGESTIONS_MAX).into_iter();
        found
            .map(|(closeness, row)| (closeness, self.playable(row)))
            .collect()
    }

    fn leading(&self) -> impl Iterator<Item = Playable> {
        self.leading.iter().map(|row| self.playable(*row))
    }

    fn playable(&self, row: u32) -> Playable {
        let row = &self.rows[row as usize];
        Playable {
            subject: row.subject.clone(),
            name: row.name.to_string(),
            questions: row.questions as usize,
        }
    }
}

/// An entity's name; for a film with its year: "Thief (1981)".
fn dated(entity: &Entity) -> String {
    match entity.year {
        Some(year) if !entity.name.ends_with(')') => format!("{} ({year})", entity.name),
        _ => entity.name.clone(),
    }
}

/// Renown as a weight that fits from one question to millions: it grows by 1,400 for each factor of
/// e.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a logarithm of a positive number, at most 45"
)]
fn weight(renown: u64) -> u16 {
    let steps = (renown.max(1) as f64).ln() * 1_400.0;
    steps as u16
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
    pub fn wish(&self, typed: &str) -> Result<SubjectRequest, UnknownSubject> {
        let typed = typed.trim();
        let is_pack = |id: &str, title: &str| {
            let written = typed.strip_prefix("pack:").unwrap_or(typed);
            id == written || title.eq_ignore_ascii_case(typed)
        };
        if let Some(pack) = self.packs().find(|pack| is_pack(pack.id, pack.title)) {
            return Ok(SubjectRequest::Pack(pack.id.clone()));
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
            let library = &self.library;
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
        if let Some(known) = self.library.facts.entity(entity) {
            return Some(dated(&known));
        }
        let own = self.own.about().rows.iter();
        let mut own = own.filter(|row| row.subject == *subject);
        own.next().map(|row| row.name.to_string())
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

    fn indexes(&self) -> impl Iterator<Item = &SubjectIndex> {
        [self.own.about(), &self.library.about].into_iter()
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
        let hit = match self.library.cast.find(typed) {
            Found::One(hit) => hit,
            Found::Several(hits) => hits.into_iter().next()?,
            Found::Near(_) | Found::Nothing => return None,
        };
        matches!(hit.closeness, Closeness::Exact | Closeness::Alias).then_some(hit.entity)
    }
}

#[cfg(test)]
#[path = "subjects_tests.rs"]
mod tests;
