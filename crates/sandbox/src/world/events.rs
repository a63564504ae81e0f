//! Scheduled events of a server.

use serde_json::{Value, json};

use super::World;
use crate::{
    error::ApiError,
    id::{EventId, GuildId},
    permissions::Permissions,
    validate::event,
};

/// Most events of a guild that are not over.
const OPEN_MAX: usize = 100;
/// What an event's `status` says.
const SCHEDULED: i64 = 1;
const ACTIVE: i64 = 2;
const COMPLETED: i64 = 3;
const CANCELED: i64 = 4;

impl World {
    /// Starts and ends a guild's events by their times, as Discord does with events that take place
    /// elsewhere: "Guild Scheduled Event Status Update Automation" at
    /// <https://discord.com/developers/docs/resources/guild-scheduled-event>.
    pub fn move_events_on(&mut self, guild_id: GuildId, now_ms: u64) {
        let Some(guild) = self.guilds.get_mut(&guild_id) else {
            return;
        };
        let mut has_changed = false;
        for event in guild.events.values_mut() {
            let is_past = |event: &Value, name: &str| {
                let at = event[name].as_str().and_then(|at| at.parse().ok());
                at.is_some_and(|at: jiff::Timestamp| {
                    u64::try_from(at.as_millisecond()).is_ok_and(|at_ms| at_ms <= now_ms)
                })
            };
            for (from, to, time) in [
                (SCHEDULED, ACTIVE, "scheduled_start_time"),
                (ACTIVE, COMPLETED, "scheduled_end_time"),
            ] {
                if event["status"] == json!(from) && is_past(event, time) {
                    event["status"] = json!(to);
                    has_changed = true;
                }
            }
        }
        if has_changed {
            self.tell_places();
        }
    }

    /// The events of a guild that are not over.
    ///
    /// # Errors
    /// 10004 or 50001.
    pub fn list_events(&self, guild_id: GuildId) -> Result<Value, ApiError> {
        let guild = self.guild_for_bot(guild_id)?;
        let open = guild.events.values().filter(|event| is_open(event));
        Ok(open.cloned().collect())
    }

    /// One event.
    ///
    /// # Errors
    /// 10004, 50001 or 10070.
    pub fn find_event(&self, guild_id: GuildId, id: EventId) -> Result<Value, ApiError> {
        let guild = self.guild_for_bot(guild_id)?;
        let event = guild.events.get(&id);
        event.cloned().ok_or_else(ApiError::unknown_event)
    }

    /// The bot schedules an event.
    ///
    /// # Errors
    /// 10004, 50001, 50013, 50035 or 30038.
    pub fn create_event(
        &mut self,
        guild_id: GuildId,
        body: &Value,
        now_ms: u64,
    ) -> Result<Value, ApiError> {
        let guild = self.guild_for_bot(guild_id)?;
        let held = self.member_permissions(guild_id, self.bot_id());
        if !held.covers(Permissions::CREATE_EVENTS) {
            return Err(ApiError::missing_permissions());
        }
        let open = guild.events.values().filter(|event| is_open(event)).count();
        let mut made = event::read(body, true, now_ms)?;
        if open >= OPEN_MAX {
            return Err(ApiError::too_many_events());
        }
        let id = self.next_id(now_ms);
        let creator = self.users.get(&self.bot_id());
        made["id"] = json!(id);
        made["guild_id"] = json!(guild_id);
        made["channel_id"] = Value::Null;
        made["creator_id"] = json!(self.bot_id());
        made["creator"] = json!(creator.map(super::User::json));
        made["privacy_level"] = json!(2);
        made["status"] = json!(SCHEDULED);
        made["entity_type"] = json!(3);
        made["entity_id"] = Value::Null;
        made["user_count"] = json!(0);
        made["image"] = Value::Null;
        made["recurrence_rule"] = Value::Null;
        made["guild_scheduled_event_exceptions"] = json!([]);
        if made.get("description").is_none() {
            made["description"] = Value::Null;
        }
        self.put_event(guild_id, id, made.clone());
        Ok(made)
    }

    fn put_event(&mut self, guild_id: GuildId, id: EventId, event: Value) {
        if let Some(guild) = self.guilds.get_mut(&guild_id) {
            guild.events.insert(id, event);
        }
        self.tell_places();
    }

    /// Its creator, or anyone who may manage events, may change it.
    fn own_event(&self, guild_id: GuildId, id: EventId) -> Result<Value, ApiError> {
        let event = self.find_event(guild_id, id)?;
        let held = self.member_permissions(guild_id, self.bot_id());
        let is_own =
            event["creator_id"] == json!(self.bot_id()) && held.covers(Permissions::CREATE_EVENTS);
        if is_own || held.covers(Permissions::MANAGE_EVENTS) {
            Ok(event)
        } else {
            Err(ApiError::missing_permissions())
        }
    }

    /// The bot edits an event, starts it, ends it or cancels it.
    ///
    /// # Errors
    /// 10004, 50001, 10070, 50013, 180000 or 50035.
    pub fn change_event(
        &mut self,
        guild_id: GuildId,
        id: EventId,
        body: &Value,
        now_ms: u64,
    ) -> Result<Value, ApiError> {
        let mut event = self.own_event(guild_id, id)?;
        if !is_open(&event) {
            return Err(ApiError::event_finished());
        }
        let change = event::read(body, false, now_ms)?;
        if let Some(to) = change["status"].as_i64() {
            let from = event["status"].as_i64().unwrap_or_default();
            let is_step = from == to
                || matches!(
                    (from, to),
                    (SCHEDULED, ACTIVE | CANCELED) | (ACTIVE, COMPLETED)
                );
            if !is_step {
                return Err(ApiError::event_finished());
            }
        }
        for (name, value) in change.as_object().into_iter().flatten() {
            event[name] = value.clone();
        }
        self.put_event(guild_id, id, event.clone());
        Ok(event)
    }

    /// The bot deletes an event.
    ///
    /// # Errors
    /// 10004, 50001, 10070 or 50013.
    pub fn delete_event(&mut self, guild_id: GuildId, id: EventId) -> Result<(), ApiError> {
        self.own_event(guild_id, id)?;
        if let Some(guild) = self.guilds.get_mut(&guild_id) {
            guild.events.remove(&id);
        }
        self.tell_places();
        Ok(())
    }
}

fn is_open(event: &Value) -> bool {
    matches!(event["status"].as_i64(), Some(SCHEDULED | ACTIVE))
}
