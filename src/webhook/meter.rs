//! Counts the results sent.

use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// The outcome of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was accepted.
    Sent,
    /// It was not accepted, and will be tried again.
    Failed,
    /// It was not accepted, and will not be tried again.
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

/// Counts tries and waiting results.
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

    /// Registers all of it with the process's other metrics.
    pub fn register(&self, registry: &mut Registry) {
        registry.register(
            "heat_check_webhook_results",
            "Attempts to send a result to the operator's webhook: sent, failed (it is tried again), \
             given-up (after three days)",
            self.tries.clone(),
        );
        registry.register(
            "heat_check_webhook_waiting",
            "Results not sent yet",
            self.waiting.clone(),
        );
    }
}
