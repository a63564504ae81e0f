//! `/help`: three lines, and a button for each topic.

use super::catalogue::text;
use super::custom_id::{HelpButton, SetupButton};
use super::message::{Button, Embed, Field, Message, Row, Style, Tone};
use super::modes;
use super::phrases;
use heat_core::facts::Difficulty;
use heat_core::game::{Mode, score};
use heat_core::lang::Lang;

/// The first page, private.
#[must_use]
pub fn help(lang: Lang) -> Message {
    let button = |press: String, label: String| Button::new(press, label, Style::Secondary);
    Message {
        rows: vec![Row::Buttons(vec![
            Button::new(
                SetupButton::Open {}.to_string(),
                text!(lang, "help-button-play"),
                Style::Primary,
            ),
            button(
                HelpButton::Daily {}.to_string(),
                text!(lang, "help-button-daily"),
            ),
            button(
                HelpButton::Points {}.to_string(),
                text!(lang, "help-points"),
            ),
            button(HelpButton::Modes {}.to_string(), text!(lang, "help-modes")),
            button(
                HelpButton::Privacy {}.to_string(),
                text!(lang, "help-privacy"),
            ),
        ])],
        ..Message::framed("Heat Check", text!(lang, "help-welcome"), Tone::Plain)
    }
}

/// How points work.
#[must_use]
pub fn points(lang: Lang) -> Message {
    page(
        text!(lang, "help-points"),
        String::new(),
        [
            (text!(lang, "help-points-worth"), worth(lang)),
            (text!(lang, "help-points-typed"), text!(lang, "help-typed")),
        ],
    )
}

/// The modes, and who may control a game.
#[must_use]
pub fn modes(lang: Lang) -> Message {
    page(
        text!(lang, "help-modes"),
        rules(lang),
        [
            (
                text!(lang, "help-modes-playing"),
                text!(lang, "help-playing"),
            ),
            (
                text!(lang, "help-modes-control"),
                text!(lang, "help-control"),
            ),
        ],
    )
}

/// What is stored, and how to get or delete it.
#[must_use]
pub fn privacy(lang: Lang) -> Message {
    page(
        text!(lang, "help-privacy"),
        String::new(),
        [
            (text!(lang, "help-privacy-known"), text!(lang, "help-known")),
            (text!(lang, "help-privacy-yours"), text!(lang, "help-yours")),
        ],
    )
}

fn page<const N: usize>(
    title: String,
    description: String,
    fields: [(String, String); N],
) -> Message {
    let field = |(name, value)| Field {
        name,
        value,
        inline: false,
    };
    Message {
        embeds: vec![Embed {
            title,
            description,
            tone: Tone::Plain,
            fields: fields.map(field).to_vec(),
            ..Embed::default()
        }],
        ..Message::default()
    }
}

/// One line for each mode: too much for a field once there are more of them.
fn rules(lang: Lang) -> String {
    let line = |mode: Mode| {
        let rule = modes::rule(lang, mode, false);
        format!("**{}**: {rule}", modes::name(lang, mode))
    };
    let alone = Mode::ALL.into_iter().filter(|mode| mode.rules().alone);
    let alone: Vec<&str> = alone.map(Mode::name).collect();
    let modes = phrases::listed(lang, &alone);
    let mut lines = Mode::ALL.map(line).to_vec();
    lines.push(text!(lang, "help-alone", modes = modes));
    lines.join("\n")
}

fn worth(lang: Lang) -> String {
    let most = score::STREAK_STEP * u32::from(score::STREAK_CAP - 1);
    let lines = [
        text!(
            lang,
            "help-worth-right",
            easy = score::base(Difficulty::Easy),
            medium = score::base(Difficulty::Medium),
            hard = score::base(Difficulty::Hard)
        ),
        text!(lang, "help-worth-fast"),
        text!(
            lang,
            "help-worth-row",
            step = score::STREAK_STEP,
            most = most
        ),
        text!(lang, "help-worth-last"),
        text!(lang, "help-worth-hint"),
        text!(lang, "help-worth-wrong"),
        text!(lang, "help-worth-modes"),
    ];
    lines.join("\n")
}
