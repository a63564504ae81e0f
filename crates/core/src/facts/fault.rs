//! Faults of a pack: where each is, and what is wrong there.

use super::flaw::Flaw;
use super::quoted::shown;
use std::fmt;
use std::sync::Arc;

/// One thing wrong with a pack. A check reports every fault of a file in one run, never only
/// the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file as the caller named it, or the pack's id where packs are compared.
    pub file: String,
    /// The line of the entry, if the file is a table.
    pub line: Option<usize>,
    /// Where in the document, for instance `facts[3].cites[0].source`; empty for the whole
    /// document.
    pub path: String,
    /// What is wrong.
    pub flaw: Flaw,
}

impl Fault {
    /// A fault at a place in a document.
    #[must_use]
    pub fn new(file: &str, path: impl Into<String>, flaw: Flaw) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            path: path.into(),
            flaw,
        }
    }

    /// A fault of a whole file.
    #[must_use]
    pub fn of_file(file: &str, flaw: Flaw) -> Self {
        Self::new(file, "", flaw)
    }
}

/// The faults found so far in one file.
pub(super) struct Faults {
    file: Arc<str>,
    found: Vec<Fault>,
}

impl Faults {
    pub(super) fn of(file: &str) -> Self {
        Self {
            file: file.into(),
            found: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, path: impl fmt::Display, flaw: Flaw) {
        let path = shown(path.to_string());
        self.found.push(Fault::new(&self.file, path, flaw));
    }

    /// Puts other faults before the ones found so far.
    pub(super) fn put_first(&mut self, others: impl Iterator<Item = Self>) {
        let mut found: Vec<Fault> = others.flat_map(Self::found).collect();
        found.append(&mut self.found);
        self.found = found;
    }

    /// Adds faults of the same file.
    pub(super) fn extend(&mut self, others: Self) {
        self.found.extend(others.found);
    }

    /// An empty list for the same file.
    pub(super) fn anew(&self) -> Self {
        Self {
            file: Arc::clone(&self.file),
            found: Vec::new(),
        }
    }

    pub(super) fn found(self) -> Vec<Fault> {
        self.found
    }
}
