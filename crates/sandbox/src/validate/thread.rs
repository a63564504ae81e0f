//! Threads as a bot starts and changes them.

use serde_json::Value;

use super::form::{Fields, FormErrors};
use crate::error::ApiError;

/// For how long without a message a thread stays in the list, in minutes.
const AUTO_ARCHIVE_MINUTES: &[i64] = &[60, 1440, 4320, 10_080];
/// A day, which is what a thread gets that names nothing.
const AUTO_ARCHIVE_DEFAULT: u64 = 1440;
/// Discord's number for a thread that everybody sees.
const PUBLIC: i64 = 11;
/// Discord's number for a thread that only its members see.
const PRIVATE: i64 = 12;

/// A thread that is to be started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewThread {
    /// 1 to 100 characters.
    pub name: String,
    /// Minutes of silence after which it is archived.
    pub auto_archive_minutes: u64,
    /// Whether only its members see it.
    pub is_private: bool,
}

/// What is to be changed of a thread. `None` means that the field was not sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThreadChange {
    /// The new name.
    pub name: Option<String>,
    /// Whether it is archived.
    pub archived: Option<bool>,
    /// Whether only moderators may write and open it.
    pub locked: Option<bool>,
    /// Minutes of silence after which it is archived.
    pub auto_archive_minutes: Option<u64>,
}

/// Reads a thread that starts from a message, or stands by itself.
///
/// # Errors
/// Code 50035 with every fault.
pub fn read_new(body: &Value, from_message: bool) -> Result<NewThread, ApiError> {
    let mut errors = FormErrors::default();
    let new = Fields::of(body, "", &mut errors).and_then(|fields| {
        let name = fields.required_text("name", 1, 100, &mut errors)?;
        let auto_archive_minutes = read_minutes(&fields, &mut errors);
        let kind = match fields.get("type") {
            // Discord starts a private one where nothing is said, which is rarely meant.
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
