//! Turns the text of a pack into a checked pack.

use super::check::check;
use super::encoding::unmarked_start;
use super::fault::{Fault, Faults};
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
        let what = format!("the document is {} bytes long", text.len());
        faults.add("", what, format!("keep to at most {bytes_max}"));
        return Err(faults.found());
    }
    let text = unmarked_start(text);
    if let Some(wrong) = json::other_kind(name, text) {
        faults.add("", wrong.what, wrong.mend);
        return Err(faults.found());
    }
    let document: &RawValue = match serde_json::from_str(text) {
        Ok(document) => document,
        Err(error) => {
            let wrong = json::plainly(&error, text, Start::FILE);
            faults.add("", format!("this is not JSON: {}", wrong.what), wrong.mend);
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;

    /// Faults as "path: what", in order.
    fn faults(text: &str) -> Vec<String> {
        let faults = parse_pack("test.json", text).unwrap_err();
        faults
            .iter()
            .map(|f| format!("{}: {}", f.path, f.what))
            .collect()
    }

    #[test]
    fn reports_where_json_is_broken() {
        let faults = parse_pack("bad.json", "{\n  \"id\": \"x\",,\n}").unwrap_err();
        assert_eq!(faults.len(), 1);
        let line = faults[0].to_string();
        assert!(line.starts_with("bad.json: this is not JSON"), "{line}");
        assert!(line.contains("line 2, column"), "{line}");
        assert!(parse_pack("deep.json", &"[".repeat(100_000)).is_err());
        assert!(parse_pack("big.json", &" ".repeat(PACK_BYTES_MAX + 1)).is_err());
    }

    #[test]
    fn nothing_is_silently_lost() {
        let pack = r#"{"id":"p","title":"T","description":"D","questions":[
            {"id":"q","prompt":"Who?","answer":"A","distractors":["B","C","D"],"reason":"So."}]}"#;
        assert!(parse_pack("p.json", &format!("\u{FEFF}{pack}")).is_ok());
        for (from, to, says) in [
            (
                "\"id\":\"p\"",
                "\"id\":\"o\",\"id\":\"p\"",
                "the field \"id\" appears here twice",
            ),
            (
                "\"answer\":\"A\"",
                "\"answer\":\"X\",\"answer\":\"A\"",
                "line 2, column 63: the field \"answer\" appears here twice",
            ),
            (
                "\"answer\":\"A\"",
                "\"answer\":5",
                "found the number 5 instead of a text",
            ),
            (
                "\"title\":\"T\"",
                "\"title\":1984",
                "found the number 1984 instead of a text; put it in quotation marks",
            ),
            ("\"title\":\"T\",", "", "title: this text is missing; add"),
            (
                "\"reason\":\"So.\"",
                "\"reason\":\"So.\",\"topic\":\"crow\"",
                "write \"crew\"",
            ),
            (
                "\"reason\":\"So.\"",
                "\"reason\":\"So.\",",
                "remove the comma",
            ),
        ] {
            let text = pack.replacen(from, to, 1);
            let found = parse_pack("p.json", &text).unwrap_err();
            let all: Vec<String> = found.iter().map(ToString::to_string).collect();
            assert!(
                all.iter().any(|fault| fault.contains(says)),
                "{says}: {all:?}"
            );
        }
        for name in ["film.csv", "film.yaml"] {
            let found = parse_pack(name, "question,answer\n").unwrap_err();
            assert!(found[0].mend.contains("packs import"), "{}", found[0]);
        }
        let found = parse_pack("x.json", r#"{"response_code":0,"results":[]}"#).unwrap_err();
        assert!(
            found.len() == 1 && found[0].mend.contains("packs import"),
            "{found:?}"
        );
    }

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
        assert!(faults[0].what.ends_with("bytes long"), "{faults:?}");
        let great = parse_great_pack("p.json", &text).unwrap();
        assert_eq!(great.questions.len(), ROWS_MAX + 1);
        let few = pack(&rows[..20]);
        let few_in_both = (parse_pack("p", &few), parse_great_pack("p", &few));
        assert_eq!(few_in_both.0, few_in_both.1);
    }

    #[test]
    fn reports_every_fault_at_once() {
        let text = r#"{
          "id": "My Pack", "title": "", "description": "d", "authors": [],
          "sources": [{"id": "s", "title": "S", "url": "javascript:alert(1)"}],
          "people": [
            {"id": "a", "name": "Ann", "aliases": ["Annie"]},
            {"id": "b", "name": "ANNIE", "year": 1990},
            {"id": "c", "name": "Cy", "nickname": "C"}
          ],
          "works": [{"id": "w", "name": "W", "form": "opera", "died": true}],
          "characters": [{"id": "k", "name": "K\u202Eevil"}],
          "facts": [
            {"id": "f1", "kind": "cast", "person": "a", "character": "nobody", "work": "w",
             "status": "confirmed", "cites": [], "summary": "s", "topic": "cast",
             "difficulty": "easy", "caveats": ["f9"], "hint": "x"},
            {"id": "f1", "kind": "release", "work": "w", "date": "1995-02-30", "status": "opinion",
             "cites": [{"source": "t", "sentence": 2}], "summary": "s", "topic": "release",
             "difficulty": "easy"},
            {"id": "f3", "kind": "cast", "person": "c", "character": "k", "status": "confirmed",
             "cites": [{"source": "s"}], "summary": "s", "topic": "cast", "difficulty": "easy"}
          ],
          "questions": [
            {"id": "q1", "facts": ["f1", "f3"], "prompt": "Who?", "answer": "The Keep",
             "distractors": ["keep", "Ann", "ann"]},
            {"id": "q2", "prompt": " ", "answer": "x", "distractors": ["y", "z"]}
          ]
        }"#;
        let found = faults(text);
        let expected = [
            "characters[0].name: the text contains the invisible character U+202E",
            "questions[1].prompt: the text begins or ends with a space",
            "authors: no such field in a pack",
            "people[2]: no field is called \"nickname\" here",
            "facts[0].hint: no such field in an entry of this kind",
            "facts[2]: the field \"work\" is missing",
            "id: \"My Pack\" is not a well-formed id",
            "title: the text is empty",
            "sources[0].url: \"javascript:alert(1)\" is not a web address",
            "people[1].year: only works have this",
            "people[1]: \"ANNIE\" also names \"a\"",
            "works[0].died: only people have this",
            "works[0].form: \"opera\" is not a form of a work",
            "facts[0].cites: the fact has no citation",
            "facts[0].caveats[0]: \"f9\" is not another fact of this pack",
            "facts[0].character: the pack declares no character:nobody",
            "facts[1].id: the id \"f1\" is used twice in this list",
            "facts[1].cites[0].source: the pack declares no source \"t\"",
            "facts[1].cites[0]: the sentence has no paragraph",
            "facts[1].date: \"1995-02-30\" is not a date",
            "questions[0].distractors[0]: \"keep\" is the right answer",
            "questions[0].distractors[2]: \"ann\" appears here twice",
            "questions[0].facts[0]: the fact \"f1\" is an opinion",
            "questions[1].prompt: the text is empty",
            "questions[1].distractors: 2 wrong answers are not enough",
            "questions[1]: the question has no fact and no reason",
        ];
        assert_eq!(found, expected, "{found:#?}");
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
