//! Where a game's messages go.

use heat_core::id::{ChannelId, MessageId};
use heat_core::lang::Lang;
use heat_view::thread::Venue;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// A token that lets the bot reply to an interaction for 15 minutes. It is secret: it never appears
/// in logs or errors. A game refers to it in several places, but it is in memory once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InteractionToken(pub Arc<str>);

impl fmt::Debug for InteractionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InteractionToken(…)")
    }
}

/// Where a game is played, how its messages get there, and its pack's name. Stored with the game,
/// because it must continue the same way after a restart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// The channel, or the game's own thread.
    pub channel: ChannelId,
    /// Whether the bot may post there itself. Otherwise questions are follow-ups to the newest
    /// interaction.
    pub may_post: bool,
    /// Whether it may send files here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub may_attach: bool,
    /// Whether the whole game is shown in one message that only its player sees: the reply that
    /// started it, edited with the newest token of a click on it. So it is played where only the
    /// member has the app: nothing is posted, and Discord's limit of five follow-ups does not
    /// matter
    /// (<https://discord.com/developers/docs/interactions/receiving-and-responding#create-followup-message>).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_place: bool,
    /// The language of its messages.
    #[serde(default, skip_serializing_if = "Lang::is_english")]
    pub lang: Lang,
    /// The newest interaction's token, for follow-ups; empty before the first one.
    pub token: InteractionToken,
    /// The token that the current question was posted with, if it is a follow-up: only that token
    /// can edit it. In place, the token that last showed a question, in case the newest one's click
    /// was never answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted_with: Option<InteractionToken>,
    /// The token of the interaction that started the game, while its reply may still change: only
    /// that token can edit it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_with: Option<InteractionToken>,
    /// The bot's own message that announced the game, while it may still change: a scheduled game has
    /// no command to reply to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announced_by: Option<MessageId>,
    /// The pack's title when the game started. A server's own pack is known only there, and may be
    /// gone when the game is resumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack_title: Option<String>,
    /// The game's own thread, if it has one or is about to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<GameThread>,
}

/// A game's own thread. It is made from the message that started the game, and a message has one
/// thread at most, whose id is the message's:
/// <https://discord.com/developers/docs/topics/threads#public--private-threads>. So if it is
/// unknown whether a thread was made, asking again gives the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GameThread {
    /// To be made once the game has begun.
    Wanted {
        /// The message to make it from: stored before the first try.
        card: Option<MessageId>,
    },
    /// It exists.
    Open {
        /// The channel of the message that it was made from.
        home: ChannelId,
    },
    /// It could not be made, so the game is played in the channel.
    Refused,
}

impl Route {
    /// A route to a channel where the bot may post, before any interaction.
    #[must_use]
    pub fn to_channel(channel: ChannelId) -> Self {
        Self {
            channel,
            may_post: true,
            // It is unknown whether it may, so the end is posted as text only.
            may_attach: false,
            in_place: false,
            lang: Lang::English,
            token: InteractionToken("".into()),
            posted_with: None,
            started_with: None,
            announced_by: None,
            pack_title: None,
            thread: None,
        }
    }

    /// Where the game is played, seen from the channel of its start.
    #[must_use]
    pub fn venue(&self) -> Venue {
        match self.thread {
            None => Venue::Channel,
            Some(GameThread::Wanted { .. } | GameThread::Open { .. }) => Venue::Thread,
            Some(GameThread::Refused) => Venue::NoThread,
        }
    }

    /// The channel where the game was started.
    #[must_use]
    pub fn home(&self) -> ChannelId {
        match self.thread {
            Some(GameThread::Open { home }) => home,
            _ => self.channel,
        }
    }

    /// The game's thread, if it exists.
    #[must_use]
    pub fn open_thread(&self) -> Option<ChannelId> {
        let is_open = matches!(self.thread, Some(GameThread::Open { .. }));
        is_open.then_some(self.channel)
    }

    /// Whether the message that announced the game may still have to change. In place, the questions
    /// replace it.
    pub(super) fn has_start(&self) -> bool {
        !self.in_place && (self.started_with.is_some() || self.announced_by.is_some())
    }

    /// That message is final.
    pub(super) fn forget_start(&mut self) {
        self.started_with = None;
        self.announced_by = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Games that were live when an earlier version stopped continue in this one.
    #[test]
    fn routes_that_earlier_versions_stored_are_read() {
        let first = r#"{"channel":1311000000000000001,"may_post":true,"token":"a"}"#;
        let latest = r#"{"channel":7,"may_post":false,"token":"a","posted_with":"b","started_with":"c","pack_title":"Heat"}"#;
        let newest = r#"{"channel":7,"may_post":true,"may_attach":true,"token":"a"}"#;
        let with_thread =
            r#"{"channel":8,"may_post":true,"token":"a","thread":{"open":{"home":7}}}"#;
        let scheduled = r#"{"channel":7,"may_post":true,"token":"","announced_by":9}"#;
        let in_place = r#"{"channel":7,"may_post":false,"in_place":true,"token":"a"}"#;
        let german = r#"{"channel":7,"may_post":true,"lang":"de","token":"a"}"#;
        for stored in [
            first,
            latest,
            newest,
            with_thread,
            scheduled,
            in_place,
            german,
        ] {
            let route: Route = serde_json::from_str(stored).expect("a route");
            let written = serde_json::to_string(&route).expect("plain JSON");
            assert_eq!(written, stored);
        }
    }
}
