//! A message as a bot sends it: limits, flags, mentions, attachments.

use std::collections::BTreeSet;

use bitflags::bitflags;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    component, embed,
    form::{Fields, FormErrors, read_id},
};
use crate::{
    error::ApiError,
    id::{AttachmentId, MessageId, RoleId, UserId},
};

/// Most characters of a message's content.
pub const CONTENT_CHARS_MAX: usize = 2000;

bitflags! {
    /// A message's flags: <https://discord.com/developers/docs/resources/message#message-object-message-flags>.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
    pub struct MessageFlags: u32 {
        /// Links show no embeds.
        const SUPPRESS_EMBEDS = 1 << 2;
        /// Only the member who caused the interaction sees it.
        const EPHEMERAL = 1 << 6;
        /// A deferred answer, "is thinking …".
        const LOADING = 1 << 7;
        /// Sends no notifications.
        const SUPPRESS_NOTIFICATIONS = 1 << 12;

        // Flags without a name here are Discord's, too.
        const _ = !0;
    }
}

impl MessageFlags {
    /// The flags of a form, if they were sent.
    pub fn read(fields: &Fields<'_>, errors: &mut FormErrors) -> Option<Self> {
        let bits = fields.int("flags", 0, i64::from(u32::MAX), errors)?;
        u32::try_from(bits).ok().map(Self::from_bits_retain)
    }
}

/// Where a message goes, which decides its allowed fields and flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// `POST /channels/…/messages`.
    ChannelCreate,
    /// A first answer or follow-up of an interaction.
    Interaction,
    /// Any edit.
    Edit,
}

impl Use {
    fn flags(self) -> MessageFlags {
        let quiet = MessageFlags::SUPPRESS_EMBEDS | MessageFlags::SUPPRESS_NOTIFICATIONS;
        match self {
            Self::ChannelCreate => quiet,
            Self::Interaction => quiet | MessageFlags::EPHEMERAL,
            // Discord silently ignores every other bit of an edit.
            Self::Edit => MessageFlags::all(),
        }
    }
}

/// A file that came with the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The `n` of the part `files[n]`. In `attachments` it stands for the id that the file gets:
    /// <https://discord.com/developers/docs/reference#uploading-files>.
    pub placeholder: AttachmentId,
    /// Its name.
    pub filename: String,
    /// Its media type, if the part has one.
    pub content_type: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Which message a new one replies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// The other message.
    pub message_id: MessageId,
    /// Whether an unknown message is an error.
    pub must_exist: bool,
}

/// Which of the users or roles named in the content are pinged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named<Id> {
    /// Any of them.
    All,
    /// Only these.
    These(BTreeSet<Id>),
}

impl<Id: Ord> Named<Id> {
    /// Whether this one is pinged when the content names it.
    pub fn includes(&self, id: &Id) -> bool {
        match self {
            Self::All => true,
            Self::These(ids) => ids.contains(id),
        }
    }
}

/// Who may be pinged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedMentions {
    /// `@everyone` and `@here` ping.
    pub everyone: bool,
    /// Users that are pinged when named in the content.
    pub users: Named<UserId>,
    /// Roles that are pinged when named in the content.
    pub roles: Named<RoleId>,
    /// The author of the message that is replied to is pinged.
    pub replied_user: bool,
}

impl Default for AllowedMentions {
    fn default() -> Self {
        Self {
            everyone: true,
            users: Named::All,
            roles: Named::All,
            replied_user: true,
        }
    }
}

/// A valid message. `None` means that the field was not sent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draft {
    /// The text; empty when it was sent as `null`.
    pub content: Option<String>,
    /// The embeds.
    pub embeds: Option<Vec<Value>>,
    /// The action rows.
    pub components: Option<Vec<Value>>,
    /// The flags.
    pub flags: Option<MessageFlags>,
    /// Ids of attachments that an edit keeps.
    pub kept_attachments: Option<BTreeSet<AttachmentId>>,
    /// The details of each new file, in the order of the files.
    pub new_files: Vec<Option<String>>,
    /// The nonce, and whether it makes the request idempotent.
    pub nonce: Option<Value>,
    /// Whether a second message with the nonce returns the first one.
    pub enforce_nonce: bool,
    /// The message that this one replies to.
    pub reference: Option<Reference>,
    /// Who may be pinged.
    pub mentions: AllowedMentions,
    /// Read aloud.
    pub tts: bool,
}

