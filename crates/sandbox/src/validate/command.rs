//! Application commands as a bot registers them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    form::{Fields, FormErrors},
    names::{read_description, read_locales, read_name},
    option::read_options,
};
use crate::error::ApiError;

/// Most commands of one type and scope.
pub const COMMANDS_MAX: usize = 100;
/// Most characters of names, descriptions and choice values of one command together.
pub const TOTAL_CHARS_MAX: usize = 8000;

/// Reads one command at `path` (empty, or its index in a bulk overwrite).
///
/// The result has every field of Discord's response except the ids and the version.
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
        "default_member_permissions": fields.permissions("default_member_permissions", errors),
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
