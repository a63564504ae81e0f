//! Modals: a title and one to five rows, each with one text input.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::form::{Fields, FormErrors};
use crate::error::ApiError;

/// Most characters of one text input's value.
pub const VALUE_CHARS_MAX: i64 = 4000;

/// Reads the `data` of a modal response.
///
/// # Errors
/// Code 50035 with every fault.
pub fn read(data: &Value) -> Result<Value, ApiError> {
    let mut errors = FormErrors::default();
    let modal = Fields::of(data, "data", &mut errors).map(|fields| {
        let custom_id = fields.required_text("custom_id", 1, 100, &mut errors);
        let title = fields.required_text("title", 1, 45, &mut errors);
        if fields.get("components").is_none() {
            errors.required(&fields.path("components"));
        }
        let rows = fields
            .list("components", 1, 5, &mut errors)
            .unwrap_or_default();
        let mut seen = BTreeSet::new();
        let mut out = Vec::with_capacity(rows.len());
        for (index, value) in rows.iter().enumerate() {
            let path = fields.path(&format!("components.{index}"));
            if let Some(row) = Fields::of(value, &path, &mut errors) {
                out.extend(read_row(&row, &mut seen, &mut errors));
            }
        }
        json!({ "custom_id": custom_id, "title": title, "components": out })
    });
    errors.finish()?;
    Ok(modal.unwrap_or_default())
}

fn read_row(
    row: &Fields<'_>,
    seen: &mut BTreeSet<String>,
    errors: &mut FormErrors,
) -> Option<Value> {
    row.choice("type", &[1], errors)?;
    if row.get("components").is_none() {
        errors.required(&row.path("components"));
    }
    let [input] = row.list("components", 1, 1, errors)? else {
        return None;
    };
    let input = Fields::of(input, &row.path("components.0"), errors)?;
    input.choice("type", &[4], errors)?;
    let custom_id = input.required_text("custom_id", 1, 100, errors)?;
    if !seen.insert(custom_id.to_owned()) {
        errors.add(
            &input.path("custom_id"),
            "COMPONENT_CUSTOM_ID_DUPLICATED",
            "Component custom id cannot be duplicated",
        );
    }
    let style = input.choice("style", &[1, 2], errors)?;
    let label = input.required_text("label", 1, 45, errors)?;
    let min = input.int("min_length", 0, VALUE_CHARS_MAX, errors);
    let max = input.int("max_length", 1, VALUE_CHARS_MAX, errors);
    if min.unwrap_or(0) > max.unwrap_or(VALUE_CHARS_MAX) {
        errors.add(
            &input.path("min_length"),
            "BASE_TYPE_BAD_LENGTH",
            "Min length must be less than or equal to max length",
        );
    }
    // A text input is required unless it says otherwise.
    let required = input.get("required").is_none() || input.boolean("required", errors);
    let mut out = json!({
        "type": 4, "custom_id": custom_id, "style": style, "label": label, "required": required,
    });
    if let Some(min) = min {
        out["min_length"] = json!(min);
    }
    if let Some(max) = max {
        out["max_length"] = json!(max);
    }
    for (name, limit) in [("placeholder", 100), ("value", 4000)] {
        if let Some(text) = input.text(name, 0, limit, errors) {
            out[name] = json!(text);
        }
    }
    Some(json!({ "type": 1, "components": [out] }))
}
