//! Application commands as a bot registers them.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::form::{Fields, FormErrors};
use crate::sandbox::{error::ApiError, permissions};

/// Most commands of one type and scope.
pub const COMMANDS_MAX: usize = 100;
/// Most characters of names, descriptions and choice values of one command together.
pub const TOTAL_CHARS_MAX: usize = 8000;

/// Option types, as Discord numbers them.
pub mod kind {
    /// A subcommand.
    pub const SUB_COMMAND: i64 = 1;
    /// A group of subcommands.
    pub const SUB_COMMAND_GROUP: i64 = 2;
    /// A text.
    pub const STRING: i64 = 3;
    /// A whole number.
    pub const INTEGER: i64 = 4;
    /// A truth value.
    pub const BOOLEAN: i64 = 5;
    /// A user.
    pub const USER: i64 = 6;
    /// A channel.
    pub const CHANNEL: i64 = 7;
    /// A number.
    pub const NUMBER: i64 = 10;
    /// A file.
    pub const ATTACHMENT: i64 = 11;
}

/// Discord's integers and numbers stay where a double is exact.
const NUMBER_MAX: f64 = 9_007_199_254_740_991.0;

const LOCALES: &[&str] = &[
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl",
    "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th",
    "zh-CN", "ja", "zh-TW", "ko",
];

/// Reads one command at `path` (empty, or its index in a bulk overwrite).
///
/// The result has every field that Discord answers with, except the ids and the version.
pub fn read(body: &Value, path: &str, errors: &mut FormErrors) -> Option<Value> {
    let fields = Fields::of(body, path, errors)?;
    let kind = if fields.get("type").is_none() {
        1
    } else {
        fields.choice("type", &[1, 2, 3], errors)?
    };
    let mut total = 0;
    let (name, description) = if kind == 1 {
        (
            read_name(&fields, &mut total, errors),
            read_description(&fields, &mut total, errors),
        )
    } else {
        // Commands in context menus have free names and no description.
        if fields
            .text("description", 0, 0, errors)
            .is_some_and(|text| !text.is_empty())
            || fields.get("options").is_some()
        {
            errors.add(
                &fields.path("description"),
                "APPLICATION_COMMAND_INVALID_FIELDS",
                "Context menu commands have neither a description nor options",
            );
        }
        (fields.required_text("name", 1, 32, errors), Some(""))
    };
    let options = read_options(&fields, 0, &mut total, errors);
    if total > TOTAL_CHARS_MAX {
        errors.add(
            &fields.path(""),
            "APPLICATION_COMMAND_TOO_LARGE",
            format!("Command exceeds maximum size ({TOTAL_CHARS_MAX})"),
        );
    }
    let contexts = read_set(&fields, "contexts", 2, errors);
    let mut command = json!({
        "type": kind,
        "name": name,
        "name_localizations": read_locales(&fields, "name_localizations", 32, kind == 1, errors),
        "description": description,
        "description_localizations":
            read_locales(&fields, "description_localizations", 100, false, errors),
        "default_member_permissions": read_permissions(&fields, errors),
        "dm_permission": fields.get("dm_permission").is_none()
            || fields.boolean("dm_permission", errors),
        "contexts": contexts,
        "integration_types": read_set(&fields, "integration_types", 1, errors)
            .unwrap_or_else(|| vec![0]),
        "nsfw": fields.boolean("nsfw", errors),
    });
    if !options.is_empty() {
        command["options"] = json!(options);
    }
    name.map(|_| command)
}

/// Reads one command alone.
///
/// # Errors
/// Code 50035 with every fault.
pub fn read_one(body: &Value) -> Result<Value, ApiError> {
    let mut errors = FormErrors::default();
    let command = read(body, "", &mut errors);
    errors.finish()?;
    Ok(command.unwrap_or_default())
}

