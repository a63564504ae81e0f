//! Where a game's messages go.

use heat_core::id::ChannelId;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// A token that lets the bot answer an interaction for 15 minutes. A secret: it never shows in
/// logs or errors. A game keeps it in several places, but once in memory.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct InteractionToken(pub Arc<str>);

impl fmt::Debug for InteractionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InteractionToken(…)")
    }
}

/// Where a game plays, by which way its messages get there, and what they call its pack. Stored
/// with the game, because after a restart it must go on the same way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// The channel.
    pub channel: ChannelId,
    /// Whether the app may post there itself. Else questions are follow-ups to the newest
    /// interaction.
    pub may_post: bool,
    /// The newest interaction's token, for follow-ups.
    pub token: InteractionToken,
    /// The token that the question on the table was posted with, if it is a follow-up: only that
    /// one can edit it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posted_with: Option<InteractionToken>,
    /// The token of the interaction that started the game, while its answer may still change:
    /// only that one can edit it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_with: Option<InteractionToken>,
    /// What the pack was called when the game began. A server's own pack is known to nobody but
    /// the server, and may be gone by the time the game is taken up again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack_title: Option<String>,
}

impl Route {
    /// Lets go of the token of the start: that message does not change any more.
    pub(super) fn forget_start(&mut self) {
        self.started_with = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Games that were live when an earlier version stopped go on in this one.
    #[test]
    fn routes_that_earlier_versions_stored_are_read() {
        let first = r#"{"channel":1311000000000000001,"may_post":true,"token":"a"}"#;
        let latest = r#"{"channel":7,"may_post":false,"token":"a","posted_with":"b","started_with":"c","pack_title":"Heat"}"#;
        for stored in [first, latest] {
            let route: Route = serde_json::from_str(stored).expect("a route");
            let written = serde_json::to_string(&route).expect("plain JSON");
            assert_eq!(written, stored);
        }
    }
}
