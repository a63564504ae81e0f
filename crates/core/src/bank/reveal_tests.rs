//! What a reveal must mention, and what it must not.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::bank::{Bank, Question, lint};
use crate::facts::limits::{SENTENCE_LENGTH_MAX, length};
use crate::facts::{FactBase, parse_pack};
use serde_json::{Value, json};

fn with(mut value: Value, more: &Value) -> Value {
    for (field, text) in more.as_object().unwrap() {
        value[field] = text.clone();
    }
    value
}

fn fact(id: &str, more: &Value) -> Value {
    let fact = json!({"id": id, "status": "confirmed", "cites": [{"source": "s"}], "summary": "S.",
        "topic": "cast", "difficulty": "easy"});
    with(fact, more)
}

/// The person with this number plays the character with this number in the film.
fn part(number: usize, more: &Value) -> Value {
    let part = json!({"kind": "cast", "person": format!("p{number}"),
        "character": format!("c{number}"), "work": "w"});
    fact(&format!("f{number}"), &with(part, more))
}

/// The first fact; the second is its caveat.
fn part_with_caveat(summary: &str) -> [Value; 2] {
    let caveat = json!({"kind": "statement", "summary": "But it is open.", "unasked": "A caveat.",
        "cites": [{"source": "s", "paragraph": 7}]});
    let part = part(
        0,
        &json!({"caveats": ["caveat"], "summary": summary,
        "cites": [{"source": "s", "paragraph": 2}]}),
    );
    [part, fact("caveat", &caveat)]
}

fn director(more: &Value) -> Value {
    let director = json!({"kind": "crew", "person": "p5", "job": "director", "work": "w"});
    fact("director", &with(director, more))
}

fn release(work: &str, more: &Value) -> Value {
    let release = json!({"kind": "release", "work": work, "topic": "release"});
    fact(&format!("release-{work}"), &with(release, more))
}

fn film(id: &str, more: &Value) -> Value {
    let name = id.to_uppercase().repeat(3);
    with(json!({"id": id, "name": name, "form": "film"}), more)
}

/// Names with no word in common, as wrong answers need.
fn named(kind: char, names: [&str; 6]) -> Vec<Value> {
    let names = names.iter().enumerate();
    let entities = names.map(|(n, name)| json!({"id": format!("{kind}{n}"), "name": name}));
    entities.collect()
}

fn pack(id: &str, works: &[Value], facts: &[Value], questions: &[Value]) -> Value {
    let people = [
        "Ann Ash",
        "Bob Birch",
        "Cy Cedar",
        "Di Dale",
        "Ed Elm",
        "Flo Fir",
    ];
    let characters = [
        "Kit Kay", "Lou Lark", "Max Moor", "Ned Nash", "Ole Oak", "Pia Pike",
    ];
    json!({"id": id, "title": "T", "description": "D", "works": works, "facts": facts,
        "sources": [{"id": "s", "title": "the article"}], "questions": questions,
        "people": named('p', people), "characters": named('c', characters)})
}

fn built(packs: &[Value]) -> Bank {
    let packs = packs
        .iter()
        .map(|pack| parse_pack("p.json", &pack.to_string()).unwrap());
    let base = FactBase::build(packs.collect()).unwrap();
    let bank = Bank::build(&base);
    assert_eq!(lint(&base, &bank), []);
    bank
}

/// A film with a year and these facts, and the parts in another film.
fn of_film(facts: &[Value]) -> Bank {
    let others = (1..5).map(|number| part(number, &json!({"work": "o"})));
    let facts: Vec<Value> = facts.iter().cloned().chain(others).collect();
    let year = json!({"year": 1990});
    built(&[pack(
        "p",
        &[film("w", &year), film("o", &year)],
        &facts,
        &[],
    )])
}

fn asked(bank: &Bank, id: &str) -> Question {
    bank.get(id).unwrap_or_else(|| panic!("no question {id}"))
}

#[test]
fn a_fact_stated_by_two_packs_is_given_away_in_both() {
    let works = [film("w", &json!({"year": 1990}))];
    let facts: Vec<Value> = (0..5).map(|number| part(number, &json!({}))).collect();
    let twin = |number| {
        let id = json!({"id": format!("twin{number}")});
        with(part(number, &json!({})), &id)
    };
    let written = json!({"id": "q", "facts": ["twin1"], "prompt": "Who is the Lark?",
        "answer": "Bob Birch", "distractors": ["Xu", "Yi", "Zoe"], "reason": "He is."});
    let bank = built(&[
        pack("p", &works, &facts, &[]),
        pack("q", &works, &[twin(0), twin(1)], &[written]),
    ]);
    let question = asked(&bank, "f0/cast-who");
    assert_eq!(
        question.reason,
        "S. Bob Birch plays Lou Lark in the same film, which came out in 1990."
    );
    assert_eq!(question.tells, ["f1", "twin1", "twin0"]);
    let question = asked(&bank, "q");
    assert_eq!(question.facts, ["twin1"]);
    assert_eq!(question.tells, ["f1"]);
}

/// The answer may be in the caveat: "no deal is final".
#[test]
fn a_caveat_is_cited() {
    let bank = of_film(&part_with_caveat("Ann is Kit."));
    let question = asked(&bank, "f0/cast-who");
    assert_eq!(question.reason, "Ann is Kit. But it is open.");
    assert_eq!(question.citation, "the article, paragraph 2; paragraph 7");
    assert_eq!(question.tells, ["caveat"]);
}

