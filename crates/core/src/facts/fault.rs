//! What is wrong with a pack, said so that its writer can mend it.

use super::text::is_deceptive;
use std::fmt;

/// One thing wrong with a pack. A check reports every fault of a file in one run, never only
/// the first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub struct Fault {
    /// The file as the caller named it, or the pack's id where packs are compared.
    pub file: String,
    /// Where in the document, for instance `facts[3].cites[0].source`; empty for the whole.
    pub path: String,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub mend: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file)?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{}; {}", self.what, self.mend)
    }
}

/// Characters of one part of a fault: what is wrong may quote a hostile text.
const SHOWN_MAX: usize = 400;

/// What the pack's text put into a fault, made fit to show on one line.
fn shown(text: String) -> String {
    if text.len() <= SHOWN_MAX && !text.contains(is_deceptive) {
        return text;
    }
    let chars = text.chars().take(SHOWN_MAX);
    chars
        .map(|c| if is_deceptive(c) { '\u{FFFD}' } else { c })
        .collect()
}

/// The faults found so far in one file.
pub(super) struct Faults {
    file: String,
    found: Vec<Fault>,
}

impl Faults {
    pub(super) fn of(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            found: Vec::new(),
        }
    }

    pub(super) fn add(
        &mut self,
        path: impl Into<String>,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.found.push(Fault {
            file: self.file.clone(),
            path: shown(path.into()),
            what: shown(what.into()),
            mend: shown(mend.into()),
        });
    }

    /// Puts other faults before those found so far.
    pub(super) fn put_first(&mut self, others: impl Iterator<Item = Self>) {
        let mut found: Vec<Fault> = others.flat_map(Self::found).collect();
        found.append(&mut self.found);
        self.found = found;
    }

    /// None yet, in the same file.
    pub(super) fn anew(&self) -> Self {
        Self::of(&self.file)
    }

    pub(super) fn found(self) -> Vec<Fault> {
        self.found
    }
}
