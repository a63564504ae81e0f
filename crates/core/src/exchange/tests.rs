#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use super::*;
use crate::bank::{Bank, lint};
use crate::facts::{self, FactBase, Flaw, parse_pack};
use crate::lang::Lang;
use proptest::prelude::*;
use proptest::sample::Index;

fn of(format: Format, name: &str, text: &str) -> Result<Imported, ImportError> {
    import(
        format,
        &[(name.to_owned(), text.to_owned())],
        &Naming::default(),
    )
}

/// What was left out, and where.
fn left_out(imported: &Imported) -> Vec<(At, Why)> {
    let rows = imported.left_out.iter();
    rows.map(|row| (row.place.at, row.why.clone())).collect()
}

fn unreadable(refused: ImportError) -> FileFlaw {
    match refused {
        ImportError::Unreadable { why, .. } => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_table_needs_neither_header_nor_commas() {
    let rows = "Wer, wenn nicht er, spielt in Heat?;Al Pacino;Bo;Cy;Di;Er spielt Hanna.\nWann, genau, kam er?;1995;1994;1996;1997;Im Winter.\n";
    let imported = of(Format::Csv, "quiz.csv", rows).unwrap();
    assert_eq!(left_out(&imported), []);
    let [first, second] = &imported.pack.questions[..] else {
        panic!("not two: {:?}", imported.pack.questions)
    };
    assert_eq!(first.prompt, "Wer, wenn nicht er, spielt in Heat?");
    assert_eq!(first.distractors, ["Bo", "Cy", "Di"]);
    assert_eq!(second.reason.as_deref(), Some("Im Winter."));
    assert!(matches!(imported.notes[..], [Note::NoHeader { .. }]));
    // Unknown column names, and too few cells for a row.
    let refused = of(Format::Csv, "quiz.csv", "front,back\na,b\n").unwrap_err();
    let columns = "front, back".to_owned();
    assert_eq!(unreadable(refused), FileFlaw::UnknownHeader { columns });
}

#[test]
fn a_question_without_a_reason_gets_the_given_one() {
    let table = "question,answer,wrong1,wrong2,wrong3\nWer?,Ann,Bo,Cy,Di\n";
    let files = [("quiz.csv".to_owned(), table.to_owned())];
    for (given, reason) in [
        (Some("Die Antwort ist {answer}."), "Die Antwort ist Ann."),
        (None, "Ann."),
    ] {
        let naming = Naming {
            reason: given.map(str::to_owned),
            ..Naming::default()
        };
        let imported = import(Format::Csv, &files, &naming).unwrap();
        assert_eq!(imported.pack.questions[0].reason.as_deref(), Some(reason));
    }
}

#[test]
fn the_template_can_be_imported_unchanged() {
    let example = |n: u8| {
        let cells = ["Is it \"so\", or; not?", "A", "B", "C", "D", "Because."];
        cells.map(|cell| format!("{cell}{n}"))
    };
    for lang in Lang::ALL {
        let table = template(lang, &[example(1), example(2)]);
        let imported = of(Format::Csv, "template.csv", &table).unwrap();
        assert_eq!(left_out(&imported), []);
        assert_eq!(imported.notes, []);
        for (question, n) in imported.pack.questions.iter().zip(1..) {
            let [prompt, answer, wrong @ .., reason] = example(n);
            assert_eq!((&question.prompt, &question.answer), (&prompt, &answer));
            assert_eq!(question.distractors, wrong);
            assert_eq!(question.reason, Some(reason));
        }
        assert_eq!(imported.pack.questions.len(), 2, "{table}");
    }
}

const OPENTDB: &str = r#"{"response_code":0,"results":[
 {"type":"multiple","difficulty":"hard","category":"Entertainment: Film",
  "question":"Who shot &quot;Heat&quot; for Michael Mann?","correct_answer":"Dante Spinotti",
  "incorrect_answers":["Roger Deakins","Emmanuel Lubezki","Janusz Kami&nacute;ski"]},
 {"type":"boolean","difficulty":"easy","category":"General Knowledge",
  "question":"Rain is dry.","correct_answer":"False","incorrect_answers":["True"]},
 {"type":"multiple","difficulty":"easy","category":"General Knowledge",
  "question":"Which of these is a sea?","correct_answer":"All of the above",
  "incorrect_answers":["The North Sea","The Baltic","The Aral"]}]}"#;

