//! The text of a reveal: why the answer is right, an extra fact, and the sources of both.

use super::index::Index;
use crate::facts::limits::{SENTENCE_LENGTH_MAX, length};
use crate::facts::{Citation, Fact, FactBase, FactId};

/// An extra fact, and the facts that state it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct More {
    pub(super) text: String,
    pub(super) facts: Vec<FactId>,
    /// Whether the reason makes no sense without it.
    pub(super) is_needed: bool,
}

impl More {
    /// What this fact states, together with the fact that states its year.
    pub(super) fn aside(text: String, fact: &Fact, year: Option<FactId>) -> Self {
        Self {
            text,
            facts: std::iter::once(fact.id.clone()).chain(year).collect(),
            is_needed: false,
        }
    }

    /// An extra that is only nice to know gives way to a caveat.
    fn has_room(&self, reason: &str, caveats: &[&Fact]) -> bool {
        let tells =
            |caveat: &Fact| reason.contains(&caveat.summary) || self.facts.contains(&caveat.id);
        let missing = caveats.iter().filter(|caveat| !tells(caveat));
        let sentences = missing.map(|caveat| caveat.summary.as_str());
        let mut all = reason.to_owned();
        sentences
            .chain([self.text.as_str()])
            .all(|sentence| append(&mut all, sentence))
    }
}

/// Why an answer is right, what else that gives away, and where it is stated.
pub(super) struct Reveal {
    pub(super) reason: String,
    pub(super) tells: Vec<FactId>,
    pub(super) citation: Citation,
}

impl Reveal {
    /// `text` is the reason alone. The extra fact and the facts' caveats follow it, as far as there
    /// is room.
    pub(super) fn of(index: &Index, text: &str, facts: &[&Fact], more: Option<More>) -> Self {
        let base = index.base;
        let caveats = caveats(base, facts);
        let mut reason = text.to_owned();
        let mut added: Vec<&Fact> = Vec::new();
        let more = more.filter(|more| more.is_needed || more.has_room(text, &caveats));
        if let Some(more) = more.filter(|more| append(&mut reason, &more.text)) {
            added.extend(more.facts.iter().filter_map(|id| base.fact(id)));
        }
        for caveat in caveats {
            let is_added = added.iter().any(|fact| fact.id == caveat.id);
            if !is_added
                && (reason.contains(&caveat.summary) || append(&mut reason, &caveat.summary))
            {
                added.push(caveat);
            }
        }
        let cited: Vec<&Fact> = facts.iter().chain(&added).copied().collect();
        Self {
            reason,
            tells: tells(index, facts, &added),
            citation: base.citation_of(&cited),
        }
    }
}

/// The caveats of these facts, each once; one of the facts may itself be a caveat.
fn caveats<'a>(base: &'a FactBase, facts: &[&Fact]) -> Vec<&'a Fact> {
    let mut caveats: Vec<&Fact> = Vec::new();
    for id in facts.iter().flat_map(|fact| &fact.caveats) {
        if !caveats.iter().any(|known| known.id == *id) {
            caveats.extend(base.fact(id));
        }
    }
    caveats
}

/// What a question about these facts also gives away: what its reveal mentions, and the same
/// statements wherever another fact makes them.
fn tells(index: &Index, facts: &[&Fact], added: &[&Fact]) -> Vec<FactId> {
    let mut tells: Vec<FactId> = Vec::new();
    let all = added.iter().chain(facts);
    let same = all.flat_map(|fact| index.stating_the_same(fact));
    for id in added.iter().map(|fact| fact.id.as_str()).chain(same) {
        if !facts.iter().any(|fact| fact.id == id) && !tells.iter().any(|known| known == id) {
            tells.push(id.to_owned());
        }
    }
    tells
}

/// Adds a sentence if there is room for it.
fn append(text: &mut String, sentence: &str) -> bool {
    let fits = length(text) + 1 + length(sentence) <= SENTENCE_LENGTH_MAX;
    if fits {
        text.push(' ');
        text.push_str(sentence);
    }
    fits
}

#[cfg(test)]
#[path = "reveal_tests.rs"]
mod tests;
