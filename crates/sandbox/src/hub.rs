//! Owns all state: every request and every socket goes through [`Hub::with`].

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use serde_json::{Value, json};
use tokio::sync::{broadcast, mpsc, oneshot, watch};

use super::{
    Options,
    clock::now_ms,
    error::ApiError,
    faults::{FaultRequest, Faults},
    id::{GuildId, InteractionId},
    rest::ratelimit::Limiter,
    sessions::{Rules, Sessions},
    signer::Signer,
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
    pub waiters: BTreeMap<InteractionId, oneshot::Sender<Vec<Value>>>,
}

/// An interaction on its way to the bot's endpoint.
#[derive(Debug)]
pub struct EndpointCall {
    pub url: String,
    pub interaction: Value,
    /// How long a fault holds it back.
    pub delay: Duration,
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
    endpoint_calls: mpsc::UnboundedSender<EndpointCall>,
    inner: Mutex<Inner>,
}

impl Hub {
    /// The hub, and the calls of the bot's endpoint that it asks for.
    pub fn new(
        options: Options,
        url: String,
        mut world: World,
    ) -> (Arc<Self>, mpsc::UnboundedReceiver<EndpointCall>) {
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
        let (endpoint_calls, calls) = mpsc::unbounded_channel();
        let hub = Self {
            options,
            url,
            pages: broadcast::channel(PAGE_LAG_MAX).0,
            stopping: watch::channel(false).0,
            signer,
            crowd: watch::channel(0).0,
            endpoint_calls,
            inner: Mutex::new(inner),
        };
        (Arc::new(hub), calls)
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

    /// Keeps a refused request for the page and the log.
    pub fn reject(self: &Arc<Self>, method: &str, path: &str, error: &ApiError) {
        tracing::warn!(
            method,
            path,
            status = error.status.as_u16(),
            code = error.code,
            message = error.message,
            details = error.errors.as_ref().map(ToString::to_string),
            "sandbox.rest.rejected"
        );
        self.with(|inner, now_ms| {
            inner.world.reject(json!({
                "at_ms": now_ms,
                "method": method,
                "path": path,
                "status": error.status.as_u16(),
                "code": error.code,
                "message": error.message,
                "details": error.errors,
            }));
        });
    }

    /// Fails an interaction if the bot does not answer in time.
    pub fn expire_in_time(self: &Arc<Self>, interaction_id: InteractionId) {
        let late = Arc::clone(self);
        tokio::spawn(async move {
            // A little more than the limit, so that the last accepted answer is never too late.
            tokio::time::sleep(late.options.answer_limit + Duration::from_millis(5)).await;
            late.with(|inner, _| inner.world.expire(interaction_id));
        });
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
                    // It is received until the sandbox stops.
                    let _ = self.endpoint_calls.send(EndpointCall {
                        url: url.clone(),
                        interaction: data,
                        delay: plan.delay,
                    });
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
        guild_id: Option<GuildId>,
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
