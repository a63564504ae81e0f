//! What both ways in share: each interaction is taken once, and answered in a task of its own
//! that stopping waits for.

use crate::discord::app::App;
use crate::discord::incoming::seen::Seen;
use crate::discord::outgoing::answer::{Way, answer};
use crate::discord::outgoing::rest::Rest;
use crate::discord::snowflake;
use serenity::all::Interaction;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio_util::task::TaskTracker;

/// How long interactions in work may take to finish when the process stops.
const DRAIN_MAX: Duration = Duration::from_secs(5);

/// Takes interactions in.
pub struct Intake {
    app: Arc<App>,
    rest: Rest,
    tasks: TaskTracker,
    seen: Mutex<Seen>,
}

impl Intake {
    /// An intake that answers through `rest`, and remembers what it took as `seen` says.
    #[must_use]
    pub fn new(app: Arc<App>, rest: Rest, seen: Seen) -> Self {
        Self {
            app,
            rest,
            tasks: TaskTracker::new(),
            seen: Mutex::new(seen),
        }
    }

    /// Begins to answer an interaction, unless it was taken before. Returns whether it was new.
    pub fn take(&self, interaction: Interaction, way: Way) -> bool {
        let is_new = {
            let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.is_new(interaction.id().get(), Instant::now())
        };
        if !is_new {
            self.rest.meters().gateway.repeated.add_one();
            tracing::debug!(interaction_id = %interaction.id(), "interaction.came_again");
            return false;
        }
        let made_at_ms = snowflake::made_at_ms(interaction.id().get());
        self.rest.clock().heard_id(made_at_ms);
        let (app, rest) = (Arc::clone(&self.app), self.rest.clone());
        self.tasks
            .spawn(async move { answer(&app, &rest, &interaction, way).await });
        true
    }

    /// Waits for the interactions in work, but not for ever. None must come any more.
    pub async fn drain(&self) {
        self.tasks.close();
        let drained = tokio::time::timeout(DRAIN_MAX, self.tasks.wait()).await;
        if drained.is_err() {
            tracing::warn!(left = self.tasks.len(), "shutdown.interactions_left");
        }
    }
}
