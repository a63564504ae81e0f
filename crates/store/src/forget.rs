//! What is a member's own, and how they are taken out of it.

use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Games that one transaction takes a member out of: a few milliseconds' work, so that live games
/// hardly wait.
pub(super) const GAMES_AT_ONCE: u32 = 50;
/// Channels of live games that are named at most.
pub(super) const CHANNELS_MAX: u32 = 5;

/// Takes a member out of an ended game. Gets those of its events that mention the member's id, with
/// their numbers, and returns them changed. Pure: it may be called again with the same.
pub type Anonymise = fn(events: &[(u32, String)], member: u64) -> Result<Anonymised, String>;

/// Events without a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anonymised {
    /// The events that were given, in the same order.
    pub events: Vec<(u32, String)>,
    /// The number that stands for the member in this game from now on.
    pub stand_in: u64,
}

/// What came of deleting a member's data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forgotten {
    /// Nothing of them is left.
    Done,
    /// Nothing was deleted: they take part in games that are on, in these channels among others.
    Playing {
        /// Some of the channels.
        channels: Vec<u64>,
    },
}

/// How far one transaction has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// There is more to do.
    More,
    /// See [`Forgotten`].
    Ended(Forgotten),
}

/// Rows that are a member's own and of no game, by table, as the columns say.
pub type MemberRows = BTreeMap<String, Vec<Map<String, Value>>>;
