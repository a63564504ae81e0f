//! The bot's own message model, independent of how it is sent.
//!
//! The limits are Discord's:
//! <https://discord.com/developers/docs/resources/message#embed-object-embed-limits> and
//! <https://discord.com/developers/docs/components/reference>.

use super::escape::clip;
use heat_core::id::{RoleId, UserId};
use serde::Serialize;

/// The most characters of plain text above the embeds.
pub const CONTENT_MAX: usize = 2000;

/// A message, or the new state of one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Plain text above the embeds, at most 2,000 characters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub content: String,
    /// At most ten; their texts together at most 6,000 characters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub embeds: Vec<Embed>,
    /// At most five rows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Row>,
    /// An attached file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<Box<File>>,
    /// The user whose mention in [`Self::content`] notifies them. Otherwise messages notify nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notifies: Option<UserId>,
    /// The role whose mention in [`Self::content`] notifies its members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calls: Option<RoleId>,
}

impl Message {
    /// A message of plain text only, truncated if it is too long.
    #[must_use]
    pub fn sentence(text: impl Into<String>) -> Self {
        Self {
            content: clip(&text.into(), CONTENT_MAX),
            ..Self::default()
        }
    }

    /// A message with one embed: a title, which may be empty, and a text.
    #[must_use]
    pub fn framed(title: &str, description: String, tone: Tone) -> Self {
        Self {
            embeds: vec![Embed {
                title: title.to_owned(),
                description,
                tone,
                ..Embed::default()
            }],
            ..Self::default()
        }
    }
}

/// An attached file, or the picture in an embed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct File {
    /// Its name: letters, digits, `.`, `-` and `_`.
    pub name: String,
    /// A picture's description, for members who cannot see it: at most 1,024 characters, empty for
    /// a file that is not a picture.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub alt: String,
    /// The contents; at most a few megabytes.
    #[serde(serialize_with = "size")]
    pub content: Vec<u8>,
}

/// A readable dump of a message does not need its file's bytes.
fn size<S: serde::Serializer>(content: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{} bytes", content.len()))
}

/// An embed: a framed block of text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Embed {
    /// At most 256 characters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// At most 4,096 characters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The colour of its edge; the text always conveys the same meaning.
    pub tone: Tone,
    /// At most 25.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// At most 2,048 characters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub footer: String,
    /// The name of the message's file if it is shown as a picture in this embed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub image: String,
}

/// The meaning of an embed's colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    /// Neither good nor bad news.
    #[default]
    Plain,
    /// An open question.
    Open,
    /// Right, or done.
    Good,
    /// Wrong, or refused.
    Bad,
}

impl Tone {
    const ALL: [Self; 4] = [Self::Plain, Self::Open, Self::Good, Self::Bad];

    /// The meaning of a colour; [`Self::Plain`] for one of somebody else's.
    #[must_use]
    pub fn of(colour: u32) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|tone| tone.colour() == colour).unwrap_or_default()
    }

    /// The colour as `0xRRGGBB`.
    #[must_use]
    pub fn colour(self) -> u32 {
        match self {
            Self::Plain => 0x5b_74_8c,
            Self::Open => 0x2f_6f_ed,
            Self::Good => 0x2e_8b_57,
            Self::Bad => 0xc0_39_2b,
        }
    }
}

/// One heading with a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// At most 256 characters, never empty.
    pub name: String,
    /// At most 1,024 characters, never empty.
    pub value: String,
    /// Whether it may be next to other fields.
    pub inline: bool,
}

/// One row of a message's components.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Row {
    /// One to five buttons.
    Buttons(Vec<Button>),
    /// One select menu.
    Select(Select),
}

impl Row {
    /// A row of these buttons; `None` if there are none.
    #[must_use]
    pub fn of(buttons: Vec<Button>) -> Option<Self> {
        (!buttons.is_empty()).then_some(Self::Buttons(buttons))
    }
}

/// A button that sends its `custom_id` back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Button {
    /// At most 100 characters, unique in the message; reveals nothing about which choice is right.
    pub custom_id: String,
    /// At most 80 characters.
    pub label: String,
    /// How it looks.
    pub style: Style,
    /// Greyed out.
    pub disabled: bool,
}

impl Button {
    /// A button that can be pressed.
    #[must_use]
    pub fn new(custom_id: String, label: impl Into<String>, style: Style) -> Self {
        Self {
            custom_id,
            label: label.into(),
            style,
            disabled: false,
        }
    }
}

/// The look of a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// The main action.
    Primary,
    /// One of several actions.
    Secondary,
    /// The right choice, at the reveal.
    Success,
    /// Ends something.
    Danger,
}

/// A menu with a single choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Select {
    /// At most 100 characters.
    pub custom_id: String,
    /// Shown while nothing is chosen; at most 150 characters.
    pub placeholder: String,
    /// One to 25.
    pub options: Vec<SelectOption>,
}

/// One line of a menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SelectOption {
    /// At most 100 characters.
    pub label: String,
    /// At most 100 characters, unique in the menu.
    pub value: String,
    /// Whether it is the one shown.
    pub chosen: bool,
}

/// A form that opens over the channel and asks for one line of text:
/// <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Modal {
    /// At most 100 characters; comes back with the text.
    pub custom_id: String,
    /// At most 45 characters.
    pub title: String,
    /// Above the line: at most 45 characters.
    pub label: String,
    /// Shown in the empty line: at most 100 characters.
    pub placeholder: String,
    /// The longest text it takes, in characters.
    pub length_max: u16,
    /// A text below it, to read while typing.
    pub to_read: Option<ReadOnlyText>,
}

/// A form with several fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Form {
    /// At most 100 characters; comes back with the texts.
    pub custom_id: String,
    /// At most 45 characters.
    pub title: String,
    /// One to five.
    pub inputs: Vec<Input>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Input {
    /// Its name in the submitted form, unique in it.
    pub id: &'static str,
    /// Above it: at most 45 characters.
    pub label: String,
    /// Shown while it is empty: at most 100 characters.
    pub placeholder: String,
    /// Its initial text.
    pub value: String,
    /// The longest text it takes, in characters.
    pub length_max: u16,
    /// Whether it accepts several lines.
    pub has_lines: bool,
    /// Whether it is required.
    pub is_required: bool,
}

/// A text in a form. It is in a field of its own, whose submitted value is ignored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReadOnlyText {
    /// Above it: at most 45 characters.
    pub label: String,
    /// At most 4,000 characters, never empty.
    pub text: String,
}

/// One suggestion while a member types an option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// What the member sees: 1 to 100 characters.
    pub name: String,
    /// What the command receives: 1 to 100 characters.
    pub value: String,
}
