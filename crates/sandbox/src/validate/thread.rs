//! Threads as a bot creates and edits them.

use serde_json::Value;

use super::form::{Fields, FormErrors};
use crate::error::ApiError;

/// Minutes without a message before a thread is archived.
const AUTO_ARCHIVE_MINUTES: &[i64] = &[60, 1440, 4320, 10_080];
/// The default: one day.
const AUTO_ARCHIVE_DEFAULT: u64 = 1440;
/// Discord's type of a public thread.
const PUBLIC: i64 = 11;
/// Discord's type of a private thread.
const PRIVATE: i64 = 12;

/// A new thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewThread {
    /// 1 to 100 characters.
    pub name: String,
    /// Minutes without a message before it is archived.
    pub auto_archive_minutes: u64,
    /// Whether it is private.
    pub is_private: bool,
}

/// Changes to a thread. `None` means that the field was not sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThreadChange {
    /// The new name.
    pub name: Option<String>,
    /// Whether it is archived.
    pub archived: Option<bool>,
    /// Whether only moderators may write and open it.
    pub locked: Option<bool>,
    /// Minutes without a message before it is archived.
    pub auto_archive_minutes: Option<u64>,
}

/// Reads a thread started from a message or on its own.
///
/// # Errors
/// Code 50035 with every fault.
pub fn read_new(body: &Value, from_message: bool) -> Result<NewThread, ApiError> {
    let mut errors = FormErrors::default();
    let new = Fields::of(body, "", &mut errors).and_then(|fields| {
        let name = fields.required_text("name", 1, 100, &mut errors)?;
        let auto_archive_minutes = read_minutes(&fields, &mut errors);
        let kind = match fields.get("type") {
            // Discord starts a private one if the type is missing, which is rarely meant.
            None if from_message => PUBLIC,
            None => PRIVATE,
            Some(_) => fields.choice("type", &[PUBLIC, PRIVATE], &mut errors)?,
        };
        Some(NewThread {
            name: name.to_owned(),
            auto_archive_minutes: auto_archive_minutes.unwrap_or(AUTO_ARCHIVE_DEFAULT),
            is_private: kind == PRIVATE && !from_message,
        })
    });
    errors.finish()?;
    new.ok_or_else(ApiError::invalid_json)
}

/// Reads a change of a thread.
///
/// # Errors
/// Code 50035 with every fault.
pub fn read_change(body: &Value) -> Result<ThreadChange, ApiError> {
    let mut errors = FormErrors::default();
    let change = Fields::of(body, "", &mut errors).map(|fields| {
        let mut flag = |name: &str| {
            fields
                .get(name)
                .is_some()
                .then(|| fields.boolean(name, &mut errors))
        };
        let (archived, locked) = (flag("archived"), flag("locked"));
        ThreadChange {
            name: fields.text("name", 1, 100, &mut errors).map(str::to_owned),
            archived,
            locked,
            auto_archive_minutes: read_minutes(&fields, &mut errors),
        }
    });
    errors.finish()?;
    Ok(change.unwrap_or_default())
}

fn read_minutes(fields: &Fields<'_>, errors: &mut FormErrors) -> Option<u64> {
    fields.get("auto_archive_duration")?;
    let minutes = fields.choice("auto_archive_duration", AUTO_ARCHIVE_MINUTES, errors)?;
    u64::try_from(minutes).ok()
}
