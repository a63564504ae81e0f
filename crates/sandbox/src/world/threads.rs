//! Threads: who may start them and write in them, and what archiving and locking forbid.
//!
//! The rules are those of <https://discord.com/developers/docs/topics/threads>.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Channel, World, messages::NewMessage};
use crate::{
    clock,
    error::ApiError,
    id::{ChannelId, GuildId, MessageId, UserId},
    permissions::Permissions,
    validate::{
        message::Draft,
        thread::{NewThread, ThreadChange},
    },
};

/// Most active threads of a guild.
const ACTIVE_MAX: usize = 1000;
/// A system message in the parent channel: a thread was started.
const KIND_THREAD_CREATED: u8 = 18;
/// A system message that refers to the message a thread was started from.
const KIND_THREAD_STARTER: u8 = 21;

/// The extra fields of a thread.
#[derive(Debug, Clone)]
pub struct Thread {
    pub parent_id: ChannelId,
    pub owner_id: UserId,
    pub is_private: bool,
    pub is_archived: bool,
    pub is_locked: bool,
    pub auto_archive_minutes: u64,
    pub archive_ms: u64,
    pub created_ms: u64,
    /// Who has joined, and when, in Unix milliseconds.
    pub members: BTreeMap<UserId, u64>,
    /// Messages sent in total.
    pub sent: u64,
}

impl Thread {
    /// Whether a user who may not manage threads can see it.
    pub fn is_open_to(&self, user_id: UserId) -> bool {
        !self.is_private || self.members.contains_key(&user_id)
    }
}

impl World {
    /// Sending a message joins the thread, counts, and reopens it.
    pub(super) fn wake_thread(&mut self, channel_id: ChannelId, user_id: UserId, now_ms: u64) {
        let Some(thread) = self.thread_mut(channel_id) else {
            return;
        };
        let was_archived = std::mem::replace(&mut thread.is_archived, false);
        thread.members.entry(user_id).or_insert(now_ms);
        thread.sent += 1;
        if was_archived {
            thread.archive_ms = now_ms;
            self.tell_places();
        }
    }

    fn thread_mut(&mut self, channel_id: ChannelId) -> Option<&mut Thread> {
        self.channels.get_mut(&channel_id)?.thread.as_mut()
    }

    /// The active threads of a guild that the bot can see.
    ///
    /// # Errors
    /// 10004 or 50001.
    pub fn active_threads(&self, guild_id: GuildId) -> Result<Value, ApiError> {
        self.guild_for_bot(guild_id)?;
        let threads: Vec<Value> = self
            .threads_where(|channel, thread| {
                channel.guild_id == Some(guild_id) && !thread.is_archived
            })
            .filter(|channel| self.bot_sees(channel))
            .map(|channel| self.channel_json(channel))
            .collect();
        Ok(json!({ "threads": threads, "members": [], "has_more": false }))
    }

    /// The archived public threads of a channel.
    ///
    /// # Errors
    /// 10003 or 50001.
    pub fn archived_threads(&self, parent_id: ChannelId) -> Result<Value, ApiError> {
        self.channel_for_bot(parent_id)?;
        let threads: Vec<Value> = self
            .threads_where(|_, thread| {
                thread.parent_id == parent_id && thread.is_archived && !thread.is_private
            })
            .map(|channel| self.channel_json(channel))
            .collect();
        Ok(json!({ "threads": threads, "members": [], "has_more": false }))
    }

    pub(super) fn threads_where(
        &self,
        fits: impl Fn(&Channel, &Thread) -> bool,
    ) -> impl Iterator<Item = &Channel> {
        self.channels.values().filter(move |channel| {
            channel
                .thread
                .as_ref()
                .is_some_and(|thread| fits(channel, thread))
        })
    }

    /// The bot starts a thread, from a message or on its own.
    ///
    /// # Errors
    /// 10003, 50001, 50024, 10008, 160004, 160006 or 50013.
    pub fn start_thread_as_bot(
        &mut self,
        parent_id: ChannelId,
        message_id: Option<MessageId>,
        new: &NewThread,
        now_ms: u64,
    ) -> Result<Value, ApiError> {
        let parent = self.channel_for_bot(parent_id)?;
        if parent.guild_id.is_none() || parent.thread.is_some() {
            return Err(ApiError::wrong_channel_type());
        }
        let needed = if new.is_private {
            Permissions::CREATE_PRIVATE_THREADS
        } else {
            Permissions::CREATE_PUBLIC_THREADS
        };
        if !self.bot_permissions(parent).covers(needed) {
            return Err(ApiError::missing_permissions());
        }
        if let Some(message_id) = message_id {
            self.message_for_bot(parent_id, message_id)?;
        }
        let id = self.start_thread(self.bot_id(), parent_id, message_id, new, now_ms)?;
        self.channel_value(id)
    }

