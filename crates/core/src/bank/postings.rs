//! Which questions are about what.

use super::packed::{PackedView, Shared, number_of};
use crate::groups::Groups;
use crate::lists::Lists;
use crate::rows::Rows;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// For each subject, the questions about it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Postings {
    /// Subjects as numbers of their texts, sorted by text.
    subjects: Vec<u32>,
    /// Numbers of questions, in order for each subject.
    questions: Lists,
}

impl Postings {
    /// Indexes questions, given in order of their numbers.
    pub(super) fn of(questions: &Rows, shared: &Shared) -> Self {
        let mut pairs = Vec::new();
        let mut buffer = Vec::new();
        for (number, question) in (0..).zip(questions.iter().map(PackedView)) {
            let subjects = once_each(question, &mut buffer).iter();
            pairs.extend(subjects.map(|subject| (*subject, number)));
        }
        let of_texts = Groups::of(shared.texts_count(), pairs.iter().copied());
        drop(pairs);
        let subjects = (0..).zip(of_texts.iter());
        let subjects = subjects.filter(|(_, questions)| !questions.is_empty());
        let mut subjects: Vec<u32> = subjects.map(|(subject, _)| subject).collect();
        subjects.par_sort_unstable_by_key(|subject| shared.bytes(*subject));
        let questions = subjects.iter().map(|subject| of_texts.get(*subject));
        Self {
            questions: questions.collect(),
            subjects,
        }
    }

    /// The questions about a subject, given in its written form.
    pub(super) fn about(&self, subject: &str, shared: &Shared) -> Vec<u32> {
        let at = self.find(subject, shared);
        at.map_or_else(Vec::new, |at| self.questions.get(at).collect())
    }

    /// How many questions are about a subject.
    pub(super) fn count(&self, subject: &str, shared: &Shared) -> usize {
        let at = self.find(subject, shared);
        at.map_or(0, |at| self.questions.count(at))
    }

    /// Every subject in its written form, with how many questions are about it.
    pub(super) fn all<'s>(&'s self, shared: &'s Shared) -> impl Iterator<Item = (&'s str, usize)> {
        let subjects = (0..).zip(&self.subjects);
        subjects.map(|(at, subject)| (shared.text(*subject), self.questions.count(at)))
    }

    fn find(&self, subject: &str, shared: &Shared) -> Option<u32> {
        let at = self
            .subjects
            .binary_search_by(|at| shared.bytes(*at).cmp(subject.as_bytes()));
        at.ok().map(number_of)
    }
}

/// The subjects of a question without repeats.
fn once_each<'b>(question: PackedView<'_>, buffer: &'b mut Vec<u32>) -> &'b [u32] {
    buffer.clear();
    buffer.extend(question.subjects());
    buffer.sort_unstable();
    buffer.dedup();
    buffer
}
