//! Converts JSON to the types of a pack, entry by entry, so that one bad entry hides no other
//! fault.

use super::fault::Faults;
use super::flaw::Flaw;
use super::json::{self, Fields, Start};
use super::limits::MARKS_MAX;
use super::model::Pack;
use super::text::{first_deceptive, has_piled_marks};
use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};

/// A pack as far as it could be read.
pub(super) struct Shaped {
    pub(super) pack: Pack,
    /// For each list, the positions in the document of the entries that could be read.
    places: BTreeMap<&'static str, Vec<usize>>,
    /// Ids of entries that could not be read. References to them are not reported again.
    pub(super) broken: BTreeSet<String>,
}

impl Shaped {
    /// The JSON path of the `index`-th readable entry of a list.
    pub(super) fn path(&self, list: &str, index: usize) -> String {
        let place = self.places.get(list).and_then(|places| places.get(index));
        format!("{list}[{}]", place.copied().unwrap_or(index))
    }
}

/// How many entries are read at a time, on all cores: so few that two copies of them take little
/// memory.
const CHUNK: usize = 4096;

const FIELDS: [&str; 15] = [
    "$schema",
    "id",
    "title",
    "description",
    "licence",
    "attribution",
    "sources",
    "people",
    "characters",
    "works",
    "organisations",
    "films",
    "awards",
    "facts",
    "questions",
];

/// Reads what can be read of a pack, and reports the rest. Lists may have up to `entries_max`
/// entries.
///
/// Only one entry at a time becomes a tree of values: for a whole large pack, such a tree takes
/// several times the memory of its text.
///
/// `text` is the complete text that contains `document`; line numbers count from its start.
pub(super) fn read(
    text: &str,
    document: &RawValue,
    entries_max: usize,
    faults: &mut Faults,
) -> Option<Shaped> {
    let fields = match serde_json::from_str::<Fields>(document.get()) {
        Ok(Fields(fields)) => fields,
        Err(error) if json::is_twice(&error) => {
            let wrong = json::plainly(&error, document.get(), start_of(text, document));
            faults.add("", Flaw::Unreadable(wrong));
            return None;
        }
        Err(_) => {
            faults.add("", Flaw::NotAnObject);
            return None;
        }
    };
    if fields.contains_key("results") && !fields.contains_key("id") {
        faults.add("", Flaw::IsOpenTdb);
        return None;
    }
    let mut unseen = BTreeMap::new();
    for (field, value) in &fields {
        if FIELDS.contains(&field.as_str()) {
            continue;
        }
        let known = FIELDS.join(", ");
        faults.add(field, Flaw::UnknownPackField { known });
        if let Ok(value) = serde_json::from_str(value.get()) {
            let of_field = unseen.entry(field.as_str()).or_insert(faults.anew());
            check_characters(&value, &mut field.clone(), of_field);
        }
    }
    let mut rows = Rows {
        fields: &fields,
        text,
        entries_max,
        places: BTreeMap::new(),
        broken: BTreeSet::new(),
        unseen,
        faults,
    };
    let pack = Pack {
        id: rows.text("id"),
        title: rows.text("title"),
        description: rows.text("description"),
        licence: rows.text_if_any("licence"),
        attribution: rows.text_if_any("attribution"),
        sources: rows.list("sources"),
        people: rows.list("people"),
        characters: rows.list("characters"),
        works: rows.list("works"),
        organisations: rows.list("organisations"),
        films: rows.list("films"),
        awards: rows.list("awards"),
        facts: rows.list("facts"),
        questions: rows.list("questions"),
    };
    rows.faults.put_first(rows.unseen.into_values());
    Some(Shaped {
        pack,
        places: rows.places,
        broken: rows.broken,
    })
}

/// The position of a part within its text.
fn start_of(text: &str, part: &RawValue) -> Start {
    let before = &text[..part.get().as_ptr().addr() - text.as_ptr().addr()];
    Start {
        line: 1 + before.matches('\n').count(),
        columns: before.len() - before.rfind('\n').map_or(0, |end| end + 1),
    }
}

struct Rows<'a> {
    fields: &'a BTreeMap<String, &'a RawValue>,
    text: &'a str,
    entries_max: usize,
    places: BTreeMap<&'static str, Vec<usize>>,
    broken: BTreeSet<String>,
    /// Faults about invisible characters, by field.
    unseen: BTreeMap<&'a str, Faults>,
    faults: &'a mut Faults,
}

