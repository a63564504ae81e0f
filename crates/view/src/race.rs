//! Who won which questions of a race.

use super::catalogue::text;
use super::escape::{clip, fits};
use heat_core::game::{Game, UserId};
use heat_core::lang::Lang;
use std::collections::BTreeMap;

/// The longest list in a message, in UTF-16 units.
const LIST_MAX: usize = 1_200;
/// The longest list for one player on the card, under their name.
const NUMBERS_MAX: usize = 30;

/// "🏁 Who won which question: @Foley 1, 3–5 · @Grip 2 · nobody 6"; empty if it was no race.
pub(super) fn won_by(lang: Lang, game: &Game) -> String {
    if !game.settings().rules().first_right_takes_it || game.closed_rounds() == 0 {
        return String::new();
    }
    let mut won: BTreeMap<UserId, Vec<u16>> = BTreeMap::new();
    for (round, user) in &game.highlights().takers {
        won.entry(*user).or_default().push(*round);
    }
    let nobodys = (0..game.closed_rounds())
        .filter(|round| won.values().flatten().all(|taken| taken != round))
        .collect::<Vec<_>>();
    let ranking = game.ranking().into_iter();
    let winners = ranking.filter_map(|(_, user, _)| Some((user, won.get(&user)?)));
    let mut parts: Vec<String> = winners
        .map(|(user, rounds)| format!("<@{user}> {}", numbers(rounds)))
        .collect();
    if !nobodys.is_empty() {
        parts.push(text!(lang, "race-nobody", numbers = numbers(&nobodys)));
    }
    let list = clip(&parts.join(" · "), LIST_MAX);
    text!(lang, "race-won-by", list = list)
}

/// "won 1, 3–5" for the card; `None` if it is too long there.
pub(super) fn won(lang: Lang, game: &Game, user: UserId) -> Option<String> {
    let takers = game.highlights().takers.iter();
    let own = takers.filter(|(_, taker)| *taker == user);
    let own: Vec<u16> = own.map(|(round, _)| *round).collect();
    let won = match own.as_slice() {
        [] => text!(lang, "race-won-none"),
        rounds => text!(lang, "race-won", numbers = numbers(rounds)),
    };
    fits(&won, NUMBERS_MAX).then_some(won)
}

/// Rounds as members count them, with runs of three or more combined: "1, 3–5".
fn numbers(rounds: &[u16]) -> String {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for round in rounds {
        match runs.last_mut() {
            Some((_, last)) if last.saturating_add(1) == *round => *last = *round,
            _ => runs.push((*round, *round)),
        }
    }
    let run = |(first, last): (u16, u16)| match last - first {
        0 => (first + 1).to_string(),
        1 => format!("{}, {}", first + 1, last + 1),
        _ => format!("{}–{}", first + 1, last + 1),
    };
    runs.into_iter().map(run).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::numbers;

    #[test]
    fn runs_are_combined() {
        for (rounds, told) in [
            (&[0][..], "1"),
            (&[0, 1], "1, 2"),
            (&[0, 1, 2, 4, 8, 9, 10, 11], "1–3, 5, 9–12"),
            (&[48, 49], "49, 50"),
        ] {
            assert_eq!(numbers(rounds), told);
        }
    }
}