/// Reads a bulk overwrite.
///
/// # Errors
/// Code 50035 with every fault, or 30032 for too many commands.
pub fn read_all(body: &Value) -> Result<Vec<Value>, ApiError> {
    let mut errors = FormErrors::default();
    let Value::Array(list) = body else {
        errors.add(
            "",
            "LIST_TYPE_CONVERT",
            "Only iterables may be used in a ListType",
        );
        errors.finish()?;
        return Ok(Vec::new());
    };
    if list.len() > COMMANDS_MAX {
        return Err(ApiError::too_many_commands());
    }
    let mut names = BTreeSet::new();
    let mut commands = Vec::with_capacity(list.len());
    for (index, body) in list.iter().enumerate() {
        if let Some(command) = read(body, &index.to_string(), &mut errors) {
            if !names.insert((command["type"].as_i64(), command["name"].to_string())) {
                errors.add(
                    &index.to_string(),
                    "APPLICATION_COMMANDS_DUPLICATE_NAME",
                    "Application command names must be unique",
                );
            }
            commands.push(command);
        }
    }
    errors.finish()?;
    Ok(commands)
}

/// Whether a name fits slash commands and options: lower case where the script has cases.
pub fn is_name(name: &str) -> bool {
    let length = name.chars().count();
    (1..=32).contains(&length)
        && name.chars().all(|c| {
            matches!(c, '-' | '_' | '\'')
                || c.is_alphabetic()
                || c.is_numeric()
                // Devanagari and Thai write vowels as marks, which are no letters by themselves.
                || matches!(c, '\u{900}'..='\u{97F}' | '\u{E00}'..='\u{E7F}')
        })
        && name.to_lowercase() == name
}

fn read_name<'a>(
    fields: &Fields<'a>,
    total: &mut usize,
    errors: &mut FormErrors,
) -> Option<&'a str> {
    let name = fields.required_text("name", 1, 32, errors)?;
    *total += name.chars().count();
    if !is_name(name) {
        errors.add(
            &fields.path("name"),
            "APPLICATION_COMMAND_INVALID_NAME",
            "Command name is invalid",
        );
        return None;
    }
    Some(name)
}

fn read_description<'a>(
    fields: &Fields<'a>,
    total: &mut usize,
    errors: &mut FormErrors,
) -> Option<&'a str> {
    let text = fields.required_text("description", 1, 100, errors)?;
    *total += text.chars().count();
    Some(text)
}

fn read_locales(
    fields: &Fields<'_>,
    name: &str,
    max: usize,
    is_name_like: bool,
    errors: &mut FormErrors,
) -> Value {
    let Some(Value::Object(map)) = fields.get(name) else {
        if fields.get(name).is_some() {
            errors.add(
                &fields.path(name),
                "DICT_TYPE_CONVERT",
                "Only dictionaries may be used in a DictType",
            );
        }
        return Value::Null;
    };
    let Some(nested) = fields.object(name, errors) else {
        return Value::Null;
    };
    for locale in map.keys() {
        if !LOCALES.contains(&locale.as_str()) {
            errors.add(
                &nested.path(locale),
                "BASE_TYPE_CHOICES",
                format!("'{locale}' is not one of Discord's locales."),
            );
        }
        let text = nested.text(locale, 1, max, errors);
        if is_name_like && text.is_some_and(|text| !is_name(text)) {
            errors.add(
                &nested.path(locale),
                "APPLICATION_COMMAND_INVALID_NAME",
                "Command name is invalid",
            );
        }
    }
    json!(map)
}

fn read_set(
    fields: &Fields<'_>,
    name: &str,
    max: i64,
    errors: &mut FormErrors,
) -> Option<Vec<i64>> {
    let length = usize::try_from(max + 1).unwrap_or_default();
    let list = fields.list(name, 1, length, errors)?;
    let mut out = Vec::with_capacity(list.len());
    for (index, value) in list.iter().enumerate() {
        match value.as_i64().filter(|number| (0..=max).contains(number)) {
            Some(number) if !out.contains(&number) => out.push(number),
            _ => errors.add(
                &fields.path(&format!("{name}.{index}")),
                "BASE_TYPE_CHOICES",
                format!("Value must be one of 0 to {max}, each at most once."),
            ),
        }
    }
    Some(out)
}

