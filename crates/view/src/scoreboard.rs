//! The last message of a game.

use super::awards;
use super::custom_id::{BoardButton, RecapButton};
use super::escape::clip;
use super::message::{Button, Embed, Message, Row, Style, Tone};
use super::phrases;
use super::quiz::Frame;
use super::teams;
use heat_core::game::{EndReason, Game, Mode, Phase, Player, Players, UserId};

/// Players listed on a scoreboard; the others are counted.
const SCOREBOARD_PLAYERS: usize = 20;

/// Who won, everybody's score, and where to go from here.
#[must_use]
pub fn scoreboard(frame: &Frame, game: &Game) -> Message {
    let ended = match game.phase() {
        Phase::Ended(reason) => reason,
        _ => EndReason::Finished,
    };
    let ranking = game.ranking();
    let mut lines: Vec<String> = verdict(game, ended).into_iter().collect();
    if game.settings().rules().teams {
        lines.extend(teams::board(game));
    } else {
        let listed = ranking.iter().take(SCOREBOARD_PLAYERS);
        lines.extend(listed.map(|(rank, user, player)| line(game, *rank, *user, player)));
        if ranking.len() > SCOREBOARD_PLAYERS {
            lines.push(format!(
                "… and {} more.",
                ranking.len() - SCOREBOARD_PLAYERS
            ));
        }
    }
    if ranking.is_empty() {
        lines.push("Nobody answered this time.".to_owned());
    }
    let beside = [
        questions_won(game),
        awards::awards(game),
        end_note(game, ended),
    ];
    for part in beside.into_iter().filter(|part| !part.is_empty()) {
        lines.push(String::new());
        lines.push(part);
    }
    let id = frame.game;
    let again = RecapButton::Again { game: id }.to_string();
    let misses = RecapButton::Misses { game: id, page: 0 }.to_string();
    let board = BoardButton::Open {}.to_string();
    Message {
        embeds: vec![Embed {
            title: end_title(ended).to_owned(),
            description: clip(&lines.join("\n"), 4096),
            tone: Tone::Good,
            footer: clip(
                &format!(
                    "{} · play the same questions with /quiz code:{}",
                    frame.pack_title, frame.code
                ),
                2048,
            ),
            ..Embed::default()
        }],
        rows: vec![Row::Buttons(vec![
            Button::new(again, again_label(game), Style::Primary),
            Button::new(misses, "My misses", Style::Secondary),
            Button::new(board, "Leaderboard", Style::Secondary),
        ])],
        ..Message::default()
    }
}

fn again_label(game: &Game) -> &'static str {
    match game.settings().rules().players {
        Players::Invited => "Rematch",
        Players::Anyone | Players::Lobby => "Play again",
    }
}

fn line(game: &Game, rank: usize, user: UserId, player: &Player) -> String {
    let seat = game.seats().get(&user);
    let lives = seat.and_then(|seat| seat.lives);
    let deserves = u64::from(player.points) + u64::from(lives.unwrap_or(0));
    let mut line = format!("{} <@{user}> · ", phrases::medal(rank, deserves));
    if let Some(lives) = lives {
        let fell_in = seat.and_then(|seat| seat.fell_in);
        let place = fell_in.map(|round| format!(" in question {}", u32::from(round) + 1));
        line.push_str(&phrases::lives(lives));
        line.extend(place);
        line.push_str(" · ");
    }
    let right = if game.settings().rules().first_right_takes_it {
        // A right answer that came second took nothing.
        format!("took {}", player.taken)
    } else {
        format!("{} of {} right", player.correct, player.answered)
    };
    format!(
        "{line}**{}** points · {right} · best streak {}",
        phrases::thousands(u64::from(player.points)),
        player.best_streak,
    )
}

/// Who won, where two or more played for it to the end.
fn verdict(game: &Game, ended: EndReason) -> Option<String> {
    let decided = matches!(
        ended,
        EndReason::Finished | EndReason::LastStanding | EndReason::AllOut
    );
    let ranking = game.ranking();
    let firsts = ranking.iter().filter(|(rank, ..)| *rank == 1);
    let firsts: Vec<String> = firsts.map(|(_, user, _)| format!("<@{user}>")).collect();
    if !decided || ranking.len() < 2 || firsts.is_empty() {
        return None;
    }
    if game.settings().rules().teams {
        return teams::verdict(game).map(|text| format!("**{text}**\n"));
    }
    let text = match (game.settings().mode, firsts.as_slice()) {
        (Mode::Classic | Mode::Race | Mode::Ladder | Mode::Teams, _) => return None,
        (Mode::Duel, [winner]) => format!("{winner} wins the duel, {}.", score(game)),
        (Mode::Duel, _) => format!("The duel is a draw at {}.", score(game)),
        (Mode::Elimination, [winner]) if ended == EndReason::LastStanding => {
            format!("{winner} is the last one standing.")
        }
        (Mode::Elimination, [winner]) => format!("{winner} wins."),
        (Mode::Elimination, several) => clip(&format!("Even: {}.", several.join(", ")), 1000),
    };
    Some(format!("**{text}**\n"))
}

/// A duel's score as of a match: "850 to 620".
fn score(game: &Game) -> String {
    let points: Vec<String> = game
        .ranking()
        .iter()
        .map(|(.., player)| phrases::thousands(u64::from(player.points)))
        .collect();
    points.join(" to ")
}

fn end_title(reason: EndReason) -> &'static str {
    match reason {
        EndReason::Finished => "Final scores",
        EndReason::Stopped => "Stopped: the scores so far",
        EndReason::Abandoned => "That seems to be all for now",
        EndReason::CannotPost => "The game could not go on",
        EndReason::LastStanding => "One is left standing",
        EndReason::AllOut => "Nobody is left standing",
        EndReason::PausedTooLong => "The pause became the end",
        EndReason::Declined | EndReason::Unanswered => "No game",
    }
}

/// Whose each question of a race was.
fn questions_won(game: &Game) -> String {
    if !game.settings().rules().first_right_takes_it {
        return String::new();
    }
    let takers = &game.highlights().takers;
    let rounds = game.last_closed().map_or(0, |(round, ..)| round + 1);
    let line = |round: u16| {
        let here = takers.iter().filter(|(taken, _)| *taken == round);
        let users: Vec<String> = here.map(|(_, user)| format!("<@{user}>")).collect();
        let who = if users.is_empty() {
            "nobody".to_owned()
        } else {
            users.join(" and ")
        };
        format!("{} {who}", round + 1)
    };
    let lines: Vec<String> = (0..rounds).map(line).collect();
    match lines.len() {
        0 => String::new(),
        _ => format!("🏁 {}", clip(&lines.join(" · "), 1_200)),
    }
}

fn end_note(game: &Game, reason: EndReason) -> String {
    if let (EndReason::Stopped, Some(user)) = (reason, game.stopped_by()) {
        return format!("Stopped by <@{user}>. Every point counts.");
    }
    note(reason).unwrap_or_default().to_owned()
}

fn note(reason: EndReason) -> Option<&'static str> {
    match reason {
        EndReason::Finished
        | EndReason::Stopped
        | EndReason::LastStanding
        | EndReason::AllOut
        | EndReason::Declined
        | EndReason::Unanswered => None,
        EndReason::PausedTooLong => {
            Some("Nobody went on for ten minutes, so the game ended. Every point counts.")
        }
        EndReason::Abandoned => {
            Some("Nobody answered three questions in a row, so the game ended. Every point counts.")
        }
        EndReason::CannotPost => {
            Some("I could not post the next question in this channel. Every point so far counts.")
        }
    }
}
