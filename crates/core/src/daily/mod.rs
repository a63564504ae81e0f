//! The daily puzzle: five questions a day, one attempt, a streak of days.
//!
//! Pure types and arithmetic, shared by the store, which keeps attempts, and the view, which shows
//! them. [`crate::bank`] chooses each day's questions; nothing here knows them.

use crate::id::UserId;

pub mod film;
#[cfg(test)]
mod tests;

/// Questions of one puzzle.
pub const QUESTIONS: u8 = 5;

/// How long after midnight a puzzle that was started before may still be finished.
pub const GRACE_MS: i64 = 60 * 60 * 1000;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// The day of puzzle number 1: 1 January 2026.
const FIRST: i32 = 20_454;

/// A day in UTC, as the number of days since 1 January 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

impl Day {
    /// The day of a time, given in milliseconds since 1970.
    #[must_use]
    pub fn of(at_ms: i64) -> Self {
        let nearest = if at_ms < 0 { i32::MIN } else { i32::MAX };
        Self(i32::try_from(at_ms.div_euclid(DAY_MS)).unwrap_or(nearest))
    }

    /// Its first millisecond.
    #[must_use]
    pub fn starts_at_ms(self) -> i64 {
        i64::from(self.0) * DAY_MS
    }

    /// The day after it.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The day before it.
    #[must_use]
    pub fn previous(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    /// The number of its puzzle, 1 for the first.
    #[must_use]
    pub fn number(self) -> i32 {
        self.0.saturating_sub(FIRST - 1)
    }

    /// Whether an attempt at its puzzle may continue: until midnight and a little longer, so that
    /// nobody is cut off between two questions.
    #[must_use]
    pub fn is_open(self, now_ms: i64) -> bool {
        let since_end_ms = now_ms.saturating_sub(self.next().starts_at_ms());
        self.starts_at_ms() <= now_ms && since_end_ms < GRACE_MS
    }
}

/// One answer of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptAnswer {
    /// Which of the four choices, from 0.
    pub choice: u8,
    /// Whether it was right.
    pub correct: bool,
}

/// A member's attempt at one day's puzzle so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attempt {
    /// The answers in the order of the questions, at most [`QUESTIONS`].
    pub answers: Vec<AttemptAnswer>,
}

impl Attempt {
    /// The index of the next question, from 0; `None` once all are answered.
    #[must_use]
    pub fn next(&self) -> Option<u8> {
        let given = u8::try_from(self.answers.len()).unwrap_or(QUESTIONS);
        (given < QUESTIONS).then_some(given)
    }

    /// How many answers are right.
    #[must_use]
    pub fn score(&self) -> u8 {
        let right = self.answers.iter().filter(|given| given.correct).count();
        u8::try_from(right).unwrap_or(QUESTIONS)
    }
}

/// Consecutive days on which a member finished the puzzle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Streak {
    /// The last day that counts.
    pub last: Day,
    /// The number of consecutive days up to that one.
    pub current: u32,
    /// The longest streak ever.
    pub best: u32,
    /// All days, consecutive or not.
    pub days: u32,
}

impl Streak {
    /// The first puzzle ever finished.
    #[must_use]
    pub fn begin(day: Day) -> Self {
        Self {
            last: day,
            current: 1,
            best: 1,
            days: 1,
        }
    }

    /// The streak after finishing another puzzle. A missed day breaks it. A day that is not after
    /// the last one (two processes whose clocks differ) leaves it unchanged.
    #[must_use]
    pub fn and(self, day: Day) -> Self {
        let current = if day <= self.last {
            self.current
        } else if day == self.last.next() {
            self.current.saturating_add(1)
        } else {
            1
        };
        Self {
            last: self.last.max(day),
            current,
            best: self.best.max(current),
            days: self.days.saturating_add(1),
        }
    }

    /// The current streak on `today`: zero once a whole day was missed.
    #[must_use]
    pub fn current_on(self, today: Day) -> u32 {
        if self.last >= today.previous() {
            self.current
        } else {
            0
        }
    }
}

/// One member's rank among those who finished a day's puzzle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placing {
    /// 1 for the best; ties share a rank (1, 1, 3).
    pub rank: u64,
    /// Who.
    pub user: UserId,
    /// Right answers.
    pub score: u8,
}

/// A page of a day's board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Best first; ties by id.
    pub rows: Vec<Placing>,
    /// Which page, from 0.
    pub page: u32,
    /// How many pages there are; 0 if nobody has finished.
    pub pages: u32,
    /// How many members have finished.
    pub players: u64,
}

/// How many members have each score on a day's board, so that a rank is a sum of five numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally([u64; QUESTIONS as usize + 1]);

impl Tally {
    /// From pairs of a score and the number of members with it.
    #[must_use]
    pub fn of(players: impl IntoIterator<Item = (u8, u64)>) -> Self {
        let mut tally = Self::default();
        for (score, players) in players {
            if let Some(known) = tally.0.get_mut(usize::from(score)) {
                *known += players;
            }
        }
        tally
    }

    /// How many members have any score.
    #[must_use]
    pub fn players(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The rank of this score: one more than the number of members with a better one.
    #[must_use]
    pub fn rank(&self, score: u8) -> u64 {
        let better = self.0.iter().skip(usize::from(score) + 1);
        better.sum::<u64>() + 1
    }

    /// The member after `position` others: their score, and how many of those others have the same.
    /// `None` if there are not that many members.
    #[must_use]
    pub fn at(&self, position: u64) -> Option<(u8, u64)> {
        let mut left = position;
        for (score, players) in (0..=QUESTIONS).zip(self.0).rev() {
            if left < players {
                return Some((score, left));
            }
            left -= players;
        }
        None
    }
}
