//! Checks the options of a slash command that a member fills in, against what the bot registered.

use std::collections::BTreeSet;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::World;
use crate::{
    id::{AttachmentId, ChannelId, GuildId, RoleId, UserId},
    validate::option::kind,
};

/// The entities that options and selects name, for the `resolved` part.
#[derive(Default)]
pub struct Resolved {
    pub users: BTreeSet<UserId>,
    pub channels: BTreeSet<ChannelId>,
    pub roles: BTreeSet<RoleId>,
    pub attachments: BTreeSet<AttachmentId>,
}

/// How strictly options are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// The member sends the command.
    Send,
    /// The member is still typing: values may be missing or unfinished.
    Typing,
}

/// Reads options of one invocation.
pub struct OptionReader<'a> {
    pub world: &'a World,
    pub user_id: UserId,
    pub guild_id: Option<GuildId>,
    pub mode: Mode,
    pub resolved: &'a mut Resolved,
    pub focused_kind: &'a mut Option<i64>,
}

impl OptionReader<'_> {
    /// Reads the options of a command, a group or a subcommand against their definition.
    pub fn level(&mut self, defined: &[Value], given: &[Value]) -> Result<Vec<Value>, String> {
        let is_nested = defined.iter().any(|option| {
            option["type"]
                .as_i64()
                .is_some_and(|kind| kind <= kind::SUB_COMMAND_GROUP)
        });
        if is_nested && given.len() != 1 {
            return Err("Choose one subcommand.".to_owned());
        }
        let mut out: Vec<Value> = Vec::with_capacity(given.len());
        for option in given {
            let name = option["name"].as_str().ok_or("An option has no name.")?;
            let definition = defined
                .iter()
                .find(|definition| definition["name"] == name)
                .ok_or_else(|| format!("There is no option \"{name}\"."))?;
            if out.iter().any(|other| other["name"] == name) {
                return Err(format!("The option \"{name}\" is given twice."));
            }
            out.push(self.option(definition, name, option)?);
        }
        let is_missing = |definition: &&Value| {
            definition["required"] == true
                && !out
                    .iter()
                    .any(|option| option["name"] == definition["name"])
        };
        if self.mode == Mode::Send
            && let Some(missing) = defined.iter().find(is_missing)
        {
            return Err(format!("The option {} is required.", missing["name"]));
        }
        Ok(out)
    }

    fn option(&mut self, definition: &Value, name: &str, given: &Value) -> Result<Value, String> {
        let kind = definition["type"].as_i64().unwrap_or_default();
        if kind <= kind::SUB_COMMAND_GROUP {
            let inner = |value: &Value| value["options"].as_array().cloned().unwrap_or_default();
            let options = self.level(&inner(definition), &inner(given))?;
            return Ok(json!({ "name": name, "type": kind, "options": options }));
        }
        let value = &given["value"];
        if given["focused"] == true {
            if self.mode == Mode::Send || definition["autocomplete"] != true {
                return Err(format!("The option \"{name}\" has no autocomplete."));
            }
            if self.focused_kind.replace(kind).is_some() {
                return Err("Only one option can be focused.".to_owned());
            }
            let text = match value {
                Value::String(text) => text.clone(),
                Value::Null => String::new(),
                other => other.to_string(),
            };
            if text.chars().count() > 6000 {
                return Err(format!("The option \"{name}\" is too long."));
            }
            return Ok(json!({ "name": name, "type": kind, "value": text, "focused": true }));
        }
        let value = self.value(definition, kind, name, value)?;
        Ok(json!({ "name": name, "type": kind, "value": value }))
    }

    fn value(
        &mut self,
        definition: &Value,
        kind: i64,
        name: &str,
        value: &Value,
    ) -> Result<Value, String> {
        let wrong = |what: &str| Err(format!("The option \"{name}\" takes {what}."));
        if let Some(choices) = definition["choices"].as_array()
            && !choices.iter().any(|choice| choice["value"] == *value)
        {
            return wrong("one of its choices");
        }
        match kind {
            kind::STRING => {
                let Some(text) = value.as_str() else {
                    return wrong("a text");
                };
                let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
                let min = definition["min_length"].as_u64().unwrap_or(0);
                let max = definition["max_length"].as_u64().unwrap_or(6000);
                if self.mode == Mode::Send && !(min..=max).contains(&length) {
                    return wrong(&format!("{min} to {max} characters"));
                }
            }
            kind::INTEGER | kind::NUMBER => {
                let Some(number) = value.as_f64() else {
                    return wrong("a number");
                };
                if kind == kind::INTEGER && value.as_i64().is_none() {
                    return wrong("a whole number");
                }
                let min = definition["min_value"].as_f64().unwrap_or(f64::MIN);
                let max = definition["max_value"].as_f64().unwrap_or(f64::MAX);
                if self.mode == Mode::Send && !(min..=max).contains(&number) {
                    return wrong(&format!("a number from {min} to {max}"));
                }
            }
            kind::BOOLEAN => {
                if !value.is_boolean() {
                    return wrong("true or false");
                }
            }
            kind::ATTACHMENT => {
                let own = |id: &AttachmentId| {
                    let upload = self.world.uploads.get(id);
                    upload.is_some_and(|upload| upload.user_id == self.user_id)
                };
                let Some(id) = read(value).filter(own) else {
                    return wrong("a file that this member has uploaded");
                };
                return Ok(note(&mut self.resolved.attachments, id));
            }
            kind::CHANNEL if !self.takes_channel(definition, value) => {
                return wrong("a channel of another type");
            }
            _ => return self.entity(kind, name, value),
        }
        Ok(value.clone())
    }

    /// Whether an option accepts a channel of this type: text channels are type 0, threads 11 and
    /// 12. An option without types accepts all.
    fn takes_channel(&self, definition: &Value, value: &Value) -> bool {
        let Some(types) = definition["channel_types"].as_array() else {
            return true;
        };
        let channel = read(value).and_then(|id| self.world.channels.get(&id));
        let thread = channel.and_then(|channel| channel.thread.as_ref());
        let kind = thread.map_or(0, |thread| if thread.is_private { 12 } else { 11 });
        types.iter().any(|one| *one == kind)
    }

    /// A user, a channel, a role, or either a user or a role.
    fn entity(&mut self, kind: i64, name: &str, value: &Value) -> Result<Value, String> {
        let user: UserId =
            read(value).ok_or_else(|| format!("The option \"{name}\" takes an id."))?;
        let is_user = self.world.users.contains_key(&user);
        let guild = self.guild_id.and_then(|id| self.world.guilds.get(&id));
        let role = read(value).filter(|id: &RoleId| {
            guild.is_some_and(|guild| guild.roles.iter().any(|role| role.id == *id))
        });
        let channel = read(value).filter(|id: &ChannelId| {
            let channel = self.world.channels.get(id);
            channel.is_some_and(|channel| {
                channel.guild_id.is_some() && channel.guild_id == self.guild_id
            })
        });
        Ok(match (kind, role, channel) {
            (8 | 9, Some(role), _) => note(&mut self.resolved.roles, role),
            (kind::USER | 9, ..) if is_user => note(&mut self.resolved.users, user),
            (kind::CHANNEL, _, Some(channel)) => note(&mut self.resolved.channels, channel),
            _ => {
                return Err(format!(
                    "The option \"{name}\" names nothing that is known here."
                ));
            }
        })
    }
}

/// Adds an id to those to resolve; returns the option's value.
fn note<Id: Copy + Ord + Serialize>(ids: &mut BTreeSet<Id>, id: Id) -> Value {
    ids.insert(id);
    json!(id)
}

fn read<Id: DeserializeOwned>(value: &Value) -> Option<Id> {
    Id::deserialize(value).ok()
}
