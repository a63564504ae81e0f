//! Owns all state: every request and every socket goes through [`Hub::with`].

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde_json::Value;
use tokio::sync::{broadcast, oneshot, watch};

use super::{
    Options, crowd,
    endpoint::{self, Signer},
    faults::{FaultRequest, Faults},
    gateway::{Rules, Sessions},
    rest::ratelimit::Limiter,
    world::{Event, World},
};

/// Most page events that an open page may lag behind before it gets a new snapshot.
const PAGE_LAG_MAX: usize = 4096;

/// What the lock protects.
#[derive(Debug)]
pub struct Inner {
    pub world: World,
    pub sessions: Sessions,
    pub limiter: Limiter,
    pub faults: Faults,
    /// Pages waiting for an autocomplete response.
    pub waiters: BTreeMap<u64, oneshot::Sender<Vec<Value>>>,
}

/// Shared by all connections.
#[derive(Debug)]
pub struct Hub {
    pub options: Options,
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    pub pages: broadcast::Sender<Arc<str>>,
    /// Becomes true once, when the sandbox stops.
    pub stopping: watch::Sender<bool>,
    pub signer: Signer,
    /// The size of the crowd.
    pub crowd: watch::Sender<u16>,
    inner: Mutex<Inner>,
}

/// Milliseconds since the Unix epoch.
pub fn now_ms() -> u64 {
    let elapsed = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX)
}

impl Hub {
    pub fn new(options: Options, url: String, mut world: World) -> Arc<Self> {
        let signer = Signer::new(options.seed);
        world.verify_key = signer.public_key();
        let inner = Inner {
            world,
            sessions: Sessions::new(Rules {
                identify_interval: options.identify_interval,
                max_concurrency: options.max_concurrency,
                starts: options.session_starts,
                guilds_per_shard: options.guilds_per_shard,
                shards: options.shards,
            }),
            limiter: Limiter::new(options.rate_limits),
            faults: Faults::new(options.seed),
            waiters: BTreeMap::new(),
        };
        Arc::new(Self {
            options,
            url,
            pages: broadcast::channel(PAGE_LAG_MAX).0,
            stopping: watch::channel(false).0,
            signer,
            crowd: crowd::new_size(),
            inner: Mutex::new(inner),
        })
    }

    /// Runs a closure on the state, then delivers the events it caused.
    pub fn with<T>(self: &Arc<Self>, act: impl FnOnce(&mut Inner, u64) -> T) -> T {
        // A panic under the lock left one request half done; the others can go on.
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let result = act(&mut inner, now_ms());
        for event in inner.world.take_events() {
            self.deliver(&mut inner, event);
        }
        if let Some(event) = inner.sessions.take_presence_change() {
            self.tell_pages(&event);
        }
        result
    }

    /// Adds faults, and carries out immediate ones.
    ///
    /// # Errors
    /// A sentence that says what is wrong with the request.
    pub fn inject(self: &Arc<Self>, request: &FaultRequest) -> Result<(), String> {
        self.with(|inner, _| {
            inner.faults.add(request)?;
            if let Some(fault) = request.gateway {
                inner.sessions.inject(fault, request.shard);
            }
            Ok(())
        })
    }

    fn deliver(self: &Arc<Self>, inner: &mut Inner, event: Event) {
        match event {
            Event::Page(event) => self.tell_pages(&event),
            Event::Choices {
                interaction_id,
                choices,
            } => {
                if let Some(waiter) = inner.waiters.remove(&interaction_id) {
                    // The page may have gone away meanwhile.
                    let _ = waiter.send(choices);
                }
            }
            Event::Dispatch {
                guild_id,
                name,
                data,
            } => {
                let plan = inner.faults.dispatch();
                if let ("INTERACTION_CREATE", Some(url)) = (name, &inner.world.endpoint_url) {
                    endpoint::send(self, url.clone(), data, plan.delay);
                    return;
                }
                for _ in 0..plan.copies {
                    if plan.delay.is_zero() {
                        inner.sessions.dispatch(guild_id, name, &data);
                    } else {
                        self.dispatch_later(plan.delay, guild_id, name, data.clone());
                    }
                }
            }
        }
    }

    fn dispatch_later(
        self: &Arc<Self>,
        delay: Duration,
        guild_id: Option<u64>,
        name: &'static str,
        data: Value,
    ) {
        let hub = Arc::clone(self);
        tokio::spawn(async move {
            tokio::time::sleep(delay).await;
            hub.with(|inner, _| inner.sessions.dispatch(guild_id, name, &data));
        });
    }

    fn tell_pages(&self, event: &Value) {
        // There is no receiver while no page is open.
        let _ = self.pages.send(event.to_string().into());
    }
}

/// Waits until the sandbox stops.
pub async fn stopped(stopping: &mut watch::Receiver<bool>) {
    // An error means that the hub is gone, which also means stop.
    let _ = stopping.wait_for(|stop| *stop).await;
}
