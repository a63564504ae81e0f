//! Discord's limits on messages, checked before sending: Discord refuses a message that breaks one,
//! and the member would see nothing.
//!
//! Sources: <https://discord.com/developers/docs/resources/message#embed-object-embed-limits> and
//! <https://discord.com/developers/docs/components/reference>. Lengths are counted in UTF-16 code
//! units, the strictest way of counting.

use super::message::{Button, CONTENT_MAX, Embed, Message, Row, Select};
use heat_core::facts::limits::length;
use std::collections::BTreeSet;

/// A limit that a message breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// A text is too long.
    #[error("{place} is {length} long, and at most {max} is allowed; shorten it")]
    TooLong {
        /// Which text.
        place: String,
        /// Its length in UTF-16 code units.
        length: usize,
        /// The limit in the same units.
        max: usize,
    },
    /// A text is empty or blank.
    #[error("{0} is empty; fill it in or leave it out")]
    Empty(String),
    /// There are too many of something, or too few.
    #[error("{place} has {count} parts, and {min} to {max} are allowed")]
    Count {
        /// What has the parts.
        place: String,
        /// How many it has.
        count: usize,
        /// The fewest allowed.
        min: usize,
        /// The most allowed.
        max: usize,
    },
    /// A file's name has characters that Discord drops, or a picture's file is missing.
    #[error("{place} is \"{name}\"; {mend}")]
    Name {
        /// What has the name.
        place: &'static str,
        /// The name.
        name: String,
        /// What would be right.
        mend: &'static str,
    },
    /// Two components share an id, or two options share a value.
    #[error("{place} \"{value}\" is used twice; each must be different")]
    Twice {
        /// What should be unique.
        place: String,
        /// The repeated value.
        value: String,
    },
}

/// The most characters of an embed's description.
pub const DESCRIPTION_MAX: usize = 4096;
/// The most characters of a field's text.
pub const FIELD_VALUE_MAX: usize = 1024;
/// The most characters of a button's label.
pub const LABEL_MAX: usize = 80;
/// The most characters of a menu line or of a suggestion.
pub const OPTION_MAX: usize = 100;
/// The most characters of a picture's description:
/// <https://discord.com/developers/docs/resources/message#attachment-object>.
pub const ALT_MAX: usize = 1024;
/// The most characters of a `custom_id`.
pub const CUSTOM_ID_MAX: usize = 100;
/// The most rows of components.
pub const ROWS_MAX: usize = 5;

/// Checks a message against every limit of Discord that our message model can break.
///
/// # Errors
/// The first broken limit.
pub fn check(message: &Message) -> Result<(), LimitError> {
    at_most("the content", &message.content, CONTENT_MAX)?;
    if message.content.is_empty() && message.embeds.is_empty() && message.rows.is_empty() {
        return Err(LimitError::Empty("the message".into()));
    }
    count("the message's embeds", message.embeds.len(), 0, 10)?;
    let mut total = 0;
    for embed in &message.embeds {
        total += check_embed(embed)?;
    }
    if total > 6000 {
        return Err(LimitError::TooLong {
            place: "the text of all embeds".into(),
            length: total,
            max: 6000,
        });
    }
    check_file(message)?;
    count(
        "the message's component rows",
        message.rows.len(),
        0,
        ROWS_MAX,
    )?;
    let mut ids = BTreeSet::new();
    for row in &message.rows {
        match row {
            Row::Buttons(buttons) => {
                count("a row's buttons", buttons.len(), 1, 5)?;
                for button in buttons {
                    check_button(button)?;
                    unique("the custom_id", &button.custom_id, &mut ids)?;
                }
            }
            Row::Select(select) => {
                check_select(select)?;
                unique("the custom_id", &select.custom_id, &mut ids)?;
            }
        }
    }
    Ok(())
}

/// Checks the file, and the embeds that show it.
fn check_file(message: &Message) -> Result<(), LimitError> {
    let name = message.file.as_ref().map(|file| file.name.as_str());
    if let Some(file) = &message.file {
        some("the file's name", &file.name, 260)?;
        at_most("the file's description", &file.alt, ALT_MAX)?;
        let is_kept = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
        if !file.name.chars().all(is_kept) {
            return Err(LimitError::Name {
                place: "the file's name",
                name: file.name.clone(),
                mend: "only letters, digits, dots, hyphens and underscores are kept",
            });
        }
    }
    for embed in &message.embeds {
        if !embed.image.is_empty() && Some(embed.image.as_str()) != name {
            return Err(LimitError::Name {
                place: "an embed's picture",
                name: embed.image.clone(),
                mend: "it must be the name of the message's file",
            });
        }
    }
    Ok(())
}

/// Returns how much of the limit for all embeds together this one uses.
fn check_embed(embed: &Embed) -> Result<usize, LimitError> {
    at_most("an embed's title", &embed.title, 256)?;
    at_most(
        "an embed's description",
        &embed.description,
        DESCRIPTION_MAX,
    )?;
    at_most("an embed's footer", &embed.footer, 2048)?;
    count("an embed's fields", embed.fields.len(), 0, 25)?;
    let mut total = length(&embed.title) + length(&embed.description) + length(&embed.footer);
    if total == 0 && embed.fields.is_empty() {
        return Err(LimitError::Empty("an embed".into()));
    }
    for field in &embed.fields {
        some("a field's name", &field.name, 256)?;
        some("a field's value", &field.value, FIELD_VALUE_MAX)?;
        total += length(&field.name) + length(&field.value);
    }
    Ok(total)
}

