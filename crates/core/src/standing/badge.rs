//! Badges: a few difficult achievements, derived from a player's record.
//!
//! Badges are not stored. A player who has done it has the badge; a player whose data was deleted
//! has none.

use super::Record;

/// How many answers a game needs before it can be perfect.
pub const PERFECT_ANSWERS: u16 = 10;
/// Right answers in a row, over all games.
pub const LONG_ROW: u64 = 25;
/// Consecutive quick right answers.
pub const QUICK_ROW: u64 = 5;
/// The most milliseconds of a quick answer.
pub const QUICK_MS: u32 = 3_000;
/// Right answers needed in each topic.
pub const TOPIC_ANSWERS: u64 = 25;
/// How many topics.
pub const TOPICS: usize = 6;
/// Right answers in all.
pub const ANSWERS: u64 = 1_000;
/// Games won against others.
pub const WINS: u64 = 25;
/// Consecutive days with the daily puzzle.
pub const DAYS: u32 = 30;

/// A difficult achievement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Badge {
    /// A game of ten answers or more, all right.
    OneTake,
    /// Many right answers in a row.
    LongTake,
    /// Several right answers in a row, each within three seconds.
    QuickCut,
    /// Many right answers in several topics.
    EveryDepartment,
    /// Many games won.
    BoxOffice,
    /// A thousand right answers.
    FinalCut,
    /// Thirty consecutive days of the daily puzzle.
    ThirtyDaysFlat,
}

impl Badge {
    /// All badges, in the order they are listed.
    pub const ALL: [Self; 7] = [
        Self::OneTake,
        Self::LongTake,
        Self::QuickCut,
        Self::EveryDepartment,
        Self::BoxOffice,
        Self::FinalCut,
        Self::ThirtyDaysFlat,
    ];

    /// The badges of a player with this record, whose longest streak of daily puzzles is
    /// `days_best`.
    #[must_use]
    pub fn of(record: &Record, days_best: u32) -> Vec<Self> {
        let earned = |badge: &Self| badge.is_earned(record, days_best);
        Self::ALL.into_iter().filter(earned).collect()
    }

    /// The badges earned between two records of a player, apart from those for daily puzzles.
    #[must_use]
    pub fn earned_between(before: &Record, after: &Record) -> Vec<Self> {
        let had = Self::of(before, 0);
        let mut has = Self::of(after, 0);
        has.retain(|badge| !had.contains(badge));
        has
    }

    fn is_earned(self, record: &Record, days_best: u32) -> bool {
        match self {
            Self::OneTake => record.perfect_games > 0,
            Self::LongTake => record.streak_best >= LONG_ROW,
            Self::QuickCut => record.quick_row_best >= QUICK_ROW,
            Self::EveryDepartment => {
                let topics = record.topics.values();
                topics
                    .filter(|topic| topic.correct >= TOPIC_ANSWERS)
                    .count()
                    >= TOPICS
            }
            Self::BoxOffice => record.wins >= WINS,
            Self::FinalCut => record.correct >= ANSWERS,
            Self::ThirtyDaysFlat => days_best >= DAYS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standing::Share;

    #[test]
    fn a_badge_comes_with_the_last_step_and_not_before() {
        let topics = |count: usize, correct| {
            let share = Share {
                answered: 99,
                correct,
            };
            let topics = (0..count).map(|topic| (format!("topic {topic}"), share));
            Record {
                topics: topics.collect(),
                ..Record::default()
            }
        };
        let with = |change: fn(&mut Record)| {
            let mut record = Record::default();
            change(&mut record);
            record
        };
        let none: [(Record, u32); 7] = [
            (with(|r| r.streak_best = 24), 0),
            (with(|r| r.quick_row_best = 4), 0),
            (with(|r| r.wins = 24), 0),
            (with(|r| r.correct = 999), 0),
            (topics(5, 99), 0),
            (topics(9, 24), 0),
            (Record::default(), 29),
        ];
        for (record, days) in none {
            assert_eq!(Badge::of(&record, days), [], "{record:?}");
        }
        for (record, days, badge) in [
            (with(|r| r.perfect_games = 1), 0, Badge::OneTake),
            (with(|r| r.streak_best = 25), 0, Badge::LongTake),
            (with(|r| r.quick_row_best = 5), 0, Badge::QuickCut),
            (topics(6, 25), 0, Badge::EveryDepartment),
            (with(|r| r.wins = 25), 0, Badge::BoxOffice),
            (with(|r| r.correct = 1_000), 0, Badge::FinalCut),
            (Record::default(), 30, Badge::ThirtyDaysFlat),
        ] {
            assert_eq!(Badge::of(&record, days), [badge]);
        }
    }
}
