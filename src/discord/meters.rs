//! The shell's metrics: interactions, requests, shards, and the work besides games.

mod work;

use heat_view::custom_id::CustomId;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use serenity::all::{Interaction, Route};
use std::collections::BTreeMap;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
pub use work::{EventStep, WorkMeter, Written};

/// Unknown names count as this, so that members cannot create metrics with names of their own.
const OTHER: &str = "other";
/// Bounds of the time to an acknowledgement, in seconds: from a quarter of a millisecond to Discord's
/// three seconds and beyond.
const ACKNOWLEDGED_SECONDS: [f64; 16] = [
    0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0,
    5.0, 10.0,
];

/// Counters with this many labels, whose values all come from lists in the program.
type Counters<const N: usize> = Family<[(&'static str, &'static str); N], Counter>;

/// The name, if it is in the list.
fn known(names: &[&'static str], name: &str) -> &'static str {
    let found = names.iter().find(|known| **known == name);
    found.copied().unwrap_or(OTHER)
}

/// All the shell's metrics.
#[derive(Debug)]
pub struct Meters {
    /// Interactions.
    pub interactions: Interactions,
    /// Requests to Discord.
    pub rest: Arc<RestMeter>,
    /// The gateway.
    pub gateway: GatewayMeter,
    /// Questions that members write, and scheduled entries.
    pub work: Arc<WorkMeter>,
}

impl Meters {
    /// All zero, for these commands.
    #[must_use]
    pub fn new(commands: &'static [&'static str]) -> Self {
        Self {
            interactions: Interactions::new(commands),
            rest: Arc::default(),
            gateway: GatewayMeter::default(),
            work: Arc::default(),
        }
    }

    /// Registers them with the process's other metrics.
    pub fn register(&self, registry: &mut Registry) {
        self.interactions.register(registry);
        self.rest.register(registry);
        self.gateway.register(registry);
        self.work.register(registry);
    }
}

/// What became of an interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The first response was the reply.
    Answered,
    /// The reply came after a deferral.
    Deferred,
    /// The member was told that it failed.
    Failed,
    /// Discord refused the answer.
    Unanswered,
}

impl Outcome {
    fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Deferred => "deferred",
            Self::Failed => "failed",
            Self::Unanswered => "unanswered",
        }
    }
}

const OUTCOMES: [Outcome; 4] = [
    Outcome::Answered,
    Outcome::Deferred,
    Outcome::Failed,
    Outcome::Unanswered,
];

/// Interactions by kind, name and outcome.
#[derive(Debug)]
pub struct Interactions {
    commands: &'static [&'static str],
    counts: Counters<3>,
    /// The time from receiving an interaction until Discord confirms the first response, by this
    /// machine's clock, in seconds.
    pub acknowledged: Histogram,
}

impl Interactions {
    fn new(commands: &'static [&'static str]) -> Self {
        let interactions = Self {
            commands,
            counts: Family::default(),
            acknowledged: Histogram::new(ACKNOWLEDGED_SECONDS),
        };
        for kind in ["command", "autocomplete"] {
            interactions.show_zeros(kind, commands);
        }
        for kind in ["component", "modal"] {
            interactions.show_zeros(kind, &CustomId::TOPICS);
        }
        interactions
    }

    /// A counter that first appears with its first event has no rate at that point.
    fn show_zeros(&self, kind: &'static str, names: &[&'static str]) {
        for name in names {
            for outcome in OUTCOMES {
                drop(self.counts.get_or_create(&labels(kind, name, outcome)));
            }
        }
    }

    /// Counts a finished interaction.
    pub fn count(&self, interaction: &Interaction, outcome: Outcome) {
        let command = |name: &str| known(self.commands, name);
        let (kind, name) = match interaction {
            Interaction::Command(used) => ("command", command(&used.data.name)),
            Interaction::Component(press) => ("component", topic(&press.data.custom_id)),
            Interaction::Modal(filled) => ("modal", topic(&filled.data.custom_id)),
            Interaction::Autocomplete(typing) => ("autocomplete", command(&typing.data.name)),
            _ => ("command", OTHER),
        };
        self.counts
            .get_or_create(&labels(kind, name, outcome))
            .inc();
    }

    fn register(&self, registry: &mut Registry) {
        registry.register(
            "heat_check_interactions",
            "Interactions by kind, name and outcome: answered at once, answered after a deferral, \
             failed (the member was told so), or unanswered (Discord did not accept the answer)",
            self.counts.clone(),
        );
        registry.register_with_unit(
            "heat_check_acknowledgement",
            "Time from receiving an interaction until Discord confirmed the first answer, by this \
             machine's clock",
            Unit::Seconds,
            self.acknowledged.clone(),
        );
    }
}

