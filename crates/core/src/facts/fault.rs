//! Faults of a pack, described so that its writer can fix them.

use super::text::is_deceptive;
use std::fmt;

/// One thing wrong with a pack. A check reports every fault of a file in one run, never only
/// the first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub struct Fault {
    /// The file as the caller named it, or the pack's id where packs are compared.
    pub file: String,
    /// Where in the document, for instance `facts[3].cites[0].source`; empty for the whole
    /// document.
    pub path: String,
    /// What is wrong.
    pub what: String,
    /// How to fix it.
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

/// The longest part of a fault, in characters: it may quote a hostile text.
const SHOWN_MAX: usize = 400;

/// Makes text from the pack safe to show in a one-line fault.
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

    /// Puts other faults before the ones found so far.
    pub(super) fn put_first(&mut self, others: impl Iterator<Item = Self>) {
        let mut found: Vec<Fault> = others.flat_map(Self::found).collect();
        found.append(&mut self.found);
        self.found = found;
    }

    /// An empty list for the same file.
    pub(super) fn anew(&self) -> Self {
        Self::of(&self.file)
    }

    pub(super) fn found(self) -> Vec<Fault> {
        self.found
    }
}
