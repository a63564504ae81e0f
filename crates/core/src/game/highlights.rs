//! Highlights to mention when a game is over, collected question by question.

use super::UserId;
use super::player::{ByUser, GivenAnswer};

/// How many answers a question needs before being the only one who knew it is worth mentioning.
const SOLE_ANSWERS_MIN: usize = 3;

/// What stood out in a game.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Highlights {
    /// The fastest right answer.
    pub swiftest: Option<Swiftest>,
    /// How often each player was the only one of several who knew the answer.
    pub sole: ByUser<u16>,
    /// The lowest rank that each player held after a question.
    pub lowest: ByUser<u16>,
    /// The rounds of a race that someone won, each with the winner.
    pub takers: Vec<(u16, UserId)>,
}

/// The fastest right answer of the game.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Swiftest {
    /// Who gave it.
    pub user: UserId,
    /// The round it answered.
    pub round: u16,
    /// How long it took.
    pub elapsed_ms: u32,
}

impl Highlights {
    /// Records a round that is closing, once all its points are settled: its answers, and the rank
    /// of each player after it.
    pub(super) fn note(
        &mut self,
        round: u16,
        answers: &ByUser<GivenAnswer>,
        is_race: bool,
        ranks: &[(UserId, u16)],
    ) {
        self.note_swiftest(round, answers);
        self.note_sole(answers);
        if is_race {
            let takers = answers.iter().filter(|(_, given)| given.points > 0);
            self.takers.extend(takers.map(|(user, _)| (round, *user)));
        }
        self.note_ranks(ranks);
    }

    fn note_swiftest(&mut self, round: u16, answers: &ByUser<GivenAnswer>) {
        let right = answers.iter().filter(|(_, given)| given.correct);
        let Some((user, given)) = right.min_by_key(|(user, given)| (given.elapsed_ms, **user))
        else {
            return;
        };
        let before = self.swiftest;
        if before.is_none_or(|before| given.elapsed_ms < before.elapsed_ms) {
            self.swiftest = Some(Swiftest {
                user: *user,
                round,
                elapsed_ms: given.elapsed_ms,
            });
        }
    }

    fn note_sole(&mut self, answers: &ByUser<GivenAnswer>) {
        let mut right = answers.iter().filter(|(_, given)| given.correct);
        if let (Some((user, _)), None) = (right.next(), right.next())
            && answers.len() >= SOLE_ANSWERS_MIN
        {
            *self.sole.entry(*user).or_default() += 1;
        }
    }

    fn note_ranks(&mut self, ranks: &[(UserId, u16)]) {
        for (user, rank) in ranks {
            let lowest = self.lowest.entry(*user).or_insert(*rank);
            *lowest = (*rank).max(*lowest);
        }
    }
}
