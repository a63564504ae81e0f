//! Clues open one after another while a question is open: the earlier the answer, the more points
//! it earns.
//!
//! Each opening is an event, so a restart neither closes a clue again nor opens one early.

use super::Event;
use super::decide::ARRIVAL_GRACE_MS;
use super::play::{Game, Phase};

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

impl Clues {
    /// When the next clue is due; none if all are open, or there are none.
    pub(super) fn next_at_ms(&self) -> Option<i64> {
        self.next_at_ms
    }
}

impl Game {
    /// How many clues of `round` members can see; all of them once the round has closed.
    #[must_use]
    pub fn clues_open(&self, round: u16) -> usize {
        let all = self.clues_of(round);
        let is_current = match self.phase {
            Phase::Asking { round: current, .. } | Phase::Open { round: current, .. } => {
                current == round
            }
            _ => false,
        };
        if is_current {
            all.min(1 + self.clues.opened_at_ms.len())
        } else {
            all
        }
    }

    /// How many clues the member could see at this time, and how many the question has. `None` if
    /// it has no clues.
    pub(super) fn clues_seen(&self, round: u16, clicked_at_ms: i64) -> Option<(usize, usize)> {
        let all = self.clues_of(round);
        let opened = self.clues.opened_at_ms.iter();
        let seen = opened.filter(|at_ms| **at_ms + SEEN_AFTER_MS <= clicked_at_ms);
        (all > 0).then(|| (1 + seen.count(), all))
    }

    /// The event that opens the next clue, if it is due.
    pub(super) fn next_clue(&self, round: u16, now_ms: i64) -> Option<Event> {
        let is_due = self.clues.next_at_ms().is_some_and(|at| now_ms >= at);
        is_due.then_some(Event::ClueOpened {
            round,
            at_ms: now_ms,
        })
    }

    /// Starts a new question: only its first clue is open.
    pub(super) fn hide_clues(&mut self) {
        self.clues = Clues::default();
    }

    /// Spreads the remaining clues over the time from now until the question closes.
    pub(super) fn time_clues(&mut self, round: u16, closes_at_ms: i64) {
        if self.has_hidden_clue(round) {
            let limit_ms = i64::from(self.settings.limit_ms());
            let from_ms = closes_at_ms - ARRIVAL_GRACE_MS - limit_ms;
            let next_at_ms = from_ms + self.clue_ms(round);
            // Never sooner than it was due.
            self.clues.next_at_ms = Some(next_at_ms.max(self.clues.next_at_ms.unwrap_or(i64::MIN)));
        }
    }

    pub(super) fn open_clue(&mut self, round: u16, at_ms: i64) {
        self.clues.opened_at_ms.push(at_ms);
        let is_more_to_come = self.has_hidden_clue(round);
        self.clues.next_at_ms = is_more_to_come.then(|| at_ms + self.clue_ms(round));
    }

    fn has_hidden_clue(&self, round: u16) -> bool {
        1 + self.clues.opened_at_ms.len() < self.clues_of(round)
    }

    /// How long each clue stays the newest.
    fn clue_ms(&self, round: u16) -> i64 {
        let clues = i64::try_from(self.clues_of(round)).unwrap_or(i64::MAX);
        let even = i64::from(self.settings.limit_ms()) / clues.max(1);
        even.max(CLUE_MIN_MS)
    }

    fn clues_of(&self, round: u16) -> usize {
        let round = self.rounds.get(usize::from(round));
        round.map_or(0, |round| round.clues.len())
    }
}