    /// Starts a thread; the caller has checked permissions.
    ///
    /// # Errors
    /// 160004 or 160006.
    pub(super) fn start_thread(
        &mut self,
        owner_id: UserId,
        parent_id: ChannelId,
        message_id: Option<MessageId>,
        new: &NewThread,
        now_ms: u64,
    ) -> Result<ChannelId, ApiError> {
        let guild_id = self.channels.get(&parent_id).and_then(|c| c.guild_id);
        if message_id.is_some_and(|id| self.channels.contains_key(&id.thread())) {
            return Err(ApiError::thread_exists());
        }
        let active = self
            .threads_where(|channel, thread| channel.guild_id == guild_id && !thread.is_archived)
            .count();
        if active >= ACTIVE_MAX {
            return Err(ApiError::too_many_threads());
        }
        let id = message_id.map_or_else(|| self.ids.next(now_ms), MessageId::thread);
        self.add_channel(Channel {
            id,
            name: new.name.clone(),
            guild_id,
            thread: Some(Thread {
                parent_id,
                owner_id,
                is_private: new.is_private,
                is_archived: false,
                is_locked: false,
                auto_archive_minutes: new.auto_archive_minutes,
                archive_ms: now_ms,
                created_ms: now_ms,
                members: BTreeMap::from([(owner_id, now_ms)]),
                sent: 0,
            }),
            ..Channel::default()
        });
        self.tell_places();
        self.announce_thread((parent_id, message_id), id, owner_id, now_ms);
        Ok(id)
    }

    /// The system message by which members learn of a thread.
    fn announce_thread(
        &mut self,
        (parent_id, message_id): (ChannelId, Option<MessageId>),
        id: ChannelId,
        owner_id: UserId,
        now_ms: u64,
    ) {
        let name = self.channels.get(&id).map(|c| c.name.clone());
        let is_private = self.thread_mut(id).is_some_and(|thread| thread.is_private);
        let (place, kind, content) = match message_id {
            Some(_) => (id, KIND_THREAD_STARTER, None),
            None if is_private => return,
            None => (parent_id, KIND_THREAD_CREATED, name),
        };
        let new = NewMessage {
            author_id: owner_id,
            kind,
            ..NewMessage::default()
        };
        let draft = Draft {
            content,
            ..Draft::default()
        };
        self.insert_message(place, new, draft, &[], now_ms);
    }

    pub(super) fn channel_value(&self, id: ChannelId) -> Result<Value, ApiError> {
        let channel = self
            .channels
            .get(&id)
            .ok_or_else(ApiError::unknown_channel)?;
        Ok(self.channel_json(channel))
    }

    /// The bot changes a thread.
    ///
    /// # Errors
    /// 10003, 50001, 50013 or 50083.
    pub fn change_thread_as_bot(
        &mut self,
        id: ChannelId,
        change: &ThreadChange,
        now_ms: u64,
    ) -> Result<Value, ApiError> {
        let channel = self.channel_for_bot(id)?;
        let held = self.bot_permissions(channel);
        let Some(thread) = &channel.thread else {
            // Editing a channel is not simulated; missing permissions are still reported.
            return Err(if held.covers(Permissions::MANAGE_CHANNELS) {
                ApiError::wrong_channel_type()
            } else {
                ApiError::missing_permissions()
            });
        };
        check_change(thread, self.bot_id(), held, change)?;
        self.change_thread(id, change, now_ms);
        self.channel_value(id)
    }

    pub(super) fn change_thread(&mut self, id: ChannelId, change: &ThreadChange, now_ms: u64) {
        if let Some(name) = &change.name
            && let Some(channel) = self.channels.get_mut(&id)
        {
            channel.name.clone_from(name);
        }
        if let Some(thread) = self.thread_mut(id) {
            if change.archived.is_some() || change.auto_archive_minutes.is_some() {
                thread.archive_ms = now_ms;
            }
            thread.is_archived = change.archived.unwrap_or(thread.is_archived);
            thread.is_locked = change.locked.unwrap_or(thread.is_locked);
            thread.auto_archive_minutes = change
                .auto_archive_minutes
                .unwrap_or(thread.auto_archive_minutes);
        }
        self.tell_places();
    }

    /// The bot deletes a thread or a channel.
    ///
    /// # Errors
    /// 10003, 50001, 50003 or 50013.
    pub fn delete_channel_as_bot(&mut self, id: ChannelId) -> Result<Value, ApiError> {
        let channel = self.channel_for_bot(id)?;
        if channel.guild_id.is_none() {
            return Err(ApiError::not_in_dm());
        }
        let needed = if channel.thread.is_some() {
            Permissions::MANAGE_THREADS
        } else {
            Permissions::MANAGE_CHANNELS
        };
        if !self.bot_permissions(channel).covers(needed) {
            return Err(ApiError::missing_permissions());
        }
        let body = self.channel_value(id)?;
        self.remove_channel(id);
        Ok(body)
    }

