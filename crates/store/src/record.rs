//! Computes a player's record from their answers, for every database.

use heat_core::standing::Record;
use heat_core::standing::badge::{PERFECT_ANSWERS, QUICK_MS};
use std::collections::HashMap;

/// Makes a [`Record`] from a player's revealed answers in chronological order.
///
/// Holds a few bytes per game and four per right answer: under a megabyte after a hundred thousand
/// answers.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    record: Record,
    games: HashMap<i64, Tally>,
    right_ms: Vec<u32>,
    /// The current run of quick right answers.
    quick_row: u64,
}

/// A player's answers in one game.
#[derive(Debug, Default)]
struct Tally {
    answered: u16,
    correct: u16,
}

impl Recorder {
    /// Adds the next answer: its game and topic, whether it was right, and how long it took.
    pub(super) fn count(&mut self, game: i64, topic: &str, is_correct: bool, elapsed_ms: u32) {
        let record = &mut self.record;
        let tally = self.games.entry(game).or_default();
        tally.answered = tally.answered.saturating_add(1);
        tally.correct = tally.correct.saturating_add(u16::from(is_correct));
        self.quick_row = if is_correct && elapsed_ms <= QUICK_MS {
            self.quick_row + 1
        } else {
            0
        };
        record.quick_row_best = record.quick_row_best.max(self.quick_row);
        record.answered += 1;
        // Looked up by a borrowed key: there are few topics but many answers.
        let share = match record.topics.get_mut(topic) {
            Some(share) => share,
            None => record.topics.entry(topic.to_owned()).or_default(),
        };
        share.answered += 1;
        if is_correct {
            share.correct += 1;
            record.correct += 1;
            record.streak += 1;
            record.streak_best = record.streak_best.max(record.streak);
            self.right_ms.push(elapsed_ms);
        } else {
            record.streak = 0;
        }
    }

    /// The record of a player who won this many games; `None` if nothing counts yet.
    pub(super) fn finish(mut self, wins: i64) -> Option<Record> {
        if self.record.answered == 0 {
            return None;
        }
        let is_perfect =
            |tally: &&Tally| tally.answered >= PERFECT_ANSWERS && tally.correct == tally.answered;
        let perfect = self.games.values().filter(is_perfect).count();
        self.record.perfect_games = u64::try_from(perfect).unwrap_or(u64::MAX);
        self.record.wins = u64::try_from(wins).unwrap_or(0);
        let middle = self.right_ms.len().saturating_sub(1) / 2;
        self.record.fastest_ms = self.right_ms.iter().min().copied();
        if !self.right_ms.is_empty() {
            self.record.typical_ms = Some(*self.right_ms.select_nth_unstable(middle).1);
        }
        self.record.games = u64::try_from(self.games.len()).unwrap_or(u64::MAX);
        Some(self.record)
    }
}

/// The most answers of a player that are read for the badges of one game. Players with more have
/// most badges already, and `/stats` shows the rest.
const AROUND_ANSWERS_MAX: usize = 5_000;

/// A player's record without a game that is just ending, and with it as if it were over; `None`
/// where nothing of theirs counts. Counts won games only as far as badges need.
#[derive(Debug, Default)]
pub(super) struct Around {
    pub(super) before: Option<Record>,
    pub(super) after: Option<Record>,
}

/// Makes both records in one pass over the answers.
#[derive(Debug)]
pub(super) struct AroundRecorder {
    game: i64,
    answers: usize,
    before: Recorder,
    after: Recorder,
}

impl AroundRecorder {
    pub(super) fn new(game: i64) -> Self {
        Self {
            game,
            answers: 0,
            before: Recorder::default(),
            after: Recorder::default(),
        }
    }

    /// Adds the next answer, like [`Recorder::count`]. False if there are more than the limit.
    #[must_use]
    pub(super) fn count(
        &mut self,
        game: i64,
        topic: &str,
        is_correct: bool,
        elapsed_ms: u32,
    ) -> bool {
        self.answers += 1;
        self.after.count(game, topic, is_correct, elapsed_ms);
        if game != self.game {
            self.before.count(game, topic, is_correct, elapsed_ms);
        }
        self.answers <= AROUND_ANSWERS_MAX
    }

    /// Both records of a player who won this many games before, and who did or did not win this
    /// one.
    pub(super) fn finish(self, wins_before: i64, has_won: bool) -> Around {
        Around {
            before: self.before.finish(wins_before),
            after: self.after.finish(wins_before + i64::from(has_won)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AROUND_ANSWERS_MAX, AroundRecorder, Recorder};

    #[track_caller]
    fn check(answers: &[(i64, bool, u32)], expect: (u64, u64, u64, Option<u32>)) {
        let mut recorder = Recorder::default();
        for (game, is_correct, elapsed_ms) in answers {
            recorder.count(*game, "cast", *is_correct, *elapsed_ms);
        }
        let record = recorder.finish(0).unwrap_or_default();
        let found = (
            record.games,
            record.streak,
            record.streak_best,
            record.typical_ms,
        );
        assert_eq!(found, expect, "{answers:?}");
    }

    #[test]
    fn a_game_is_perfect_from_ten_right_answers_on_and_a_quick_row_ends_with_a_slow_one() {
        let answers = |game, count, wrong: Option<usize>, elapsed_ms| {
            (0..count).map(move |at| (game, Some(at) != wrong, elapsed_ms))
        };
        let all = answers(1, 9, None, 3_000)
            .chain(answers(2, 10, Some(9), 3_001))
            .chain(answers(3, 10, None, 9_000))
            .chain(answers(4, 12, Some(4), 1_000));
        let mut recorder = Recorder::default();
        for (game, is_correct, elapsed_ms) in all {
            recorder.count(game, "cast", is_correct, elapsed_ms);
        }
        let record = recorder.finish(3).unwrap_or_default();
        assert_eq!(
            (record.perfect_games, record.quick_row_best, record.wins),
            (1, 9, 3)
        );
    }

    #[test]
    fn games_rows_and_the_median() {
        check(&[], (0, 0, 0, None));
        check(&[(1, false, 9)], (1, 0, 0, None));
        check(&[(1, true, 9)], (1, 1, 1, Some(9)));
        // Two games at once, a run across both, and a median between two values: the quicker one.
        check(
            &[
                (1, true, 40),
                (2, true, 10),
                (1, true, 30),
                (2, false, 1),
                (1, true, 20),
            ],
            (2, 1, 3, Some(20)),
        );
    }

    #[test]
    fn a_record_that_is_too_long_is_not_read_to_the_end() {
        let mut recorder = AroundRecorder::new(9);
        let taken = (0..=AROUND_ANSWERS_MAX).map(|_| recorder.count(1, "cast", true, 100));
        assert_eq!(taken.filter(|more| *more).count(), AROUND_ANSWERS_MAX);
    }
}