impl Draft {
    /// Whether a member would see anything.
    pub fn has_body(&self) -> bool {
        let has = |list: &Option<Vec<Value>>| list.as_ref().is_some_and(|list| !list.is_empty());
        self.content
            .as_ref()
            .is_some_and(|text| !text.trim().is_empty())
            || has(&self.embeds)
            || has(&self.components)
            || !self.new_files.is_empty()
    }
}

/// Reads a message body.
///
/// `path` is where the message is in the form: empty, or `data` inside a callback.
///
/// # Errors
/// Code 50035 with every fault, or 50006 when a new message is empty.
pub fn read(body: &Value, path: &str, usage: Use, files: &[File]) -> Result<Draft, ApiError> {
    let mut errors = FormErrors::default();
    let mut draft = Draft::default();
    if let Some(fields) = Fields::of(body, path, &mut errors) {
        draft = read_fields(&fields, usage, files, &mut errors);
    }
    errors.finish()?;
    if usage != Use::Edit && !draft.has_body() {
        return Err(ApiError::empty_message());
    }
    Ok(draft)
}

fn read_fields(fields: &Fields<'_>, usage: Use, files: &[File], errors: &mut FormErrors) -> Draft {
    let content = fields.has("content").then(|| {
        fields
            .text("content", 0, CONTENT_CHARS_MAX, errors)
            .unwrap_or_default()
            .to_owned()
    });
    let mut draft = Draft {
        content,
        embeds: embed::read(fields, errors),
        components: component::read(fields, errors),
        flags: read_flags(fields, usage, errors),
        mentions: read_mentions(fields, errors),
        tts: fields.boolean("tts", errors),
        ..Draft::default()
    };
    if usage == Use::ChannelCreate {
        draft.nonce = read_nonce(fields, errors);
        draft.enforce_nonce = fields.boolean("enforce_nonce", errors);
        draft.reference = read_reference(fields, errors);
    }
    read_attachments(fields, files, &mut draft, errors);
    check_pictures(fields, files, &draft, usage, errors);
    draft
}

fn read_flags(fields: &Fields<'_>, usage: Use, errors: &mut FormErrors) -> Option<MessageFlags> {
    let flags = MessageFlags::read(fields, errors)?;
    let refused = flags - usage.flags();
    if !refused.is_empty() {
        errors.add(
            &fields.path("flags"),
            "BITFIELD_TYPE_CONVERT",
            format!("Message flags {} may not be set here.", refused.bits()),
        );
    }
    Some(flags)
}

fn read_nonce(fields: &Fields<'_>, errors: &mut FormErrors) -> Option<Value> {
    let nonce = fields.get("nonce")?;
    match nonce {
        Value::String(text) if text.chars().count() <= 25 => Some(nonce.clone()),
        Value::String(_) => {
            errors.add(
                &fields.path("nonce"),
                "BASE_TYPE_MAX_LENGTH",
                "Must be 25 or fewer in length.",
            );
            None
        }
        Value::Number(number) if number.is_i64() || number.is_u64() => Some(nonce.clone()),
        _ => {
            errors.add(
                &fields.path("nonce"),
                "NONCE_TYPE_CONVERT",
                "Nonce must be a string or an integer.",
            );
            None
        }
    }
}

fn read_reference(fields: &Fields<'_>, errors: &mut FormErrors) -> Option<Reference> {
    let reference = fields.object("message_reference", errors)?;
    if reference.get("message_id").is_none() {
        errors.required(&reference.path("message_id"));
    }
    let message_id = reference.snowflake("message_id", errors)?;
    let must_exist = reference.get("fail_if_not_exists").is_none()
        || reference.boolean("fail_if_not_exists", errors);
    Some(Reference {
        message_id,
        must_exist,
    })
}

fn read_mentions(fields: &Fields<'_>, errors: &mut FormErrors) -> AllowedMentions {
    let Some(allowed) = fields.object("allowed_mentions", errors) else {
        return AllowedMentions::default();
    };
    let mut parse = BTreeSet::new();
    for (index, kind) in allowed
        .list("parse", 0, 3, errors)
        .unwrap_or_default()
        .iter()
        .enumerate()
    {
        match kind.as_str() {
            Some(kind @ ("roles" | "users" | "everyone")) => {
                parse.insert(kind);
            }
            _ => errors.add(
                &allowed.path(&format!("parse.{index}")),
                "BASE_TYPE_CHOICES",
                "Value must be one of ('everyone', 'roles', 'users').",
            ),
        }
    }
    AllowedMentions {
        everyone: parse.contains("everyone"),
        users: read_named(&allowed, "users", &parse, errors),
        roles: read_named(&allowed, "roles", &parse, errors),
        replied_user: allowed.boolean("replied_user", errors),
    }
}

