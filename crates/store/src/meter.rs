//! What the store counts about itself.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

/// Histogram bounds of a commit's time in seconds, from a quarter of a millisecond to its time-out.
const COMMIT_SECONDS: [f64; 16] = [
    0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0,
    5.0, 10.0,
];
/// Histogram bounds of the number of writes in one transaction.
const BATCH_WRITES: [f64; 9] = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];

/// Metrics about writes.
#[derive(Debug)]
pub struct StoreMeter {
    /// Seconds from a commit's call to its result, including its time in the queue.
    pub commit: Histogram,
    /// Writes stored in one transaction.
    pub batch: Histogram,
    /// Commits that were refused or failed.
    pub failed: Counter,
}

impl Default for StoreMeter {
    fn default() -> Self {
        Self {
            commit: Histogram::new(COMMIT_SECONDS),
            batch: Histogram::new(BATCH_WRITES),
            failed: Counter::default(),
        }
    }
}

impl StoreMeter {
    /// Registers them with the process's other metrics.
    pub fn register(&self, registry: &mut Registry) {
        registry.register_with_unit(
            "heat_check_store_commit",
            "Time from a commit's call until it is durable, including the queue",
            Unit::Seconds,
            self.commit.clone(),
        );
        registry.register(
            "heat_check_store_batch_writes",
            "Writes stored in one transaction",
            self.batch.clone(),
        );
        registry.register(
            "heat_check_store_commit_failures",
            "Commits that failed or were refused",
            self.failed.clone(),
        );
    }
}
