//! What a member's own "Locked in" changes to at the reveal. Private.

use super::catalogue::text;
use super::escape::escape;
use super::message::Message;
use super::phrases;
use super::reply::locked_in;
use super::teams;
use heat_core::game::{Game, GivenAnswer, Response, UserId};
use heat_core::lang::Lang;

/// A member's result in the round that closed last, and their new rank; `None` if they did not
/// answer.
#[must_use]
pub fn own_result(lang: Lang, game: &Game, user: UserId) -> Option<Message> {
    let (round_index, ..) = game.last_closed()?;
    // While the next question is open, nobody may learn its answers.
    if game.answers_of() != round_index {
        return None;
    }
    let round = game.rounds().get(usize::from(round_index))?;
    let given = game.answers().get(&user)?;
    let (choice, text) = match &given.response {
        Response::Choice { choice } => {
            let text = round.choice(*choice).map_or("", |choice| &choice.text);
            (Some(*choice), text)
        }
        Response::Typed { text } => (None, text.as_str()),
    };
    let answer = locked_in(lang, choice, text).content;
    let verdict = verdict(lang, game, user, given, &round.question.answer.text);
    let parts: Vec<String> = [Some(verdict), place(lang, game, user), lives(game, user)]
        .into_iter()
        .flatten()
        .collect();
    Some(Message::sentence(format!(
        "{answer}\n{}",
        parts.join(" · ")
    )))
}

fn verdict(lang: Lang, game: &Game, user: UserId, given: &GivenAnswer, right: &str) -> String {
    let is_race = game.settings().rules().first_right_takes_it;
    match (given.correct, given.points) {
        (true, 0) if game.is_beyond_tries(user) => {
            text!(lang, "own-result-beyond-tries")
        }
        (true, 0) if game.team_of(user).is_some() => {
            text!(lang, "own-result-team-slower")
        }
        (true, 0) if is_race => text!(lang, "own-result-slower"),
        (true, points) => format!("✅ +{points}"),
        (false, _) => text!(lang, "own-result-wrong", answer = escape(right)),
    }
}

/// "2nd, 40 behind the leader", or only the points so far.
fn place(lang: Lang, game: &Game, user: UserId) -> Option<String> {
    if let Some(team) = game.team_of(user) {
        return teams::place(lang, game, team);
    }
    let ranking = game.ranking();
    let own = ranking.iter().find(|(_, other, _)| *other == user)?;
    let (rank, _, player) = own;
    if ranking.len() < 2 {
        let points = phrases::thousands(lang, u64::from(player.points));
        return Some(text!(lang, "own-result-points", points = points));
    }
    let best_other = ranking
        .iter()
        .filter(|(_, other, _)| *other != user)
        .map(|(.., other)| other.points)
        .max()?;
    let apart =
        |ahead: u32, behind: u32| phrases::thousands(lang, u64::from(ahead.saturating_sub(behind)));
    Some(match *rank {
        1 if player.points == best_other => text!(lang, "own-result-level"),
        1 if player.points > best_other => {
            let ahead = apart(player.points, best_other);
            text!(lang, "own-result-leads", points = ahead)
        }
        n if best_other > player.points => {
            let behind = apart(best_other, player.points);
            let place = phrases::ordinal(lang, n);
            text!(lang, "own-result-behind", place = place, points = behind)
        }
        n => text!(lang, "own-result-place", place = phrases::ordinal(lang, n)),
    })
}

fn lives(game: &Game, user: UserId) -> Option<String> {
    let lives = game.seats().get(&user)?.lives?;
    Some(phrases::hearts(lives, game.settings().rules().lives?))
}
