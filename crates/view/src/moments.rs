//! A line at a reveal, when something special happened.
//!
//! The game's seed picks one of several phrasings, so that rendering a message again gives the same
//! text.

use super::phrases;
use heat_core::game::{CloseReason, Game, GivenAnswer, UserId};

/// The fewest answers for "all right" or "all wrong" to mean anything.
const ANSWERS_MIN: usize = 3;
/// What counts as the last moment, in milliseconds.
const LAST_MOMENT_MS: u32 = 1_500;
/// The fewest right answers in a row that are worth a line.
const STREAK_MIN: u16 = 5;

/// The line, if something special happened in the round that closed last.
pub(super) fn moment(game: &Game, round: u16, reason: CloseReason) -> Option<String> {
    if game.settings().solo || reason.is_cut_short() {
        return None;
    }
    let pick = |lines: &[&str]| {
        let line = lines.get(game.phrase(round, lines.len()))?;
        Some((*line).to_owned())
    };
    let answers = game.answers();
    let right: Vec<(UserId, &GivenAnswer)> = answers
        .iter()
        .filter(|(_, given)| given.correct)
        .map(|(user, given)| (*user, given))
        .collect();
    let limit_ms = game.settings().limit_ms();
    let in_last_moment = right.iter().find(|(_, given)| {
        (limit_ms.saturating_sub(LAST_MOMENT_MS)..=limit_ms).contains(&given.elapsed_ms)
    });
    if answers.len() >= ANSWERS_MIN && right.is_empty() {
        return pick(&[
            "Nobody had that one. The secret is out.",
            "A clean miss, all round.",
            "Not one. That was a hard one.",
            "The question wins this round.",
        ]);
    }
    if let [(user, _)] = right[..]
        && answers.len() >= ANSWERS_MIN
    {
        return pick(&[
            "Only {} knew.",
            "{} and nobody else.",
            "One right answer, and it was {}'s.",
        ])
        .map(|line| line.replace("{}", &format!("<@{user}>")));
    }
    if let Some((user, given)) = in_last_moment {
        let left = phrases::seconds(limit_ms.saturating_sub(given.elapsed_ms));
        return pick(&[
            "{}, with {left} on the clock.",
            "{} got it with {left} to go.",
            "{left} left, and {} had it.",
        ])
        .map(|line| {
            line.replace("{}", &format!("<@{user}>"))
                .replace("{left}", &left)
        });
    }
    if answers.len() >= ANSWERS_MIN && right.len() == answers.len() {
        return pick(&[
            "Everybody knew. Too easy for this room.",
            "A full house: all of them right.",
            "Not a single slip.",
        ]);
    }
    let longest = right
        .iter()
        .max_by_key(|(user, given)| (given.streak, *user));
    let (user, given) = longest.filter(|(_, given)| given.streak >= STREAK_MIN)?;
    let text = pick(&[
        "<@{}> has not missed for {n} questions.",
        "{n} in a row now for <@{}>.",
        "<@{}> is on a run of {n}.",
    ])?;
    let text = text.replace("{}", &user.to_string());
    Some(text.replace("{n}", &given.streak.to_string()))
}
