//! The names of teams, and their lines in the lobby, under a question and at the end.
//!
//! A game has up to eight, each named after a department of a film crew: names and not colours, so
//! that everyone can tell them apart.

use super::custom_id::GameButton;
use super::escape::clip;
use super::message::{Button, Field, Row, Style};
use super::phrases;
use heat_core::game::{Game, GameId, TEAMS_MAX, Team};
use heat_core::lang::Lang;
use std::cmp::Ordering;

/// The teams, by number.
const NAMES: [&str; TEAMS_MAX as usize] = [
    "🎥 Camera",
    "🎙️ Sound",
    "💥 Stunt crew",
    "💡 Lighting",
    "🧵 Costume",
    "💄 Make-up",
    "✍️ Script",
    "🍩 Catering",
];
/// How many buttons fit side by side on a phone.
const BUTTONS_A_ROW: usize = 3;

/// What a team is called.
#[must_use]
pub fn name(lang: Lang, team: u8) -> &'static str {
    NAMES.get(usize::from(team)).copied().unwrap_or("❔ Extras")
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
    match game.team_tries() {
        1 => "The first answer of each team counts.".to_owned(),
        n => format!("The first {n} answers of each team count."),
    }
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
        let points = phrases::thousands(lang, u64::from(team.points));
        let members = team.members.iter().map(|(user, points)| {
            let points = phrases::thousands(lang, u64::from(*points));
            format!("<@{user}> {points}")
        });
        let members: Vec<String> = members.collect();
        let members = clip(&members.join(" · "), MEMBERS_MAX);
        format!(
            "{medal} **{}** · **{points}** points\n{members}",
            name(lang, team.number)
        )
    };
    game.teams().iter().map(line).collect()
}

/// The longest list of a team's members on the board, in UTF-16 units: eight teams fit.
const MEMBERS_MAX: usize = 400;

/// Which team won, and by how much.
pub(super) fn verdict(lang: Lang, game: &Game) -> Option<String> {
    let teams = game.teams();
    let [first, second, ..] = teams.as_slice() else {
        return None;
    };
    let points = |team: &Team| phrases::thousands(lang, u64::from(team.points));
    Some(if first.points == second.points {
        let even = teams.iter().filter(|team| team.rank == 1);
        let even: Vec<&str> = even.map(|team| name(lang, team.number)).collect();
        format!(
            "Even at {}: {}.",
            points(first),
            phrases::listed(lang, &even)
        )
    } else {
        let (won, lost) = (points(first), points(second));
        format!("{} wins, {won} to {lost}.", name(lang, first.number))
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
        Ordering::Equal => format!("{name} tied for the lead"),
        Ordering::Greater => format!("{name} leads by {apart}"),
        Ordering::Less => {
            let place = phrases::ordinal(lang, own.rank);
            format!("{name} {place}, {apart} behind the leader")
        }
    })
}
