//! From JSON to the types of a pack, entry by entry, so that one bad entry hides no other fault.

use super::fault::Faults;
use super::json::{self, Fields, Start};
use super::limits::MARKS_MAX;
use super::model::Pack;
use super::text::{first_deceptive, has_piled_marks};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};

/// A pack as far as it could be read.
pub(super) struct Shaped {
    pub(super) pack: Pack,
    /// For each list, the place in the document of each entry that could be read.
    places: BTreeMap<&'static str, Vec<usize>>,
    /// Ids of entries that could not be read: to name one of them is no further fault.
    pub(super) broken: BTreeSet<String>,
}

impl Shaped {
    /// The JSON path of the `index`-th entry that could be read of a list.
    pub(super) fn path(&self, list: &str, index: usize) -> String {
        let place = self.places.get(list).and_then(|places| places.get(index));
        format!("{list}[{}]", place.copied().unwrap_or(index))
    }
}

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

/// Reads what can be read of a pack, and reports what cannot. Lists may have `entries_max` entries.
///
/// One entry at a time becomes a tree of values: of a whole great pack that would take several
/// times the room of its text.
///
/// `text` is the whole that `document` was read from: lines are counted in it.
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
            faults.add("", wrong.what, wrong.mend);
            return None;
        }
        Err(_) => {
            let mend = "write one object with id, title, description and facts or questions";
            faults.add("", "the document is not a JSON object", mend);
            return None;
        }
    };
    if fields.contains_key("results") && !fields.contains_key("id") {
        let mend = "make a pack of it with `heat-check packs import`";
        faults.add(
            "",
            "this is a file of the Open Trivia Database, not a pack",
            mend,
        );
        return None;
    }
    let mut unseen = BTreeMap::new();
    for (field, value) in &fields {
        if FIELDS.contains(&field.as_str()) {
            continue;
        }
        let mend = format!("use only {}", FIELDS.join(", "));
        faults.add(field, "no such field in a pack", mend);
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

/// Where in a text a part of it begins.
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
    /// What a reader cannot see, by field.
    unseen: BTreeMap<&'a str, Faults>,
    faults: &'a mut Faults,
}

impl Rows<'_> {
    fn text(&mut self, field: &'static str) -> String {
        let text = self.fields.get(field);
        let text = text.and_then(|text| serde_json::from_str(text.get()).ok());
        let Some(Value::String(text)) = text else {
            let mend = format!("add \"{field}\": \"…\" at the top of the document");
            self.faults.add(field, "the pack has no such text", mend);
            // Stands in for the missing text, so that the length checks say nothing more of it.
            return "missing".to_owned();
        };
        let text = Value::String(text);
        self.check_characters(field, &text, field.to_owned());
        text.as_str().unwrap_or_default().to_owned()
    }

    fn text_if_any(&mut self, field: &'static str) -> Option<String> {
        self.fields.contains_key(field).then(|| self.text(field))
    }

    fn list<T: DeserializeOwned + Serialize>(&mut self, field: &'static str) -> Vec<T> {
        let Some(rows) = self.fields.get(field) else {
            return Vec::new();
        };
        let Ok(rows) = serde_json::from_str::<Vec<&RawValue>>(rows.get()) else {
            self.faults.add(field, "this is not a list", "write [ … ]");
            return Vec::new();
        };
        if rows.len() > self.entries_max {
            let what = format!("{} entries are too many", rows.len());
            let mend = format!("keep to {}", self.entries_max);
            self.faults.add(field, what, mend);
            return Vec::new();
        }
        let mut read = Vec::with_capacity(rows.len());
        for (place, row) in rows.into_iter().enumerate() {
            let path = format!("{field}[{place}]");
            match self.row(field, &path, row) {
                Ok(entry) => {
                    self.places.entry(field).or_default().push(place);
                    read.push(entry);
                }
                Err(error) => {
                    let wrong = json::plainly(&error, row.get(), start_of(self.text, row));
                    self.faults.add(path, wrong.what, wrong.mend);
                }
            }
        }
        read
    }

    fn row<T: DeserializeOwned + Serialize>(
        &mut self,
        field: &'static str,
        path: &str,
        row: &RawValue,
    ) -> Result<T, serde_json::Error> {
        let row = json::entry(row.get())?;
        self.check_characters(field, &row, path.to_owned());
        let entry = T::deserialize(&row).inspect_err(|_| {
            let id = row.get("id").and_then(Value::as_str);
            self.broken.extend(id.map(str::to_owned));
        })?;
        self.unknown_fields(field, path, &row, &entry);
        Ok(entry)
    }

    fn check_characters(&mut self, field: &'static str, value: &Value, mut path: String) {
        let faults = &self.faults;
        let unseen = self.unseen.entry(field).or_insert_with(|| faults.anew());
        check_characters(value, &mut path, unseen);
    }

    /// A fact's fields come from two types, and so serde cannot refuse unknown ones there. What
    /// does not come back when the entry is written again was not understood. Fields without a
    /// value are let through: they change nothing.
    fn unknown_fields<T: Serialize>(&mut self, list: &str, path: &str, row: &Value, entry: &T) {
        if list != "facts" {
            return;
        }
        let (Some(row), Ok(Value::Object(known))) = (row.as_object(), serde_json::to_value(entry))
        else {
            return;
        };
        let is_empty =
            |value: &Value| value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        for (field, value) in row {
            if !known.contains_key(field) && !is_empty(value) {
                let what = "no such field in an entry of this kind";
                self.faults.add(
                    format!("{path}.{field}"),
                    what,
                    "correct its name or leave it out",
                );
            }
        }
    }
}

/// Refuses, in every text at any depth, characters that a reader cannot see, and spaces at
/// either end.
fn check_characters(value: &Value, path: &mut String, faults: &mut Faults) {
    // One path that grows and shrinks: most texts have no fault that it would be needed for.
    let here = path.len();
    match value {
        Value::String(text) => {
            if let Some(c) = first_deceptive(text) {
                let what = format!(
                    "the text holds the invisible character U+{:04X}",
                    u32::from(c)
                );
                faults.add(path.as_str(), what, "take it out");
            } else if has_piled_marks(text) {
                let what = format!("a letter carries more than {MARKS_MAX} marks");
                faults.add(path.as_str(), what, "take the marks out");
            } else if text.trim() != text {
                faults.add(
                    path.as_str(),
                    "the text begins or ends with a space",
                    "take it out",
                );
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
