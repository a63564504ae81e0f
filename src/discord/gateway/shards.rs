//! The shards of this process, as many connecting at once as Discord allows.
//!
//! Discord parts shards into buckets by their number modulo `max_concurrency`, and lets one of each
//! bucket identify every five seconds
//! (<https://discord.com/developers/docs/events/gateway#rate-limiting>). serenity's shard manager
//! starts its shards one after the other, five seconds apart, whatever bucket they are of. So each
//! bucket gets a manager of its own, which also keeps its shards apart when they lose their
//! sessions later.

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

/// Brings the end of a bucket's connections.
type Ended = Pin<Box<dyn Future<Output = Option<Result<(), GatewayError>>> + Send>>;

/// Shards that are yet to be started, or run.
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

/// Looks at shards that run, and stops them.
#[derive(Clone)]
pub(super) struct ShardWatch {
    first: u32,
    /// One for each bucket.
    managers: Vec<Arc<ShardManager>>,
}

impl Shards {
    /// The shards that are to run here. Nothing is connected yet.
    pub(super) fn new(
        gateway: &Gateway,
        http: &Arc<Http>,
        handler: &Arc<dyn RawEventHandler>,
    ) -> Self {
        let numbers = || gateway.shards.first()..=gateway.shards.last();
        let step = usize::try_from(gateway.max_concurrency.max(1)).unwrap_or(usize::MAX);
        // The first of each bucket, and with it every one that is a multiple of the step away.
        let buckets = numbers().take(step).map(|first| {
            let others = (first..=gateway.shards.last()).step_by(step).skip(1);
            Bucket::new(gateway, first, others.collect(), http, handler)
        });
        Self {
            first: gateway.shards.first(),
            buckets: buckets.collect(),
        }
    }

    /// What watches them.
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
        // A manager starts a row of shards, or one that it is to restart: this one counts as
        // stopped, so that it is not waited for.
        manager.shutdown_finished(shard);
        manager.restart(shard).await;
    }
    Ok(())
}

impl ShardWatch {
    /// How each shard is that was started, with the number of events that it brought.
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

    /// Gives a shard another connection. It is not waited for: its old one says no goodbye.
    pub(super) fn restart(&self, shard: u32) {
        // The buckets stand in the order of their first shards, and every shard is in the next one.
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
