//! Files as other programs and people save them: imported whole, or rejected with the line, the
//! fault and the fix.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use super::{faults, imports};
use heat_core::exchange::{At, Format, ImportError, Imported, LeftOut, Naming, Note, import};
use heat_core::lang::Lang;

fn of(format: Format, name: &str, text: &str) -> Result<Imported, ImportError> {
    let files = [(name.to_owned(), text.to_owned())];
    import(format, &files, &Naming::default())
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    lines.fold(String::new(), |all, line| all + &line + "\n")
}

fn csv(text: &str) -> Imported {
    of(Format::Csv, "x.csv", text).unwrap()
}

fn notes(imported: &Imported) -> Vec<String> {
    let notes = imported.notes.iter();
    notes
        .map(|note| imports::note(Lang::English, note))
        .collect()
}

/// The errors or notes about a file or its rows.
fn said(format: Format, name: &str, text: &str) -> String {
    let lang = Lang::English;
    let rows = |rows: &[LeftOut]| -> String {
        lines(rows.iter().map(|row| {
            let place = imports::place(lang, &row.place);
            format!("{place}: {}", imports::why(lang, &row.why))
        }))
    };
    match of(format, name, text) {
        Ok(imported) => rows(&imported.left_out) + &notes(&imported).join("\n"),
        Err(ImportError::Nothing(left_out)) => rows(&left_out),
        Err(ImportError::Faults(faults)) => {
            lines(faults.iter().map(|found| faults::fault(lang, found)))
        }
        Err(ImportError::Unreadable { file, why }) => imports::unreadable(lang, &file, &why),
    }
}

const HEAD: &str = "question,answer,wrong1,wrong2,wrong3\n";

#[test]
fn line_numbers_are_right_with_any_line_endings_and_blank_lines() {
    let rows =
        "\n\nWho cut it?,Ann,Bo,Cy,Di\n\n\nBad?,A,B\n\n\"Two\nlines?\",A,B,C,D\nBad again?,A,B\n";
    for end in ["\n", "\r\n", "\r"] {
        let text = format!("{HEAD}{rows}").replace('\n', end);
        let said = said(Format::Csv, "x.csv", &text);
        assert!(said.contains("line 7: only 1 of its 1"), "{end:?}: {said}");
        assert!(said.contains("line 11: only 1 of its 1"), "{end:?}: {said}");
    }
    let mark = format!("\u{FEFF}\n{HEAD}Who cut it?,Ann,Bo,Cy,Di\nBad?,A,B\n");
    assert!(said(Format::Csv, "x.csv", &mark).contains("line 4: only"));
    let red = "Nothing?:\r\n\r\nFirst?:\r\n- 1990\r\n";
    assert!(said(Format::Red, "x.yaml", red).contains("line 1: it has no answer"));
}

#[test]
fn an_open_quotation_mark_swallows_no_row() {
    for (rows, says) in [
        (
            "\"Who?,A,B,C,D\nNext?,A,B,C,D\n",
            "line 2: a quotation mark is opened and never closed",
        ),
        (
            "Fine?,A,B,C,D\n\"Who?,A,B,C,D\n\"Next?\",A,B,C,D\n",
            "line 3: a quotation mark is opened, and the one that closes it on line 4",
        ),
        (
            "Fine?,A,B,C,\"D\nNext?,A,B,C,D\n",
            "line 2: a quotation mark is opened and never closed",
        ),
    ] {
        let found = said(Format::Csv, "x.csv", &format!("{HEAD}{rows}"));
        assert!(found.contains(says), "{rows}: {found}");
    }
    let inches = csv(&format!(
        "{HEAD}How tall is 5'10\" in feet?,\"5\"\" and so\",B,C,D\n"
    ));
    assert_eq!(inches.pack.questions[0].answer, "5\" and so");
}

#[test]
fn separators_and_empty_cells_of_spreadsheets() {
    let semicolons =
        "sep=;\r\nquestion;answer;wrong1;wrong2;wrong3;;\r\nWho, then?;A;B;C;D;;\r\nBad?;A;B\r\n";
    let imported = csv(semicolons);
    assert_eq!(imported.pack.questions[0].prompt, "Who, then?");
    assert_eq!(imported.left_out[0].place.at, At::Line(4));
    for text in [
        "question,answer,wrong1,wrong2,wrong3\nWho?,A,B,C,D,,,\n",
        "question,answer,wrong1,wrong2,wrong3,,,\nWho?,A,B,C,D\n",
        "question\tanswer\twrong1\twrong2\twrong3\nWho?\tA\tB\tC\tD\t\n",
        "\"question\",\"answer\",\"wrong1\",\"wrong2\",\"wrong3\"\n\"Who?\",\"A\",\"B\",\"C\",\"D\"\n",
    ] {
        assert_eq!(csv(text).pack.questions.len(), 1, "{text}");
    }
    let found = said(Format::Csv, "x.csv", &format!("{HEAD}Who?,A,B,C,D,,E\n"));
    assert!(found.contains("line 2: it has more cells"), "{found}");
}

