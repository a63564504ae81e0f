//! Clues open one after another while a question is open: the earlier the answer, the more points
//! it earns.
//!
//! Each opening is an event, so a restart neither closes a clue again nor opens one early.

use super::timing::ARRIVAL_GRACE_MS;

/// The shortest gap between two clues. Members need time to read, and each clue edits the question:
/// Discord allows five edits in five seconds in a channel, and a reveal may come between.
const CLUE_MIN_MS: i64 = 5_000;
/// A click this soon after a clue opened was made without seeing it: the edit takes time to arrive,
/// and nobody reads that fast.
const SEEN_AFTER_MS: i64 = 1_000;

/// The clues of the open question, or of the last one to close. Times are Unix milliseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Clues {
    /// When each clue after the first opened.
    opened_at_ms: Vec<i64>,
    /// When the next one is due.
    next_at_ms: Option<i64>,
}

/// What differs between questions with clues.
#[derive(Debug, Clone, Copy)]
pub(super) struct ClueRules {
    /// How many clues the question has; 0 for most questions.
    pub(super) all: usize,
    /// How long members have to answer.
    pub(super) limit_ms: u32,
}

impl ClueRules {
    /// How long each clue stays the newest.
    fn each_ms(self) -> i64 {
        let clues = i64::try_from(self.all).unwrap_or(i64::MAX);
        let even = i64::from(self.limit_ms) / clues.max(1);
        even.max(CLUE_MIN_MS)
    }
}

impl Clues {
    /// When the next clue is due; none if all are open, or there are none.
    pub(super) fn next_at_ms(&self) -> Option<i64> {
        self.next_at_ms
    }

    /// Whether the next clue is to open.
    pub(super) fn is_due(&self, now_ms: i64) -> bool {
        self.next_at_ms.is_some_and(|at| now_ms >= at)
    }

    /// How many clues members can see of a question with `all` of them.
    pub(super) fn open_of(&self, all: usize) -> usize {
        all.min(1 + self.opened_at_ms.len())
    }

    /// How many clues the member could see at this time, and how many the question has. `None` if
    /// it has no clues.
    pub(super) fn seen(&self, all: usize, clicked_at_ms: i64) -> Option<(usize, usize)> {
        let opened = self.opened_at_ms.iter();
        let seen = opened.filter(|at_ms| **at_ms + SEEN_AFTER_MS <= clicked_at_ms);
        (all > 0).then(|| (1 + seen.count(), all))
    }

    /// Spreads the remaining clues over the time from now until the question closes.
    pub(super) fn time(&mut self, rules: ClueRules, closes_at_ms: i64) {
        if self.is_more_to_come(rules) {
            let from_ms = closes_at_ms - ARRIVAL_GRACE_MS - i64::from(rules.limit_ms);
            let next_at_ms = from_ms + rules.each_ms();
            // Never sooner than it was due.
            self.next_at_ms = Some(next_at_ms.max(self.next_at_ms.unwrap_or(i64::MIN)));
        }
    }

    /// The next clue opens.
    pub(super) fn open(&mut self, rules: ClueRules, at_ms: i64) {
        self.opened_at_ms.push(at_ms);
        let is_more_to_come = self.is_more_to_come(rules);
        self.next_at_ms = is_more_to_come.then(|| at_ms + rules.each_ms());
    }

    fn is_more_to_come(&self, rules: ClueRules) -> bool {
        1 + self.opened_at_ms.len() < rules.all
    }
}
