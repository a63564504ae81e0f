//! What a server's staff does, through the page or a test: delete messages, close threads, revoke
//! permissions, remove the bot. The bot is not told, since it has no intents for it; it finds out
//! when Discord refuses a call.

use serde::Deserialize;

use super::{World, threads};
use crate::{
    error::ApiError,
    id::{ChannelId, GuildId, MessageId, UserId},
    permissions::Permissions,
    validate::{
        names::LOCALES,
        thread::{NewThread, ThreadChange},
    },
};

/// One action. If `by` is given, that member needs the permission.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum StaffAction {
    /// A message is deleted.
    DeleteMessage {
        /// Its channel.
        channel_id: ChannelId,
        /// The message.
        message_id: MessageId,
    },
    /// A channel or thread is deleted with its content.
    DeleteChannel {
        /// The channel.
        channel_id: ChannelId,
    },
    /// A public thread is started in a channel.
    StartThread {
        /// The channel.
        channel_id: ChannelId,
        /// 1 to 100 characters.
        name: String,
    },
    /// A thread is archived, opened, locked or unlocked.
    SetThread {
        /// The thread.
        channel_id: ChannelId,
        /// Whether it is archived; unchanged if missing.
        archived: Option<bool>,
        /// Whether it is locked; unchanged if missing.
        locked: Option<bool>,
    },
    /// The bot is denied these permissions in a channel, and no others.
    DenyBot {
        /// The channel.
        channel_id: ChannelId,
        /// The bits.
        permissions: Permissions,
    },
    /// The bot's own role grants these permissions, and no others.
    GrantBot {
        /// The server.
        guild_id: GuildId,
        /// The bits.
        permissions: Permissions,
    },
    /// The role of everyone grants these permissions, and no others.
    GrantEveryone {
        /// The server.
        guild_id: GuildId,
        /// The bits.
        permissions: Permissions,
    },
    /// The bot is removed from a server.
    KickBot {
        /// The server.
        guild_id: GuildId,
    },
    /// A member installs the app for themselves, or uninstalls it.
    Install {
        /// The member.
        user_id: UserId,
        /// Whether it is installed afterwards.
        installed: bool,
    },
    /// A member sets the language of their client.
    SetLocale {
        /// The member.
        user_id: UserId,
        /// One of Discord's locales: <https://discord.com/developers/docs/reference#locales>.
        locale: String,
    },
    /// A server's preferred locale is set.
    SetGuildLocale {
        /// The server.
        guild_id: GuildId,
        /// One of Discord's locales.
        locale: String,
    },
}

impl World {
    /// Carries out a staff action.
    ///
    /// # Errors
    /// A sentence: it does not exist, or this member may not.
    pub fn act(
        &mut self,
        by: Option<UserId>,
        act: &StaffAction,
        now_ms: u64,
    ) -> Result<(), String> {
        if let Some(user_id) = by {
            self.check_may(user_id, act)?;
        }
        match act {
            StaffAction::DeleteMessage {
                channel_id,
                message_id,
            } => {
                self.find_message(*channel_id, *message_id)
                    .ok_or("There is no such message.")?;
                self.remove_message(*channel_id, *message_id);
            }
            StaffAction::DeleteChannel { channel_id } => {
                self.place(*channel_id)?;
                self.remove_channel(*channel_id);
            }
            StaffAction::StartThread { channel_id, name } => {
                let parent = self.place(*channel_id)?;
                if parent.guild_id.is_none() || parent.thread.is_some() {
                    return Err("A thread starts in a channel of a server.".to_owned());
                }
                if !(1..=100).contains(&name.trim().chars().count()) {
                    return Err("A thread's name has 1 to 100 characters.".to_owned());
                }
                let new = NewThread {
                    name: name.trim().to_owned(),
                    auto_archive_minutes: 1440,
                    is_private: false,
                };
                let owner = by.or_else(|| self.owner_of(*channel_id));
                let owner = owner.ok_or("There is no such server.")?;
                self.start_thread(owner, *channel_id, None, &new, now_ms)
                    .map_err(|error| error.message)?;
            }
            StaffAction::SetThread {
                channel_id,
                archived,
                locked,
            } => {
                if self.place(*channel_id)?.thread.is_none() {
                    return Err("This is not a thread.".to_owned());
                }
                self.change_thread(*channel_id, &thread_change(*archived, *locked), now_ms);
            }
            StaffAction::DenyBot {
                channel_id,
                permissions,
            } => {
                let channel = self.channels.get_mut(channel_id);
                channel.ok_or("There is no such channel.")?.bot_denied = *permissions;
                self.tell_places();
            }
            StaffAction::GrantBot {
                guild_id,
                permissions,
            } => self.grant(*guild_id, |role| role.managed, *permissions)?,
            StaffAction::GrantEveryone {
                guild_id,
                permissions,
            } => self.grant(*guild_id, |role| role.position == 0, *permissions)?,
            StaffAction::KickBot { guild_id } => {
                let bot = self.bot_id();
                let guild = self.guilds.get_mut(guild_id);
                let guild = guild.ok_or("There is no such server.")?;
                guild.members.remove(&bot);
                // Commands registered for this server go with the bot.
                self.commands
                    .retain(|_, command| command.guild_id != Some(*guild_id));
                self.tell_places();
            }
            StaffAction::Install { user_id, installed } => {
                if self.users.get(user_id).is_none_or(|user| user.bot) {
                    return Err("There is no such member.".to_owned());
                }
                if *installed && !self.user_install {
                    return Err("The app cannot be installed by users.".to_owned());
                }
                if *installed {
                    self.installed_by.insert(*user_id);
                } else {
                    self.installed_by.remove(user_id);
                }
                self.tell_places();
            }
            StaffAction::SetLocale { user_id, locale } => {
                let user = self.users.get_mut(user_id).filter(|user| !user.bot);
                user.ok_or("There is no such member.")?.locale = known_locale(locale)?;
                self.tell_places();
            }
            StaffAction::SetGuildLocale { guild_id, locale } => {
                let guild = self.guilds.get_mut(guild_id);
                guild.ok_or("There is no such server.")?.locale = known_locale(locale)?;
                self.tell_places();
            }
        }
        Ok(())
    }

