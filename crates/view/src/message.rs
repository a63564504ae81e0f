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
    /// At most ten; the texts of all together at most 6,000 characters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub embeds: Vec<Embed>,
    /// At most five rows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Row>,
    /// A file that comes with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<Box<File>>,
    /// Whom the mention in [`Self::content`] notifies. Without it no message notifies anybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notifies: Option<UserId>,
    /// The role whose mention in [`Self::content`] notifies its members.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub calls: Option<RoleId>,
}

impl Message {
    /// A message that is a plain text and nothing else, cut where it is too long.
    #[must_use]
    pub fn sentence(text: impl Into<String>) -> Self {
        Self {
            content: clip(&text.into(), CONTENT_MAX),
            ..Self::default()
        }
    }

    /// A message that is one framed block: a title, which may be empty, and a text.
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

/// A file beside a message, or the picture in one of its embeds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct File {
    /// Its name: letters, digits, `.`, `-` and `_`.
    pub name: String,
    /// A picture's description, for members who cannot see it: at most 1,024 characters, empty for
    /// a file that is not a picture.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub alt: String,
    /// What it holds; at most a few megabytes.
    #[serde(serialize_with = "size")]
    pub content: Vec<u8>,
}

/// A readable dump of a message does not need its files' bytes.
fn size<S: serde::Serializer>(content: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{} bytes", content.len()))
}

/// A framed block of text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Embed {
    /// At most 256 characters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// At most 4,096 characters.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The colour of the edge; the meaning is always in the text as well.
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

/// What an embed's colour stands for.
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
    /// Whether it may stand beside others.
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
    /// The row of these buttons, and none where there are no buttons.
    #[must_use]
    pub fn of(buttons: Vec<Button>) -> Option<Self> {
        (!buttons.is_empty()).then_some(Self::Buttons(buttons))
    }
}

/// A button that sends its `custom_id` back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Button {
    /// At most 100 characters, unique in the message; tells nothing about which choice is right.
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
    /// The main thing to do.
    Primary,
    /// One of several.
    Secondary,
    /// The right choice, at the reveal.
    Success,
    /// Ends something.
    Danger,
}

/// A menu of one choice.
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

/// A box that opens over the channel and asks for one line of text:
/// <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-modal>.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Modal {
    /// At most 100 characters; comes back with the text.
    pub custom_id: String,
    /// At most 45 characters.
    pub title: String,
    /// Above the line: at most 45 characters.
    pub label: String,
    /// In the empty line: at most 100 characters.
    pub placeholder: String,
    /// The longest text it takes, in characters.
    pub length_max: u16,
    /// What stands below, to be read while typing.
    pub to_read: Option<ReadOnlyText>,
}

/// A box with several fields to fill in.
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
    /// Its name in the answer, unique in the form.
    pub id: &'static str,
    /// Above it: at most 45 characters.
    pub label: String,
    /// In it while it is empty: at most 100 characters.
    pub placeholder: String,
    /// What stands in it already.
    pub value: String,
    /// The longest text it takes, in characters.
    pub length_max: u16,
    /// Whether it has several lines.
    pub has_lines: bool,
    /// Whether it may not be left empty.
    pub is_required: bool,
}

/// A text in a box. It stands in a field of its own, and what comes back of it is not looked at.
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
