//! The differences between modes, as data: the rest of the game reads these rules and never checks
//! the mode's name.

use serde::{Deserialize, Serialize};

/// How a game is won.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// All answer in secret; points for correct and fast answers.
    #[default]
    Classic,
    /// The first right answer wins the question.
    Race,
    /// Three lives; a wrong or missing answer costs one.
    Elimination,
    /// One life; a question that all miss costs none.
    SuddenDeath,
    /// Two members, one against the other.
    Duel,
    /// One film per question, guessed from clues that open one by one.
    Ladder,
    /// Two to eight teams; the fastest right answer of each team counts.
    Teams,
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
    /// Anyone who answers, starting with any question.
    Anyone,
    /// Those who joined before the first question.
    Lobby,
    /// The starter and the opponent who accepted.
    Invited,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Questions from the bank.
    Questions,
    /// Which film the six clues describe.
    Films,
}

/// The rules that differ between modes.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a rule that a mode either has or lacks"
)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// What is asked.
    pub asks: Asks,
    /// Who plays.
    pub players: Players,
    /// How many wrong or missing answers put a player out; `None` if players are never out.
    pub lives: Option<u8>,
    /// Whether a question that all remaining players miss costs none of them a life. A lone player
    /// is not spared.
    pub spares_all: bool,
    /// Whether only the first right answer earns points.
    pub first_right_takes_it: bool,
    /// Whether members play in teams, and only one right answer per team earns points.
    pub teams: bool,
    /// Whether the starter can skip a question alone. Not where skipping would spare them a loss.
    pub starter_skips: bool,
    /// Whether one member can play it alone, as in a direct message.
    pub alone: bool,
    /// Whether it can have a host: not where an answer that is judged afterwards would have changed
    /// who played on.
    pub can_be_hosted: bool,
    /// The default number of seconds to answer is at least this.
    pub seconds_min: u16,
}

/// The rules that most modes share.
const PLAIN: Rules = Rules {
    asks: Asks::Questions,
    players: Players::Anyone,
    lives: None,
    spares_all: false,
    first_right_takes_it: false,
    teams: false,
    starter_skips: true,
    alone: true,
    can_be_hosted: true,
    seconds_min: 0,
};

impl Rules {
    /// Whether an answer's points are known only when its question closes.
    #[must_use]
    pub fn settles_at_close(&self) -> bool {
        self.first_right_takes_it || self.teams
    }
}

impl Mode {
    /// All modes, in the order they are listed.
    pub const ALL: [Self; 7] = [
        Self::Classic,
        Self::Race,
        Self::Elimination,
        Self::SuddenDeath,
        Self::Ladder,
        Self::Teams,
        Self::Duel,
    ];

    /// The name that members type and that is stored.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Classic => "classic",
            Self::Race => "race",
            Self::Elimination => "elimination",
            Self::SuddenDeath => "sudden-death",
            Self::Duel => "duel",
            Self::Ladder => "ladder",
            Self::Teams => "teams",
        }
    }

    /// The mode with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }

    /// The rules of this mode.
    #[must_use]
    pub fn rules(self) -> Rules {
        match self {
            Self::Classic => PLAIN,
            Self::Race => Rules {
                first_right_takes_it: true,
                alone: false,
                can_be_hosted: false,
                ..PLAIN
            },
            Self::Elimination => Rules {
                players: Players::Lobby,
                lives: Some(3),
                starter_skips: false,
                can_be_hosted: false,
                ..PLAIN
            },
            Self::SuddenDeath => Rules {
                lives: Some(1),
                spares_all: true,
                ..Self::Elimination.rules()
            },
            Self::Duel => Rules {
                players: Players::Invited,
                starter_skips: false,
                alone: false,
                can_be_hosted: false,
                ..PLAIN
            },
            Self::Ladder => Rules {
                asks: Asks::Films,
                seconds_min: 30,
                ..PLAIN
            },
            Self::Teams => Rules {
                players: Players::Lobby,
                teams: true,
                starter_skips: false,
                alone: false,
                ..PLAIN
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Mode;

    #[test]
    fn modes_are_stored_by_their_names() {
        for mode in Mode::ALL {
            let stored = serde_json::to_value(mode).expect("plain JSON");
            assert_eq!(stored, mode.name());
            assert_eq!(Mode::named(mode.name()), Some(mode));
        }
    }
}
