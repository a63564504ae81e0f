//! `/quiz` without options: a panel with three menus and buttons that start the game, with or
//! without its starter as the host.

use super::catalogue::text;
use super::custom_id::{GameRequest, SetupButton};
use super::escape::clip;
use super::limits::OPTION_MAX;
use super::message::{Button, Embed, Message, Row, Select, SelectOption, Style, Suggestion, Tone};
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
pub fn panel(lang: Lang, wish: &GameRequest, in_guild: bool, abouts: &[Suggestion]) -> Message {
    let rule = phrases::mode_rule(lang, wish.mode, !in_guild);
    let description = if in_guild {
        text!(lang, "setup-choose-or-duel", rule = rule)
    } else {
        text!(lang, "setup-choose", rule = rule)
    };
    let start = SetupButton::Start { wish: wish.clone() };
    let mut buttons = vec![Button::new(
        start.to_string(),
        text!(lang, "setup-start"),
        Style::Primary,
    )];
    if in_guild && wish.mode.rules().can_be_hosted {
        let host = SetupButton::Host { wish: wish.clone() };
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
            Row::Select(modes(lang, wish, in_guild)),
            Row::Select(lengths(lang, wish)),
            Row::Select(subjects(lang, wish, abouts)),
        ],
        ..Message::default()
    }
}

/// The modes that need no opponent.
fn modes(lang: Lang, wish: &GameRequest, in_guild: bool) -> Select {
    let fit = |mode: &Mode| {
        let rules = mode.rules();
        rules.players != Players::Invited && (in_guild || rules.alone)
    };
    let option = |mode: Mode| SelectOption {
        label: phrases::mode(lang, mode),
        value: mode.name().to_owned(),
        chosen: mode == wish.mode,
    };
    Select {
        custom_id: SetupButton::Mode { wish: wish.clone() }.to_string(),
        placeholder: text!(lang, "setup-mode"),
        options: Mode::ALL.into_iter().filter(fit).map(option).collect(),
    }
}

fn lengths(lang: Lang, wish: &GameRequest) -> Select {
    let mut rounds = ROUNDS.to_vec();
    if !rounds.contains(&wish.rounds) {
        rounds.push(wish.rounds);
        rounds.sort_unstable();
    }
    let option = |rounds: u16| SelectOption {
        label: phrases::count(lang, usize::from(rounds), phrases::Counted::Questions),
        value: rounds.to_string(),
        chosen: rounds == wish.rounds,
    };
    Select {
        custom_id: SetupButton::Rounds { wish: wish.clone() }.to_string(),
        placeholder: text!(lang, "setup-length"),
        options: rounds.into_iter().map(option).collect(),
    }
}

fn subjects(lang: Lang, wish: &GameRequest, abouts: &[Suggestion]) -> Select {
    let option = |about: &Suggestion| SelectOption {
        label: clip(&about.name, OPTION_MAX),
        value: about.value.clone(),
        chosen: about.value == wish.about,
    };
    Select {
        custom_id: SetupButton::About { wish: wish.clone() }.to_string(),
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
        let wish = GameRequest {
            mode: Mode::Race,
            rounds: 12,
            about: "decade:1970".to_owned(),
        };
        let abouts = [
            about("The 1970s", "decade:1970"),
            about("Anything", "anything"),
        ];
        let message = panel(Lang::English, &wish, true, &abouts);
        assert_eq!(limits::check(&message), Ok(()));
        insta::assert_json_snapshot!("setup_panel", message);
        // Knock-out has no host.
        let knockout = GameRequest {
            mode: Mode::Elimination,
            ..wish.clone()
        };
        let hosts = |wish: &GameRequest| {
            let panel = panel(Lang::German, wish, true, &abouts);
            let text = serde_json::to_string(&panel).expect("JSON");
            text.contains("\"setup:host:")
        };
        let classic = GameRequest {
            mode: Mode::Classic,
            ..wish.clone()
        };
        assert!(hosts(&classic) && !hosts(&knockout));
        let alone = panel(
            Lang::English,
            &GameRequest {
                mode: Mode::Classic,
                ..wish
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
