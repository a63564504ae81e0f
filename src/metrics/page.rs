//! `/metrics`, in the text format of `OpenMetrics` 1.0:
//! <https://prometheus.io/docs/specs/om/open_metrics_spec/>.

use super::Watched;
use heat_core::meter::{Counter, Histogram, Table};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric, NoLabelSet, text};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use std::fmt;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

/// What the page is sent as.
pub(super) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Makes the page.
pub(super) struct Page(Registry);

impl Page {
    pub(super) fn new(watched: Arc<Watched>) -> Self {
        let mut registry = Registry::default();
        registry.register_collector(Box::new(Numbers(watched)));
        Self(registry)
    }

    /// The numbers as they are now.
    pub(super) fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        text::encode(&mut text, &self.0)?;
        Ok(text)
    }
}

/// Reads what the layers have counted whenever the page is asked for.
struct Numbers(Arc<Watched>);

impl fmt::Debug for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Numbers").finish_non_exhaustive()
    }
}

impl Collector for Numbers {
    fn encode(&self, mut to: DescriptorEncoder<'_>) -> fmt::Result {
        let watched = &*self.0;
        about_process(&mut to, watched)?;
        about_interactions(&mut to, watched)?;
        about_store(&mut to, watched)?;
        about_rest(&mut to, watched)?;
        about_gateway(&mut to, watched)
    }
}

fn about_process(to: &mut DescriptorEncoder<'_>, watched: &Watched) -> fmt::Result {
    let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
    let help = "The version of this program.";
    let encoder = to.encode_descriptor("heat_check_build", help, None, build.metric_type())?;
    build.encode(encoder)?;
    let started = watched.started.duration_since(UNIX_EPOCH);
    let started = started.map_or(0.0, |since| since.as_secs_f64());
    let help = "When this process began, since 1970.";
    let seconds = Some(&Unit::Seconds);
    gauge(to, "process_start_time", help, seconds, started)?;
    let live = number(watched.host.live_games() as u64);
    let help = "Games that are live in this process.";
    gauge(to, "heat_check_live_games", help, None, live)?;
    let Some(skew_ms) = watched.clock.skew_ms() else {
        return Ok(());
    };
    let help = "By how much this machine's clock is ahead of Discord's; negative if it is behind. \
                Games go by Discord's.";
    #[expect(clippy::cast_precision_loss, reason = "the format knows no others")]
    let skew = skew_ms as f64 / 1_000.0;
    gauge(to, "heat_check_clock_skew", help, seconds, skew)
}

fn about_interactions(to: &mut DescriptorEncoder<'_>, watched: &Watched) -> fmt::Result {
    let interactions = &watched.meters.interactions;
    let help = "Interactions by kind, name and what became of them: answered at once, answered \
                after a deferral, failed (the member was told so), or unanswered (Discord did not \
                take the answer).";
    let name = "heat_check_interactions";
    let mut family = to.encode_descriptor(name, help, None, MetricType::Counter)?;
    for (kind, table) in interactions.kinds() {
        for (name, outcome, count) in table.cells() {
            let labels = [("kind", kind), ("name", name), ("outcome", outcome)];
            ConstCounter::new(count).encode(family.encode_family(&labels)?)?;
        }
    }
    let help = "From an interaction's receipt by this process to Discord's word that it took the \
                first answer, by this machine's clock.";
    let name = "heat_check_acknowledgement";
    times(to, name, help, &interactions.acknowledged)
}

fn about_store(to: &mut DescriptorEncoder<'_>, watched: &Watched) -> fmt::Result {
    let meter = watched.store.meter();
    let help =
        "From a commit's call to the word that it is durable, waiting for its turn included.";
    times(to, "heat_check_store_commit", help, &meter.commit)?;
    let help = "Writes stored in one transaction.";
    histogram(
        to,
        "heat_check_store_batch_writes",
        help,
        None,
        &meter.batch,
    )?;
    let help = "Commits that failed or were refused.";
    counter(to, "heat_check_store_commit_failures", help, &meter.failed)
}