#[test]
fn a_caveat_is_shown_even_if_the_question_is_about_it() {
    let [part, caveat] = part_with_caveat("Ann is Kit.");
    let caveat = with(caveat, &json!({"unasked": null}));
    let written = json!({"id": "q", "facts": ["f0", "caveat"], "prompt": "Is it so?",
        "answer": "Wu", "distractors": ["Xu", "Yi", "Zoe"]});
    let works = [film("w", &json!({"year": 1990}))];
    let bank = built(&[pack("p", &works, &[part, caveat], &[written])]);
    let question = asked(&bank, "q");
    assert_eq!(question.reason, "Ann is Kit. But it is open.");
    assert_eq!(question.tells, Vec::<String>::new());
}

#[test]
fn an_extra_fact_gives_way_to_a_caveat() {
    let bare = "Ann Ash ".repeat(55);
    let [part, caveat] = part_with_caveat(bare.trim());
    let made_by = director(&json!({}));
    let question = |part: &Value| {
        let bank = of_film(&[part.clone(), caveat.clone(), made_by.clone()]);
        asked(&bank, "f0/cast-who")
    };
    // There is room for one of them, but not for both.
    let uncautioned = question(&with(part.clone(), &json!({"caveats": []})));
    assert!(
        uncautioned
            .reason
            .ends_with("Flo Fir directed the film, which came out in 1990.")
    );
    let cautioned = question(&part);
    assert!(cautioned.reason.ends_with("Ann Ash But it is open."));
    assert!(length(&cautioned.reason) <= SENTENCE_LENGTH_MAX);
    assert_eq!(cautioned.tells, ["caveat"]);
}

#[test]
fn a_fact_excluded_or_with_a_caveat_is_not_an_extra() {
    let [open, caveat] = part_with_caveat("S.");
    let reason = |more: &Value| {
        let asked_of = part(5, &json!({}));
        let bank = of_film(&[asked_of, open.clone(), caveat.clone(), director(more)]);
        asked(&bank, "f5/cast-who").reason
    };
    assert_eq!(
        reason(&json!({})),
        "S. Flo Fir directed the film, which came out in 1990."
    );
    for more in [
        json!({"unasked": "Disputed."}),
        json!({"caveats": ["caveat"]}),
    ] {
        assert_eq!(reason(&more), "S.");
    }
}

#[test]
fn the_year_is_the_extra_if_nobody_else_is_known() {
    let reason = |more: &Value| {
        let came_out = release("w", &with(json!({"date": "1990"}), more));
        asked(&of_film(&[part(0, &json!({})), came_out]), "f0/cast-who").reason
    };
    assert_eq!(reason(&json!({})), "S. The film came out in 1990.");
    assert_eq!(reason(&json!({"status": "rumoured"})), "S.");
    assert_eq!(reason(&json!({"unasked": "Disputed."})), "S.");
}

#[test]
fn a_rumoured_year_is_not_shown() {
    let reason = |work: &Value, more: &Value| {
        let came_out = release("w", &with(json!({"date": "1990"}), more));
        let facts: Vec<Value> = (0..5).map(|number| part(number, &json!({}))).collect();
        let facts: Vec<Value> = facts.into_iter().chain([came_out]).collect();
        let bank = built(&[pack("p", &[film("w", work)], &facts, &[])]);
        asked(&bank, "f0/cast-who").reason
    };
    let (plain, rumoured) = (json!({}), json!({"status": "rumoured"}));
    let dated = "S. Bob Birch plays Lou Lark in the same film, which came out in 1990.";
    let undated = "S. Bob Birch plays Lou Lark in the same film.";
    assert_eq!(reason(&plain, &plain), dated);
    assert_eq!(reason(&plain, &rumoured), undated);
    assert_eq!(reason(&json!({"year": 1990}), &rumoured), dated);
}

/// Nine films, three years apart; two in the middle have these extra fields in their releases.
fn films(more: &Value, of_next: &Value) -> Bank {
    let ids = ["s", "t", "u", "v", "w", "x", "y", "z", "q"];
    let works: Vec<Value> = ids.iter().map(|id| film(id, &json!({}))).collect();
    let years = (1970..).step_by(3).map(|year: u16| year.to_string());
    let releases = ids.iter().zip(years).map(|(id, year)| {
        let date = json!({"date": year});
        match *id {
            "w" => release(id, &with(date, more)),
            "x" => release(id, &with(date, of_next)),
            _ => release(id, &date),
        }
    });
    built(&[pack("p", &works, &releases.collect::<Vec<_>>(), &[])])
}

#[test]
fn a_rumoured_year_is_never_compared() {
    let plain = json!({});
    let compared = films(&plain, &plain);
    let before = asked(&compared, "release-w/release-before");
    assert_eq!(before.prompt.matches("XXX").count(), 1);
    assert_eq!(before.reason, "S. XXX dates from 1985.");
    assert_eq!(before.tells, ["release-x"]);
    let rumoured = films(&plain, &json!({"status": "rumoured"}));
    let before = asked(&rumoured, "release-t/release-before");
    let offers = |question: &Question| question.distractors.iter().any(|d| d.text == "XXX");
    assert!(offers(&asked(&compared, "release-t/release-before")));
    assert!(!offers(&before));
    assert!(
        rumoured
            .questions()
            .all(|question| !question.prompt.contains("XXX"))
    );
}

/// A comparison makes sense only with both years.
#[test]
fn a_comparison_without_room_for_its_years_is_not_asked() {
    let long = json!({"summary": "x".repeat(SENTENCE_LENGTH_MAX)});
    let bank = films(&long, &json!({}));
    assert!(bank.get("release-w/release-film").is_some());
    assert_eq!(bank.get("release-w/release-before"), None);
    assert!(bank.get("release-v/release-before").is_some());
}
