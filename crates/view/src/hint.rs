//! Hints: the offer with its price, and what a hint tells. Both private.

use super::custom_id::GameButton;
use super::escape::escape;
use super::message::{Button, Message, Row, Style};
use super::phrases::LETTERS;
use heat_core::bank::Round;
use heat_core::game::{Game, GameId, Hint, UserId};

/// What a hint would do and cost. Nothing is spent yet.
#[must_use]
pub fn offer(game: GameId, round: u16, typed: bool) -> Message {
    let does = if typed {
        "shows the first letter of each word and how long the words are"
    } else {
        "takes away two wrong choices"
    };
    Message {
        content: format!(
            "A hint {does}. It costs half of what this question would bring you. Only you see it."
        ),
        rows: vec![Row::Buttons(vec![Button::new(
            GameButton::TakeHint { game, round }.to_string(),
            "Take the hint for half the points",
            Style::Primary,
        )])],
        ..Message::default()
    }
}

/// The hint that a member took.
#[must_use]
pub fn given(game: &Game, round: u16, user: UserId) -> Message {
    let asked = game.rounds().get(usize::from(round));
    let content = match (game.hint(user), asked) {
        (Some(Hint::Removed { choices }), Some(asked)) => removed(asked, choices),
        (Some(Hint::Letters { shown }), _) => {
            format!("The answer looks like this: {}", escape(shown))
        }
        _ => "There is no hint for this question.".to_owned(),
    };
    Message {
        content,
        ..Message::default()
    }
}

fn removed(asked: &Round, choices: &[u8]) -> String {
    let left = (0..4)
        .filter(|choice| !choices.contains(choice))
        .filter_map(|choice| {
            let letter = LETTERS.get(usize::from(choice))?;
            let text = &asked.choice(choice)?.text;
            Some(format!("**{letter}** · {}", escape(text)))
        });
    let left: Vec<String> = left.collect();
    format!("It is one of these two: {}", left.join(" or "))
}
