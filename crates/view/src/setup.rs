//! `/quiz` without options: a panel with three menus and buttons that start the game, with or
//! without its starter as the host.

use super::catalogue::text;
use super::custom_id::{GameRequest, SetupButton};
use super::escape::clip;
use super::limits::OPTION_MAX;
use super::message::{Button, Embed, Message, Row, Select, SelectOption, Style, Suggestion, Tone};
use super::modes;
use super::phrases;
use heat_core::game::{Mode, Players};
use heat_core::lang::Lang;

/// The lengths to choose from.
const ROUNDS: [u16; 6] = [5, 10, 15, 20, 30, 50];
/// The most lines of a menu.
const LINES_MAX: usize = 25;

/// The panel, for one member only. `abouts` are the subjects to choose from, with the current one
/// first.
#[must_use]
pub fn panel(lang: Lang, request: &GameRequest, in_guild: bool, abouts: &[Suggestion]) -> Message {
    let rule = modes::rule(lang, request.mode, !in_guild);
    let description = if in_guild {
        text!(lang, "setup-choose-or-duel", rule = rule)
    } else {
        text!(lang, "setup-choose", rule = rule)
    };
    let start = SetupButton::Start {
        request: request.clone(),
    };
    let mut buttons = vec![Button::new(
        start.to_string(),
        text!(lang, "setup-start"),
        Style::Primary,
    )];
    if in_guild && request.mode.rules().can_be_hosted {
        let host = SetupButton::Host {
            request: request.clone(),
        };
        buttons.push(Button::new(
            host.to_string(),
            text!(lang, "setup-host"),
            Style::Secondary,
        ));
    }
    Message {
        embeds: vec![Embed {
            title: text!(lang, "setup-title"),
            description,
            tone: Tone::Open,
            ..Embed::default()
        }],
        rows: vec![
            Row::Buttons(buttons),
            Row::Select(modes(lang, request, in_guild)),
            Row::Select(lengths(lang, request)),
            Row::Select(subjects(lang, request, abouts)),
        ],
        ..Message::default()
    }
}

/// The modes that need no opponent.
fn modes(lang: Lang, request: &GameRequest, in_guild: bool) -> Select {
    let fit = |mode: &Mode| {
        let rules = mode.rules();
        rules.players != Players::Invited && (in_guild || rules.alone)
    };
    let option = |mode: Mode| SelectOption {
        label: modes::name(lang, mode),
        value: mode.name().to_owned(),
        chosen: mode == request.mode,
    };
    Select {
        custom_id: SetupButton::Mode {
            request: request.clone(),
        }
        .to_string(),
        placeholder: text!(lang, "setup-mode"),
        options: Mode::ALL.into_iter().filter(fit).map(option).collect(),
    }
}

fn lengths(lang: Lang, request: &GameRequest) -> Select {
    let mut rounds = ROUNDS.to_vec();
    if !rounds.contains(&request.rounds) {
        rounds.push(request.rounds);
        rounds.sort_unstable();
    }
    let option = |rounds: u16| SelectOption {
        label: phrases::count(lang, usize::from(rounds), phrases::Counted::Questions),
        value: rounds.to_string(),
        chosen: rounds == request.rounds,
    };
    Select {
        custom_id: SetupButton::Rounds {
            request: request.clone(),
        }
        .to_string(),
        placeholder: text!(lang, "setup-length"),
        options: rounds.into_iter().map(option).collect(),
    }
}

fn subjects(lang: Lang, request: &GameRequest, abouts: &[Suggestion]) -> Select {
    let option = |about: &Suggestion| SelectOption {
        label: clip(&about.name, OPTION_MAX),
        value: about.value.clone(),
        chosen: about.value == request.about,
    };
    Select {
        custom_id: SetupButton::About {
            request: request.clone(),
        }
        .to_string(),
        placeholder: text!(lang, "setup-about"),
        options: abouts.iter().take(LINES_MAX).map(option).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;

    #[test]
    fn the_panel_offers_what_can_be_played() {
        let about = |name: &str, value: &str| Suggestion {
            name: name.to_owned(),
            value: value.to_owned(),
        };
        let request = GameRequest {
            mode: Mode::Race,
            rounds: 12,
            about: "decade:1970".to_owned(),
        };
        let abouts = [
            about("The 1970s", "decade:1970"),
            about("Anything", "anything"),
        ];
        let message = panel(Lang::English, &request, true, &abouts);
        assert_eq!(limits::check(&message), Ok(()));
        insta::assert_json_snapshot!("setup_panel", message);
        // Knock-out has no host.
        let knockout = GameRequest {
            mode: Mode::Elimination,
            ..request.clone()
        };
        let hosts = |request: &GameRequest| {
            let panel = panel(Lang::German, request, true, &abouts);
            let text = serde_json::to_string(&panel).expect("JSON");
            text.contains("\"setup:host:")
        };
        let classic = GameRequest {
            mode: Mode::Classic,
            ..request.clone()
        };
        assert!(hosts(&classic) && !hosts(&knockout));
        let alone = panel(
            Lang::English,
            &GameRequest {
                mode: Mode::Classic,
                ..request
            },
            false,
            &abouts,
        );
        assert_eq!(limits::check(&alone), Ok(()));
        let text = serde_json::to_string(&alone).expect("JSON");
        assert!(
            !text.contains("\"race\"")
                && !text.contains("\"duel\"")
                && !text.contains("setup:host"),
            "{text}"
        );
    }
}
