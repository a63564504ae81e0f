//! What the daily puzzle's buttons say.
//!
//! A `custom_id` names the day, the question and the place of the button, and nothing that tells
//! which choice is right. Whose attempt it is about is always the member who presses it.

use crate::press::number;
use heat_core::daily::Day;

/// A button of the daily puzzle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// A choice of a question.
    Answer {
        /// Whose puzzle.
        day: Day,
        /// Which question, from 0.
        position: u8,
        /// Which button, from 0.
        choice: u8,
    },
    /// Show me where I am: the next question, or the result.
    Next {
        /// Whose puzzle.
        day: Day,
    },
    /// Show the channel my result.
    Share {
        /// Whose puzzle.
        day: Day,
    },
    /// Show me who did best.
    Open {
        /// Whose board.
        day: Day,
    },
    /// Turn the board that the button stands on.
    Turn(Wish),
}

/// Which board of the daily puzzle is asked for. The server is always the one the button was
/// pressed in, so that no forged button can read another server's board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// Of which day.
    pub day: Day,
    /// Everybody's instead of this server's.
    pub global: bool,
    /// From 0.
    pub page: u32,
}

/// No board has more pages than this to turn to by button.
const PAGE_MAX: u32 = 1_000_000;

impl Press {
    /// The `custom_id` of this button: at most 40 characters.
    #[must_use]
    pub fn custom_id(self) -> String {
        match self {
            Self::Answer {
                day,
                position,
                choice,
            } => format!("daily:a:{}:{position}:{choice}", day.0),
            Self::Next { day } => format!("daily:next:{}", day.0),
            Self::Share { day } => format!("daily:share:{}", day.0),
            Self::Open { day } => format!("daily:board:{}", day.0),
            Self::Turn(Wish { day, global, page }) => {
                let scope = if global { "global" } else { "server" };
                format!("daily:{scope}:{}:{page}", day.0)
            }
        }
    }

    /// Reads a `custom_id`; none if no button of the daily puzzle has it.
    #[must_use]
    pub fn parse(custom_id: &str) -> Option<Self> {
        let mut parts = custom_id.strip_prefix("daily:")?.split(':');
        let verb = parts.next()?;
        let day = Day(number(parts.next()?)?);
        let turn = |global, page: u32| {
            let wish = Wish { day, global, page };
            (page <= PAGE_MAX).then_some(Self::Turn(wish))
        };
        let press = match verb {
            "a" => Self::Answer {
                day,
                position: number(parts.next()?)?,
                choice: number(parts.next()?)?,
            },
            "next" => Self::Next { day },
            "share" => Self::Share { day },
            "board" => Self::Open { day },
            "server" => turn(false, number(parts.next()?)?)?,
            "global" => turn(true, number(parts.next()?)?)?,
            _ => return None,
        };
        parts.next().is_none().then_some(press)
    }

    /// Whether this button changes the message it stands on, or may say nothing but by a message
    /// beside it that is private or not as it turns out.
    #[must_use]
    pub fn updates(self) -> bool {
        !matches!(self, Self::Open { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_press() -> impl Strategy<Value = Press> {
        let any = (0..6, any::<i32>(), any::<u8>(), any::<u8>(), 0..=PAGE_MAX);
        any.prop_map(|(kind, day, position, choice, page)| {
            let day = Day(day);
            let turn = |global| Press::Turn(Wish { day, global, page });
            match kind {
                0 => Press::Answer {
                    day,
                    position,
                    choice,
                },
                1 => Press::Next { day },
                2 => Press::Share { day },
                3 => Press::Open { day },
                4 => turn(false),
                _ => turn(true),
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
        fn nothing_else_is_read(text in "(daily:)?\\PC{0,40}") {
            if let Some(press) = Press::parse(&text) {
                prop_assert_eq!(press.custom_id(), text);
            }
        }
    }

    #[test]
    fn forged_ids_are_refused() {
        for forged in [
            "daily:",
            "daily:a:1",
            "daily:a:1:0:0:0",
            "daily:a:01:0:0",
            "daily:a:1:256:0",
            "daily:a:99999999999:0:0",
            "daily:next:1:1",
            "daily:server:1:1000001",
            "daily:elsewhere:1:0",
        ] {
            assert_eq!(Press::parse(forged), None, "{forged}");
        }
    }
}
