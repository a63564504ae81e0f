//! The single entry for interactions from either transport, and the single exit for their answers:
//! each is accepted once, routed, and answered in time ([`answer`]) in its own task, which a stop
//! waits for.

mod answer;
mod response;
mod seen;

pub use response::FirstResponse;
pub use seen::Seen;

use crate::discord::app::App;
use crate::discord::meters::Meters;
use crate::discord::rest::Rest;
use crate::discord::snowflake;
use heat_core::id::InteractionId;
use serenity::all::Interaction;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio_util::task::TaskTracker;

/// How long interactions in progress may take to finish when the process stops.
const DRAIN_MAX: Duration = Duration::from_secs(5);

/// What every interaction needs.
#[derive(Clone)]
pub struct Services {
    /// What the commands work with.
    pub app: Arc<App>,
    /// Calls to Discord.
    pub rest: Rest,
    /// The metrics.
    pub meters: Arc<Meters>,
    /// How long the work on an interaction may take before it is deferred. Zero defers everything
    /// that can be.
    pub defer_after: Duration,
}

/// The usual value: half of Discord's limit.
pub const DEFER_AFTER: Duration = Duration::from_millis(1_500);

/// Accepts interactions.
pub struct Entry {
    services: Services,
    tasks: TaskTracker,
    seen: Mutex<Seen>,
}

impl Entry {
    /// An entry that uses `seen` to recognise repeated interactions.
    #[must_use]
    pub fn new(services: Services, seen: Seen) -> Self {
        Self {
            services,
            tasks: TaskTracker::new(),
            seen: Mutex::new(seen),
        }
    }

    /// Starts to answer an interaction, unless it was accepted before. Returns whether it was new.
    pub fn take(&self, interaction: Interaction, first: FirstResponse) -> bool {
        let is_new = {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.is_new(InteractionId(interaction.id().get()), Instant::now())
        };
        if !is_new {
            self.services.meters.gateway.repeated.inc();
            tracing::debug!(interaction_id = %interaction.id(), "interaction.came_again");
            return false;
        }
        let made_at_ms = snowflake::made_at_ms(interaction.id());
        self.services.rest.clock().heard_id(made_at_ms);
        let services = self.services.clone();
        let answering = services.rest.in_flight().begin(interaction.token());
        self.tasks.spawn(async move {
            let settling = first.settling();
            answer::answer(&services, &interaction, first).await;
            if !settling.is_zero() {
                tokio::spawn(async move {
                    tokio::time::sleep(settling).await;
                    drop(answering);
                });
            }
        });
        true
    }

    /// Waits for the interactions in progress, up to a limit. No new ones may arrive.
    pub async fn drain(&self) {
        self.tasks.close();
        let drained = tokio::time::timeout(DRAIN_MAX, self.tasks.wait()).await;
        if drained.is_err() {
            tracing::warn!(left = self.tasks.len(), "shutdown.interactions_left");
        }
    }
}