#[test]
fn cells_of_spreadsheets_and_of_hands() {
    // How Excel keeps a number as text.
    let excel = csv(&format!(
        "{HEAD}In which year?,\"=\"\"1995\"\"\",=\"1994\",1996,'=1997\n"
    ));
    assert_eq!(excel.pack.questions[0].answer, "1995");
    assert_eq!(
        excel.pack.questions[0].distractors,
        ["1994", "1996", "=1997"]
    );
    let bars = csv(&format!("{HEAD}Who, then?,A,B,C,D\n")
        .replace(',', "|")
        .replace("Who|", "Who,"));
    assert_eq!(bars.pack.questions[0].prompt, "Who, then?");
    let spoken = csv(&format!("{HEAD}Who?, \"A\" and so,B,C,D\n"));
    assert_eq!(spoken.pack.questions[0].answer, "\"A\" and so");
    for (text, says) in [
        (
            format!("{HEAD}\"Who?\", \"Ann\", \"Bo\", \"Cy\", \"Di\"\n"),
            "line 2: there is a space before",
        ),
        (
            format!("{HEAD}Fine?,A,B,C,D\nWho?, \"Ann, A\",B,C,D\n"),
            "line 3: there is a space before",
        ),
        (
            "\"question\", \"answer\"\nWho?,A\n".to_owned(),
            "line 1: there is a space before",
        ),
        (String::new(), "the file is empty"),
        ("\u{FEFF}\r\n\r\n".to_owned(), "the file is empty"),
        (
            HEAD.to_owned(),
            "there is no question below the line of column names",
        ),
        (format!("{HEAD},,,,\n\n"), "there is no question below"),
    ] {
        let found = said(Format::Csv, "x.csv", &text);
        assert!(found.contains(says), "{text}: {found}");
    }
}

#[test]
fn encodings_and_numbers_of_json() {
    let file = |question: &str, answer: &str| {
        format!(
            r#"{{"response_code":0,"results":[{{"type":"multiple","difficulty":"easy","category":"Film","question":{question},
            "correct_answer":{answer},"incorrect_answers":["1","2","3"]}}]}}"#
        )
    };
    let answer = |text: &str| {
        let imported = of(Format::OpenTdb, "x.json", text).unwrap();
        imported.pack.questions[0].answer.clone()
    };
    assert_eq!(
        answer(&file("\"Who &amp; why?\"", "\"Am&eacute;lie &lt;3\"")),
        "Amélie <3"
    );
    assert_eq!(
        answer(&file("\"How many?\"", "1234567890123")),
        "1234567890123"
    );
    assert_eq!(answer(&file("\"How many?\"", "2.5")), "2.5");
    let rounded = said(
        Format::OpenTdb,
        "x.json",
        &file("\"How many?\"", "18446744073709551617"),
    );
    assert!(rounded.contains("not readable"), "{rounded}");
    let half = said(
        Format::OpenTdb,
        "x.json",
        &file("\"Who \\ud83d?\"", "\"A\""),
    );
    assert!(
        half.contains("is not whole; write the character itself"),
        "{half}"
    );
}

