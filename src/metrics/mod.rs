//! The monitoring pages: is the bot healthy ([`health`]), and what has it done ([`page`]).
//!
//! The layers below register and update their metrics. The pages reveal nothing about members,
//! servers or questions: every label comes from a list in the program.

mod health;
mod page;
mod server;

pub use server::{Listener, MetricsError, listen};

use crate::clock::DiscordClock;
use crate::discord::{DiscordMessenger, Meters};
use crate::host::Host;
use crate::webhook::WebhookMeter;
use heat_store::Store;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

/// What is monitored.
pub struct Monitored {
    /// Durable state.
    pub store: Store,
    /// Live games.
    pub host: Host<DiscordMessenger>,
    /// The shell's metrics.
    pub meters: Arc<Meters>,
    /// Discord's time, and how far this machine's clock is from it.
    pub clock: Arc<DiscordClock>,
    /// Results sent to the operator's webhook.
    pub webhook: Arc<WebhookMeter>,
    /// Whether the previous process's games have been resumed.
    pub recovered: AtomicBool,
    /// When the process started.
    pub started: SystemTime,
}

impl Monitored {
    /// Monitors a process that has just started.
    #[must_use]
    pub fn new(
        store: Store,
        host: Host<DiscordMessenger>,
        meters: Arc<Meters>,
        clock: Arc<DiscordClock>,
        webhook: Arc<WebhookMeter>,
    ) -> Self {
        Self {
            store,
            host,
            meters,
            clock,
            webhook,
            recovered: AtomicBool::new(false),
            started: SystemTime::now(),
        }
    }

    /// The previous process's games have been resumed.
    pub fn set_recovered(&self) {
        self.recovered.store(true, Ordering::Relaxed);
    }
}
