//! What teams are called, and how they read in the lobby, under a question and at the end.
//!
//! A game has up to eight of them, each a department of a film crew: names and not colours, so that
//! everybody can tell them apart.

use super::custom_id::GameButton;
use super::escape::clip;
use super::message::{Button, Field, Row, Style};
use super::phrases;
use heat_core::game::{Game, GameId, TEAMS_MAX, Team};
use std::cmp::Ordering;

/// The teams, in order of their numbers.
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
/// Buttons that stand side by side on a phone.
const BUTTONS_A_ROW: usize = 3;

/// What a team is called.
#[must_use]
pub fn name(team: u8) -> &'static str {
    NAMES.get(usize::from(team)).copied().unwrap_or("❔ Extras")
}

/// The buttons by which members choose their team.
pub(super) fn buttons(game: GameId) -> Vec<Row> {
    let buttons: Vec<Button> = (0..TEAMS_MAX)
        .map(|team| {
            let press = GameButton::Team { game, team };
            Button::new(press.to_string(), name(team), Style::Primary)
        })
        .collect();
    let rows = buttons.chunks(BUTTONS_A_ROW);
    rows.map(|row| Row::Buttons(row.to_vec())).collect()
}

/// Who is in which team, in order of the teams' numbers.
pub(super) fn fields(game: &Game) -> Vec<Field> {
    let mut teams = game.teams();
    teams.sort_by_key(|team| team.number);
    let field = |team: Team| {
        let names = team.members.iter().map(|(user, _)| format!("<@{user}>"));
        let names: Vec<String> = names.collect();
        Field {
            name: format!("{}: {}", name(team.number), names.len()),
            value: clip(&names.join(" "), 1024),
            inline: true,
        }
    };
    teams.into_iter().map(field).collect()
}

/// How many answers of each team count, in a sentence.
pub(super) fn tries(game: &Game) -> String {
    match game.team_tries() {
        1 => "The first answer of each team counts.".to_owned(),
        n => format!("The first {n} answers of each team count."),
    }
}

/// The teams in order, each with its points: for under a question.
pub(super) fn standings(game: &Game) -> Vec<String> {
    let line = |team: &Team| {
        let medal = phrases::medal(team.rank, u64::from(team.points));
        let points = phrases::thousands(u64::from(team.points));
        format!("{medal} {} {points}", name(team.number))
    };
    game.teams().iter().map(line).collect()
}

/// The teams in order, each with what its members brought, best first: for the end.
pub(super) fn board(game: &Game) -> Vec<String> {
    let line = |team: &Team| {
        let medal = phrases::medal(team.rank, u64::from(team.points));
        let points = phrases::thousands(u64::from(team.points));
        let members = team.members.iter().map(|(user, points)| {
            let points = phrases::thousands(u64::from(*points));
            format!("<@{user}> {points}")
        });
        let members: Vec<String> = members.collect();
        let members = clip(&members.join(" · "), MEMBERS_MAX);
        format!(
            "{medal} **{}** · **{points}** points\n{members}",
            name(team.number)
        )
    };
    game.teams().iter().map(line).collect()
}

/// UTF-16 units that a team's members take on the board: eight teams have room.
const MEMBERS_MAX: usize = 400;

/// Which team won, and by how much.
pub(super) fn verdict(game: &Game) -> Option<String> {
    let teams = game.teams();
    let [first, second, ..] = teams.as_slice() else {
        return None;
    };
    let points = |team: &Team| phrases::thousands(u64::from(team.points));
    Some(if first.points == second.points {
        let even = teams.iter().filter(|team| team.rank == 1);
        let even: Vec<&str> = even.map(|team| name(team.number)).collect();
        format!("Even at {}: {}.", points(first), phrases::listed(&even))
    } else {
        let (won, lost) = (points(first), points(second));
        format!("{} wins, {won} to {lost}.", name(first.number))
    })
}

/// Where a member's team stands: "🎥 Camera 2nd, 40 behind".
pub(super) fn place(game: &Game, team: u8) -> Option<String> {
    let teams = game.teams();
    let own = teams.iter().find(|other| other.number == team)?;
    let best_other = teams.iter().filter(|other| other.number != team);
    let best_other = best_other.map(|other| other.points).max()?;
    let apart = phrases::thousands(u64::from(own.points.abs_diff(best_other)));
    let name = name(team);
    Some(match own.points.cmp(&best_other) {
        Ordering::Equal => format!("{name} level with the best"),
        Ordering::Greater => format!("{name} leads by {apart}"),
        Ordering::Less => {
            let place = phrases::ordinal(own.rank);
            format!("{name} {place}, {apart} behind the leader")
        }
    })
}