#[test]
fn no_column_is_silently_lost() {
    for (head, says) in [
        (
            "question,answer,answer,wrong1,wrong2,wrong3",
            "the column \"answer\" twice, as columns 2 and 3",
        ),
        (
            "question,answer,wrong1,wrong1,wrong2,wrong3",
            "the column \"wrong1\" twice",
        ),
        (
            "question,questions,answer,wrong1,wrong2,wrong3",
            "the column \"question\" twice",
        ),
        (
            "question,answer,wrong1,wrong2,wrong3,hint",
            "hint was ignored",
        ),
        (
            "Who is it?,A,B,C,D,E",
            "the first line names no columns, so it was read as a question",
        ),
        ("Who is it?,A", "add a first line"),
    ] {
        let found = said(Format::Csv, "x.csv", &format!("{head}\nWho?,A,B,C,D,E\n"));
        assert!(found.contains(says), "{head}: {found}");
    }
    let whole = |head: &str, row: &str| {
        let text = format!(
            "entry,id,question,answer,wrong1,wrong2,wrong3,data{head}\npack,p,,,,,,\"{{\"\"title\"\":\"\"T\"\",\"\"description\"\":\"\"D\"\"}}\"\n{row}\n"
        );
        said(Format::Csv, "x.csv", &text)
    };
    let question = "question,q,Who?,A,B,C,D,\"{\"\"reason\"\":\"\"So.\"\"}\"";
    assert_eq!(whole("", question), "");
    for (head, row, says) in [
        (",answer", question, "\"answer\" twice"),
        (
            "",
            &*format!("{question},more"),
            "line 3: it has more cells",
        ),
        (
            ",hint",
            &format!("{question},more"),
            "line 3: rows of this entry have no column \"hint\"",
        ),
        ("", "pack,o,,,,,,", "line 3: a second row"),
        (
            "",
            "person,a,,Ann,,,,\"{\"\"name\"\":\"\"Ann\"\"}\"",
            "line 3: rows of this entry have no column \"answer\"",
        ),
        (
            "",
            "question,q,Who?,A,B,C,D,\"{\"\"reason\"\":\"\"So.\"\",\"\"reason\"\":\"\"No.\"\"}\"",
            "\"reason\" appears here twice",
        ),
    ] {
        let found = whole(head, row);
        assert!(found.contains(says), "{row}: {found}");
    }
    // An empty wrong answer does not lose those after it.
    let gap = "entry,id,question,answer,wrong1,wrong2,wrong3,wrong4,data\npack,p,,,,,,,\"{\"\"title\"\":\"\"T\"\",\"\"description\"\":\"\"D\"\"}\"\nquestion,q,Who?,A,B,,C,D,\"{\"\"reason\"\":\"\"So.\"\"}\"\n";
    assert_eq!(csv(gap).pack.questions[0].distractors, ["B", "C", "D"]);
}

#[test]
fn everything_cut_or_dropped_from_a_row_is_reported() {
    let long = "x".repeat(600);
    let text = format!(
        "question,answer,wrong1,wrong2,wrong3,wrong4,accept,reason\nWho?,A,B,C,D,{long},{long},{long}\n"
    );
    let imported = csv(&text);
    for says in [
        "reasons that are too long were cut",
        "wrong answers that are too long",
        "spellings that are too long",
    ] {
        assert!(
            notes(&imported)
                .iter()
                .any(|note| note.contains(says) && note.contains("line 2")),
            "{:?}",
            imported.notes
        );
    }
    let hidden = csv(&format!("{HEAD}Wh\u{200B}o?,A,B,C,D\n"));
    assert!(
        notes(&hidden)[0].contains("line 2: invisible characters"),
        "{:?}",
        hidden.notes
    );
}

#[test]
fn emoji_and_flags_come_through_whole() {
    let joined = "Which? 👨‍👩‍👧🏳️‍🌈\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}🇫🇷👩🏽‍🚀";
    let imported = csv(&format!("{HEAD}{joined},می‌خواهم,B,C,D\n"));
    assert_eq!(imported.pack.questions[0].prompt, joined);
    assert_eq!(imported.pack.questions[0].answer, "می‌خواهم");
    assert_eq!(imported.notes, Vec::<Note>::new());
}

#[test]
fn duplicates_are_named_by_their_lines() {
    let found = said(
        Format::Csv,
        "x.csv",
        &format!("{HEAD}Who cut the film Heat?,A,B,C,D\nThe film Heat who cut?,A,B,C,D\n"),
    );
    assert!(
        found.contains("line 3: it asks the same as x.csv: line 2"),
        "{found}"
    );
    let kana = ["か", "が", "は", "ば", "ぱ", "き", "ぎ"];
    let kana = lines(kana.iter().map(|kana| format!("{kana},{kana}1")));
    let deck = csv(&format!("Question,Answers\n{kana}"));
    assert_eq!(deck.pack.questions.len(), 7, "{:?}", deck.left_out);
    let films = ["🎬🔫", "🦈🌊", "👻🚫", "🚢🧊", "🦁👑"];
    let films = films.iter().enumerate();
    let films = lines(films.map(|(at, film)| format!("Which film? {film},Film {at}")));
    let deck = csv(&format!("Question,Answers\n{films}"));
    assert_eq!(deck.pack.questions.len(), 5, "{:?}", deck.left_out);
}

