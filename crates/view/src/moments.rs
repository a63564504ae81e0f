//! A line at a reveal, when something special happened.
//!
//! Each occasion has several lines. A game begins with one of them and then takes the next, so that a
//! line comes again only after all others; and rendering a message again gives the same text.

use super::catalogue::text;
use super::escape::escape_clipped;
use super::phrases;
use heat_core::game::{CloseReason, Game, GivenAnswer, Response, UserId};
use heat_core::lang::Lang;

/// The fewest answers for "all right" or "all wrong" to mean anything.
const ANSWERS_MIN: usize = 3;
/// What counts as the last moment, in milliseconds.
const LAST_MOMENT_MS: u32 = 1_500;
/// The most milliseconds between the two fastest for a photo finish, and for a dead heat.
const PHOTO_FINISH_MS: u32 = 150;
const DEAD_HEAT_MS: u32 = 10;
/// The fewest right answers in a row that are worth a line.
const STREAK_MIN: u16 = 5;
/// The fewest places gained at once that are worth a line.
const CLIMB_MIN: i32 = 3;
/// How much of an answer is quoted, in characters.
const QUOTE_MAX: usize = 60;

/// Something special, with what its lines name.
enum Moment {
    /// Nobody of `n` was right.
    Nobody { n: usize },
    /// All of `n` fell for the same wrong answer.
    Trap { n: usize, answer: String },
    /// Only one of several was right.
    Sole { user: UserId },
    /// Right just before the time was up.
    JustInTime { user: UserId, left: String },
    /// The two fastest were almost level.
    PhotoFinish { pair: [UserId; 2], gap: String },
    /// They were level.
    DeadHeat { pair: [UserId; 2] },
    /// A new leader.
    Lead { user: UserId },
    /// All of `n` were right.
    Everybody { n: usize },
    /// Several places up at once.
    Climb { user: UserId, places: i32 },
    /// Many right in a row.
    Streak { user: UserId, n: u16 },
}

/// The line, if something special happened in the round that closed last.
pub(super) fn moment(lang: Lang, game: &Game, round: u16, reason: CloseReason) -> Option<String> {
    if game.settings().solo || reason.is_cut_short() {
        return None;
    }
    let moment = of_the_answers(lang, game, round).or_else(|| of_the_standings(game, round));
    let moment = moment.or_else(|| streak(game))?;
    let lines = moment.lines(lang);
    let lines: Vec<&str> = lines.lines().collect();
    let first = game.phrase(u16::MAX, lines.len());
    let line = lines.get((first + usize::from(round)) % lines.len().max(1))?;
    Some((*line).to_owned())
}

/// Who was right, and how fast.
fn of_the_answers(lang: Lang, game: &Game, round: u16) -> Option<Moment> {
    let answers = game.answers();
    let n = answers.len();
    let mut right: Vec<(UserId, &GivenAnswer)> = answers
        .iter()
        .filter(|(_, given)| given.correct)
        .map(|(user, given)| (*user, given))
        .collect();
    right.sort_by_key(|(user, given)| (given.elapsed_ms, *user));
    let several = n >= ANSWERS_MIN;
    if right.is_empty() {
        return several.then(|| match shared_miss(lang, game, round) {
            Some(answer) => Moment::Trap { n, answer },
            None => Moment::Nobody { n },
        });
    }
    // A race is over with the first right answer, so being the only one means nothing there.
    let is_race = game.settings().rules().first_right_takes_it;
    if let ([(user, _)], true) = (&right[..], several && !is_race) {
        return Some(Moment::Sole { user: *user });
    }
    let limit_ms = game.settings().limit_ms();
    let last_moment = limit_ms.saturating_sub(LAST_MOMENT_MS)..=limit_ms;
    let in_last_moment = right
        .iter()
        .find(|(_, given)| last_moment.contains(&given.elapsed_ms));
    if let Some((user, given)) = in_last_moment {
        let left = phrases::seconds(lang, limit_ms.saturating_sub(given.elapsed_ms));
        return Some(Moment::JustInTime { user: *user, left });
    }
    if let [(first, fastest), (second, next), ..] = right[..] {
        let (pair, gap_ms) = ([first, second], next.elapsed_ms - fastest.elapsed_ms);
        if gap_ms < DEAD_HEAT_MS {
            return Some(Moment::DeadHeat { pair });
        }
        if gap_ms <= PHOTO_FINISH_MS {
            let hundredths = format!("{:02}", gap_ms / 10);
            let gap = text!(lang, "moments-gap", hundredths = hundredths);
            return Some(Moment::PhotoFinish { pair, gap });
        }
    }
    let is_new_lead = new_leader(game, round).is_some();
    (several && right.len() == n && !is_new_lead).then_some(Moment::Everybody { n })
}