fn labels(
    kind: &'static str,
    name: &'static str,
    outcome: Outcome,
) -> [(&'static str, &'static str); 3] {
    [("kind", kind), ("name", name), ("outcome", outcome.name())]
}

fn topic(custom_id: &str) -> &'static str {
    CustomId::parse(custom_id).map_or(OTHER, |id| id.topic())
}

/// Requests to Discord.
#[derive(Debug)]
pub struct RestMeter {
    /// By route family and class of the response's status; each try counts.
    requests: Counters<2>,
    /// Tries beyond the first.
    pub retries: Counter,
    /// How often a request was delayed, by a known limit or by Discord's response.
    pub limited: Counter,
    /// The total delay, in seconds.
    pub limited_for: Counter<f64, AtomicU64>,
}

const FAMILIES: &[&str] = &[
    "interaction_answer",
    "interaction_edit",
    "interaction_follow_up",
    "message_post",
    "message_edit",
    "thread",
    "commands",
    "gateway",
    "application",
];
const STATUS_CLASSES: &[&str] = &["2xx", "3xx", "4xx", "429", "5xx", "none"];

impl Default for RestMeter {
    fn default() -> Self {
        let requests = Counters::default();
        for family in FAMILIES {
            for class in STATUS_CLASSES {
                let labels = [("route", *family), ("status", *class)];
                drop(requests.get_or_create(&labels));
            }
        }
        Self {
            requests,
            retries: Counter::default(),
            limited: Counter::default(),
            limited_for: Counter::default(),
        }
    }
}

impl RestMeter {
    /// Counts a request that was answered with `status`, or not at all.
    pub fn count(&self, family: &str, status: Option<u16>) {
        let class = match status {
            None => "none",
            Some(429) => "429",
            Some(200..300) => "2xx",
            Some(300..400) => "3xx",
            Some(400..500) => "4xx",
            Some(_) => "5xx",
        };
        let labels = [("route", known(FAMILIES, family)), ("status", class)];
        self.requests.get_or_create(&labels).inc();
    }

    fn register(&self, registry: &mut Registry) {
        registry.register(
            "heat_check_rest_requests",
            "Requests to Discord by family of route and class of status; each try counts, and none \
             means that there was no response",
            self.requests.clone(),
        );
        registry.register(
            "heat_check_rest_retries",
            "Tries of requests beyond the first",
            self.retries.clone(),
        );
        registry.register(
            "heat_check_rest_rate_limit_waits",
            "How often a request was delayed by a rate limit",
            self.limited.clone(),
        );
        registry.register_with_unit(
            "heat_check_rest_rate_limit_wait",
            "Total time that requests were delayed by rate limits",
            Unit::Seconds,
            self.limited_for.clone(),
        );
    }
}