fn read_named<Id: DeserializeOwned + Ord>(
    allowed: &Fields<'_>,
    kind: &str,
    parse: &BTreeSet<&str>,
    errors: &mut FormErrors,
) -> Named<Id> {
    let listed = allowed.list(kind, 0, 100, errors).unwrap_or_default();
    if parse.contains(kind) && !listed.is_empty() {
        errors.add(
            &allowed.path(""),
            "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
            format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive."),
        );
    }
    let ids = listed.iter().enumerate().filter_map(|(index, id)| {
        let path = allowed.path(&format!("{kind}.{index}"));
        read_id(id, &path, errors)
    });
    let ids = ids.collect();
    if parse.contains(kind) {
        Named::All
    } else {
        Named::These(ids)
    }
}

/// Joins the `attachments` of the body with the files of the request.
fn read_attachments(
    fields: &Fields<'_>,
    files: &[File],
    draft: &mut Draft,
    errors: &mut FormErrors,
) {
    if files.len() > 10 {
        errors.add(
            &fields.path("attachments"),
            "BASE_TYPE_MAX_LENGTH",
            "Must be 10 or fewer in length.",
        );
        return;
    }
    let mut described = std::collections::BTreeMap::new();
    if fields.has("attachments") {
        let list = fields
            .list("attachments", 0, 10, errors)
            .unwrap_or_default();
        let mut kept = BTreeSet::new();
        for (index, value) in list.iter().enumerate() {
            let path = fields.path(&format!("attachments.{index}"));
            let Some(entry) = Fields::of(value, &path, errors) else {
                continue;
            };
            let Some(id) = entry.snowflake("id", errors) else {
                errors.required(&entry.path("id"));
                continue;
            };
            let text = entry.text("description", 0, 1024, errors);
            entry.text("filename", 0, 260, errors);
            if files.iter().any(|file| file.placeholder == id) {
                described.insert(id, text);
            } else {
                kept.insert(id);
            }
        }
        draft.kept_attachments = Some(kept);
    }
    for file in files {
        let description = described.get(&file.placeholder).copied().flatten();
        draft.new_files.push(description.map(str::to_owned));
    }
}

