//! Discord's ids, each with its own type, so that swapped ones do not compile.
//!
//! All are snowflakes: 42 bits of milliseconds since 2015, worker and process, and a counter:
//! <https://discord.com/developers/docs/reference#snowflakes>.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::Value;
use std::{fmt, str::FromStr};

/// Milliseconds from the Unix epoch to the first second of 2015, where Discord's ids begin.
const DISCORD_EPOCH_MS: u64 = 1_420_070_400_000;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        $(
            $(#[$doc])*
            #[derive(
                Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize,
            )]
            pub struct $name(#[serde(deserialize_with = "read")] u64);

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.0.fmt(f)
                }
            }

            impl From<u64> for $name {
                fn from(id: u64) -> Self {
                    Self(id)
                }
            }

            impl From<$name> for u64 {
                fn from(id: $name) -> Self {
                    id.0
                }
            }

            impl FromStr for $name {
                type Err = String;

                fn from_str(text: &str) -> Result<Self, String> {
                    let id = parse(text).map(Self);
                    id.ok_or_else(|| format!("\"{text}\" is not an id."))
                }
            }

            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.collect_str(self)
                }
            }
        )*
    };
}

ids! {
    /// The application.
    ApplicationId,
    /// A server.
    GuildId,
    /// A channel, a thread or a direct message.
    ChannelId,
    /// A user.
    UserId,
    /// A role of a server.
    RoleId,
    /// A message.
    MessageId,
    /// A file.
    AttachmentId,
    /// A custom emoji.
    EmojiId,
    /// An interaction.
    InteractionId,
    /// A registered command.
    CommandId,
    /// A state of a registered command; it changes with each change of the command.
    CommandVersion,
    /// A scheduled event of a server.
    EventId,
}

fn parse(text: &str) -> Option<u64> {
    // Without a sign, which numbers in Rust may have.
    let digits = text.len() <= 20 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Discord sends strings and accepts integers, too.
fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let id = match &value {
        Value::String(text) => parse(text),
        other => other.as_u64(),
    };
    id.ok_or_else(|| D::Error::custom(format!("{value} is not an id")))
}

impl ApplicationId {
    /// The application's own user has its id: Discord creates the two together.
    pub(crate) fn bot(self) -> UserId {
        UserId(self.0)
    }
}

impl GuildId {
    /// When it was created, in Unix milliseconds.
    pub(crate) fn time_ms(self) -> u64 {
        (self.0 >> 22) + DISCORD_EPOCH_MS
    }

    /// The role of everyone has its server's id:
    /// <https://discord.com/developers/docs/topics/permissions#role-object>.
    pub(crate) fn everyone(self) -> RoleId {
        RoleId(self.0)
    }
}

impl MessageId {
    /// A thread has the id of the message that it was started from:
    /// <https://discord.com/developers/docs/resources/channel#start-thread-from-message>.
    pub(crate) fn thread(self) -> ChannelId {
        ChannelId(self.0)
    }
}

/// A shard of the bot: <https://discord.com/developers/docs/events/gateway#sharding>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    /// Its number, from 0 on.
    pub number: u16,
    /// How many there are.
    pub total: u16,
}

impl Shard {
    /// Whether it hears of a guild, or of direct messages, which have none.
    pub(crate) fn serves(self, guild_id: Option<GuildId>) -> bool {
        let of_guild = |id: GuildId| (id.0 >> 22) % u64::from(self.total);
        guild_id.map_or(0, of_guild) == u64::from(self.number)
    }
}

/// Makes increasing ids that encode their creation time.
#[derive(Debug, Default)]
pub struct Snowflakes {
    last: u64,
}

impl Snowflakes {
    /// The next id; later calls return larger ids, whatever the clock does.
    pub fn next<Id: From<u64>>(&mut self, now_ms: u64) -> Id {
        self.last = at::<u64>(now_ms, 0).max(self.last + 1);
        self.last.into()
    }
}

/// The id of a given time and counter.
pub fn at<Id: From<u64>>(unix_ms: u64, count: u64) -> Id {
    Id::from((unix_ms.saturating_sub(DISCORD_EPOCH_MS) << 22) + count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ids_grow_and_carry_their_time() {
        let mut ids = Snowflakes::default();
        let first: GuildId = ids.next(1_700_000_000_123);
        let second: GuildId = ids.next(1_700_000_000_123);
        let back: GuildId = ids.next(1_600_000_000_000);
        assert!(first < second && second < back, "{first} {second} {back}");
        assert_eq!(second.time_ms(), 1_700_000_000_123);
    }

    #[test]
    fn an_id_is_a_text_of_digits_or_an_integer() {
        let read = |json: Value| GuildId::deserialize(json).ok();
        assert_eq!(read(json!("12")), Some(GuildId(12)));
        assert_eq!(read(json!(12)), Some(GuildId(12)));
        for wrong in [json!("12a"), json!(""), json!("+12"), json!(1.5), json!(-1)] {
            assert_eq!(read(wrong), None);
        }
        assert_eq!(json!(GuildId(12)), "12");
    }
}
