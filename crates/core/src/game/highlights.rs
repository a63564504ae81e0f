//! Highlights to mention when a game is over, collected question by question.

use super::player::{ByUser, GivenAnswer};
use super::{Response, UserId};

/// How many answers a question needs before being the only one who knew it is worth mentioning.
const SOLE_ANSWERS_MIN: usize = 3;
/// How many must have chosen the same wrong answer before that is worth mentioning.
const TRAPPED_MIN: u16 = 3;

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
    /// The wrong choice that most players of one question fell for.
    pub trap: Option<Trap>,
}

/// A wrong choice that several fell for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trap {
    /// The round it was offered in.
    pub round: u16,
    /// Which choice, from 0.
    pub choice: u8,
    /// How many chose it.
    pub fell: u16,
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
        self.note_trap(round, answers);
        if is_race {
            let takers = answers.iter().filter(|(_, given)| given.points > 0);
            self.takers.extend(takers.map(|(user, _)| (round, *user)));
        } else {
            // A race is over with the first right answer: others may have known it too.
            self.note_sole(answers);
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

    fn note_trap(&mut self, round: u16, answers: &ByUser<GivenAnswer>) {
        let mut fell = [0_u16; 4];
        for given in answers.values().filter(|given| !given.correct) {
            let Response::Choice { choice } = given.response else {
                continue;
            };
            if let Some(count) = fell.get_mut(usize::from(choice)) {
                *count = count.saturating_add(1);
            }
        }
        let worst = (0..4_u8).zip(fell).max_by_key(|(_, fell)| *fell);
        let wanted = self
            .trap
            .map_or(TRAPPED_MIN, |trap| trap.fell.saturating_add(1));
        if let Some((choice, fell)) = worst.filter(|(_, fell)| *fell >= wanted) {
            self.trap = Some(Trap {
                round,
                choice,
                fell,
            });
        }
    }

    fn note_ranks(&mut self, ranks: &[(UserId, u16)]) {
        for (user, rank) in ranks {
            let lowest = self.lowest.entry(*user).or_insert(*rank);
            *lowest = (*rank).max(*lowest);
        }
    }
}
