//! The last message of a game.

use super::awards::{self, Feats};
use super::catalogue::text;
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
            let more = ranking.len() - SCOREBOARD_PLAYERS;
            lines.push(text!(frame.lang, "scoreboard-and-more", n = more));
        }
    }
    if ranking.is_empty() {
        lines.push(if game.settings().solo {
            text!(frame.lang, "scoreboard-no-answer")
        } else {
            text!(frame.lang, "scoreboard-nobody")
        });
    }
    let footer = text!(
        frame.lang,
        "scoreboard-footer",
        pack = &frame.pack_title,
        code = &frame.code
    );
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
            title: end_title(frame.lang, ended, game.settings().solo),
            description: clip(&lines.join("\n"), 4096),
            tone: Tone::Good,
            footer: clip(&footer, 2048),
            ..Embed::default()
        }],
        rows: buttons(frame, game),
        ..Message::default()
    }
}

/// Where to go from here.
pub(super) fn buttons(frame: &Frame, game: &Game) -> Vec<Row> {
    let (lang, id) = (frame.lang, frame.game);
    let again = RecapButton::Again { game: id }.to_string();
    let misses = RecapButton::Misses { game: id, page: 0 }.to_string();
    let board = BoardButton::Open {}.to_string();
    vec![Row::Buttons(vec![
        Button::new(again, again_label(lang, game), Style::Primary),
        Button::new(misses, text!(lang, "scoreboard-misses"), Style::Secondary),
        Button::new(
            board,
            text!(lang, "scoreboard-leaderboard"),
            Style::Secondary,
        ),
    ])]
}

fn again_label(lang: Lang, game: &Game) -> String {
    match game.settings().rules().players {
        Players::Invited => text!(lang, "scoreboard-rematch"),
        Players::Anyone | Players::Lobby => text!(lang, "scoreboard-again"),
    }
}

fn awards(lang: Lang, game: &Game, feats: &Feats) -> String {
    let awards = awards::awards(game, feats);
    let lines: Vec<String> = awards.iter().map(|award| award.line(lang)).collect();
    lines.join("\n")
}

fn line(lang: Lang, game: &Game, rank: usize, user: UserId, player: &Player) -> String {
    let seat = game.seats().get(&user);
    let lives = seat.and_then(|seat| seat.lives);
    let deserves = u64::from(player.points) + u64::from(lives.unwrap_or(0));
    let who = if game.settings().solo {
        String::new()
    } else {
        format!("{} <@{user}> · ", phrases::medal(rank, deserves))
    };
    let mut parts = Vec::with_capacity(4);
    if let Some(lives) = lives {
        parts.push(match seat.and_then(|seat| seat.fell_in) {
            Some(round) => text!(lang, "scoreboard-out", number = u32::from(round) + 1),
            None => phrases::lives(lang, lives),
        });
    }
    parts.push(phrases::points(lang, player.points));
    parts.push(right(lang, game, player));
    if player.best_streak >= phrases::STREAK_MIN {
        parts.push(text!(lang, "scoreboard-streak", n = player.best_streak));
    }
    who + &parts.join(" · ")
}

/// "7 of 10 right", or how many questions of a race they won.
pub(super) fn right(lang: Lang, game: &Game, player: &Player) -> String {
    if game.settings().rules().first_right_takes_it {
        // A right answer that came second wins nothing.
        let (taken, all) = (player.taken, game.closed_rounds());
        text!(lang, "scoreboard-won", taken = taken, all = all)
    } else {
        let (right, answered) = (player.correct, player.answered);
        text!(lang, "scoreboard-right", right = right, answered = answered)
    }
}