    /// Deletes a channel with its threads and messages.
    pub(super) fn remove_channel(&mut self, id: ChannelId) {
        let below = self.threads_where(|_, thread| thread.parent_id == id);
        let gone: Vec<ChannelId> = below.map(|channel| channel.id).chain([id]).collect();
        for id in &gone {
            self.channels.remove(id);
            self.messages.remove(id);
        }
        for guild in self.guilds.values_mut() {
            guild.channels.retain(|id| !gone.contains(id));
        }
        self.tell_places();
    }

    /// The bot adds a user to a thread or removes one; no user means itself.
    ///
    /// # Errors
    /// 10003, 50001, 50024, 50083, 10013 or 50013.
    pub fn set_thread_member(
        &mut self,
        id: ChannelId,
        user_id: Option<UserId>,
        is_in: bool,
        now_ms: u64,
    ) -> Result<(), ApiError> {
        let channel = self.channel_for_bot(id)?;
        let held = self.bot_permissions(channel);
        let thread = channel
            .thread
            .as_ref()
            .ok_or_else(ApiError::wrong_channel_type)?;
        if thread.is_archived {
            return Err(ApiError::thread_archived());
        }
        let who = user_id.unwrap_or(self.bot_id());
        let guild = channel.guild_id.and_then(|id| self.guilds.get(&id));
        if !guild.is_some_and(|guild| guild.members.contains_key(&who)) {
            return Err(ApiError::unknown_member());
        }
        let may = user_id.is_none()
            || held.covers(Permissions::MANAGE_THREADS)
            || if is_in {
                held.covers(Permissions::SEND_MESSAGES_IN_THREADS)
            } else {
                thread.is_private && thread.owner_id == self.bot_id()
            };
        if !may {
            return Err(ApiError::missing_permissions());
        }
        if let Some(thread) = self.thread_mut(id) {
            if is_in {
                thread.members.entry(who).or_insert(now_ms);
            } else {
                thread.members.remove(&who);
            }
        }
        self.tell_places();
        Ok(())
    }

    /// The extra fields of a thread's channel object.
    pub(super) fn thread_fields(&self, channel: &Channel, thread: &Thread) -> Value {
        let count = self.messages.get(&channel.id).map_or(0, BTreeMap::len);
        let mut body = json!({
            "type": if thread.is_private { 12 } else { 11 },
            "parent_id": thread.parent_id,
            "owner_id": thread.owner_id,
            "message_count": count,
            "member_count": thread.members.len().min(50),
            "total_message_sent": thread.sent,
            "thread_metadata": {
                "archived": thread.is_archived,
                "locked": thread.is_locked,
                "auto_archive_duration": thread.auto_archive_minutes,
                "archive_timestamp": clock::timestamp(thread.archive_ms),
                "create_timestamp": clock::timestamp(thread.created_ms),
            },
        });
        if thread.is_private {
            body["thread_metadata"]["invitable"] = json!(true);
        }
        if let Some(joined_ms) = thread.members.get(&self.bot_id()) {
            body["member"] = json!({
                "id": channel.id,
                "user_id": self.bot_id(),
                "join_timestamp": clock::timestamp(*joined_ms),
                "flags": 0,
            });
        }
        body
    }
}

/// Whether this change of a thread is allowed.
pub(super) fn check_change(
    thread: &Thread,
    user_id: UserId,
    held: Permissions,
    change: &ThreadChange,
) -> Result<(), ApiError> {
    let is_moderator = held.covers(Permissions::MANAGE_THREADS);
    let is_owner = thread.owner_id == user_id;
    let is_reopening = change.archived == Some(false);
    // An archived thread accepts no change except to reopen it.
    if thread.is_archived && !is_reopening && change.archived.is_none() {
        return Err(ApiError::thread_archived());
    }
    if is_moderator {
        return Ok(());
    }
    if thread.is_locked && thread.is_archived {
        return Err(ApiError::missing_permissions());
    }
    if thread.is_locked && (change.name.is_some() || change.auto_archive_minutes.is_some()) {
        return Err(ApiError::thread_locked());
    }
    let only_reopens = is_reopening
        && change.name.is_none()
        && change.locked.is_none()
        && change.auto_archive_minutes.is_none();
    let may = change.locked.is_none()
        && (is_owner || (only_reopens && thread.members.contains_key(&user_id)));
    if may {
        Ok(())
    } else {
        Err(ApiError::missing_permissions())
    }
}
