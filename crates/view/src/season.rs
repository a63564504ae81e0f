//! A server's seasons: what is said when one opens and closes, its board, and the hall of fame.

use super::custom_id::BoardButton;
use super::escape::{clip, escape, plain};
use super::leaderboard::{self, line};
use super::limits::OPTION_MAX;
use super::message::{Button, Embed, Message, Row, Style, Suggestion, Tone};
use super::phrases;
use heat_core::id::{SeasonId, UserId};
use heat_core::season::{NAME_MAX, SEASONS_MAX, Season};
use heat_core::standing::{BoardPage, PAGE_ROWS, Standing};

/// The value of `/leaderboard`'s `period` that asks for the running season.
pub const PERIOD: &str = "season";
/// Seasons that the hall of fame shows.
const HALL_SEASONS: usize = 10;
/// Characters of what was typed that are said again.
const TYPED_MAX: usize = 60;

/// A season was opened.
#[must_use]
pub fn opened(season: &Season) -> Message {
    Message {
        embeds: vec![Embed {
            title: format!("Season {} is open", escape(&season.name)),
            description: "From now on every answer in this server counts for it. `/leaderboard period:this season` shows who leads.".to_owned(),
            tone: Tone::Good,
            ..Embed::default()
        }],
        ..Message::default()
    }
}

/// Another season runs.
#[must_use]
pub fn already_open(season: &Season) -> Message {
    Message::sentence(format!(
        "Season **{}** is open since {}. `/season close` ends it; then the next one can begin.",
        escape(&season.name),
        date(season.opened_at_ms)
    ))
}

/// No season runs.
#[must_use]
pub fn none_open() -> Message {
    Message::sentence(
        "No season is open here. Whoever manages the server starts one with `/season open`.",
    )
}

/// The server has had no season yet.
#[must_use]
pub fn none_yet() -> Message {
    Message::sentence("This server has had no season yet. `/season open` starts the first one.")
}

/// No season is called that.
#[must_use]
pub fn unknown(typed: &str) -> Message {
    Message::sentence(format!(
        "I know no season “{}” here. Pick one from the list that comes up as you type.",
        escape(&clip(typed, TYPED_MAX))
    ))
}

/// The season of a button is no longer kept.
#[must_use]
pub fn gone() -> Message {
    Message::sentence(format!(
        "I no longer have that season: of a server I keep the last {SEASONS_MAX}."
    ))
}

/// The member may not open or close seasons.
#[must_use]
pub fn not_allowed() -> Message {
    Message::sentence(
        "Opening and closing a season takes the permission to manage the server. `/season show` and `/season hall` are for everybody.",
    )
}

/// A direct message has no seasons.
#[must_use]
pub fn only_in_servers() -> Message {
    Message::sentence("A season belongs to a server: use this command in one.")
}

/// Not a name that can be shown.
#[must_use]
pub fn bad_name() -> Message {
    Message::sentence(format!(
        "A season needs a name with letters or digits, {NAME_MAX} characters at most: *Autumn 2026*, say."
    ))
}

/// The season was closed, and its end is on its way into the channel.
#[must_use]
pub fn closing(season: &Season) -> Message {
    Message::sentence(format!(
        "Season **{}** is closed. I am posting the final standing in this channel.",
        escape(&season.name)
    ))
}

