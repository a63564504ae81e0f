//! Embeds: limits per part and in total.

use serde_json::{Value, json};

use super::form::{Fields, FormErrors};

/// Most embeds of one message.
pub const EMBEDS_MAX: usize = 10;
/// Most characters of all embeds of one message together.
pub const TOTAL_CHARS_MAX: usize = 6000;

const LINKS: &[&str] = &["http", "https"];
const MEDIA: &[&str] = &["http", "https", "attachment"];

/// Reads the `embeds` of a message; `None` when they were not sent.
pub fn read(message: &Fields<'_>, errors: &mut FormErrors) -> Option<Vec<Value>> {
    if !message.has("embeds") {
        return None;
    }
    let list = message
        .list("embeds", 0, EMBEDS_MAX, errors)
        .unwrap_or_default();
    let mut total = 0;
    let mut embeds = Vec::with_capacity(list.len());
    for (index, value) in list.iter().enumerate() {
        let path = message.path(&format!("embeds.{index}"));
        if let Some(fields) = Fields::of(value, &path, errors) {
            embeds.push(read_one(&fields, &mut total, errors));
        }
    }
    if total > TOTAL_CHARS_MAX {
        errors.add(
            &message.path("embeds"),
            "MAX_EMBED_SIZE_EXCEEDED",
            format!("Embed size exceeds maximum size of {TOTAL_CHARS_MAX}"),
        );
    }
    Some(embeds)
}

fn read_one(fields: &Fields<'_>, total: &mut usize, errors: &mut FormErrors) -> Value {
    let mut embed = json!({ "type": "rich" });
    for (name, max) in [("title", 256), ("description", 4096)] {
        if let Some(text) = fields.text(name, 0, max, errors) {
            *total += text.chars().count();
            embed[name] = json!(text);
        }
    }
    if let Some(url) = fields.url("url", LINKS, 2048, errors) {
        embed["url"] = json!(url);
    }
    if let Some(color) = fields.int("color", 0, 0xFF_FF_FF, errors) {
        embed["color"] = json!(color);
    }
    if let Some(moment) = fields.text("timestamp", 1, 64, errors) {
        if moment.parse::<jiff::Timestamp>().is_ok() {
            embed["timestamp"] = json!(moment);
        } else {
            errors.add(
                &fields.path("timestamp"),
                "DATETIME_TYPE_PARSE",
                format!("Could not parse {moment}. Should be ISO8601."),
            );
        }
    }
    for name in ["image", "thumbnail"] {
        if let Some(media) = fields.object(name, errors) {
            if media.get("url").is_none() {
                errors.required(&media.path("url"));
            } else if let Some(url) = media.url("url", MEDIA, 2048, errors) {
                embed[name] = json!({ "url": url });
            }
        }
    }
    if let Some(footer) = read_line(fields, "footer", "text", 2048, total, errors) {
        embed["footer"] = footer;
    }
    if let Some(author) = read_line(fields, "author", "name", 256, total, errors) {
        embed["author"] = author;
    }
    if let Some(list) = read_fields(fields, total, errors) {
        embed["fields"] = json!(list);
    }
    let shows = [
        "title",
        "description",
        "fields",
        "image",
        "thumbnail",
        "footer",
        "author",
    ];
    if errors.is_empty() && shows.iter().all(|name| is_blank(&embed[*name])) {
        // An empty embed is refused; Discord blames its description.
        errors.required(&fields.path("description"));
    }
    embed
}

/// Whether a part of an embed shows nothing.
fn is_blank(part: &Value) -> bool {
    match part {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

/// A footer or an author: text with an icon and an optional link.
fn read_line(
    embed: &Fields<'_>,
    name: &str,
    text_name: &str,
    max: usize,
    total: &mut usize,
    errors: &mut FormErrors,
) -> Option<Value> {
    let line = embed.object(name, errors)?;
    let text = line.required_text(text_name, 1, max, errors)?;
    *total += text.chars().count();
    let mut out = json!({ text_name: text });
    if let Some(icon) = line.url("icon_url", MEDIA, 2048, errors) {
        out["icon_url"] = json!(icon);
    }
    if name == "author"
        && let Some(url) = line.url("url", LINKS, 2048, errors)
    {
        out["url"] = json!(url);
    }
    Some(out)
}

fn read_fields(
    embed: &Fields<'_>,
    total: &mut usize,
    errors: &mut FormErrors,
) -> Option<Vec<Value>> {
    let list = embed.list("fields", 0, 25, errors)?;
    let mut out = Vec::with_capacity(list.len());
    for (index, value) in list.iter().enumerate() {
        let path = embed.path(&format!("fields.{index}"));
        let Some(field) = Fields::of(value, &path, errors) else {
            continue;
        };
        let mut texts = [""; 2];
        for (slot, (name, max)) in texts.iter_mut().zip([("name", 256), ("value", 1024)]) {
            let Some(text) = field.required_text(name, 1, max, errors) else {
                continue;
            };
            // Discord trims first, so blank text counts as none.
            if text.trim().is_empty() {
                errors.required(&field.path(name));
            }
            *total += text.chars().count();
            *slot = text;
        }
        out.push(json!({
            "name": texts[0],
            "value": texts[1],
            "inline": field.boolean("inline", errors),
        }));
    }
    Some(out)
}
