//! Question tables: CSV with our own columns, or a deck as Kotoba exports it.
//!
//! Ours, in any order and case, all but the first two optional: `question`, `answer`, `wrong1`
//! `wrong2` `wrong3` (and more), `accept` (spellings separated by `|`), `difficulty` (easy, medium,
//! hard), `topic`, `reason`, `source`, `url`, `id`. A row without wrong answers takes them from
//! other rows. Without a line of column names, the cells are in the order of the [`template`], whose
//! columns may also have their German names.
//!
//! Kotoba's: `Question,Answers,Comment,Instructions,Render as`, where `Answers` are separated by
//! commas and the first is shown: <https://kotobaweb.com/dashboard>.

use super::row::{Origin, Read, Row};
use super::sheet::{Sheet, split_bars, unguarded};
use super::{At, FileFlaw, ImportError, Note, Place, Why, unreadable};
use crate::lang::Lang;
use csv::StringRecord;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The columns of our own tables, except wrong answers.
const COLUMNS: [&str; 9] = [
    "question",
    "answer",
    "accept",
    "difficulty",
    "topic",
    "reason",
    "source",
    "url",
    "id",
];
/// Those of Kotoba's.
const KOTOBA_COLUMNS: [&str; 5] = [
    "question",
    "answers",
    "comment",
    "instructions",
    "render as",
];

/// The order of the cells in a table without a header, and the columns of the template.
const ORDER: [&str; 6] = ["question", "answer", "wrong1", "wrong2", "wrong3", "reason"];
/// The fewest cells of a first line that is already a row: the question, the answer, three wrong
/// ones.
const ROW_MIN: usize = 5;

/// The names of those columns in a language.
fn order(lang: Lang) -> [&'static str; 6] {
    match lang {
        Lang::English => ORDER,
        Lang::German => ["frage", "antwort", "falsch1", "falsch2", "falsch3", "grund"],
    }
}

/// The English name of a column named in another language.
fn in_english(column: String) -> String {
    let known = Lang::ALL
        .into_iter()
        .flat_map(|lang| order(lang).into_iter().zip(ORDER));
    let english = known.into_iter().find(|(name, _)| *name == column);
    english.map_or(column, |(_, english)| english.to_owned())
}

/// A table to fill in: the column names and example questions. It begins with the byte-order mark by
/// which spreadsheets recognise UTF-8, and uses the separator that spreadsheets in the language expect.
#[must_use]
pub fn template(lang: Lang, examples: &[[String; 6]]) -> String {
    let separator = match lang {
        Lang::English => b',',
        Lang::German => b';',
    };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(separator)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    // Writing to memory does not fail.
    let _ = writer.write_record(order(lang));
    for example in examples {
        let _ = writer.write_record(example);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{FEFF}{}", String::from_utf8(bytes).unwrap_or_default())
}

/// A table as described by its header.
struct Table {
    columns: Vec<String>,
    wrong: Vec<usize>,
    is_kotoba: bool,
}

impl Table {
    fn of(name: &str, mut columns: Vec<String>) -> Result<Self, ImportError> {
        // Some programs that write Kotoba decks use the plural here.
        if let Some(column) = columns.iter_mut().find(|column| *column == "questions") {
            "question".clone_into(column);
        }
        let has = |wanted: &str| columns.iter().any(|column| column == wanted);
        let is_kotoba = has("question") && has("answers");
        let is_ours = has("question") && has("answer");
        if !is_kotoba && !is_ours {
            let found: Vec<String> = columns
                .iter()
                .take(12)
                .map(|c| c.chars().take(30).collect())
                .collect();
            let columns = found.join(", ");
            return Err(unreadable(name, FileFlaw::UnknownHeader { columns }));
        }
        let number = |column: &String| column.strip_prefix("wrong")?.trim().parse::<u8>().ok();
        let mut wrong: Vec<(u8, usize)> = columns
            .iter()
            .enumerate()
            .filter_map(|(i, column)| Some((number(column)?, i)))
            .collect();
        wrong.sort_unstable();
        Ok(Self {
            wrong: wrong.into_iter().map(|(_, i)| i).collect(),
            columns,
            is_kotoba,
        })
    }

    /// Columns with an unknown name.
    fn unread(&self) -> Vec<&str> {
        let known: &[&str] = if self.is_kotoba {
            &KOTOBA_COLUMNS
        } else {
            &COLUMNS
        };
        let columns = self.columns.iter().enumerate();
        let unread = columns.filter(|(at, column)| {
            let is_wrong = !self.is_kotoba && self.wrong.contains(at);
            !column.is_empty() && !is_wrong && !known.contains(&column.as_str())
        });
        unread.map(|(_, column)| column.as_str()).collect()
    }

    fn cell<'a>(&self, record: &'a StringRecord, column: &str) -> Option<&'a str> {
        let at = self.columns.iter().position(|name| name == column)?;
        let text = unguarded(record.get(at)?.trim());
        (!text.is_empty()).then_some(text)
    }
}

