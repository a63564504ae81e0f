//! The leaderboard: a page of a board, and its buttons.

use super::catalogue::text;
use super::custom_id::{BoardButton, BoardQuery};
use super::escape::{clip, plain};
use super::limits::OPTION_MAX;
use super::message::{Button, Embed, File, Message, Row, Select, SelectOption, Style, Tone};
use super::paging::then_page_of;
use super::phrases;
use heat_core::id::{SeasonId, UserId};
use heat_core::lang::Lang;
use heat_core::season::Season;
use heat_core::standing::{BoardPage, Period, Standing, Zone};

/// Where a board is shown.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Whether there is a server's board.
    pub in_guild: bool,
    /// The time zone of its days.
    pub zone: Zone,
    /// The season in progress.
    pub season: Option<&'a Season>,
}

/// A page of a board. `own` is the caller's row, if they are on it.
#[must_use]
pub fn board(
    lang: Lang,
    query: BoardQuery,
    place: Place<'_>,
    page: &BoardPage,
    caller: UserId,
    own: Option<&Standing>,
) -> Message {
    let mut lines: Vec<String> = page
        .rows
        .iter()
        .map(|standing| line(lang, standing, standing.user == caller))
        .collect();
    if lines.is_empty() {
        lines.push(empty(lang, query.period));
    } else if let Some(own) = own.filter(|own| page.rows.iter().all(|r| r.user != own.user)) {
        lines.push("…".to_owned());
        lines.push(line(lang, own, true));
    } else if own.is_none() {
        lines.push(String::new());
        let caller = format!("<@{caller}>");
        lines.push(text!(lang, "leaderboard-not-on-it", who = caller));
    }
    let players = usize::try_from(page.players).unwrap_or(usize::MAX);
    let footer = [
        phrases::count(lang, players, phrases::Counted::Players),
        then_page_of(lang, page.page, page.pages),
    ];
    let footer = footer.into_iter().chain(calendar(lang, query, place.zone));
    let footer = footer.collect::<Vec<_>>().join(" · ");
    let shown = BoardQuery {
        page: page.page,
        ..query
    };
    let mut rows = vec![Row::Select(menu(
        lang,
        Shown::Board(shown),
        place.in_guild,
        place.season,
    ))];
    if page.pages > 1 {
        let turned = |page| BoardButton::Turn {
            query: BoardQuery { page, ..shown },
        };
        rows.push(Row::Buttons(turn_buttons(
            lang, page.page, page.pages, turned,
        )));
    }
    Message {
        embeds: vec![Embed {
            title: title(lang, query),
            description: lines.join("\n"),
            tone: Tone::Plain,
            footer,
            ..Embed::default()
        }],
        rows,
        ..Message::default()
    }
}

/// Adds the button that saves a server's board as a file.
#[must_use]
pub fn with_table(lang: Lang, mut board: Message, query: BoardQuery) -> Message {
    let button = BoardButton::Table { query };
    let button = Button::new(
        button.to_string(),
        text!(lang, "leaderboard-save"),
        Style::Secondary,
    );
    board.rows.push(Row::Buttons(vec![button]));
    board
}

/// The columns of the board as a file.
#[must_use]
pub fn columns(lang: Lang) -> [String; 5] {
    [
        text!(lang, "leaderboard-column-place"),
        text!(lang, "leaderboard-column-member"),
        text!(lang, "leaderboard-column-points"),
        text!(lang, "leaderboard-column-right"),
        text!(lang, "leaderboard-column-answered"),
    ]
}

/// The board as a file.
#[must_use]
pub fn table(lang: Lang, query: BoardQuery, csv: String) -> Message {
    let games = BoardButton::Games {}.to_string();
    let games = Button::new(
        games,
        text!(lang, "leaderboard-save-games"),
        Style::Secondary,
    );
    Message {
        content: text!(lang, "leaderboard-file"),
        rows: vec![Row::Buttons(vec![games])],
        ..with_file(
            text!(lang, "leaderboard-file-name", period = query.period.name()),
            csv,
        )
    }
}

/// The newest games of a server as a file.
#[must_use]
pub fn games_table(lang: Lang, csv: String) -> Message {
    Message {
        content: text!(lang, "leaderboard-games-file"),
        ..with_file(text!(lang, "leaderboard-games-file-name"), csv)
    }
}

fn with_file(name: String, csv: String) -> Message {
    Message {
        file: Some(Box::new(File {
            name,
            content: csv.into_bytes(),
            ..File::default()
        })),
        ..Message::default()
    }
}

