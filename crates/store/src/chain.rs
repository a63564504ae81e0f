//! Film chains: the one that a channel plays or played last, and each server's longest.

use heat_core::id::{ChannelId, GuildId, InteractionId, UserId};

/// A chain as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredChain {
    /// Where it is played.
    pub channel: ChannelId,
    /// In which server.
    pub guild: GuildId,
    /// The interaction that named its last film: no other chain has the same.
    pub turn: InteractionId,
    /// Who named the last film.
    pub user: UserId,
    /// In a duel the other one.
    pub rival: Option<UserId>,
    /// When the last film was named, in Unix milliseconds.
    pub at_ms: i64,
    /// How many films it has.
    pub films: u32,
    /// What was named. The store does not read it.
    pub body: String,
    /// How its end can be said in its channel. The store does not read it; none in earlier versions.
    pub route: Option<String>,
    /// Since when its end is being said, in Unix milliseconds; none while it is on. Stored by
    /// [`Store::end_chain`](crate::Store::end_chain) alone.
    pub ending_at_ms: Option<i64>,
}

/// The longest chain that a server has played.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LongestChain {
    /// How many films it has; 0 if the server has played none.
    pub films: u32,
    /// When its last film was named, in Unix milliseconds.
    pub at_ms: i64,
}

/// Ends that are looked for at once.
pub(super) const ENDS_MAX: i64 = 100;