fn read_permissions(fields: &Fields<'_>, errors: &mut FormErrors) -> Value {
    let Some(value) = fields.get("default_member_permissions") else {
        return Value::Null;
    };
    let bits = match value {
        Value::String(text) => text.parse::<u64>().ok(),
        other => other.as_u64(),
    };
    match bits {
        Some(bits) if bits & !permissions::ALL == 0 => json!(bits.to_string()),
        _ => {
            errors.add(
                &fields.path("default_member_permissions"),
                "BITFIELD_TYPE_CONVERT",
                format!("Value {value} is not a set of permissions."),
            );
            Value::Null
        }
    }
}

fn read_options(
    fields: &Fields<'_>,
    depth: u8,
    total: &mut usize,
    errors: &mut FormErrors,
) -> Vec<Value> {
    let list = fields.list("options", 0, 25, errors).unwrap_or_default();
    let mut names = BTreeSet::new();
    let mut optional_seen = false;
    let mut out: Vec<Value> = Vec::with_capacity(list.len());
    for (index, value) in list.iter().enumerate() {
        let path = fields.path(&format!("options.{index}"));
        let Some(nested) = Fields::of(value, &path, errors) else {
            continue;
        };
        let Some(option) = read_option(&nested, depth, total, errors) else {
            continue;
        };
        let required = option["required"] == true;
        let is_nested = option["type"].as_i64().is_some_and(|kind| kind <= 2);
        if required && optional_seen {
            errors.add(
                &path,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            );
        }
        optional_seen |= !required && !is_nested;
        if !names.insert(option["name"].to_string()) {
            errors.add(
                &path,
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "Option name already exists",
            );
        }
        out.push(option);
    }
    let nested = out
        .iter()
        .filter(|option| option["type"].as_i64().is_some_and(|kind| kind <= 2))
        .count();
    if nested != 0 && nested != out.len() {
        errors.add(
            &fields.path("options"),
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other types",
        );
    }
    out
}

