//! What members do: commands, typing with autocomplete, buttons, selects, modals.
//!
//! It refuses what Discord's client would not allow, with a sentence for the member.

use std::{collections::BTreeMap, str::FromStr};

use serde::Deserialize as _;
use serde_json::{Value, json};

use super::{
    Channel, Command, World,
    interactions::{Begin, Kind},
    options::{Mode, OptionReader, Resolved},
    places::component_owners,
    thread_rules::ThreadAction,
};
use crate::{
    id::{ChannelId, InteractionId, MessageId, UserId},
    permissions::Permissions,
    validate::{component, thread::ThreadChange},
};

/// A slash command as the page sends it.
#[derive(Debug, Clone)]
pub struct Invocation {
    pub user_id: UserId,
    pub channel_id: ChannelId,
    pub name: String,
    /// `[{name, value}]`, or nested for subcommands, as Discord nests them.
    pub options: Vec<Value>,
}

impl World {
    fn member_in(&self, user_id: UserId, channel_id: ChannelId) -> Result<&Channel, String> {
        if self.users.get(&user_id).is_none_or(|user| user.bot) {
            return Err("There is no such member.".to_owned());
        }
        let channel = self
            .channels
            .get(&channel_id)
            .ok_or("There is no such channel.")?;
        if self.may_see(channel, user_id) {
            Ok(channel)
        } else {
            Err("This member cannot see the channel.".to_owned())
        }
    }

    /// The command with this name for this member here, and by which installations.
    fn usable_command(&self, invocation: &Invocation) -> Result<(&Command, Value), String> {
        let channel = self.member_in(invocation.user_id, invocation.channel_id)?;
        let of_name = |command: &&Command| {
            command.body["name"] == invocation.name.as_str() && command.body["type"] == 1
        };
        let in_guild = self
            .commands
            .values()
            .filter(|command| command.guild_id.is_some() && command.guild_id == channel.guild_id)
            .find(of_name);
        let command = in_guild
            .or_else(|| {
                self.commands
                    .values()
                    .filter(|command| command.guild_id.is_none())
                    .find(of_name)
            })
            .ok_or_else(|| format!("There is no command /{}.", invocation.name))?;
        let owners = self.owners(&command.body, channel, invocation.user_id);
        if owners.as_object().is_none_or(serde_json::Map::is_empty) {
            return Err(format!("/{} cannot be used here.", invocation.name));
        }
        check_may_command(self, channel, invocation.user_id)?;
        let needed = Permissions::deserialize(&command.body["default_member_permissions"]);
        // Server permissions do not restrict a command that the member installed.
        let is_of_guild = owners.get("0").is_some();
        if let (Ok(needed), Some(guild_id), true) = (needed, channel.guild_id, is_of_guild) {
            let held = self.member_permissions(guild_id, invocation.user_id);
            // No permission at all means that only administrators see the command.
            let needed = if needed.is_empty() {
                Permissions::ADMINISTRATOR
            } else {
                needed
            };
            if !held.covers(needed) {
                return Err(format!("This member may not use /{}.", invocation.name));
            }
        }
        Ok((command, owners))
    }

    /// A member uses a slash command.
    ///
    /// # Errors
    /// A sentence that says what Discord's client would not have allowed.
    pub fn invoke(
        &mut self,
        invocation: &Invocation,
        now_ms: u64,
    ) -> Result<InteractionId, String> {
        self.begin_command(invocation, Mode::Send, now_ms)
    }

    /// A member types an option that has autocomplete.
    ///
    /// # Errors
    /// A sentence that says what is wrong.
    pub fn autocomplete(
        &mut self,
        invocation: &Invocation,
        now_ms: u64,
    ) -> Result<InteractionId, String> {
        self.begin_command(invocation, Mode::Typing, now_ms)
    }

    fn begin_command(
        &mut self,
        invocation: &Invocation,
        mode: Mode,
        now_ms: u64,
    ) -> Result<InteractionId, String> {
        let (command, owners) = self.usable_command(invocation)?;
        let defined = command.body["options"]
            .as_array()
            .map_or(&[][..], Vec::as_slice);
        let mut resolved = Resolved::default();
        let mut focused_kind = None;
        let mut reader = OptionReader {
            world: self,
            user_id: invocation.user_id,
            guild_id: self
                .channels
                .get(&invocation.channel_id)
                .and_then(|c| c.guild_id),
            mode,
            resolved: &mut resolved,
            focused_kind: &mut focused_kind,
        };
        let options = reader.level(defined, &invocation.options)?;
        if mode == Mode::Typing && focused_kind.is_none() {
            return Err("No option is marked as focused.".to_owned());
        }
        let mut data = json!({
            "id": command.body["id"], "name": command.body["name"], "type": 1,
        });
        if !options.is_empty() {
            data["options"] = json!(options);
        }
        if let Some(guild_id) = command.guild_id {
            data["guild_id"] = json!(guild_id);
        }
        if let Some(found) = self.resolved_json(invocation, &resolved) {
            data["resolved"] = found;
        }
        let begin = Begin {
            kind: match mode {
                Mode::Send => Kind::Command,
                Mode::Typing => Kind::Autocomplete,
            },
            user_id: invocation.user_id,
            channel_id: invocation.channel_id,
            owners,
            data,
            name: Some(invocation.name.clone()),
            custom_id: None,
            focused_kind: focused_kind.unwrap_or_default(),
            source: None,
            triggering: None,
        };
        if mode == Mode::Send {
            self.open_thread_again(invocation.channel_id, now_ms);
        }
        Ok(self.begin(begin, now_ms))
    }