#[test]
fn opentdb_in_each_of_its_encodings() {
    let base64 =
        |text: &str| base64::Engine::encode(&base64::engine::general_purpose::STANDARD, text);
    let url = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let encoded = |encode: &dyn Fn(&str) -> String, keep_type: bool| {
        let mut document: serde_json::Value = serde_json::from_str(OPENTDB).unwrap();
        for result in document["results"].as_array_mut().unwrap() {
            for (field, value) in result.as_object_mut().unwrap() {
                let again = |text: &str| encode(&html_escape::decode_html_entities(text));
                if let Some(texts) = value.as_array_mut() {
                    for text in texts {
                        *text = again(text.as_str().unwrap()).into();
                    }
                } else if !(keep_type && field == "type") {
                    *value = again(value.as_str().unwrap()).into();
                }
            }
        }
        document.to_string()
    };
    let plain = of(Format::OpenTdb, "film.json", OPENTDB).unwrap();
    let question = &plain.pack.questions[0];
    assert_eq!(question.prompt, "Who shot \"Heat\" for Michael Mann?");
    assert_eq!(question.distractors[2], "Janusz Kamiński");
    assert_eq!(question.difficulty, Some(facts::Difficulty::Hard));
    assert_eq!(
        plain.pack.sources[0].title,
        "Open Trivia Database, Entertainment: Film (CC BY-SA 4.0)"
    );
    assert_eq!(
        left_out(&plain),
        [
            (At::Result(1), Why::TrueOrFalse),
            (At::Result(2), Why::AboutOthers)
        ]
    );
    for text in [encoded(&base64, false), encoded(&url, true)] {
        assert_eq!(of(Format::OpenTdb, "film.json", &text).unwrap(), plain);
    }
    let refused = of(
        Format::OpenTdb,
        "x.json",
        r#"{"response_code":1,"results":[]}"#,
    );
    let code = 1;
    assert_eq!(
        unreadable(refused.unwrap_err()),
        FileFlaw::NoneHeld { code }
    );
}

const RED: &str = r#"AUTHOR: Somebody
DESCRIPTION: Films and years.
CONFIG: {max_score: 10}
In which year did Heat come out?:
- 1995
In which year did Thief come out?:
- 1981
In which year did Ali come out?: 2001
"In which year did \"Collateral\" come out?":
- 2004
- two thousand and four
How many lives does a cat have?:
- 9
Is it so?:
- yes
Who made Heat?:
- Michael Mann
- Mann
In which year did Heat come out?:
- 1996
Nothing?:
"https://example.org/flag.png":
- Chile
"#;

#[test]
fn red_lists_take_wrong_answers_from_their_own_kind() {
    let imported = of(Format::Red, "mann.yaml", RED).unwrap();
    let pack = &imported.pack;
    assert_eq!(
        (pack.id.as_str(), pack.description.as_str()),
        ("mann", "Films and years.")
    );
    let prompts: Vec<_> = pack.questions.iter().map(|q| q.prompt.as_str()).collect();
    assert_eq!(prompts.len(), 5, "{prompts:?}");
    for question in &pack.questions[..4] {
        let mut years = question.distractors.clone();
        years.push(question.answer.clone());
        years.sort();
        assert_eq!(years, ["1981", "1995", "2001", "2004"]);
    }
    assert_eq!(pack.questions[3].accept, ["two thousand and four"]);
    assert_eq!(pack.sources[0].title, "the trivia list “mann” by Somebody");
    let first = Place {
        file: "mann.yaml".to_owned(),
        at: At::Line(4),
    };
    assert_eq!(
        left_out(&imported),
        [
            (At::Line(14), Why::YesOrNo),
            (At::Line(21), Why::NoAnswer),
            (At::Line(19), Why::SameAs(first)),
            (At::Line(22), Why::Link),
            (At::Line(16), Why::FewOfKind),
        ]
    );
    assert_eq!(imported.notes, [Note::WrongAnswersTaken]);
}

