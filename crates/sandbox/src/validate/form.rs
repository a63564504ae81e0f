//! Reads a JSON object field by field and collects every fault by its path.

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{error::ApiError, permissions::Permissions};

/// The faults of a form so far.
#[derive(Debug, Default)]
pub struct FormErrors {
    root: Map<String, Value>,
}

impl FormErrors {
    /// Adds a fault at a dotted path such as `embeds.0.title`.
    pub fn add(&mut self, path: &str, code: &str, message: impl Into<String>) {
        let mut node = &mut self.root;
        for key in path.split('.').filter(|key| !key.is_empty()) {
            let child = node.entry(key.to_owned()).or_insert_with(|| json!({}));
            match child {
                Value::Object(object) => node = object,
                // Only `_errors` is not an object, and no field has that name.
                _ => return,
            }
        }
        let list = node.entry("_errors").or_insert_with(|| json!([]));
        if let Value::Array(list) = list {
            list.push(json!({ "code": code, "message": message.into() }));
        }
    }

    /// Adds the fault of a missing field.
    pub fn required(&mut self, path: &str) {
        self.add(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    /// Whether there are no faults so far.
    pub fn is_empty(&self) -> bool {
        self.root.is_empty()
    }

    /// Code 50035 with all faults, if there are any.
    pub fn finish(self) -> Result<(), ApiError> {
        if self.root.is_empty() {
            Ok(())
        } else {
            Err(ApiError::invalid_form(self.root))
        }
    }
}

/// One object of the form, with its path.
#[derive(Debug, Clone)]
pub struct Fields<'a> {
    object: &'a Map<String, Value>,
    path: String,
}

impl<'a> Fields<'a> {
    /// Reads `value` as an object.
    pub fn of(value: &'a Value, path: &str, errors: &mut FormErrors) -> Option<Self> {
        let Value::Object(object) = value else {
            errors.add(
                path,
                "MODEL_TYPE_CONVERT",
                "Only dictionaries may be used in a ModelType",
            );
            return None;
        };
        Some(Self {
            object,
            path: path.to_owned(),
        })
    }

    /// The path of a field of this object.
    pub fn path(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else if name.is_empty() {
            self.path.clone()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    /// The field's value; absent and `null` are the same.
    pub fn get(&self, name: &str) -> Option<&'a Value> {
        self.object.get(name).filter(|value| !value.is_null())
    }

    /// Whether the field is present, even if `null`.
    pub fn has(&self, name: &str) -> bool {
        self.object.contains_key(name)
    }

    /// A text of `min` to `max` characters, or nothing.
    pub fn text(
        &self,
        name: &str,
        min: usize,
        max: usize,
        errors: &mut FormErrors,
    ) -> Option<&'a str> {
        let path = self.path(name);
        let text = match self.get(name)? {
            Value::String(text) => text,
            other => {
                errors.add(
                    &path,
                    "STRING_TYPE_CONVERT",
                    format!("Could not interpret \"{other}\" as string."),
                );
                return None;
            }
        };
        check_length(&path, text.chars().count(), min, max, errors).then_some(text.as_str())
    }

    /// A required text.
    pub fn required_text(
        &self,
        name: &str,
        min: usize,
        max: usize,
        errors: &mut FormErrors,
    ) -> Option<&'a str> {
        if self.get(name).is_none() {
            errors.required(&self.path(name));
            return None;
        }
        self.text(name, min, max, errors)
    }

    /// A whole number from `min` to `max`, or nothing.
    pub fn int(&self, name: &str, min: i64, max: i64, errors: &mut FormErrors) -> Option<i64> {
        let path = self.path(name);
        let value = self.get(name)?;
        let Some(number) = value.as_i64() else {
            errors.add(
                &path,
                "NUMBER_TYPE_COERCE",
                format!("Value \"{value}\" is not int."),
            );
            return None;
        };
        if number < min {
            errors.add(
                &path,
                "NUMBER_TYPE_MIN",
                format!("int value should be greater than or equal to {min}."),
            );
            return None;
        }
        if number > max {
            errors.add(
                &path,
                "NUMBER_TYPE_MAX",
                format!("int value should be less than or equal to {max}."),
            );
            return None;
        }
        Some(number)
    }

