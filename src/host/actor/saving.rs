//! What a game stores, and how it recovers when the store fails.

use super::{Actor, EndProgress};
use crate::host::journal::Journal;
use crate::host::messenger::Messenger;
use crate::host::stored::{members, over, to_json};
use heat_core::game::{Event, PLAYERS_MAX, Response, UserId};
use heat_store::{AnswerRow, StoreError, WRITE_ROWS_MAX, Write};

/// The pause after the store failed, doubled each time up to the maximum.
const STORE_PAUSE_MS: i64 = 250;
const STORE_PAUSE_MAX_MS: i64 = 10_000;
/// The ledger's value for a typed answer, instead of a choice's number.
const TYPED: u8 = u8::MAX;
/// All answers to a question fit into one write.
const _: () = assert!(PLAYERS_MAX <= WRITE_ROWS_MAX);

impl<S: Messenger, J: Journal> Actor<S, J> {
    /// Stores events.
    pub(super) async fn commit(&mut self, events: &[Event]) -> Result<(), String> {
        let write = self.write(events);
        match self.shared.journal.commit(write).await {
            Ok(()) => {
                self.stored += u32::try_from(events.len()).unwrap_or(u32::MAX);
                self.route_changed = false;
                self.store_failures = 0;
                self.not_before_ms = 0;
                Ok(())
            }
            Err(StoreError::LeaseLost) => Err(self.leave_to_another()),
            Err(error) => {
                tracing::error!(game_id = %self.frame.game, %error, "game.commit_failed");
                self.stale = true;
                self.pause();
                Err(error.to_string())
            }
        }
    }

    /// After a store failure: wait before the next timed try, longer each time.
    fn pause(&mut self) {
        self.store_failures = self.store_failures.saturating_add(1);
        let pause_ms = (STORE_PAUSE_MS << self.store_failures.min(6)).min(STORE_PAUSE_MAX_MS);
        self.not_before_ms = (self.shared.clock)() + pause_ms;
    }

    /// What to store for these events. Answers enter the ledger when their question closes, in the
    /// transaction that reveals it, or, if a host may still judge them, once they are final. Until
    /// then their events keep them safe. Some questions settle points only at the end, and members
    /// wait for fewer rows this way.
    fn write(&self, events: &[Event]) -> Write {
        let mut write = Write {
            game: self.frame.game,
            first_seq: self.stored,
            events: events.iter().map(to_json).collect(),
            route: self.route_changed.then(|| to_json(&self.route)),
            members: members(events),
            ..Write::default()
        };
        for event in events {
            match *event {
                Event::Closed { .. } if self.game.host().is_some() => {}
                Event::Closed { round, .. } | Event::Confirmed { round } => {
                    let users = self.game.answers().keys();
                    let rows = users.filter_map(|user| self.answer_row(round, *user));
                    write.answers.extend(rows);
                    write.revealed.push(round);
                }
                Event::Asking { round, .. } => {
                    let question = &self.game.rounds()[usize::from(round)].question;
                    write.asked.push(question.id.clone());
                }
                _ => {}
            }
        }
        write
    }

    /// The line of the ledger for an answer to the current round, or to the last one.
    fn answer_row(&self, round: u16, user: UserId) -> Option<AnswerRow> {
        let given = self.game.answers().get(&user)?;
        let question = &self.game.rounds().get(usize::from(round))?.question;
        Some(AnswerRow {
            round,
            question: question.id.clone(),
            user,
            choice: match given.response {
                Response::Choice { choice } => choice,
                Response::Typed { .. } => TYPED,
            },
            correct: given.correct,
            points: given.points,
            elapsed_ms: given.elapsed_ms,
            at_ms: given.at_ms,
            topic: to_json(&question.topic).trim_matches('"').to_owned(),
        })
    }

    /// After a failed commit the state in memory is ahead of the store: reload the stored one.
    ///
    /// If another process has taken over the game, what it stored is not for this process to act
    /// on.
    pub(super) async fn read_again(&mut self) -> Result<(), String> {
        let journal = &self.shared.journal;
        let stored = match journal.hold().await {
            Ok(()) => journal.game(self.frame.game).await,
            Err(error) => Err(error),
        };
        let stored = match stored {
            Err(StoreError::LeaseLost) => return Err(self.leave_to_another()),
            Ok(Some(stored)) => stored,
            Ok(None) => return Err(self.forget("it is not stored")),
            Err(error) => {
                tracing::error!(game_id = %self.frame.game, %error, "game.read_failed");
                self.pause();
                return Err(error.to_string());
            }
        };
        let (game, count) = match self.shared.replay(&stored.events) {
            Ok(replayed) => replayed,
            Err(error) => return Err(self.forget(&error.to_string())),
        };
        self.stale = false;
        self.answered_with.clear();
        self.game = game;
        if count != self.stored {
            // The store had accepted it after all, and nothing has followed from it yet.
            self.stored = count;
            self.catch_up();
        }
        Ok(())
    }

    /// Silently drops a game that another process now plays.
    fn leave_to_another(&mut self) -> String {
        self.course = EndProgress::Finished;
        StoreError::LeaseLost.to_string()
    }

    /// Drops a game that cannot even be read; the next start of the process resumes it.
    fn forget(&mut self, error: &str) -> String {
        tracing::error!(game_id = %self.frame.game, error, "game.left_for_next_start");
        self.course = EndProgress::Finished;
        error.to_owned()
    }

    /// Marks the game as over in the store, so that no restart resumes it. Retries until the store
    /// accepts.
    pub(super) async fn conclude(&mut self) {
        self.course = EndProgress::AllPosted;
        match self.shared.journal.commit(over(self.frame.game)).await {
            Ok(()) | Err(StoreError::LeaseLost) => self.course = EndProgress::Finished,
            Err(error) => {
                tracing::error!(game_id = %self.frame.game, %error, "game.conclude_failed");
                self.pause();
            }
        }
    }
}
