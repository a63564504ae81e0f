//! Highlights to mention when a game is over, collected question by question.

use super::play::{ByUser, Game};
use super::{CloseReason, UserId};

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

impl Game {
    /// Records a round that is closing, once all its points are settled.
    pub(super) fn note_highlights(&mut self, round: u16) {
        self.note_swiftest(round);
        self.note_sole();
        if self.settings.rules().first_right_takes_it {
            let takers = self.answers.iter().filter(|(_, given)| given.points > 0);
            let takers: Vec<_> = takers.map(|(user, _)| (round, *user)).collect();
            self.highlights.takers.extend(takers);
        }
        self.note_ranks();
    }

    fn note_swiftest(&mut self, round: u16) {
        let right = self.answers.iter().filter(|(_, given)| given.correct);
        let Some((user, given)) = right.min_by_key(|(user, given)| (given.elapsed_ms, **user))
        else {
            return;
        };
        let before = self.highlights.swiftest;
        if before.is_none_or(|before| given.elapsed_ms < before.elapsed_ms) {
            self.highlights.swiftest = Some(Swiftest {
                user: *user,
                round,
                elapsed_ms: given.elapsed_ms,
            });
        }
    }

    fn note_sole(&mut self) {
        let mut right = self.answers.iter().filter(|(_, given)| given.correct);
        if let (Some((user, _)), None) = (right.next(), right.next())
            && self.answers.len() >= SOLE_ANSWERS_MIN
        {
            *self.highlights.sole.entry(*user).or_default() += 1;
        }
    }

    fn note_ranks(&mut self) {
        let ranks: Vec<(UserId, u16)> = self
            .ranking()
            .into_iter()
            .map(|(rank, user, _)| (user, u16::try_from(rank).unwrap_or(u16::MAX)))
            .collect();
        for (user, rank) in ranks {
            let lowest = self.highlights.lowest.entry(user).or_insert(rank);
            *lowest = rank.max(*lowest);
        }
    }
}

impl CloseReason {
    /// Whether the question was cut short, so that players who did not answer missed nothing.
    #[must_use]
    pub fn is_cut_short(self) -> bool {
        matches!(self, Self::Skipped | Self::Stopped)
    }
}
