//! The JSON objects of Discord's API, with every field that clients need to decode them.

use serde_json::{Value, json};

use super::{Channel, Guild, Message, User, World};
use crate::{
    clock,
    id::{GuildId, UserId},
    permissions::Permissions,
    validate::message::MessageFlags,
};

/// Discord's upload limit for a server without boosts, in bytes.
pub const ATTACHMENT_BYTES_MAX: u64 = 10 * 1024 * 1024;

impl User {
    /// The user object.
    pub fn json(&self) -> Value {
        let mut user = json!({
            "id": self.id,
            "username": self.username,
            "global_name": self.global_name,
            "discriminator": if self.bot { "0001" } else { "0" },
            "avatar": null,
            "avatar_decoration_data": null,
            "collectibles": null,
            "primary_guild": null,
            "clan": null,
            "public_flags": 0,
        });
        if self.bot {
            user["bot"] = json!(true);
        }
        user
    }
}

impl Guild {
    /// The guild object of `GET /guilds/{id}`.
    pub fn json(&self) -> Value {
        let roles: Vec<Value> = self.roles.iter().map(super::Role::json).collect();
        json!({
            "id": self.id, "name": self.name, "icon": null, "splash": null,
            "discovery_splash": null, "owner_id": self.owner_id,
            "afk_channel_id": null, "afk_timeout": 300, "widget_enabled": false,
            "widget_channel_id": null, "verification_level": 0,
            "default_message_notifications": 1, "explicit_content_filter": 0, "roles": roles,
            "emojis": [], "features": [], "mfa_level": 0, "application_id": null,
            "system_channel_id": null, "system_channel_flags": 0, "rules_channel_id": null,
            "max_members": 500_000, "vanity_url_code": null, "description": null, "banner": null,
            "premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": self.locale,
            "public_updates_channel_id": null, "max_video_channel_users": 25,
            "max_stage_video_channel_users": 50, "nsfw_level": 0, "nsfw": false, "stickers": [],
            "premium_progress_bar_enabled": false, "safety_alerts_channel_id": null,
            "incidents_data": null,
        })
    }
}

impl World {
    /// The guild member object, without `permissions`.
    pub fn member_json(&self, guild: &Guild, user_id: UserId) -> Option<Value> {
        let roles = guild.members.get(&user_id)?;
        let user = self.users.get(&user_id)?;
        Some(json!({
            "user": user.json(),
            "nick": null, "avatar": null, "banner": null, "avatar_decoration_data": null,
            "roles": roles,
            "joined_at": clock::timestamp(guild.id.time_ms() + 60_000),
            "premium_since": null, "deaf": false, "mute": false, "flags": 0, "pending": false,
            "communication_disabled_until": null, "unusual_dm_activity_until": null,
        }))
    }

    /// The guild as sent when a client connects (`GUILD_CREATE`).
    pub fn guild_create_json(&self, guild_id: GuildId) -> Value {
        let Some(guild) = self.guilds.get(&guild_id) else {
            return Value::Null;
        };
        let mut body = guild.json();
        let of_guild = |channel: &&Channel| channel.guild_id == Some(guild_id);
        let channels = self.channels.values().filter(of_guild);
        let (threads, channels): (Vec<_>, Vec<_>) =
            channels.partition(|channel| channel.thread.is_some());
        let active = threads.iter().filter(|channel| {
            let thread = channel.thread.as_ref();
            self.bot_sees(channel) && thread.is_some_and(|thread| !thread.is_archived)
        });
        let json = |channel: &&Channel| self.channel_json(channel);
        body["channels"] = channels.iter().map(json).collect();
        body["threads"] = active.map(json).collect();
        body["joined_at"] = json!(clock::timestamp(guild.id.time_ms() + 60_000));
        body["large"] = json!(false);
        body["unavailable"] = json!(false);
        body["member_count"] = json!(guild.members.len());
        // Without the members intent only the bot itself is listed.
        body["members"] = self.member_json(guild, self.bot_id()).into_iter().collect();
        body["guild_scheduled_events"] = guild.events.values().cloned().collect();
        for empty in [
            "voice_states",
            "presences",
            "stage_instances",
            "soundboard_sounds",
        ] {
            body[empty] = json!([]);
        }
        body
    }

