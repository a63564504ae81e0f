//! Showing everybody what only one member sees.

use super::custom_id::ShareButton;
use super::limits::ROWS_MAX;
use super::message::{Button, Embed, Message, Row, Style};
use heat_core::id::UserId;

/// Adds the button, if there is room for it.
#[must_use]
pub fn offered(mut message: Message) -> Message {
    if message.rows.len() < ROWS_MAX && !message.embeds.is_empty() {
        let share = ShareButton::Here {}.to_string();
        let share = Button::new(share, "Share", Style::Secondary);
        message.rows.push(Row::Buttons(vec![share]));
    }
    message
}

/// What a member shares with everybody.
#[must_use]
pub fn shared(by: UserId, embeds: Vec<Embed>) -> Message {
    Message {
        content: format!("<@{by}> shares this:"),
        embeds,
        ..Message::default()
    }
}
