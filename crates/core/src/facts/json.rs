//! Reads JSON strictly, and sorts its faults, because the reader's messages are for programmers.

use super::quoted::{clip, shown};
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

/// Why a JSON text cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    /// The line and column, from 1, if known.
    pub place: Option<(usize, usize)>,
    /// What is wrong there.
    pub flaw: JsonFlaw,
}

/// What is wrong in a JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "a flaw says what its fields are")]
pub enum JsonFlaw {
    /// A comma before a closing bracket.
    TrailingComma,
    /// A field's name must begin here.
    NoName,
    /// A value is missing or invalid.
    NoValue,
    /// A word without quotation marks.
    BareWord,
    /// A colon is missing after a field's name.
    NoColon,
    /// A comma or a closing bracket is missing.
    NoComma,
    /// The file ends inside a text.
    EndsInText,
    /// The file ends inside a list.
    EndsInList,
    /// The file ends inside an object.
    EndsInObject,
    /// The file ends before a value.
    EndsEarly,
    /// Something follows the document.
    GoesOn,
    /// A backslash before a letter that it cannot escape.
    BadEscape,
    /// Not a number.
    BadNumber,
    /// Half of a character that is written in two parts.
    HalfCharacter,
    /// Brackets are nested too deeply.
    TooDeep,
    /// A line break or tab inside a text.
    BreakInText,
    /// A field is missing.
    MissingField { field: String },
    /// There is no such field.
    UnknownField { field: String, known: Known },
    /// The word is not one of those allowed.
    UnknownWord { word: String, known: Known },
    /// The field appears twice.
    FieldTwice { field: String },
    /// A value of another kind than expected.
    OtherKind { found: Found, wanted: Wanted },
    /// The reader's own words, in English, for what is none of these.
    Other { says: String },
}

/// The words that are allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    /// The name that was probably meant.
    Near(String),
    /// All of them, separated by commas.
    All(String),
}

/// A value as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A text in quotation marks.
    Text(String),
    /// A number.
    Number(String),
    /// `true` or `false`.
    Word(String),
    /// An object.
    Object,
    /// A list.
    List,
    /// Anything else, as the reader calls it.
    Other(String),
}

/// The kind of value that was expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A text.
    Text,
    /// A list.
    List,
    /// An object.
    Object,
    /// A whole number.
    Whole,
    /// A whole number from 0 to this one.
    WholeTo(u16),
    /// A whole number from 0.
    WholeUp,
    /// Anything else, as the reader calls it.
    Other(String),
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
    let flaw = if is_comma {
        JsonFlaw::TrailingComma
    } else {
        flaw_of(message)
    };
    let place = match error.line() {
        0 => None,
        1 => Some((start.line, start.columns + error.column())),
        line => Some((start.line + line - 1, error.column())),
    };
    JsonError { place, flaw }
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

fn flaw_of(message: &str) -> JsonFlaw {
    match message {
        "trailing comma" => JsonFlaw::TrailingComma,
        "key must be a string" => JsonFlaw::NoName,
        "expected value" => JsonFlaw::NoValue,
        "expected ident" => JsonFlaw::BareWord,
        "expected `:`" => JsonFlaw::NoColon,
        "expected `,` or `}`" | "expected `,` or `]`" => JsonFlaw::NoComma,
        "EOF while parsing a string" => JsonFlaw::EndsInText,
        "EOF while parsing a list" => JsonFlaw::EndsInList,
        "EOF while parsing an object" => JsonFlaw::EndsInObject,
        "EOF while parsing a value" => JsonFlaw::EndsEarly,
        "trailing characters" => JsonFlaw::GoesOn,
        "invalid escape" => JsonFlaw::BadEscape,
        "invalid number" | "number out of range" => JsonFlaw::BadNumber,
        "unexpected end of hex escape" | "lone leading surrogate in hex escape" => {
            JsonFlaw::HalfCharacter
        }
        "recursion limit exceeded" => JsonFlaw::TooDeep,
        message if message.starts_with("control character") => JsonFlaw::BreakInText,
        message => of_shape(message).unwrap_or_else(|| JsonFlaw::Other {
            says: shown(message.to_owned()),
        }),
    }
}

