//! Two or three words of praise under the scores.

use super::phrases;
use heat_core::game::{EndReason, Game, Phase, UserId};

/// Awards of one game.
const AWARDS_MAX: usize = 3;
/// Questions that a game needs for a perfect one.
const PERFECT_ROUNDS_MIN: usize = 3;
/// Places that a comeback goes up at least.
const COMEBACK_MIN: usize = 2;
/// Members named for one award.
const NAMES_MAX: usize = 4;

/// The lines; empty where nothing stood out. What a member does alone is no contest.
pub(super) fn awards(game: &Game) -> String {
    let several = game.players().len() > 1;
    let lines = [
        perfect(game),
        several.then(|| sole(game)).flatten(),
        several.then(|| comeback(game)).flatten(),
        several.then(|| swiftest(game)).flatten(),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().take(AWARDS_MAX).collect();
    lines.join("\n")
}

fn named(users: &[UserId]) -> String {
    let names: Vec<String> = users
        .iter()
        .take(NAMES_MAX)
        .map(|user| format!("<@{user}>"))
        .collect();
    names.join(", ")
}

/// Who answered every question, and every one right.
fn perfect(game: &Game) -> Option<String> {
    let rounds = game.rounds().len();
    let is_whole = matches!(game.phase(), Phase::Ended(EndReason::Finished));
    if !is_whole || rounds < PERFECT_ROUNDS_MIN {
        return None;
    }
    let perfect: Vec<UserId> = game
        .players()
        .iter()
        .filter(|(_, player)| usize::from(player.correct) == rounds)
        .map(|(user, _)| *user)
        .collect();
    (!perfect.is_empty()).then(|| format!("💎 A perfect game: {}", named(&perfect)))
}

/// Who was most often the only one who knew.
fn sole(game: &Game) -> Option<String> {
    let sole = &game.highlights().sole;
    let most = *sole.values().max()?;
    let users: Vec<UserId> = sole
        .iter()
        .filter(|(_, count)| **count == most)
        .map(|(user, _)| *user)
        .collect();
    let often = match most {
        1 => String::new(),
        2 => ", twice".to_owned(),
        n => format!(", {n} times"),
    };
    Some(format!(
        "💡 The only one who knew{often}: {}",
        named(&users)
    ))
}

/// Who came up from furthest behind to the first three.
fn comeback(game: &Game) -> Option<String> {
    let risen = game.ranking().into_iter().filter_map(|(rank, user, _)| {
        let lowest = usize::from(*game.highlights().lowest.get(&user)?);
        let rise = lowest.saturating_sub(rank);
        (rank <= 3 && rise >= COMEBACK_MIN).then_some((rise, lowest, rank, user))
    });
    let (_, lowest, rank, user) = risen.max_by_key(|(rise, ..)| *rise)?;
    let (from, to) = (phrases::ordinal(lowest), phrases::ordinal(rank));
    Some(format!("📈 Comeback: <@{user}>, from {from} to {to}"))
}

fn swiftest(game: &Game) -> Option<String> {
    let swiftest = game.highlights().swiftest?;
    Some(format!(
        "⚡ Fastest finger: <@{}>, {} on question {}",
        swiftest.user,
        phrases::seconds(swiftest.elapsed_ms),
        swiftest.round + 1
    ))
}
