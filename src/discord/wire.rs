//! Discord's JSON for the bot's messages.
//!
//! Written by hand, and not with serenity's builders, so that the same JSON serves as a callback, a
//! channel message, a follow-up and an edit. A message allows no mentions except the one it is for:
//! <https://discord.com/developers/docs/resources/message#allowed-mentions-object>.

use crate::discord::reply::Visibility;
use heat_view::message::{
    self as view, Button, Embed, Field, File, Form, Input, Message, Modal, Row, Select, Style,
};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt::Display;

/// `EPHEMERAL`: <https://discord.com/developers/docs/resources/message#message-object-message-flags>.
const EPHEMERAL: u32 = 1 << 6;
/// Types of callback:
/// <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type>.
const MESSAGE: u8 = 4;
const DEFERRED_MESSAGE: u8 = 5;
const DEFERRED_UPDATE: u8 = 6;
const UPDATE: u8 = 7;
const SUGGESTIONS: u8 = 8;
const MODAL: u8 = 9;
/// Component types: <https://discord.com/developers/docs/components/reference#component-object-component-types>.
const ACTION_ROW: u8 = 1;
const BUTTON: u8 = 2;
const STRING_SELECT: u8 = 3;
const TEXT_INPUT: u8 = 4;
/// A text input of one line.
const SHORT: u8 = 1;
/// A text input of several lines.
const PARAGRAPH: u8 = 2;
/// The `custom_id` of the input that a modal asks for.
pub const INPUT_ID: &str = "text";
/// The `custom_id` of the input that contains a text to read.
const TO_READ_ID: &str = "read";
/// The most suggestions for an option.
const SUGGESTIONS_MAX: usize = 25;

/// The text of such a value.
#[must_use]
pub fn json(value: &impl Serialize) -> String {
    // Fails only for maps whose keys are not texts: there are none here.
    serde_json::to_string(value).unwrap_or_default()
}

/// The first response to an interaction:
/// <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object>.
#[derive(Serialize)]
pub struct Callback<'a> {
    #[serde(rename = "type")]
    kind: u8,
    data: CallbackData<'a>,
}

impl<'a> Callback<'a> {
    fn new(kind: u8, data: CallbackData<'a>) -> Self {
        Self { kind, data }
    }

    /// A new message.
    #[must_use]
    pub fn message(reply: &'a Message, visibility: Visibility) -> Self {
        Self::new(
            MESSAGE,
            CallbackData::Message(self::reply(reply, visibility)),
        )
    }

    /// "The bot is thinking": the message follows.
    #[must_use]
    pub fn deferred_message(visibility: Visibility) -> Self {
        let flags = flags(visibility);
        Self::new(DEFERRED_MESSAGE, CallbackData::Deferred { flags })
    }

    /// The message with the pressed component changes later, or not at all.
    #[must_use]
    pub fn deferred_update() -> Self {
        Self::new(DEFERRED_UPDATE, CallbackData::Deferred { flags: None })
    }

    /// The message with the pressed component becomes this one.
    #[must_use]
    pub fn update(changed: &'a Message) -> Self {
        Self::new(UPDATE, CallbackData::Message(message(changed)))
    }

    /// Suggestions for an option.
    #[must_use]
    pub fn suggestions(suggestions: &'a [view::Suggestion]) -> Self {
        let choices = suggestions.iter().take(SUGGESTIONS_MAX);
        let choices = choices.map(|s| Choice {
            name: &s.name,
            value: &s.value,
        });
        let choices = choices.collect();
        Self::new(SUGGESTIONS, CallbackData::Suggestions { choices })
    }

    /// A form with one line of text.
    #[must_use]
    pub fn modal(modal: &'a Modal) -> Self {
        let input = TextInput {
            max_length: Some(modal.length_max),
            placeholder: &modal.placeholder,
            required: true,
            ..TextInput::new(INPUT_ID, SHORT, &modal.label)
        };
        let to_read = modal.to_read.as_ref().map(|to_read| TextInput {
            value: to_read.text.as_str().into(),
            ..TextInput::new(TO_READ_ID, PARAGRAPH, &to_read.label)
        });
        let inputs = std::iter::once(input).chain(to_read);
        Self::form_of(&modal.custom_id, &modal.title, inputs)
    }

