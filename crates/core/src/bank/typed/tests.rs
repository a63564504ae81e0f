//! Which typed answers count, on the bundled packs: a table that can be read on its own, and
//! properties of every question.

use super::{Names, TypedKey, can_be_typed};
use crate::bank::{Answer, Bank, Question};
use crate::facts::{self, EntityKind, EntityRef, FactBase, fold};
use std::sync::LazyLock;

static BUNDLED: LazyLock<(Bank, Names)> = LazyLock::new(|| {
    let packs = facts::heart().into_iter();
    let packs = packs.map(|(name, text)| facts::parse_pack(name, text).expect("a bundled pack"));
    let base = FactBase::build(packs.collect()).expect("bundled packs fit together");
    (Bank::build(&base), Names::of(&base))
});

fn key(question: &Question) -> TypedKey {
    TypedKey::new(question, &BUNDLED.1)
}

/// A bundled question; or the one title with a numeral, which no bundled question asks for.
fn question(id: &str) -> Question {
    if id == "made-up-heat-2" {
        let asked = BUNDLED.0.get("dark-knight-influence").expect("bundled");
        return Question {
            answer: Answer {
                text: "Heat 2".to_owned(),
                entity: Some(EntityRef::new(EntityKind::Work, "heat-2-novel")),
            },
            accept: vec!["Heat 2 (novel)".to_owned()],
            ..asked.clone()
        };
    }
    let found = BUNDLED.0.get(id);
    found.unwrap_or_else(|| panic!("no question {id}"))
}

/// A question without facts, as in a server's own pack.
fn own_question(prompt: &str, answer: &str) -> Question {
    let asked = BUNDLED.0.get("dark-knight-influence").expect("bundled");
    Question {
        prompt: prompt.to_owned(),
        answer: Answer {
            text: answer.to_owned(),
            entity: None,
        },
        accept: Vec::new(),
        distractors: Vec::new(),
        ..asked.clone()
    }
}

/// Judges the rows of a table, described at its top. Returns the number of pairs, and those judged
/// wrongly.
fn judged(table: &str) -> (usize, Vec<String>) {
    let mut wrong = Vec::new();
    let mut pairs = 0;
    let mut prompt = "";
    for line in table.lines() {
        if let Some(asked) = line.strip_prefix("? ") {
            prompt = asked;
        }
        if line.trim().is_empty() {
            prompt = "";
        }
        if line.starts_with(['#', '[']) {
            continue;
        }
        let mut cells = line.splitn(3, " | ");
        let (Some(answer), Some(expected), Some(typed)) =
            (cells.next(), cells.next(), cells.next())
        else {
            assert!(!line.contains(" | "), "not three cells: {line}");
            continue;
        };
        let question = match answer.strip_prefix('@') {
            Some(id) => question(id),
            None => own_question(prompt, answer),
        };
        let expected = match expected {
            "yes" => true,
            "no" => false,
            other => panic!("neither yes nor no: {other}"),
        };
        pairs += 1;
        if key(&question).takes(typed) != expected {
            wrong.push(format!("{line}   (right: {})", question.answer.text));
        }
    }
    (pairs, wrong)
}

#[test]
fn the_table_of_typed_answers() {
    let (pairs, wrong) = judged(include_str!("pairs.txt"));
    let all = wrong.join("\n");
    assert!(wrong.is_empty(), "{} of {pairs}:\n{all}", wrong.len());
    assert!(pairs >= 600, "{pairs} pairs");
}

#[test]
fn a_prompt_that_points_at_its_choices_is_not_typed() {
    let asked = question("dark-knight-influence");
    let can_be_typed = |prompt: &str| {
        can_be_typed(&Question {
            prompt: prompt.to_owned(),
            ..asked.clone()
        })
    };
    for prompt in [
        "Which of these films has a heist?",
        "With which of these does she star in Jaws?",
        "She stars in Jaws with which of these?",
        "Which of the FOLLOWING came first?",
        "Who of the people named here directed Jaws?",
        "Which film is not by anyone named here?",
        "Which of the films listed, all of 1995, has a heist?",
    ] {
        assert!(!can_be_typed(prompt), "{prompt}");
    }
    for prompt in [
        "Who named the shark in Jaws?",
        "Which film has the line “These go to eleven”?",
        "These go to eleven: in which film?",
        "Who played a thesis in Jaws?",
    ] {
        assert!(can_be_typed(prompt), "{prompt}");
    }
}

