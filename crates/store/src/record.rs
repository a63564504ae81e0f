//! Computes a player's record from their answers, for every database.

use heat_core::standing::Record;
use std::collections::HashSet;

/// Makes a [`Record`] from a player's revealed answers in chronological order.
///
/// Holds eight bytes per game and four per right answer: under a megabyte after a hundred thousand
/// answers.
#[derive(Debug, Default)]
pub(super) struct Recorder {
    record: Record,
    games: HashSet<i64>,
    right_ms: Vec<u32>,
}

impl Recorder {
    /// Adds the next answer: its game and topic, whether it was right, and how long it took.
    pub(super) fn count(&mut self, game: i64, topic: &str, is_correct: bool, elapsed_ms: u32) {
        let record = &mut self.record;
        self.games.insert(game);
        record.answered += 1;
        // Looked up by a borrowed key: topics are few, answers many.
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

    /// The record, or none if nothing counts yet.
    pub(super) fn finish(mut self) -> Option<Record> {
        if self.record.answered == 0 {
            return None;
        }
        let middle = self.right_ms.len().saturating_sub(1) / 2;
        self.record.fastest_ms = self.right_ms.iter().min().copied();
        if !self.right_ms.is_empty() {
            self.record.typical_ms = Some(*self.right_ms.select_nth_unstable(middle).1);
        }
        self.record.games = u64::try_from(self.games.len()).unwrap_or(u64::MAX);
        Some(self.record)
    }
}

#[cfg(test)]
mod tests {
    use super::Recorder;

    #[track_caller]
    fn check(answers: &[(i64, bool, u32)], expect: (u64, u64, u64, Option<u32>)) {
        let mut recorder = Recorder::default();
        for (game, is_correct, elapsed_ms) in answers {
            recorder.count(*game, "cast", *is_correct, *elapsed_ms);
        }
        let record = recorder.finish().unwrap_or_default();
        let found = (
            record.games,
            record.streak,
            record.streak_best,
            record.typical_ms,
        );
        assert_eq!(found, expect, "{answers:?}");
    }

    #[test]
    fn games_rows_and_the_median() {
        check(&[], (0, 0, 0, None));
        check(&[(1, false, 9)], (1, 0, 0, None));
        check(&[(1, true, 9)], (1, 1, 1, Some(9)));
        // Two games at once, a row over both, the quicker one of two in the middle.
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
}