impl Rows<'_> {
    fn text(&mut self, field: &'static str) -> String {
        // Stands in for a missing or wrong text, so that the length checks do not report it again.
        let missing = || "missing".to_owned();
        let Some(raw) = self.fields.get(field) else {
            self.faults.add(field, Flaw::FieldMissing { field });
            return missing();
        };
        let text = match serde_json::from_str(raw.get()) {
            Ok(text) => Value::String(text),
            Err(error) => {
                let wrong = json::plainly(&error, raw.get(), start_of(self.text, raw));
                self.faults.add(field, Flaw::Unreadable(wrong));
                return missing();
            }
        };
        self.check_characters(field, &text, field.to_owned());
        text.as_str().unwrap_or_default().to_owned()
    }

    fn text_if_any(&mut self, field: &'static str) -> Option<String> {
        self.fields.contains_key(field).then(|| self.text(field))
    }

    fn list<T: DeserializeOwned + Serialize + Send>(&mut self, field: &'static str) -> Vec<T> {
        let Some(rows) = self.fields.get(field) else {
            return Vec::new();
        };
        let Ok(rows) = serde_json::from_str::<Vec<&RawValue>>(rows.get()) else {
            self.faults.add(field, Flaw::NotAList);
            return Vec::new();
        };
        if rows.len() > self.entries_max {
            let (count, max) = (rows.len(), self.entries_max);
            self.faults.add(field, Flaw::TooManyEntries { count, max });
            return Vec::new();
        }
        let mut read = Vec::with_capacity(rows.len());
        let numbered: Vec<(usize, &RawValue)> = rows.into_iter().enumerate().collect();
        for rows in numbered.chunks(CHUNK) {
            let faults = &*self.faults;
            let entries = rows.par_iter().map(|(place, row)| {
                let path = format!("{field}[{place}]");
                ReadRow::of(field, path, row.get(), faults)
            });
            let entries: Vec<ReadRow<T>> = entries.collect();
            for ((place, row), entry) in rows.iter().zip(entries) {
                read.extend(self.keep(field, *place, row, entry));
            }
        }
        read
    }

    /// Keeps what was found in an entry, and returns the entry if it could be read.
    fn keep<T>(
        &mut self,
        field: &'static str,
        place: usize,
        row: &RawValue,
        entry: ReadRow<T>,
    ) -> Option<T> {
        let unseen = self.unseen.entry(field);
        let unseen = unseen.or_insert_with(|| self.faults.anew());
        unseen.extend(entry.unseen);
        self.faults.extend(entry.unknown);
        self.broken.extend(entry.broken);
        let read = entry.read.map_err(|error| {
            let wrong = json::plainly(&error, row.get(), start_of(self.text, row));
            let path = format!("{field}[{place}]");
            self.faults.add(path, Flaw::Unreadable(wrong));
        });
        let read = read.ok()?;
        self.places.entry(field).or_default().push(place);
        Some(read)
    }

    fn check_characters(&mut self, field: &'static str, value: &Value, mut path: String) {
        let faults = &self.faults;
        let unseen = self.unseen.entry(field).or_insert_with(|| faults.anew());
        check_characters(value, &mut path, unseen);
    }
}

/// One entry of a list.
struct ReadRow<T> {
    read: Result<T, serde_json::Error>,
    /// The faults of its characters, and of its fields.
    unseen: Faults,
    unknown: Faults,
    /// The id of an entry that could not be read.
    broken: Option<String>,
}

impl<T: DeserializeOwned + Serialize> ReadRow<T> {
    /// Reads an entry of a list. `faults` are those of the same file.
    fn of(list: &str, mut path: String, row: &str, faults: &Faults) -> Self {
        let (mut unseen, mut unknown) = (faults.anew(), faults.anew());
        let mut broken = None;
        let read = json::entry(row).and_then(|row| {
            check_characters(&row, &mut path, &mut unseen);
            let entry = T::deserialize(&row).inspect_err(|_| {
                let id = row.get("id").and_then(Value::as_str);
                broken = id.map(str::to_owned);
            })?;
            if list == "facts" {
                unknown_fields(&path, &row, &entry, &mut unknown);
            }
            Ok(entry)
        });
        Self {
            read,
            unseen,
            unknown,
            broken,
        }
    }
}

/// A fact's fields come from two types, so serde cannot reject unknown ones. A field that disappears
/// when the entry is written again was not understood. Fields without a value are allowed: they
/// change nothing.
fn unknown_fields<T: Serialize>(path: &str, row: &Value, entry: &T, faults: &mut Faults) {
    let (Some(row), Ok(Value::Object(known))) = (row.as_object(), serde_json::to_value(entry))
    else {
        return;
    };
    let is_empty = |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
    for (field, value) in row {
        if !known.contains_key(field) && !is_empty(value) {
            faults.add(format_args!("{path}.{field}"), Flaw::UnknownFactField);
        }
    }
}

/// Rejects invisible characters in every text at any depth, and spaces at either end.
fn check_characters(value: &Value, path: &mut String, faults: &mut Faults) {
    // One path that grows and shrinks, because most texts have no fault that needs it.
    let here = path.len();
    match value {
        Value::String(text) => {
            if let Some(c) = first_deceptive(text) {
                let code = format!("{:04X}", u32::from(c));
                faults.add(path.as_str(), Flaw::Invisible { code });
            } else if has_piled_marks(text) {
                faults.add(path.as_str(), Flaw::TooManyMarks { max: MARKS_MAX });
            } else if text.trim() != text {
                faults.add(path.as_str(), Flaw::SpaceAtEnd);
            }
        }
        Value::Array(rows) => {
            for (i, row) in rows.iter().enumerate() {
                path.extend(["[", &i.to_string(), "]"]);
                check_characters(row, path, faults);
                path.truncate(here);
            }
        }
        Value::Object(fields) => {
            for (field, value) in fields {
                path.extend([if here == 0 { "" } else { "." }, field]);
                check_characters(value, path, faults);
                path.truncate(here);
            }
        }
        _ => {}
    }
}
