//! Film chains: each channel's current or last one, and each server's longest.

use heat_core::id::{ChannelId, GuildId, InteractionId, UserId};

/// A stored chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredChain {
    /// The channel it is played in.
    pub channel: ChannelId,
    /// The server.
    pub guild: GuildId,
    /// The interaction that named its last film: no other chain has the same.
    pub turn: InteractionId,
    /// Who named the last film.
    pub user: UserId,
    /// The other player, in a duel.
    pub rival: Option<UserId>,
    /// When the last film was named, in Unix milliseconds.
    pub at_ms: i64,
    /// How many films it has.
    pub films: u32,
    /// The films named. The store does not read it.
    pub body: String,
    /// How to announce its end in its channel. The store does not read it; `None` in chains of
    /// earlier versions.
    pub route: Option<String>,
    /// When announcing its end began, in Unix milliseconds; `None` while it is running. Only
    /// [`Store::end_chain`](crate::Store::end_chain) sets it.
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

/// How many ends are read at once.
pub(super) const ENDS_MAX: i64 = 100;
