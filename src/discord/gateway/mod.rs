//! The connection to Discord's gateway: no intents, no cache, one task per interaction.

mod shards;
mod watchdog;

use crate::discord::connect::Gateway;
use crate::discord::entry::{Entry, FirstResponse, Seen, Services};
use crate::discord::meters::Meters;
use crate::discord::register::register;
use async_trait::async_trait;
use heat_core::id::GuildId;
use heat_core::shard::ShardRange;
use heat_store::{Store, StoreError};
use serenity::all::{Context, Event, RawEventHandler, Ready};
use shards::{ShardWatch, Shards};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};
use watchdog::{SILENCE_MAX, Verdict, Watchdog};

/// How often the shards are checked.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long the shards may take to disconnect.
const CLOSE_MAX: Duration = Duration::from_secs(3);

/// Why the connection ended.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// serenity gave up.
    #[error("the gateway connection failed: {0}")]
    Client(#[from] Box<serenity::Error>),
    /// The store cannot say when the shards may connect.
    #[error("the processes cannot agree on when to connect: {0}")]
    Turns(#[from] StoreError),
    /// A shard was never accepted.
    #[error(
        "Discord has not accepted shard {shard} of {total} for three minutes; check SHARDS, if it is set: Discord now recommends {recommended} in total, and refuses shards with too many servers"
    )]
    NotLetIn {
        /// The shard.
        shard: u32,
        /// The total number of shards.
        total: u32,
        /// How many Discord recommends.
        recommended: u32,
    },
    /// The watchdog gave up on a shard.
    #[error(
        "shard {0} has shown no sign of life for three minutes; the process ends so that its supervisor restarts it, and every game continues"
    )]
    Silent(u32),
    /// All shards have stopped on their own.
    #[error("the gateway connection has ended")]
    Ended,
}

/// How many recent interactions are remembered per shard: more than Discord dispatches between two
/// sequence numbers that a session can lose.
const SEEN_MAX: usize = 1_024;
/// How long they are remembered: after minutes, sessions cannot be resumed any more.
const SEEN_FOR: Duration = Duration::from_secs(600);

/// Handles events.
struct Events {
    entry: Arc<Entry>,
    services: Services,
    /// Register commands in this server only.
    guild: Option<GuildId>,
    registered: AtomicBool,
    counts: Arc<EventCounts>,
}

/// The number of events, by shard.
struct EventCounts {
    first_shard: u32,
    counts: Vec<AtomicU64>,
}

impl EventCounts {
    fn of(shards: ShardRange) -> Self {
        Self {
            first_shard: shards.first(),
            counts: (0..shards.len()).map(|_| AtomicU64::new(0)).collect(),
        }
    }

    fn at(&self, shard: u32) -> Option<&AtomicU64> {
        let index = shard.checked_sub(self.first_shard)?;
        self.counts.get(usize::try_from(index).ok()?)
    }

