//! The permission bits that the sandbox knows, as Discord numbers them:
//! <https://discord.com/developers/docs/topics/permissions>.

/// All permissions and no channel overwrites.
pub const ADMINISTRATOR: u64 = 1 << 3;
/// May change and delete channels.
pub const MANAGE_CHANNELS: u64 = 1 << 4;
/// May change the server's settings.
pub const MANAGE_GUILD: u64 = 1 << 5;
/// May add reactions.
pub const ADD_REACTIONS: u64 = 1 << 6;
/// May see the channel.
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// May post in channels; has no effect in threads.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// May delete others' messages.
pub const MANAGE_MESSAGES: u64 = 1 << 13;
/// Links show as embeds; a bot's own embeds need it too.
pub const EMBED_LINKS: u64 = 1 << 14;
/// May upload files.
pub const ATTACH_FILES: u64 = 1 << 15;
/// May read what was posted before.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// May ping everyone, and any role.
pub const MENTION_EVERYONE: u64 = 1 << 17;
/// May use emoji of other guilds.
pub const USE_EXTERNAL_EMOJIS: u64 = 1 << 18;
/// May give and take roles below its own highest one.
pub const MANAGE_ROLES: u64 = 1 << 28;
/// May use slash commands.
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
/// May change and delete scheduled events of others.
pub const MANAGE_EVENTS: u64 = 1 << 33;
/// May archive, lock, rename and delete threads of others.
pub const MANAGE_THREADS: u64 = 1 << 34;
/// May start public threads.
pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
/// May start private threads.
pub const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
/// May post in threads.
pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;
/// May create scheduled events, and change its own.
pub const CREATE_EVENTS: u64 = 1 << 44;
/// Responses to user-installed commands are public; without it they are private.
pub const USE_EXTERNAL_APPS: u64 = 1 << 50;

/// The permissions of @everyone.
pub const EVERYONE: u64 = ADD_REACTIONS
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_EXTERNAL_EMOJIS
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | CREATE_PRIVATE_THREADS
    | SEND_MESSAGES_IN_THREADS
    | USE_EXTERNAL_APPS;

/// The permissions Discord reports for a conversation between other users. Send Messages is not
/// among them, here or in [`BOT_DM`]:
/// <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object>.
pub const PRIVATE_CHANNEL: u64 = ATTACH_FILES | EMBED_LINKS | MENTION_EVERYONE;
/// The permissions Discord reports for a conversation with the bot.
pub const BOT_DM: u64 = PRIVATE_CHANNEL | USE_EXTERNAL_EMOJIS;

/// Every bit that Discord defines (0 to 52, with the unused 47 and 48 left in).
pub const ALL: u64 = (1 << 53) - 1;

/// Whether `held` covers `needed`; administrators hold everything.
pub fn covers(held: u64, needed: u64) -> bool {
    held & ADMINISTRATOR != 0 || held & needed == needed
}