/// The wrong answer that all of them chose.
fn shared_miss(lang: Lang, game: &Game, round: u16) -> Option<String> {
    let mut given = game.answers().values().map(|given| &given.response);
    let Response::Choice { choice } = given.next()? else {
        return None;
    };
    let is_shared = given.all(|other| *other == Response::Choice { choice: *choice });
    let asked = game
        .rounds()
        .get(usize::from(round))
        .filter(|_| is_shared)?;
    let text = &asked.choice(*choice)?.text;
    Some(phrases::quoted(lang, &escape_clipped(text, QUOTE_MAX)))
}

/// Who moved to where.
fn of_the_standings(game: &Game, round: u16) -> Option<Moment> {
    if let Some(user) = new_leader(game, round) {
        return Some(Moment::Lead { user });
    }
    let climbed = has_ranks(game).then(|| game.standings()).into_iter();
    let climbed = climbed
        .flatten()
        .filter_map(|line| Some((line.moved?, line.user)));
    let (places, user) = climbed.max_by_key(|(places, _)| *places)?;
    (places >= CLIMB_MIN).then_some(Moment::Climb { user, places })
}

/// Who is now first, alone, and was not before.
fn new_leader(game: &Game, round: u16) -> Option<UserId> {
    if round == 0 || !has_ranks(game) {
        return None;
    }
    let standings = game.standings();
    let first = standings.first()?;
    let is_alone = standings.get(1).is_none_or(|second| second.rank > 1);
    let has_risen = first.moved.is_some_and(|moved| moved > 0);
    (is_alone && has_risen).then_some(first.user)
}

/// Whether single players' points decide.
fn has_ranks(game: &Game) -> bool {
    let rules = game.settings().rules();
    rules.lives.is_none() && !rules.teams
}

fn streak(game: &Game) -> Option<Moment> {
    let right = game.answers().iter().filter(|(_, given)| given.correct);
    let longest = right.max_by_key(|(user, given)| (given.streak, **user));
    let (user, given) = longest.filter(|(_, given)| given.streak >= STREAK_MIN)?;
    Some(Moment::Streak {
        user: *user,
        n: given.streak,
    })
}

impl Moment {
    /// The ways to say it, each on a line of its own.
    fn lines(&self, lang: Lang) -> String {
        let name = |user: &UserId| format!("<@{user}>");
        match self {
            Self::Nobody { n } => text!(lang, "moments-nobody", n = *n),
            Self::Trap { n, answer } => text!(lang, "moments-trap", n = *n, answer = answer),
            Self::Sole { user } => text!(lang, "moments-sole", user = name(user)),
            Self::JustInTime { user, left } => {
                text!(lang, "moments-just-in-time", user = name(user), left = left)
            }
            Self::PhotoFinish {
                pair: [user, other],
                gap,
            } => text!(
                lang,
                "moments-photo-finish",
                user = name(user),
                other = name(other),
                gap = gap
            ),
            Self::DeadHeat {
                pair: [user, other],
            } => text!(
                lang,
                "moments-dead-heat",
                user = name(user),
                other = name(other)
            ),
            Self::Lead { user } => text!(lang, "moments-lead", user = name(user)),
            Self::Everybody { n } => text!(lang, "moments-everybody", n = *n),
            Self::Climb { user, places } => {
                text!(lang, "moments-climb", user = name(user), n = *places)
            }
            Self::Streak { user, n } => text!(lang, "moments-streak", user = name(user), n = *n),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line without its names would be shown to everybody.
    #[test]
    fn every_line_names_what_it_is_about() {
        let user = UserId(7);
        let pair = [user, UserId(8)];
        let what = || "0.3 s".to_owned();
        let moments = [
            (Moment::Nobody { n: 5 }, &[][..]),
            (Moment::Everybody { n: 5 }, &[]),
            (
                Moment::Trap {
                    n: 5,
                    answer: what(),
                },
                &["0.3 s"],
            ),
            (Moment::Sole { user }, &["<@7>"]),
            (Moment::Lead { user }, &["<@7>"]),
            (
                Moment::JustInTime { user, left: what() },
                &["<@7>", "0.3 s"],
            ),
            (
                Moment::PhotoFinish { pair, gap: what() },
                &["<@7>", "<@8>", "0.3 s"],
            ),
            (Moment::DeadHeat { pair }, &["<@7>", "<@8>"]),
            (Moment::Climb { user, places: 5 }, &["<@7>", "5"]),
            (Moment::Streak { user, n: 5 }, &["<@7>", "5"]),
        ];
        for lang in Lang::ALL {
            for (moment, needs) in &moments {
                let lines = moment.lines(lang);
                assert!(lines.lines().count() >= 3, "{lines}");
                for line in lines.lines() {
                    assert!(needs.iter().all(|name| line.contains(name)), "{line}");
                    assert!(!line.contains(['{', '}']), "{line}");
                }
            }
        }
    }
}