    /// A form with several fields.
    #[must_use]
    pub fn form(form: &'a Form) -> Self {
        let inputs = form.inputs.iter().map(TextInput::of);
        Self::form_of(&form.custom_id, &form.title, inputs)
    }

    fn form_of(
        custom_id: &'a str,
        title: &'a str,
        inputs: impl Iterator<Item = TextInput<'a>>,
    ) -> Self {
        let rows = inputs.map(|input| row_of(vec![Component::TextInput(input)]));
        Self::new(
            MODAL,
            CallbackData::Form {
                custom_id,
                title,
                components: rows.collect(),
            },
        )
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum CallbackData<'a> {
    Message(WireMessage<'a>),
    Deferred {
        #[serde(skip_serializing_if = "Option::is_none")]
        flags: Option<u32>,
    },
    Suggestions {
        choices: Vec<Choice<'a>>,
    },
    Form {
        custom_id: &'a str,
        title: &'a str,
        components: Vec<ActionRow<'a>>,
    },
}

/// A message with every part present, so that an edit replaces everything.
#[derive(Serialize)]
pub struct WireMessage<'a> {
    content: &'a str,
    embeds: Vec<WireEmbed<'a>>,
    components: Vec<ActionRow<'a>>,
    allowed_mentions: AllowedMentions,
    /// The files of this very request; an edit drops all others.
    attachments: Vec<Attachment<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    flags: Option<u32>,
    #[serde(flatten)]
    once: Option<Once<'a>>,
}

/// Discord creates only one channel message per nonce:
/// <https://discord.com/developers/docs/resources/message#create-message>.
#[derive(Serialize)]
struct Once<'a> {
    nonce: &'a str,
    enforce_nonce: bool,
}

/// A message as an edit or a follow-up.
#[must_use]
pub fn message(message: &Message) -> WireMessage<'_> {
    WireMessage {
        content: &message.content,
        embeds: message.embeds.iter().map(WireEmbed::of).collect(),
        components: message.rows.iter().map(row).collect(),
        allowed_mentions: AllowedMentions::of(message),
        attachments: message
            .file
            .as_deref()
            .map(Attachment::of)
            .into_iter()
            .collect(),
        flags: None,
        once: None,
    }
}

/// A message as a callback or a private follow-up.
#[must_use]
pub fn reply(reply: &Message, visibility: Visibility) -> WireMessage<'_> {
    WireMessage {
        flags: flags(visibility),
        ..message(reply)
    }
}

/// A channel message that is created once.
#[must_use]
pub fn with_nonce<'a>(posted: &'a Message, nonce: &'a str) -> WireMessage<'a> {
    WireMessage {
        once: Some(Once {
            nonce,
            enforce_nonce: true,
        }),
        ..message(posted)
    }
}

fn flags(visibility: Visibility) -> Option<u32> {
    (visibility == Visibility::Member).then_some(EPHEMERAL)
}

/// Mentions only the member or role that the message is for, whatever its text contains.
#[derive(Serialize)]
struct AllowedMentions {
    parse: [&'static str; 0],
    #[serde(skip_serializing_if = "Option::is_none")]
    users: Option<[String; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<[String; 1]>,
}

impl AllowedMentions {
    fn of(message: &Message) -> Self {
        Self {
            parse: [],
            users: message.notifies.map(|user| [user.to_string()]),
            roles: message.calls.map(|role| [role.to_string()]),
        }
    }
}

/// A file, sent as `files[0]`: <https://discord.com/developers/docs/reference#uploading-files>.
#[derive(Serialize)]
struct Attachment<'a> {
    id: u8,
    filename: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
}

impl<'a> Attachment<'a> {
    fn of(file: &'a File) -> Self {
        Self {
            id: 0,
            filename: &file.name,
            description: &file.alt,
        }
    }
}

#[derive(Serialize)]
struct WireEmbed<'a> {
    color: u32,
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    footer: Option<Footer<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Image<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    fields: &'a [Field],
}