/// Who won, if at least two played to the end.
fn verdict(lang: Lang, game: &Game, ended: EndReason) -> Option<String> {
    let decided = is_decided(ended);
    if let Some(duel) = duel(game) {
        let name = |user| format!("<@{user}>");
        let text = duel.sentence(lang, name, decided);
        return Some(format!("**{text}**\n"));
    }
    let ranking = game.ranking();
    let firsts = ranking.iter().filter(|(rank, ..)| *rank == 1);
    let firsts: Vec<String> = firsts.map(|(_, user, _)| format!("<@{user}>")).collect();
    if !decided || ranking.len() < 2 || firsts.is_empty() {
        return None;
    }
    if game.settings().rules().teams {
        return teams::verdict(lang, game).map(|text| format!("**{text}.**\n"));
    }
    // If only points decide, the list already shows it, unless there are none.
    if game.settings().rules().lives.is_none() {
        let nobody_scored = ranking.iter().all(|(_, _, player)| player.points == 0);
        return nobody_scored.then(|| {
            let text = text!(lang, "scoreboard-nobody-scored");
            format!("**{text}**\n")
        });
    }
    let text = match firsts.as_slice() {
        [winner] if ended == EndReason::LastStanding => {
            text!(lang, "scoreboard-outlasts", winner = winner)
        }
        [winner] => text!(lang, "scoreboard-wins", winner = winner),
        several => {
            let winners = several.join(", ");
            clip(&text!(lang, "scoreboard-even", winners = winners), 1000)
        }
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
        self.sentence(lang, name, true)
    }

    /// The result, or how things stood in a duel that was not played to its end.
    fn sentence(&self, lang: Lang, name: impl Fn(UserId) -> String, decided: bool) -> String {
        let [(first, points, right), (second, other_points, other_right)] = self.0;
        let by = if points == other_points {
            "draw"
        } else if right > other_right {
            "right"
        } else {
            "points"
        };
        let (first, second) = (name(first), name(second));
        let points = phrases::thousands(lang, u64::from(points));
        let other_points = phrases::thousands(lang, u64::from(other_points));
        if decided {
            text!(
                lang,
                "scoreboard-duel",
                by = by,
                first = first,
                second = second,
                right = right,
                other_right = other_right,
                points = points,
                other_points = other_points
            )
        } else {
            text!(
                lang,
                "scoreboard-duel-so-far",
                by = by,
                first = first,
                second = second,
                right = right,
                other_right = other_right,
                points = points,
                other_points = other_points
            )
        }
    }
}

fn end_title(lang: Lang, reason: EndReason, solo: bool) -> String {
    match reason {
        EndReason::Finished if solo => text!(lang, "scoreboard-title-all-done"),
        EndReason::AllOut if solo => text!(lang, "scoreboard-title-out-of-lives"),
        EndReason::Stopped if solo => text!(lang, "scoreboard-title-stopped-alone"),
        EndReason::Finished => text!(lang, "scoreboard-title-final"),
        EndReason::Stopped => text!(lang, "scoreboard-title-stopped"),
        EndReason::Abandoned => text!(lang, "scoreboard-title-abandoned"),
        EndReason::CannotPost => text!(lang, "scoreboard-title-cannot-post"),
        EndReason::LastStanding => text!(lang, "scoreboard-title-last-standing"),
        EndReason::AllOut => text!(lang, "scoreboard-title-all-out"),
        EndReason::PausedTooLong => text!(lang, "scoreboard-title-paused-too-long"),
        EndReason::HostAway => text!(lang, "scoreboard-title-host-away"),
        EndReason::Declined | EndReason::Unanswered => text!(lang, "scoreboard-title-no-game"),
    }
}

fn end_note(lang: Lang, game: &Game, reason: EndReason) -> String {
    let (EndReason::Stopped, Some(user)) = (reason, game.stopped_by()) else {
        return note(lang, reason).unwrap_or_default();
    };
    let user = format!("<@{user}>");
    let by = (!game.settings().solo).then(|| text!(lang, "scoreboard-stopped-by", user = user));
    let counts = (!game.players().is_empty()).then(|| text!(lang, "scoreboard-counts"));
    let parts: Vec<String> = by.into_iter().chain(counts).collect();
    parts.join(" ")
}

fn note(lang: Lang, reason: EndReason) -> Option<String> {
    match reason {
        EndReason::Finished
        | EndReason::Stopped
        | EndReason::LastStanding
        | EndReason::AllOut
        | EndReason::Declined
        | EndReason::Unanswered => None,
        EndReason::HostAway => Some(text!(lang, "scoreboard-host-away")),
        EndReason::PausedTooLong => Some(text!(lang, "scoreboard-paused-too-long")),
        EndReason::Abandoned => Some(text!(lang, "scoreboard-abandoned")),
        EndReason::CannotPost => Some(text!(lang, "scoreboard-cannot-post")),
    }
}
