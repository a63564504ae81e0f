//! Which questions are about what.

use super::packed::{PackedView, Shared, number_of};
use crate::rows::Rows;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// For each subject the questions about it. Four bytes for each, because there may be millions.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Postings {
    /// Subjects as numbers of their texts, sorted by text.
    subjects: Vec<u32>,
    /// Where the questions of each begin; they end where the next begin.
    first: Vec<u32>,
    /// Numbers of questions, in order for each subject.
    questions: Vec<u32>,
}

impl Postings {
    /// Files questions, given in order of their numbers.
    pub(super) fn of(questions: &Rows, shared: &Shared) -> Self {
        let mut counts = vec![0_u32; shared.texts_count()];
        let mut buffer = Vec::new();
        for question in questions.iter().map(PackedView) {
            for subject in once_each(question, &mut buffer) {
                counts[*subject as usize] += 1;
            }
        }
        let subjects = (0..).zip(&counts).filter(|(_, count)| **count > 0);
        let mut subjects: Vec<u32> = subjects.map(|(subject, _)| subject).collect();
        subjects.sort_unstable_by_key(|subject| shared.text(*subject));
        let mut first = Vec::with_capacity(subjects.len() + 1);
        let mut end = 0;
        // From here on: where the next question of each subject goes.
        for subject in &subjects {
            first.push(end);
            end += std::mem::replace(&mut counts[*subject as usize], end);
        }
        first.push(end);
        let mut filed = vec![0; end as usize];
        for (number, question) in questions.iter().map(PackedView).enumerate() {
            for subject in once_each(question, &mut buffer) {
                let place = &mut counts[*subject as usize];
                filed[*place as usize] = number_of(number);
                *place += 1;
            }
        }
        Self {
            subjects,
            first,
            questions: filed,
        }
    }

    /// The questions about a subject, given in its written form.
    pub(super) fn about(&self, subject: &str, shared: &Shared) -> &[u32] {
        let at = self
            .subjects
            .binary_search_by(|at| shared.text(*at).cmp(subject));
        at.map_or(&[], |at| &self.questions[self.range(at)])
    }

    /// Every subject in its written form, with how many questions are about it.
    pub(super) fn all<'s>(&'s self, shared: &'s Shared) -> impl Iterator<Item = (&'s str, usize)> {
        let subjects = self.subjects.iter().enumerate();
        subjects.map(|(at, subject)| (shared.text(*subject), self.range(at).len()))
    }

    fn range(&self, at: usize) -> Range<usize> {
        self.first[at] as usize..self.first[at + 1] as usize
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