    /// The full channel object.
    pub fn channel_json(&self, channel: &Channel) -> Value {
        let last = self
            .messages
            .get(&channel.id)
            .and_then(|messages| messages.keys().next_back());
        match (channel.guild_id, channel.recipient_id) {
            (None, recipient) => {
                let others = recipient.iter().chain(&channel.private_to);
                let others = others.filter_map(|id| self.users.get(id));
                // Between more than two it is a group.
                let kind = if channel.private_to.len() > 2 { 3 } else { 1 };
                json!({
                    "id": channel.id, "type": kind, "last_message_id": last, "flags": 0,
                    "recipients": others.map(User::json).collect::<Vec<_>>(),
                })
            }
            (guild_id, _) => {
                let mut deny = Vec::new();
                if !channel.bot_denied.is_empty() {
                    deny.push(json!({
                        "id": self.bot_id(), "type": 1,
                        "allow": Permissions::empty(), "deny": channel.bot_denied,
                    }));
                }
                let position = guild_id
                    .and_then(|id| self.guilds.get(&id))
                    .and_then(|guild| guild.channels.iter().position(|id| *id == channel.id));
                let mut body = json!({
                    "id": channel.id, "type": 0, "name": channel.name,
                    "guild_id": guild_id, "position": position,
                    "permission_overwrites": deny, "nsfw": false, "topic": null,
                    "rate_limit_per_user": 0, "parent_id": null, "last_message_id": last,
                    "last_pin_timestamp": null, "flags": 0,
                });
                if let Some(thread) = &channel.thread {
                    for name in ["position", "permission_overwrites", "nsfw", "topic"] {
                        body.as_object_mut().map(|fields| fields.remove(name));
                    }
                    let fields = self.thread_fields(channel, thread);
                    for (name, value) in fields.as_object().into_iter().flatten() {
                        body[name] = value.clone();
                    }
                }
                body
            }
        }
    }

    /// The channel as sent with an interaction.
    pub fn interaction_channel_json(&self, channel: &Channel, user_id: UserId) -> Value {
        let mut body = self.channel_json(channel);
        let held = channel.guild_id.map_or(Permissions::BOT_DM, |guild_id| {
            self.member_permissions(guild_id, user_id)
        });
        body["permissions"] = json!(held);
        body
    }

    /// The message object.
    pub fn message_json(&self, message: &Message) -> Value {
        let mut body = self.message_core(message);
        if let Some(id) = message.reply_to {
            let other = self.find_message(message.channel_id, id);
            body["referenced_message"] =
                other.map_or(Value::Null, |other| self.message_core(other));
        }
        body
    }

    fn message_core(&self, message: &Message) -> Value {
        let users = message.mentions.iter().filter_map(|id| self.users.get(id));
        let mut body = json!({
            "id": message.id,
            "channel_id": message.channel_id,
            "author": self.users.get(&message.author_id).map(User::json),
            "content": message.content,
            "timestamp": clock::timestamp(message.created_ms),
            "edited_timestamp": message.edited_ms.map(clock::timestamp),
            "tts": message.tts,
            "mention_everyone": message.mention_everyone,
            "mentions": users.map(User::json).collect::<Vec<_>>(),
            "mention_roles": message.mention_roles,
            "attachments": message.attachments.values().collect::<Vec<_>>(),
            "embeds": message.embeds,
            "components": message.components,
            "pinned": false,
            "type": message.kind,
            "flags": message.flags.bits(),
        });
        if let Some(nonce) = &message.nonce {
            body["nonce"] = nonce.clone();
        }
        if message.interaction_id.is_some() {
            body["application_id"] = json!(self.application_id);
            // What answers an interaction is a webhook with the application's id:
            // <https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages>.
            body["webhook_id"] = json!(self.application_id);
        }
        if let Some(metadata) = &message.interaction_metadata {
            body["interaction_metadata"] = metadata.clone();
        }
        if let Some(id) = message.reply_to {
            let guild_id = self
                .channels
                .get(&message.channel_id)
                .and_then(|c| c.guild_id);
            body["message_reference"] = json!({
                "type": 0,
                "message_id": id,
                "channel_id": message.channel_id,
            });
            if let Some(guild_id) = guild_id {
                body["message_reference"]["guild_id"] = json!(guild_id);
            }
        }
        body
    }

    /// The message object with extra fields for the page.
    pub fn page_message(&self, message: &Message) -> Value {
        let mut body = self.message_json(message);
        body["pinged"] = json!(message.pinged);
        body["visible_to"] = json!(message.visible_to);
        if body.get("interaction_metadata").is_none() {
            body["interaction_metadata"] = Value::Null;
        }
        body["thinking"] = json!(message.flags.contains(MessageFlags::LOADING));
        body
    }

