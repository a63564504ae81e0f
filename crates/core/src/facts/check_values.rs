//! Checks that all parts of a pack share: ids, texts, lists, citations.

use super::fault::Faults;
use super::flaw::Flaw;
use super::limits::{ID_LENGTH_MAX, NAME_LENGTH_MAX, length};
use super::model::Cite;
use super::quoted::clip;
use super::shape::Shaped;
use foldhash::HashSet;
use std::fmt::Display;

/// An id of letters, digits and hyphens.
pub(super) fn check_id(id: &str, path: impl Display, faults: &mut Faults) {
    let well_formed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || id.len() > ID_LENGTH_MAX || !id.chars().all(well_formed) {
        let (id, max) = (clip(id), ID_LENGTH_MAX);
        faults.add(path, Flaw::BadId { id, max });
    }
}

/// A text that is neither empty nor too long.
pub(super) fn check_text(text: &str, path: impl Display, limit: usize, faults: &mut Faults) {
    if text.trim().is_empty() {
        faults.add(path, Flaw::Empty);
    } else if length(text) > limit {
        let (length, max) = (length(text), limit);
        faults.add(path, Flaw::TooLong { length, max });
    }
}

/// A name of anything.
pub(super) fn check_name(name: &str, path: impl Display, faults: &mut Faults) {
    check_text(name, path, NAME_LENGTH_MAX, faults);
}

/// A list of at most `limit` entries.
pub(super) fn check_count(count: usize, path: impl Display, limit: usize, faults: &mut Faults) {
    if count > limit {
        faults.add(path, Flaw::TooManyEntries { count, max: limit });
    }
}

/// Reports an id that an earlier entry in the same list already has.
pub(super) fn check_unique<'a>(
    id: &'a str,
    path: &str,
    seen: &mut HashSet<&'a str>,
    faults: &mut Faults,
) {
    if !seen.insert(id) {
        add_twice(id, path, faults);
    }
}

/// Reports an id that an earlier entry in the same list has, too.
pub(super) fn add_twice(id: &str, path: &str, faults: &mut Faults) {
    faults.add(format_args!("{path}.id"), Flaw::IdTwice { id: clip(id) });
}

/// Where something is stated.
pub(super) fn check_cite(shaped: &Shaped, cite: &Cite, path: &str, faults: &mut Faults) {
    check_source(shaped, &cite.source, format_args!("{path}.source"), faults);
    if let Some(page) = &cite.page {
        check_name(page, format_args!("{path}.page"), faults);
    }
    check_place(cite, path, faults);
}

/// A source that the pack declares.
pub(super) fn check_source(shaped: &Shaped, source: &str, path: impl Display, faults: &mut Faults) {
    let mut declared = shaped.pack.sources.iter();
    if !declared.any(|known| known.id == source) && !shaped.broken.contains(source) {
        faults.add(path, Flaw::UnknownSource { id: clip(source) });
    }
}

fn check_place(cite: &Cite, path: &str, faults: &mut Faults) {
    if cite.paragraph == Some(0) || cite.sentence == Some(0) {
        faults.add(path, Flaw::CountsFromOne);
    }
    if cite.sentence.is_some() && cite.paragraph.is_none() {
        faults.add(path, Flaw::NoParagraph);
    }
    if let Some(last) = cite.sentence_end
        && cite.sentence.is_none_or(|first| last < first)
    {
        faults.add(format_args!("{path}.sentence_end"), Flaw::EndsBeforeStart);
    }
}
