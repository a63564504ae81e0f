//! Reads JSON strictly, and explains its faults in plain words.

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Number, Value};
use std::collections::BTreeMap;
use std::fmt;

/// The end of the message for a repeated field.
const TWICE: &str = "appears here twice";

/// A value without repeated fields: serde would silently keep the second of two.
pub(crate) struct Strict(pub(crate) Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Self)
    }
}

struct StrictVisitor;

impl<'de> DeserializeSeed<'de> for StrictVisitor {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element_seed(StrictVisitor)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut values = Map::new();
        while let Some(field) = fields.next_key::<String>()? {
            let value = fields.next_value_seed(StrictVisitor)?;
            if values.contains_key(&field) {
                return Err(twice(&field));
            }
            values.insert(field, value);
        }
        Ok(Value::Object(values))
    }
}

fn twice<E: serde::de::Error>(field: &str) -> E {
    E::custom(format_args!("the field \"{field}\" {TWICE}"))
}

/// The fields of an object, unparsed and without repeats.
pub(super) struct Fields<'d>(pub(super) BTreeMap<String, &'d RawValue>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;
        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut given: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = BTreeMap::new();
                while let Some((field, value)) = given.next_entry::<String, &RawValue>()? {
                    if fields.contains_key(&field) {
                        return Err(twice(&field));
                    }
                    fields.insert(field, value);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(FieldsVisitor)
    }
}

/// What is wrong with a JSON text, and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JsonError {
    pub(crate) what: String,
    pub(crate) mend: String,
}

/// Whether an error is about a repeated field.
pub(super) fn is_twice(error: &serde_json::Error) -> bool {
    error.to_string().contains(TWICE)
}

/// The position in a file of a part that was parsed separately.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    /// Counted from 1.
    pub(super) line: usize,
    /// Columns before it on its line.
    pub(super) columns: usize,
}

impl Start {
    /// The start of the file.
    pub(super) const FILE: Self = Self {
        line: 1,
        columns: 0,
    };
}

/// Explains an error of the JSON reader, which was reading `text`, to someone who does not know the
/// reader.
pub(super) fn plainly(error: &serde_json::Error, text: &str, start: Start) -> JsonError {
    let whole = error.to_string();
    let message = whole.split(" at line ").next().unwrap_or(&whole);
    // The reader reports a trailing comma as such only when it builds values.
    let is_bracket = matches!(message, "key must be a string" | "expected value");
    let is_comma = is_bracket && follows_comma(error, text);
    let (what, mend) = in_words(if is_comma { "trailing comma" } else { message });
    let place = match error.line() {
        0 => String::new(),
        1 => format!(
            "line {}, column {}: ",
            start.line,
            start.columns + error.column()
        ),
        line => format!(
            "line {}, column {}: ",
            start.line + line - 1,
            error.column()
        ),
    };
    JsonError {
        what: format!("{place}{what}"),
        mend,
    }
}

/// Whether an error is at a closing bracket after a comma.
fn follows_comma(error: &serde_json::Error, text: &str) -> bool {
    let mut lines = text.split_inclusive('\n');
    let before: usize = lines
        .by_ref()
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum();
    let at = before + error.column().saturating_sub(1);
    let (Some(read), Some(rest)) = (text.get(..at), text.get(at..)) else {
        return false;
    };
    rest.starts_with(['}', ']']) && read.trim_end().ends_with(',')
}

fn in_words(message: &str) -> (String, String) {
    let said = |what: &str, mend: &str| (what.to_owned(), mend.to_owned());
    match message {
        "trailing comma" => said(
            "there is a comma before a closing bracket",
            "remove the comma",
        ),
        "key must be a string" => said(
            "a field's name must begin here, in quotation marks",
            "write names as \"name\", and no comma after the last field",
        ),
        "expected value" => said(
            "a value is missing here, or is not valid JSON",
            "put texts in double quotation marks, and remove comments and commas without a value",
        ),
        "expected ident" => said(
            "this word is not a JSON value",
            "put it in double quotation marks",
        ),
        "expected `:`" => said(
            "a colon is missing after a field's name",
            "write \"name\": value",
        ),
        "expected `,` or `}`" | "expected `,` or `]`" => said(
            "a comma or a closing bracket is missing before this",
            "put a comma between two entries; inside a text write \\\" for a quotation mark",
        ),
        "EOF while parsing a string" => {
            said("the file ends inside a text", "close its quotation mark")
        }
        "EOF while parsing a list" => said("the file ends inside a list", "close it with ]"),
        "EOF while parsing an object" => said("the file ends inside an object", "close it with }"),
        "EOF while parsing a value" => said(
            "the file ends where a value is missing",
            "save the whole file again",
        ),
        "trailing characters" => said(
            "there is something after the end of the document",
            "keep one document per file and remove the rest",
        ),
        "invalid escape" => said(
            "a backslash is followed by a letter that it cannot escape",
            "write \\\\ for a backslash",
        ),
        "invalid number" | "number out of range" => {
            said("this is not a number", "put it in quotation marks")
        }
        "unexpected end of hex escape" | "lone leading surrogate in hex escape" => said(
            "a character written as \\u is not whole",
            "write the character itself",
        ),
        "recursion limit exceeded" => said("brackets are nested too deeply", "remove some"),
        message if message.starts_with("control character") => said(
            "there is a line break or tab inside a text",
            "close the text's quotation mark, or write \\n for a line break",
        ),
        message => of_shape(message).unwrap_or_else(|| said(message, "correct this entry")),
    }
}

