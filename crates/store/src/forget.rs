//! A member's own data, and how it is exported and deleted.

use heat_core::id::{ChannelId, UserId};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Games from which one transaction removes a member: a few milliseconds' work, so that live games
/// hardly wait.
pub(super) const GAMES_AT_ONCE: u32 = 50;
/// The most channels of live games that are named.
pub(super) const CHANNELS_MAX: u32 = 5;

/// Removes a member from an ended game. Receives the events that mention the member's id, each with
/// its number, and returns them changed. Must be pure, because it may be called again with the same
/// events.
pub type Anonymise = fn(events: &[(u32, String)], member: UserId) -> Result<Anonymised, String>;

/// A game's events with one member removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anonymised {
    /// The changed events, in the order received.
    pub events: Vec<(u32, String)>,
    /// The number that replaces the member in this game.
    pub stand_in: UserId,
}

/// The result of deleting a member's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forgotten {
    /// Everything is deleted.
    Done,
    /// Nothing was deleted, because they are in live games in these channels, and perhaps in
    /// others.
    Playing {
        /// Some of the channels.
        channels: Vec<ChannelId>,
    },
}

/// What one transaction achieved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// There is more to do.
    More,
    /// See [`Forgotten`].
    Ended(Forgotten),
}

/// A member's rows that belong to no game.
pub type MemberRows = BTreeMap<String, Vec<Map<String, Value>>>;