/// Discord silently drops a picture whose file is missing. Here that is refused, since no bot means
/// it; an edit may name a file that the message already has.
fn check_pictures(
    fields: &Fields<'_>,
    files: &[File],
    draft: &Draft,
    usage: Use,
    errors: &mut FormErrors,
) {
    let keeps_files = match &draft.kept_attachments {
        Some(kept) => !kept.is_empty(),
        None => usage == Use::Edit,
    };
    if keeps_files {
        return;
    }
    for (index, embed) in draft.embeds.iter().flatten().enumerate() {
        let places = [
            "/image/url",
            "/thumbnail/url",
            "/author/icon_url",
            "/footer/icon_url",
        ];
        for place in places {
            let url = embed.pointer(place).and_then(Value::as_str);
            let name = url.and_then(|url| url.strip_prefix("attachment://"));
            if name.is_some_and(|name| files.iter().all(|file| file.filename != name)) {
                let place = place.replace('/', ".");
                errors.add(
                    &fields.path(&format!("embeds.{index}{place}")),
                    "REFERENCED_ATTACHMENT_NOT_FOUND",
                    "Referenced attachment not found",
                );
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
mod tests {
    use super::*;
    use serde_json::json;

    fn refusal(body: &Value) -> Value {
        read(body, "", Use::ChannelCreate, &[]).unwrap_err().body()
    }

    #[test]
    fn every_fault_of_a_message_is_reported_under_its_path() {
        let button = |id: &str| json!({ "type": 2, "style": 1, "label": "A", "custom_id": id });
        let body = json!({
            "content": "x".repeat(2001),
            "embeds": [{ "title": "y".repeat(257), "fields": [{ "name": " ", "value": "v" }] }],
            "components": [{ "type": 1, "components": [button("same"), button("same")] }],
            "flags": 64,
            "tts": "loud",
            "nobody_knows_this_field": [1, 2, 3],
        });
        let answer = refusal(&body);
        assert_eq!(answer["code"], 50035);
        let errors = &answer["errors"];
        let code = |pointer: &str| errors.pointer(pointer).unwrap()["_errors"][0]["code"].clone();
        assert_eq!(code("/content"), "BASE_TYPE_MAX_LENGTH");
        assert_eq!(code("/embeds/0/title"), "BASE_TYPE_MAX_LENGTH");
        assert_eq!(code("/embeds/0/fields/0/name"), "BASE_TYPE_REQUIRED");
        assert_eq!(
            code("/components/0/components/1/custom_id"),
            "COMPONENT_CUSTOM_ID_DUPLICATED"
        );
        assert_eq!(code("/flags"), "BITFIELD_TYPE_CONVERT");
        assert_eq!(code("/tts"), "BOOLEAN_TYPE_CONVERT");
        assert_eq!(errors.as_object().unwrap().len(), 5, "{errors}");
    }

    #[test]
    fn a_picture_comes_along_and_says_what_it_shows() {
        let file = File {
            placeholder: AttachmentId::default(),
            filename: "card.png".to_owned(),
            content_type: Some("image/png".to_owned()),
            bytes: vec![1],
        };
        let body = |name: &str, description: usize| {
            json!({
                "embeds": [{ "image": { "url": format!("attachment://{name}") } }],
                "attachments": [{ "id": 0, "description": "d".repeat(description) }],
            })
        };
        let files = std::slice::from_ref(&file);
        let read = |body: Value, usage| read(&body, "", usage, files);
        let draft = read(body("card.png", 1024), Use::Interaction).unwrap();
        assert_eq!(draft.new_files, [Some("d".repeat(1024))]);
        let refused = |body| read(body, Use::Interaction).unwrap_err().body()["errors"].clone();
        let errors = refused(body("other.png", 9));
        assert_eq!(
            errors["embeds"]["0"]["image"]["url"]["_errors"][0]["code"],
            "REFERENCED_ATTACHMENT_NOT_FOUND"
        );
        let errors = refused(body("card.png", 1025));
        assert_eq!(
            errors["attachments"]["0"]["description"]["_errors"][0]["code"],
            "BASE_TYPE_MAX_LENGTH"
        );
        // An edit that keeps the message's files may show one of them.
        let kept = json!({ "embeds": [{ "image": { "url": "attachment://old.png" } }] });
        assert!(read(kept, Use::Edit).is_ok());
    }

    #[test]
    fn limits_hold_to_the_character() {
        let ok = |body: Value| read(&body, "", Use::ChannelCreate, &[]);
        // Discord counts characters, not bytes.
        assert!(ok(json!({ "content": "é".repeat(2000) })).is_ok());
        let fields: Vec<Value> = (0..5)
            .map(|_| json!({ "name": "n", "value": "v".repeat(999) }))
            .collect();
        let embed = |title: usize| {
            json!({ "embeds": [{
                "title": "t".repeat(title), "description": "d".repeat(800), "fields": fields,
            }] })
        };
        assert!(ok(embed(200)).is_ok());
        let over = ok(embed(201)).unwrap_err().body();
        assert_eq!(
            over["errors"]["embeds"]["_errors"][0]["code"],
            "MAX_EMBED_SIZE_EXCEEDED"
        );
        assert_eq!(refusal(&json!({ "content": " \n" }))["code"], 50006);
        assert_eq!(refusal(&json!({}))["code"], 50006);
    }

    #[test]
    fn rows_hold_five_buttons_or_one_select() {
        let rows =
            |children: Vec<Value>| json!({ "components": [{ "type": 1, "components": children }] });
        let button =
            |n: usize| json!({ "type": 2, "style": 2, "label": "A", "custom_id": n.to_string() });
        let select =
            json!({ "type": 3, "custom_id": "s", "options": [{ "label": "a", "value": "a" }] });
        let ok = |body: Value| read(&body, "", Use::Interaction, &[]).is_ok();
        assert!(ok(rows((0..5).map(button).collect())));
        assert!(!ok(rows((0..6).map(button).collect())));
        assert!(ok(rows(vec![select.clone()])));
        assert!(!ok(rows(vec![select, button(0)])));
        assert!(!ok(rows(vec![])));
        assert!(!ok(rows(vec![
            json!({ "type": 2, "style": 5, "label": "A" })
        ])));
        assert!(!ok(rows(vec![
            json!({ "type": 2, "style": 1, "label": "A" })
        ])));
        assert!(!ok(rows(vec![
            json!({ "type": 2, "style": 1, "custom_id": "a" })
        ])));
    }
}
