//! Messages: posting, editing, deleting, and who sees them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    Channel, MESSAGES_PER_CHANNEL_MAX, Message, World, places::Context, thread_rules::ThreadAction,
};
use crate::{
    error::ApiError,
    id::{ChannelId, InteractionId, MessageId, UserId},
    permissions::Permissions,
    validate::{
        form::FormErrors,
        message::{AllowedMentions, Draft, File, MessageFlags},
    },
};

/// How long, in milliseconds, a repeated enforced nonce returns the first message.
const NONCE_WINDOW_MS: u64 = 5 * 60 * 1000;
/// A message in reply to another.
const KIND_REPLY: u8 = 19;

/// The endpoint that edits a message, which decides what it may touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditAs {
    /// Through the channel: only the bot's own messages, never an ephemeral one.
    Bot,
    /// Through the token of this interaction.
    Interaction(InteractionId),
}

/// A new message before it has an id.
#[derive(Debug, Default)]
pub(super) struct NewMessage {
    pub author_id: UserId,
    pub kind: u8,
    pub flags: MessageFlags,
    pub reply_to: Option<MessageId>,
    pub interaction_id: Option<InteractionId>,
    pub interaction_metadata: Option<Value>,
    pub visible_to: Option<UserId>,
}

impl World {
    /// A message by its channel and id.
    pub fn find_message(&self, channel_id: ChannelId, id: MessageId) -> Option<&Message> {
        self.messages.get(&channel_id)?.get(&id)
    }

    /// A channel that the bot can see.
    ///
    /// # Errors
    /// 10003 or 50001.
    pub fn channel_for_bot(&self, id: ChannelId) -> Result<&Channel, ApiError> {
        let channel = self
            .channels
            .get(&id)
            .ok_or_else(ApiError::unknown_channel)?;
        if self.bot_sees(channel) {
            Ok(channel)
        } else {
            Err(ApiError::missing_access())
        }
    }

    /// A message that the bot can fetch: not an ephemeral one.
    ///
    /// # Errors
    /// 10003, 50001 or 10008.
    pub fn message_for_bot(
        &self,
        channel_id: ChannelId,
        id: MessageId,
    ) -> Result<&Message, ApiError> {
        self.channel_for_bot(channel_id)?;
        self.find_message(channel_id, id)
            .filter(|message| message.visible_to.is_none())
            .ok_or_else(ApiError::unknown_message)
    }

    /// The newest messages of a channel that the bot can fetch, newest first.
    ///
    /// # Errors
    /// 10003 or 50001.
    pub fn messages_for_bot(
        &self,
        channel_id: ChannelId,
        before: Option<MessageId>,
        after: Option<MessageId>,
        limit: usize,
    ) -> Result<Vec<Value>, ApiError> {
        let channel = self.channel_for_bot(channel_id)?;
        let held = self.bot_permissions(channel);
        // Without Read Message History nothing is shown.
        let may_read = channel.guild_id.is_none() || held.covers(Permissions::READ_MESSAGE_HISTORY);
        let messages = self.messages.get(&channel_id).filter(|_| may_read);
        Ok(messages
            .into_iter()
            .flat_map(|list| list.values().rev())
            .filter(|message| message.visible_to.is_none())
            .filter(|message| before.is_none_or(|id| message.id < id))
            .filter(|message| after.is_none_or(|id| message.id > id))
            .take(limit)
            .map(|message| self.message_json(message))
            .collect())
    }

    /// Whether the bot may post in a channel: Send Messages in a channel, Send Messages in Threads
    /// in a thread, nothing at all in a conversation with the bot.
    ///
    /// # Errors
    /// 10003, 50001, 50013, 50083 or 160005.
    pub fn check_may_post(&self, channel_id: ChannelId) -> Result<(), ApiError> {
        let channel = self.channel_for_bot(channel_id)?;
        if channel.context() == Context::BotDm {
            return Ok(());
        }
        let held = self.bot_permissions(channel);
        let needed = if channel.thread.is_some() {
            Permissions::SEND_MESSAGES_IN_THREADS
        } else {
            Permissions::SEND_MESSAGES
        };
        if !held.covers(needed) {
            return Err(ApiError::missing_permissions());
        }
        Self::check_thread(channel, held, ThreadAction::Send)
    }

