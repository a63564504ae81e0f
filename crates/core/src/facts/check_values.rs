//! Checks that all parts of a pack share: ids, texts, lists, citations.

use super::fault::Faults;
use super::limits::{ID_LENGTH_MAX, NAME_LENGTH_MAX, length};
use super::model::Cite;
use super::shape::Shaped;
use std::collections::HashSet;

/// An id of letters, digits and hyphens.
pub(super) fn check_id(id: &str, path: impl Into<String>, faults: &mut Faults) {
    let well_formed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.is_empty() || id.len() > ID_LENGTH_MAX || !id.chars().all(well_formed) {
        let what = format!("\"{}\" is not a well-formed id", clip(id));
        let mend = format!("use 1 to {ID_LENGTH_MAX} lower-case letters, digits and hyphens");
        faults.add(path, what, mend);
    }
}

/// A text that is neither empty nor too long.
pub(super) fn check_text(text: &str, path: impl Into<String>, limit: usize, faults: &mut Faults) {
    if text.trim().is_empty() {
        faults.add(
            path,
            "the text is empty",
            "fill it in, or leave the field out",
        );
    } else if length(text) > limit {
        let what = format!("the text has {} characters", length(text));
        faults.add(path, what, format!("shorten it to {limit} characters"));
    }
}

/// A name of anything.
pub(super) fn check_name(name: &str, path: &str, faults: &mut Faults) {
    check_text(name, path, NAME_LENGTH_MAX, faults);
}

/// A list of at most `limit` entries.
pub(super) fn check_count(count: usize, path: &str, limit: usize, faults: &mut Faults) {
    if count > limit {
        faults.add(
            path,
            format!("it has {count} entries, which is too many"),
            format!("keep at most {limit}"),
        );
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
        let what = format!("the id \"{}\" is used twice in this list", clip(id));
        faults.add(
            format!("{path}.id"),
            what,
            "choose another id, or merge the two",
        );
    }
}

/// The beginning of a text, for use inside a fault.
pub(super) fn clip(text: &str) -> String {
    text.chars().take(80).collect()
}

/// Where something is stated.
pub(super) fn check_cite(shaped: &Shaped, cite: &Cite, path: &str, faults: &mut Faults) {
    check_source(shaped, &cite.source, &format!("{path}.source"), faults);
    if let Some(page) = &cite.page {
        check_name(page, &format!("{path}.page"), faults);
    }
    check_place(cite, path, faults);
}

/// A source that the pack declares.
pub(super) fn check_source(shaped: &Shaped, source: &str, path: &str, faults: &mut Faults) {
    let mut declared = shaped.pack.sources.iter();
    if !declared.any(|known| known.id == source) && !shaped.broken.contains(source) {
        let what = format!("the pack declares no source \"{}\"", clip(source));
        faults.add(path, what, "add it to \"sources\", or correct the id");
    }
}

fn check_place(cite: &Cite, path: &str, faults: &mut Faults) {
    if cite.paragraph == Some(0) || cite.sentence == Some(0) {
        faults.add(
            path,
            "paragraphs and sentences start at 1, not 0",
            "count paragraphs and sentences from 1",
        );
    }
    if cite.sentence.is_some() && cite.paragraph.is_none() {
        faults.add(path, "the sentence has no paragraph", "add \"paragraph\"");
    }
    if let Some(last) = cite.sentence_end
        && cite.sentence.is_none_or(|first| last < first)
    {
        let mend = "make \"sentence\" the first and \"sentence_end\" the last";
        faults.add(
            format!("{path}.sentence_end"),
            "the last sentence comes before the first",
            mend,
        );
    }
}
