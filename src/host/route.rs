//! Where a game's messages go.

use heat_core::id::ChannelId;
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
    /// The channel.
    pub channel: ChannelId,
    /// Whether the bot may post there itself. Otherwise questions are follow-ups to the newest
    /// interaction.
    pub may_post: bool,
    /// Whether it may send files here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub may_attach: bool,
    /// The newest interaction's token, for follow-ups; empty before the first one.
    pub token: InteractionToken,
    /// The token that the current question was posted with, if it is a follow-up: only that token
    /// can edit it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted_with: Option<InteractionToken>,
    /// The token of the interaction that started the game, while its reply may still change: only
    /// that token can edit it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_with: Option<InteractionToken>,
    /// The pack's title when the game started. A server's own pack is known only there, and may be
    /// gone when the game is resumed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack_title: Option<String>,
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
            token: InteractionToken("".into()),
            posted_with: None,
            started_with: None,
            pack_title: None,
        }
    }

    /// Drops the start's token: that message no longer changes.
    pub(super) fn forget_start(&mut self) {
        self.started_with = None;
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
        for stored in [first, latest, newest] {
            let route: Route = serde_json::from_str(stored).expect("a route");
            let written = serde_json::to_string(&route).expect("plain JSON");
            assert_eq!(written, stored);
        }
    }
}
