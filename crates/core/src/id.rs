//! Discord's ids, each with its own type, so that swapped ones do not compile.
//!
//! All are snowflakes: <https://discord.com/developers/docs/reference#snowflakes>.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        $(
            $(#[$doc])*
            #[derive(
                Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize,
                Deserialize,
            )]
            #[serde(transparent)]
            pub struct $name(pub u64);

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
        )*
    };
}

ids! {
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
    /// A game: the id of the interaction that started it.
    GameId,
    /// An interaction.
    InteractionId,
    /// An entry of a server's schedule: the id of the interaction that added it.
    EntryId,
    /// An event in a server's list of scheduled events in Discord.
    EventId,
    /// A season: the id of the interaction that opened it.
    SeasonId,
    /// The place whose history of asked questions counts: a server, or the channel of a direct
    /// message.
    PlaceId,
}
