//! The shards of this process, connecting as many at once as Discord allows.
//!
//! Discord divides shards into buckets by their number modulo `max_concurrency`, and lets one of
//! each bucket identify every five seconds
//! (<https://discord.com/developers/docs/events/gateway#rate-limiting>). serenity's shard manager
//! starts its shards one after another, five seconds apart, whatever their bucket. So each bucket
//! gets its own manager, which also spaces its shards when they lose their sessions later.

use super::watchdog::ShardActivity;
use crate::discord::connect::Gateway;
use futures_util::future::{join_all, select_all};
use futures_util::{FutureExt as _, StreamExt as _};
use serenity::all::{
    ConnectionStage, GatewayIntents, Http, RawEventHandler, ShardId, ShardManager,
};
use serenity::gateway::{GatewayError, ShardManagerOptions};
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;

/// Resolves when a bucket's connections have ended.
type Ended = Pin<Box<dyn Future<Output = Option<Result<(), GatewayError>>> + Send>>;

/// Shards, waiting or running.
pub(super) struct Shards {
    first: u32,
    buckets: Vec<Bucket>,
}

/// The shards of a bucket.
struct Bucket {
    manager: Arc<ShardManager>,
    /// All but the first, which the manager knows.
    others: Vec<u32>,
    ended: Ended,
}

/// Watches running shards, and stops them.
#[derive(Clone)]
pub(super) struct ShardWatch {
    first: u32,
    /// One per bucket.
    managers: Vec<Arc<ShardManager>>,
}

impl Shards {
    /// The shards to run here. Nothing is connected yet.
    pub(super) fn new(
        gateway: &Gateway,
        http: &Arc<Http>,
        handler: &Arc<dyn RawEventHandler>,
    ) -> Self {
        let numbers = || gateway.shards.first()..=gateway.shards.last();
        let step = usize::try_from(gateway.max_concurrency.max(1)).unwrap_or(usize::MAX);
        // A bucket has one of the first shards, and every shard that is a multiple of the step
        // away.
        let buckets = numbers().take(step).map(|first| {
            let others = (first..=gateway.shards.last()).step_by(step).skip(1);
            Bucket::new(gateway, first, others.collect(), http, handler)
        });
        Self {
            first: gateway.shards.first(),
            buckets: buckets.collect(),
        }
    }

    /// A watch on them.
    pub(super) fn watched(&self) -> ShardWatch {
        let managers = self.buckets.iter();
        ShardWatch {
            first: self.first,
            managers: managers.map(|bucket| Arc::clone(&bucket.manager)).collect(),
        }
    }

    /// Connects them, and returns when one bucket has ended for good.
    pub(super) async fn run(self) -> Result<(), serenity::Error> {
        let mut ended = Vec::with_capacity(self.buckets.len());
        for bucket in self.buckets {
            start(&bucket.manager, &bucket.others).await?;
            ended.push(bucket.ended);
        }
        let (end, ..) = select_all(ended).await;
        end.unwrap_or(Ok(())).map_err(serenity::Error::Gateway)
    }
}

impl Bucket {
    fn new(
        gateway: &Gateway,
        first: u32,
        others: Vec<u32>,
        http: &Arc<Http>,
        handler: &Arc<dyn RawEventHandler>,
    ) -> Self {
        let (manager, mut ended) = ShardManager::new(ShardManagerOptions {
            data: Arc::default(),
            event_handlers: Vec::new(),
            raw_event_handlers: vec![Arc::clone(handler)],
            shard_index: first,
            shard_init: 1,
            shard_total: gateway.shards.total(),
            ws_url: Arc::new(tokio::sync::Mutex::new(gateway.url.clone())),
            http: Arc::clone(http),
            intents: GatewayIntents::empty(),
            presence: None,
        });
        Self {
            manager,
            others,
            ended: async move { ended.next().await }.boxed(),
        }
    }
}

/// Queues a bucket's shards to be connected, five seconds apart.
async fn start(manager: &ShardManager, others: &[u32]) -> Result<(), serenity::Error> {
    manager.initialize()?;
    for shard in others {
        let shard = ShardId(*shard);
        // A manager can start a range of shards, or restart one, so this starts them as restarts.
        // Marking the shard as stopped keeps the manager from waiting for it.
        manager.shutdown_finished(shard);
        manager.restart(shard).await;
    }
    Ok(())
}

impl ShardWatch {
    /// The state of every started shard, with its number of events.
    pub(super) async fn signs(&self, events: impl Fn(u32) -> u64) -> BTreeMap<u32, ShardActivity> {
        let mut signs = BTreeMap::new();
        for manager in &self.managers {
            let runners = manager.runners.lock().await;
            signs.extend(runners.iter().map(|(id, runner)| {
                let sign = ShardActivity {
                    connected: runner.stage == ConnectionStage::Connected,
                    latency: runner.latency,
                    events: events(id.0),
                };
                (id.0, sign)
            }));
        }
        signs
    }

    /// Reconnects a shard without waiting for it: its old connection does not say goodbye.
    pub(super) fn restart(&self, shard: u32) {
        // The buckets are in the order of their first shards, and consecutive shards are in
        // consecutive buckets.
        let at = shard
            .checked_sub(self.first)
            .map(|after| after as usize % self.managers.len().max(1));
        let Some(manager) = at.and_then(|at| self.managers.get(at)) else {
            return;
        };
        let manager = Arc::clone(manager);
        tokio::spawn(async move { manager.restart(ShardId(shard)).await });
    }

    /// Closes all of them.
    pub(super) async fn stop(&self) {
        join_all(self.managers.iter().map(|manager| manager.shutdown_all())).await;
    }
}
