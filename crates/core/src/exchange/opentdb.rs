//! Open Trivia Database: `{"response_code":0,"results":[{"type","difficulty","category",
//! "question","correct_answer","incorrect_answers"}]}`, or the list of results alone.
//!
//! Its four encodings: HTML entities (the default), `url3986`, `urlLegacy` and `base64`:
//! <https://opentdb.com/api_config.php>.

use super::row::{Origin, Read, Row};
use super::{ImportError, unreadable};
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
    let document = json::read(text).map_err(|wrong| {
        let what = format!("this is not valid JSON: {}", wrong.what);
        unreadable(name, what, wrong.mend)
    })?;
    let results = match &document {
        Value::Array(results) => results,
        Value::Object(fields) => {
            let code = fields.get("response_code").and_then(Value::as_i64);
            if let Some(why) = code.and_then(refused) {
                return Err(unreadable(
                    name,
                    format!("the file holds no questions: {why}"),
                    "request them again",
                ));
            }
            fields
                .get("results")
                .and_then(Value::as_array)
                .ok_or_else(|| {
                    let what = "there is no list called \"results\"";
                    unreadable(
                        name,
                        what,
                        "use a file from opentdb.com, or see `packs check` for a pack",
                    )
                })?
        }
        _ => {
            return Err(unreadable(
                name,
                "this is not a list of questions",
                "use a file from opentdb.com",
            ));
        }
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
        let place = format!("{name}: results[{i}]");
        one(&place, result, encoding, &mut read);
    }
    Ok(read)
}

/// The meaning of a code other than 0.
fn refused(code: i64) -> Option<&'static str> {
    match code {
        0 => None,
        1 => Some("it does not have as many questions as were requested"),
        2 => Some("the request was wrong"),
        3 => Some("the session token is unknown"),
        4 => Some("the session has already seen all of them"),
        5 => Some("the requests came too fast"),
        _ => Some("the database refused"),
    }
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

/// A text, or a number as written. One that was rounded when it was read is none.
fn text(value: &Value, encoding: Encoding) -> Option<String> {
    match value {
        Value::String(text) => decode(text, encoding),
        Value::Number(number) => Some(number.to_string()).filter(|digits| !digits.contains('e')),
        _ => None,
    }
}

fn one(place: &str, result: &Value, encoding: Encoding, read: &mut Read) {
    let field = |name: &str| text(result.get(name)?, encoding);
    let prompt = field("question").unwrap_or_default();
    if field("type").as_deref() == Some("boolean") {
        let why = "it is true or false: two choices, and a question here has four";
        return read.leave_out(place, &prompt, why);
    }
    let Some(answer) = field("correct_answer") else {
        return read.leave_out(
            place,
            &prompt,
            "\"correct_answer\" is missing or not readable",
        );
    };
    let given = result.get("incorrect_answers").and_then(Value::as_array);
    let wrong: Option<Vec<String>> =
        given.and_then(|texts| texts.iter().map(|given| text(given, encoding)).collect());
    let Some(wrong) = wrong.filter(|wrong| wrong.len() >= 3) else {
        let why = "it needs three wrong answers";
        return read.leave_out(place, &prompt, why);
    };
    let category = field("category").filter(|category| !category.trim().is_empty());
    let title = match &category {
        Some(category) => format!("Open Trivia Database, {category} (CC BY-SA 4.0)"),
        None => "Open Trivia Database (CC BY-SA 4.0)".to_owned(),
    };
    read.take(Row {
        place: place.to_owned(),
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
