//! Films of chains that another film has followed: their messages wait here to be changed, so that
//! none counts down a time that is long up.
//!
//! Only in memory: after a crash such a message stays as it is.

use crate::host::InteractionToken;
use heat_view::message::Message;
use std::sync::{Mutex, PoisonError};
use tokio::sync::Notify;

/// How many may wait. Beyond that the rest stay as they are.
const WAITING_MAX: usize = 1_000;

/// A message, and the token of the command that it answered.
pub type PassedMove = (InteractionToken, Message);

/// The messages to change.
#[derive(Debug, Default)]
pub struct PassedMoves {
    waiting: Mutex<Vec<PassedMove>>,
    came: Notify,
}

impl PassedMoves {
    /// Adds one.
    pub fn add(&self, passed: PassedMove) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < WAITING_MAX {
            waiting.push(passed);
        }
        drop(waiting);
        self.came.notify_one();
    }

    /// Takes all.
    pub fn take(&self) -> Vec<PassedMove> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut waiting)
    }

    /// Waits until there is one.
    pub async fn came(&self) {
        self.came.notified().await;
    }
}
