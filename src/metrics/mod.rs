//! The page that a monitor reads: is the bot well ([`health`]), and what has it done ([`page`]).
//!
//! The layers below count, and register what they count. The page says nothing about members, servers or questions: every label comes
//! from a list in the program.

mod health;
mod page;
mod server;

pub use server::{Listener, MetricsError, listen};

use crate::clock::DiscordClock;
use crate::discord::{DiscordMessenger, Meters};
use crate::host::Host;
use heat_store::Store;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

/// What is watched over.
pub struct Watched {
    /// Durable state.
    pub store: Store,
    /// Live games.
    pub host: Host<DiscordMessenger>,
    /// The shell's numbers.
    pub meters: Arc<Meters>,
    /// Discord's time, and how far this machine's is from it.
    pub clock: Arc<DiscordClock>,
    /// Whether the games of an earlier process have been taken up.
    pub recovered: AtomicBool,
    /// When the process began.
    pub started: SystemTime,
}

impl Watched {
    /// Something has just begun.
    #[must_use]
    pub fn new(
        store: Store,
        host: Host<DiscordMessenger>,
        meters: Arc<Meters>,
        clock: Arc<DiscordClock>,
    ) -> Self {
        Self {
            store,
            host,
            meters,
            clock,
            recovered: AtomicBool::new(false),
            started: SystemTime::now(),
        }
    }

    /// The games of an earlier process have been taken up.
    pub fn set_recovered(&self) {
        self.recovered.store(true, Ordering::Relaxed);
    }
}
