//! Extended time, for servers whose members read or write more slowly.

use serde::{Deserialize, Serialize};

/// The factor that multiplies the time to answer.
///
/// Everything that depends on time uses the multiplied time: at every pace, an answer after half
/// the time earns half of the speed bonus. Extended time therefore takes no points from the members
/// it is meant for, and gives no extra ones.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pace {
    /// The quiz's own time.
    #[default]
    Usual,
    /// One and a half times as much.
    OneAndAHalf,
    /// Twice as much.
    Double,
    /// Three times as much.
    Triple,
}

impl Pace {
    /// All paces, the usual first.
    pub const ALL: [Self; 4] = [Self::Usual, Self::OneAndAHalf, Self::Double, Self::Triple];

    /// Whether this is the usual pace.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        *self == Self::Usual
    }

    /// Stretches a duration in milliseconds to this pace.
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