#[test]
fn yaml_bombs_are_refused_with_their_line() {
    for (text, says) in [
        ("a: &a [x]\nb: *a\n", "Alias { line: 2 }"),
        ("- a\n- b\n", "NotTriviaList"),
        ("a: [[[[[[[[[[[[x]]]]]]]]]]]]\n", "TooDeep"),
        (&format!("a: {}", "[".repeat(1 << 20)), "recursion limit"),
        (&"? ".repeat(1 << 19), "QuestionNotText"),
        ("a: b\nc: \"d\n", "NotYaml"),
        ("", "EndsEarly"),
    ] {
        let why = unreadable(of(Format::Red, "x.yaml", text).unwrap_err());
        let why = format!("{why:?}");
        assert!(why.contains(says), "{says}: {why}");
    }
}

#[test]
fn tables_of_ours_and_of_kotoba() {
    let own = "Question;Answer;Wrong1;Wrong2;Wrong3;Accept;Difficulty;Topic;Reason;Source;URL\n\
        Who cut Heat?;Dov Hoenig;Pat Buba;Joe Hutshing;Anne Coates;Hoenig|D. Hoenig;hard;crew;\"He, with three others.\";The credits;https://example.org/\n\
        Bad?;A;B;C;D;;impossible;;;;\n\
        Short?;A;B;C;;;;;;;\n\
        Link?;A;B;C;D;;;;;The page;javascript:alert(1)\n";
    let imported = of(Format::Csv, "own.csv", own).unwrap();
    let question = &imported.pack.questions[0];
    assert_eq!(question.accept, ["Hoenig", "D. Hoenig"]);
    assert_eq!(question.reason.as_deref(), Some("He, with three others."));
    let base = FactBase::build(vec![imported.pack.clone()]).unwrap();
    let shown = Bank::build(&base).questions().next().unwrap();
    assert_eq!(
        (shown.citation.as_str(), shown.url.as_deref()),
        ("The credits", Some("https://example.org/"))
    );
    let out = left_out(&imported);
    let (cell, url) = ("impossible".to_owned(), "javascript:alert(1)".to_owned());
    let (left, given, min) = (2, 2, 3);
    let bad_url = Flaw::BadUrl { url, max: 512 };
    assert_eq!(
        out,
        [
            (At::Line(3), Why::UnknownDifficulty { cell }),
            (At::Line(4), Why::FewLeft { left, given, min }),
            (At::Line(5), Why::Refused(bad_url)),
        ]
    );
    let kotoba = "Question,Answers,Comment,Instructions,Render as\n\
        明日,\"あした,あす\",Tomorrow,Type the reading!,Image\n\
        昨日,きのう,Yesterday,Type the reading!,Image\n\
        今日,きょう,Today,Type the reading!,Image\n\
        来年,らいねん,Next year,Type the reading!,Image\n";
    let deck = of(Format::Csv, "deck.csv", kotoba).unwrap();
    assert_eq!(deck.pack.questions.len(), 4, "{:?}", deck.left_out);
    let first = &deck.pack.questions[0];
    assert_eq!(first.prompt, "Type the reading! 明日");
    assert_eq!(
        (first.answer.as_str(), first.accept[0].as_str()),
        ("あした", "あす")
    );
    assert!(deck.notes.contains(&Note::PicturesAsText));
}

#[test]
fn every_bundled_pack_survives_the_table() {
    for (name, text) in facts::bundled() {
        let pack = parse_pack(name, text).unwrap();
        let table = to_csv(&pack).unwrap();
        assert_eq!(
            of(Format::Csv, "pack.csv", &table).unwrap().pack,
            pack,
            "{name}"
        );
    }
    let broken = to_csv(&parse_pack("a", facts::bundled()[0].1).unwrap()).unwrap();
    let broken = broken.replacen("\nquestion,", "\nquestion,Not An Id-", 1);
    let Err(ImportError::Faults(faults)) = of(Format::Csv, "pack.csv", &broken) else {
        panic!("the id is not well-formed");
    };
    assert!(faults[0].line.is_some(), "{faults:?}");
}

