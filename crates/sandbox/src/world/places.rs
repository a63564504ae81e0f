//! Permissions by place, and how an app was installed there.

use serde_json::{Value, json};

use super::{Channel, Message, World};
use crate::{
    id::{GuildId, UserId},
    permissions::Permissions,
};

/// The context of an interaction:
/// <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-context-types>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    Guild,
    BotDm,
    PrivateChannel,
}

impl Context {
    pub const fn number(self) -> u8 {
        match self {
            Self::Guild => 0,
            Self::BotDm => 1,
            Self::PrivateChannel => 2,
        }
    }
}

impl Channel {
    pub fn context(&self) -> Context {
        match (self.guild_id, self.recipient_id) {
            (Some(_), _) => Context::Guild,
            (None, Some(_)) => Context::BotDm,
            (None, None) => Context::PrivateChannel,
        }
    }
}

impl World {
    /// A member's permissions in a guild, from their roles.
    pub fn member_permissions(&self, guild_id: GuildId, user_id: UserId) -> Permissions {
        let Some(guild) = self.guilds.get(&guild_id) else {
            return Permissions::empty();
        };
        if guild.owner_id == user_id {
            return Permissions::all();
        }
        let Some(held) = guild.members.get(&user_id) else {
            return Permissions::empty();
        };
        guild
            .roles
            .iter()
            .filter(|role| role.id == guild_id.everyone() || held.contains(&role.id))
            .map(|role| role.permissions)
            .collect()
    }

    /// Whether the bot was invited to a guild and has not been kicked.
    pub fn bot_is_in_guild(&self, guild_id: GuildId) -> bool {
        self.guilds
            .get(&guild_id)
            .is_some_and(|guild| guild.members.contains_key(&self.bot_id()))
    }

    /// The bot's permissions in a guild's channel; a thread has its parent's. None if the bot is
    /// not there.
    pub fn bot_permissions(&self, channel: &Channel) -> Permissions {
        let Some(guild_id) = channel.guild_id else {
            return Permissions::empty();
        };
        let parent = channel
            .thread
            .as_ref()
            .and_then(|thread| self.channels.get(&thread.parent_id));
        let denied = parent.unwrap_or(channel).bot_denied;
        let held = self.member_permissions(guild_id, self.bot_id());
        if held.contains(Permissions::ADMINISTRATOR) {
            return Permissions::all();
        }
        // Without View Channel all other permissions are void.
        let left = held - denied;
        if left.contains(Permissions::VIEW_CHANNEL) {
            left
        } else {
            Permissions::empty()
        }
    }

    /// The app permissions reported with an interaction.
    pub fn app_permissions(&self, channel: &Channel) -> Permissions {
        match channel.context() {
            Context::Guild if self.bot_is_in_guild(channel.guild_id.unwrap_or_default()) => {
                self.bot_permissions(channel)
            }
            // Without the bot there are no roles to count.
            Context::Guild | Context::BotDm => Permissions::BOT_DM,
            Context::PrivateChannel => Permissions::PRIVATE_CHANNEL,
        }
    }

    /// Whether the bot can see a channel: its own conversations, and what its roles show it.
    pub fn bot_sees(&self, channel: &Channel) -> bool {
        match channel.context() {
            Context::BotDm => true,
            Context::PrivateChannel => false,
            Context::Guild => {
                let held = self.bot_permissions(channel);
                let is_let_in = channel.thread.as_ref().is_none_or(|thread| {
                    thread.is_open_to(self.bot_id()) || held.covers(Permissions::MANAGE_THREADS)
                });
                is_let_in && held.covers(Permissions::VIEW_CHANNEL)
            }
        }
    }

    /// Whether a user is in the channel's guild or takes part in the conversation.
    pub fn may_see(&self, channel: &Channel, user_id: UserId) -> bool {
        match channel.context() {
            Context::BotDm => channel.recipient_id == Some(user_id),
            Context::PrivateChannel => channel.private_to.contains(&user_id),
            Context::Guild => {
                let held = self.member_permissions(channel.guild_id.unwrap_or_default(), user_id);
                !held.is_empty()
                    && channel.thread.as_ref().is_none_or(|thread| {
                        thread.is_open_to(user_id) || held.covers(Permissions::MANAGE_THREADS)
                    })
            }
        }
    }

    /// The installations by which this user may use a command here, as in
    /// `authorizing_integration_owners`; empty if none:
    /// <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object>.
    pub(super) fn owners(&self, command: &Value, channel: &Channel, user_id: UserId) -> Value {
        let context = channel.context();
        let types = command["integration_types"].as_array();
        let has_type = |kind: i64| types.is_some_and(|types| types.iter().any(|one| *one == kind));
        let is_user_installed = has_type(1) && command.get("guild_id").is_none();
        let fits = match command["contexts"].as_array() {
            Some(contexts) => contexts.iter().any(|one| *one == context.number()),
            None => match context {
                Context::Guild => true,
                Context::BotDm => command["dm_permission"] != false,
                Context::PrivateChannel => is_user_installed,
            },
        };
        let mut owners = json!({});
        if !fits {
            return owners;
        }
        let of_guild = match context {
            Context::Guild => channel
                .guild_id
                .filter(|id| self.bot_is_in_guild(*id))
                .map(|id| json!(id)),
            Context::BotDm => Some(json!("0")),
            Context::PrivateChannel => None,
        };
        if let Some(owner) = of_guild
            && (has_type(0) || command.get("guild_id").is_some())
        {
            owners["0"] = owner;
        }
        if is_user_installed && self.installed_by.contains(&user_id) {
            owners["1"] = json!(user_id);
        }
        owners
    }
}

/// The installation of a message's component: that of the interaction that made the message, or
/// that of the bot that posted it.
pub(super) fn component_owners(message: &Message, channel: &Channel) -> Value {
    let inherited = message
        .interaction_metadata
        .as_ref()
        .map(|metadata| metadata["authorizing_integration_owners"].clone());
    inherited.unwrap_or_else(|| match channel.context() {
        Context::Guild => json!({ "0": channel.guild_id.unwrap_or_default() }),
        Context::BotDm | Context::PrivateChannel => json!({ "0": "0" }),
    })
}
