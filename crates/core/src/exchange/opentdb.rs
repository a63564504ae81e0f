//! Open Trivia Database: `{"response_code":0,"results":[{"type","difficulty","category",
//! "question","correct_answer","incorrect_answers"}]}`, or the list of results alone.
//!
//! Its four encodings: HTML entities (the default), `url3986`, `urlLegacy` and `base64`:
//! <https://opentdb.com/api_config.php>.

use super::row::{Origin, Read, Row};
use super::{At, FileFlaw, ImportError, Place, Why, unreadable};
use crate::facts::{Difficulty, json};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// How a file's texts are encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Html,
    /// If true, `+` stands for a space.
    Url(bool),
    Base64,
}

pub(super) fn read(name: &str, text: &str) -> Result<Read, ImportError> {
    let document = json::read(text);
    let document = document.map_err(|wrong| unreadable(name, FileFlaw::NotJson(wrong)))?;
    let results = match &document {
        Value::Array(results) => results,
        Value::Object(fields) => {
            let code = fields.get("response_code").and_then(Value::as_i64);
            if let Some(code) = code.filter(|code| *code != 0) {
                return Err(unreadable(name, FileFlaw::NoneHeld { code }));
            }
            let results = fields.get("results").and_then(Value::as_array);
            results.ok_or_else(|| unreadable(name, FileFlaw::NoResults))?
        }
        _ => return Err(unreadable(name, FileFlaw::NotResults)),
    };
    let encoding = encoding(results);
    let mut read = Read {
        title: Some("Open Trivia Database".to_owned()),
        description: Some(
            "Questions from the Open Trivia Database, opentdb.com, under CC BY-SA 4.0.".to_owned(),
        ),
        ..Read::default()
    };
    for (i, result) in results.iter().enumerate() {
        let place = Place {
            file: name.to_owned(),
            at: At::Result(i),
        };
        one(place, result, encoding, &mut read);
    }
    Ok(read)
}

/// The file's encoding. `type` is one of two words, which reveals base64; URL encoding has no
/// spaces, and in a list of questions at least one text has one.
fn encoding(results: &[Value]) -> Encoding {
    let texts = |field: &'static str| results.iter().filter_map(move |r| r.get(field)?.as_str());
    let is_base64 = |text: &str| matches!(text, "bXVsdGlwbGU=" | "Ym9vbGVhbg==");
    if texts("type").next().is_some_and(is_base64) {
        return Encoding::Base64;
    }
    let mut is_escaped = false;
    let mut has_plus = false;
    for text in texts("question").chain(texts("correct_answer")) {
        if text.contains(char::is_whitespace) {
            return Encoding::Html;
        }
        is_escaped |= text.contains('%');
        has_plus |= text.contains('+');
    }
    if is_escaped || has_plus {
        Encoding::Url(has_plus)
    } else {
        Encoding::Html
    }
}

fn decode(text: &str, encoding: Encoding) -> Option<String> {
    match encoding {
        Encoding::Html => Some(html_escape::decode_html_entities(text).into_owned()),
        Encoding::Url(plus) => {
            let text = if plus {
                text.replace('+', " ")
            } else {
                text.to_owned()
            };
            let decoded = percent_decode_str(&text).decode_utf8().ok()?;
            // The legacy encoding is applied on top of the entities.
            Some(html_escape::decode_html_entities(&decoded).into_owned())
        }
        Encoding::Base64 => String::from_utf8(STANDARD.decode(text).ok()?).ok(),
    }
}

/// A text, or a number as written; `None` for a number that was rounded when it was read.
fn text(value: &Value, encoding: Encoding) -> Option<String> {
    match value {
        Value::String(text) => decode(text, encoding),
        Value::Number(number) => Some(number.to_string()).filter(|digits| !digits.contains('e')),
        _ => None,
    }
}

fn one(place: Place, result: &Value, encoding: Encoding, read: &mut Read) {
    let field = |name: &str| text(result.get(name)?, encoding);
    let prompt = field("question").unwrap_or_default();
    if field("type").as_deref() == Some("boolean") {
        return read.leave_out(place, &prompt, Why::TrueOrFalse);
    }
    let Some(answer) = field("correct_answer") else {
        return read.leave_out(place, &prompt, Why::NoCorrectAnswer);
    };
    let given = result.get("incorrect_answers").and_then(Value::as_array);
    let wrong: Option<Vec<String>> =
        given.and_then(|texts| texts.iter().map(|given| text(given, encoding)).collect());
    let Some(wrong) = wrong.filter(|wrong| wrong.len() >= 3) else {
        return read.leave_out(place, &prompt, Why::NoWrongAnswers);
    };
    let category = field("category").filter(|category| !category.trim().is_empty());
    let title = match &category {
        Some(category) => format!("Open Trivia Database, {category} (CC BY-SA 4.0)"),
        None => "Open Trivia Database (CC BY-SA 4.0)".to_owned(),
    };
    read.take(Row {
        place,
        prompt,
        reason: Some(format!(
            "According to the Open Trivia Database: “{}”.",
            answer.trim()
        )),
        answer,
        wrong,
        difficulty: match field("difficulty").as_deref() {
            Some("easy") => Some(Difficulty::Easy),
            Some("hard") => Some(Difficulty::Hard),
            _ => Some(Difficulty::Medium),
        },
        source: Some(Origin {
            title,
            url: Some("https://opentdb.com/".to_owned()),
        }),
        ..Row::default()
    });
}