    fn place(&self, channel_id: ChannelId) -> Result<&super::Channel, String> {
        let channel = self.channels.get(&channel_id);
        channel.ok_or_else(|| "There is no such channel.".to_owned())
    }

    fn owner_of(&self, channel_id: ChannelId) -> Option<UserId> {
        let guild = self.guilds.get(&self.channels.get(&channel_id)?.guild_id?);
        guild.map(|guild| guild.owner_id)
    }

    fn grant(
        &mut self,
        guild_id: GuildId,
        is_meant: impl Fn(&super::Role) -> bool,
        bits: Permissions,
    ) -> Result<(), String> {
        let guild = self.guilds.get_mut(&guild_id);
        let guild = guild.ok_or("There is no such server.")?;
        let role = guild.roles.iter_mut().find(|role| is_meant(role));
        role.ok_or("The bot has no role there.")?.permissions = bits;
        self.tell_places();
        Ok(())
    }

    /// Whether a member may do this, by the permissions that Discord asks for.
    fn check_may(&self, user_id: UserId, act: &StaffAction) -> Result<(), String> {
        let held_in = |channel_id: ChannelId| -> Result<Permissions, String> {
            let channel = self.place(channel_id)?;
            Ok(match channel.guild_id {
                Some(guild_id) => self.member_permissions(guild_id, user_id),
                None => Permissions::empty(),
            })
        };
        let may = match act {
            StaffAction::DeleteMessage {
                channel_id,
                message_id,
            } => {
                let message = self.find_message(*channel_id, *message_id);
                let author = message.map(|message| message.author_id);
                author == Some(user_id)
                    || held_in(*channel_id)?.covers(Permissions::MANAGE_MESSAGES)
            }
            StaffAction::StartThread { channel_id, .. } => {
                held_in(*channel_id)?.covers(Permissions::CREATE_PUBLIC_THREADS)
            }
            StaffAction::SetThread {
                channel_id,
                archived,
                locked,
            } => {
                let thread = self.place(*channel_id)?.thread.as_ref();
                let thread = thread.ok_or("This is not a thread.")?;
                let held = held_in(*channel_id)?;
                let change = thread_change(*archived, *locked);
                let checked: Result<(), ApiError> =
                    threads::check_change(thread, user_id, held, &change);
                checked.is_ok()
            }
            StaffAction::DeleteChannel { channel_id } => {
                let is_thread = self.place(*channel_id)?.thread.is_some();
                let needed = if is_thread {
                    Permissions::MANAGE_THREADS
                } else {
                    Permissions::MANAGE_CHANNELS
                };
                held_in(*channel_id)?.covers(needed)
            }
            StaffAction::DenyBot { channel_id, .. } => {
                held_in(*channel_id)?.covers(Permissions::MANAGE_ROLES)
            }
            StaffAction::GrantBot { guild_id, .. }
            | StaffAction::GrantEveryone { guild_id, .. }
            | StaffAction::KickBot { guild_id } => self
                .member_permissions(*guild_id, user_id)
                .covers(Permissions::ADMINISTRATOR),
            StaffAction::Install { user_id: whom, .. }
            | StaffAction::SetLocale { user_id: whom, .. } => *whom == user_id,
            StaffAction::SetGuildLocale { guild_id, .. } => self
                .member_permissions(*guild_id, user_id)
                .covers(Permissions::MANAGE_GUILD),
        };
        if may {
            Ok(())
        } else {
            Err("This member may not do that.".to_owned())
        }
    }
}

fn known_locale(locale: &str) -> Result<String, String> {
    let known = LOCALES.contains(&locale).then(|| locale.to_owned());
    known.ok_or_else(|| format!("\"{locale}\" is not one of Discord's locales."))
}

fn thread_change(archived: Option<bool>, locked: Option<bool>) -> ThreadChange {
    ThreadChange {
        archived,
        locked,
        ..ThreadChange::default()
    }
}