    /// Commands cannot be used in an archived thread: the client opens it first.
    fn open_thread_again(&mut self, channel_id: ChannelId, now_ms: u64) {
        let thread = self
            .channels
            .get(&channel_id)
            .and_then(|c| c.thread.as_ref());
        if thread.is_some_and(|thread| thread.is_archived) {
            let open = ThreadChange {
                archived: Some(false),
                ..ThreadChange::default()
            };
            self.change_thread(channel_id, &open, now_ms);
        }
    }

    fn resolved_json(&self, invocation: &Invocation, resolved: &Resolved) -> Option<Value> {
        let mut out = json!({});
        let guild = self
            .channels
            .get(&invocation.channel_id)
            .and_then(|channel| self.guilds.get(&channel.guild_id?));
        for id in &resolved.users {
            out["users"][id.to_string()] = self.users.get(id)?.json();
            if let Some(guild) = guild
                && let Some(mut member) = self.member_json(guild, *id)
            {
                // A resolved member has no user, deaf or mute of its own.
                for name in ["user", "deaf", "mute"] {
                    member.as_object_mut()?.remove(name);
                }
                member["permissions"] = json!(self.member_permissions(guild.id, *id));
                out["members"][id.to_string()] = member;
            }
        }
        for id in &resolved.channels {
            let channel = self.channels.get(id)?;
            out["channels"][id.to_string()] =
                self.interaction_channel_json(channel, invocation.user_id);
        }
        for id in &resolved.roles {
            let role = guild?.roles.iter().find(|role| role.id == *id)?;
            out["roles"][id.to_string()] = role.json();
        }
        for id in &resolved.attachments {
            out["attachments"][id.to_string()] = self.uploads.get(id)?.body.clone();
        }
        out.as_object()
            .is_some_and(|object| !object.is_empty())
            .then_some(out)
    }

    /// A member uses a button or a select.
    ///
    /// # Errors
    /// A sentence: this member cannot click that.
    pub fn use_component(
        &mut self,
        user_id: UserId,
        (channel_id, message_id): (ChannelId, MessageId),
        custom_id: &str,
        values: &[String],
        now_ms: u64,
    ) -> Result<InteractionId, String> {
        self.member_in(user_id, channel_id)?;
        let message = self
            .find_message(channel_id, message_id)
            .filter(|message| message.visible_to.is_none_or(|id| id == user_id))
            .ok_or("This member sees no such message.")?;
        let channel = self.channels.get(&channel_id);
        let channel = channel.ok_or("There is no such channel.")?;
        let owners = component_owners(message, channel);
        let found = component::find(&message.components, custom_id)
            .ok_or("The message has no such component.")?;
        if found["disabled"] == true {
            return Err("The component is disabled.".to_owned());
        }
        let kind = found["type"].as_i64().unwrap_or_default();
        let mut data = json!({ "component_type": kind, "custom_id": custom_id, "id": found["id"] });
        if kind == component::BUTTON {
            if !values.is_empty() {
                return Err("A button takes no values.".to_owned());
            }
        } else {
            check_selection(found, values)?;
            data["values"] = json!(values);
            if kind != component::STRING_SELECT {
                data["resolved"] = self.selection_json(user_id, channel_id, kind, values)?;
            }
        }
        if !self.bot_hears(channel_id, &owners) {
            return Err("The bot is not in this channel.".to_owned());
        }
        let begin = Begin {
            kind: Kind::Component,
            user_id,
            channel_id,
            owners,
            data,
            name: None,
            custom_id: Some(custom_id.to_owned()),
            focused_kind: 0,
            source: Some(message_id),
            triggering: None,
        };
        Ok(self.begin(begin, now_ms))
    }

