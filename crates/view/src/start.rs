//! The answer to `/quiz`.

use super::escape::{clip, escape};
use super::lobby;
use super::message::{Embed, Message, Tone};
use super::phrases;
use super::quiz::{Frame, outline};
use super::teams;
use heat_core::game::{Game, Mode, Phase};

/// The answer to `/quiz`: the lobby or the challenge while members gather, else what is about to
/// happen.
#[must_use]
pub fn started(frame: &Frame, game: &Game) -> Message {
    if !game.has_begun() {
        return lobby::open(frame, game);
    }
    let settings = game.settings();
    let mut description = outline(game);
    if settings.mode != Mode::Classic {
        let rule = phrases::mode_rule(settings.mode, settings.solo);
        description = format!("{rule}\n{description}");
    }
    if let Phase::Waiting { next: 0, until_ms } = game.phase() {
        let first = phrases::relative_time(until_ms);
        description.extend(["\nFirst question ", &first, "."]);
    }
    if !settings.solo {
        description.push_str("\nAnswers stay secret until the reveal.");
    }
    if settings.rules().teams {
        description.extend([" ", &teams::tries(game)]);
    }
    if game.rounds().len() < usize::from(settings.rounds) {
        description.push_str("\nThat is every question there is for this choice.");
    }
    let title = match settings.mode {
        Mode::Classic => "Quiz",
        other => phrases::mode(other),
    };
    Message {
        embeds: vec![Embed {
            title: clip(&format!("{title}: {}", escape(&frame.pack_title)), 256),
            description,
            tone: Tone::Open,
            fields: lobby::playing(game),
            footer: format!("Share code {}", frame.code),
            ..Embed::default()
        }],
        ..Message::default()
    }
}
