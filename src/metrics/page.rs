//! `/metrics`, in the text format of `OpenMetrics` 1.0:
//! <https://prometheus.io/docs/specs/om/open_metrics_spec/>. Each layer registers its own metrics;
//! those here are read when the page is requested.

use super::Monitored;
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric, text};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

/// The page's media type.
pub(super) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Creates the page.
pub(super) struct Page(Registry);

impl Page {
    pub(super) fn new(watched: Arc<Monitored>) -> Self {
        let mut registry = Registry::default();
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("heat_check_build", "The version of this program", build);
        watched.meters.register(&mut registry);
        watched.store.meter().register(&mut registry);
        watched.webhook.register(&mut registry);
        registry.register_collector(Box::new(LookedAt(watched)));
        Self(registry)
    }

    /// Renders the current values.
    pub(super) fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        text::encode(&mut text, &self.0)?;
        Ok(text)
    }
}

/// Values read at each request.
struct LookedAt(Arc<Monitored>);

impl fmt::Debug for LookedAt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LookedAt").finish_non_exhaustive()
    }
}

impl Collector for LookedAt {
    fn encode(&self, mut to: DescriptorEncoder<'_>) -> fmt::Result {
        let watched = &*self.0;
        let started = watched.started.duration_since(UNIX_EPOCH);
        let started = started.map_or(0.0, |since| since.as_secs_f64());
        let help = "When this process started, in seconds since 1970.";
        let seconds = Some(&Unit::Seconds);
        let encoder =
            to.encode_descriptor("process_start_time", help, seconds, MetricType::Gauge)?;
        ConstGauge::new(started).encode(encoder)?;
        let live = i64::try_from(watched.host.live_games()).unwrap_or(i64::MAX);
        let help = "Live games in this process.";
        let encoder =
            to.encode_descriptor("heat_check_live_games", help, None, MetricType::Gauge)?;
        ConstGauge::new(live).encode(encoder)?;
        about_clock(&mut to, watched)?;
        about_shards(&mut to, watched)
    }
}

fn about_clock(to: &mut DescriptorEncoder<'_>, watched: &Monitored) -> fmt::Result {
    let Some(ahead_ms) = watched.clock.skew_ms() else {
        return Ok(());
    };
    let off = Duration::from_millis(ahead_ms.unsigned_abs()).as_secs_f64();
    let ahead = if ahead_ms < 0 { -off } else { off };
    let help = "How far this machine's clock is ahead of Discord's; negative if it is behind. \
                Games use Discord's time.";
    let (name, seconds) = ("heat_check_clock_skew", Some(&Unit::Seconds));
    let encoder = to.encode_descriptor(name, help, seconds, MetricType::Gauge)?;
    ConstGauge::new(ahead).encode(encoder)
}

fn about_shards(to: &mut DescriptorEncoder<'_>, watched: &Monitored) -> fmt::Result {
    let help = "Whether a shard of this process is connected (1) or not (0).";
    let name = "heat_check_shard_connected";
    let mut family = to.encode_descriptor(name, help, None, MetricType::Gauge)?;
    for (id, shard) in watched.meters.gateway.shards() {
        let labels = [("shard", id)];
        ConstGauge::new(i64::from(shard.connected)).encode(family.encode_family(&labels)?)?;
    }
    Ok(())
}
