//! Why an interaction failed, for reasons that the member cannot fix.

use crate::discord::app::daily_puzzles::PuzzleError;
use crate::discord::rest::RestError;
use crate::host::{HostError, RecoverError, StartError};
use heat_store::StoreError;
use std::time::Duration;
use tokio::sync::AcquireError;
use tokio::task::JoinError;

/// A failure that the member cannot fix. They get an incident code, and this goes to the log.
#[derive(Debug, thiserror::Error)]
pub enum HandlerError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A game could not be started.
    #[error(transparent)]
    Start(#[from] StartError),
    /// A game could not be reached.
    #[error(transparent)]
    Host(#[from] HostError),
    /// A stored game cannot be read.
    #[error(transparent)]
    StoredGame(#[from] RecoverError),
    /// There is no puzzle for a day.
    #[error(transparent)]
    Puzzle(#[from] PuzzleError),
    /// Work on a separate thread panicked.
    #[error("work on a separate thread failed: {0}")]
    Broken(#[from] JoinError),
    /// A queue was closed.
    #[error("the queue for this work is closed: {0}")]
    QueueClosed(#[from] AcquireError),
    /// Discord could not be asked.
    #[error(transparent)]
    Rest(#[from] RestError),
    /// Something cannot be written as JSON.
    #[error("it cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The work took too long.
    #[error("the work was abandoned after {} seconds", .0.as_secs_f64())]
    TooSlow(Duration),
}

impl HandlerError {
    /// Whether the store rejected a write, or could not be read.
    #[must_use]
    pub fn is_about_storing(&self) -> bool {
        matches!(
            self,
            Self::Store(StoreError::Unavailable { .. })
                | Self::Start(StartError::Store(StoreError::Unavailable { .. }))
                | Self::Host(HostError::NotStored(_))
        )
    }
}
