//! The permission bits that the sandbox knows, as Discord numbers them.

/// All permissions and no channel overwrites.
pub const ADMINISTRATOR: u64 = 1 << 3;
/// May add reactions.
pub const ADD_REACTIONS: u64 = 1 << 6;
/// May see the channel.
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// May post.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// May delete others' messages.
pub const MANAGE_MESSAGES: u64 = 1 << 13;
/// Links show as embeds; a bot's own embeds need it too.
pub const EMBED_LINKS: u64 = 1 << 14;
/// May upload files.
pub const ATTACH_FILES: u64 = 1 << 15;
/// May read what was posted before.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// May use emoji of other guilds.
pub const USE_EXTERNAL_EMOJIS: u64 = 1 << 18;
/// May use slash commands.
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;

/// What everybody has.
pub const EVERYONE: u64 = ADD_REACTIONS
    | VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_EXTERNAL_EMOJIS
    | USE_APPLICATION_COMMANDS;

/// Every bit that Discord has given a meaning to (0 to 50, with the unused 47 and 48 left in).
pub const ALL: u64 = (1 << 51) - 1;

/// Whether `held` covers `needed`; administrators hold everything.
pub fn covers(held: u64, needed: u64) -> bool {
    held & ADMINISTRATOR != 0 || held & needed == needed
}
