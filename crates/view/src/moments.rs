//! A line at a reveal, when something special happened.
//!
//! Each occasion has several lines. A game begins with one of them and then takes the next, so that a
//! line comes again only after all others; and rendering a message again gives the same text.

use super::escape::{clip, escape};
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
/// The fewest places gained at once that are.
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
    let first = game.phrase(u16::MAX, lines.len());
    let line = lines.get((first + usize::from(round)) % lines.len().max(1))?;
    Some(moment.filled(line))
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
        return several.then(|| match shared_miss(game, round) {
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
            let gap = format!("0.{:02} s", gap_ms / 10);
            return Some(Moment::PhotoFinish { pair, gap });
        }
    }
    let is_new_lead = new_leader(game, round).is_some();
    (several && right.len() == n && !is_new_lead).then_some(Moment::Everybody { n })
}

/// The wrong answer that all of them chose.
fn shared_miss(game: &Game, round: u16) -> Option<String> {
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
    Some(escape(&clip(text, QUOTE_MAX)))
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
    /// `{}` is a player, `{2}` another, `{n}` a number, and `{x}` a time or an answer.
    fn lines(&self, lang: Lang) -> &'static [&'static str] {
        match self {
            Self::Nobody { .. } => &[
                "Nobody had that one.",
                "A clean miss, all round.",
                "The question wins this round.",
                "Nought out of {n}. Ouch.",
                "Not one right answer. The question takes a bow.",
                "That one ends up on the cutting-room floor.",
                "{n} answers, {n} misses. Blame the writers.",
                "Tumbleweed rolls past: nobody knew.",
            ],
            Self::Trap { .. } => &[
                "Unanimous, and wrong: “{x}”.",
                "All {n} walked into the same trap: “{x}”.",
                "“{x}”, said everybody. Great minds.",
                "One decoy, {n} victims: “{x}”.",
                "“{x}” should have been right, by popular vote.",
            ],
            Self::Sole { .. } => &[
                "Only {} knew.",
                "{} and nobody else.",
                "One right answer, and it was {}'s.",
                "{} against the room, and the room was wrong.",
                "A solo from {}.",
                "{}, party of one.",
                "The spotlight is on {}, the only one who had it.",
                "Everybody missed it. Well, everybody but {}.",
            ],
            Self::JustInTime { .. } => &[
                "{}, with {x} on the clock.",
                "{} got it with {x} to go.",
                "{x} left, and {} had it.",
                "{} cuts the right wire with {x} to spare.",
                "{} likes a dramatic entrance: {x} left.",
                "In the nick of time: {}, {x} before the end.",
            ],
            Self::PhotoFinish { .. } => &[
                "Photo finish: {} beats {2} by {x}.",
                "{x} between {} and {2}.",
                "{} by a whisker: {2} was {x} behind.",
                "{2} blinked, and {} was {x} ahead.",
                "Roll the slow motion: {} before {2}, by {x}.",
            ],
            Self::DeadHeat { .. } => &[
                "A dead heat: {} and {2}, to the hundredth of a second.",
                "{} and {2} pressed as one.",
                "Same hundredth of a second: {} and {2}. Rehearsed?",
            ],
            Self::Lead { .. } => &[
                "{} takes the lead.",
                "A new name on top: {}.",
                "{} gets top billing.",
                "Change at the top: enter {}.",
                "{} moves into the director's chair.",
                "Plot twist: {} leads.",
                "Make way for {}, out in front.",
            ],
            Self::Everybody { .. } => &[
                "Everybody knew. Too easy for this room.",
                "A full house: all {n} right.",
                "Not a single slip.",
                "All {n} of them. Show-offs.",
                "Nobody missed it. Suspicious.",
                "A standing ovation for all {n}.",
                "Right across the board.",
            ],
            Self::Climb { .. } => &[
                "{} jumps {n} places.",
                "Up {n} places in one go: {}.",
                "{} comes through the field, {n} places up.",
                "{n} places at once. {} has woken up.",
            ],
            Self::Streak { .. } => &[
                "{} has not missed in {n} questions.",
                "{n} in a row now for {}.",
                "{} is on a run of {n}.",
                "{n} straight for {}. Somebody stop this.",
                "{}: {n} and counting.",
                "That makes {n} for {}, without a miss.",
            ],
        }
    }

    /// The line with its names and numbers.
    fn filled(&self, line: &str) -> String {
        let name = |user: &UserId| format!("<@{user}>");
        let (users, number, what): (&[UserId], String, &str) = match self {
            Self::Nobody { n } | Self::Everybody { n } => (&[], n.to_string(), ""),
            Self::Trap { n, answer } => (&[], n.to_string(), answer),
            Self::Sole { user } | Self::Lead { user } => {
                (std::slice::from_ref(user), String::new(), "")
            }
            Self::JustInTime { user, left } => (std::slice::from_ref(user), String::new(), left),
            Self::PhotoFinish { pair, gap } => (pair, String::new(), gap),
            Self::DeadHeat { pair } => (pair, String::new(), ""),
            Self::Climb { user, places } => (std::slice::from_ref(user), places.to_string(), ""),
            Self::Streak { user, n } => (std::slice::from_ref(user), n.to_string(), ""),
        };
        // An answer may contain any text, so it comes last.
        line.replace("{}", &users.first().map_or(String::new(), name))
            .replace("{2}", &users.get(1).map_or(String::new(), name))
            .replace("{n}", &number)
            .replace("{x}", what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line that lacks what makes it true, or leaves a gap open, would be read by everybody.
    #[test]
    fn every_line_names_what_it_is_about() {
        let user = UserId(7);
        let pair = [user, UserId(8)];
        let what = || "0.3 s {}".to_owned();
        let moments = [
            Moment::Nobody { n: 5 },
            Moment::Trap {
                n: 5,
                answer: what(),
            },
            Moment::Sole { user },
            Moment::JustInTime { user, left: what() },
            Moment::PhotoFinish { pair, gap: what() },
            Moment::DeadHeat { pair },
            Moment::Lead { user },
            Moment::Everybody { n: 5 },
            Moment::Climb { user, places: 5 },
            Moment::Streak { user, n: 5 },
        ];
        for moment in moments {
            let lines = moment.lines(Lang::English);
            assert!(lines.len() >= 3, "{lines:?}");
            for line in lines {
                let filled = moment.filled(line);
                let names = ["<@7>", "<@8>", "0.3 s {}"];
                let gaps = ["{}", "{2}", "{x}"];
                for (gap, name) in gaps.into_iter().zip(names) {
                    assert_eq!(line.contains(gap), filled.contains(name), "{filled}");
                }
                let rest = filled.replace("0.3 s {}", "");
                assert!(!rest.contains(['{', '}']), "{filled}");
                let needs = match &moment {
                    Moment::Nobody { .. } | Moment::Everybody { .. } => &[][..],
                    Moment::Trap { .. } => &["{x}"],
                    Moment::Sole { .. } | Moment::Lead { .. } => &["{}"],
                    Moment::JustInTime { .. } => &["{}", "{x}"],
                    Moment::PhotoFinish { .. } => &["{}", "{2}", "{x}"],
                    Moment::DeadHeat { .. } => &["{}", "{2}"],
                    Moment::Climb { .. } | Moment::Streak { .. } => &["{}", "{n}"],
                };
                assert!(needs.iter().all(|gap| line.contains(gap)), "{line}");
            }
        }
    }
}
