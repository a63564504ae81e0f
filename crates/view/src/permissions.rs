//! `/settings check`: what the bot may do in a channel, what each permission is for, and what is
//! missing.

use super::catalogue::text;
use super::message::{Embed, Field, Message, Tone};
use super::phrases;
use heat_core::id::ChannelId;
use heat_core::lang::Lang;
use heat_core::settings::ServerSettings;

/// A permission that the bot can use.
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
    /// To put scheduled quizzes among the server's events.
    CreateEvents,
    /// To give the role of a season's winners.
    ManageRoles,
}

impl Permission {
    /// All of them, those that a game needs first.
    pub const ALL: [Self; 9] = [
        Self::ViewChannel,
        Self::SendMessages,
        Self::SendMessagesInThreads,
        Self::EmbedLinks,
        Self::CreatePublicThreads,
        Self::AttachFiles,
        Self::MentionEveryone,
        Self::CreateEvents,
        Self::ManageRoles,
    ];

    /// What it is called in Discord's own settings.
    #[must_use]
    pub fn name(self, lang: Lang) -> String {
        match self {
            Self::ViewChannel => text!(lang, "permissions-view-channel"),
            Self::SendMessages => text!(lang, "permissions-send-messages"),
            Self::SendMessagesInThreads => text!(lang, "permissions-send-in-threads"),
            Self::EmbedLinks => text!(lang, "permissions-embed-links"),
            Self::AttachFiles => text!(lang, "permissions-attach-files"),
            Self::CreatePublicThreads => text!(lang, "permissions-create-threads"),
            Self::MentionEveryone => text!(lang, "permissions-mention-everyone"),
            Self::CreateEvents => text!(lang, "permissions-create-events"),
            Self::ManageRoles => text!(lang, "permissions-manage-roles"),
        }
    }

    /// What it is for, and what happens without it.
    fn purpose(self, lang: Lang, place: PlaceKind) -> String {
        match self {
            Self::ViewChannel => text!(lang, "permissions-to-view-channel"),
            Self::SendMessages | Self::SendMessagesInThreads if self.is_needed(place) => {
                text!(lang, "permissions-to-post-here")
            }
            Self::SendMessages => text!(lang, "permissions-to-post-in-channels"),
            Self::SendMessagesInThreads => text!(lang, "permissions-to-post-in-threads"),
            Self::EmbedLinks => text!(lang, "permissions-to-embed-links"),
            Self::AttachFiles => text!(lang, "permissions-to-attach-files"),
            Self::CreatePublicThreads => text!(lang, "permissions-to-create-threads"),
            Self::MentionEveryone => text!(lang, "permissions-to-mention-everyone"),
            Self::CreateEvents => text!(lang, "permissions-to-create-events"),
            Self::ManageRoles => text!(lang, "permissions-to-manage-roles"),
        }
    }

    /// Whether nothing can be posted without it in such a place.
    fn is_needed(self, place: PlaceKind) -> bool {
        match self {
            Self::ViewChannel | Self::EmbedLinks => true,
            Self::SendMessages => place == PlaceKind::Channel,
            Self::SendMessagesInThreads => place == PlaceKind::Thread,
            Self::AttachFiles
            | Self::CreatePublicThreads
            | Self::MentionEveryone
            | Self::CreateEvents
            | Self::ManageRoles => false,
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
    /// The permissions needed to post that the bot lacks.
    #[must_use]
    pub fn missing(&self) -> Vec<Permission> {
        let all = Permission::ALL.into_iter();
        all.filter(|one| one.is_needed(self.place) && !self.held.contains(one))
            .collect()
    }

    fn line(&self, lang: Lang, one: Permission) -> String {
        let (name, purpose) = (one.name(lang), one.purpose(lang, self.place));
        if self.held.contains(&one) {
            text!(lang, "permissions-held", name = name, purpose = purpose)
        } else {
            text!(lang, "permissions-missing", name = name, purpose = purpose)
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
        (text!(lang, "permissions-may-post"), Tone::Good)
    } else {
        (cannot_post(lang, &missing), Tone::Bad)
    };
    let played = if server.allows(channel.0, channel.1) {
        text!(lang, "permissions-allowed")
    } else {
        text!(lang, "permissions-not-allowed")
    };
    let lines = |needed: bool| {
        let all = Permission::ALL.into_iter();
        let some = all.filter(|one| one.is_needed(here.place) == needed);
        some.map(|one| here.line(lang, one))
            .collect::<Vec<_>>()
            .join("\n")
    };
    let field = |name: String, needed| Field {
        name,
        value: lines(needed),
        inline: false,
    };
    Message {
        embeds: vec![Embed {
            title: text!(lang, "permissions-title"),
            description: format!("{first} {played}"),
            tone,
            fields: vec![
                field(text!(lang, "permissions-needed"), true),
                field(text!(lang, "permissions-optional"), false),
            ],
            footer: text!(lang, "permissions-where"),
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
        content: text!(lang, "permissions-warning", warning = warning),
        ..message
    }
}

fn cannot_post(lang: Lang, missing: &[Permission]) -> String {
    let names: Vec<String> = missing
        .iter()
        .map(|one| format!("**{}**", one.name(lang)))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let names = phrases::listed(lang, &names);
    text!(lang, "permissions-cannot-post", names = names)
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
        for lang in Lang::ALL {
            let longest = check(lang, &none, here, &server);
            assert_eq!(limits::check(&longest), Ok(()), "{lang:?}");
        }
        let german = check(Lang::German, &few, here, &server);
        insta::assert_json_snapshot!("permissions_german", german);
        let warned = warned(Lang::English, Message::sentence("Done."), &few);
        assert!(
            warned
                .content
                .contains("**Send Messages in Threads** and **Embed Links**")
        );
    }
}
