//! The past films of the day, with the member's progress on each.

use super::film::{date, score, todays};
use crate::catalogue::text;
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
        return Message::sentence(text!(lang, "daily-archive-none"));
    }
    let about = |day: Day, attempt| format!("{} · {}", date(lang, day), state(lang, attempt));
    let lines = films.iter();
    let lines =
        lines.map(|(day, attempt)| format!("**#{}** · {}", day.number(), about(*day, attempt)));
    let options = films.iter().map(|(day, attempt)| SelectOption {
        label: format!("#{} · {}", day.number(), about(*day, attempt)),
        value: DailyButton::FilmOf { day: *day }.to_string(),
        chosen: false,
    });
    let menu = Select {
        custom_id: DailyButton::PickFilm {}.to_string(),
        placeholder: text!(lang, "daily-archive-play-one"),
        options: options.collect(),
    };
    let turn = |page: u8, label: String| {
        let press = DailyButton::PastFilms { page };
        Button::new(press.to_string(), label, Style::Secondary)
    };
    let newer = page
        .checked_sub(1)
        .map(|page| turn(page, text!(lang, "daily-archive-newer")));
    let older = (page + 1 < pages).then(|| turn(page + 1, text!(lang, "daily-archive-older")));
    let buttons = newer.into_iter().chain(older).chain([todays(lang)]);
    Message {
        embeds: vec![Embed {
            title: text!(lang, "daily-archive-title"),
            description: lines.collect::<Vec<_>>().join("\n"),
            tone: Tone::Plain,
            footer: text!(lang, "daily-archive-footer", page = page + 1, pages = pages),
            ..Embed::default()
        }],
        rows: vec![Row::Select(menu), Row::Buttons(buttons.collect())],
        ..Message::default()
    }
}

/// A day whose film cannot be played.
#[must_use]
pub fn closed(lang: Lang) -> Message {
    Message::sentence(text!(lang, "daily-archive-closed"))
}

fn state(lang: Lang, attempt: &FilmAttempt) -> String {
    if attempt.is_found() {
        format!("🟩 {}", score(lang, attempt))
    } else if attempt.is_over() {
        format!("⬛ {}", score(lang, attempt))
    } else if attempt.guesses.is_empty() {
        text!(lang, "daily-archive-not-played")
    } else {
        text!(lang, "daily-archive-at-clue", clue = attempt.opened())
    }
}
