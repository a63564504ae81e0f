//! A whole pack as CSV and back, so that it can be edited as a table without loss.
//!
//! The column `entry` says what a row is: `question` (then the other columns are those of `table`),
//! or `pack`, `source`, `person`, `character`, `work`, `organisation`, `film`, `award`, `fact`,
//! whose content is JSON in the column `data`. Fields of a question without a column are there too.

use super::sheet::{Sheet, is_formula, split_bars, unguarded};
use super::{FileFlaw, ImportError, Imported, Naming, unreadable};
use crate::facts::{Fault, Pack, json, parse_pack};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The lists of a pack, each with the name of an entry, in the file's order.
const LISTS: [(&str, &str); 9] = [
    ("source", "sources"),
    ("person", "people"),
    ("character", "characters"),
    ("work", "works"),
    ("organisation", "organisations"),
    ("film", "films"),
    ("award", "awards"),
    ("fact", "facts"),
    ("question", "questions"),
];
/// A question's fields that have a column of the same kind: (column, field).
const COLUMNS: [(&str, &str); 6] = [
    ("id", "id"),
    ("question", "prompt"),
    ("answer", "answer"),
    ("difficulty", "difficulty"),
    ("topic", "topic"),
    ("reason", "reason"),
];
/// The fewest columns for wrong answers.
const WRONG_COLUMNS_MIN: usize = 3;

/// Whether a table contains a whole pack.
pub(super) fn is_whole(text: &str) -> bool {
    Sheet::new("", text).is_ok_and(|sheet| sheet.columns.iter().any(|column| column == "entry"))
}

/// The pack as CSV. [`super::import`] reads it back without loss.
///
/// # Errors
/// If the pack cannot be written as JSON, which its types rule out.
pub fn to_csv(pack: &Pack) -> Result<String, serde_json::Error> {
    let Value::Object(mut fields) = serde_json::to_value(pack)? else {
        return Ok(String::new());
    };
    let wrong = pack
        .questions
        .iter()
        .map(|q| q.distractors.len())
        .max()
        .unwrap_or(0);
    let wrong = wrong.max(WRONG_COLUMNS_MIN);
    let mut columns: Vec<String> = ["entry", "id", "question", "answer"]
        .map(str::to_owned)
        .to_vec();
    columns.extend((1..=wrong).map(|n| format!("wrong{n}")));
    let rest = [
        "accept",
        "difficulty",
        "topic",
        "reason",
        "source",
        "url",
        "data",
    ];
    columns.extend(rest.map(str::to_owned));
    let mut rows = Vec::new();
    let lists: Vec<(&str, Value)> = LISTS
        .iter()
        .filter_map(|(entry, list)| Some((*entry, fields.remove(*list)?)))
        .collect();
    rows.push(other("pack", fields));
    for (entry, list) in lists {
        let Value::Array(items) = list else {
            continue;
        };
        for item in items {
            let Value::Object(item) = item else {
                continue;
            };
            rows.push(if entry == "question" {
                question(item, pack)
            } else {
                other(entry, item)
            });
        }
    }
    Ok(written(&columns, &rows))
}

type Cells = BTreeMap<String, String>;

fn other(entry: &str, mut fields: Map<String, Value>) -> Cells {
    let mut cells = Cells::from([("entry".to_owned(), entry.to_owned())]);
    if let Some(Value::String(id)) = fields.remove("id") {
        cells.insert("id".to_owned(), id);
    }
    if !fields.is_empty() {
        cells.insert("data".to_owned(), Value::Object(fields).to_string());
    }
    cells
}

fn question(mut fields: Map<String, Value>, pack: &Pack) -> Cells {
    let mut cells = Cells::from([("entry".to_owned(), "question".to_owned())]);
    for (column, field) in COLUMNS {
        if let Some(Value::String(text)) = fields.remove(field) {
            cells.insert(column.to_owned(), text);
        }
    }
    let texts = |value: Option<Value>| -> Vec<String> {
        let items = value
            .and_then(|value| value.as_array().cloned())
            .unwrap_or_default();
        items
            .iter()
            .filter_map(|text| text.as_str().map(str::to_owned))
            .collect()
    };
    for (n, wrong) in texts(fields.remove("distractors")).into_iter().enumerate() {
        cells.insert(format!("wrong{}", n + 1), wrong);
    }
    let accept = texts(fields.remove("accept"));
    let escaped = accept
        .iter()
        .map(|text| text.replace('\\', "\\\\").replace('|', "\\|"));
    cells.insert("accept".to_owned(), escaped.collect::<Vec<_>>().join("|"));
    // For readers only: the citation under `data` counts.
    let cited = fields
        .get("cite")
        .and_then(|cite| cite.get("source")?.as_str());
    if let Some(source) = cited.and_then(|id| pack.sources.iter().find(|s| s.id == id)) {
        cells.insert("source".to_owned(), source.title.clone());
        cells.insert("url".to_owned(), source.url.clone().unwrap_or_default());
    }
    if !fields.is_empty() {
        cells.insert("data".to_owned(), Value::Object(fields).to_string());
    }
    cells
}

