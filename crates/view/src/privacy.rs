//! `/privacy`: a member's own data, downloaded or deleted.

use super::catalogue::text;
use super::custom_id::PrivacyButton;
use super::message::{Button, Embed, File, Message, Row, Style, Tone};
use heat_core::id::{ChannelId, GameId, UserId};
use heat_core::lang::Lang;
use serde_json::{Map, Value, json};

/// How long the confirmation of a deletion is valid.
pub const CONFIRM_MS: i64 = 15 * 60 * 1000;
/// The most bytes of one file. Discord accepts ten megabytes:
/// <https://discord.com/developers/docs/reference#uploading-files>.
pub const FILE_BYTES_MAX: usize = 8 << 20;

/// A member's data as one file, filled game by game until it is full.
#[derive(Debug, Clone)]
pub struct Export {
    member: UserId,
    head: Map<String, Value>,
    games: Vec<Value>,
    bytes: usize,
    /// The oldest game in it, if older ones did not fit.
    older_than: Option<GameId>,
}

impl Export {
    /// A file that starts with the data outside of games.
    #[must_use]
    pub fn new(member: UserId, head: Map<String, Value>) -> Self {
        let bytes = serde_json::to_string_pretty(&head).map_or(0, |text| text.len());
        Self {
            member,
            head,
            games: Vec::new(),
            bytes,
            older_than: None,
        }
    }

    /// Adds the data of a game. False if the file is full; then this game and all older ones go
    /// into another file.
    pub fn add(&mut self, game: GameId, entry: Value) -> bool {
        let text = serde_json::to_string_pretty(&entry).unwrap_or_default();
        // Each of its lines gets an indent and a line break.
        let bytes = text.len() + 5 * text.lines().count();
        if self.bytes + bytes > FILE_BYTES_MAX && !self.games.is_empty() {
            return false;
        }
        self.bytes += bytes;
        self.games.push(entry);
        self.older_than = Some(game);
        true
    }

    /// Marks that all games are included.
    pub fn finish(&mut self) {
        self.older_than = None;
    }

    /// The text of the file.
    #[must_use]
    pub fn content(&self) -> String {
        let mut document = self.head.clone();
        document.insert("games".to_owned(), json!(self.games));
        let more = self.older_than.is_some();
        document.insert("more_games_in_another_file".to_owned(), json!(more));
        serde_json::to_string_pretty(&document).unwrap_or_default()
    }
}

/// The file, for the member only.
#[must_use]
pub fn exported(lang: Lang, export: &Export) -> Message {
    let older = export.older_than.map(|before| {
        let press = PrivacyButton::Older {
            member: export.member,
            before,
        };
        let label = text!(lang, "privacy-older");
        Row::Buttons(vec![Button::new(
            press.to_string(),
            label,
            Style::Secondary,
        )])
    });
    Message {
        content: match older {
            Some(_) => text!(lang, "privacy-exported-in-part"),
            None => text!(lang, "privacy-exported"),
        },
        rows: older.into_iter().collect(),
        file: Some(Box::new(File {
            name: text!(lang, "privacy-file-name"),
            content: export.content().into_bytes(),
            ..File::default()
        })),
        ..Message::default()
    }
}

/// What the file with a member's data says about itself.
#[must_use]
pub fn about_export(lang: Lang) -> String {
    text!(lang, "privacy-about-export")
}

/// Asks to confirm the deletion.
#[must_use]
pub fn confirm(lang: Lang, member: UserId) -> Message {
    Message {
        embeds: vec![Embed {
            title: text!(lang, "privacy-confirm-title"),
            description: text!(lang, "privacy-confirm"),
            tone: Tone::Bad,
            footer: text!(lang, "privacy-confirm-valid"),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(vec![
            Button::new(
                PrivacyButton::Delete { member }.to_string(),
                text!(lang, "privacy-delete"),
                Style::Danger,
            ),
            Button::new(
                PrivacyButton::Keep { member }.to_string(),
                text!(lang, "privacy-keep"),
                Style::Secondary,
            ),
        ])],
        ..Message::default()
    }
}

/// Everything is gone.
#[must_use]
pub fn deleted(lang: Lang) -> Message {
    Message::sentence(text!(lang, "privacy-deleted"))
}

/// Nothing was deleted, because the member changed their mind.
#[must_use]
pub fn kept(lang: Lang) -> Message {
    Message::sentence(text!(lang, "privacy-kept"))
}

/// Nothing was deleted, because the member is playing in these channels, and maybe in others.
#[must_use]
pub fn playing(lang: Lang, member: UserId, channels: &[ChannelId]) -> Message {
    let named = |id: &ChannelId| {
        if id.0 == member.0 {
            // A private quiz is in no channel; it is stored under the member's id.
            text!(lang, "privacy-playing-alone")
        } else {
            format!("<#{id}>")
        }
    };
    let channels: Vec<String> = channels.iter().map(named).collect();
    Message::sentence(text!(lang, "privacy-playing", games = channels.join(", ")))
}

/// The member chose whether others see their wrong typed answers.
#[must_use]
pub fn typed(lang: Lang, shown: bool) -> Message {
    Message::sentence(if shown {
        text!(lang, "privacy-typed-shown")
    } else {
        text!(lang, "privacy-typed-hidden")
    })
}

/// The confirmation has expired.
#[must_use]
pub fn expired(lang: Lang) -> Message {
    Message::sentence(text!(lang, "privacy-expired"))
}

/// The button is another member's.
#[must_use]
pub fn not_yours(lang: Lang) -> Message {
    Message::sentence(text!(lang, "privacy-not-yours"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;

    #[test]
    fn what_members_read() {
        let mut export = Export::new(UserId(7), Map::new());
        assert!(export.add(GameId(99), json!({ "game": "99" })));
        let long = "x".repeat(FILE_BYTES_MAX);
        assert!(!export.add(GameId(98), json!(long)));
        let first = exported(Lang::English, &export);
        export.finish();
        let shown = [
            confirm(Lang::English, UserId(7)),
            first,
            exported(Lang::English, &export),
            deleted(Lang::English),
            kept(Lang::English),
            playing(Lang::English, UserId(7), &[ChannelId(5), ChannelId(6)]),
            expired(Lang::English),
            not_yours(Lang::English),
            typed(Lang::English, true),
            typed(Lang::English, false),
        ];
        for message in &shown {
            assert_eq!(limits::check(message), Ok(()));
        }
        insta::assert_json_snapshot!("privacy", shown);
        insta::assert_json_snapshot!("privacy_german", confirm(Lang::German, UserId(7)));
    }
}