#[derive(Serialize)]
struct Footer<'a> {
    text: &'a str,
}

#[derive(Serialize)]
struct Image<'a> {
    #[serde(serialize_with = "as_attachment")]
    url: &'a str,
}

fn as_attachment<S: Serializer>(name: &impl Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("attachment://{name}"))
}

impl<'a> WireEmbed<'a> {
    fn of(embed: &'a Embed) -> Self {
        let text = embed.footer.as_str();
        let url = embed.image.as_str();
        Self {
            color: embed.tone.colour(),
            title: &embed.title,
            description: &embed.description,
            footer: (!text.is_empty()).then_some(Footer { text }),
            image: (!url.is_empty()).then_some(Image { url }),
            fields: &embed.fields,
        }
    }
}

#[derive(Serialize)]
struct ActionRow<'a> {
    #[serde(rename = "type")]
    kind: u8,
    components: Vec<Component<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Component<'a> {
    Button {
        #[serde(rename = "type")]
        kind: u8,
        style: u8,
        label: &'a str,
        custom_id: &'a str,
        disabled: bool,
    },
    Select {
        #[serde(rename = "type")]
        kind: u8,
        custom_id: &'a str,
        placeholder: &'a str,
        options: Vec<SelectOption<'a>>,
    },
    TextInput(TextInput<'a>),
}

fn row(row: &Row) -> ActionRow<'_> {
    row_of(match row {
        Row::Buttons(buttons) => buttons.iter().map(Component::of_button).collect(),
        Row::Select(menu) => vec![Component::of_select(menu)],
    })
}

fn row_of(components: Vec<Component<'_>>) -> ActionRow<'_> {
    ActionRow {
        kind: ACTION_ROW,
        components,
    }
}

impl<'a> Component<'a> {
    fn of_button(button: &'a Button) -> Self {
        Self::Button {
            kind: BUTTON,
            style: match button.style {
                Style::Primary => 1,
                Style::Secondary => 2,
                Style::Success => 3,
                Style::Danger => 4,
            },
            label: &button.label,
            custom_id: &button.custom_id,
            disabled: button.disabled,
        }
    }

    fn of_select(menu: &'a Select) -> Self {
        let options = menu.options.iter().map(|option| SelectOption {
            label: &option.label,
            value: &option.value,
            default: option.chosen,
        });
        Self::Select {
            kind: STRING_SELECT,
            custom_id: &menu.custom_id,
            placeholder: &menu.placeholder,
            options: options.collect(),
        }
    }
}

#[derive(Serialize)]
struct SelectOption<'a> {
    label: &'a str,
    value: &'a str,
    default: bool,
}

#[derive(Serialize)]
struct TextInput<'a> {
    #[serde(rename = "type")]
    kind: u8,
    custom_id: &'a str,
    style: u8,
    label: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_length: Option<u16>,
    required: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    placeholder: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    value: Cow<'a, str>,
}

impl<'a> TextInput<'a> {
    fn new(custom_id: &'a str, style: u8, label: &'a str) -> Self {
        Self {
            kind: TEXT_INPUT,
            custom_id,
            style,
            label,
            max_length: None,
            required: false,
            placeholder: "",
            value: "".into(),
        }
    }

    fn of(input: &'a Input) -> Self {
        let most = usize::from(input.length_max);
        let style = if input.has_lines { PARAGRAPH } else { SHORT };
        Self {
            max_length: Some(input.length_max),
            required: input.is_required,
            placeholder: &input.placeholder,
            value: input.value.chars().take(most).collect(),
            ..Self::new(input.id, style, &input.label)
        }
    }
}

