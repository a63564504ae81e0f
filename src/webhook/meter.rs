//! What the telling of results counts.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was taken.
    Sent,
    /// It was not, and is tried again.
    Failed,
    /// It was not, and is given up.
    GivenUp,
}

impl Outcome {
    fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::GivenUp => "given-up",
        }
    }
}

/// Counts tries, and what waits.
#[derive(Debug)]
pub struct WebhookMeter {
    tries: Family<[(&'static str, &'static str); 1], Counter>,
    waiting: Gauge,
}

impl Default for WebhookMeter {
    fn default() -> Self {
        let tries = Family::<[(&'static str, &'static str); 1], Counter>::default();
        for outcome in [Outcome::Sent, Outcome::Failed, Outcome::GivenUp] {
            drop(tries.get_or_create(&[("outcome", outcome.name())]));
        }
        Self {
            tries,
            waiting: Gauge::default(),
        }
    }
}

impl WebhookMeter {
    pub(super) fn count(&self, outcome: Outcome) {
        let labels = [("outcome", outcome.name())];
        self.tries.get_or_create(&labels).inc();
    }

    pub(super) fn set_waiting(&self, waiting: u64) {
        self.waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
    }

    /// Has all of it shown with the others of the process.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "heat_check_webhook_results",
            "Tries to tell the operator's webhook of a result: sent, failed (it is tried again), \
             given-up (after three days)",
            self.tries.clone(),
        );
        registry.register(
            "heat_check_webhook_waiting",
            "Results that wait to be told",
            self.waiting.clone(),
        );
    }
}
