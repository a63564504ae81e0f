//! Why a JSON text cannot be read, and how to fix it.

use super::catalogue::text;
use heat_core::facts::{Found, JsonError, JsonFlaw, Known, Wanted};
use heat_core::lang::Lang;

/// What is wrong, with its place, and how to fix it.
pub(crate) fn error(lang: Lang, error: &JsonError) -> String {
    let says = flaw(lang, &error.flaw);
    match error.place {
        Some((line, column)) => {
            text!(lang, "json-at", line = line, column = column, says = says)
        }
        None => says,
    }
}

fn flaw(lang: Lang, flaw: &JsonFlaw) -> String {
    match flaw.clone() {
        JsonFlaw::UnknownField {
            field,
            known: Known::Near(near),
        } => text!(lang, "json-unknown-field-near", field = field, near = near),
        JsonFlaw::UnknownField {
            field,
            known: Known::All(known),
        } => text!(lang, "json-unknown-field", field = field, known = known),
        JsonFlaw::UnknownWord {
            word,
            known: Known::Near(near),
        } => text!(lang, "json-unknown-word-near", word = word, near = near),
        JsonFlaw::UnknownWord {
            word,
            known: Known::All(known),
        } => text!(lang, "json-unknown-word", word = word, known = known),
        JsonFlaw::OtherKind { found, wanted } => other_kind(lang, found, wanted),
        JsonFlaw::TrailingComma => text!(lang, "json-trailing-comma"),
        JsonFlaw::NoName => text!(lang, "json-no-name"),
        JsonFlaw::NoValue => text!(lang, "json-no-value"),
        JsonFlaw::BareWord => text!(lang, "json-bare-word"),
        JsonFlaw::NoColon => text!(lang, "json-no-colon"),
        JsonFlaw::NoComma => text!(lang, "json-no-comma"),
        JsonFlaw::EndsInText => text!(lang, "json-ends-in-text"),
        JsonFlaw::EndsInList => text!(lang, "json-ends-in-list"),
        JsonFlaw::EndsInObject => text!(lang, "json-ends-in-object"),
        JsonFlaw::EndsEarly => text!(lang, "json-ends-early"),
        JsonFlaw::GoesOn => text!(lang, "json-goes-on"),
        JsonFlaw::BadEscape => text!(lang, "json-bad-escape"),
        JsonFlaw::BadNumber => text!(lang, "json-bad-number"),
        JsonFlaw::HalfCharacter => text!(lang, "json-half-character"),
        JsonFlaw::TooDeep => text!(lang, "json-too-deep"),
        JsonFlaw::BreakInText => text!(lang, "json-break-in-text"),
        JsonFlaw::MissingField { field } => text!(lang, "json-missing-field", field = field),
        JsonFlaw::FieldTwice { field } => text!(lang, "json-field-twice", field = field),
        JsonFlaw::Other { says } => text!(lang, "json-other", says = says),
    }
}

fn other_kind(lang: Lang, found: Found, wanted: Wanted) -> String {
    let found = match found {
        Found::Text(text) => text!(lang, "json-found-text", text = text),
        Found::Number(number) => text!(lang, "json-found-number", number = number),
        Found::Word(word) => text!(lang, "json-found-word", word = word),
        Found::Object => text!(lang, "json-found-object"),
        Found::List => text!(lang, "json-found-list"),
        Found::Other(other) => other,
    };
    match wanted {
        Wanted::Text => text!(lang, "json-not-text", found = found),
        Wanted::List => text!(lang, "json-not-list", found = found),
        Wanted::Object => text!(lang, "json-not-object", found = found),
        Wanted::Whole => text!(lang, "json-not-whole", found = found),
        Wanted::WholeTo(max) => text!(lang, "json-not-whole-to", found = found, max = max),
        Wanted::WholeUp => text!(lang, "json-not-whole-up", found = found),
        Wanted::Other(wanted) => text!(lang, "json-not-other", found = found, wanted = wanted),
    }
}
