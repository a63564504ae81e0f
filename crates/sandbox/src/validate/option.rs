//! Options of application commands: order, nesting, choices, ranges.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::{
    form::{Fields, FormErrors},
    names::{read_description, read_locales, read_name},
};

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
    /// A boolean.
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

/// Discord limits integers and numbers to what a double represents exactly.
const NUMBER_MAX: f64 = 9_007_199_254_740_991.0;

/// Reads the `options` of a command (depth 0), a group (1) or a subcommand (2).
pub fn read_options(
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
    read_range(fields, kind, option, errors);
    read_lengths(fields, kind, option, errors);
    // An empty list means nothing, and clients send it with options of any type.
    if let Some(types) = fields.list("channel_types", 0, 20, errors)
        && !types.is_empty()
    {
        if kind != kind::CHANNEL {
            refuse(fields, "channel_types", errors);
        }
        option["channel_types"] = json!(types);
    }
}

/// `min_value` and `max_value` of numbers.
fn read_range(fields: &Fields<'_>, kind: i64, option: &mut Value, errors: &mut FormErrors) {
    let is_number = matches!(kind, kind::INTEGER | kind::NUMBER);
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
}

/// `min_length` and `max_length` of texts.
fn read_lengths(fields: &Fields<'_>, kind: i64, option: &mut Value, errors: &mut FormErrors) {
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
