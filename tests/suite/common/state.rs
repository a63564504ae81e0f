//! What a page sees, mirrored from the events of its socket.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Instant;

use serde_json::Value;

use super::message::{components, text};

/// What a page sees.
#[derive(Debug, Default, Clone)]
pub struct State {
    pub bot: Value,
    pub guilds: Vec<Value>,
    pub dms: Vec<Value>,
    /// Conversations without the bot.
    pub privates: Vec<Value>,
    pub users: Vec<Value>,
    pub commands: Vec<Value>,
    /// By channel id, oldest first.
    pub messages: BTreeMap<String, Vec<Value>>,
    /// The newest event of each interaction, by its id.
    pub interactions: BTreeMap<String, Value>,
    /// Open modals, oldest first.
    pub modals: Vec<Value>,
    pub rejections: Vec<Value>,
    /// The newest private reply to each interaction, by the interaction's id.
    pub told: BTreeMap<String, String>,
    /// When a game of the bot last showed life in each channel, by id: a public message or edit, or
    /// an accepted answer.
    pub touched: BTreeMap<String, Instant>,
}

impl State {
    fn note(&mut self, message: &Value) {
        let (content, is_private) = (text(message, "content"), !message["visible_to"].is_null());
        if !is_private || content.starts_with("Locked in") {
            self.touched
                .insert(text(message, "channel_id"), Instant::now());
        }
        if is_private && message["thinking"] != true {
            let said = content + &text(&message["embeds"][0], "title");
            let interaction = text(&message["interaction_metadata"], "id");
            self.told.insert(interaction, said);
        }
    }

    pub(super) fn apply(&mut self, event: &Value) {
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        match event["type"].as_str().unwrap_or_default() {
            "snapshot" => {
                self.bot = event["bot"].clone();
                self.guilds = list(&event["guilds"]);
                self.dms = list(&event["dms"]);
                self.privates = list(&event["privates"]);
                self.users = list(&event["users"]);
                self.commands = list(&event["commands"]);
                self.rejections = list(&event["rejections"]);
                let channels = event["messages"].as_object().cloned().unwrap_or_default();
                self.messages = channels
                    .iter()
                    .map(|(id, all)| (id.clone(), list(all)))
                    .collect();
            }
            "message_create" => {
                let message = event["message"].clone();
                self.note(&message);
                self.messages
                    .entry(text(&message, "channel_id"))
                    .or_default()
                    .push(message);
            }
            "message_update" => {
                let message = &event["message"];
                self.note(message);
                for old in self
                    .messages
                    .entry(text(message, "channel_id"))
                    .or_default()
                {
                    if old["id"] == message["id"] {
                        *old = message.clone();
                    }
                }
            }
            "message_delete" => {
                let channel = self.messages.entry(text(event, "channel_id")).or_default();
                channel.retain(|message| message["id"] != event["id"]);
            }
            "places" => {
                self.guilds = list(&event["guilds"]);
                self.dms = list(&event["dms"]);
                self.privates = list(&event["privates"]);
                self.users = list(&event["users"]);
            }
            "commands" => self.commands = list(&event["commands"]),
            "bot" => self.bot["online"] = event["online"].clone(),
            "interaction" => {
                self.interactions.insert(text(event, "id"), event.clone());
            }
            "modal" => self.modals.push(event.clone()),
            "rejection" => self.rejections.push(event["rejection"].clone()),
            other => panic!("the page socket sent an event of unknown type {other:?}: {event}"),
        }
    }

    /// The id of a server's channel by its name.
    pub fn channel(&self, name: &str) -> Option<String> {
        self.guilds
            .iter()
            .filter_map(|guild| guild["channels"].as_array())
            .flatten()
            .find(|channel| channel["name"] == name || channel["id"] == name)
            .map(|channel| text(channel, "id"))
    }

    /// The server of a channel (name or id).
    pub fn server(&self, channel: &str) -> &Value {
        let id = self.channel(channel).expect("a channel of a server");
        let has_it = |guild: &&Value| guild["channels"].to_string().contains(&id);
        self.guilds.iter().find(has_it).expect("a server")
    }

    /// The messages of a channel (name or id), oldest first.
    pub fn messages_in(&self, channel: &str) -> &[Value] {
        let id = self.channel(channel).unwrap_or_else(|| channel.to_owned());
        self.messages.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The newest message of a channel that matches the condition.
    pub fn newest(&self, channel: &str, fits: impl Fn(&Value) -> bool) -> Option<Value> {
        self.messages_in(channel)
            .iter()
            .rev()
            .find(|message| fits(message))
            .cloned()
    }

    /// An interaction's state: `sent`, `acknowledged` or `failed`.
    pub fn interaction_state(&self, id: &str) -> Option<&str> {
        self.interactions.get(id)?["state"].as_str()
    }

    /// What a reader of a failed test needs to know, message by message.
    pub fn dump(&self) -> String {
        let mut out = format!("bot online: {}\ncommands:", self.bot["online"]);
        for command in &self.commands {
            let _ = write!(out, " /{}", text(command, "name"));
        }
        for (channel, messages) in &self.messages {
            for message in messages {
                let _ = write!(
                    out,
                    "\n[{channel}] {} by {}{}{}: {:?}",
                    text(message, "id"),
                    text(&message["author"], "username"),
                    if message["visible_to"].is_null() {
                        ""
                    } else {
                        " (private)"
                    },
                    if message["thinking"] == true {
                        " (thinking)"
                    } else {
                        ""
                    },
                    text(message, "content"),
                );
                for embed in message["embeds"].as_array().into_iter().flatten() {
                    let _ = write!(out, "\n    embed {embed}");
                }
                for component in components(message) {
                    let _ = write!(out, "\n    component {component}");
                }
            }
        }
        for interaction in self.interactions.values() {
            let _ = write!(out, "\ninteraction {interaction}");
        }
        for rejection in &self.rejections {
            let _ = write!(out, "\nrejected {rejection}");
        }
        out
    }
}
