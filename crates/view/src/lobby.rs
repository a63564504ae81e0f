//! Before a game that members join: the lobby, and the challenge to a duel.

use super::catalogue::text;
use super::custom_id::GameButton;
use super::escape::{clip, escape};
use super::host;
use super::message::{Button, Embed, Field, Message, Row, Style, Tone};
use super::modes;
use super::phrases;
use super::quiz::{Frame, outline};
use super::teams;
use heat_core::game::{EndReason, Game, Phase, Players};
use heat_core::lang::Lang;

/// An open lobby, or a challenge waiting for its answer.
#[must_use]
pub fn open(frame: &Frame, game: &Game) -> Message {
    if game.settings().rules().players == Players::Invited {
        challenge(frame, game)
    } else if game.settings().rules().teams {
        teams_lobby(frame, game)
    } else {
        lobby(frame, game)
    }
}

fn lobby(frame: &Frame, game: &Game) -> Message {
    let lang = frame.lang;
    let begins = text!(
        lang,
        "lobby-begins",
        when = until(lang, game),
        starter = starter(game)
    );
    let description = format!(
        "{}\n\n{}\n{begins}",
        modes::rule(lang, game.settings().mode, false),
        outline(lang, game),
    );
    let id = frame.game;
    let buttons = [
        (
            GameButton::Enter { game: id },
            text!(lang, "lobby-join"),
            Style::Primary,
        ),
        leave(frame),
        begin(frame),
        stop(frame),
    ];
    invitation(frame, game, description, vec![seated(lang, game)], buttons)
}

fn teams_lobby(frame: &Frame, game: &Game) -> Message {
    let lang = frame.lang;
    let (starter, when) = (starter(game), until(lang, game));
    let begins = match host::introduction(lang, game) {
        Some(introduction) => {
            let begins = text!(lang, "lobby-begins-hosted", starter = starter, when = when);
            format!("{begins}\n{introduction}")
        }
        None => text!(lang, "lobby-begins-teams", starter = starter, when = when),
    };
    let description = format!(
        "{}\n\n{}\n{} {begins}",
        modes::rule(lang, game.settings().mode, false),
        outline(lang, game),
        text!(lang, "lobby-choose-team"),
    );
    let buttons = [leave(frame), begin(frame), stop(frame)];
    let mut message = invitation(frame, game, description, teams::fields(lang, game), buttons);
    message.rows.splice(0..0, teams::buttons(lang, frame.game));
    message
}

fn challenge(frame: &Frame, game: &Game) -> Message {
    let lang = frame.lang;
    let settings = game.settings();
    let opponent_id = settings.opponent.unwrap_or(settings.starter);
    let (starter, opponent) = (starter(game), format!("<@{opponent_id}>"));
    let asks = if settings.rematch {
        text!(
            lang,
            "lobby-rematch-wanted",
            starter = starter,
            opponent = &opponent
        )
    } else {
        text!(
            lang,
            "lobby-challenge",
            starter = starter,
            opponent = &opponent
        )
    };
    let ends = text!(
        lang,
        "lobby-challenge-ends",
        opponent = &opponent,
        when = until(lang, game)
    );
    let description = format!(
        "{asks} {}\n\n{}\n{ends}",
        modes::rule(lang, settings.mode, false),
        outline(lang, game),
    );
    let id = frame.game;
    let buttons = [
        (
            GameButton::Accept { game: id },
            text!(lang, "lobby-accept"),
            Style::Primary,
        ),
        (
            GameButton::Decline { game: id },
            text!(lang, "lobby-decline"),
            Style::Secondary,
        ),
        (
            GameButton::Stop { game: id },
            text!(lang, "lobby-withdraw"),
            Style::Danger,
        ),
    ];
    // A mention in an embed alone notifies nobody.
    Message {
        content: opponent,
        notifies: Some(opponent_id),
        ..invitation(frame, game, description, Vec::new(), buttons)
    }
}

/// A button of a lobby or challenge.
type Choice = (GameButton, String, Style);

fn leave(frame: &Frame) -> Choice {
    let press = GameButton::Leave { game: frame.game };
    (press, text!(frame.lang, "lobby-leave"), Style::Secondary)
}

fn begin(frame: &Frame) -> Choice {
    let press = GameButton::Begin { game: frame.game };
    (press, text!(frame.lang, "lobby-begin"), Style::Secondary)
}

fn stop(frame: &Frame) -> Choice {
    let press = GameButton::Stop { game: frame.game };
    (press, text!(frame.lang, "lobby-stop"), Style::Danger)
}

/// The layout of a lobby and a challenge.
fn invitation<const N: usize>(
    frame: &Frame,
    game: &Game,
    description: String,
    fields: Vec<Field>,
    buttons: [Choice; N],
) -> Message {
    let buttons = buttons.map(|(press, label, style)| Button::new(press.to_string(), label, style));
    Message {
        embeds: vec![Embed {
            title: title(frame, game),
            description,
            tone: Tone::Open,
            fields,
            footer: share_code(frame),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(buttons.into())],
        ..Message::default()
    }
}

/// A lobby or challenge that did not become a game.
#[must_use]
pub fn closed(frame: &Frame, game: &Game, reason: EndReason) -> Message {
    let lang = frame.lang;
    let settings = game.settings();
    let opponent = settings.opponent.map(|user| format!("<@{user}>"));
    let text = match (reason, opponent) {
        (EndReason::Declined, Some(opponent)) => {
            text!(lang, "lobby-declined", opponent = opponent)
        }
        (EndReason::Unanswered, Some(opponent)) => {
            text!(lang, "lobby-unanswered", opponent = opponent)
        }
        (EndReason::Unanswered, None) => text!(lang, "lobby-one-team"),
        (EndReason::HostAway, None) => text!(lang, "lobby-host-away"),
        (_, Some(_)) => text!(lang, "lobby-withdrawn"),
        (_, None) => text!(lang, "lobby-closed"),
    };
    Message {
        embeds: vec![Embed {
            title: title(frame, game),
            description: text,
            tone: Tone::Plain,
            ..Embed::default()
        }],
        ..Message::default()
    }
}

/// The players, at the start of a game.
pub(super) fn playing(lang: Lang, game: &Game) -> Vec<Field> {
    if game.seats().is_empty() || game.settings().solo {
        Vec::new()
    } else if game.settings().rules().teams {
        teams::fields(lang, game)
    } else {
        vec![seated(lang, game)]
    }
}

/// The players, in a lobby and at the start of its game.
fn seated(lang: Lang, game: &Game) -> Field {
    let names: Vec<String> = game
        .seats()
        .keys()
        .map(|user| format!("<@{user}>"))
        .collect();
    Field {
        name: text!(lang, "lobby-playing", n = names.len()),
        value: clip(&names.join(" "), 1024),
        inline: false,
    }
}

fn starter(game: &Game) -> String {
    format!("<@{}>", game.settings().starter)
}

fn until(lang: Lang, game: &Game) -> String {
    match game.phase() {
        Phase::Gathering { until_ms } => phrases::relative_time(until_ms),
        _ => text!(lang, "lobby-now"),
    }
}

fn title(frame: &Frame, game: &Game) -> String {
    let settings = game.settings();
    let mode = if settings.rematch {
        text!(frame.lang, "lobby-rematch")
    } else {
        modes::name(frame.lang, settings.mode)
    };
    clip(&format!("{mode}: {}", escape(&frame.pack_title)), 256)
}

/// The code that replays the same questions.
pub(super) fn share_code(frame: &Frame) -> String {
    text!(frame.lang, "lobby-code", code = frame.code.as_str())
}
