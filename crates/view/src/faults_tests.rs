#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use super::faults::fault;
use heat_core::facts::limits::PACK_BYTES_MAX;
use heat_core::facts::parse_pack;
use heat_core::lang::Lang;

/// The faults of a pack's text, in order.
fn faults(lang: Lang, name: &str, text: &str) -> Vec<String> {
    let faults = parse_pack(name, text).unwrap_err();
    faults.iter().map(|found| fault(lang, found)).collect()
}

#[test]
fn reports_where_json_is_broken() {
    let found = faults(Lang::English, "bad.json", "{\n  \"id\": \"x\",,\n}");
    assert_eq!(found.len(), 1);
    let line = &found[0];
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
            "line 2, column 59: the field \"answer\" appears here twice",
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
        let all = faults(Lang::English, "p.json", &text);
        assert!(
            all.iter().any(|fault| fault.contains(says)),
            "{says}: {all:?}"
        );
    }
    for name in ["film.csv", "film.yaml"] {
        let found = faults(Lang::English, name, "question,answer\n");
        assert!(found[0].contains("packs import"), "{found:?}");
    }
    let found = faults(
        Lang::English,
        "x.json",
        r#"{"response_code":0,"results":[]}"#,
    );
    assert!(
        found.len() == 1 && found[0].contains("packs import"),
        "{found:?}"
    );
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
    let found = faults(Lang::English, "p.json", text);
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
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        let says = format!("p.json: {expected}; ");
        assert!(found.starts_with(&says), "{found}");
    }
    insta::assert_snapshot!(
        "faults_german",
        faults(Lang::German, "p.json", text).join("\n")
    );
}