#[derive(Serialize)]
struct Choice<'a> {
    name: &'a str,
    value: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use heat_view::message::{SelectOption, Tone};
    use serde_json::{Value, json};

    fn value(body: impl Serialize) -> Value {
        serde_json::to_value(body).expect("it is JSON")
    }

    fn sample() -> Message {
        Message {
            content: "Hello".to_owned(),
            embeds: vec![Embed {
                title: "T".to_owned(),
                tone: Tone::Good,
                fields: vec![Field {
                    name: "N".to_owned(),
                    value: "V".to_owned(),
                    inline: true,
                }],
                ..Embed::default()
            }],
            file: None,
            notifies: None,
            calls: None,
            rows: vec![
                Row::Buttons(vec![Button {
                    custom_id: "id".to_owned(),
                    label: "L".to_owned(),
                    style: Style::Danger,
                    disabled: true,
                }]),
                Row::Select(Select {
                    custom_id: "menu".to_owned(),
                    placeholder: "P".to_owned(),
                    options: vec![SelectOption {
                        label: "O".to_owned(),
                        value: "v".to_owned(),
                        chosen: true,
                    }],
                }),
            ],
        }
    }

    #[test]
    fn a_message_as_discord_takes_it() {
        assert_eq!(
            value(message(&sample())),
            json!({
                "content": "Hello",
                "embeds": [{
                    "color": 0x2e_8b_57, "title": "T",
                    "fields": [{ "name": "N", "value": "V", "inline": true }],
                }],
                "components": [
                    { "type": 1, "components": [
                        { "type": 2, "style": 4, "label": "L", "custom_id": "id", "disabled": true },
                    ] },
                    { "type": 1, "components": [
                        { "type": 3, "custom_id": "menu", "placeholder": "P",
                          "options": [{ "label": "O", "value": "v", "default": true }] },
                    ] },
                ],
                "attachments": [],
                "allowed_mentions": { "parse": [] },
            })
        );
    }

    /// serenity's default for mentions works only through its builders; here each message sets it,
    /// in every form in which it is sent.
    #[test]
    fn no_message_can_ping_anybody() {
        let quiet = json!({ "parse": [] });
        for body in [
            message(&sample()),
            reply(&sample(), Visibility::Member),
            with_nonce(&sample(), "n"),
        ] {
            assert_eq!(value(body)["allowed_mentions"], quiet);
        }
    }

    #[test]
    fn a_challenge_notifies_the_one_who_is_challenged() {
        let challenge = Message {
            content: "<@7> @everyone <@8>".to_owned(),
            notifies: Some(heat_core::id::UserId(7)),
            ..Message::default()
        };
        let allowed = json!({ "parse": [], "users": ["7"] });
        assert_eq!(value(message(&challenge))["allowed_mentions"], allowed);
    }

    #[test]
    fn only_the_intended_role_can_be_mentioned() {
        let call = Message {
            content: "<@&7> @everyone <@&8> <@9>".to_owned(),
            calls: Some(heat_core::id::RoleId(7)),
            ..Message::default()
        };
        let allowed = json!({ "parse": [], "roles": ["7"] });
        assert_eq!(value(message(&call))["allowed_mentions"], allowed);
    }

    #[test]
    fn a_picture_is_in_its_embed_and_has_a_description() {
        let mut pictured = sample();
        pictured.embeds[0].image = "card.png".to_owned();
        pictured.file = Some(Box::new(File {
            name: "card.png".to_owned(),
            alt: "A card".to_owned(),
            content: vec![1, 2, 3],
        }));
        let body = value(message(&pictured));
        assert_eq!(
            body["embeds"][0]["image"],
            json!({ "url": "attachment://card.png" })
        );
        let file = json!({ "id": 0, "filename": "card.png", "description": "A card" });
        assert_eq!(body["attachments"], json!([file]));
    }

    #[test]
    fn a_reply_can_be_private_and_a_post_unique() {
        assert_eq!(value(reply(&sample(), Visibility::Member))["flags"], 64);
        assert!(value(reply(&sample(), Visibility::Everyone))["flags"].is_null());
        let once = value(with_nonce(&sample(), "12-3"));
        assert_eq!(
            (&once["nonce"], &once["enforce_nonce"]),
            (&json!("12-3"), &json!(true))
        );
    }
}
