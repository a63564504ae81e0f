//! Who started a game last, and where one was started last.

use heat_core::id::{ChannelId, GameId, GuildId, UserId};

/// Which member's and which channel's games [`Store::latest_starts`](crate::Store::latest_starts)
/// looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StartsOf {
    /// The server.
    pub guild: GuildId,
    /// The member.
    pub user: UserId,
    /// The channel, without its threads.
    pub channel: ChannelId,
    /// Only games with greater ids, which means later ones. Every game since then is read, so it
    /// should not be long ago.
    pub after: GameId,
}

/// The newest games of a member and of a channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LatestStarts {
    /// What the member started last in this server.
    pub by_member: Option<GameId>,
    /// What was started last in this channel.
    pub in_channel: Option<GameId>,
}
