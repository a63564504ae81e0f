//! Buttons and selects of a message: action rows, styles, ids.
//!
//! The newer layout components (flag 32768) are not simulated; a message that uses them is refused
//! like an unknown component type.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::form::{Fields, FormErrors};
use crate::id::EmojiId;

/// Most action rows of one message.
pub const ROWS_MAX: usize = 5;
/// Type of an action row.
pub const ROW: i64 = 1;
/// Type of a button.
pub const BUTTON: i64 = 2;
/// Type of a select with its own options.
pub const STRING_SELECT: i64 = 3;

/// Style of a button that opens an address instead of sending an interaction.
const LINK: i64 = 5;

struct Reader<'e> {
    errors: &'e mut FormErrors,
    custom_ids: BTreeSet<String>,
    next_id: u32,
}

/// Reads the `components` of a message; `None` when they were not sent.
pub fn read(message: &Fields<'_>, errors: &mut FormErrors) -> Option<Vec<Value>> {
    if !message.has("components") {
        return None;
    }
    let rows = message
        .list("components", 0, ROWS_MAX, errors)
        .unwrap_or_default();
    let mut reader = Reader {
        errors,
        custom_ids: BTreeSet::new(),
        next_id: 1,
    };
    let mut out = Vec::with_capacity(rows.len());
    for (index, row) in rows.iter().enumerate() {
        let path = message.path(&format!("components.{index}"));
        if let Some(fields) = Fields::of(row, &path, reader.errors) {
            out.extend(reader.row(&fields));
        }
    }
    Some(out)
}

