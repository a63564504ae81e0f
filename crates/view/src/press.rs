//! What a pressed button says: the one place where the game's `custom_id`s are written and read.
//!
//! A `custom_id` is opaque to members and tells nothing about which choice is right: it names the
//! game, the round and the position of the button. Anything can come back from a client, so
//! reading refuses whatever was not written here.

use heat_core::game::GameId;

/// A button of a game.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// A choice of an open question.
    Answer {
        /// Which game.
        game: GameId,
        /// Which round, from 0.
        round: u16,
        /// Which button, from 0.
        choice: u8,
    },
    /// Open the box to type an answer; its `custom_id` is the box's too.
    Type {
        /// Which game.
        game: GameId,
        /// Which round, from 0.
        round: u16,
    },
    /// Tell me what a hint costs.
    Hint {
        /// Which game.
        game: GameId,
        /// Which round, from 0.
        round: u16,
    },
    /// Give me the hint at that price.
    TakeHint {
        /// Which game.
        game: GameId,
        /// Which round, from 0.
        round: u16,
    },
    /// Go on to the next question.
    Skip {
        /// Which game.
        game: GameId,
        /// Which round, from 0.
        round: u16,
    },
    /// Wait after the open question.
    Pause {
        /// Which game.
        game: GameId,
    },
    /// Go on after a pause.
    Resume {
        /// Which game.
        game: GameId,
    },
    /// End the game.
    Stop {
        /// Which game.
        game: GameId,
    },
    /// Let the coming questions wait for me.
    Join {
        /// Which game.
        game: GameId,
    },
    /// Let me into the lobby.
    Enter {
        /// Which game.
        game: GameId,
    },
    /// Let me out of the lobby.
    Leave {
        /// Which game.
        game: GameId,
    },
    /// Begin before the lobby's time is up.
    Begin {
        /// Which game.
        game: GameId,
    },
    /// I take up the challenge.
    Accept {
        /// Which game.
        game: GameId,
    },
    /// I do not.
    Decline {
        /// Which game.
        game: GameId,
    },
    /// Show me what I got wrong.
    Misses {
        /// Which game.
        game: GameId,
        /// Which page, from 0.
        page: u16,
    },
    /// Something is wrong with this question.
    Report {
        /// Which game.
        game: GameId,
        /// Which round, from 0.
        round: u16,
    },
    /// Start another game like this one.
    Again {
        /// Which game.
        game: GameId,
    },
}

impl Press {
    /// The `custom_id` of this button: at most 40 characters.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Answer {
                game,
                round,
                choice,
            } => format!("q:{game}:{round}:{choice}"),
            Self::Type { game, round } => format!("type:{game}:{round}"),
            Self::Hint { game, round } => format!("hint:{game}:{round}"),
            Self::TakeHint { game, round } => format!("take:{game}:{round}"),
            Self::Skip { game, round } => format!("skip:{game}:{round}"),
            Self::Pause { game } => format!("pause:{game}"),
            Self::Resume { game } => format!("go:{game}"),
            Self::Stop { game } => format!("stop:{game}"),
            Self::Join { game } => format!("join:{game}"),
            Self::Enter { game } => format!("enter:{game}"),
            Self::Leave { game } => format!("leave:{game}"),
            Self::Begin { game } => format!("begin:{game}"),
            Self::Accept { game } => format!("accept:{game}"),
            Self::Decline { game } => format!("decline:{game}"),
            Self::Misses { game, page } => format!("miss:{game}:{page}"),
            Self::Report { game, round } => format!("report:{game}:{round}"),
            Self::Again { game } => format!("again:{game}"),
        }
    }

    /// Whether this button changes the message it stands on.
    #[must_use]
    pub fn updates(self) -> bool {
        match self {
            Self::TakeHint { .. }
            | Self::Enter { .. }
            | Self::Leave { .. }
            | Self::Begin { .. }
            | Self::Accept { .. }
            | Self::Decline { .. } => true,
            Self::Misses { page, .. } => page > 0,
            _ => false,
        }
    }

    /// Reads a `custom_id`; none if no button of a game has it.
    #[must_use]
    pub fn parse(custom_id: &str) -> Option<Self> {
        let mut parts = custom_id.split(':');
        let verb = parts.next()?;
        let game = GameId(number(parts.next()?)?);
        let press = match verb {
            "q" => Self::Answer {
                game,
                round: number(parts.next()?)?,
                choice: number(parts.next()?)?,
            },
            "type" => Self::Type {
                game,
                round: number(parts.next()?)?,
            },
            "hint" => Self::Hint {
                game,
                round: number(parts.next()?)?,
            },
            "take" => Self::TakeHint {
                game,
                round: number(parts.next()?)?,
            },
            "skip" => Self::Skip {
                game,
                round: number(parts.next()?)?,
            },
            "miss" => Self::Misses {
                game,
                page: number(parts.next()?)?,
            },
            "pause" => Self::Pause { game },
            "go" => Self::Resume { game },
            "stop" => Self::Stop { game },
            "join" => Self::Join { game },
            "enter" => Self::Enter { game },
            "leave" => Self::Leave { game },
            "begin" => Self::Begin { game },
            "accept" => Self::Accept { game },
            "decline" => Self::Decline { game },
            "report" => Self::Report {
                game,
                round: number(parts.next()?)?,
            },
            "again" => Self::Again { game },
            _ => return None,
        };
        parts.next().is_none().then_some(press)
    }
}

/// A decimal number as `custom_id` writes it: no sign, no leading zero, nothing around it.
pub(super) fn number<N: std::str::FromStr + ToString>(text: &str) -> Option<N> {
    let number: N = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_press() -> impl Strategy<Value = Press> {
        (0..17, any::<u64>(), any::<u16>(), any::<u8>()).prop_map(|(kind, game, round, choice)| {
            let game = GameId(game);
            let page = round;
            match kind {
                0 => Press::Answer {
                    game,
                    round,
                    choice,
                },
                1 => Press::Skip { game, round },
                2 => Press::Stop { game },
                3 => Press::Join { game },
                4 => Press::Type { game, round },
                5 => Press::Hint { game, round },
                6 => Press::TakeHint { game, round },
                7 => Press::Pause { game },
                8 => Press::Resume { game },
                9 => Press::Enter { game },
                10 => Press::Leave { game },
                11 => Press::Begin { game },
                12 => Press::Accept { game },
                13 => Press::Decline { game },
                14 => Press::Misses { game, page },
                15 => Press::Report { game, round },
                _ => Press::Again { game },
            }
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(press in any_press()) {
            prop_assert_eq!(Press::parse(&press.custom_id()), Some(press));
            prop_assert!(press.custom_id().len() <= 40);
        }

        #[test]
        fn nothing_else_is_read(text in "\\PC{0,40}") {
            if let Some(press) = Press::parse(&text) {
                prop_assert_eq!(press.custom_id(), text);
            }
        }
    }

    #[test]
    fn forged_ids_are_refused() {
        for forged in [
            "",
            "q",
            "q:",
            "q:1:2",
            "q:1:2:3:4",
            "q:+1:2:3",
            "q:01:2:3",
            "stop:1:2",
            "q:1:70000:0",
            "stop:-1",
        ] {
            assert_eq!(Press::parse(forged), None, "{forged}");
        }
    }
}