/// A text that a pack may contain, rich in characters that tables and messages stumble over.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "[a-zA-Z0-9 ]{1,8}",
        "[\"',;|\\\\=+@<>*_`~\\[\\](){}#:/-]{1,4}",
        "[éßøñ李安مرحبא🎬½–“”]{1,3}",
        Just("'=1+1".to_owned()),
        Just("\\|".to_owned()),
    ];
    proptest::collection::vec(part, 1..4).prop_filter_map("empty", |parts| {
        let text: String = parts.concat().trim().to_owned();
        (!text.is_empty() && facts::limits::length(&text) <= 60).then_some(text)
    })
}

fn pack() -> impl Strategy<Value = facts::Pack> {
    let question = (
        text(),
        text(),
        proptest::collection::vec(text(), 3..6),
        proptest::collection::vec(text(), 0..3),
        proptest::option::of(text()),
        proptest::option::of((0usize..3, proptest::option::of(1u16..9))),
        proptest::option::of(prop_oneof![Just("easy"), Just("medium"), Just("hard")]),
    );
    (text(), text(), proptest::collection::vec(text(), 3), proptest::collection::vec(question, 1..6))
        .prop_filter_map("not a sound pack", |(title, description, sources, questions)| {
            let sources: Vec<_> = sources.iter().enumerate()
                .map(|(i, title)| serde_json::json!({"id": format!("s{i}"), "title": title}))
                .collect();
            let questions: Vec<_> = questions.into_iter().enumerate().map(|(i, q)| {
                let (prompt, answer, distractors, accept, topic, cite, difficulty) = q;
                let cite = cite.map(|(source, paragraph)| serde_json::json!({"source": format!("s{source}"), "paragraph": paragraph}));
                let topic = topic.map(|_| "story");
                serde_json::json!({"id": format!("q{i}"), "prompt": prompt, "answer": answer, "distractors": distractors,
                    "accept": accept, "reason": description, "cite": cite, "topic": topic, "difficulty": difficulty})
            }).collect();
            let document = serde_json::json!({"id": "p", "title": title, "description": description, "sources": sources, "questions": questions});
            parse_pack("p.json", &document.to_string()).ok()
        })
}

/// A file with a few random changes: the kind of damage that finds a parser's edge cases.
fn damaged(whole: &'static str) -> impl Strategy<Value = String> {
    let change = (
        any::<Index>(),
        0usize..12,
        "[\\PC\u{202E}\u{200B}\n\t\"',:;*&%{}\\[\\]#|>@`~!-]{0,6}",
    );
    proptest::collection::vec(change, 0..12).prop_map(move |changes| {
        let mut chars: Vec<char> = whole.chars().collect();
        for (at, cut, put) in changes {
            let at = if chars.is_empty() {
                0
            } else {
                at.index(chars.len())
            };
            let end = (at + cut).min(chars.len());
            chars.splice(at..end, put.chars());
        }
        chars.into_iter().collect()
    })
}

/// What must hold for any import.
fn hold(outcome: Result<Imported, ImportError>) -> Result<(), TestCaseError> {
    let Ok(imported) = outcome else {
        return Ok(());
    };
    let text = serde_json::to_string_pretty(&imported.pack).unwrap();
    let seen = text.replace('\n', "");
    prop_assert_eq!(facts::first_deceptive(&seen), None, "{}", text);
    let pack = parse_pack("made.json", &text);
    prop_assert_eq!(pack.as_ref(), Ok(&imported.pack));
    let base = FactBase::build(vec![imported.pack]).unwrap();
    prop_assert_eq!(lint(&base, &Bank::build(&base)), Vec::new());
    Ok(())
}

const OWN: &str = "question,answer,wrong1,wrong2,wrong3,accept,difficulty,topic,reason,source,url\n\
    Who cut it?,Ann,Bo,Cy,Di,A|B,easy,crew,So it is.,The page,https://example.org/\n\
    Where?,\"Here, there\",Nowhere,Elsewhere,Everywhere,,hard,,,,\n";
const WHOLE: &str = "entry,id,question,answer,wrong1,wrong2,wrong3,accept,difficulty,topic,reason,source,url,data\n\
    pack,p,,,,,,,,,,,,\"{\"\"title\"\":\"\"T\"\",\"\"description\"\":\"\"D\"\"}\"\n\
    question,q,Who?,Ann,Bo,Cy,Di,A|B,easy,crew,So.,,,\n";

