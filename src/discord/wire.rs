//! Converts the bot's messages to Discord's JSON.
//!
//! Written by hand, and not with serenity's builders, so that the same JSON serves as a callback, a
//! channel message, a follow-up and an edit. A message allows no mentions except the one it is for:
//! <https://discord.com/developers/docs/resources/message#allowed-mentions-object>.

use crate::discord::reply::Visibility;
use heat_view::message::{
    Button, Embed, File, Form, Input, Message, Modal, Row, Select, Style, Suggestion,
};
use serde_json::{Value, json};

/// `EPHEMERAL`: <https://discord.com/developers/docs/resources/message#message-object-message-flags>.
const EPHEMERAL: u32 = 1 << 6;
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

/// A message with every part present, so that an edit replaces everything.
#[must_use]
pub fn message(message: &Message) -> Value {
    json!({
        "content": message.content,
        "embeds": message.embeds.iter().map(embed).collect::<Vec<_>>(),
        "components": message.rows.iter().map(row).collect::<Vec<_>>(),
        "allowed_mentions": mentions(message),
        // The files of this very request; an edit drops all others.
        "attachments": message.file.as_deref().map(attachment).into_iter().collect::<Vec<_>>(),
    })
}

/// Mentions only the member or role that the message is for, whatever its text contains.
fn mentions(message: &Message) -> Value {
    let mut mentions = json!({ "parse": [] });
    if let Some(user) = message.notifies {
        mentions["users"] = json!([user.to_string()]);
    }
    if let Some(role) = message.calls {
        mentions["roles"] = json!([role.to_string()]);
    }
    mentions
}

/// A file, sent as `files[0]`: <https://discord.com/developers/docs/reference#uploading-files>.
fn attachment(file: &File) -> Value {
    let mut out = json!({ "id": 0, "filename": file.name });
    if !file.alt.is_empty() {
        out["description"] = json!(file.alt);
    }
    out
}

/// A message in the form of a callback or follow-up.
#[must_use]
pub fn reply(reply: &Message, visibility: Visibility) -> Value {
    let mut body = message(reply);
    if visibility == Visibility::Member {
        body["flags"] = json!(EPHEMERAL);
    }
    body
}

/// A channel message that Discord creates only once per nonce:
/// <https://discord.com/developers/docs/resources/message#create-message>.
#[must_use]
pub fn with_nonce(posted: &Message, nonce: &str) -> Value {
    let mut body = message(posted);
    body["nonce"] = json!(nonce);
    body["enforce_nonce"] = json!(true);
    body
}

/// Suggestions for an option.
#[must_use]
pub fn suggestions(suggestions: &[Suggestion]) -> Value {
    let choices: Vec<Value> = suggestions
        .iter()
        .take(25)
        .map(|s| json!({ "name": s.name, "value": s.value }))
        .collect();
    json!({ "choices": choices })
}

/// A form with one line of text.
#[must_use]
pub fn modal(modal: &Modal) -> Value {
    let mut input = json!({
        "type": TEXT_INPUT,
        "custom_id": INPUT_ID,
        "style": SHORT,
        "label": modal.label,
        "max_length": modal.length_max,
        "required": true,
    });
    if !modal.placeholder.is_empty() {
        input["placeholder"] = json!(modal.placeholder);
    }
    let mut inputs = vec![input];
    inputs.extend(modal.to_read.as_ref().map(|to_read| {
        json!({
            "type": TEXT_INPUT,
            "custom_id": TO_READ_ID,
            "style": PARAGRAPH,
            "label": to_read.label,
            "value": to_read.text,
            "required": false,
        })
    }));
    let row = |input: Value| json!({ "type": ACTION_ROW, "components": [input] });
    json!({
        "custom_id": modal.custom_id,
        "title": modal.title,
        "components": inputs.into_iter().map(row).collect::<Vec<_>>(),
    })
}

