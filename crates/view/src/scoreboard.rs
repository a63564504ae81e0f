//! The last message of a game.

use super::awards::{self, Award, Feats};
use super::custom_id::{BoardButton, RecapButton};
use super::escape::clip;
use super::host;
use super::message::{Button, Embed, Message, Row, Style, Tone};
use super::phrases;
use super::quiz::Frame;
use super::race;
use super::teams;
use heat_core::game::{EndReason, Game, Mode, Phase, Player, Players, UserId};
use heat_core::lang::Lang;

/// Players listed on a scoreboard; the others are counted.
const SCOREBOARD_PLAYERS: usize = 20;

/// How the game ended; counts as finished while it is running.
pub(super) fn ended(game: &Game) -> EndReason {
    match game.phase() {
        Phase::Ended(reason) => reason,
        _ => EndReason::Finished,
    }
}

/// Who won, everyone's score, and what to do next.
#[must_use]
pub fn scoreboard(frame: &Frame, game: &Game, feats: &Feats) -> Message {
    let ended = ended(game);
    let ranking = game.ranking();
    let mut lines: Vec<String> = verdict(frame.lang, game, ended).into_iter().collect();
    if game.settings().rules().teams {
        lines.extend(teams::board(frame.lang, game));
    } else {
        let listed = ranking.iter().take(SCOREBOARD_PLAYERS);
        lines.extend(
            listed.map(|(rank, user, player)| line(frame.lang, game, *rank, *user, player)),
        );
        if ranking.len() > SCOREBOARD_PLAYERS {
            lines.push(format!(
                "… and {} more.",
                ranking.len() - SCOREBOARD_PLAYERS
            ));
        }
    }
    if ranking.is_empty() {
        let nobody = if game.settings().solo {
            "No answer this time."
        } else {
            "Nobody answered this time."
        };
        lines.push(nobody.to_owned());
    }
    let beside = [
        race::won_by(frame.lang, game),
        host::all_bonuses(frame.lang, game),
        awards(frame.lang, game, feats),
        end_note(frame.lang, game, ended),
    ];
    for part in beside.into_iter().filter(|part| !part.is_empty()) {
        lines.push(String::new());
        lines.push(part);
    }
    Message {
        embeds: vec![Embed {
            title: end_title(frame.lang, ended, game.settings().solo).to_owned(),
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
        rows: buttons(frame, game),
        ..Message::default()
    }
}

/// Where to go from here.
pub(super) fn buttons(frame: &Frame, game: &Game) -> Vec<Row> {
    let id = frame.game;
    let again = RecapButton::Again { game: id }.to_string();
    let misses = RecapButton::Misses { game: id, page: 0 }.to_string();
    let board = BoardButton::Open {}.to_string();
    vec![Row::Buttons(vec![
        Button::new(again, again_label(frame.lang, game), Style::Primary),
        Button::new(misses, "My misses", Style::Secondary),
        Button::new(board, "Leaderboard", Style::Secondary),
    ])]
}

fn again_label(lang: Lang, game: &Game) -> &'static str {
    match game.settings().rules().players {
        Players::Invited => "Rematch",
        Players::Anyone | Players::Lobby => "Play again",
    }
}

fn awards(lang: Lang, game: &Game, feats: &Feats) -> String {
    let awards = awards::awards(lang, game, feats);
    let lines: Vec<String> = awards.iter().map(Award::line).collect();
    lines.join("\n")
}

fn line(lang: Lang, game: &Game, rank: usize, user: UserId, player: &Player) -> String {
    let seat = game.seats().get(&user);
    let lives = seat.and_then(|seat| seat.lives);
    let deserves = u64::from(player.points) + u64::from(lives.unwrap_or(0));
    let mut line = if game.settings().solo {
        String::new()
    } else {
        format!("{} <@{user}> · ", phrases::medal(rank, deserves))
    };
    if let Some(lives) = lives {
        let fell_in = seat.and_then(|seat| seat.fell_in);
        let place = fell_in.map(|round| format!(" in question {}", u32::from(round) + 1));
        line.push_str(&phrases::lives(lang, lives));
        line.extend(place);
        line.push_str(" · ");
    }
    let streak = match player.best_streak {
        n if n < phrases::STREAK_MIN => String::new(),
        n => format!(" · 🔥 {n} in a row"),
    };
    format!(
        "{line}**{}** points · {}{streak}",
        phrases::thousands(lang, u64::from(player.points)),
        right(lang, game, player),
    )
}

/// "7 of 10 right", or how many questions of a race they won.
pub(super) fn right(lang: Lang, game: &Game, player: &Player) -> String {
    if game.settings().rules().first_right_takes_it {
        // A right answer that came second wins nothing.
        format!("won {} of {}", player.taken, game.closed_rounds())
    } else {
        format!("{} of {} right", player.correct, player.answered)
    }
}

/// Who won, if at least two played to the end.
fn verdict(lang: Lang, game: &Game, ended: EndReason) -> Option<String> {
    let decided = is_decided(ended);
    if let Some(duel) = duel(game) {
        let name = |user| format!("<@{user}>");
        let text = if decided {
            duel.text(lang, name)
        } else {
            duel.so_far(lang, name)
        };
        return Some(format!("**{text}**\n"));
    }
    let ranking = game.ranking();
    let firsts = ranking.iter().filter(|(rank, ..)| *rank == 1);
    let firsts: Vec<String> = firsts.map(|(_, user, _)| format!("<@{user}>")).collect();
    if !decided || ranking.len() < 2 || firsts.is_empty() {
        return None;
    }
    if game.settings().rules().teams {
        return teams::verdict(lang, game).map(|text| format!("**{text}**\n"));
    }
    // If only points decide, the list already shows it, unless there are none.
    if game.settings().rules().lives.is_none() {
        let nobody_scored = ranking.iter().all(|(_, _, player)| player.points == 0);
        return nobody_scored.then(|| "**Nobody scored. The questions win.**\n".to_owned());
    }
    let text = match firsts.as_slice() {
        [winner] if ended == EndReason::LastStanding => {
            format!("{winner} outlasts them all.")
        }
        [winner] => format!("{winner} wins."),
        several => clip(&format!("Even: {}.", several.join(", ")), 1000),
    };
    Some(format!("**{text}**\n"))
}

/// Whether it was played to the end.
pub(super) fn is_decided(ended: EndReason) -> bool {
    matches!(
        ended,
        EndReason::Finished | EndReason::LastStanding | EndReason::AllOut
    )
}

/// The result of a duel: the winner first, each with points and right answers.
pub(super) struct Duel([(UserId, u32, u16); 2]);

/// The result of the duel, if it is one and at least one player answered.
pub(super) fn duel(game: &Game) -> Option<Duel> {
    let settings = game.settings();
    let opponent = settings.opponent.filter(|_| settings.mode == Mode::Duel)?;
    let side = |user: UserId| {
        let player = game.players().get(&user);
        let (points, right) = player.map_or((0, 0), |player| (player.points, player.correct));
        (user, points, right)
    };
    let mut sides = [side(settings.starter), side(opponent)];
    sides.sort_by_key(|(_, points, _)| std::cmp::Reverse(*points));
    (!game.players().is_empty()).then_some(Duel(sides))
}

impl Duel {
    /// "Foley beats Grip 5:3". The score is the number of right answers; if that is even, points
    /// decide.
    pub(super) fn text(&self, lang: Lang, name: impl Fn(UserId) -> String) -> String {
        let [(first, points, right), (second, other_points, other_right)] = self.0;
        let (winner, loser) = (name(first), name(second));
        if points == other_points {
            return format!("{winner} and {loser} draw, {right}:{other_right}");
        }
        if right > other_right {
            return format!("{winner} beats {loser} {right}:{other_right}");
        }
        let points = phrases::thousands(lang, u64::from(points));
        let other_points = phrases::thousands(lang, u64::from(other_points));
        format!("{winner} beats {loser} on points, {points} to {other_points}")
    }

    /// "Foley led Grip 1:0", of a duel that was not played to its end.
    fn so_far(&self, lang: Lang, name: impl Fn(UserId) -> String) -> String {
        let [(first, points, right), (second, other_points, other_right)] = self.0;
        let (ahead, behind) = (name(first), name(second));
        if points == other_points {
            return format!("{ahead} and {behind} were level, {right}:{other_right}");
        }
        if right > other_right {
            return format!("{ahead} led {behind} {right}:{other_right}");
        }
        format!("{ahead} led {behind} on points, {points} to {other_points}")
    }
}

fn end_title(lang: Lang, reason: EndReason, solo: bool) -> &'static str {
    match reason {
        EndReason::Finished if solo => "That was all of them",
        EndReason::AllOut if solo => "Out of lives",
        EndReason::Stopped if solo => "Stopped here",
        EndReason::Finished => "Final scores",
        EndReason::Stopped => "Stopped: the scores so far",
        EndReason::Abandoned => "That seems to be all for now",
        EndReason::CannotPost => "The game could not go on",
        EndReason::LastStanding => "One is left standing",
        EndReason::AllOut => "Nobody is left standing",
        EndReason::PausedTooLong => "The pause was too long",
        EndReason::HostAway => "The host has left the stage",
        EndReason::Declined | EndReason::Unanswered => "No game",
    }
}

fn end_note(lang: Lang, game: &Game, reason: EndReason) -> String {
    let (EndReason::Stopped, Some(user)) = (reason, game.stopped_by()) else {
        return note(lang, reason).unwrap_or_default().to_owned();
    };
    let by = (!game.settings().solo).then(|| format!("Stopped by <@{user}>."));
    let counts = (!game.players().is_empty()).then(|| "Every point counts.".to_owned());
    let parts: Vec<String> = by.into_iter().chain(counts).collect();
    parts.join(" ")
}

fn note(lang: Lang, reason: EndReason) -> Option<&'static str> {
    match reason {
        EndReason::Finished
        | EndReason::Stopped
        | EndReason::LastStanding
        | EndReason::AllOut
        | EndReason::Declined
        | EndReason::Unanswered => None,
        EndReason::HostAway => {
            Some("The host did nothing for half an hour, so the game ended. Every point counts.")
        }
        EndReason::PausedTooLong => {
            Some("The pause lasted ten minutes, so the game ended. Every point counts.")
        }
        EndReason::Abandoned => {
            Some("Three questions in a row went unanswered, so the game ended. Every point counts.")
        }
        EndReason::CannotPost => {
            Some("I could not post the next question in this channel. Every point so far counts.")
        }
    }
}