fn written(columns: &[String], rows: &[Cells]) -> String {
    let guarded = |text: &str| {
        if is_formula(text.trim_start_matches('\'')) {
            format!("'{text}")
        } else {
            text.to_owned()
        }
    };
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write = |cells: Vec<String>| {
        // Writing to memory does not fail.
        let _ = writer.write_record(&cells);
    };
    write(columns.to_vec());
    for row in rows {
        let cell = |column: &String| guarded(row.get(column).map_or("", String::as_str));
        write(columns.iter().map(cell).collect());
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// Reads a whole pack back.
///
/// # Errors
/// Every fault with its line. Nothing of a faulty pack is imported.
pub(super) fn read(name: &str, text: &str, naming: &Naming) -> Result<Imported, ImportError> {
    let mut sheet = Sheet::new(name, text)?;
    sheet.check_columns()?;
    let mut document: Map<String, Value> = Map::new();
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    let mut has_pack = false;
    while let Some(row) = sheet.row() {
        let (line, record) = row?;
        if sheet.is_too_long(&record) {
            return Err(unreadable(name, FileFlaw::TooManyCells { line }));
        }
        let cells: BTreeMap<&str, &str> = sheet
            .columns
            .iter()
            .map(String::as_str)
            .zip(record.iter().map(unguarded))
            .filter(|(_, cell)| !cell.is_empty())
            .collect();
        let entry = cells.get("entry").copied().unwrap_or("question");
        let item = item(name, line, &cells)?;
        if entry == "pack" {
            if std::mem::replace(&mut has_pack, true) {
                return Err(unreadable(name, FileFlaw::PackTwice { line }));
            }
            document.extend(item);
            continue;
        }
        let Some((_, list)) = LISTS.iter().find(|(word, _)| *word == entry) else {
            let why = FileFlaw::UnknownEntry {
                line,
                entry: entry.to_owned(),
                known: LISTS.map(|(word, _)| word).join(", "),
            };
            return Err(unreadable(name, why));
        };
        let rows = document
            .entry(*list)
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(rows) = rows {
            lines.insert(format!("{list}[{}]", rows.len()), line);
            rows.push(Value::Object(item));
        }
    }
    if let Some(id) = &naming.id {
        document.insert("id".to_owned(), id.as_str().into());
    }
    if let Some(title) = &naming.title {
        document.insert("title".to_owned(), title.as_str().into());
    }
    let pack = parse_pack(name, &Value::Object(document).to_string())
        .map_err(|faults| ImportError::Faults(with_lines(faults, &lines)))?;
    Ok(Imported {
        pack,
        left_out: Vec::new(),
        notes: Vec::new(),
    })
}

/// One row as the JSON entry it stands for.
fn item(
    name: &str,
    line: usize,
    cells: &BTreeMap<&str, &str>,
) -> Result<Map<String, Value>, ImportError> {
    let is_question = cells.get("entry").is_none_or(|entry| *entry == "question");
    let unread = cells.keys().find(|column| !is_read(column, is_question));
    if let Some(column) = unread {
        let column = column.chars().take(30).collect();
        return Err(unreadable(name, FileFlaw::UnknownColumn { line, column }));
    }
    let mut item = match cells.get("data").map(|data| json::read(data)) {
        None => Map::new(),
        Some(Ok(Value::Object(item))) => item,
        Some(Err(json)) => return Err(unreadable(name, FileFlaw::BadData { line, json })),
        Some(Ok(_)) => return Err(unreadable(name, FileFlaw::DataNotObject { line })),
    };
    if !is_question {
        if let Some(id) = cells.get("id") {
            item.insert("id".to_owned(), (*id).into());
        }
        return Ok(item);
    }
    for (column, field) in COLUMNS {
        if let Some(text) = cells.get(column) {
            item.insert(field.to_owned(), (*text).into());
        }
    }
    let wrong = (1..=u8::MAX).filter_map(|n| cells.get(format!("wrong{n}").as_str()));
    item.insert(
        "distractors".to_owned(),
        wrong.map(|text| Value::from(*text)).collect(),
    );
    if let Some(accept) = cells.get("accept") {
        item.insert(
            "accept".to_owned(),
            split_bars(accept).into_iter().map(Value::from).collect(),
        );
    }
    Ok(item)
}

/// Whether a column is read. `source` and `url` of a question are for readers only: the citation
/// under `data` counts.
fn is_read(column: &str, is_question: bool) -> bool {
    let is_wrong = column
        .strip_prefix("wrong")
        .is_some_and(|n| n.parse::<u8>().is_ok());
    let is_of_question = is_wrong
        || COLUMNS.iter().any(|(known, _)| *known == column)
        || matches!(column, "accept" | "source" | "url");
    matches!(column, "entry" | "id" | "data") || (is_question && is_of_question)
}

fn with_lines(faults: Vec<Fault>, lines: &BTreeMap<String, usize>) -> Vec<Fault> {
    let with_line = |mut fault: Fault| {
        let end = fault.path.find(']').map_or(0, |end| end + 1);
        fault.line = lines.get(&fault.path[..end]).copied();
        fault
    };
    faults.into_iter().map(with_line).collect()
}
