//! The leaderboard: a page of a board, and its buttons.

use super::custom_id::{BoardButton, BoardQuery};
use super::escape::{clip, plain};
use super::limits::OPTION_MAX;
use super::message::{Button, Embed, File, Message, Row, Select, SelectOption, Style, Tone};
use super::phrases;
use heat_core::id::{SeasonId, UserId};
use heat_core::lang::Lang;
use heat_core::season::Season;
use heat_core::standing::{BoardPage, Period, Standing, Zone};

/// A page of a board. `own` is the caller's row, if they are on it; `in_guild` says whether there
/// is a server's board, `zone` is the time zone of its days, and `season` the season in progress.
#[must_use]
pub fn board(
    lang: Lang,
    query: BoardQuery,
    in_guild: bool,
    zone: Zone,
    page: &BoardPage,
    caller: UserId,
    own: Option<&Standing>,
    season: Option<&Season>,
) -> Message {
    let mut lines: Vec<String> = page
        .rows
        .iter()
        .map(|standing| line(lang, standing, standing.user == caller))
        .collect();
    if lines.is_empty() {
        lines.push(empty(lang, query.period).to_owned());
    } else if let Some(own) = own.filter(|own| page.rows.iter().all(|r| r.user != own.user)) {
        lines.push("…".to_owned());
        lines.push(line(lang, own, true));
    } else if own.is_none() {
        lines.push(String::new());
        lines.push(format!(
            "<@{caller}> is not on this board yet. `/quiz` changes that."
        ));
    }
    let footer = format!(
        "{} · page {} of {}{}",
        phrases::count(
            lang,
            usize::try_from(page.players).unwrap_or(usize::MAX),
            phrases::Counted::Players
        ),
        page.page + 1,
        page.pages.max(1),
        calendar(lang, query, zone)
    );
    let shown = BoardQuery {
        page: page.page,
        ..query
    };
    let mut rows = vec![Row::Select(menu(
        lang,
        Shown::Board(shown),
        in_guild,
        season,
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
    let button = Button::new(button.to_string(), "Save as CSV", Style::Secondary);
    board.rows.push(Row::Buttons(vec![button]));
    board
}

/// The board as a file.
#[must_use]
pub fn table(lang: Lang, query: BoardQuery, csv: String) -> Message {
    let games = BoardButton::Games {}.to_string();
    let games = Button::new(games, "Games as CSV", Style::Secondary);
    Message {
        content: "The board as a file, with at most a thousand places. Only you see it.".to_owned(),
        rows: vec![Row::Buttons(vec![games])],
        ..with_file(&format!("leaderboard-{}.csv", query.period.name()), csv)
    }
}

/// The newest games of a server as a file.
#[must_use]
pub fn games_table(lang: Lang, csv: String) -> Message {
    Message {
        content: "This server's newest games as a file, at most two hundred. Only you see it."
            .to_owned(),
        ..with_file("games.csv", csv)
    }
}

fn with_file(name: &str, csv: String) -> Message {
    Message {
        file: Some(Box::new(File {
            name: name.to_owned(),
            content: csv.into_bytes(),
            ..File::default()
        })),
        ..Message::default()
    }
}

/// The refusal for members who may not have it.
#[must_use]
pub fn not_a_manager(lang: Lang) -> Message {
    Message::sentence("Only members who may manage this server can save its tables.")
}

/// The board's time zone, if it is a server's, not UTC, and the period has a start.
fn calendar(lang: Lang, query: BoardQuery, zone: Zone) -> String {
    let matters = !query.global && query.period != Period::All && zone != Zone::UTC;
    if matters {
        format!(" · time zone {}", zone.name())
    } else {
        String::new()
    }
}

fn title(lang: Lang, query: BoardQuery) -> String {
    let whose = if query.global {
        "Leaderboard of all servers"
    } else {
        "Leaderboard of this server"
    };
    format!("{whose} · {}", period_name(lang, query.period))
}

fn period_name(lang: Lang, period: Period) -> &'static str {
    match period {
        Period::Day => "today",
        Period::Week => "this week",
        Period::Month => "this month",
        Period::All => "all time",
    }
}

fn empty(lang: Lang, period: Period) -> &'static str {
    match period {
        Period::Day => "Nobody has scored today. The first `/quiz` takes the lead.",
        Period::Week => "Nobody has scored this week. The first `/quiz` takes the lead.",
        Period::Month => "Nobody has scored this month. The first `/quiz` takes the lead.",
        Period::All => "Nobody has scored yet. The first `/quiz` takes the lead.",
    }
}

pub(super) fn line(lang: Lang, standing: &Standing, own: bool) -> String {
    let rank = usize::try_from(standing.rank).unwrap_or(usize::MAX);
    let rank = phrases::medal(rank, standing.points);
    format!(
        "{}{rank} <@{}> · **{}** points · {} of {} right",
        if own { phrases::ASKED_BY } else { "" },
        standing.user,
        phrases::thousands(lang, standing.points),
        phrases::thousands(lang, standing.correct),
        phrases::thousands(lang, standing.answered),
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
                label: format!(
                    "{} · {}",
                    if global { "All servers" } else { "This server" },
                    period_name(lang, period)
                ),
                value: query.custom_id(),
                chosen: matches!(shown, Shown::Board(shown)
                    if global == shown.global && period == shown.period),
            }
        });
    let season = season.filter(|_| in_guild).map(|season| SelectOption {
        label: clip(&format!("Season {}", plain(&season.name)), OPTION_MAX),
        value: BoardButton::Season {
            season: season.id,
            page: 0,
        }
        .to_string(),
        chosen: shown == Shown::Season(season.id),
    });
    Select {
        custom_id: BoardButton::Menu {}.to_string(),
        placeholder: "Another board".to_owned(),
        options: season.into_iter().chain(boards).collect(),
    }
}

/// Buttons to the pages before and after this one.
pub(super) fn turn_buttons(
    lang: Lang,
    page: u32,
    pages: u32,
    turned: impl Fn(u32) -> BoardButton,
) -> Vec<Button> {
    let button = |label: &str, to: Option<u32>, off: u32| Button {
        // A disabled button also needs its own `custom_id`.
        custom_id: turned(to.unwrap_or(off)).to_string(),
        label: label.to_owned(),
        style: Style::Secondary,
        disabled: to.is_none(),
    };
    let before = page.checked_sub(1);
    let after = (page + 1 < pages).then_some(page + 1);
    vec![
        button("Higher ranks", before, page),
        button("Lower ranks", after, pages),
    ]
}
