//! Interactions that are being answered.
//!
//! Discord refuses to edit an answer that it has not received yet, and an edit that overtakes the
//! answer would be overwritten by it. Code that edits an answer waits here until the answer is
//! sent.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_util::sync::CancellationToken;

/// The tokens of interactions that are being answered.
#[derive(Debug, Default)]
pub struct InFlight {
    answers: Mutex<HashMap<Arc<str>, CancellationToken>>,
}

impl InFlight {
    /// Marks an interaction as being answered, until the returned value is dropped.
    pub fn begin(self: &Arc<Self>, token: &str) -> Answering {
        let token: Arc<str> = token.into();
        let given = CancellationToken::new();
        self.answers().insert(Arc::clone(&token), given);
        Answering {
            in_flight: Arc::clone(self),
            token,
        }
    }

    /// Waits until the interaction with this token has been answered; returns at once if it is not
    /// being answered here.
    pub async fn answered(&self, token: &str) {
        let given = self.answers().get(token).cloned();
        if let Some(given) = given {
            given.cancelled().await;
        }
    }

    fn answers(&self) -> std::sync::MutexGuard<'_, HashMap<Arc<str>, CancellationToken>> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Marks an interaction as being answered while it exists.
#[derive(Debug)]
pub struct Answering {
    in_flight: Arc<InFlight>,
    token: Arc<str>,
}

impl Drop for Answering {
    fn drop(&mut self) {
        if let Some(given) = self.in_flight.answers().remove(&self.token) {
            given.cancel();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[test]
    fn an_edit_waits_only_for_its_own_answer() {
        let in_flight = Arc::new(InFlight::default());
        let answering = in_flight.begin("a");
        let mut edit = Box::pin(in_flight.answered("a"));
        assert!(edit.as_mut().now_or_never().is_none());
        assert!(in_flight.answered("b").now_or_never().is_some());
        drop(answering);
        assert!(edit.as_mut().now_or_never().is_some());
        assert!(in_flight.answered("a").now_or_never().is_some());
    }
}
