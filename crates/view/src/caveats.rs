//! Facts that must be shown with a line: shown once per page, and marked with "†".

use super::sources::Sources;
use super::words;
use heat_core::facts::Fact;

/// The caveats of one page, in the order in which its lines need them.
pub(super) struct Caveats<'a> {
    known: Vec<&'a Fact>,
}

impl<'a> Caveats<'a> {
    pub(super) fn of(caveats: impl Iterator<Item = &'a Fact>) -> Self {
        let mut known: Vec<&'a Fact> = Vec::new();
        for caveat in caveats {
            if !known.iter().any(|other| other.id == caveat.id) {
                known.push(caveat);
            }
        }
        Self { known }
    }

    /// The mark before a caveat's own text; empty for other facts.
    pub(super) fn mark(&self, fact: &Fact) -> String {
        match self.known.iter().position(|known| known.id == fact.id) {
            None => String::new(),
            Some(0) => "† ".to_owned(),
            Some(1) => "‡ ".to_owned(),
            Some(at) => format!("†{} ", at + 1),
        }
    }

    /// The marks after a line with these caveats.
    pub(super) fn marks(&self, caveats: &[&Fact]) -> String {
        let mark = |caveat: &&Fact| format!(" {}", self.mark(caveat).trim_end());
        caveats.iter().map(mark).collect()
    }

    /// The `wanted` caveats, one line each, with mark and source.
    pub(super) fn sentences(&self, sources: &Sources, wanted: impl Fn(&Fact) -> bool) -> String {
        let line = |fact: &&Fact| {
            let (mark, text) = (self.mark(fact), words::summary(fact));
            format!("{mark}{text}{}", sources.cite(&[fact]))
        };
        let wanted = self.known.iter().filter(|fact| wanted(fact));
        wanted.map(line).collect::<Vec<String>>().join("\n")
    }
}
