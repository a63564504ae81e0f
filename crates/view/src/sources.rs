//! Citations, short enough to follow every line: "(² ¶4 s2)", with one legend below that names each
//! source once.

use super::catalogue::text;
use super::escape::{clip, escape, link};
use heat_core::facts::{Cite, Fact, FactBase, Source, address};
use heat_core::lang::Lang;

/// The most places one line cites; the rest becomes "…".
const PLACES_MAX: usize = 4;

/// The longest title of a source, in UTF-16 code units.
const TITLE_MAX: usize = 100;

/// The sources of one page, numbered in the order of their first citation.
pub(super) struct Sources<'a> {
    facts: &'a FactBase,
    known: Vec<CitedSource<'a>>,
}

/// A source, or one page of a source with many.
struct CitedSource<'a> {
    source: &'a Source,
    page: Option<String>,
    url: Option<String>,
    /// Whether its paragraphs are numbered.
    is_numbered: bool,
}

impl CitedSource<'_> {
    fn is_of(&self, source: &Source, cite: &Cite) -> bool {
        is_same(self.source, source) && self.page == cite.page
    }

    /// "Wikipedia, Heat (1995 film)".
    fn title(&self) -> String {
        match &self.page {
            Some(page) => format!("{}, {page}", self.source.title),
            None => self.source.title.clone(),
        }
    }
}

impl<'a> Sources<'a> {
    /// Numbers the sources of these facts.
    pub(super) fn of<'f>(facts: &'a FactBase, cited: impl Iterator<Item = &'f Fact>) -> Self {
        let mut sources = Self {
            facts,
            known: Vec::new(),
        };
        for fact in cited {
            for (source, cite) in sources.places(fact).into_iter().take(PLACES_MAX) {
                let known = sources.known.iter().position(|k| k.is_of(source, cite));
                let at = known.unwrap_or_else(|| {
                    sources.known.push(CitedSource {
                        source,
                        page: cite.page.clone(),
                        url: address(cite, source),
                        is_numbered: false,
                    });
                    sources.known.len() - 1
                });
                sources.known[at].is_numbered |= cite.paragraph.is_some();
            }
        }
        sources
    }

    /// The places where these facts are stated, in brackets after a space; empty where the legend
    /// says it all.
    pub(super) fn cite(&self, facts: &[&Fact]) -> String {
        let mut cites: Vec<(Option<usize>, String)> = Vec::new();
        for (source, cite) in facts.iter().flat_map(|fact| self.places(fact)) {
            let number = self
                .known
                .iter()
                .position(|known| known.is_of(source, cite));
            let cite = (number, spot(cite));
            if !cites.contains(&cite) {
                cites.push(cite);
            }
        }
        // By source, in the legend's order; places within a source keep their order.
        cites.sort_by_key(|(number, _)| *number);
        let mut places: Vec<String> = Vec::new();
        let mut before = None;
        for (number, spot) in cites {
            let mark = number.filter(|_| number != before).map(|at| self.mark(at));
            let place = format!("{} {spot}", mark.unwrap_or_default())
                .trim()
                .to_owned();
            if !place.is_empty() {
                places.push(place);
            }
            before = number;
        }
        if places.is_empty() {
            return String::new();
        }
        if places.len() > PLACES_MAX {
            places.truncate(PLACES_MAX);
            places.push("…".to_owned());
        }
        format!(" ({})", places.join(", "))
    }

    /// Names every source, with a link if it has an address, and explains the notation if any
    /// source has numbered paragraphs.
    pub(super) fn legend(&self, lang: Lang) -> String {
        let name = |(number, known): (usize, &CitedSource)| {
            let title = clip(&known.title(), TITLE_MAX);
            let linked = known.url.as_ref().and_then(|url| link(&title, url));
            let name = linked.unwrap_or_else(|| escape(&title));
            let name = if known.is_numbered {
                text!(lang, "sources-numbered", source = name)
            } else {
                name
            };
            format!("{} {name}", self.mark(number)).trim().to_owned()
        };
        let names: Vec<String> = self.known.iter().enumerate().map(name).collect();
        match names.as_slice() {
            [] => String::new(),
            [only] => text!(lang, "sources-one", source = only.as_str()),
            // A longer list would be taller than the text it belongs to.
            [_, _] | [_, _, _] => {
                format!("{}\n{}", text!(lang, "sources-several"), names.join("\n"))
            }
            _ => format!("{} {}", text!(lang, "sources-several"), names.join(" · ")),
        }
    }

    /// Whether this source of this pack is cited.
    pub(super) fn holds(&self, pack: &str, source: &str) -> bool {
        let packs = self.facts.packs().iter().filter(|p| p.id == pack);
        let mut wanted = packs.flat_map(|p| &p.sources).filter(|s| s.id == source);
        wanted.any(|source| self.known.iter().any(|known| is_same(known.source, source)))
    }

    fn places<'f>(&self, fact: &'f Fact) -> Vec<(&'a Source, &'f Cite)> {
        let Some(pack) = self.facts.pack_of(&fact.id) else {
            return Vec::new();
        };
        let source = |cite: &Cite| pack.sources.iter().find(|source| source.id == cite.source);
        let cites = fact.cites.iter();
        cites.filter_map(|c| Some((source(c)?, c))).collect()
    }

    /// The number of a source, counted from 0, as a superscript; a single source needs none.
    fn mark(&self, number: usize) -> String {
        if self.known.len() < 2 {
            return String::new();
        }
        superscript(number + 1)
    }
}

/// Whether two packs, or one pack twice, name the same source.
fn is_same(a: &Source, b: &Source) -> bool {
    std::ptr::eq(a, b) || a == b
}

/// "¶4 s2" or "¶4 s2–3".
fn spot(cite: &Cite) -> String {
    let paragraph = cite.paragraph.map(|p| format!("¶{p}"));
    let sentence = match (cite.sentence, cite.sentence_end) {
        (Some(first), Some(last)) if last > first => Some(format!("s{first}–{last}")),
        (Some(first), _) => Some(format!("s{first}")),
        (None, _) => None,
    };
    let parts: Vec<String> = [paragraph, sentence].into_iter().flatten().collect();
    parts.join(" ")
}

fn superscript(number: usize) -> String {
    let digit = |c: char| match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        _ => '⁹',
    };
    number.to_string().chars().map(digit).collect()
}
