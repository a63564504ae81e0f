//! The leaderboard: a page of a board, its buttons, and the reading of those buttons.

use super::message::{Button, Embed, Message, Row, Select, SelectOption, Style, Tone};
use super::phrases;
use heat_core::standing::{BoardPage, Period, Standing, Zone};

/// The button under a scoreboard that opens the board of this server (or the global one in a
/// direct message) for all time.
pub const OPEN_ID: &str = "board";

/// Which board a button asks for. The server is always the one the button was pressed in, so that
/// no forged button can read another server's board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    /// Everybody's instead of this server's.
    pub global: bool,
    /// Over which time.
    pub period: Period,
    /// From 0.
    pub page: u32,
}

impl Wish {
    /// What `/leaderboard` shows when nothing is chosen.
    #[must_use]
    pub fn first(in_guild: bool) -> Self {
        Self {
            global: !in_guild,
            period: Period::All,
            page: 0,
        }
    }

    /// The `custom_id` of a button that asks for this.
    #[must_use]
    pub fn custom_id(self) -> String {
        let scope = if self.global { "global" } else { "server" };
        format!("board:{scope}:{}:{}", period_value(self.period), self.page)
    }

    /// Reads the `custom_id` of a button, or the value of the period menu.
    #[must_use]
    pub fn parse(custom_id: &str, in_guild: bool) -> Option<Self> {
        if custom_id == OPEN_ID {
            return Some(Self::first(in_guild));
        }
        let mut parts = custom_id.strip_prefix("board:")?.split(':');
        let global = match parts.next()? {
            "server" if in_guild => false,
            "global" => true,
            _ => return None,
        };
        let period = parse_period(parts.next()?)?;
        let page: u32 = parts.next()?.parse().ok()?;
        let wish = Self {
            global,
            period,
            page,
        };
        (parts.next().is_none() && page <= PAGE_MAX).then_some(wish)
    }
}

/// The `custom_id` of the menu of boards; its values are those of [`Wish::custom_id`].
pub const MENU_ID: &str = "board-menu";
/// No board has more pages than this to turn to by button.
const PAGE_MAX: u32 = 1_000_000;

/// How an option names a period.
#[must_use]
pub fn period_value(period: Period) -> &'static str {
    match period {
        Period::Day => "today",
        Period::Week => "week",
        Period::Month => "month",
        Period::All => "all",
    }
}

/// Reads what [`period_value`] wrote.
#[must_use]
pub fn parse_period(value: &str) -> Option<Period> {
    Period::ALL.into_iter().find(|p| period_value(*p) == value)
}

/// A page of a board. `own` is the caller's standing, if they are on it; `in_guild` tells whether
/// there is a server to turn to, and `zone` by whose calendar its days go.
#[must_use]
pub fn board(
    wish: Wish,
    in_guild: bool,
    zone: Zone,
    page: &BoardPage,
    caller: u64,
    own: Option<&Standing>,
) -> Message {
    let mut lines: Vec<String> = page
        .rows
        .iter()
        .map(|standing| line(standing, standing.user == caller))
        .collect();
    if lines.is_empty() {
        lines.push(empty(wish.period).to_owned());
    } else if let Some(own) = own.filter(|own| page.rows.iter().all(|r| r.user != own.user)) {
        lines.push("…".to_owned());
        lines.push(line(own, true));
    } else if own.is_none() {
        lines.push(String::new());
        lines.push("You are not on this board yet. `/quiz` changes that.".to_owned());
    }
    let footer = format!(
        "{} · page {} of {}{}",
        phrases::count(
            usize::try_from(page.players).unwrap_or(usize::MAX),
            "player"
        ),
        page.page + 1,
        page.pages.max(1),
        calendar(wish, zone)
    );
    let shown = Wish {
        page: page.page,
        ..wish
    };
    let mut rows = vec![Row::Select(menu(shown, in_guild))];
    if page.pages > 1 {
        rows.push(Row::Buttons(turn_buttons(shown, page.pages)));
    }
    Message {
        embeds: vec![Embed {
            title: title(wish),
            description: lines.join("\n"),
            tone: Tone::Plain,
            footer,
            ..Embed::default()
        }],
        rows,
        ..Message::default()
    }
}

/// By whose calendar the board's days go, where that is not plain.
fn calendar(wish: Wish, zone: Zone) -> String {
    let matters = !wish.global && wish.period != Period::All && zone != Zone::UTC;
    if matters {
        format!(" · time zone {}", zone.name())
    } else {
        String::new()
    }
}

fn title(wish: Wish) -> String {
    let whose = if wish.global {
        "Leaderboard of all servers"
    } else {
        "Leaderboard of this server"
    };
    format!("{whose} · {}", period_name(wish.period))
}

fn period_name(period: Period) -> &'static str {
    match period {
        Period::Day => "today",
        Period::Week => "this week",
        Period::Month => "this month",
        Period::All => "all time",
    }
}

fn empty(period: Period) -> &'static str {
    match period {
        Period::Day => "Nobody has scored today. `/quiz` makes you the first.",
        Period::Week => "Nobody has scored this week. `/quiz` makes you the first.",
        Period::Month => "Nobody has scored this month. `/quiz` makes you the first.",
        Period::All => "Nobody has scored yet. `/quiz` makes you the first.",
    }
}

fn line(standing: &Standing, own: bool) -> String {
    let rank = usize::try_from(standing.rank).unwrap_or(usize::MAX);
    let rank = phrases::medal(rank, standing.points);
    format!(
        "{rank} <@{}> · **{}** points · {} of {} right{}",
        standing.user,
        phrases::thousands(standing.points),
        phrases::thousands(standing.correct),
        phrases::thousands(standing.answered),
        if own { " · you" } else { "" }
    )
}

/// Every board a member may turn to from here.
fn menu(shown: Wish, in_guild: bool) -> Select {
    let scopes: &[bool] = if in_guild { &[false, true] } else { &[true] };
    let options = scopes
        .iter()
        .flat_map(|global| Period::ALL.map(|period| (*global, period)))
        .map(|(global, period)| {
            let wish = Wish {
                global,
                period,
                page: 0,
            };
            SelectOption {
                label: format!(
                    "{} · {}",
                    if global { "All servers" } else { "This server" },
                    period_name(period)
                ),
                value: wish.custom_id(),
                chosen: global == shown.global && period == shown.period,
            }
        })
        .collect();
    Select {
        custom_id: MENU_ID.to_owned(),
        placeholder: "Another board".to_owned(),
        options,
    }
}

fn turn_buttons(shown: Wish, pages: u32) -> Vec<Button> {
    let button = |label: &str, page: Option<u32>, off: u32| Button {
        // A disabled button needs a custom_id of its own too.
        custom_id: Wish {
            page: page.unwrap_or(off),
            ..shown
        }
        .custom_id(),
        label: label.to_owned(),
        style: Style::Secondary,
        disabled: page.is_none(),
    };
    let before = shown.page.checked_sub(1);
    let after = (shown.page + 1 < pages).then_some(shown.page + 1);
    vec![
        button("Higher ranks", before, shown.page),
        button("Lower ranks", after, pages),
    ]
}