/// A form with several fields.
#[must_use]
pub fn form(form: &Form) -> Value {
    let input = |input: &Input| {
        let mut out = json!({
            "type": TEXT_INPUT,
            "custom_id": input.id,
            "style": if input.has_lines { PARAGRAPH } else { SHORT },
            "label": input.label,
            "max_length": input.length_max,
            "required": input.is_required,
        });
        if !input.placeholder.is_empty() {
            out["placeholder"] = json!(input.placeholder);
        }
        if !input.value.is_empty() {
            let value: String = input
                .value
                .chars()
                .take(usize::from(input.length_max))
                .collect();
            out["value"] = json!(value);
        }
        json!({ "type": ACTION_ROW, "components": [out] })
    };
    json!({
        "custom_id": form.custom_id,
        "title": form.title,
        "components": form.inputs.iter().map(input).collect::<Vec<_>>(),
    })
}

/// A deferral: "the bot is thinking".
#[must_use]
pub fn deferral(visibility: Visibility) -> Value {
    if visibility == Visibility::Member {
        json!({ "flags": EPHEMERAL })
    } else {
        json!({})
    }
}

fn embed(embed: &Embed) -> Value {
    let mut out = json!({ "color": embed.tone.colour() });
    if !embed.title.is_empty() {
        out["title"] = json!(embed.title);
    }
    if !embed.description.is_empty() {
        out["description"] = json!(embed.description);
    }
    if !embed.footer.is_empty() {
        out["footer"] = json!({ "text": embed.footer });
    }
    if !embed.image.is_empty() {
        out["image"] = json!({ "url": format!("attachment://{}", embed.image) });
    }
    if !embed.fields.is_empty() {
        out["fields"] = embed
            .fields
            .iter()
            .map(|f| json!({ "name": f.name, "value": f.value, "inline": f.inline }))
            .collect();
    }
    out
}

fn row(row: &Row) -> Value {
    let components: Vec<Value> = match row {
        Row::Buttons(buttons) => buttons.iter().map(button).collect(),
        Row::Select(menu) => vec![select(menu)],
    };
    json!({ "type": ACTION_ROW, "components": components })
}

fn button(button: &Button) -> Value {
    let style = match button.style {
        Style::Primary => 1,
        Style::Secondary => 2,
        Style::Success => 3,
        Style::Danger => 4,
    };
    json!({
        "type": BUTTON,
        "style": style,
        "label": button.label,
        "custom_id": button.custom_id,
        "disabled": button.disabled,
    })
}

fn select(menu: &Select) -> Value {
    let options: Vec<Value> = menu
        .options
        .iter()
        .map(|o| json!({ "label": o.label, "value": o.value, "default": o.chosen }))
        .collect();
    json!({
        "type": STRING_SELECT,
        "custom_id": menu.custom_id,
        "placeholder": menu.placeholder,
        "options": options,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use heat_view::message::{Field, SelectOption, Tone};

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
            message(&sample()),
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
            assert_eq!(body["allowed_mentions"], quiet);
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
        assert_eq!(message(&challenge)["allowed_mentions"], allowed);
    }

    #[test]
    fn only_the_intended_role_can_be_mentioned() {
        let call = Message {
            content: "<@&7> @everyone <@&8> <@9>".to_owned(),
            calls: Some(heat_core::id::RoleId(7)),
            ..Message::default()
        };
        let allowed = json!({ "parse": [], "roles": ["7"] });
        assert_eq!(message(&call)["allowed_mentions"], allowed);
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
        let body = message(&pictured);
        assert_eq!(
            body["embeds"][0]["image"],
            json!({ "url": "attachment://card.png" })
        );
        let file = json!({ "id": 0, "filename": "card.png", "description": "A card" });
        assert_eq!(body["attachments"], json!([file]));
    }

    #[test]
    fn a_reply_can_be_private_and_a_post_unique() {
        assert_eq!(reply(&sample(), Visibility::Member)["flags"], 64);
        assert!(reply(&sample(), Visibility::Everyone)["flags"].is_null());
        let once = with_nonce(&sample(), "12-3");
        assert_eq!(
            (&once["nonce"], &once["enforce_nonce"]),
            (&json!("12-3"), &json!(true))
        );
    }
}
