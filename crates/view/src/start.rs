//! The answer to `/quiz`.

use super::catalogue::text;
use super::escape::{clip, escape};
use super::host;
use super::lobby;
use super::message::{Embed, Message, Tone};
use super::modes;
use super::phrases;
use super::quiz::{Frame, mode_title, outline};
use super::teams;
use heat_core::game::{Game, Mode, Phase};
use heat_core::lang::Lang;

/// The reply to `/quiz`: the lobby or challenge, otherwise the announcement of the game.
#[must_use]
pub fn started(frame: &Frame, game: &Game) -> Message {
    let lang = frame.lang;
    if !game.has_begun() {
        return lobby::open(frame, game);
    }
    let settings = game.settings();
    let mut description = outline(lang, game);
    if settings.mode != Mode::Classic {
        let rule = modes::rule(lang, settings.mode, settings.solo);
        description = format!("{rule}\n{description}");
    }
    for line in host::introduction(lang, game)
        .into_iter()
        .chain(waits_for(lang, game))
    {
        description.push('\n');
        description.push_str(&line);
    }
    if let Phase::Waiting { next: 0, until_ms } = game.phase() {
        let first = phrases::relative_time(until_ms);
        description.push('\n');
        description.push_str(&text!(lang, "start-first-question", when = first));
    }
    if !settings.solo {
        description.push('\n');
        description.push_str(&text!(lang, "start-secret"));
    }
    if settings.rules().teams {
        description.extend([" ", &teams::tries(lang, game)]);
    }
    if game.rounds().len() < usize::from(settings.rounds) {
        description.push('\n');
        description.push_str(&text!(lang, "start-few"));
    }
    let title = mode_title(lang, settings.mode);
    Message {
        embeds: vec![Embed {
            title: clip(&format!("{title}: {}", escape(&frame.pack_title)), 256),
            description,
            tone: Tone::Open,
            fields: lobby::playing(lang, game),
            footer: lobby::share_code(frame),
            ..Embed::default()
        }],
        rows: host::opening(frame, game),
        ..Message::default()
    }
}

/// What a hosted game waits for before its first question.
fn waits_for(lang: Lang, game: &Game) -> Option<String> {
    let is_first = matches!(game.phase(), Phase::Held { next: 0, .. });
    let (_, text) = host::waiting_for(lang, game).filter(|_| is_first)?;
    Some(text)
}
