//! The names of teams, and their lines in the lobby, under a question and at the end.
//!
//! A game has up to eight, each named after a department of a film crew: names and not colours, so
//! that everyone can tell them apart.

use super::catalogue::text;
use super::custom_id::GameButton;
use super::escape::clip;
use super::message::{Button, Field, Row, Style};
use super::phrases;
use heat_core::game::{Game, GameId, TEAMS_MAX, Team};
use heat_core::lang::Lang;
use std::cmp::Ordering;

/// How many buttons fit side by side on a phone.
const BUTTONS_A_ROW: usize = 3;

/// What a team is called.
#[must_use]
pub fn name(lang: Lang, team: u8) -> String {
    match team {
        0 => text!(lang, "teams-camera"),
        1 => text!(lang, "teams-sound"),
        2 => text!(lang, "teams-stunts"),
        3 => text!(lang, "teams-lighting"),
        4 => text!(lang, "teams-costume"),
        5 => text!(lang, "teams-make-up"),
        6 => text!(lang, "teams-script"),
        7 => text!(lang, "teams-catering"),
        _ => text!(lang, "teams-extras"),
    }
}

/// The buttons for choosing a team.
pub(super) fn buttons(lang: Lang, game: GameId) -> Vec<Row> {
    let buttons: Vec<Button> = (0..TEAMS_MAX)
        .map(|team| {
            let press = GameButton::Team { game, team };
            Button::new(press.to_string(), name(lang, team), Style::Primary)
        })
        .collect();
    let rows = buttons.chunks(BUTTONS_A_ROW);
    rows.map(|row| Row::Buttons(row.to_vec())).collect()
}

/// The members of each team, by team number.
pub(super) fn fields(lang: Lang, game: &Game) -> Vec<Field> {
    let mut teams = game.teams();
    teams.sort_by_key(|team| team.number);
    let field = |team: Team| {
        let names = team.members.iter().map(|(user, _)| format!("<@{user}>"));
        let names: Vec<String> = names.collect();
        Field {
            name: format!("{}: {}", name(lang, team.number), names.len()),
            value: clip(&names.join(" "), 1024),
            inline: true,
        }
    };
    teams.into_iter().map(field).collect()
}

/// A sentence about how many answers of each team count.
pub(super) fn tries(lang: Lang, game: &Game) -> String {
    text!(lang, "teams-tries", n = game.team_tries())
}

/// The teams in order with their points, for under a question.
pub(super) fn standings(lang: Lang, game: &Game) -> Vec<String> {
    let line = |team: &Team| {
        let medal = phrases::medal(team.rank, u64::from(team.points));
        let points = phrases::thousands(lang, u64::from(team.points));
        format!("{medal} {} {points}", name(lang, team.number))
    };
    game.teams().iter().map(line).collect()
}

/// The teams in order with each member's points, best first, for the end.
pub(super) fn board(lang: Lang, game: &Game) -> Vec<String> {
    let line = |team: &Team| {
        let medal = phrases::medal(team.rank, u64::from(team.points));
        let points = phrases::points(lang, team.points);
        let members = team.members.iter().map(|(user, points)| {
            let points = phrases::thousands(lang, u64::from(*points));
            format!("<@{user}> {points}")
        });
        let members: Vec<String> = members.collect();
        let members = clip(&members.join(" · "), MEMBERS_MAX);
        let name = name(lang, team.number);
        format!("{medal} **{name}** · {points}\n{members}")
    };
    game.teams().iter().map(line).collect()
}

/// The longest list of a team's members on the board, in UTF-16 units: eight teams fit.
const MEMBERS_MAX: usize = 400;

/// Which team won, and by how much; without a full stop.
pub(super) fn verdict(lang: Lang, game: &Game) -> Option<String> {
    let teams = game.teams();
    let [first, second, ..] = teams.as_slice() else {
        return None;
    };
    let points = |team: &Team| phrases::thousands(lang, u64::from(team.points));
    Some(if first.points == second.points {
        let even = teams.iter().filter(|team| team.rank == 1);
        let even: Vec<String> = even.map(|team| name(lang, team.number)).collect();
        let even: Vec<&str> = even.iter().map(String::as_str).collect();
        let teams = phrases::listed(lang, &even);
        text!(lang, "teams-even", points = points(first), teams = teams)
    } else {
        text!(
            lang,
            "teams-wins",
            team = name(lang, first.number),
            won = points(first),
            lost = points(second)
        )
    })
}

/// The rank of a member's team: "🎥 Camera 2nd, 40 behind".
pub(super) fn place(lang: Lang, game: &Game, team: u8) -> Option<String> {
    let teams = game.teams();
    let own = teams.iter().find(|other| other.number == team)?;
    let best_other = teams.iter().filter(|other| other.number != team);
    let best_other = best_other.map(|other| other.points).max()?;
    let apart = phrases::thousands(lang, u64::from(own.points.abs_diff(best_other)));
    let name = name(lang, team);
    Some(match own.points.cmp(&best_other) {
        Ordering::Equal => text!(lang, "teams-tied", team = name),
        Ordering::Greater => text!(lang, "teams-leads", team = name, points = apart),
        Ordering::Less => text!(
            lang,
            "teams-behind",
            team = name,
            place = phrases::ordinal(lang, own.rank),
            points = apart
        ),
    })
}