    /// Whether the bot may post this content: in a server, embeds and files need permissions of
    /// their own.
    fn check_may_post_this(
        &self,
        channel_id: ChannelId,
        draft: &Draft,
        files: &[File],
    ) -> Result<(), ApiError> {
        self.check_may_post(channel_id)?;
        let channel = self.channel_for_bot(channel_id)?;
        let held = self.bot_permissions(channel);
        let has_embeds = draft.embeds.as_ref().is_some_and(|all| !all.is_empty());
        let lacks = |needed| channel.guild_id.is_some() && !held.covers(needed);
        if (has_embeds && lacks(Permissions::EMBED_LINKS))
            || (!files.is_empty() && lacks(Permissions::ATTACH_FILES))
            || (draft.reference.is_some() && lacks(Permissions::READ_MESSAGE_HISTORY))
        {
            return Err(ApiError::missing_permissions());
        }
        Ok(())
    }

    /// Posts as the bot in a channel.
    ///
    /// # Errors
    /// 10003, 50001, 50013, 50083, 160005, or 50035 for an unknown message to reply to.
    pub fn post_as_bot(
        &mut self,
        channel_id: ChannelId,
        draft: Draft,
        files: &[File],
        now_ms: u64,
    ) -> Result<Value, ApiError> {
        self.check_may_post_this(channel_id, &draft, files)?;
        if draft.enforce_nonce
            && let Some(nonce) = &draft.nonce
            && let Some(first) = self.message_with_nonce(channel_id, nonce, now_ms)
        {
            return Ok(self.message_json(first));
        }
        let reply_to = self.check_reference(channel_id, &draft)?;
        let new = NewMessage {
            author_id: self.bot_id(),
            kind: if reply_to.is_some() { KIND_REPLY } else { 0 },
            flags: draft.flags.unwrap_or_default(),
            reply_to,
            ..NewMessage::default()
        };
        let id = self.insert_message(channel_id, new, draft, files, now_ms);
        Ok(self.message_value(channel_id, id))
    }

    /// Posts as a member; the bot is not told, since it requests no message intents.
    ///
    /// # Errors
    /// A sentence for the member.
    pub fn post_as_member(
        &mut self,
        user_id: UserId,
        channel_id: ChannelId,
        content: &str,
        now_ms: u64,
    ) -> Result<MessageId, String> {
        let channel = self
            .channels
            .get(&channel_id)
            .ok_or("There is no such channel.")?;
        if self.users.get(&user_id).is_none_or(|user| user.bot) {
            return Err("There is no such member.".to_owned());
        }
        if !self.may_see(channel, user_id) {
            return Err("This member cannot see the channel.".to_owned());
        }
        if let Some(guild_id) = channel.guild_id {
            let held = self.member_permissions(guild_id, user_id);
            let needed = if channel.thread.is_some() {
                Permissions::SEND_MESSAGES_IN_THREADS
            } else {
                Permissions::SEND_MESSAGES
            };
            if !held.covers(needed) {
                return Err("This member may not write here.".to_owned());
            }
            if Self::check_thread(channel, held, ThreadAction::Send).is_err() {
                return Err("This thread is locked.".to_owned());
            }
        }
        if content.trim().is_empty() || content.chars().count() > 2000 {
            return Err("A message has 1 to 2000 characters.".to_owned());
        }
        let draft = Draft {
            content: Some(content.to_owned()),
            ..Draft::default()
        };
        let new = NewMessage {
            author_id: user_id,
            ..NewMessage::default()
        };
        Ok(self.insert_message(channel_id, new, draft, &[], now_ms))
    }

    fn message_with_nonce(
        &self,
        channel_id: ChannelId,
        nonce: &Value,
        now_ms: u64,
    ) -> Option<&Message> {
        self.messages
            .get(&channel_id)?
            .values()
            .rev()
            .find(|message| {
                message.author_id == self.bot_id()
                    && message.nonce.as_ref() == Some(nonce)
                    && now_ms.saturating_sub(message.created_ms) < NONCE_WINDOW_MS
            })
    }

    fn check_reference(
        &self,
        channel_id: ChannelId,
        draft: &Draft,
    ) -> Result<Option<MessageId>, ApiError> {
        let Some(reference) = draft.reference else {
            return Ok(None);
        };
        let known = self
            .find_message(channel_id, reference.message_id)
            .is_some_and(|message| message.visible_to.is_none());
        if !known && reference.must_exist {
            let mut errors = FormErrors::default();
            errors.add(
                "message_reference",
                "REPLIES_UNKNOWN_MESSAGE",
                "Unknown message",
            );
            errors.finish()?;
        }
        Ok(known.then_some(reference.message_id))
    }