#[test]
fn yaml_loses_no_document_and_no_word() {
    let first = "One?:\n- 1990\nTwo?:\n- 1991\nThree?:\n- 1992\nFour?:\n- 1993\n";
    for (text, says) in [
        (
            format!("{first}---\nFive?:\n- 1994\n"),
            "line 9: a second document begins",
        ),
        (
            format!("{first}...\n---\nFive?:\n- 1994\n"),
            "a second document begins",
        ),
        (
            format!("AUTHOR: A\n{first}AUTHOR: B\n"),
            "line 10: AUTHOR appears a second time",
        ),
        (
            format!("{first}Who?:\n- Film: Heat\n"),
            "put one with a colon in it in quotation marks",
        ),
        (format!("{first}Who?:\n- ~\n"), "line 9: it has no answer"),
        (
            format!("{first}Is it so?:\n- yes\n"),
            "line 9: it is yes or no",
        ),
        (
            format!("{first}Who?:\n\t- Ann\n"),
            "line 10: this is not YAML",
        ),
        (
            format!("{first}Who?:\n\t- Ann\n"),
            "begin lines with spaces instead of tabs",
        ),
        (
            format!("{first}Who?: &who\n- Ann\nWho else?: *who\n"),
            "line 11: there is an alias",
        ),
    ] {
        let found = said(Format::Red, "x.yaml", &text);
        assert!(found.contains(says), "{text}: {found}");
    }
    assert_eq!(
        said(Format::Red, "x.yaml", &format!("---\n{first}...\n"))
            .lines()
            .count(),
        1
    );
    // Words that YAML itself would interpret differently.
    let rows = |prompt: &str, answers: [&str; 4]| -> String {
        let places = ["first", "second", "third", "fourth"];
        let rows = places.iter().zip(answers);
        lines(rows.map(|(place, answer)| format!("{prompt} in the {place} scene?:\n- {answer}")))
    };
    let words = rows("What does the sign say", ["on", "off", "NO", "yes"])
        + &rows(
            "Which day is it",
            ["1995-12-15", "1996-12-15", "1997-12-15", "1998-12-15"],
        )
        + &rows("How much is it", ["2.50", "3.10", "4.20", "5.0"]);
    let imported = of(Format::Red, "x.yaml", &words).unwrap();
    let answers: Vec<&str> = imported
        .pack
        .questions
        .iter()
        .map(|q| q.answer.as_str())
        .collect();
    assert_eq!(
        answers,
        [
            "on",
            "off",
            "NO",
            "yes",
            "1995-12-15",
            "1996-12-15",
            "1997-12-15",
            "1998-12-15",
            "2.50",
            "3.10",
            "4.20",
            "5.0"
        ],
        "{:?}",
        imported.left_out
    );
}

#[test]
fn countries_are_wrong_answers_for_countries() {
    let list = "What country borders France and Portugal?:\n- Spain\nWhich European country has the most lakes?:\n- Finland\n\
        What country is shaped like a boot?:\n- Italy\nWhich country lies north of Germany?:\n- Denmark\n";
    let imported = of(Format::Red, "x.yaml", list).unwrap();
    assert_eq!(imported.pack.questions.len(), 4, "{:?}", imported.left_out);
}

#[test]
fn open_trivia_files_with_numbers_and_doubles() {
    let one = r#"{"type":"multiple","difficulty":"easy","category":"C","question":"Which year?","correct_answer":1995,"incorrect_answers":[1994,1996,"1997"]}"#;
    let imported = of(Format::OpenTdb, "x.json", &format!("\u{FEFF}[{one}]")).unwrap();
    assert_eq!(imported.pack.questions[0].answer, "1995");
    assert_eq!(
        imported.pack.questions[0].distractors,
        ["1994", "1996", "1997"]
    );
    for (text, says) in [
        (
            format!(
                "[{}]",
                one.replacen("\"type\"", "\"question\":\"Other?\",\"type\"", 1)
            ),
            "the field \"question\" appears here twice",
        ),
        (
            format!("[{one},]"),
            "there is a comma before a closing bracket",
        ),
        (
            format!("[{one}]\n[{one}]"),
            "line 2, column 1: there is something after the end",
        ),
    ] {
        let found = said(Format::OpenTdb, "x.json", &text);
        assert!(found.contains(says), "{text}: {found}");
    }
}