/// The end of a season, for everybody in the channel.
#[must_use]
pub fn announcement(season: &Season, page: &BoardPage) -> Message {
    let mut lines = vec![span(season)];
    lines.extend(page.rows.iter().map(|row| line(row, false)));
    if page.rows.is_empty() {
        lines.push("Nobody answered a question in it. The next one is better!".to_owned());
    }
    Message {
        embeds: vec![Embed {
            title: format!("Season {} is over", escape(&season.name)),
            description: lines.join("\n"),
            tone: Tone::Good,
            footer: players(page.players),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(vec![Button::new(
            BoardButton::Season {
                season: season.id,
                page: 0,
            }
            .to_string(),
            "Final standing",
            Style::Secondary,
        )])],
        ..Message::default()
    }
}

/// A page of a season's board. `running` is the season that runs now, for the menu of boards.
#[must_use]
pub fn board(
    season: &Season,
    page: &BoardPage,
    caller: UserId,
    own: Option<&Standing>,
    running: Option<&Season>,
) -> Message {
    let mut lines = vec![span(season)];
    let rows = page.rows.iter();
    lines.extend(rows.map(|row| line(row, row.user == caller)));
    let is_running = season.closed_at_ms.is_none();
    match own {
        Some(own) if page.rows.iter().all(|row| row.user != own.user) => {
            lines.push("…".to_owned());
            lines.push(line(own, true));
        }
        None if page.rows.is_empty() && is_running => lines.push(
            "Nobody has scored in this season yet. The first `/quiz` takes the lead.".to_owned(),
        ),
        None if page.rows.is_empty() => lines.push("Nobody answered a question in it.".to_owned()),
        None if is_running => {
            lines.push(String::new());
            lines.push(format!(
                "<@{caller}> is not in this season yet. `/quiz` changes that."
            ));
        }
        _ => {}
    }
    let mut rows = vec![Row::Select(leaderboard::menu(
        leaderboard::Shown::Season(season.id),
        true,
        running,
    ))];
    if page.pages > 1 {
        let turned = |page| BoardButton::Season {
            season: season.id,
            page,
        };
        rows.push(Row::Buttons(leaderboard::turn_buttons(
            page.page, page.pages, turned,
        )));
    }
    Message {
        embeds: vec![Embed {
            title: format!("Season {}", escape(&season.name)),
            description: lines.join("\n"),
            tone: Tone::Plain,
            footer: format!(
                "{} · page {} of {}",
                players(page.players),
                page.page + 1,
                page.pages.max(1)
            ),
            ..Embed::default()
        }],
        rows,
        ..Message::default()
    }
}

/// The winners of the server's seasons, the newest season first.
#[must_use]
pub fn hall(seasons: &[Season], best: &[(SeasonId, Standing)]) -> Message {
    let closed: Vec<&Season> = seasons
        .iter()
        .filter(|season| season.closed_at_ms.is_some())
        .collect();
    let running = seasons.iter().find(|season| season.closed_at_ms.is_none());
    if closed.is_empty() {
        return match running {
            Some(running) => Message::sentence(format!(
                "The hall of fame is still empty: **{}**, the first season of this server, is being played.",
                escape(&running.name)
            )),
            None => none_yet(),
        };
    }
    let told = closed.iter().take(HALL_SEASONS).map(|season| {
        let places = best.iter().filter(|(id, _)| *id == season.id);
        let places: Vec<String> = places.map(|(_, place)| winner(place)).collect();
        let places = if places.is_empty() {
            "nobody played".to_owned()
        } else {
            places.join("\n")
        };
        let until = season.closed_at_ms.unwrap_or(season.opened_at_ms);
        format!("**{}** · {}\n{places}", escape(&season.name), date(until))
    });
    let told: Vec<String> = told.collect();
    let shown = told.len();
    let footer = if closed.len() > shown {
        format!(
            "The last {shown} of {} seasons · /season show has each",
            closed.len()
        )
    } else {
        phrases::count(shown, "season")
    };
    Message {
        embeds: vec![Embed {
            title: "Hall of fame".to_owned(),
            description: told.join("\n\n"),
            tone: Tone::Plain,
            footer,
            ..Embed::default()
        }],
        ..Message::default()
    }
}

/// A season as a suggestion.
#[must_use]
pub fn suggest(season: &Season) -> Suggestion {
    let state = if season.closed_at_ms.is_none() {
        " · open"
    } else {
        ""
    };
    Suggestion {
        name: clip(&format!("{}{state}", plain(&season.name)), OPTION_MAX),
        value: season.id.to_string(),
    }
}

fn winner(place: &Standing) -> String {
    let rank = usize::try_from(place.rank).unwrap_or(usize::MAX);
    format!(
        "{} <@{}> · {} points",
        phrases::medal(rank, place.points),
        place.user,
        phrases::thousands(place.points)
    )
}

fn players(players: u64) -> String {
    phrases::count(usize::try_from(players).unwrap_or(usize::MAX), "player")
}

/// From when to when.
fn span(season: &Season) -> String {
    let from = date(season.opened_at_ms);
    match season.closed_at_ms {
        Some(to) => format!("{from} to {}", date(to)),
        None => format!("Since {from}"),
    }
}

/// A day by the reader's clock and language.
fn date(unix_ms: i64) -> String {
    format!("<t:{}:d>", unix_ms.div_euclid(1_000))
}

const _: () = assert!(
    PAGE_ROWS <= 10 && SEASONS_MAX <= 100,
    "a page and the hall of fame fit into one message"
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;

    const ANN: UserId = UserId(11);

    fn season(id: u64, closed_at_ms: Option<i64>) -> Season {
        Season {
            id: SeasonId(id),
            name: "*Autumn* 2026".to_owned(),
            role: None,
            winners: 1,
            opened_at_ms: 1_788_998_400_000,
            closed_at_ms,
        }
    }

    const END_MS: Option<i64> = Some(1_795_910_400_000);

    fn place(rank: u64, user: u64, points: u64) -> Standing {
        Standing {
            rank,
            user: UserId(user),
            points,
            correct: points / 100,
            answered: 40,
        }
    }

    fn page(rows: Vec<Standing>, page: u32, pages: u32) -> BoardPage {
        BoardPage {
            players: rows.len() as u64,
            rows,
            page,
            pages,
        }
    }

    fn assert_reads(name: &str, message: &Message) {
        assert_eq!(limits::check(message), Ok(()), "{name}");
        insta::assert_json_snapshot!(name, message);
    }

    #[test]
    fn a_season_reads_well_from_opening_to_hall_of_fame() {
        let (running, closed) = (season(2, None), season(1, END_MS));
        assert_reads("season_opened", &opened(&running));
        let rows = vec![place(1, 12, 3_100), place(2, 11, 900), place(2, 13, 900)];
        let first = page(rows, 0, 2);
        let shown = board(&running, &first, ANN, Some(&first.rows[1]), Some(&running));
        assert_reads("season_board", &shown);
        let own = place(14, 11, 20);
        let past = board(&closed, &first, UserId(14), Some(&own), Some(&running));
        assert_reads("season_board_past", &past);
        let nobody = page(vec![], 0, 0);
        assert_reads(
            "season_board_empty",
            &board(&running, &nobody, ANN, None, Some(&running)),
        );
        assert_reads("season_announced", &announcement(&closed, &first));
        assert_reads("season_announced_empty", &announcement(&closed, &nobody));
        let seasons = [running.clone(), closed.clone(), season(3, END_MS)];
        let best: Vec<_> = first.rows.iter().map(|row| (closed.id, *row)).collect();
        assert_reads("season_hall", &hall(&seasons, &best));
        let sentences = [
            already_open(&running),
            none_open(),
            none_yet(),
            unknown("*no*"),
            gone(),
            not_allowed(),
            only_in_servers(),
            bad_name(),
            closing(&closed),
            hall(&[], &[]),
            hall(&[running.clone()], &[]),
        ];
        let sentences = sentences.map(|message| message.content);
        insta::assert_json_snapshot!("season_sentences", sentences);
    }

    #[test]
    fn the_fullest_messages_keep_to_the_limits() {
        let longest = |id| Season {
            name: "*".repeat(usize::from(NAME_MAX) - 1) + "a",
            ..season(id, END_MS)
        };
        let seasons: Vec<Season> = (0..u64::from(SEASONS_MAX)).map(longest).collect();
        let most = |rank| place(rank, u64::MAX, u64::MAX);
        let best: Vec<_> = seasons
            .iter()
            .flat_map(|season| (1..=3).map(|rank| (season.id, most(rank))))
            .collect();
        let fullest = page((1..=u64::from(PAGE_ROWS)).map(most).collect(), 0, u32::MAX);
        let own = most(u64::MAX);
        let own = Standing { user: ANN, ..own };
        for message in [
            hall(&seasons, &best),
            opened(&seasons[0]),
            closing(&seasons[0]),
            announcement(&seasons[0], &fullest),
            board(&seasons[0], &fullest, ANN, Some(&own), Some(&seasons[1])),
        ] {
            assert_eq!(limits::check(&message), Ok(()));
        }
        assert!(suggest(&seasons[0]).name.len() <= OPTION_MAX);
    }
}
