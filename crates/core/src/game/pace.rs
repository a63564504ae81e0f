//! Extended time, for servers whose members read or write more slowly.

use serde::{Deserialize, Serialize};

/// By how much the time to answer is multiplied.
///
/// Everything that goes by time goes by the multiplied time: an answer after half of it brings
/// half of the bonus for speed, at every pace. So extended time takes no points from those it is
/// there for, and gives none away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pace {
    /// As the quiz says.
    #[default]
    Usual,
    /// Half as much again.
    OneAndAHalf,
    /// Twice as much.
    Double,
    /// Three times as much.
    Triple,
}

impl Pace {
    /// All paces, the usual first.
    pub const ALL: [Self; 4] = [Self::Usual, Self::OneAndAHalf, Self::Double, Self::Triple];

    /// Whether it adds no time.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::Usual
    }

    /// So many milliseconds at this pace.
    #[must_use]
    pub const fn stretch(self, ms: u32) -> u32 {
        match self {
            Self::Usual => ms,
            Self::OneAndAHalf => ms.saturating_mul(3) / 2,
            Self::Double => ms.saturating_mul(2),
            Self::Triple => ms.saturating_mul(3),
        }
    }
}
