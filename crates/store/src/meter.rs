//! What the store counts about itself.

use heat_core::meter::{Counter, Histogram};

/// Numbers about writes, for whoever watches over the bot.
#[derive(Debug)]
pub struct StoreMeter {
    /// From a commit's call to its answer: waiting in the queue, and the disk or the server.
    pub commit: Histogram,
    /// Writes stored in one transaction.
    pub batch: Histogram,
    /// Commits that were refused or failed.
    pub failed: Counter,
}

impl Default for StoreMeter {
    fn default() -> Self {
        Self {
            commit: Histogram::of_times_us(),
            batch: Histogram::of_sizes(),
            failed: Counter::default(),
        }
    }
}