    pub(super) fn insert_message(
        &mut self,
        channel_id: ChannelId,
        new: NewMessage,
        draft: Draft,
        files: &[File],
        now_ms: u64,
    ) -> MessageId {
        let id = self.ids.next(now_ms);
        let mut message = Message {
            id,
            channel_id,
            author_id: new.author_id,
            content: String::new(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: BTreeMap::new(),
            flags: new.flags,
            kind: new.kind,
            created_ms: now_ms,
            edited_ms: None,
            nonce: draft.nonce.clone(),
            reply_to: new.reply_to,
            mentions: Vec::new(),
            mention_roles: Vec::new(),
            mention_everyone: false,
            pinged: Vec::new(),
            tts: draft.tts,
            interaction_id: new.interaction_id,
            interaction_metadata: new.interaction_metadata,
            visible_to: new.visible_to,
        };
        self.fill(&mut message, draft, files, now_ms);
        message.pinged = self.pinged_by(&message);
        self.wake_thread(channel_id, message.author_id, now_ms);
        let event = json!({ "type": "message_create", "message": self.page_message(&message) });
        let list = self.messages.entry(channel_id).or_default();
        list.insert(id, message);
        if list.len() > MESSAGES_PER_CHANNEL_MAX {
            list.pop_first();
        }
        self.tell_page(event);
        id
    }

    /// Copies the sent fields of a draft into a message; the others stay unchanged.
    fn fill(&mut self, message: &mut Message, draft: Draft, files: &[File], now_ms: u64) {
        if let Some(content) = draft.content {
            message.content = content;
            self.set_mentions(message, &draft.mentions);
        }
        if let Some(embeds) = draft.embeds {
            message.embeds = embeds;
        }
        if let Some(components) = draft.components {
            message.components = components;
        }
        if let Some(kept) = draft.kept_attachments {
            message.attachments.retain(|id, _| kept.contains(id));
        }
        let folder = format!("attachments/{}", message.channel_id);
        for (description, file) in draft.new_files.into_iter().zip(files) {
            let (id, mut body) = self.keep_file(&folder, file, now_ms);
            if let Some(description) = description {
                body["description"] = json!(description);
            }
            message.attachments.insert(id, body);
        }
        show_attachments(message);
    }

    /// The users and roles that the content names and the sender allows. Mentions in an embed do
    /// not count.
    fn set_mentions(&self, message: &mut Message, allowed: &AllowedMentions) {
        let content = &message.content;
        message.mentions = self
            .users
            .keys()
            .filter(|id| {
                content.contains(&format!("<@{id}>")) || content.contains(&format!("<@!{id}>"))
            })
            .filter(|id| allowed.users.includes(id))
            .copied()
            .collect();
        let channel = self.channels.get(&message.channel_id);
        let guild_id = channel.and_then(|channel| channel.guild_id);
        let guild = guild_id.and_then(|id| self.guilds.get(&id));
        let held = guild
            .map(|guild| self.member_permissions(guild.id, message.author_id))
            .unwrap_or_default();
        let may_ping_all = held.covers(Permissions::MENTION_EVERYONE);
        let roles = guild.into_iter().flat_map(|guild| &guild.roles);
        message.mention_roles = roles
            .filter(|role| content.contains(&format!("<@&{}>", role.id)))
            .filter(|role| allowed.roles.includes(&role.id))
            .filter(|role| role.mentionable || may_ping_all)
            .map(|role| role.id)
            .collect();
        let names_all = content.contains("@everyone") || content.contains("@here");
        message.mention_everyone = names_all && allowed.everyone && may_ping_all;
        if allowed.replied_user
            && let Some(other) = message
                .reply_to
                .and_then(|id| self.find_message(message.channel_id, id))
            && !message.mentions.contains(&other.author_id)
        {
            message.mentions.push(other.author_id);
        }
    }

    /// The users notified of a new message: those named, or holding a named role, who can see it.
    fn pinged_by(&self, message: &Message) -> Vec<UserId> {
        let Some(channel) = self.channels.get(&message.channel_id) else {
            return Vec::new();
        };
        let guild = channel.guild_id.and_then(|id| self.guilds.get(&id));
        let holds = |id: &UserId| {
            let held = guild.and_then(|guild| guild.members.get(id));
            held.is_some_and(|held| held.iter().any(|role| message.mention_roles.contains(role)))
        };
        let users = self.users.keys().copied();
        users
            .filter(|id| *id != message.author_id)
            .filter(|id| message.mention_everyone || message.mentions.contains(id) || holds(id))
            .filter(|id| self.may_see(channel, *id))
            .filter(|id| message.visible_to.is_none_or(|only| only == *id))
            .collect()
    }

    /// Edits a message with the sent fields of a draft.
    ///
    /// # Errors
    /// 10003, 50001, 10008, 50005, 50083, 160005, or 50006 when nothing would be left.
    pub fn edit(
        &mut self,
        channel_id: ChannelId,
        id: MessageId,
        editor: EditAs,
        draft: Draft,
        files: &[File],
        now_ms: u64,
    ) -> Result<Value, ApiError> {
        let found = match editor {
            EditAs::Bot => self.message_for_bot(channel_id, id)?,
            EditAs::Interaction(_) => self
                .find_message(channel_id, id)
                .ok_or_else(ApiError::unknown_message)?,
        };
        if found.author_id != self.bot_id() {
            return Err(ApiError::not_the_author());
        }
        let mut message = found.clone();
        if let Some(channel) = self.channels.get(&channel_id) {
            Self::check_thread(channel, self.bot_permissions(channel), ThreadAction::Edit)?;
        }
        let was_loading = message.flags.contains(MessageFlags::LOADING);
        if let Some(flags) = draft.flags {
            // Only this bit can change after a message was made.
            let changed = MessageFlags::SUPPRESS_EMBEDS;
            message.flags.set(changed, flags.contains(changed));
        }
        self.fill(&mut message, draft, files, now_ms);
        let is_empty = message.content.trim().is_empty()
            && message.embeds.is_empty()
            && message.components.is_empty()
            && message.attachments.is_empty();
        if is_empty {
            return Err(ApiError::empty_message());
        }
        if was_loading && matches!(editor, EditAs::Interaction(_)) {
            message.flags -= MessageFlags::LOADING;
        } else {
            message.edited_ms = Some(now_ms);
        }
        let answer = self.message_json(&message);
        let event = json!({ "type": "message_update", "message": self.page_message(&message) });
        self.messages
            .entry(channel_id)
            .or_default()
            .insert(id, message);
        self.tell_page(event);
        Ok(answer)
    }

    /// Deletes a message through its channel.
    ///
    /// # Errors
    /// 10003, 50001, 10008, 50003, 50013 or 50083.
    pub fn delete_as_bot(&mut self, channel_id: ChannelId, id: MessageId) -> Result<(), ApiError> {
        let author_id = self.message_for_bot(channel_id, id)?.author_id;
        let channel = self.channel_for_bot(channel_id)?;
        let held = self.bot_permissions(channel);
        Self::check_thread(channel, held, ThreadAction::Delete)?;
        if author_id != self.bot_id() {
            if channel.guild_id.is_none() {
                return Err(ApiError::not_in_dm());
            }
            if !held.covers(Permissions::MANAGE_MESSAGES) {
                return Err(ApiError::missing_permissions());
            }
        }
        self.remove_message(channel_id, id);
        Ok(())
    }

    pub(super) fn remove_message(&mut self, channel_id: ChannelId, id: MessageId) {
        let list = self.messages.entry(channel_id).or_default();
        if list.remove(&id).is_some() {
            self.tell_page(json!({
                "type": "message_delete",
                "channel_id": channel_id,
                "id": id,
            }));
        }
    }

    /// The message object of an existing message.
    pub(super) fn message_value(&self, channel_id: ChannelId, id: MessageId) -> Value {
        self.find_message(channel_id, id)
            .map_or(Value::Null, |message| self.message_json(message))
    }

    /// The only user who sees a message with these flags, if it answers this user.
    pub(super) fn audience(flags: MessageFlags, user_id: UserId) -> Option<UserId> {
        flags.contains(MessageFlags::EPHEMERAL).then_some(user_id)
    }
}

/// Gives embed pictures that name an attachment that attachment's address and description.
fn show_attachments(message: &mut Message) {
    let find = |url: &Value| {
        let name = url.as_str()?.strip_prefix("attachment://")?;
        message
            .attachments
            .values()
            .find(|file| file["filename"] == name)
    };
    for embed in &mut message.embeds {
        for part in ["image", "thumbnail"] {
            if let Some(file) = embed.get(part).and_then(|part| find(&part["url"])) {
                let mut picture = json!({ "url": file["url"], "proxy_url": file["proxy_url"] });
                for told in ["width", "height", "content_type", "description"] {
                    if let Some(value) = file.get(told) {
                        picture[told] = value.clone();
                    }
                }
                embed[part] = picture;
            }
        }
        for part in ["author", "footer"] {
            if let Some(file) = embed.get(part).and_then(|part| find(&part["icon_url"])) {
                embed[part]["icon_url"] = file["url"].clone();
            }
        }
    }
}
