//! The kinds of questions; a game mixes them.

use super::question::WRITTEN;
use crate::facts::Topic;

/// The kind of question that a template makes. Templates that feel the same to a player share a
/// kind: who plays whom, asked in three directions, is one. Hand-written questions without a kind
/// go by their topic.
#[must_use]
pub fn kind_of(template: &str, topic: Topic) -> &str {
    match template {
        WRITTEN => of_topic(topic),
        "cast-one" => "starring",
        "cast-two" | "cast-three" | "cast-beside" => "together",
        "cast-who" | "cast-character" | "cast-film" | "cast-status" => "part",
        "clue-emoji" => "emoji",
        _ => match template.strip_prefix("written-") {
            Some(written) => written,
            None => template.split('-').next().unwrap_or(template),
        },
    }
}

fn of_topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Cast => "part",
        Topic::Casting => "casting",
        Topic::Crew => "crew",
        Topic::Story => "story",
        Topic::Production => "making",
        Topic::Places => "place",
        Topic::Origins => "origins",
        Topic::Release => "release",
        Topic::Novel => "novel",
        Topic::Studio => "studio",
        Topic::Career => "career",
        Topic::Awards => "award",
    }
}

/// The highest [`appeal`].
pub(super) const APPEAL_MAX: u32 = 3;

/// How welcome a kind is. Questions that take you into a film come up more often than dates and
/// credits.
pub(super) fn appeal(kind: &str) -> u32 {
    match kind {
        // Every known film has a plot in one line; they must not crowd out what is written by hand.
        "clue" => 2,
        _ if is_showpiece(kind) => APPEAL_MAX,
        "release" | "number" | "crew" | "composer" | "company" | "starring" => 1,
        _ => 2,
    }
}

/// Whether a kind ends a game well.
pub(super) fn is_showpiece(kind: &str) -> bool {
    matches!(
        kind,
        "plot"
            | "object"
            | "place"
            | "ending"
            | "rule"
            | "name"
            | "quote"
            | "finish"
            | "emoji"
            | "links"
            | "clue"
    )
}
