//! Permissions, as Discord numbers them: <https://discord.com/developers/docs/topics/permissions>.

use bitflags::bitflags;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::Value;

bitflags! {
    /// A set of permissions. Those that the sandbox looks at have names. In JSON it is a string.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
    pub struct Permissions: u64 {
        /// All permissions and no channel overwrites.
        const ADMINISTRATOR = 1 << 3;
        /// May change and delete channels.
        const MANAGE_CHANNELS = 1 << 4;
        /// May change the server's settings.
        const MANAGE_GUILD = 1 << 5;
        /// May add reactions.
        const ADD_REACTIONS = 1 << 6;
        /// May see the channel.
        const VIEW_CHANNEL = 1 << 10;
        /// May post in channels; has no effect in threads.
        const SEND_MESSAGES = 1 << 11;
        /// May delete others' messages.
        const MANAGE_MESSAGES = 1 << 13;
        /// Links show as embeds; a bot's own embeds need it too.
        const EMBED_LINKS = 1 << 14;
        /// May upload files.
        const ATTACH_FILES = 1 << 15;
        /// May read what was posted before.
        const READ_MESSAGE_HISTORY = 1 << 16;
        /// May ping everyone, and any role.
        const MENTION_EVERYONE = 1 << 17;
        /// May use emoji of other guilds.
        const USE_EXTERNAL_EMOJIS = 1 << 18;
        /// May give and take roles below its own highest one.
        const MANAGE_ROLES = 1 << 28;
        /// May use slash commands.
        const USE_APPLICATION_COMMANDS = 1 << 31;
        /// May change and delete scheduled events of others.
        const MANAGE_EVENTS = 1 << 33;
        /// May archive, lock, rename and delete threads of others.
        const MANAGE_THREADS = 1 << 34;
        /// May start public threads.
        const CREATE_PUBLIC_THREADS = 1 << 35;
        /// May start private threads.
        const CREATE_PRIVATE_THREADS = 1 << 36;
        /// May post in threads.
        const SEND_MESSAGES_IN_THREADS = 1 << 38;
        /// May create scheduled events, and change its own.
        const CREATE_EVENTS = 1 << 44;
        /// Responses to user-installed commands are public; without it they are private.
        const USE_EXTERNAL_APPS = 1 << 50;

        /// The permissions of @everyone.
        const EVERYONE = Self::ADD_REACTIONS.bits()
            | Self::VIEW_CHANNEL.bits()
            | Self::SEND_MESSAGES.bits()
            | Self::EMBED_LINKS.bits()
            | Self::ATTACH_FILES.bits()
            | Self::READ_MESSAGE_HISTORY.bits()
            | Self::USE_EXTERNAL_EMOJIS.bits()
            | Self::USE_APPLICATION_COMMANDS.bits()
            | Self::CREATE_PUBLIC_THREADS.bits()
            | Self::CREATE_PRIVATE_THREADS.bits()
            | Self::SEND_MESSAGES_IN_THREADS.bits()
            | Self::USE_EXTERNAL_APPS.bits();
        /// The permissions Discord reports for a conversation between other users. Send Messages is not
        /// among them, here or in [`Self::BOT_DM`]:
        /// <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object>.
        const PRIVATE_CHANNEL =
            Self::ATTACH_FILES.bits() | Self::EMBED_LINKS.bits() | Self::MENTION_EVERYONE.bits();
        /// The permissions Discord reports for a conversation with the bot.
        const BOT_DM = Self::PRIVATE_CHANNEL.bits() | Self::USE_EXTERNAL_EMOJIS.bits();

        // Every bit that Discord defines: 0 to 52, with the unused 47 and 48 left in.
        const _ = (1 << 53) - 1;
    }
}

impl Permissions {
    /// Whether these cover the needed ones; administrators hold everything.
    pub(crate) fn covers(self, needed: Self) -> bool {
        self.contains(Self::ADMINISTRATOR) || self.contains(needed)
    }
}

impl Serialize for Permissions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.bits())
    }
}

/// Takes a string or a number, as Discord does.
impl<'de> Deserialize<'de> for Permissions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let bits = match &value {
            Value::String(text) => text.parse().ok(),
            other => other.as_u64(),
        };
        bits.map(Self::from_bits_retain)
            .ok_or_else(|| D::Error::custom(format!("{value} is not a set of permissions")))
    }
}