/// Messages for values that are valid JSON, but not what was expected.
fn of_shape(message: &str) -> Option<(String, String)> {
    let quoted = |from: &str| -> Option<String> {
        let (_, rest) = message.split_once(from)?;
        Some(rest.split_once('`')?.0.to_owned())
    };
    let known: Vec<&str> = match message.split_once("expected ") {
        Some((_, rest)) => rest.split('`').skip(1).step_by(2).collect(),
        None => Vec::new(),
    };
    if let Some(field) = quoted("missing field `") {
        return Some((
            format!("the field \"{field}\" is missing"),
            format!("add \"{field}\""),
        ));
    }
    if let Some(field) = quoted("unknown field `") {
        return Some((
            format!("no field is called \"{field}\" here"),
            choose(&field, &known, "the fields are"),
        ));
    }
    if let Some(word) = quoted("unknown variant `") {
        return Some((
            format!("\"{word}\" is not one of the words allowed here"),
            choose(&word, &known, "write one of"),
        ));
    }
    if let Some(field) = quoted("duplicate field `") {
        return Some((
            format!("the field \"{field}\" {TWICE}"),
            "keep one of them".to_owned(),
        ));
    }
    if message.contains(TWICE) {
        return Some((message.to_owned(), "keep one of them".to_owned()));
    }
    let (_, rest) = message
        .split_once("invalid type: ")
        .or_else(|| message.split_once("invalid value: "))?;
    let (found, expected) = rest.split_once(", expected ")?;
    let expected = match expected {
        "a string" | "a borrowed string" => "a text",
        "a sequence" => "a list",
        "a map" => "an object",
        expected if expected.starts_with("struct ") => "an object",
        "i16" | "i32" | "i64" => "a whole number",
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" | "u64" => "a whole number from 0 up",
        expected => expected,
    };
    let found = match found {
        "map" => "an object",
        "sequence" => "a list",
        "null" => "null",
        found => found,
    };
    let found = found
        .replace("string ", "the text ")
        .replace("integer ", "the number ")
        .replace("floating point ", "the number ")
        .replace("boolean ", "the word ")
        .replace('`', "");
    let mend = match expected {
        "a text" => "put it in quotation marks".to_owned(),
        "a list" => "write [ … ]".to_owned(),
        "an object" => "write { … }".to_owned(),
        expected => format!("write {expected}"),
    };
    Some((format!("found {found} instead of {expected}"), mend))
}

/// The known word that was probably meant, or all of them.
fn choose(word: &str, known: &[&str], all: &str) -> String {
    let near = known
        .iter()
        .map(|known| (strsim::osa_distance(word, known), *known));
    match near.min() {
        Some((far, known)) if far <= 2 && far < known.len() => format!("write \"{known}\""),
        _ => format!("{all} {}", known.join(", ")),
    }
}

/// Whether a text is another kind of file: which one, and what to do with it.
pub(super) fn other_kind(name: &str, text: &str) -> Option<JsonError> {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase());
    let first = text.trim_start().chars().next();
    let is_json = matches!(first, Some('{' | '['));
    let kind = match ending.as_deref() {
        _ if is_json => return None,
        Some("csv" | "tsv") => "a table",
        Some("yaml" | "yml") => "a YAML list",
        _ => return None,
    };
    Some(JsonError {
        what: format!("this is {kind}, not a pack"),
        mend: "turn it into a pack with `heat-check packs import`, or give the file itself to /packs add".to_owned(),
    })
}

/// Reads a whole document, without repeated fields.
pub(crate) fn read(text: &str) -> Result<Value, JsonError> {
    let read: Result<Strict, _> = serde_json::from_str(text);
    read.map(|strict| strict.0)
        .map_err(|error| plainly(&error, text, Start::FILE))
}

/// Reads one entry of a document strictly.
pub(super) fn entry(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str::<Strict>(text).map(|strict| strict.0)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn faults_are_explained_in_plain_words() {
        for (text, says) in [
            ("{\"a\": 1,}", "comma"),
            ("[1, 2,]", "there is a comma before a closing bracket"),
            ("{a: 1}", "quotation marks"),
            ("{\"a\": 'b'}", "a value is missing here"),
            ("{\"a\" 1}", "a colon is missing"),
            (
                "{\"a\": 1 \"b\": 2}",
                "a comma or a closing bracket is missing",
            ),
            ("{\"a\": \"b", "the file ends inside a text"),
            ("{\"a\": \"b\nc\"}", "a line break"),
            ("{} {}", "after the end of the document"),
            ("[\"\\ud83d\"]", "a character written as \\u is not whole"),
            ("{\"a\": [1,]}", "there is a comma before a closing bracket"),
            ("{\"a\": [1, \"b\", ]}", "remove the comma"),
            ("{\"a\": ,}", "a value is missing here"),
            (
                "{\"a\": 1, \"b\": {\"c\": 1, \"c\": 2}}",
                "the field \"c\" appears here twice",
            ),
            ("", "the file ends"),
        ] {
            let wrong = read(text).expect_err("a fault");
            let whole = format!("{}; {}", wrong.what, wrong.mend);
            assert!(whole.contains(says), "{text}: {whole}");
            assert!(
                wrong.what.contains("line 1") || text.contains('\n'),
                "{whole}"
            );
        }
        assert_eq!(
            read("[1.5, null, true]"),
            Ok(serde_json::json!([1.5, null, true]))
        );
    }
}