fn about_rest(to: &mut DescriptorEncoder<'_>, watched: &Watched) -> fmt::Result {
    let meter = &watched.meters.rest;
    let help = "Requests to Discord by family of route and class of status; each try counts, and \
                none means that no answer came.";
    let name = "heat_check_rest_requests";
    table(to, name, help, ["route", "status"], &meter.requests)?;
    let help = "Tries of requests beyond the first.";
    counter(to, "heat_check_rest_retries", help, &meter.retries)?;
    let help = "How often a request was held back by a rate limit.";
    counter(to, "heat_check_rest_rate_limit_waits", help, &meter.limited)?;
    let waited = number(meter.limited_ms.get()) / 1_000.0;
    let help = "For how long requests were held back by rate limits, all together.";
    let name = "heat_check_rest_rate_limit_wait";
    let seconds = Some(&Unit::Seconds);
    let encoder = to.encode_descriptor(name, help, seconds, MetricType::Counter)?;
    ConstCounter::new(waited).encode(encoder)
}

fn about_gateway(to: &mut DescriptorEncoder<'_>, watched: &Watched) -> fmt::Result {
    let meter = &watched.meters.gateway;
    let help = "Events of the gateway that could not be understood and were dropped.";
    counter(
        to,
        "heat_check_gateway_dropped_events",
        help,
        &meter.dropped,
    )?;
    let help = "Interactions that were dispatched a second time, and left alone.";
    counter(
        to,
        "heat_check_gateway_repeated_events",
        help,
        &meter.repeated,
    )?;
    let help = "Connections that came back: a session resumed, or a new one begun.";
    let name = "heat_check_gateway_reconnects";
    let mut family = to.encode_descriptor(name, help, None, MetricType::Counter)?;
    for (session, count) in [("resumed", &meter.resumed), ("new", &meter.renewed)] {
        let labels = [("session", session)];
        ConstCounter::new(count.get()).encode(family.encode_family(&labels)?)?;
    }
    let help = "Whether a shard of this process is connected: 1 or 0.";
    let name = "heat_check_shard_connected";
    let mut family = to.encode_descriptor(name, help, None, MetricType::Gauge)?;
    for (id, shard) in meter.shards() {
        let labels = [("shard", id)];
        ConstGauge::new(i64::from(shard.connected)).encode(family.encode_family(&labels)?)?;
    }
    Ok(())
}

fn counter(
    to: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    counter: &Counter,
) -> fmt::Result {
    let encoder = to.encode_descriptor(name, help, None, MetricType::Counter)?;
    ConstCounter::new(counter.get()).encode(encoder)
}

fn gauge(
    to: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    unit: Option<&Unit>,
    value: f64,
) -> fmt::Result {
    let encoder = to.encode_descriptor(name, help, unit, MetricType::Gauge)?;
    ConstGauge::new(value).encode(encoder)
}

fn table(
    to: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    labels: [&str; 2],
    table: &Table,
) -> fmt::Result {
    let mut family = to.encode_descriptor(name, help, None, MetricType::Counter)?;
    for (row, column, count) in table.cells() {
        let labels = [(labels[0], row), (labels[1], column)];
        ConstCounter::new(count).encode(family.encode_family(&labels)?)?;
    }
    Ok(())
}

/// A histogram of microseconds, told in seconds.
fn times(to: &mut DescriptorEncoder<'_>, name: &str, help: &str, times: &Histogram) -> fmt::Result {
    histogram(to, name, help, Some(&Unit::Seconds), times)
}

fn histogram(
    to: &mut DescriptorEncoder<'_>,
    name: &str,
    help: &str,
    unit: Option<&Unit>,
    histogram: &Histogram,
) -> fmt::Result {
    let scale = if unit.is_some() { 1e6 } else { 1.0 };
    let buckets: Vec<(f64, u64)> = histogram
        .buckets()
        .map(|(bound, count)| {
            (
                bound.map_or(f64::INFINITY, |bound| number(bound) / scale),
                count,
            )
        })
        .collect();
    let count = buckets.iter().map(|(_, count)| count).sum();
    let sum = number(histogram.sum()) / scale;
    let mut encoder = to.encode_descriptor(name, help, unit, MetricType::Histogram)?;
    encoder.encode_histogram::<NoLabelSet>(sum, count, &buckets, None)
}

/// As the format has it. Above 2^53 it is the nearest number.
#[expect(clippy::cast_precision_loss, reason = "the format knows no others")]
fn number(count: u64) -> f64 {
    count as f64
}
