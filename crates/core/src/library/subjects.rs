//! What games can be about, found by name.

use crate::bank::{Bank, PLAYABLE_MIN, Subject};
use crate::cast::{Closeness, NameIndex, NameOf};
use crate::facts::{Entity, EntityKind, FactBase};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeSet;

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

/// Subjects with enough questions for a game, by name.
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
        let series: BTreeSet<String> = bank
            .subjects(PLAYABLE_MIN)
            .filter_map(|(subject, _)| match subject {
                Subject::Series(series) => Some(series),
                _ => None,
            })
            .collect();
        let subjects: Vec<(Subject, usize)> = bank.subjects(PLAYABLE_MIN).collect();
        let mut rows: Vec<(u64, Row)> = subjects
            .into_par_iter()
            .filter_map(|(subject, questions)| {
                let name = match &subject {
                    Subject::Entity(entity) => {
                        let entity_name = dated(facts.entity(entity)?);
                        // "James Bond" means the films, which include the questions about him.
                        if entity.kind == EntityKind::Character && is_of(&series, &entity_name) {
                            return None;
                        }
                        entity_name
                    }
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

    /// Subjects that match what has been typed, nearest first.
    pub(super) fn search(&self, typed: &str) -> Vec<(Closeness, Playable)> {
        let found = self.names.search(typed, SUGGESTIONS_MAX).into_iter();
        found
            .map(|(closeness, row)| (closeness, self.playable(row)))
            .collect()
    }

    /// Some of every sort, best known first.
    pub(super) fn leading(&self) -> impl Iterator<Item = Playable> {
        self.leading.iter().map(|row| self.playable(*row))
    }

    /// What a subject is called.
    pub(super) fn name_of(&self, subject: &Subject) -> Option<&str> {
        let mut rows = self.rows.iter();
        let row = rows.find(|row| row.subject == *subject)?;
        Some(&row.name)
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

/// Whether a character has the name of a series, with or without a bracket after it.
fn is_of(series: &BTreeSet<String>, name: &str) -> bool {
    let bare = name.split_once(" (").map_or(name, |(bare, _)| bare);
    series.contains(bare)
}

/// An entity's name; for a film with its year: "Thief (1981)".
pub(super) fn dated(entity: &Entity) -> String {
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