    /// A whole number that must be one of a set.
    pub fn choice(&self, name: &str, allowed: &[i64], errors: &mut FormErrors) -> Option<i64> {
        let Some(value) = self.get(name) else {
            errors.required(&self.path(name));
            return None;
        };
        let number = value.as_i64().filter(|number| allowed.contains(number));
        if number.is_none() {
            let list: Vec<String> = allowed.iter().map(ToString::to_string).collect();
            errors.add(
                &self.path(name),
                "BASE_TYPE_CHOICES",
                format!("Value must be one of {{{}}}.", list.join(", ")),
            );
        }
        number
    }

    /// A boolean; absent means `false`.
    pub fn boolean(&self, name: &str, errors: &mut FormErrors) -> bool {
        match self.get(name) {
            None => false,
            Some(Value::Bool(value)) => *value,
            Some(_) => {
                errors.add(
                    &self.path(name),
                    "BOOLEAN_TYPE_CONVERT",
                    "Must be either true or false.",
                );
                false
            }
        }
    }

    /// A list of `min` to `max` entries, or nothing.
    pub fn list(
        &self,
        name: &str,
        min: usize,
        max: usize,
        errors: &mut FormErrors,
    ) -> Option<&'a [Value]> {
        let path = self.path(name);
        let Value::Array(list) = self.get(name)? else {
            errors.add(
                &path,
                "LIST_TYPE_CONVERT",
                "Only iterables may be used in a ListType",
            );
            return None;
        };
        check_length(&path, list.len(), min, max, errors).then_some(list.as_slice())
    }

    /// A nested object, or nothing.
    pub fn object(&self, name: &str, errors: &mut FormErrors) -> Option<Fields<'a>> {
        Fields::of(self.get(name)?, &self.path(name), errors)
    }

    /// An id, or nothing.
    pub fn snowflake<Id: Deserialize<'a>>(
        &self,
        name: &str,
        errors: &mut FormErrors,
    ) -> Option<Id> {
        read_id(self.get(name)?, &self.path(name), errors)
    }

    /// A set of permissions that Discord knows, or nothing.
    pub fn permissions(&self, name: &str, errors: &mut FormErrors) -> Option<Permissions> {
        let value = self.get(name)?;
        let known = Permissions::deserialize(value)
            .ok()
            .filter(|bits| Permissions::all().contains(*bits));
        if known.is_none() {
            errors.add(
                &self.path(name),
                "BITFIELD_TYPE_CONVERT",
                format!("Value {value} is not a set of permissions."),
            );
        }
        known
    }

    /// An address with one of the schemes, or nothing.
    pub fn url(
        &self,
        name: &str,
        schemes: &[&str],
        max: usize,
        errors: &mut FormErrors,
    ) -> Option<&'a str> {
        let url = self.text(name, 1, max, errors)?;
        let path = self.path(name);
        let Some((scheme, rest)) = url.split_once("://") else {
            errors.add(&path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
            return None;
        };
        if !schemes.contains(&scheme) {
            errors.add(
                &path,
                "URL_TYPE_INVALID_SCHEME",
                format!(
                    "Scheme \"{scheme}\" is not supported. Scheme must be one of ({}).",
                    schemes
                        .iter()
                        .map(|s| format!("'{s}'"))
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            );
            return None;
        }
        if rest.is_empty() || rest.starts_with('/') || url.contains(char::is_whitespace) {
            errors.add(&path, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
            return None;
        }
        Some(url)
    }
}

/// An id at a path, or nothing.
pub fn read_id<'a, Id: Deserialize<'a>>(
    value: &'a Value,
    path: &str,
    errors: &mut FormErrors,
) -> Option<Id> {
    let id = Id::deserialize(value).ok();
    if id.is_none() {
        let message = format!("Value {value} is not snowflake.");
        errors.add(path, "NUMBER_TYPE_COERCE", message);
    }
    id
}

fn check_length(
    path: &str,
    length: usize,
    min: usize,
    max: usize,
    errors: &mut FormErrors,
) -> bool {
    if (min..=max).contains(&length) {
        return true;
    }
    let (code, message) = if min == 0 {
        (
            "BASE_TYPE_MAX_LENGTH",
            format!("Must be {max} or fewer in length."),
        )
    } else {
        (
            "BASE_TYPE_BAD_LENGTH",
            format!("Must be between {min} and {max} in length."),
        )
    };
    errors.add(path, code, message);
    false
}