fn read_option(
    fields: &Fields<'_>,
    depth: u8,
    total: &mut usize,
    errors: &mut FormErrors,
) -> Option<Value> {
    let allowed: &[i64] = match depth {
        0 => &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        1 => &[1, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        _ => &[3, 4, 5, 6, 7, 8, 9, 10, 11],
    };
    let kind = fields.choice("type", allowed, errors)?;
    let name = read_name(fields, total, errors)?;
    let description = read_description(fields, total, errors);
    let mut option = json!({ "type": kind, "name": name, "description": description });
    for (field, max, is_name_like) in [
        ("name_localizations", 32, true),
        ("description_localizations", 100, false),
    ] {
        let locales = read_locales(fields, field, max, is_name_like, errors);
        if !locales.is_null() {
            option[field] = locales;
        }
    }
    if kind <= kind::SUB_COMMAND_GROUP {
        // A group may only hold subcommands; a subcommand only values.
        let inner_depth = if kind == kind::SUB_COMMAND { 2 } else { 1 };
        let inner = read_options(fields, inner_depth, total, errors);
        let is_group = kind == kind::SUB_COMMAND_GROUP;
        if is_group && (inner.is_empty() || inner.iter().any(|option| option["type"] != 1)) {
            errors.add(
                &fields.path("options"),
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                "A sub-command group holds sub-commands",
            );
        }
        if !inner.is_empty() {
            option["options"] = json!(inner);
        }
    } else {
        if fields.boolean("required", errors) {
            option["required"] = json!(true);
        }
        read_value_rules(fields, kind, &mut option, total, errors);
    }
    Some(option)
}

fn read_value_rules(
    fields: &Fields<'_>,
    kind: i64,
    option: &mut Value,
    total: &mut usize,
    errors: &mut FormErrors,
) {
    let is_number = matches!(kind, kind::INTEGER | kind::NUMBER);
    let choices = read_choices(fields, kind, total, errors);
    if fields.boolean("autocomplete", errors) {
        if !is_number && kind != kind::STRING {
            refuse(fields, "autocomplete", errors);
        }
        if !choices.is_empty() {
            errors.add(
                &fields.path("autocomplete"),
                "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
                "Autocomplete and choices are mutually exclusive",
            );
        }
        option["autocomplete"] = json!(true);
    }
    if !choices.is_empty() {
        option["choices"] = json!(choices);
    }
    let mut range = [None, None];
    for (slot, name) in range.iter_mut().zip(["min_value", "max_value"]) {
        let Some(value) = fields.get(name) else {
            continue;
        };
        if !is_number {
            refuse(fields, name, errors);
        }
        *slot = check_number(&fields.path(name), value, kind, errors);
        option[name] = value.clone();
    }
    if let [Some(min), Some(max)] = range
        && min > max
    {
        refuse(fields, "min_value", errors);
    }
    let mut lengths = [None, None];
    for (slot, (name, min)) in lengths
        .iter_mut()
        .zip([("min_length", 0), ("max_length", 1)])
    {
        let Some(length) = fields.int(name, min, 6000, errors) else {
            continue;
        };
        if kind != kind::STRING {
            refuse(fields, name, errors);
        }
        *slot = Some(length);
        option[name] = json!(length);
    }
    if let [Some(min), Some(max)] = lengths
        && min > max
    {
        refuse(fields, "min_length", errors);
    }
    // An empty list says nothing, and clients send it with options of any type.
    if let Some(types) = fields.list("channel_types", 0, 20, errors)
        && !types.is_empty()
    {
        if kind != kind::CHANNEL {
            refuse(fields, "channel_types", errors);
        }
        option["channel_types"] = json!(types);
    }
}

fn refuse(fields: &Fields<'_>, name: &str, errors: &mut FormErrors) {
    errors.add(
        &fields.path(name),
        "APPLICATION_COMMAND_OPTIONS_FIELD_INVALID",
        format!("{name} does not fit an option of this type"),
    );
}

fn check_number(path: &str, value: &Value, kind: i64, errors: &mut FormErrors) -> Option<f64> {
    let number = value.as_f64().filter(|number| number.abs() <= NUMBER_MAX);
    let fits = number.is_some() && (kind != kind::INTEGER || value.is_i64() || value.is_u64());
    if !fits {
        errors.add(
            path,
            "NUMBER_TYPE_COERCE",
            format!("Value \"{value}\" is not a number that Discord takes."),
        );
        return None;
    }
    number
}

fn read_choices(
    fields: &Fields<'_>,
    kind: i64,
    total: &mut usize,
    errors: &mut FormErrors,
) -> Vec<Value> {
    let list = fields.list("choices", 0, 25, errors).unwrap_or_default();
    if !list.is_empty() && !matches!(kind, kind::STRING | kind::INTEGER | kind::NUMBER) {
        refuse(fields, "choices", errors);
    }
    let mut names = BTreeSet::new();
    let mut out = Vec::with_capacity(list.len());
    for (index, value) in list.iter().enumerate() {
        let path = fields.path(&format!("choices.{index}"));
        let Some(choice) = read_choice(value, &path, kind, errors) else {
            continue;
        };
        let name = choice["name"].as_str().unwrap_or_default();
        *total += name.chars().count();
        *total += choice["value"]
            .as_str()
            .map_or(0, |text| text.chars().count());
        if !names.insert(name.to_owned()) {
            errors.add(
                &format!("{path}.name"),
                "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS",
                "Option choice name already exists",
            );
        }
        out.push(choice);
    }
    out
}

/// Reads a choice of an option of this type; autocomplete answers have the same shape.
pub fn read_choice(value: &Value, path: &str, kind: i64, errors: &mut FormErrors) -> Option<Value> {
    let fields = Fields::of(value, path, errors)?;
    let name = fields.required_text("name", 1, 100, errors)?;
    let Some(raw) = fields.get("value") else {
        errors.required(&fields.path("value"));
        return None;
    };
    if kind == kind::STRING {
        fields.required_text("value", 1, 100, errors)?;
    } else {
        check_number(&fields.path("value"), raw, kind, errors)?;
    }
    let mut out = Map::new();
    out.insert("name".to_owned(), json!(name));
    let locales = read_locales(&fields, "name_localizations", 100, false, errors);
    if !locales.is_null() {
        out.insert("name_localizations".to_owned(), locales);
    }
    out.insert("value".to_owned(), raw.clone());
    Some(Value::Object(out))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;

    fn codes(command: &Value) -> String {
        read_one(command).map_or_else(
            |error| error.body()["errors"].to_string(),
            |_| String::new(),
        )
    }

    fn with_options(options: &Value) -> Value {
        json!({ "name": "quiz", "description": "Play", "options": options })
    }

    #[test]
    fn names_are_checked_as_discord_checks_them() {
        for good in ["quiz", "a-b_c'd", "größe", "クイズ", "ปริศนา", "प्रश्न"]
        {
            assert!(is_name(good), "{good}");
        }
        for bad in ["", "Quiz", "two words", "dot.", &"a".repeat(33)] {
            assert!(!is_name(bad), "{bad}");
        }
    }

    #[test]
    fn options_are_checked_as_discord_checks_them() {
        let fine = json!([
            { "type": 3, "name": "pack", "description": "Which", "required": true, "autocomplete": true },
            { "type": 4, "name": "rounds", "description": "How many", "min_value": 1, "max_value": 50 },
        ]);
        assert_eq!(codes(&with_options(&fine)), "");
        let cases = [
            (
                json!([{ "type": 4, "name": "n", "description": "d" },
                    { "type": 4, "name": "m", "description": "d", "required": true }]),
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
            ),
            (
                json!([{ "type": 4, "name": "n", "description": "d" },
                    { "type": 4, "name": "n", "description": "d" }]),
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
            ),
            (
                json!([{ "type": 3, "name": "n", "description": "d", "autocomplete": true,
                      "choices": [{ "name": "a", "value": "a" }] }]),
                "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES",
            ),
            (
                json!([{ "type": 4, "name": "n", "description": "d",
                      "choices": [{ "name": "a", "value": "a" }] }]),
                "NUMBER_TYPE_COERCE",
            ),
            (
                json!([{ "type": 1, "name": "n", "description": "d" },
                    { "type": 4, "name": "m", "description": "d" }]),
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            ),
            (
                json!([{ "type": 4, "name": "n", "description": "d", "min_value": 9, "max_value": 1 }]),
                "APPLICATION_COMMAND_OPTIONS_FIELD_INVALID",
            ),
            (
                json!([{ "type": 12, "name": "n", "description": "d" }]),
                "BASE_TYPE_CHOICES",
            ),
        ];
        for (options, code) in cases {
            let codes = codes(&with_options(&options));
            assert!(codes.contains(code), "{options}: {codes}");
        }
    }

    #[test]
    fn a_command_of_more_than_8000_characters_is_too_large() {
        let choices: Vec<Value> = (0..25)
            .map(|n| json!({ "name": format!("{n:0>100}"), "value": format!("{n:0>100}") }))
            .collect();
        let options: Vec<Value> = (0..2)
            .map(|n| json!({ "type": 3, "name": n.to_string(), "description": "d", "choices": choices }))
            .collect();
        let found = read_one(&with_options(&json!(options))).unwrap_err().body();
        assert_eq!(
            found["errors"]["_errors"][0]["code"],
            "APPLICATION_COMMAND_TOO_LARGE"
        );
    }

    #[test]
    fn a_bulk_overwrite_refuses_the_same_name_twice() {
        let one = json!({ "name": "quiz", "description": "Play" });
        let found = read_all(&json!([one, one])).unwrap_err().body();
        assert_eq!(
            found["errors"]["1"]["_errors"][0]["code"],
            "APPLICATION_COMMANDS_DUPLICATE_NAME"
        );
    }
}
