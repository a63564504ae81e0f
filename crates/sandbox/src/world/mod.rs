//! The simulated Discord itself: its users, servers and messages, and what happens to them.
//!
//! Pure: no sockets, no clock (each call is given the time), randomness only from the seed. Events
//! for others are left in the outbox, which the hub empties after each call.

mod commands;
mod crowd;
mod events;
mod files;
mod interactions;
mod invoke;
mod messages;
mod options;
mod places;
mod roles;
mod setup;
mod shape;
mod staff;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests;
mod thread_rules;
mod threads;
mod tokens;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

pub use files::too_large;
pub use invoke::Invocation;
pub use messages::EditAs;
pub use shape::ATTACHMENT_BYTES_MAX;
pub use staff::StaffAction;

use super::{
    id::{
        ApplicationId, AttachmentId, ChannelId, CommandId, EventId, GuildId, InteractionId,
        MessageId, RoleId, Snowflakes, UserId,
    },
    permissions::Permissions,
    validate::message::MessageFlags,
};

/// Most messages that a channel keeps; older ones are forgotten.
const MESSAGES_PER_CHANNEL_MAX: usize = 500;
/// The most bytes of uploaded files kept; older files are forgotten.
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

/// What to create besides the standard members and channels.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extras {
    /// More members, in every server.
    pub members: u16,
    /// More channels, in the first server.
    pub channels: u16,
    /// More servers.
    pub guilds: u16,
}

/// An event for others.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// For every open page.
    Page(Value),
    /// For the bot, on the shard of the guild.
    Dispatch {
        /// The guild, which decides the shard; none for direct messages.
        guild_id: Option<GuildId>,
        /// The event's name.
        name: &'static str,
        /// Its data.
        data: Value,
    },
    /// The answer to an autocomplete interaction.
    Choices {
        /// The interaction.
        interaction_id: InteractionId,
        /// The choices offered.
        choices: Vec<Value>,
    },
}

/// A user or the bot.
#[derive(Debug, Clone)]
pub struct User {
    pub id: UserId,
    pub username: String,
    pub global_name: Option<String>,
    pub bot: bool,
    /// The language of their client, such as "de".
    pub locale: String,
    /// A member of the crowd, who plays by itself.
    pub simulated: bool,
}

/// A role of a guild.
#[derive(Debug, Clone)]
pub struct Role {
    pub id: RoleId,
    pub name: String,
    pub permissions: Permissions,
    /// Its rank: higher numbers outrank lower ones; @everyone is 0.
    pub position: u64,
    pub color: u32,
    pub hoist: bool,
    pub mentionable: bool,
    /// It is the bot's own, and can neither be given nor deleted.
    pub managed: bool,
}

/// A server.
#[derive(Debug, Clone)]
pub struct Guild {
    pub id: GuildId,
    pub name: String,
    pub owner_id: UserId,
    /// Its preferred locale, such as "de".
    pub locale: String,
    pub roles: Vec<Role>,
    pub channels: Vec<ChannelId>,
    /// The roles of each member. The bot is one of them unless it was never invited, or was kicked.
    pub members: BTreeMap<UserId, Vec<RoleId>>,
    /// The scheduled events, as Discord sends them.
    pub events: BTreeMap<EventId, Value>,
}

/// A channel: a guild's text channel, a thread in one, a conversation between a user and the bot,
/// or one between users without the bot.
#[derive(Debug, Clone, Default)]
pub struct Channel {
    pub id: ChannelId,
    pub name: String,
    pub guild_id: Option<GuildId>,
    /// The user who talks to the bot here.
    pub recipient_id: Option<UserId>,
    /// The users who talk to each other here, without the bot.
    pub private_to: Vec<UserId>,
    /// Permissions denied to the bot here although its roles grant them.
    pub bot_denied: Permissions,
    pub thread: Option<threads::Thread>,
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
    pub id: MessageId,
    pub channel_id: ChannelId,
    pub author_id: UserId,
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    /// The attachment objects as Discord sends them, by id.
    pub attachments: BTreeMap<AttachmentId, Value>,
    pub flags: MessageFlags,
    pub kind: u8,
    pub created_ms: u64,
    pub edited_ms: Option<u64>,
    pub nonce: Option<Value>,
    pub reply_to: Option<MessageId>,
    pub mentions: Vec<UserId>,
    pub mention_roles: Vec<RoleId>,
    pub mention_everyone: bool,
    /// The users notified when it was posted; edits and embeds notify no one.
    pub pinged: Vec<UserId>,
    pub tts: bool,
    /// The interaction that caused it.
    pub interaction_id: Option<InteractionId>,
    pub interaction_metadata: Option<Value>,
    /// The only member who sees it, if it is ephemeral.
    pub visible_to: Option<UserId>,
}

/// A registered command.
#[derive(Debug, Clone)]
pub struct Command {
    pub guild_id: Option<GuildId>,
    /// The command object as Discord sends it.
    pub body: Value,
}

/// The whole simulated world.
#[derive(Debug)]
pub struct World {
    pub application_id: ApplicationId,
    pub limits: Limits,
    /// This server's base URL, for the addresses of attachments.
    pub base_url: String,
    /// The application's public key, in hexadecimal digits.
    pub verify_key: String,
    /// Where interactions are sent; none means over the gateway.
    pub endpoint_url: Option<String>,
    pub users: BTreeMap<UserId, User>,
    pub guilds: BTreeMap<GuildId, Guild>,
    pub channels: BTreeMap<ChannelId, Channel>,
    pub commands: BTreeMap<CommandId, Command>,
    /// Whether users may install the app for themselves.
    pub user_install: bool,
    /// The users who installed the app for themselves, to use it anywhere.
    pub installed_by: BTreeSet<UserId>,
    pub rejections: VecDeque<Value>,
    messages: BTreeMap<ChannelId, BTreeMap<MessageId, Message>>,
    files: BTreeMap<AttachmentId, StoredFile>,
    uploads: BTreeMap<AttachmentId, files::Upload>,
    interactions: BTreeMap<InteractionId, interactions::Interaction>,
    pub tokens: BTreeMap<String, InteractionId>,
    ids: Snowflakes,
    rng: ChaCha8Rng,
    outbox: Vec<Event>,
}

impl World {
    /// Takes the events for others, in the order in which they happened.
    pub fn take_events(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.outbox)
    }

    /// Tells the pages that servers, channels, threads, members or permissions changed.
    fn tell_places(&mut self) {
        let mut event = self.places_json();
        event["type"] = json!("places");
        self.tell_page(event);
    }

    fn tell_page(&mut self, event: Value) {
        self.outbox.push(Event::Page(event));
    }

    /// The bot's user.
    pub fn bot_id(&self) -> UserId {
        self.application_id.bot()
    }

    /// A new id for the current time.
    pub fn next_id<Id: From<u64>>(&mut self, now_ms: u64) -> Id {
        self.ids.next(now_ms)
    }

    /// A random text of 64 hexadecimal digits for tokens and session ids.
    pub fn secret(&mut self) -> String {
        let (high, low) = (self.rng.random::<u128>(), self.rng.random::<u128>());
        format!("{high:032x}{low:032x}")
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