#[test]
fn every_right_answer_counts_and_no_wrong_one_does() {
    let mut wrong = Vec::new();
    for question in BUNDLED.0.questions() {
        if !can_be_typed(&question) {
            continue;
        }
        let key = key(&question);
        let id = &question.id;
        if !key.takes(&question.answer.text) {
            wrong.push(format!("{id}: {} is not taken", question.answer.text));
        }
        for other in &question.accept {
            if !key.takes(other) {
                wrong.push(format!("{id}: {other} is not taken"));
            }
        }
        for distractor in &question.distractors {
            let is_spelling = question
                .accept
                .iter()
                .any(|a| fold(a) == fold(&distractor.text));
            if key.takes(&distractor.text) && !is_spelling {
                wrong.push(format!("{id}: {} is taken", distractor.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_name_of_another_entity_counts() {
    const NAMES_APART: usize = 17;
    let mut tried = 0;
    let mut wrong = Vec::new();
    for question in BUNDLED.0.questions() {
        let Some(entity) = question
            .answer
            .entity
            .as_ref()
            .filter(|_| can_be_typed(&question))
        else {
            continue;
        };
        let key = key(&question);
        let spelled = std::iter::once(&question.answer.text).chain(&question.accept);
        let spelled: Vec<String> = spelled.map(|text| super::form::form(text)).collect();
        let own = |name: &str| {
            spelled.iter().any(|form| form == name) || BUNDLED.1.is_mostly(entity, name)
        };
        // Each question is tried with some of the names; all questions together cover all names.
        tried += 1;
        let some = BUNDLED.1.others(entity).enumerate();
        let some = some.filter(|(at, _)| (at + tried) % NAMES_APART == 0);
        let taken = some
            .map(|(_, name)| name)
            .filter(|name| key.takes(name) && !own(name));
        wrong.extend(taken.map(|name| format!("{}: {name}", question.id)));
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn most_questions_can_be_typed_and_keys_stay_small() {
    let all: Vec<_> = BUNDLED.0.questions().collect();
    let typed: Vec<_> = all.iter().filter(|q| can_be_typed(q)).collect();
    assert!(
        typed.len() * 3 > all.len() * 2,
        "{} of {}",
        typed.len(),
        all.len()
    );
    let longest = typed
        .iter()
        .map(|q| serde_json::to_string(&key(q)).map_or(0, |json| json.len()))
        .max();
    // A game stores fifty of them, in at most a mebibyte.
    assert!(longest.is_some_and(|bytes| bytes < 4_000), "{longest:?}");
}

/// Articles are forgiven, except where the base has another film of just that title.
#[test]
fn a_title_of_the_base_is_compared_with_its_articles() {
    let film = |id: &str, title: &str, year: u16| {
        format!(r#"{{"id":"{id}","title":"{title}","year":{year},"page":"{title}"}}"#)
    };
    let films = [
        film("nave-1985", "Nave", 1985),
        film("the-nave-1994", "The Nave", 1994),
        film(
            "the-mill-and-the-cross-2011",
            "The Mill and the Cross",
            2011,
        ),
    ];
    let pack = format!(
        r#"{{"id":"p","title":"P","description":"D.","sources":[{{"id":"wikipedia","title":"W",
        "url":"https://example.org/"}}],"films":[{}]}}"#,
        films.join(",")
    );
    let pack = facts::parse_pack("p.json", &pack).expect("a pack");
    let base = FactBase::build(vec![pack]).expect("a base");
    let names = Names::of(&base);
    let by_entity = |id: &str| {
        let entity = EntityRef::new(EntityKind::Work, id);
        let text = base.entity(&entity).expect("a film").name.clone();
        Question {
            answer: Answer {
                text,
                entity: Some(entity),
            },
            ..own_question("Which film is it?", "")
        }
    };
    for (question, right, wrong) in [
        (by_entity("nave-1985"), "nave", "the nave"),
        (by_entity("nave-1985"), "Nave (1985)", "The Nave (1994)"),
        (by_entity("nave-1985"), "maybe nave", "maybe the nave"),
        (by_entity("the-nave-1994"), "The Nave", "nave"),
        (by_entity("the-nave-1994"), "the nave 1994", "nave 1985"),
        (
            by_entity("the-mill-and-the-cross-2011"),
            "mill and cross",
            "the mill",
        ),
        (
            own_question("Which film is it?", "Nave"),
            "nave",
            "the nave",
        ),
    ] {
        let key = TypedKey::new(&question, &names);
        let answer = &question.answer.text;
        assert!(key.takes(right), "{answer}: {right}");
        assert!(!key.takes(wrong), "{answer}: {wrong}");
    }
    let thing = own_question("What did the two of them stand in?", "nave");
    assert!(TypedKey::new(&thing, &names).takes("the nave"));
}
