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
    stated: Vec<Stated<'a>>,
}

/// Where a fact is stated.
struct Stated<'a> {
    fact: &'a Fact,
    /// Numbers of sources, and the places in them.
    places: Vec<(usize, &'a Cite)>,
    /// Whether these are not all.
    has_more: bool,
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
    pub(super) fn of(facts: &'a FactBase, cited: impl Iterator<Item = &'a Fact>) -> Self {
        let mut sources = Self {
            facts,
            known: Vec::new(),
            stated: Vec::new(),
        };
        for fact in cited {
            if sources.stated(fact).is_none() {
                let stated = sources.number(fact);
                sources.stated.push(stated);
            }
        }
        sources
    }

    /// Where a fact is stated, with numbers for sources that have none yet.
    fn number(&mut self, fact: &'a Fact) -> Stated<'a> {
        let pack = self.facts.pack_of(&fact.id);
        let sources = pack.map_or(&[][..], |pack| &pack.sources);
        let source = |cite: &Cite| sources.iter().find(|source| source.id == cite.source);
        let places = fact.cites.iter();
        let places = places.filter_map(|cite| Some((source(cite)?, cite)));
        let number = |(source, cite): (&'a Source, &'a Cite)| {
            let known = self.known.iter().position(|k| k.is_of(source, cite));
            let at = known.unwrap_or_else(|| {
                self.known.push(CitedSource {
                    source,
                    page: cite.page.clone(),
                    url: address(cite, source),
                    is_numbered: false,
                });
                self.known.len() - 1
            });
            self.known[at].is_numbered |= cite.paragraph.is_some();
            (at, cite)
        };
        Stated {
            fact,
            places: places.take(PLACES_MAX).map(number).collect(),
            has_more: fact.cites.len() > PLACES_MAX,
        }
    }

    fn stated(&self, fact: &Fact) -> Option<&Stated<'a>> {
        self.stated.iter().find(|stated| stated.fact.id == fact.id)
    }

    /// The places where these facts are stated, in brackets after a space; empty where the legend
    /// says it all.
    pub(super) fn cite(&self, facts: &[&Fact]) -> String {
        let stated = || facts.iter().filter_map(|fact| self.stated(fact));
        let mut cites: Vec<(usize, &Cite)> = Vec::new();
        for (number, cite) in stated().flat_map(|stated| &stated.places) {
            let is_same = |(known, other): &(usize, &Cite)| known == number && other == cite;
            if !cites.iter().any(is_same) {
                cites.push((*number, cite));
            }
        }
        // By source, in the legend's order; places within a source keep their order.
        cites.sort_by_key(|(number, _)| *number);
        let mut places: Vec<String> = Vec::new();
        let mut before = None;
        for (number, cite) in cites {
            let mark = if before == Some(number) {
                String::new()
            } else {
                self.mark(number)
            };
            let place = match (mark, spot(cite)) {
                (mark, spot) if spot.is_empty() => mark,
                (mark, spot) if mark.is_empty() => spot,
                (mark, spot) => format!("{mark} {spot}"),
            };
            if !place.is_empty() {
                places.push(place);
            }
            before = Some(number);
        }
        if places.is_empty() {
            return String::new();
        }
        if places.len() > PLACES_MAX || stated().any(|stated| stated.has_more) {
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
