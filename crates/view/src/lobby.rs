//! Before a game that members join: the lobby, and the challenge to a duel.

use super::custom_id::GameButton;
use super::escape::{clip, escape};
use super::host;
use super::message::{Button, Embed, Field, Message, Row, Style, Tone};
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
    let starter = game.settings().starter;
    let description = format!(
        "{}\n\n{}\nIt begins {}, or when <@{starter}> presses Begin. After that, nobody can join.",
        phrases::mode_rule(frame.lang, game.settings().mode, false),
        outline(frame.lang, game),
        until(game),
    );
    let id = frame.game;
    let buttons = [
        (GameButton::Enter { game: id }, "Join", Style::Primary),
        (GameButton::Leave { game: id }, "Leave", Style::Secondary),
        (GameButton::Begin { game: id }, "Begin", Style::Secondary),
        (GameButton::Stop { game: id }, "Stop", Style::Danger),
    ];
    invitation(
        frame,
        game,
        description,
        vec![seated(frame.lang, game)],
        buttons,
    )
}

fn teams_lobby(frame: &Frame, game: &Game) -> Message {
    let starter = game.settings().starter;
    let begins = match host::introduction(frame.lang, game) {
        Some(introduction) => format!(
            "It begins when <@{starter}> presses Begin; otherwise the lobby closes {}.\n{introduction}",
            until(game),
        ),
        None => format!(
            "It begins {}, or when <@{starter}> presses Begin.",
            until(game)
        ),
    };
    let description = format!(
        "{}\n\n{}\nChoose a department; press another to switch. {begins}",
        phrases::mode_rule(frame.lang, game.settings().mode, false),
        outline(frame.lang, game),
    );
    let id = frame.game;
    let buttons = [
        (GameButton::Leave { game: id }, "Leave", Style::Secondary),
        (GameButton::Begin { game: id }, "Begin", Style::Secondary),
        (GameButton::Stop { game: id }, "Stop", Style::Danger),
    ];
    let mut message = invitation(
        frame,
        game,
        description,
        teams::fields(frame.lang, game),
        buttons,
    );
    message.rows.splice(0..0, teams::buttons(frame.lang, id));
    message
}

fn challenge(frame: &Frame, game: &Game) -> Message {
    let settings = game.settings();
    let opponent = settings.opponent.unwrap_or(settings.starter);
    let asks = if settings.rematch {
        format!("<@{}> wants a rematch, <@{opponent}>!", settings.starter)
    } else {
        format!("<@{}> challenges <@{opponent}>.", settings.starter)
    };
    let description = format!(
        "{asks} {}\n\n{}\nOnly <@{opponent}> can accept or decline; the challenge ends {}.",
        phrases::mode_rule(frame.lang, settings.mode, false),
        outline(frame.lang, game),
        until(game),
    );
    let id = frame.game;
    let buttons = [
        (GameButton::Accept { game: id }, "Accept", Style::Primary),
        (
            GameButton::Decline { game: id },
            "Decline",
            Style::Secondary,
        ),
        (GameButton::Stop { game: id }, "Withdraw", Style::Danger),
    ];
    // A mention in an embed alone notifies nobody.
    Message {
        content: format!("<@{opponent}>"),
        notifies: Some(opponent),
        ..invitation(frame, game, description, Vec::new(), buttons)
    }
}

/// The layout of a lobby and a challenge.
fn invitation<const N: usize>(
    frame: &Frame,
    game: &Game,
    description: String,
    fields: Vec<Field>,
    buttons: [(GameButton, &str, Style); N],
) -> Message {
    let buttons = buttons.map(|(press, label, style)| Button::new(press.to_string(), label, style));
    Message {
        embeds: vec![Embed {
            title: title(frame, game),
            description,
            tone: Tone::Open,
            fields,
            footer: footer(frame),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(buttons.into())],
        ..Message::default()
    }
}

/// A lobby or challenge that did not become a game.
#[must_use]
pub fn closed(frame: &Frame, game: &Game, reason: EndReason) -> Message {
    let settings = game.settings();
    let text = match (reason, settings.opponent) {
        (EndReason::Declined, Some(opponent)) => format!("<@{opponent}> declined."),
        (EndReason::Unanswered, Some(opponent)) => {
            format!("<@{opponent}> did not answer in time. Try again with `/quiz`.")
        }
        (EndReason::Unanswered, None) => {
            "Everyone was on one team, so there was nobody to play against.".to_owned()
        }
        (EndReason::HostAway, None) => {
            "The host did not begin, so the lobby was closed.".to_owned()
        }
        (_, Some(_)) => "The challenge was withdrawn.".to_owned(),
        (_, None) => "The lobby was closed before the game began.".to_owned(),
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
        name: format!("Playing: {}", names.len()),
        value: clip(&names.join(" "), 1024),
        inline: false,
    }
}

fn until(game: &Game) -> String {
    match game.phase() {
        Phase::Gathering { until_ms } => phrases::relative_time(until_ms),
        _ => "now".to_owned(),
    }
}

fn title(frame: &Frame, game: &Game) -> String {
    let settings = game.settings();
    let mode = if settings.rematch {
        "Rematch".to_owned()
    } else {
        phrases::mode(frame.lang, settings.mode)
    };
    clip(&format!("{mode}: {}", escape(&frame.pack_title)), 256)
}

fn footer(frame: &Frame) -> String {
    format!("Share code {}", frame.code)
}
