//! The best results of a day's puzzle.

use super::{QUESTIONS, name};
use crate::catalogue::text;
use crate::custom_id::{DailyBoardQuery, DailyButton};
use crate::leaderboard::{turn_labels, whose};
use crate::message::{Button, Embed, Message, Row, Style, Tone};
use crate::paging::then_page_of;
use crate::phrases;
use heat_core::daily::{Page, Placing};
use heat_core::id::UserId;
use heat_core::lang::Lang;

/// The value of `/leaderboard`'s option `period` for today's puzzle.
pub const PERIOD: &str = "daily";

/// A page of a day's board. `own` is the caller's rank, if they have finished; `in_guild` says
/// whether there is a server's board too.
#[must_use]
pub fn board(
    lang: Lang,
    query: DailyBoardQuery,
    in_guild: bool,
    page: &Page,
    caller: UserId,
    own: Option<&Placing>,
) -> Message {
    let rows = page.rows.iter();
    let mut lines: Vec<String> = rows
        .map(|row| line(lang, row, row.user == caller))
        .collect();
    if lines.is_empty() {
        lines.push(text!(lang, "daily-board-empty"));
    } else if let Some(own) = own.filter(|own| page.rows.iter().all(|row| row.user != own.user)) {
        lines.push("…".to_owned());
        lines.push(line(lang, own, true));
    } else if own.is_none() {
        lines.push(String::new());
        let caller = format!("<@{caller}>");
        lines.push(text!(lang, "daily-board-not-finished", who = caller));
    }
    let players = usize::try_from(page.players).unwrap_or(usize::MAX);
    let whose = if query.global {
        text!(lang, "daily-board-all-servers")
    } else {
        text!(lang, "daily-board-this-server")
    };
    let shown = DailyBoardQuery {
        page: page.page,
        ..query
    };
    let buttons = buttons(lang, shown, in_guild, page.pages);
    Message {
        embeds: vec![Embed {
            title: format!("{} · {whose}", name(lang, query.day)),
            description: lines.join("\n"),
            tone: Tone::Plain,
            footer: format!(
                "{} · {}",
                phrases::count(lang, players, phrases::Counted::Players),
                then_page_of(lang, page.page, page.pages)
            ),
            ..Embed::default()
        }],
        rows: Row::of(buttons).into_iter().collect(),
        ..Message::default()
    }
}

fn line(lang: Lang, placing: &Placing, own: bool) -> String {
    let rank = usize::try_from(placing.rank).unwrap_or(usize::MAX);
    let own = if own { phrases::ASKED_BY } else { "" };
    let medal = phrases::medal(rank, u64::from(placing.score));
    text!(
        lang,
        "daily-board-line",
        place = format!("{own}{medal} <@{}>", placing.user),
        score = placing.score,
        all = QUESTIONS
    )
}

fn buttons(lang: Lang, shown: DailyBoardQuery, in_guild: bool, pages: u32) -> Vec<Button> {
    let turn = |query: DailyBoardQuery, label: String| {
        Button::new(
            DailyButton::Turn { query }.to_string(),
            label,
            Style::Secondary,
        )
    };
    let page = |page: u32| DailyBoardQuery { page, ..shown };
    let [higher, lower] = turn_labels(lang);
    let mut buttons = Vec::with_capacity(3);
    if let Some(before) = shown.page.checked_sub(1) {
        buttons.push(turn(page(before), higher));
    }
    if shown.page + 1 < pages {
        buttons.push(turn(page(shown.page + 1), lower));
    }
    if in_guild {
        let other = DailyBoardQuery {
            global: !shown.global,
            page: 0,
            ..shown
        };
        buttons.push(turn(other, whose(lang, other.global)));
    }
    buttons
}