    /// Every command, global ones first.
    pub fn commands_json(&self) -> Vec<Value> {
        let mut all: Vec<_> = self.commands.values().collect();
        all.sort_by_key(|command| command.guild_id);
        all.into_iter()
            .map(|command| command.body.clone())
            .collect()
    }

    /// A snapshot for a page that opens.
    pub fn snapshot(&self, online: bool) -> Value {
        let bot = self.users.get(&self.bot_id());
        let mut messages = json!({});
        for (channel_id, list) in &self.messages {
            messages[channel_id.to_string()] = list
                .values()
                .map(|message| self.page_message(message))
                .collect();
        }
        let mut snapshot = self.places_json();
        snapshot["type"] = json!("snapshot");
        snapshot["bot"] = json!({
            "id": self.bot_id(),
            "username": bot.map(|user| &user.username),
            "online": online,
        });
        snapshot["commands"] = json!(self.commands_json());
        snapshot["messages"] = messages;
        snapshot["rejections"] = json!(self.rejections);
        snapshot
    }

    /// Servers, channels, threads, members and permissions: what a page shows around messages.
    pub(super) fn places_json(&self) -> Value {
        let members: Vec<&User> = self.users.values().filter(|user| !user.bot).collect();
        let guilds: Vec<Value> = self
            .guilds
            .values()
            .map(|guild| self.guild_summary(guild))
            .collect();
        let dms: Vec<Value> = self
            .channels
            .values()
            .filter_map(|channel| {
                let user_id = channel.recipient_id?;
                Some(json!({ "id": channel.id, "user_id": user_id }))
            })
            .collect();
        let privates: Vec<Value> = self
            .channels
            .values()
            .filter(|channel| !channel.private_to.is_empty())
            .map(|channel| json!({ "id": channel.id, "user_ids": channel.private_to }))
            .collect();
        let users: Vec<Value> = members
            .iter()
            .map(|user| {
                json!({
                    "id": user.id, "username": user.username,
                    "global_name": user.global_name, "locale": user.locale,
                    "installed": self.installed_by.contains(&user.id),
                    "simulated": user.simulated,
                })
            })
            .collect();
        let mut held = json!({});
        for user in &members {
            for guild_id in self.guilds.keys() {
                held[user.id.to_string()][guild_id.to_string()] =
                    json!(self.member_permissions(*guild_id, user.id));
            }
        }
        json!({
            "guilds": guilds,
            "dms": dms,
            "privates": privates,
            "users": users,
            "permissions": held,
        })
    }

    fn guild_summary(&self, guild: &Guild) -> Value {
        let channels: Vec<Value> = guild
            .channels
            .iter()
            .filter_map(|id| self.channels.get(id))
            .map(|channel| {
                let threads = self.threads_where(|_, thread| thread.parent_id == channel.id);
                let mut body = self.channel_summary(channel);
                body["threads"] = threads.map(|thread| self.channel_summary(thread)).collect();
                body
            })
            .collect();
        let roles: Vec<Value> = guild
            .roles
            .iter()
            .map(|role| {
                let holders = guild.members.iter();
                let holders = holders.filter(|(_, held)| held.contains(&role.id));
                json!({
                    "id": role.id, "name": role.name, "color": role.color,
                    "position": role.position,
                    "members": holders.map(|(id, _)| id).collect::<Vec<_>>(),
                })
            })
            .collect();
        json!({
            "id": guild.id, "name": guild.name, "locale": guild.locale,
            "channels": channels,
            "roles": roles, "events": guild.events.values().collect::<Vec<_>>(),
            "has_bot": self.bot_is_in_guild(guild.id),
        })
    }

    fn channel_summary(&self, channel: &Channel) -> Value {
        let mut body = json!({
            "id": channel.id, "name": channel.name,
            "bot_may_post": self.check_may_post(channel.id).is_ok(),
        });
        if let Some(thread) = &channel.thread {
            body["archived"] = json!(thread.is_archived);
            body["locked"] = json!(thread.is_locked);
            body["owner_id"] = json!(thread.owner_id);
            if thread.is_private {
                body["members"] = thread.members.keys().map(|id| json!(id)).collect();
            }
        }
        body
    }
}