fn check_button(button: &Button) -> Result<(), LimitError> {
    some("a button's custom_id", &button.custom_id, CUSTOM_ID_MAX)?;
    some("a button's label", &button.label, LABEL_MAX)
}

fn check_select(select: &Select) -> Result<(), LimitError> {
    some("a menu's custom_id", &select.custom_id, CUSTOM_ID_MAX)?;
    at_most("a menu's placeholder", &select.placeholder, 150)?;
    count("a menu's options", select.options.len(), 1, 25)?;
    let chosen = select.options.iter().filter(|option| option.chosen).count();
    count("a menu's chosen options", chosen, 0, 1)?;
    let mut values = BTreeSet::new();
    for option in &select.options {
        some("a menu option's label", &option.label, OPTION_MAX)?;
        some("a menu option's value", &option.value, OPTION_MAX)?;
        unique("the menu option's value", &option.value, &mut values)?;
    }
    Ok(())
}

fn at_most(place: &str, text: &str, max: usize) -> Result<(), LimitError> {
    let length = length(text);
    if length > max {
        let place = place.to_owned();
        return Err(LimitError::TooLong { place, length, max });
    }
    Ok(())
}

fn some(place: &str, text: &str, max: usize) -> Result<(), LimitError> {
    if text.trim().is_empty() {
        return Err(LimitError::Empty(place.to_owned()));
    }
    at_most(place, text, max)
}

fn count(place: &str, count: usize, min: usize, max: usize) -> Result<(), LimitError> {
    if (min..=max).contains(&count) {
        return Ok(());
    }
    Err(LimitError::Count {
        place: place.to_owned(),
        count,
        min,
        max,
    })
}

fn unique<'a>(place: &str, value: &'a str, seen: &mut BTreeSet<&'a str>) -> Result<(), LimitError> {
    if seen.insert(value) {
        return Ok(());
    }
    Err(LimitError::Twice {
        place: place.to_owned(),
        value: value.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::{LimitError, check};
    use crate::message::{Button, Embed, Field, File, Message, Row, Select, SelectOption, Style};

    fn embed(embed: Embed) -> Message {
        Message {
            embeds: vec![embed],
            ..Message::default()
        }
    }

    fn button(custom_id: &str, label: &str) -> Button {
        Button {
            custom_id: custom_id.into(),
            label: label.into(),
            style: Style::Secondary,
            disabled: false,
        }
    }

    fn rows(rows: Vec<Row>) -> Message {
        Message {
            content: "x".into(),
            rows,
            ..Message::default()
        }
    }

    fn menu(values: &[&str]) -> Row {
        let option = |value: &&str| SelectOption {
            label: "label".into(),
            value: (*value).into(),
            chosen: false,
        };
        Row::Select(Select {
            custom_id: "menu".into(),
            placeholder: String::new(),
            options: values.iter().map(option).collect(),
        })
    }

    #[test]
    fn a_message_at_the_limits_passes_and_a_broken_limit_is_named() {
        let full = Embed {
            title: "t".repeat(256),
            description: "d".repeat(4096),
            footer: "f".repeat(1648),
            ..Embed::default()
        };
        assert_eq!(check(&embed(full.clone())), Ok(()));
        let over = Embed {
            footer: "f".repeat(1649),
            ..full
        };
        let described = |description: String| Embed {
            description,
            ..Embed::default()
        };
        let field = |name: &str, value: String| Embed {
            fields: vec![Field {
                name: name.into(),
                value,
                inline: false,
            }],
            ..Embed::default()
        };
        let pictured = |image: &str, name: &str, alt: usize| Message {
            file: Some(Box::new(File {
                name: name.into(),
                alt: "a".repeat(alt),
                content: vec![0],
            })),
            ..embed(Embed {
                title: "t".into(),
                image: image.into(),
                ..Embed::default()
            })
        };
        assert_eq!(check(&pictured("a.png", "a.png", 1024)), Ok(()));
        let broken = [
            (Message::default(), "the message is empty"),
            (pictured("a.png", "a.png", 1025), "description is 1025"),
            (pictured("", "ä.png", 0), "only letters"),
            (pictured("b.png", "a.png", 0), "name of the message's file"),
            (embed(over), "all embeds is 6001"),
            (embed(Embed::default()), "an embed is empty"),
            (embed(described("d".repeat(4097))), "description is 4097"),
            // Two UTF-16 units each.
            (embed(described("🔥".repeat(2049))), "description is 4098"),
            (embed(field(" ", "v".into())), "field's name is empty"),
            (embed(field("n", "v".repeat(1025))), "field's value is 1025"),
            (
                rows(vec![Row::Buttons(vec![button("a", "b"), button("a", "c")])]),
                "custom_id \"a\" is used twice",
            ),
            (
                rows(vec![Row::Buttons(vec![button("a", &"l".repeat(81))])]),
                "label is 81",
            ),
            (rows(vec![Row::Buttons(vec![])]), "row's buttons has 0"),
            (rows(vec![menu(&[])]), "menu's options has 0"),
            (rows(vec![menu(&["a", "a"])]), "value \"a\" is used twice"),
            (
                rows(
                    (0..6)
                        .map(|i| Row::Buttons(vec![button(&i.to_string(), "b")]))
                        .collect(),
                ),
                "rows has 6",
            ),
        ];
        for (message, expected) in broken {
            let error = check(&message).map_err(|error: LimitError| error.to_string());
            assert!(
                error.as_ref().is_err_and(|text| text.contains(expected)),
                "{expected}: {error:?}"
            );
        }
    }
}
