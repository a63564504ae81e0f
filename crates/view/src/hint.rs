//! The text of a hint, shown to one member only.

use super::catalogue::text;
use super::escape::escape;
use super::message::Message;
use super::phrases::LETTERS;
use heat_core::bank::Round;
use heat_core::game::{Game, Hint, UserId};
use heat_core::lang::Lang;

/// The hint that a member took.
#[must_use]
pub fn given(lang: Lang, game: &Game, round: u16, user: UserId) -> Message {
    let asked = game.rounds().get(usize::from(round));
    let content = match (game.hint(user), asked) {
        (Some(Hint::Removed { choices }), Some(asked)) => removed(lang, asked, choices),
        (Some(Hint::Letters { shown }), _) => {
            text!(lang, "hint-letters", shown = escape(shown))
        }
        _ => text!(lang, "hint-none"),
    };
    Message {
        content,
        ..Message::default()
    }
}

fn removed(lang: Lang, asked: &Round, choices: &[u8]) -> String {
    let mut left = (0..4)
        .filter(|choice| !choices.contains(choice))
        .filter_map(|choice| {
            let letter = LETTERS.get(usize::from(choice))?;
            let text = &asked.choice(choice)?.text;
            Some(format!("**{letter}** · {}", escape(text)))
        });
    let (first, second) = (left.next(), left.next());
    text!(
        lang,
        "hint-two-left",
        first = first.unwrap_or_default(),
        second = second.unwrap_or_default()
    )
}