    fn add_one(&self, shard: u32) {
        if let Some(count) = self.at(shard) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn get(&self, shard: u32) -> u64 {
        self.at(shard)
            .map_or(0, |count| count.load(Ordering::Relaxed))
    }
}

/// Runs the bot on the gateway until `stop` resolves.
///
/// # Errors
/// [`GatewayError`] if the connection ends for good.
pub async fn run(
    services: Services,
    gateway: Gateway,
    guild: Option<GuildId>,
    stop: impl Future<Output = ()>,
) -> Result<(), GatewayError> {
    let range = gateway.shards;
    let store = services.app.store.clone();
    let seen = Seen::new(SEEN_FOR, SEEN_MAX * range.len() as usize);
    let entry = Arc::new(Entry::new(services.clone(), seen));
    let meters = Arc::clone(&services.meters);
    let http = Arc::new(services.rest.for_gateway());
    let counts = Arc::new(EventCounts::of(range));
    let events: Arc<dyn RawEventHandler> = Arc::new(Events {
        entry: Arc::clone(&entry),
        services,
        guild,
        registered: AtomicBool::new(false),
        counts: Arc::clone(&counts),
    });
    let shards = Shards::new(&gateway, &http, &events);
    let watched = shards.watched();
    let run = async {
        wait_for_turn(&store, &gateway).await?;
        shards.run().await.map_err(Box::new)?;
        Err(GatewayError::Ended)
    };
    let outcome = tokio::select! {
        ended = run => ended,
        dead = watch(&watched, &counts, &meters) => Err(match dead {
            (shard, true) => GatewayError::Silent(shard),
            (shard, false) => GatewayError::NotLetIn {
                shard,
                total: range.total(),
                recommended: gateway.recommended,
            },
        }),
        () = stop => Ok(()),
    };
    // Handlers are separate tasks: interactions in progress are still answered.
    entry.drain().await;
    let closed = tokio::time::timeout(CLOSE_MAX, watched.stop()).await;
    if closed.is_err() {
        tracing::warn!("shutdown.shards_left");
    }
    outcome
}

/// Waits until the first shard may identify, so that it is not too close to another process's. From
/// then on serenity spaces this process's shards. Later identifies, after a lost session, are
/// serenity's own, and other processes do not know of them.
async fn wait_for_turn(store: &Store, gateway: &Gateway) -> Result<(), StoreError> {
    let (shards, max_concurrency) = (gateway.shards, gateway.max_concurrency);
    let Some(turn) = store.take_turns(shards, max_concurrency).await? else {
        return Ok(());
    };
    let wait = turn.saturating_duration_since(Instant::now());
    if !wait.is_zero() {
        let seconds = wait.as_millis().div_ceil(1_000);
        tracing::info!(%shards, seconds, "gateway.waits_for_turn");
        tokio::time::sleep(wait).await;
    }
    Ok(())
}

/// Watches the shards until one must be given up. Returns which, and whether it was ever connected.
/// The state of connections is updated here and not from serenity's events, which arrive in any
/// order.
async fn watch(shards: &ShardWatch, counts: &EventCounts, meters: &Meters) -> (u32, bool) {
    let mut dog = Watchdog::new(SILENCE_MAX);
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let signs = shards.signs(|shard| counts.get(shard)).await;
        meters
            .gateway
            .see(|shard| signs.get(&shard).is_some_and(|sign| sign.connected));
        for (shard, sign) in signs {
            match dog.look(shard, sign, Instant::now()) {
                Verdict::Lives => {}
                Verdict::Silent => {
                    tracing::warn!(shard, "gateway.fell_silent: reconnecting");
                    shards.restart(shard);
                }
                Verdict::Dead { was_connected } => return (shard, was_connected),
            }
        }
    }
}

/// Every event goes through here: serenity copies an event, with all its messages, once more for
/// each additional handler.
#[async_trait]
impl RawEventHandler for Events {
    async fn raw_event(&self, ctx: Context, event: Event) {
        let shard = ctx.shard_id.0;
        self.counts.add_one(shard);
        match event {
            Event::InteractionCreate(created) => {
                self.entry
                    .take(created.interaction, FirstResponse::Callback);
            }
            Event::Ready(event) => self.ready(shard, event.ready).await,
            Event::Resumed(_) => {
                self.services.meters.gateway.resumed.inc();
                tracing::info!(shard, "gateway.resumed");
            }
            // serenity silently drops what it cannot decode; this reports it.
            Event::Unknown(unknown) => {
                self.services.meters.gateway.dropped.inc();
                tracing::warn!(kind = %unknown.kind, "gateway.event_not_understood");
            }
            _ => {}
        }
    }
}

impl Events {
    async fn ready(&self, shard: u32, ready: Ready) {
        self.services.meters.gateway.ready(shard);
        let application = ready.application.id;
        self.services.rest.set_application(application);
        tracing::info!(
            shard,
            total = ready.shard.map_or(1, |shard| shard.total),
            user = %ready.user.name,
            application_id = application.get(),
            "gateway.ready"
        );
        // Only one of several processes does this, and only once: every shard becomes ready, and
        // again after each new session.
        if shard != 0 || self.registered.swap(true, Ordering::Relaxed) {
            return;
        }
        // Commands are shown only once they can be handled.
        self.services.app.loaded().await;
        match register(&self.services.rest, application, self.guild).await {
            Ok(()) => tracing::info!(
                guild_id = self.guild.map(|guild| guild.0),
                "commands.registered"
            ),
            Err(error) => {
                self.registered.store(false, Ordering::Relaxed);
                tracing::error!(%error, "commands.not_registered");
            }
        }
    }
}