pub(super) fn read(name: &str, text: &str) -> Result<Read, ImportError> {
    let mut sheet = Sheet::new(name, text)?;
    sheet.columns = sheet.columns.into_iter().map(in_english).collect();
    let mut read = Read::default();
    if has_no_header(&sheet.columns) {
        sheet.without_header(&ORDER);
        read.notes.push(Note::NoHeader {
            file: name.to_owned(),
            columns: ORDER.join(", "),
        });
    }
    let table = Table::of(name, sheet.columns.clone())?;
    sheet.columns.clone_from(&table.columns);
    sheet.check_columns()?;
    if table.is_kotoba && table.columns.iter().any(|column| column == "render as") {
        read.notes.push(Note::PicturesAsText);
    }
    let unread = table.unread();
    if !unread.is_empty() {
        let shown: Vec<String> = unread
            .iter()
            .take(12)
            .map(|name| name.chars().take(30).collect())
            .collect();
        read.notes.push(Note::ColumnsIgnored {
            file: name.to_owned(),
            columns: shown.join(", "),
        });
    }
    while let Some(row) = sheet.row() {
        let (line, record) = row?;
        let place = Place {
            file: name.to_owned(),
            at: At::Line(line),
        };
        if sheet.is_too_long(&record) {
            let text = record.get(0).unwrap_or_default();
            read.leave_out(place, text, Why::TooManyCells);
            continue;
        }
        let made = if table.is_kotoba {
            kotoba(&table, &record, &place)
        } else {
            own(&table, &record, &place)
        };
        match made {
            Ok(row) => read.take(row),
            Err(why) => {
                let prompt = table.cell(&record, "question").unwrap_or_default();
                read.leave_out(place, prompt, why);
            }
        }
    }
    if read.rows.is_empty() && read.left_out.is_empty() {
        return Err(unreadable(name, FileFlaw::NoRows));
    }
    Ok(read)
}

/// Whether the first line is a row: it has enough cells, and none is the name of a column.
fn has_no_header(first: &[String]) -> bool {
    let is_name = |cell: &String| {
        let known = COLUMNS.iter().chain(&KOTOBA_COLUMNS).chain(&["questions"]);
        let is_wrong = cell.strip_prefix("wrong");
        known.into_iter().any(|name| name == cell)
            || is_wrong.is_some_and(|rest| rest.trim().parse::<u8>().is_ok())
    };
    first.len() >= ROW_MIN && !first.iter().any(is_name)
}

fn own(table: &Table, record: &StringRecord, place: &Place) -> Result<Row, Why> {
    let cell = |column| table.cell(record, column);
    let text = |column| cell(column).map(str::to_owned);
    let url = text("url");
    let source = match (text("source"), url) {
        (Some(title), url) => Some(Origin { title, url }),
        (None, Some(url)) => Some(Origin {
            title: site(&url),
            url: Some(url),
        }),
        (None, None) => None,
    };
    let wrong = table.wrong.iter().filter_map(|at| record.get(*at));
    Ok(Row {
        place: place.clone(),
        id: text("id"),
        prompt: text("question").ok_or(Why::NoQuestion)?,
        answer: text("answer").ok_or(Why::NoAnswer)?,
        accept: cell("accept").map(split_bars).unwrap_or_default(),
        wrong: wrong
            .map(|text| unguarded(text.trim()).to_owned())
            .filter(|text| !text.is_empty())
            .collect(),
        difficulty: word(cell("difficulty"), |cell| Why::UnknownDifficulty { cell })?,
        topic: word(cell("topic"), |cell| Why::UnknownTopic { cell })?,
        reason: text("reason"),
        source,
        kin: None,
    })
}

fn kotoba(table: &Table, record: &StringRecord, place: &Place) -> Result<Row, Why> {
    let cell = |column| table.cell(record, column);
    let question = cell("question").ok_or(Why::NoQuestion)?;
    let mut answers: Vec<String> = cell("answers")
        .unwrap_or_default()
        .split(',')
        .map(|answer| answer.trim().to_owned())
        .filter(|answer| !answer.is_empty())
        .collect();
    if answers.is_empty() {
        return Err(Why::NoAnswer);
    }
    let instructions = cell("instructions");
    let prompt = match instructions {
        Some(instructions) => format!("{instructions} {question}"),
        None => question.to_owned(),
    };
    let answer = answers.remove(0);
    Ok(Row {
        place: place.clone(),
        prompt,
        answer,
        accept: answers,
        reason: cell("comment").map(str::to_owned),
        kin: Some(instructions.unwrap_or_default().to_owned()),
        ..Row::default()
    })
}

/// A word of a closed list; `None` if the cell is empty.
fn word<T: DeserializeOwned>(
    cell: Option<&str>,
    unknown: fn(String) -> Why,
) -> Result<Option<T>, Why> {
    let Some(cell) = cell else {
        return Ok(None);
    };
    let value = Value::String(cell.to_lowercase().replace(' ', "-"));
    serde_json::from_value(value)
        .map(Some)
        .map_err(|_| unknown(cell.chars().take(40).collect()))
}

/// The host of a URL, which names a source without a title.
fn site(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest).to_owned()
}
