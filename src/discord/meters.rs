//! What the shell counts about itself: interactions, requests, shards.

use heat_core::meter::{Counter, Histogram, OTHER, Table};
use heat_view::custom_id::CustomId;
use serenity::all::{Interaction, Route};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// All that the shell counts.
#[derive(Debug)]
pub struct Meters {
    /// Interactions.
    pub interactions: Interactions,
    /// Requests to Discord.
    pub rest: Arc<RestMeter>,
    /// The gateway.
    pub gateway: GatewayMeter,
}

impl Meters {
    /// Zeros, for these commands.
    #[must_use]
    pub fn new(commands: &'static [&'static str]) -> Self {
        Self {
            interactions: Interactions::new(commands),
            rest: Arc::default(),
            gateway: GatewayMeter::default(),
        }
    }
}

/// What became of an interaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The first answer was the reply.
    Answered,
    /// The reply came after a deferral.
    Deferred,
    /// The member was told that it did not work.
    Failed,
    /// Discord did not take the answer.
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

const OUTCOMES: &[&str] = &["answered", "deferred", "failed", "unanswered"];

/// Interactions by kind and outcome.
#[derive(Debug)]
pub struct Interactions {
    kinds: [(&'static str, Table); 4],
    /// From an interaction's receipt to Discord's word that it took the first answer, by this
    /// machine's clock, in microseconds.
    pub acknowledged: Histogram,
}

impl Interactions {
    fn new(commands: &'static [&'static str]) -> Self {
        let table = |rows| Table::new(rows, OUTCOMES);
        Self {
            kinds: [
                ("command", table(commands)),
                ("component", table(&CustomId::TOPICS)),
                ("modal", table(&CustomId::TOPICS)),
                ("autocomplete", table(commands)),
            ],
            acknowledged: Histogram::of_times_us(),
        }
    }

    /// One more interaction is done with.
    pub fn count(&self, interaction: &Interaction, outcome: Outcome) {
        let (kind, name) = match interaction {
            Interaction::Command(command) => (0, command.data.name.as_str()),
            Interaction::Component(press) => (1, topic(&press.data.custom_id)),
            Interaction::Modal(filled) => (2, topic(&filled.data.custom_id)),
            Interaction::Autocomplete(typing) => (3, typing.data.name.as_str()),
            _ => (0, OTHER),
        };
        self.kinds[kind].1.add_one(name, outcome.name());
    }

    /// Every kind with its names, outcomes and numbers.
    pub fn kinds(&self) -> impl Iterator<Item = (&'static str, &Table)> {
        self.kinds.iter().map(|(kind, table)| (*kind, table))
    }
}

fn topic(custom_id: &str) -> &'static str {
    CustomId::parse(custom_id).map_or(OTHER, |id| id.topic())
}

/// Requests to Discord.
#[derive(Debug)]
pub struct RestMeter {
    /// By family of route and class of the answer's status; each try counts.
    pub requests: Table,
    /// Tries beyond the first.
    pub retries: Counter,
    /// How often a request was held back, by a limit known beforehand or by Discord's answer.
    pub limited: Counter,
    /// For how long, all together, in milliseconds.
    pub limited_ms: Counter,
}

const FAMILIES: &[&str] = &[
    "interaction_answer",
    "interaction_edit",
    "interaction_follow_up",
    "message_post",
    "message_edit",
    "commands",
    "gateway",
    "application",
];
const STATUS_CLASSES: &[&str] = &["2xx", "3xx", "4xx", "429", "5xx", "none"];

impl Default for RestMeter {
    fn default() -> Self {
        Self {
            requests: Table::new(FAMILIES, STATUS_CLASSES),
            retries: Counter::default(),
            limited: Counter::default(),
            limited_ms: Counter::default(),
        }
    }
}

impl RestMeter {
    /// One more request was answered with `status`, or with nothing.
    pub fn count(&self, family: &str, status: Option<u16>) {
        let class = match status {
            None => "none",
            Some(429) => "429",
            Some(200..300) => "2xx",
            Some(300..400) => "3xx",
            Some(400..500) => "4xx",
            Some(_) => "5xx",
        };
        self.requests.add_one(family, class);
    }
}

/// The family of a route. Two verbs on one route count as one, but for what the game does most.
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
        Route::Commands { .. } | Route::GuildCommands { .. } => "commands",
        Route::Gateway | Route::GatewayBot => "gateway",
        Route::Oauth2ApplicationCurrent | Route::UserMe | Route::UserMeGuilds => "application",
        _ => OTHER,
    }
}

/// The gateway's shards and what they brought.
#[derive(Debug, Default)]
pub struct GatewayMeter {
    /// Events that could not be understood and were dropped.
    pub dropped: Counter,
    /// Interactions that were dispatched a second time.
    pub repeated: Counter,
    /// Sessions that were resumed.
    pub resumed: Counter,
    /// Sessions that were begun anew by a shard that had had one.
    pub renewed: Counter,
    shards: Mutex<BTreeMap<u32, Shard>>,
}

/// How a shard of this process is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shard {
    /// Whether it is connected now.
    pub connected: bool,
    /// Whether it was ever READY.
    pub was_ready: bool,
}

impl GatewayMeter {
    /// These shards are to be connected from now on.
    pub fn expect(&self, shards: impl Iterator<Item = u32>) {
        let mut known = self.lock();
        for shard in shards {
            known.entry(shard).or_default();
        }
    }

    /// A shard has begun a session.
    pub fn ready(&self, shard: u32) {
        let mut known = self.lock();
        let shard = known.entry(shard).or_default();
        if shard.was_ready {
            self.renewed.add_one();
        }
        *shard = Shard {
            connected: true,
            was_ready: true,
        };
    }

    /// Takes in which shards were found to be connected; all others are not.
    pub fn see(&self, connected: impl Fn(u32) -> bool) {
        for (id, shard) in self.lock().iter_mut() {
            shard.connected = connected(*id);
        }
    }

    /// Every shard of this process, by its number.
    #[must_use]
    pub fn shards(&self) -> BTreeMap<u32, Shard> {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u32, Shard>> {
        // Whole at every instant, so a panic elsewhere does not spoil it.
        self.shards.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
