//! A question of an imported file, before any check.

use super::{LeftOut, Note, Place, ROWS_MAX, Why};
use crate::facts::{Difficulty, Topic};

/// A question as in its file.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// Its place in the file.
    pub(super) place: Place,
    /// Its own id, if the file gives one.
    pub(super) id: Option<String>,
    pub(super) prompt: String,
    pub(super) answer: String,
    pub(super) accept: Vec<String>,
    /// Empty if the format has none; then they are taken from the other rows.
    pub(super) wrong: Vec<String>,
    pub(super) difficulty: Option<Difficulty>,
    pub(super) topic: Option<Topic>,
    pub(super) reason: Option<String>,
    pub(super) source: Option<Origin>,
    /// What the file says its answers have in common, if it does.
    pub(super) kin: Option<String>,
}

/// The source of an answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Origin {
    pub(super) title: String,
    pub(super) url: Option<String>,
}

/// What was read from a file.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) rows: Vec<Row>,
    pub(super) left_out: Vec<LeftOut>,
    pub(super) notes: Vec<Note>,
}

impl Read {
    pub(super) fn leave_out(&mut self, place: Place, text: &str, why: Why) {
        self.left_out.push(LeftOut::of(place, text, why));
    }

    /// Adds a row, unless there are too many already.
    pub(super) fn take(&mut self, row: Row) {
        if self.rows.len() < ROWS_MAX {
            self.rows.push(row);
        } else {
            let why = Why::TooManyRows { max: ROWS_MAX };
            self.leave_out(row.place, &row.prompt, why);
        }
    }

    pub(super) fn join(&mut self, other: Self) {
        self.title = self.title.take().or(other.title);
        self.description = self.description.take().or(other.description);
        self.left_out.extend(other.left_out);
        for row in other.rows {
            self.take(row);
        }
        for note in other.notes {
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
    }
}
