//! Scheduled events as a bot creates and edits them:
//! <https://discord.com/developers/docs/resources/guild-scheduled-event>.
//!
//! The simulated servers have no voice channels, so every event takes place elsewhere (entity type
//! 3).

use serde_json::{Value, json};

use super::form::{Fields, FormErrors};
use crate::error::ApiError;

/// An event that takes place outside Discord's voice channels.
const EXTERNAL: i64 = 3;
/// Only the server's members see it: the only level there is.
const GUILD_ONLY: i64 = 2;

/// Reads a new event, or the sent fields of a change of one.
///
/// # Errors
/// Code 50035 with every fault.
pub fn read(body: &Value, is_new: bool, now_ms: u64) -> Result<Value, ApiError> {
    let mut errors = FormErrors::default();
    let event = Fields::of(body, "", &mut errors)
        .map(|fields| read_fields(&fields, is_new, now_ms, &mut errors));
    errors.finish()?;
    Ok(event.unwrap_or_default())
}

fn read_fields(fields: &Fields<'_>, is_new: bool, now_ms: u64, errors: &mut FormErrors) -> Value {
    let mut event = json!({});
    if is_new {
        let needed = [
            "name",
            "privacy_level",
            "scheduled_start_time",
            "scheduled_end_time",
            "entity_type",
            "entity_metadata",
        ];
        for name in needed {
            if fields.get(name).is_none() {
                errors.required(&fields.path(name));
            }
        }
    }
    if let Some(name) = fields.text("name", 1, 100, errors) {
        event["name"] = json!(name);
    }
    if fields.has("description") {
        event["description"] = json!(fields.text("description", 1, 1000, errors));
    }
    if fields.get("privacy_level").is_some() {
        fields.choice("privacy_level", &[GUILD_ONLY], errors);
    }
    if fields.get("entity_type").is_some() {
        fields.choice("entity_type", &[EXTERNAL], errors);
    }
    if fields.get("channel_id").is_some() {
        errors.add(
            &fields.path("channel_id"),
            "GUILD_SCHEDULED_EVENT_CHANNEL_ID_EXTERNAL",
            "An event that takes place elsewhere has no channel.",
        );
    }
    if let Some(metadata) = fields.object("entity_metadata", errors)
        && let Some(location) = metadata.required_text("location", 1, 100, errors)
    {
        event["entity_metadata"] = json!({ "location": location });
    }
    if fields.get("status").is_some()
        && let Some(status) = fields.choice("status", &[1, 2, 3, 4], errors)
    {
        event["status"] = json!(status);
    }
    read_times(fields, now_ms, &mut event, errors);
    event
}

fn read_times(fields: &Fields<'_>, now_ms: u64, event: &mut Value, errors: &mut FormErrors) {
    let mut times = [None, None];
    for (time, name) in times
        .iter_mut()
        .zip(["scheduled_start_time", "scheduled_end_time"])
    {
        let Some(text) = fields.text(name, 1, 64, errors) else {
            continue;
        };
        *time = text.parse::<jiff::Timestamp>().ok();
        match *time {
            Some(moment) => event[name] = json!(moment.to_string()),
            None => errors.add(
                &fields.path(name),
                "DATE_TIME_TYPE_PARSE",
                format!("Could not parse {text}. Should be ISO8601."),
            ),
        }
    }
    let now = i64::try_from(now_ms).unwrap_or(i64::MAX);
    let [start, end] = times;
    if start.is_some_and(|start| start.as_millisecond() <= now) {
        errors.add(
            &fields.path("scheduled_start_time"),
            "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST",
            "Cannot schedule event in the past.",
        );
    }
    if let (Some(start), Some(end)) = (start, end)
        && end <= start
    {
        errors.add(
            &fields.path("scheduled_end_time"),
            "GUILD_SCHEDULED_EVENT_END_BEFORE_START",
            "Cannot end an event before it starts.",
        );
    }
}