/// The refusal for members who may not have it.
#[must_use]
pub fn not_a_manager(lang: Lang) -> Message {
    Message::sentence(text!(lang, "leaderboard-not-a-manager"))
}

/// The board's time zone, if it is a server's, not UTC, and the period has a start.
fn calendar(lang: Lang, query: BoardQuery, zone: Zone) -> Option<String> {
    let matters = !query.global && query.period != Period::All && zone != Zone::UTC;
    matters.then(|| text!(lang, "leaderboard-zone", zone = zone.name()))
}

fn title(lang: Lang, query: BoardQuery) -> String {
    let whose = if query.global {
        text!(lang, "leaderboard-of-all")
    } else {
        text!(lang, "leaderboard-of-this")
    };
    format!("{whose} · {}", period_name(lang, query.period))
}

fn period_name(lang: Lang, period: Period) -> String {
    match period {
        Period::Day => text!(lang, "leaderboard-today"),
        Period::Week => text!(lang, "leaderboard-week"),
        Period::Month => text!(lang, "leaderboard-month"),
        Period::All => text!(lang, "leaderboard-all-time"),
    }
}

fn empty(lang: Lang, period: Period) -> String {
    match period {
        Period::Day => text!(lang, "leaderboard-empty-today"),
        Period::Week => text!(lang, "leaderboard-empty-week"),
        Period::Month => text!(lang, "leaderboard-empty-month"),
        Period::All => text!(lang, "leaderboard-empty"),
    }
}

pub(super) fn line(lang: Lang, standing: &Standing, own: bool) -> String {
    let rank = usize::try_from(standing.rank).unwrap_or(usize::MAX);
    let rank = phrases::medal(rank, standing.points);
    let own = if own { phrases::ASKED_BY } else { "" };
    text!(
        lang,
        "leaderboard-line",
        place = format!("{own}{rank} <@{}>", standing.user),
        points = phrases::thousands(lang, standing.points),
        right = phrases::thousands(lang, standing.correct),
        answered = phrases::thousands(lang, standing.answered)
    )
}

/// The board that a menu is shown under.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// A board of a day, a week, a month or all time.
    Board(BoardQuery),
    /// A season's.
    Season(SeasonId),
}

/// Every board that can be reached from here, including the season in progress.
pub(super) fn menu(lang: Lang, shown: Shown, in_guild: bool, season: Option<&Season>) -> Select {
    let scopes: &[bool] = if in_guild { &[false, true] } else { &[true] };
    let boards = scopes
        .iter()
        .flat_map(|global| Period::ALL.map(|period| (*global, period)))
        .map(|(global, period)| {
            let query = BoardQuery {
                global,
                period,
                page: 0,
            };
            SelectOption {
                label: format!("{} · {}", whose(lang, global), period_name(lang, period)),
                value: query.custom_id(),
                chosen: matches!(shown, Shown::Board(shown)
                    if global == shown.global && period == shown.period),
            }
        });
    let season = season.filter(|_| in_guild).map(|season| SelectOption {
        label: clip(
            &text!(lang, "leaderboard-season", name = plain(&season.name)),
            OPTION_MAX,
        ),
        value: BoardButton::Season {
            season: season.id,
            page: 0,
        }
        .to_string(),
        chosen: shown == Shown::Season(season.id),
    });
    Select {
        custom_id: BoardButton::Menu {}.to_string(),
        placeholder: text!(lang, "leaderboard-another"),
        options: season.into_iter().chain(boards).collect(),
    }
}

/// The board's servers, for a button or a menu.
pub(super) fn whose(lang: Lang, global: bool) -> String {
    if global {
        text!(lang, "leaderboard-all-servers")
    } else {
        text!(lang, "leaderboard-this-server")
    }
}

/// Labels of the buttons to the pages before and after a page.
pub(super) fn turn_labels(lang: Lang) -> [String; 2] {
    [
        text!(lang, "leaderboard-higher"),
        text!(lang, "leaderboard-lower"),
    ]
}

/// Buttons to the pages before and after this one.
pub(super) fn turn_buttons(
    lang: Lang,
    page: u32,
    pages: u32,
    turned: impl Fn(u32) -> BoardButton,
) -> Vec<Button> {
    let button = |label: String, to: Option<u32>, off: u32| Button {
        // A disabled button also needs its own `custom_id`.
        custom_id: turned(to.unwrap_or(off)).to_string(),
        label,
        style: Style::Secondary,
        disabled: to.is_none(),
    };
    let before = page.checked_sub(1);
    let after = (page + 1 < pages).then_some(page + 1);
    let [higher, lower] = turn_labels(lang);
    vec![button(higher, before, page), button(lower, after, pages)]
}
