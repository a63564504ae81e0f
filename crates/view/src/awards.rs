//! A few lines of praise below the scores.

use super::badges;
use super::catalogue::text;
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
    praise: Praise,
    /// Who earned it; empty in a game that a member plays alone.
    users: Vec<UserId>,
}

/// What stood out.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Praise {
    /// Every question answered right.
    Perfect,
    /// The only right answer, this often.
    Sole { times: u16 },
    /// From this rank to that one.
    Comeback { from: usize, to: usize },
    /// The wrong answer that most fell for, and how many.
    Trap {
        answer: String,
        round: u16,
        fell: u16,
    },
    /// The fastest right answer.
    Swiftest { round: u16, elapsed_ms: u32 },
    /// A best score over this many questions.
    Best { rounds: u16 },
    /// A badge.
    Badge(Badge),
}

impl Award {
    /// As a line of a message.
    pub(super) fn line(&self, lang: Lang) -> String {
        let mark = match &self.praise {
            Praise::Perfect => "💎",
            Praise::Sole { .. } => "💡",
            Praise::Comeback { .. } => "📈",
            Praise::Trap { .. } => "🪤",
            Praise::Swiftest { .. } => "⚡",
            Praise::Best { .. } => "🏅",
            Praise::Badge(badge) => badges::words(lang, *badge).mark,
        };
        let text = self.text(lang, |user| format!("<@{user}>"), escape);
        format!("{mark} {text}")
    }

    /// With these names, and answers in this form.
    pub(super) fn text(
        &self,
        lang: Lang,
        name: impl Fn(UserId) -> String,
        quote: impl Fn(&str) -> String,
    ) -> String {
        let n = self.users.len();
        let names = self.users.iter().take(NAMES_MAX).map(|user| name(*user));
        let who = names.collect::<Vec<_>>().join(", ");
        let number = |round: u16| u32::from(round) + 1;
        match &self.praise {
            Praise::Perfect => text!(lang, "awards-perfect", n = n, who = who),
            Praise::Sole { times } if n == 1 => {
                text!(lang, "awards-sole", times = *times, who = who)
            }
            Praise::Sole { times } => {
                text!(lang, "awards-sole-several", times = *times, who = who)
            }
            Praise::Comeback { from, to } => text!(
                lang,
                "awards-comeback",
                who = who,
                from = phrases::ordinal(lang, *from),
                to = phrases::ordinal(lang, *to)
            ),
            Praise::Trap {
                answer,
                round,
                fell,
            } => text!(
                lang,
                "awards-trap",
                answer = phrases::quoted(lang, &quote(answer)),
                number = number(*round),
                fell = *fell
            ),
            Praise::Swiftest { round, elapsed_ms } => text!(
                lang,
                "awards-swiftest",
                who = who,
                took = phrases::seconds(lang, *elapsed_ms),
                number = number(*round)
            ),
            Praise::Best { rounds } => {
                let rounds = usize::from(*rounds);
                let questions = phrases::count(lang, rounds, phrases::Counted::Questions);
                text!(lang, "awards-best", n = n, questions = questions, who = who)
            }
            Praise::Badge(badge) => {
                let badge = phrases::quoted(lang, &badges::words(lang, *badge).name);
                text!(lang, "awards-badge", n = n, badge = badge, who = who)
            }
        }
    }
}

/// The awards; empty if nothing stood out. A lone player cannot earn any.
pub(super) fn awards(game: &Game, feats: &Feats) -> Vec<Award> {
    let several = game.players().len() > 1;
    let mut awards: Vec<Award> = [
        perfect(game),
        several.then(|| sole(game)).flatten(),
        several.then(|| comeback(game)).flatten(),
        trap(game),
        several.then(|| swiftest(game)).flatten(),
    ]
    .into_iter()
    .flatten()
    .take(AWARDS_MAX)
    .collect();
    awards.extend(personal_best(game, &feats.bests));
    awards.extend(new_badges(&feats.badges));
    if game.settings().solo {
        for award in &mut awards {
            award.users.clear();
        }
    }
    awards
}

/// Players who answered every question, all correctly.
fn perfect(game: &Game) -> Option<Award> {
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
    (!users.is_empty()).then_some(Award {
        praise: Praise::Perfect,
        users,
    })
}

/// Who was most often the only one who knew.
fn sole(game: &Game) -> Option<Award> {
    let sole = &game.highlights().sole;
    let most = *sole.values().max()?;
    let users: Vec<UserId> = sole
        .iter()
        .filter(|(_, count)| **count == most)
        .map(|(user, _)| *user)
        .collect();
    Some(Award {
        praise: Praise::Sole { times: most },
        users,
    })
}

/// Who came from furthest behind into the top three.
fn comeback(game: &Game) -> Option<Award> {
    let risen = game.ranking().into_iter().filter_map(|(rank, user, _)| {
        let lowest = usize::from(*game.highlights().lowest.get(&user)?);
        let rise = lowest.saturating_sub(rank);
        (rank <= 3 && rise >= COMEBACK_MIN).then_some((rise, lowest, rank, user))
    });
    let (_, lowest, rank, user) = risen.max_by_key(|(rise, ..)| *rise)?;
    Some(Award {
        praise: Praise::Comeback {
            from: lowest,
            to: rank,
        },
        users: vec![user],
    })
}

/// The wrong answer that most fell for.
fn trap(game: &Game) -> Option<Award> {
    let trap = game.highlights().trap?;
    let asked = game.rounds().get(usize::from(trap.round))?;
    let text = &asked.choice(trap.choice)?.text;
    Some(Award {
        praise: Praise::Trap {
            answer: clip(text, QUOTE_MAX),
            round: trap.round,
            fell: trap.fell,
        },
        users: Vec::new(),
    })
}

fn swiftest(game: &Game) -> Option<Award> {
    let swiftest = game.highlights().swiftest?;
    Some(Award {
        praise: Praise::Swiftest {
            round: swiftest.round,
            elapsed_ms: swiftest.elapsed_ms,
        },
        users: vec![swiftest.user],
    })
}

/// Includes the number of questions, because longer games bring more points.
fn personal_best(game: &Game, bests: &[UserId]) -> Option<Award> {
    (!bests.is_empty()).then(|| Award {
        praise: Praise::Best {
            rounds: game.closed_rounds(),
        },
        users: bests.to_vec(),
    })
}

/// A line for each badge, with everyone who has earned it.
fn new_badges(badges: &[(UserId, Badge)]) -> Vec<Award> {
    let holders = |badge: Badge| {
        let new = badges.iter().filter(move |(_, earned)| *earned == badge);
        new.map(|(user, _)| *user).collect::<Vec<_>>()
    };
    let earned = Badge::ALL.into_iter().map(|badge| (badge, holders(badge)));
    let earned = earned.filter(|(_, users)| !users.is_empty());
    let award = |(badge, users): (Badge, Vec<UserId>)| Award {
        praise: Praise::Badge(badge),
        users,
    };
    earned.take(BADGES_MAX).map(award).collect()
}
