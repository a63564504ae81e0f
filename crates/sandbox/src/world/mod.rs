//! The simulated Discord itself: who and what there is, and what happens to it.
//!
//! Pure: no sockets, no clock (each call is told the time), randomness from the seed alone. What
//! others must hear of is left in the outbox, which the hub empties after each call.

mod commands;
mod files;
mod interactions;
mod invoke;
mod messages;
mod options;
mod setup;
mod shape;
mod tokens;

use std::collections::{BTreeMap, VecDeque};

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

pub use files::too_large;
pub use invoke::Invocation;
pub use messages::EditAs;
pub use shape::ATTACHMENT_BYTES_MAX;

use super::{permissions, snowflake::Snowflakes};

/// Most messages that a channel keeps; older ones are forgotten.
const MESSAGES_PER_CHANNEL_MAX: usize = 500;
/// Most bytes of uploaded files that are kept; older files are forgotten.
const FILE_BYTES_MAX: usize = 128 * 1024 * 1024;
/// Most interactions that are remembered, whatever their age.
const INTERACTIONS_MAX: usize = 10_000;
/// Most rejections that are kept; older ones are forgotten.
const REJECTIONS_MAX: usize = 500;

/// The time limits of interactions, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long the first answer may take.
    pub answer_ms: u64,
    /// How long the token works.
    pub token_ms: u64,
}

/// Who and what there is beside the standing members and channels.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extras {
    /// More members, in every server.
    pub members: u16,
    /// More channels, in the first server.
    pub channels: u16,
    /// More servers.
    pub guilds: u16,
}

/// Something that others must hear of.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// For every open page.
    Page(Value),
    /// For the bot, on the shard of the guild.
    Dispatch {
        /// The guild that decides the shard; none for direct messages.
        guild_id: Option<u64>,
        /// The event's name.
        name: &'static str,
        /// Its data.
        data: Value,
    },
    /// The answer to an autocomplete interaction.
    Choices {
        /// The interaction.
        interaction_id: u64,
        /// The choices offered.
        choices: Vec<Value>,
    },
}

/// A user or the bot.
#[derive(Debug, Clone)]
pub struct User {
    pub id: u64,
    pub username: String,
    pub global_name: Option<String>,
    pub bot: bool,
}

/// A role of a guild.
#[derive(Debug, Clone)]
pub struct Role {
    pub id: u64,
    pub name: String,
    pub permissions: u64,
}

/// A server.
#[derive(Debug, Clone)]
pub struct Guild {
    pub id: u64,
    pub name: String,
    pub owner_id: u64,
    pub roles: Vec<Role>,
    pub channels: Vec<u64>,
    /// The roles of each member.
    pub members: BTreeMap<u64, Vec<u64>>,
}

/// A text channel of a guild, or a conversation between one user and the bot.
#[derive(Debug, Clone)]
pub struct Channel {
    pub id: u64,
    pub name: String,
    pub guild_id: Option<u64>,
    pub recipient_id: Option<u64>,
    /// What the bot may not do here although its roles allow it.
    pub bot_denied: u64,
}

/// The bytes of an attachment.
#[derive(Debug)]
pub struct StoredFile {
    pub filename: String,
    pub content_type: Option<String>,
    pub bytes: Vec<u8>,
}

/// A message.
#[derive(Debug, Clone)]
pub struct Message {
    pub id: u64,
    pub channel_id: u64,
    pub author_id: u64,
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    /// The attachment objects as Discord sends them, by id.
    pub attachments: BTreeMap<u64, Value>,
    pub flags: u64,
    pub kind: u8,
    pub created_ms: u64,
    pub edited_ms: Option<u64>,
    pub nonce: Option<Value>,
    pub reply_to: Option<u64>,
    pub mentions: Vec<u64>,
    pub mention_everyone: bool,
    pub tts: bool,
    /// The interaction that caused it.
    pub interaction_id: Option<u64>,
    pub interaction_metadata: Option<Value>,
    /// The one member who sees it, when it is ephemeral.
    pub visible_to: Option<u64>,
}

/// A registered command.
#[derive(Debug, Clone)]
pub struct Command {
    pub guild_id: Option<u64>,
    /// The command object as Discord sends it.
    pub body: Value,
}

/// Everything there is.
#[derive(Debug)]
pub struct World {
    pub application_id: u64,
    pub limits: Limits,
    /// Where this server is reached, for the addresses of attachments.
    pub base_url: String,
    /// The application's public key, in hexadecimal digits.
    pub verify_key: String,
    /// Where interactions are sent; none means over the gateway.
    pub endpoint_url: Option<String>,
    pub users: BTreeMap<u64, User>,
    pub guilds: BTreeMap<u64, Guild>,
    pub channels: BTreeMap<u64, Channel>,
    pub commands: BTreeMap<u64, Command>,
    pub rejections: VecDeque<Value>,
    messages: BTreeMap<u64, BTreeMap<u64, Message>>,
    files: BTreeMap<u64, StoredFile>,
    uploads: BTreeMap<u64, files::Upload>,
    interactions: BTreeMap<u64, interactions::Interaction>,
    pub tokens: BTreeMap<String, u64>,
    ids: Snowflakes,
    rng: ChaCha8Rng,
    outbox: Vec<Event>,
}

impl World {
    /// Takes what others must hear of, in the order in which it happened.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.outbox)
    }

    fn tell_page(&mut self, event: Value) {
        self.outbox.push(Event::Page(event));
    }

    /// An id of now.
    pub fn next_id(&mut self, now_ms: u64) -> u64 {
        self.ids.next(now_ms)
    }

    /// A random text of 64 hexadecimal digits for tokens and session ids.
    pub fn secret(&mut self) -> String {
        let (high, low) = (self.rng.random::<u128>(), self.rng.random::<u128>());
        format!("{high:032x}{low:032x}")
    }

    /// What a member may do in a guild, by its roles.
    pub fn member_permissions(&self, guild_id: u64, user_id: u64) -> u64 {
        let Some(guild) = self.guilds.get(&guild_id) else {
            return 0;
        };
        if guild.owner_id == user_id {
            return permissions::ALL;
        }
        let Some(held) = guild.members.get(&user_id) else {
            return 0;
        };
        guild
            .roles
            .iter()
            .filter(|role| role.id == guild_id || held.contains(&role.id))
            .fold(0, |bits, role| bits | role.permissions)
    }

    /// What the bot may do in a channel.
    pub fn bot_permissions(&self, channel: &Channel) -> u64 {
        match channel.guild_id {
            Some(guild_id) => {
                self.member_permissions(guild_id, self.application_id) & !channel.bot_denied
            }
            None => permissions::EVERYONE,
        }
    }

    /// Whether a user is in the guild of the channel, or is the other side of the conversation.
    pub fn may_see(&self, channel: &Channel, user_id: u64) -> bool {
        match channel.guild_id {
            Some(guild_id) => self.member_permissions(guild_id, user_id) != 0,
            None => channel.recipient_id == Some(user_id),
        }
    }

    /// Keeps a rejection and tells the page.
    pub fn reject(&mut self, rejection: Value) {
        if self.rejections.len() == REJECTIONS_MAX {
            self.rejections.pop_front();
        }
        self.tell_page(json!({ "type": "rejection", "rejection": rejection }));
        self.rejections.push_back(rejection);
    }
}
