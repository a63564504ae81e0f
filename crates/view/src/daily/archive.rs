//! The past films of the day, with the member's progress on each.

use super::film::{date, score, todays};
use crate::custom_id::DailyButton;
use crate::message::{Button, Embed, Message, Row, Select, SelectOption, Style, Tone};
use heat_core::daily::Day;
use heat_core::daily::film::FilmAttempt;
use heat_core::lang::Lang;

/// Days on a page: few enough to read at a glance, and to fit into a menu.
pub const PAGE: usize = 10;

/// A page of the archive, the latest day first. `pages` counts from 1.
#[must_use]
pub fn films(lang: Lang, films: &[(Day, FilmAttempt)], page: u8, pages: u8) -> Message {
    if films.is_empty() {
        return Message::sentence(
            "There are no past films yet: the first one arrives tomorrow, an hour after midnight UTC.",
        );
    }
    let lines = films.iter().map(|(day, attempt)| {
        let state = state(lang, attempt);
        format!("**#{}** · {} · {state}", day.number(), date(lang, *day))
    });
    let options = films.iter().map(|(day, attempt)| SelectOption {
        label: format!(
            "#{} · {} · {}",
            day.number(),
            date(lang, *day),
            state(lang, attempt)
        ),
        value: DailyButton::FilmOf { day: *day }.to_string(),
        chosen: false,
    });
    let menu = Select {
        custom_id: DailyButton::PickFilm {}.to_string(),
        placeholder: "Play one of these …".to_owned(),
        options: options.collect(),
    };
    let turn = |page: u8, label: &str| {
        let press = DailyButton::PastFilms { page };
        Button::new(press.to_string(), label, Style::Secondary)
    };
    let newer = page.checked_sub(1).map(|page| turn(page, "Newer"));
    let older = (page + 1 < pages).then(|| turn(page + 1, "Older"));
    let buttons = newer.into_iter().chain(older).chain([todays(lang)]);
    Message {
        embeds: vec![Embed {
            title: "Past films of the day".to_owned(),
            description: lines.collect::<Vec<_>>().join("\n"),
            tone: Tone::Plain,
            footer: format!(
                "Just for fun: no rank, no streak · page {} of {pages}",
                page + 1
            ),
            ..Embed::default()
        }],
        rows: vec![Row::Select(menu), Row::Buttons(buttons.collect())],
        ..Message::default()
    }
}

/// A day whose film cannot be played.
#[must_use]
pub fn closed(lang: Lang) -> Message {
    Message::sentence("That film is not in the archive. *Past films* lists the ones that are.")
}

fn state(lang: Lang, attempt: &FilmAttempt) -> String {
    if attempt.is_found() {
        format!("🟩 {}", score(lang, attempt))
    } else if attempt.is_over() {
        "⬛ not found".to_owned()
    } else if attempt.guesses.is_empty() {
        "not played".to_owned()
    } else {
        format!("at clue {}", attempt.opened())
    }
}