/// The family of a route. Two verbs on one route count as one, except for the most frequent calls
/// of games.
#[must_use]
pub fn family(route: &Route<'_>) -> &'static str {
    match route {
        Route::InteractionResponse { .. } => "interaction_answer",
        Route::WebhookOriginalInteractionResponse { .. } | Route::WebhookFollowupMessage { .. } => {
            "interaction_edit"
        }
        Route::WebhookFollowupMessages { .. } => "interaction_follow_up",
        Route::ChannelMessages { .. } => "message_post",
        Route::ChannelMessage { .. } => "message_edit",
        Route::ChannelMessageThreads { .. } | Route::Channel { .. } => "thread",
        Route::GuildScheduledEvent { .. } | Route::GuildScheduledEvents { .. } => "event",
        Route::Commands { .. } | Route::GuildCommands { .. } => "commands",
        Route::Gateway | Route::GatewayBot => "gateway",
        Route::Oauth2ApplicationCurrent | Route::UserMe | Route::UserMeGuilds => "application",
        _ => OTHER,
    }
}

/// The gateway's shards and their events.
#[derive(Debug)]
pub struct GatewayMeter {
    /// Events that could not be decoded and were dropped.
    pub dropped: Counter,
    /// Interactions that were dispatched a second time.
    pub repeated: Counter,
    reconnects: Counters<1>,
    /// Those that resumed a session.
    pub resumed: Counter,
    /// New sessions on a shard that already had one.
    renewed: Counter,
    shards: Mutex<BTreeMap<u32, Shard>>,
}

impl Default for GatewayMeter {
    fn default() -> Self {
        let reconnects = Counters::default();
        let of = |session| reconnects.get_or_create_owned(&[("session", session)]);
        let (resumed, renewed) = (of("resumed"), of("new"));
        Self {
            dropped: Counter::default(),
            repeated: Counter::default(),
            reconnects,
            resumed,
            renewed,
            shards: Mutex::default(),
        }
    }
}

/// The state of a shard of this process.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shard {
    /// Whether it is connected now.
    pub connected: bool,
    /// Whether it was ever READY.
    pub was_ready: bool,
}

impl GatewayMeter {
    /// Records that these shards are being connected.
    pub fn expect(&self, shards: impl Iterator<Item = u32>) {
        let mut known = self.lock();
        for shard in shards {
            known.entry(shard).or_default();
        }
    }

    /// Records that a shard has started a session.
    pub fn ready(&self, shard: u32) {
        let mut known = self.lock();
        let shard = known.entry(shard).or_default();
        if shard.was_ready {
            self.renewed.inc();
        }
        *shard = Shard {
            connected: true,
            was_ready: true,
        };
    }

    /// Records which shards were found connected; all others are not.
    pub fn see(&self, connected: impl Fn(u32) -> bool) {
        for (id, shard) in self.lock().iter_mut() {
            shard.connected = connected(*id);
        }
    }

    /// Every shard of this process, by number.
    #[must_use]
    pub fn shards(&self) -> BTreeMap<u32, Shard> {
        self.lock().clone()
    }

    fn register(&self, registry: &mut Registry) {
        registry.register(
            "heat_check_gateway_dropped_events",
            "Gateway events that could not be decoded and were dropped",
            self.dropped.clone(),
        );
        registry.register(
            "heat_check_gateway_repeated_events",
            "Interactions that were dispatched a second time and ignored",
            self.repeated.clone(),
        );
        registry.register(
            "heat_check_gateway_reconnects",
            "Reconnections, with a resumed or a new session",
            self.reconnects.clone(),
        );
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u32, Shard>> {
        // It is consistent at every moment, so a panic elsewhere does no harm.
        self.shards.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_names_count_as_other() {
        let meter = RestMeter::default();
        for forged in ["a", "b", "\"} 1\n"] {
            meter.count(forged, Some(200));
        }
        let other = [("route", OTHER), ("status", "2xx")];
        assert_eq!(meter.requests.get_or_create(&other).get(), 3);
        let mut registry = Registry::default();
        meter.register(&mut registry);
        let mut page = String::new();
        prometheus_client::encoding::text::encode(&mut page, &registry).expect("text");
        assert!(!page.contains("route=\"a\""), "{page}");
        let zero = "heat_check_rest_requests_total{route=\"gateway\",status=\"5xx\"} 0";
        assert!(page.contains(zero), "{page}");
    }

    #[test]
    fn a_shard_counts_as_new_only_when_it_had_a_session() {
        let gateway = GatewayMeter::default();
        gateway.expect(3..5);
        assert!(gateway.shards().values().all(|s| !s.connected));
        gateway.ready(3);
        gateway.ready(4);
        assert_eq!(gateway.renewed.get(), 0);
        gateway.see(|shard| shard == 4);
        let shards = gateway.shards();
        assert!(!shards[&3].connected && shards[&3].was_ready && shards[&4].connected);
        gateway.ready(3);
        assert_eq!(gateway.renewed.get(), 1);
        assert!(gateway.shards()[&3].connected);
    }
}
