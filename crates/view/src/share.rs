//! Showing everybody what only one member sees.

use super::catalogue::text;
use super::custom_id::ShareButton;
use super::limits::ROWS_MAX;
use super::message::{Button, Embed, Message, Row, Style};
use heat_core::id::UserId;
use heat_core::lang::Lang;

/// Adds the button, if there is room for it.
#[must_use]
pub fn offered(lang: Lang, mut message: Message) -> Message {
    if message.rows.len() < ROWS_MAX && !message.embeds.is_empty() {
        let share = ShareButton::Here {}.to_string();
        let share = Button::new(share, text!(lang, "share-button"), Style::Secondary);
        message.rows.push(Row::Buttons(vec![share]));
    }
    message
}

/// What a member shares with everybody.
#[must_use]
pub fn shared(lang: Lang, by: UserId, embeds: Vec<Embed>) -> Message {
    Message {
        content: text!(lang, "share-shares-this", who = format!("<@{by}>")),
        embeds,
        ..Message::default()
    }
}

/// The server does not let its members use apps publicly that it has not added.
#[must_use]
pub fn not_here(lang: Lang) -> Message {
    Message::sentence(text!(lang, "share-not-here"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::check;
    use crate::message::Tone;

    #[test]
    fn a_full_message_is_left_as_it_is() {
        let row = |at: usize| {
            let button = Button::new(at.to_string(), "b", Style::Secondary);
            Row::Buttons(vec![button])
        };
        let with = |rows: usize| Message {
            rows: (0..rows).map(row).collect(),
            ..Message::framed("Title", "Text".to_owned(), Tone::Plain)
        };
        let offered_with = |rows| offered(Lang::English, with(rows)).rows.len();
        assert_eq!([0, 4, 5].map(offered_with), [1, 5, 5]);
        assert_eq!(check(&offered(Lang::English, with(4))), Ok(()));
        // Without a frame there is nothing to repeat.
        assert_eq!(offered(Lang::English, Message::sentence("Text")).rows, []);
    }
}
