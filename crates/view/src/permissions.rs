//! `/settings check`: what the bot may do in a channel, what each permission is for, and what is
//! missing.

use super::message::{Embed, Field, Message, Tone};
use super::phrases;
use heat_core::id::ChannelId;
use heat_core::lang::Lang;
use heat_core::settings::ServerSettings;

/// A permission that the bot has a use for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// To see the channel.
    ViewChannel,
    /// To post in a channel.
    SendMessages,
    /// To post in a thread.
    SendMessagesInThreads,
    /// To show framed blocks of text.
    EmbedLinks,
    /// To send pictures and files.
    AttachFiles,
    /// To open a thread for a game.
    CreatePublicThreads,
    /// To ping roles that members may not ping.
    MentionEveryone,
}

impl Permission {
    /// All of them, those that a game needs first.
    pub const ALL: [Self; 7] = [
        Self::ViewChannel,
        Self::SendMessages,
        Self::SendMessagesInThreads,
        Self::EmbedLinks,
        Self::CreatePublicThreads,
        Self::AttachFiles,
        Self::MentionEveryone,
    ];

    /// What it is called in Discord's own settings.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::ViewChannel => "View Channel",
            Self::SendMessages => "Send Messages",
            Self::SendMessagesInThreads => "Send Messages in Threads",
            Self::EmbedLinks => "Embed Links",
            Self::AttachFiles => "Attach Files",
            Self::CreatePublicThreads => "Create Public Threads",
            Self::MentionEveryone => "Mention @everyone, @here and All Roles",
        }
    }

    /// What it is for, and what happens without it.
    fn purpose(self, lang: Lang, place: PlaceKind) -> &'static str {
        match self {
            Self::ViewChannel => "to play here at all",
            Self::SendMessages | Self::SendMessagesInThreads if self.is_needed(place) => {
                "to post questions and results, also those that are planned. Without it a quiz lives on members' clicks, and ends when nobody clicks for a quarter of an hour"
            }
            Self::SendMessages => "to post in channels; in a thread it has no effect",
            Self::SendMessagesInThreads => "to play in threads",
            Self::EmbedLinks => "to show questions, reveals and boards",
            Self::AttachFiles => {
                "for the card at the end of a quiz and the one of `/stats`. Without it they come in words"
            }
            Self::CreatePublicThreads => "for a thread of its own for each quiz",
            Self::MentionEveryone => {
                "for planned posts with a role that not everybody may ping. Without it that role is named and not pinged"
            }
        }
    }

    /// Whether nothing can be posted without it in such a place.
    fn is_needed(self, place: PlaceKind) -> bool {
        match self {
            Self::ViewChannel | Self::EmbedLinks => true,
            Self::SendMessages => place == PlaceKind::Channel,
            Self::SendMessagesInThreads => place == PlaceKind::Thread,
            Self::AttachFiles | Self::CreatePublicThreads | Self::MentionEveryone => false,
        }
    }
}

/// What kind of place a channel is. In a thread the permission to post is one of its own:
/// <https://discord.com/developers/docs/topics/threads#permissions>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceKind {
    /// A channel of its own.
    Channel,
    /// A thread in one.
    Thread,
}

/// What the bot may do in a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What kind of place it is.
    pub place: PlaceKind,
    /// The permissions it has there.
    pub held: Vec<Permission>,
}

impl Held {
    /// What is missing of what it takes to post.
    #[must_use]
    pub fn missing(&self) -> Vec<Permission> {
        let all = Permission::ALL.into_iter();
        all.filter(|one| one.is_needed(self.place) && !self.held.contains(one))
            .collect()
    }

    fn line(&self, lang: Lang, one: Permission) -> String {
        let (name, purpose) = (one.name(lang), one.purpose(lang, self.place));
        if self.held.contains(&one) {
            format!("✅ **{name}**: {purpose}.")
        } else {
            format!("❌ **{name}** is missing: {purpose}.")
        }
    }
}

/// Every permission in this channel.
#[must_use]
pub fn check(
    lang: Lang,
    here: &Held,
    channel: (ChannelId, Option<ChannelId>),
    server: &ServerSettings,
) -> Message {
    let missing = here.missing();
    let (first, tone) = if missing.is_empty() {
        ("I may post here.".to_owned(), Tone::Good)
    } else {
        (cannot_post(lang, &missing), Tone::Bad)
    };
    let played = if server.allows(channel.0, channel.1) {
        "Quizzes are allowed in this channel."
    } else {
        "Quizzes are not played in this channel: `/settings channels allow` changes that."
    };
    let lines = |needed: bool| {
        let all = Permission::ALL.into_iter();
        let some = all.filter(|one| one.is_needed(here.place) == needed);
        some.map(|one| here.line(lang, one))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let field = |name: &str, needed| Field {
        name: name.to_owned(),
        value: lines(needed),
        inline: false,
    };
    Message {
        embeds: vec![Embed {
            title: "What I may do in this channel".to_owned(),
            description: format!("{first} {played}"),
            tone,
            fields: vec![field("Needed", true), field("Good to have", false)],
            footer: "Edit Channel → Permissions changes them for this channel, Server Settings → Roles for all."
                .to_owned(),
            ..Embed::default()
        }],
        ..Message::default()
    }
}

/// The message, and above it that the bot may not post here, if it may not.
#[must_use]
pub fn warned(lang: Lang, message: Message, here: &Held) -> Message {
    let missing = here.missing();
    if missing.is_empty() {
        return message;
    }
    let warning = cannot_post(lang, &missing);
    Message {
        content: format!("⚠️ {warning} `/settings check` says what each permission is for."),
        ..message
    }
}

fn cannot_post(lang: Lang, missing: &[Permission]) -> String {
    let names: Vec<String> = missing
        .iter()
        .map(|one| format!("**{}**", one.name(lang)))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    format!(
        "I may not post in this channel: I need {}.",
        phrases::listed(lang, &names)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;

    #[test]
    fn each_permission_is_told_with_what_it_is_for() {
        let server = ServerSettings::default();
        let here = (ChannelId(5), None);
        let all = Held {
            place: PlaceKind::Channel,
            held: Permission::ALL.to_vec(),
        };
        insta::assert_json_snapshot!("permissions_all", check(Lang::English, &all, here, &server));
        let mut server = ServerSettings::default();
        server.channels = [ChannelId(6)].into();
        let few = Held {
            place: PlaceKind::Thread,
            held: vec![Permission::ViewChannel, Permission::SendMessages],
        };
        let told = check(Lang::English, &few, here, &server);
        insta::assert_json_snapshot!("permissions_few", told);
        let none = Held {
            place: PlaceKind::Channel,
            held: Vec::new(),
        };
        let longest = check(Lang::English, &none, here, &server);
        assert_eq!(limits::check(&longest), Ok(()));
        let warned = warned(Lang::English, Message::sentence("Done."), &few);
        assert!(
            warned
                .content
                .contains("**Send Messages in Threads** and **Embed Links**")
        );
    }
}