proptest! {
    // 256 cases each in every test run; `PROPTEST_CASES=1000000 cargo test --release exchange` runs
    // long.
    #[test]
    fn a_pack_survives_the_table_and_back(pack in pack()) {
        let table = to_csv(&pack).unwrap();
        prop_assert_eq!(of(Format::Csv, "p.csv", &table).unwrap().pack, pack.clone());
        let json = serde_json::to_string_pretty(&pack).unwrap();
        prop_assert_eq!(parse_pack("p.json", &json), Ok(pack));
    }

    #[test]
    fn no_text_crashes_an_importer(text in "[\\PC\u{202E}\u{0}\n\t\"',:;*&%{}\\[\\]#|>@`~!? -]{0,200}") {
        for format in [Format::OpenTdb, Format::Red, Format::Csv] {
            hold(of(format, "x.any", &text))?;
        }
    }

    #[test]
    fn no_damaged_file_crashes_an_importer(
        opentdb in damaged(OPENTDB), red in damaged(RED), own in damaged(OWN), whole in damaged(WHOLE),
    ) {
        hold(of(Format::OpenTdb, "x.json", &opentdb))?;
        hold(of(Format::Red, "x.yaml", &red))?;
        hold(of(Format::Csv, "x.csv", &own))?;
        hold(of(Format::Csv, "x.csv", &whole))?;
    }

    #[test]
    fn no_damaged_file_crashes_the_loader(text in damaged(include_str!("fixture.json"))) {
        if let Ok(pack) = parse_pack("x.json", &text) {
            let json = serde_json::to_string(&pack).unwrap();
            prop_assert_eq!(parse_pack("x.json", &json), Ok(pack.clone()));
            if let Ok(base) = FactBase::build(vec![pack]) {
                let bank = Bank::build(&base);
                let _ = lint(&base, &bank);
            }
        }
    }
}

#[test]
fn the_pack_in_the_manual_is_sound_and_fair() {
    let manual = include_str!("../../../../docs/packs.md");
    let (_, rest) = manual.split_once("```json\n").unwrap();
    let (text, _) = rest.split_once("```").unwrap();
    assert_eq!(text.lines().count(), 10);
    let pack = parse_pack("our-quiz.json", text).unwrap();
    let base = FactBase::build(vec![pack]).unwrap();
    let bank = Bank::build(&base);
    assert_eq!(bank.questions().len(), 1);
    assert_eq!(lint(&base, &bank), Vec::new());
}

/// A year or whole number without others of its kind in the list gets its neighbours, in the same
/// notation as the right one, and not always on both sides of it.
#[test]
fn single_numbers_get_their_neighbours() {
    let list = "AUDIO: \"Listen to this\"\n\
        In what year did the film come out?:\n- 1995\n\
        How many masks did they wear in the first scene?:\n- 8\n- eight\n\
        What did the bonds bring them in dollars?:\n- 1,600,000\n\
        Which lane did he leave by?:\n- 0\n\
        What was on the plate?:\n- 007\n";
    let imported = of(Format::Red, "alone.yaml", list).unwrap();
    let numbers = |text: &str| text.replace(',', "").parse::<i64>().unwrap();
    let mut below = Vec::new();
    for question in &imported.pack.questions {
        assert_eq!(question.distractors.len(), 3, "{question:?}");
        let right = numbers(&question.answer);
        let near = question.distractors.iter().map(|text| numbers(text));
        let near: Vec<i64> = near.collect();
        let step = if right > 1_000_000 { 100_000 } else { 1 };
        assert!(
            near.iter()
                .all(|n| (n - right).abs() <= 3 * step && *n != right && *n >= 0)
        );
        let looks_alike = |text: &String| text.contains(',') == question.answer.contains(',');
        assert!(question.distractors.iter().all(looks_alike), "{question:?}");
        below.push(near.iter().filter(|n| **n < right).count());
    }
    assert_eq!(below.len(), 4, "{:?}", left_out(&imported));
    assert_eq!(left_out(&imported)[0].0, At::Line(11));
}
