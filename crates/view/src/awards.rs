//! A few lines of praise below the scores.

use super::badges;
use super::escape::{clip, escape};
use super::phrases;
use heat_core::game::{EndReason, Game, Phase, UserId};
use heat_core::lang::Lang;
use heat_core::standing::Badge;

/// The most awards in one game.
const AWARDS_MAX: usize = 3;
/// The fewest questions of a perfect game.
const PERFECT_ROUNDS_MIN: usize = 3;
/// The fewest places gained in a comeback.
const COMEBACK_MIN: usize = 2;
/// The most members named for one award.
const NAMES_MAX: usize = 4;
/// How much of an answer is quoted, in characters.
const QUOTE_MAX: usize = 40;
/// The most badges mentioned; `/stats` has all.
const BADGES_MAX: usize = 3;

/// What a game meant for its players beyond the game itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feats {
    /// Players with their best score in a game of this length.
    pub bests: Vec<UserId>,
    /// Players who earned a badge with it, and which.
    pub badges: Vec<(UserId, Badge)>,
}

/// Praise for something special, in text and on the card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Award {
    /// An emoji before the line.
    mark: &'static str,
    /// What stood out.
    what: String,
    /// Who earned it.
    users: Vec<UserId>,
    /// What belongs after the names: ", from 4th to 1st".
    detail: String,
    /// An answer that comes before them.
    quoted: Option<String>,
}

impl Award {
    /// As a line of a message.
    pub(super) fn line(&self) -> String {
        let text = self.text(|user| format!("<@{user}>"), escape);
        format!("{} {text}", self.mark)
    }

    /// With these names, and answers in this form.
    pub(super) fn text(
        &self,
        name: impl Fn(UserId) -> String,
        quote: impl Fn(&str) -> String,
    ) -> String {
        let names: Vec<String> = self
            .users
            .iter()
            .take(NAMES_MAX)
            .map(|user| name(*user))
            .collect();
        let quoted = self
            .quoted
            .iter()
            .map(|quoted| format!("“{}”", quote(quoted)));
        let about: Vec<String> = quoted.chain(names).collect();
        if about.is_empty() {
            return format!("{}{}", self.what, self.detail);
        }
        format!("{}: {}{}", self.what, about.join(", "), self.detail)
    }
}

/// The awards; empty if nothing stood out. A lone player cannot earn any.
pub(super) fn awards(lang: Lang, game: &Game, feats: &Feats) -> Vec<Award> {
    let several = game.players().len() > 1;
    let mut awards: Vec<Award> = [
        perfect(lang, game),
        several.then(|| sole(lang, game)).flatten(),
        several.then(|| comeback(lang, game)).flatten(),
        trap(lang, game),
        several.then(|| swiftest(lang, game)).flatten(),
    ]
    .into_iter()
    .flatten()
    .take(AWARDS_MAX)
    .collect();
    awards.extend(personal_best(lang, game, &feats.bests));
    awards.extend(new_badges(lang, &feats.badges));
    if game.settings().solo {
        for award in &mut awards {
            award.users.clear();
        }
    }
    awards
}

/// Players who answered every question, all correctly.
fn perfect(lang: Lang, game: &Game) -> Option<Award> {
    let rounds = game.rounds().len();
    let is_whole = matches!(game.phase(), Phase::Ended(EndReason::Finished));
    if !is_whole || rounds < PERFECT_ROUNDS_MIN {
        return None;
    }
    let users: Vec<UserId> = game
        .players()
        .iter()
        .filter(|(_, player)| usize::from(player.correct) == rounds)
        .map(|(user, _)| *user)
        .collect();
    (!users.is_empty()).then(|| Award {
        mark: "💎",
        what: "A perfect game".to_owned(),
        users,
        detail: String::new(),
        quoted: None,
    })
}

/// Who was most often the only one who knew.
fn sole(lang: Lang, game: &Game) -> Option<Award> {
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
    let what = match users.len() {
        1 => "The only one who knew",
        _ => "Knew what nobody else did",
    };
    Some(Award {
        mark: "💡",
        what: format!("{what}{often}"),
        users,
        detail: String::new(),
        quoted: None,
    })
}

/// Who came from furthest behind into the top three.
fn comeback(lang: Lang, game: &Game) -> Option<Award> {
    let risen = game.ranking().into_iter().filter_map(|(rank, user, _)| {
        let lowest = usize::from(*game.highlights().lowest.get(&user)?);
        let rise = lowest.saturating_sub(rank);
        (rank <= 3 && rise >= COMEBACK_MIN).then_some((rise, lowest, rank, user))
    });
    let (_, lowest, rank, user) = risen.max_by_key(|(rise, ..)| *rise)?;
    let (from, to) = (phrases::ordinal(lang, lowest), phrases::ordinal(lang, rank));
    Some(Award {
        mark: "📈",
        what: "Comeback".to_owned(),
        users: vec![user],
        detail: format!(", from {from} to {to}"),
        quoted: None,
    })
}

/// The wrong answer that most fell for.
fn trap(lang: Lang, game: &Game) -> Option<Award> {
    let trap = game.highlights().trap?;
    let asked = game.rounds().get(usize::from(trap.round))?;
    let text = &asked.choice(trap.choice)?.text;
    let (question, fell) = (u32::from(trap.round) + 1, trap.fell);
    Some(Award {
        mark: "🪤",
        what: "Best trap".to_owned(),
        users: Vec::new(),
        detail: format!(" on question {question}, {fell} fell for it"),
        quoted: Some(clip(text, QUOTE_MAX)),
    })
}

fn swiftest(lang: Lang, game: &Game) -> Option<Award> {
    let swiftest = game.highlights().swiftest?;
    let took = phrases::seconds(lang, swiftest.elapsed_ms);
    let question = u32::from(swiftest.round) + 1;
    Some(Award {
        mark: "⚡",
        what: "Fastest finger".to_owned(),
        users: vec![swiftest.user],
        detail: format!(", {took} on question {question}"),
        quoted: None,
    })
}

/// Includes the number of questions, because longer games bring more points.
fn personal_best(lang: Lang, game: &Game, bests: &[UserId]) -> Option<Award> {
    let questions = phrases::count(
        lang,
        usize::from(game.closed_rounds()),
        phrases::Counted::Questions,
    );
    (!bests.is_empty()).then(|| Award {
        mark: "🏅",
        what: format!("A personal best over {questions}"),
        users: bests.to_vec(),
        detail: String::new(),
        quoted: None,
    })
}

/// A line for each badge, with everyone who has earned it.
fn new_badges(lang: Lang, badges: &[(UserId, Badge)]) -> Vec<Award> {
    let holders = |badge: Badge| {
        let new = badges.iter().filter(move |(_, earned)| *earned == badge);
        new.map(|(user, _)| *user).collect::<Vec<_>>()
    };
    let earned = Badge::ALL.into_iter().map(|badge| (badge, holders(badge)));
    let earned = earned.filter(|(_, users)| !users.is_empty());
    let award = |(badge, users): (Badge, Vec<UserId>)| {
        let badges::Words { mark, name, .. } = badges::words(lang, badge);
        Award {
            mark,
            what: format!("New badge “{name}”"),
            users,
            detail: String::new(),
            quoted: None,
        }
    };
    earned.take(BADGES_MAX).map(award).collect()
}
