//! Turns the text of a pack into a checked pack.

use super::check::check;
use super::encoding::unmarked_start;
use super::fault::{Fault, Faults};
use super::flaw::Flaw;
use super::json::{self, Start};
use super::limits::{GREAT_PACK_BYTES_MAX, GREAT_PACK_ROWS_MAX, PACK_BYTES_MAX, ROWS_MAX};
use super::model::Pack;
use super::shape;
use serde_json::value::RawValue;

/// Reads a pack and checks it. Faults use `name` as the file's name.
///
/// # Errors
/// Every fault of the document. Text that is not JSON has one fault with its line and column. An
/// entry with the wrong shape has one fault, and its neighbours are still checked.
pub fn parse_pack(name: &str, text: &str) -> Result<Pack, Vec<Fault>> {
    parse(name, text, PACK_BYTES_MAX, ROWS_MAX)
}

/// Reads a pack like [`parse_pack`], up to [`GREAT_PACK_BYTES_MAX`] and [`GREAT_PACK_ROWS_MAX`]:
/// for files that the bot's operator trusts, never for files from members.
///
/// # Errors
/// Every fault of the document.
pub fn parse_great_pack(name: &str, text: &str) -> Result<Pack, Vec<Fault>> {
    parse(name, text, GREAT_PACK_BYTES_MAX, GREAT_PACK_ROWS_MAX)
}

fn parse(name: &str, text: &str, bytes_max: usize, rows_max: usize) -> Result<Pack, Vec<Fault>> {
    let mut faults = Faults::of(name);
    if text.len() > bytes_max {
        let (bytes, max) = (text.len(), bytes_max);
        faults.add("", Flaw::DocumentTooLong { bytes, max });
        return Err(faults.found());
    }
    let text = unmarked_start(text);
    if let Some(other_kind) = other_kind(name, text) {
        faults.add("", other_kind);
        return Err(faults.found());
    }
    let document: &RawValue = match serde_json::from_str(text) {
        Ok(document) => document,
        Err(error) => {
            let wrong = json::plainly(&error, text, Start::FILE);
            faults.add("", Flaw::NotJson(wrong));
            return Err(faults.found());
        }
    };
    let shaped = shape::read(text, document, rows_max, &mut faults);
    if let Some(shaped) = &shaped {
        check(shaped, &mut faults);
    }
    let faults = faults.found();
    match shaped {
        Some(shaped) if faults.is_empty() => Ok(shaped.pack),
        _ => Err(faults),
    }
}

/// Whether a text is another kind of file: which one.
fn other_kind(name: &str, text: &str) -> Option<Flaw> {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    let first = text.trim_start().chars().next();
    let is_json = matches!(first, Some('{' | '['));
    match ending.as_deref() {
        _ if is_json => None,
        Some("csv" | "tsv") => Some(Flaw::IsTable),
        Some("yaml" | "yml") => Some(Flaw::IsYaml),
        _ => None,
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;

    #[test]
    fn only_operator_packs_may_have_very_many_rows() {
        let question =
            r#"{"id":"q","prompt":"Who?","answer":"A","distractors":["B","C","D"],"reason":"So."}"#;
        let rows = (0..=ROWS_MAX).map(|n| question.replacen('q', &format!("q{n}"), 1));
        let rows: Vec<String> = rows.collect();
        let pack = |rows: &[String]| {
            let rows = rows.join(",");
            format!(r#"{{"id":"p","title":"T","description":"D","questions":[{rows}]}}"#)
        };
        let text = pack(&rows);
        assert!(text.len() > PACK_BYTES_MAX);
        let faults = parse_pack("p.json", &text).unwrap_err();
        assert!(
            matches!(faults[0].flaw, Flaw::DocumentTooLong { .. }),
            "{faults:?}"
        );
        let great = parse_great_pack("p.json", &text).unwrap();
        assert_eq!(great.questions.len(), ROWS_MAX + 1);
        let few = pack(&rows[..20]);
        let few_in_both = (parse_pack("p", &few), parse_great_pack("p", &few));
        assert_eq!(few_in_both.0, few_in_both.1);
    }

    proptest::proptest! {
        /// For any text, the result is a pack, or faults that name the file.
        #[test]
        fn never_panics(text in r#"[\{\}\[\]",:a-z0-9 ]{0,200}"#) {
            if let Err(faults) = parse_pack("any.json", &text) {
                proptest::prop_assert!(!faults.is_empty());
                proptest::prop_assert!(faults.iter().all(|f| f.file == "any.json"));
            }
        }
    }
}