/// Messages for values that are valid JSON, but not what was expected.
fn of_shape(message: &str) -> Option<JsonFlaw> {
    let between = |from: &str, to: char| -> Option<String> {
        let (_, rest) = message.split_once(from)?;
        Some(clip(rest.split_once(to)?.0))
    };
    let quoted = |from: &str| between(from, '`');
    let known: Vec<&str> = match message.split_once("expected ") {
        Some((_, rest)) => rest.split('`').skip(1).step_by(2).collect(),
        None => Vec::new(),
    };
    if let Some(field) = quoted("missing field `") {
        return Some(JsonFlaw::MissingField { field });
    }
    if let Some(field) = quoted("unknown field `") {
        let known = nearest(&field, &known);
        return Some(JsonFlaw::UnknownField { field, known });
    }
    if let Some(word) = quoted("unknown variant `") {
        let known = nearest(&word, &known);
        return Some(JsonFlaw::UnknownWord { word, known });
    }
    if let Some(field) = quoted("duplicate field `") {
        return Some(JsonFlaw::FieldTwice { field });
    }
    if let Some((field, _)) = message.rsplit_once(&format!("\" {TWICE}")) {
        let field = clip(field.split_once('"').map_or(field, |(_, field)| field));
        return Some(JsonFlaw::FieldTwice { field });
    }
    let (_, rest) = message
        .split_once("invalid type: ")
        .or_else(|| message.split_once("invalid value: "))?;
    let (found, wanted) = rest.split_once(", expected ")?;
    Some(JsonFlaw::OtherKind {
        found: Found::of(found),
        wanted: Wanted::of(wanted),
    })
}

impl Found {
    /// From the reader's words, such as "integer `5`".
    fn of(found: &str) -> Self {
        let value = |value: &str| shown(value.replace('`', ""));
        let numbers = ["integer ", "floating point "];
        match found {
            "map" => Self::Object,
            "sequence" => Self::List,
            found => {
                if let Some(text) = found.strip_prefix("string ") {
                    Self::Text(value(text))
                } else if let Some(word) = found.strip_prefix("boolean ") {
                    Self::Word(value(word))
                } else if let Some(number) =
                    numbers.iter().find_map(|kind| found.strip_prefix(kind))
                {
                    Self::Number(value(number))
                } else {
                    Self::Other(value(found))
                }
            }
        }
    }
}

impl Wanted {
    /// From the reader's words, such as "a sequence".
    fn of(wanted: &str) -> Self {
        match wanted {
            "a string" | "a borrowed string" => Self::Text,
            "a sequence" => Self::List,
            "a map" => Self::Object,
            wanted if wanted.starts_with("struct ") => Self::Object,
            "i16" | "i32" | "i64" => Self::Whole,
            "u8" => Self::WholeTo(u8::MAX.into()),
            "u16" => Self::WholeTo(u16::MAX),
            "u32" | "u64" => Self::WholeUp,
            wanted => Self::Other(shown(wanted.to_owned())),
        }
    }
}

/// The known word that was probably meant, or all of them.
fn nearest(word: &str, known: &[&str]) -> Known {
    let near = known
        .iter()
        .map(|known| (strsim::osa_distance(word, known), *known));
    match near.min() {
        Some((far, known)) if far <= 2 && far < known.len() => Known::Near(known.to_owned()),
        _ => Known::All(shown(known.join(", "))),
    }
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
    use super::{JsonFlaw, read};

    #[test]
    fn the_readers_messages_are_known() {
        for (text, flaw) in [
            ("{\"a\": 1,}", JsonFlaw::TrailingComma),
            ("[1, 2,]", JsonFlaw::TrailingComma),
            ("{\"a\": [1,]}", JsonFlaw::TrailingComma),
            ("{\"a\": [1, \"b\", ]}", JsonFlaw::TrailingComma),
            ("{a: 1}", JsonFlaw::NoName),
            ("{\"a\": 'b'}", JsonFlaw::NoValue),
            ("{\"a\": ,}", JsonFlaw::NoValue),
            ("{\"a\": tree}", JsonFlaw::BareWord),
            ("{\"a\" 1}", JsonFlaw::NoColon),
            ("{\"a\": 1 \"b\": 2}", JsonFlaw::NoComma),
            ("{\"a\": \"b", JsonFlaw::EndsInText),
            ("[1", JsonFlaw::EndsInList),
            ("{\"a\": 1", JsonFlaw::EndsInObject),
            ("", JsonFlaw::EndsEarly),
            ("{\"a\": \"b\nc\"}", JsonFlaw::BreakInText),
            ("{} {}", JsonFlaw::GoesOn),
            ("[\"\\ud83d\"]", JsonFlaw::HalfCharacter),
            ("[\"\\q\"]", JsonFlaw::BadEscape),
            ("[1.]", JsonFlaw::BadNumber),
            (&"[".repeat(1_000), JsonFlaw::TooDeep),
            (
                "{\"a\": 1, \"b\": {\"c\": 1, \"c\": 2}}",
                JsonFlaw::FieldTwice {
                    field: "c".to_owned(),
                },
            ),
        ] {
            let wrong = read(text).expect_err("a fault");
            assert_eq!(wrong.flaw, flaw, "{text}");
            assert!(wrong.place.is_some(), "{text}");
        }
        assert_eq!(
            read("[1.5, null, true]"),
            Ok(serde_json::json!([1.5, null, true]))
        );
    }
}
