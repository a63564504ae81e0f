//! A game's settings.

use super::{AnswerStyle, Mode, Pace, Players, Rules, UserId};
use crate::bank::{PackList, Subject};
use crate::facts::Difficulty;
use serde::{Deserialize, Serialize};

/// The settings of one game, checked.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a choice of its own, stored under its name"
)]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The packs that the questions come from.
    #[serde(rename = "pack")]
    pub packs: PackList,
    /// What the questions are about; `None` for anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Subject>,
    /// How many rounds were asked for, 1 to 50. A small pool may have fewer.
    pub rounds: u16,
    /// Seconds to answer, 5 to 120, before [`Self::pace`].
    pub seconds: u16,
    /// Only questions of this difficulty; `None` for any.
    pub difficulty: Option<Difficulty>,
    /// Who started the game.
    pub starter: UserId,
    /// Whether only the starter can play, as in a direct message.
    pub solo: bool,
    /// The mode.
    #[serde(default)]
    pub mode: Mode,
    /// How members answer.
    #[serde(default)]
    pub answers: AnswerStyle,
    /// Extended time.
    #[serde(default, skip_serializing_if = "Pace::is_usual")]
    pub pace: Pace,
    /// The member who was challenged, in a duel.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opponent: Option<UserId>,
    /// Whether this duel is a rematch that the starter asked for.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rematch: bool,
    /// Whether the last question is worth double. Games from earlier versions, and games replayed
    /// from their share codes, do not have this.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub finale: bool,
    /// Whether the starter hosts the game instead of playing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hosted: bool,
}

/// A setting outside its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// `rounds` is outside 1–50.
    #[error("a game has 1 to 50 rounds, not {0}")]
    Rounds(i64),
    /// `seconds` is outside 5–120.
    #[error("a question stays open for 5 to 120 seconds, not {0}")]
    Seconds(i64),
}

impl Settings {
    /// The default number of rounds.
    pub const ROUNDS_DEFAULT: u16 = 10;
    /// The largest number of rounds.
    pub const ROUNDS_MAX: u16 = 50;
    /// The default seconds to answer.
    pub const SECONDS_DEFAULT: u16 = 20;
    /// The fewest seconds to answer.
    pub const SECONDS_MIN: u16 = 5;
    /// The most seconds to answer.
    pub const SECONDS_MAX: u16 = 120;

    /// Checks a number of rounds.
    ///
    /// # Errors
    /// [`SettingsError::Rounds`] outside 1–50.
    pub fn check_rounds(rounds: i64) -> Result<u16, SettingsError> {
        u16::try_from(rounds)
            .ok()
            .filter(|n| (1..=Self::ROUNDS_MAX).contains(n))
            .ok_or(SettingsError::Rounds(rounds))
    }

    /// Checks a number of seconds.
    ///
    /// # Errors
    /// [`SettingsError::Seconds`] outside 5–120.
    pub fn check_seconds(seconds: i64) -> Result<u16, SettingsError> {
        u16::try_from(seconds)
            .ok()
            .filter(|n| (Self::SECONDS_MIN..=Self::SECONDS_MAX).contains(n))
            .ok_or(SettingsError::Seconds(seconds))
    }

    /// The rules of its mode.
    #[must_use]
    pub fn rules(&self) -> Rules {
        self.mode.rules()
    }

    /// Whether members join, or an opponent accepts, before the first question. A lone member has
    /// no one to wait for.
    #[must_use]
    pub fn gathers(&self) -> bool {
        !self.solo && self.rules().players != Players::Anyone
    }

    /// How long a question stays open, in milliseconds.
    #[must_use]
    pub fn limit_ms(&self) -> u32 {
        self.pace.stretch(u32::from(self.seconds) * 1000)
    }
}
