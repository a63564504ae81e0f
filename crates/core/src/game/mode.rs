//! The differences between modes, as data: the rest of the game reads these rules and never checks
//! the mode's name.

use serde::{Deserialize, Serialize};

/// How a game is won.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// All answer in secret; points for being right and fast.
    #[default]
    Classic,
    /// The first right answer takes the question.
    Race,
    /// Three lives; a wrong or missing answer costs one.
    Elimination,
    /// Two members, one against the other.
    Duel,
}

/// How members answer.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerStyle {
    /// Four choices.
    #[default]
    Buttons,
    /// The answer is typed. A round without a [`crate::bank::TypedKey`] shows its choices instead.
    Typed,
}

/// Who plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Players {
    /// Anyone who answers, from any question on.
    Anyone,
    /// Those who joined before the first question.
    Lobby,
    /// The starter and the one opponent who accepted.
    Invited,
}

/// The rules in which modes differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// Who plays.
    pub players: Players,
    /// Wrong or missing answers until a player is out; none: players are never out.
    pub lives: Option<u8>,
    /// Only the first right answer brings points.
    pub first_right_takes_it: bool,
    /// The starter skips a question alone. Not where that would spare them a loss.
    pub starter_skips: bool,
    /// One member alone, as in a direct message, can play it.
    pub alone: bool,
}

impl Mode {
    /// The rules of this mode.
    #[must_use]
    pub fn rules(self) -> Rules {
        match self {
            Self::Classic => Rules {
                players: Players::Anyone,
                lives: None,
                first_right_takes_it: false,
                starter_skips: true,
                alone: true,
            },
            Self::Race => Rules {
                players: Players::Anyone,
                lives: None,
                first_right_takes_it: true,
                starter_skips: true,
                alone: false,
            },
            Self::Elimination => Rules {
                players: Players::Lobby,
                lives: Some(3),
                first_right_takes_it: false,
                starter_skips: false,
                alone: true,
            },
            Self::Duel => Rules {
                players: Players::Invited,
                lives: None,
                first_right_takes_it: false,
                starter_skips: false,
                alone: false,
            },
        }
    }
}