impl Reader<'_> {
    fn row(&mut self, row: &Fields<'_>) -> Option<Value> {
        row.choice("type", &[ROW], self.errors)?;
        let id = self.take_id();
        if row.get("components").is_none() {
            self.errors.required(&row.path("components"));
            return None;
        }
        let children = row.list("components", 1, 5, self.errors)?;
        let selects = children
            .iter()
            .filter(|child| child["type"] != BUTTON)
            .count();
        if selects > 1 || (selects == 1 && children.len() > 1) {
            self.errors.add(
                &row.path("components"),
                "COMPONENT_LAYOUT_WIDTH_EXCEEDED",
                "The specified component exceeds the maximum width",
            );
        }
        let mut out = Vec::with_capacity(children.len());
        for (index, child) in children.iter().enumerate() {
            let path = row.path(&format!("components.{index}"));
            if let Some(fields) = Fields::of(child, &path, self.errors) {
                out.extend(self.child(&fields));
            }
        }
        Some(json!({ "type": ROW, "id": id, "components": out }))
    }

    fn child(&mut self, fields: &Fields<'_>) -> Option<Value> {
        match fields.choice("type", &[2, 3, 5, 6, 7, 8], self.errors)? {
            BUTTON => self.button(fields),
            kind => self.select(fields, kind),
        }
    }

    fn button(&mut self, fields: &Fields<'_>) -> Option<Value> {
        let style = fields.choice("style", &[1, 2, 3, 4, LINK], self.errors)?;
        let mut out = json!({ "type": BUTTON, "id": self.take_id(), "style": style });
        if let Some(label) = fields.text("label", 0, 80, self.errors) {
            out["label"] = json!(label);
        }
        if let Some(emoji) = self.emoji(fields) {
            out["emoji"] = emoji;
        }
        let blank = fields
            .get("label")
            .and_then(Value::as_str)
            .is_none_or(str::is_empty);
        if blank && fields.get("emoji").is_none() {
            self.errors.add(
                &fields.path(""),
                "BUTTON_COMPONENT_INVALID_EMOJI_OR_LABEL",
                "A button must have a label or an emoji",
            );
        }
        if style == LINK {
            self.refuse_beside_link(fields);
            let url = fields.url("url", &["http", "https", "discord"], 512, self.errors)?;
            out["url"] = json!(url);
        } else {
            if fields.get("url").is_some() {
                self.errors.add(
                    &fields.path("url"),
                    "BUTTON_COMPONENT_URL_NOT_ALLOWED",
                    "A url may only be specified for link buttons",
                );
            }
            out["custom_id"] = json!(self.custom_id(fields)?);
        }
        if fields.boolean("disabled", self.errors) {
            out["disabled"] = json!(true);
        }
        Some(out)
    }

    fn refuse_beside_link(&mut self, fields: &Fields<'_>) {
        if fields.get("custom_id").is_some() {
            self.errors.add(
                &fields.path("custom_id"),
                "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                "A custom id and url cannot both be specified",
            );
        }
        if fields.get("url").is_none() {
            self.errors.required(&fields.path("url"));
        }
    }

    fn select(&mut self, fields: &Fields<'_>, kind: i64) -> Option<Value> {
        let id = self.take_id();
        let custom_id = self.custom_id(fields);
        let placeholder = fields.text("placeholder", 0, 150, self.errors);
        let min = fields.int("min_values", 0, 25, self.errors).unwrap_or(1);
        let max = fields.int("max_values", 1, 25, self.errors).unwrap_or(1);
        if min > max {
            self.errors.add(
                &fields.path("min_values"),
                "SELECT_COMPONENT_MIN_VALUES_GREATER_THAN_MAX_VALUES",
                "Min values must be less than or equal to max values",
            );
        }
        let mut out = json!({
            "type": kind, "id": id, "custom_id": custom_id, "min_values": min, "max_values": max,
        });
        if let Some(text) = placeholder {
            out["placeholder"] = json!(text);
        }
        if fields.boolean("disabled", self.errors) {
            out["disabled"] = json!(true);
        }
        if kind == STRING_SELECT {
            let options = self.options(fields)?;
            if usize::try_from(max).is_ok_and(|max| max > options.len()) {
                self.errors.add(
                    &fields.path("max_values"),
                    "SELECT_COMPONENT_MAX_VALUES_TOO_LARGE",
                    "Max values may not exceed the number of options",
                );
            }
            out["options"] = json!(options);
        }
        custom_id.map(|_| out)
    }

    fn options(&mut self, fields: &Fields<'_>) -> Option<Vec<Value>> {
        if fields.get("options").is_none() {
            self.errors.required(&fields.path("options"));
            return None;
        }
        let list = fields.list("options", 1, 25, self.errors)?;
        let mut seen = BTreeSet::new();
        let mut out = Vec::with_capacity(list.len());
        for (index, value) in list.iter().enumerate() {
            let path = fields.path(&format!("options.{index}"));
            let Some(option) = Fields::of(value, &path, self.errors) else {
                continue;
            };
            let mut entry = Map::new();
            for name in ["label", "value"] {
                if let Some(text) = option.required_text(name, 1, 100, self.errors) {
                    entry.insert(name.to_owned(), json!(text));
                }
            }
            if let Some(text) = option.text("description", 0, 100, self.errors) {
                entry.insert("description".to_owned(), json!(text));
            }
            if let Some(emoji) = self.emoji(&option) {
                entry.insert("emoji".to_owned(), emoji);
            }
            if option.boolean("default", self.errors) {
                entry.insert("default".to_owned(), json!(true));
            }
            if let Some(Value::String(value)) = entry.get("value")
                && !seen.insert(value.clone())
            {
                self.errors.add(
                    &option.path("value"),
                    "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                    "The specified option value is already used",
                );
            }
            out.push(Value::Object(entry));
        }
        Some(out)
    }

    fn custom_id(&mut self, fields: &Fields<'_>) -> Option<String> {
        let id = fields.required_text("custom_id", 1, 100, self.errors)?;
        if !self.custom_ids.insert(id.to_owned()) {
            self.errors.add(
                &fields.path("custom_id"),
                "COMPONENT_CUSTOM_ID_DUPLICATED",
                "Component custom id cannot be duplicated",
            );
        }
        Some(id.to_owned())
    }

    fn emoji(&mut self, fields: &Fields<'_>) -> Option<Value> {
        let emoji = fields.object("emoji", self.errors)?;
        let id: Option<EmojiId> = emoji.snowflake("id", self.errors);
        let name = emoji.text("name", 0, 64, self.errors);
        // Without an id it must be a Unicode emoji; plain letters are a common mistake.
        let is_unicode = name.is_some_and(|name| {
            !name.is_empty()
                && name
                    .chars()
                    .any(|c| !c.is_ascii() || c == '#' || c == '*' || c.is_ascii_digit())
                && !name.chars().any(char::is_alphabetic)
        });
        if id.is_none() && !is_unicode {
            self.errors.add(
                &emoji.path("name"),
                "COMPONENT_INVALID_EMOJI",
                "Invalid emoji",
            );
        }
        let mut out = json!({ "name": name });
        if let Some(id) = id {
            out["id"] = json!(id);
        }
        Some(out)
    }

    fn take_id(&mut self) -> u32 {
        let id = self.next_id;
        self.next_id += 1;
        id
    }
}

/// The component with this custom id, if the message has it.
pub fn find<'a>(rows: &'a [Value], custom_id: &str) -> Option<&'a Value> {
    rows.iter()
        .filter_map(|row| row["components"].as_array())
        .flatten()
        .find(|component| component["custom_id"] == custom_id)
}