    /// The objects of the entities selected.
    fn selection_json(
        &self,
        user_id: UserId,
        channel_id: ChannelId,
        select: i64,
        values: &[String],
    ) -> Result<Value, String> {
        let mut resolved = Resolved::default();
        for value in values {
            match select {
                5 | 7 if self.users.contains_key(&selected(value)?) => {
                    resolved.users.insert(selected(value)?)
                }
                8 if self.channels.contains_key(&selected(value)?) => {
                    resolved.channels.insert(selected(value)?)
                }
                6 | 7 => resolved.roles.insert(selected(value)?),
                _ => return Err("A selected value is unknown.".to_owned()),
            };
        }
        let here = Invocation {
            user_id,
            channel_id,
            name: String::new(),
            options: Vec::new(),
        };
        self.resolved_json(&here, &resolved)
            .ok_or_else(|| "A selected value is unknown.".to_owned())
    }

    /// A member sends a modal that an interaction opened.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the input.
    pub fn submit_modal(
        &mut self,
        user_id: UserId,
        interaction_id: InteractionId,
        values: &BTreeMap<String, String>,
        now_ms: u64,
    ) -> Result<InteractionId, String> {
        let opened = self
            .interaction(interaction_id)
            .filter(|interaction| interaction.user_id == user_id)
            .ok_or("No modal is open for this member.")?;
        let modal = opened
            .modal
            .clone()
            .ok_or("No modal is open for this member.")?;
        let (channel_id, source) = (opened.channel_id, opened.source);
        let owners = opened.owners.clone();
        let rows = read_modal_values(&modal, values)?;
        let begin = Begin {
            kind: Kind::Modal,
            user_id,
            channel_id,
            owners,
            data: json!({ "custom_id": modal["custom_id"], "components": rows }),
            name: None,
            custom_id: modal["custom_id"].as_str().map(str::to_owned),
            focused_kind: 0,
            source,
            triggering: self.triggering_json(interaction_id),
        };
        self.close_modal(interaction_id);
        Ok(self.begin(begin, now_ms))
    }

    fn close_modal(&mut self, interaction_id: InteractionId) {
        if let Some(opened) = self.interactions.get_mut(&interaction_id) {
            opened.modal = None;
        }
    }
}

/// Commands need Use Application Commands, and a thread that the member may write in.
fn check_may_command(world: &World, channel: &Channel, user_id: UserId) -> Result<(), String> {
    let Some(guild_id) = channel.guild_id else {
        return Ok(());
    };
    let held = world.member_permissions(guild_id, user_id);
    if !held.covers(Permissions::USE_APPLICATION_COMMANDS) {
        return Err("This member may not use commands here.".to_owned());
    }
    World::check_thread(channel, held, ThreadAction::Send)
        .map_err(|_| "This thread is locked.".to_owned())
}

fn selected<Id: FromStr>(value: &str) -> Result<Id, String> {
    value
        .parse()
        .map_err(|_| "A selected value is not an id.".to_owned())
}

fn check_selection(select: &Value, values: &[String]) -> Result<(), String> {
    let bound = |name: &str| {
        select[name]
            .as_u64()
            .and_then(|number| usize::try_from(number).ok())
            .unwrap_or(1)
    };
    let (min, max) = (bound("min_values"), bound("max_values"));
    if !(min..=max).contains(&values.len()) {
        return Err(format!("Between {min} and {max} values can be selected."));
    }
    let Some(options) = select["options"].as_array() else {
        return Ok(());
    };
    for (index, value) in values.iter().enumerate() {
        if values[..index].contains(value)
            || !options
                .iter()
                .any(|option| option["value"] == value.as_str())
        {
            return Err(format!("\"{value}\" cannot be selected."));
        }
    }
    Ok(())
}

fn read_modal_values(
    modal: &Value,
    values: &BTreeMap<String, String>,
) -> Result<Vec<Value>, String> {
    let rows = modal["components"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let known = |name: &String| {
        rows.iter()
            .any(|row| row["components"][0]["custom_id"] == name.as_str())
    };
    if let Some(unknown) = values.keys().find(|name| !known(name)) {
        return Err(format!("The modal has no field \"{unknown}\"."));
    }
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let input = &row["components"][0];
        let custom_id = input["custom_id"].as_str().unwrap_or_default();
        let label = input["label"].as_str().unwrap_or_default();
        let text = values.get(custom_id).map_or("", String::as_str);
        let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        if text.is_empty() && input["required"] == true {
            return Err(format!("\"{label}\" is required."));
        }
        let min = input["min_length"].as_u64().unwrap_or(0);
        let max = input["max_length"].as_u64().unwrap_or(4000);
        if !text.is_empty() && !(min..=max).contains(&length) {
            return Err(format!("\"{label}\" takes {min} to {max} characters."));
        }
        out.push(json!({
            "type": 1,
            "components": [{ "type": 4, "custom_id": custom_id, "value": text }],
        }));
    }
    Ok(out)
}
