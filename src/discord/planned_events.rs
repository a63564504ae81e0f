//! Keeps the server events that announce scheduled quizzes: creates those that the schedule wants,
//! and deletes those that it no longer wants.
//!
//! Each time of an entry has at most one event, no matter which process dies and when. The store
//! records that Discord is about to be asked before the request, and the event's id afterwards. If
//! the outcome is unknown, the bot looks for its own event in Discord before it asks again. An
//! event that somebody has deleted is not created again for that time.
//!
//! Only the process that plays a server's games keeps its events, and one at a time for each
//! server.

use crate::discord::app::App;
use crate::discord::app::guild_events::{EventError, NewEvent};
use crate::discord::meters::EventStep;
use futures_util::{StreamExt as _, stream};
use heat_core::id::{EntryId, EventId, GuildId};
use heat_core::schedule::{EVENT_LASTS_MS, Entry, HOSTED_EVENT_LASTS_MS, WhyNoEvent};
use heat_store::{PlannedEvent, StoreError, StoredEntry};
use heat_view::schedule as view;
use heat_view::settings::SettingsContext;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

/// How often to look for work.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How many servers' events are kept at once.
const AT_ONCE: usize = 8;
/// How long a request of a dead process may still be on its way: longer than a request may take.
const IN_FLIGHT_MS: i64 = 10_000;
/// When an event that Discord refused is asked for again.
const AGAIN_AFTER_MS: i64 = 60 * 60 * 1_000;
/// An event is created only if at least this much time is left before the quiz.
const AHEAD_MIN_MS: i64 = 60_000;

/// Keeps the events of this process's servers.
pub struct PlannedEvents {
    app: Arc<App>,
    /// When this process began, by Discord's clock.
    began_at_ms: i64,
}

impl PlannedEvents {
    /// Keeps events with what `app` has.
    #[must_use]
    pub fn new(app: Arc<App>) -> Self {
        let began_at_ms = (app.clock)();
        Self { app, began_at_ms }
    }

    /// Runs until it is dropped, once packs are loaded.
    pub async fn run(&self) -> Infallible {
        self.app.loaded().await;
        loop {
            self.look().await;
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Does everything that is due. Failures are retried at the next check.
    pub async fn look(&self) {
        let again_before_ms = (self.app.clock)() - AGAIN_AFTER_MS;
        let open = self.app.store.open_events(self.app.part, again_before_ms);
        let open = match open.await {
            Ok(open) => open,
            Err(error) => return tracing::warn!(%error, "event.unread"),
        };
        let mut servers: BTreeMap<GuildId, Vec<PlannedEvent>> = BTreeMap::new();
        for planned in open {
            servers.entry(planned.guild).or_default().push(planned);
        }
        let keep = async |(guild, events): (GuildId, Vec<PlannedEvent>)| {
            if let Err(error) = self.keep(events).await {
                tracing::warn!(guild_id = guild.0, %error, "event.failed");
            }
        };
        stream::iter(servers)
            .for_each_concurrent(AT_ONCE, keep)
            .await;
    }

    /// Takes the next step for the events of one server.
    async fn keep(&self, events: Vec<PlannedEvent>) -> Result<(), StoreError> {
        let mut forbidden = None;
        for planned in events {
            match forbidden {
                // Discord would say the same again.
                Some(code) if planned.is_wanted && !is_in_doubt(&planned) => {
                    self.refused(&planned, code).await?;
                }
                _ => forbidden = forbidden.or(self.take_further(planned).await?),
            }
        }
        Ok(())
    }

    /// Takes the next step for one event. Returns Discord's code if the bot may create none in that
    /// server.
    async fn take_further(&self, mut planned: PlannedEvent) -> Result<Option<i64>, StoreError> {
        if is_in_doubt(&planned) {
            let Some(found) = self.find(&planned).await? else {
                return Ok(None);
            };
            planned.event = found;
        }
        match planned.event {
            Some(event) if planned.is_wanted => self.made(&planned, event).await?,
            Some(event) => self.delete(&planned, event).await?,
            None if planned.is_wanted => return self.create(&planned).await,
            None => self.forget(&planned).await?,
        }
        Ok(None)
    }

    /// Looks for an event that may have been created. `None` if that cannot be found out now.
    async fn find(&self, planned: &PlannedEvent) -> Result<Option<Option<EventId>>, StoreError> {
        let asked_at_ms = planned.asked_at_ms.unwrap_or(0).max(self.began_at_ms);
        if (self.app.clock)() < asked_at_ms.saturating_add(IN_FLIGHT_MS) {
            return Ok(None);
        }
        let known = self.app.store.planned_events(planned.guild).await?;
        let is_known = |id: EventId| known.iter().any(|other| other.event == Some(id));
        let own = match self.app.guild_events.own(planned.guild).await {
            Ok(own) => own,
            Err(error) => {
                let guild_id = planned.guild.0;
                tracing::warn!(guild_id, %error, "event.not_found_out");
                // The bot is not in the server any more, so there is nothing to keep.
                if matches!(error, EventError::Refused(_)) {
                    self.forget(planned).await?;
                }
                return Ok(None);
            }
        };
        let place = planned.place.as_deref().unwrap_or_default();
        let found = own.into_iter().find(|event| {
            event.starts_at_ms == planned.due_at_ms && event.place == place && !is_known(event.id)
        });
        Ok(Some(found.map(|event| event.id)))
    }

    /// Creates an event. Returns Discord's code if the bot may create none in that server.
    async fn create(&self, planned: &PlannedEvent) -> Result<Option<i64>, StoreError> {
        let store = &self.app.store;
        let now_ms = (self.app.clock)();
        let new = match self.new_event(planned).await? {
            Some(new) if planned.due_at_ms >= now_ms.saturating_add(AHEAD_MIN_MS) => new,
            _ => return self.forget(planned).await.map(|()| None),
        };
        if !store.ask_event(key(planned), &new.place, now_ms).await? {
            return Ok(None);
        }
        match self.app.guild_events.create(planned.guild, &new).await {
            Ok(event) => self.made(planned, event).await?,
            Err(EventError::Refused(code)) => {
                self.refused(planned, code).await?;
                let is_forbidden = WhyNoEvent::of_code(code) == WhyNoEvent::NotAllowed;
                return Ok(is_forbidden.then_some(code));
            }
            // A later check finds out whether it exists.
            Err(EventError::Failed(error)) => {
                let (entry_id, guild_id) = (planned.entry.0, planned.guild.0);
                tracing::warn!(entry_id, guild_id, %error, "event.in_doubt");
            }
        }
        Ok(None)
    }

    /// What the event says; `None` if its entry is gone, is due at another time or cannot be read.
    async fn new_event(&self, planned: &PlannedEvent) -> Result<Option<NewEvent>, StoreError> {
        let guild = planned.guild;
        let entries = self.app.store.entries(guild).await?;
        let is_it = |stored: &&StoredEntry| {
            stored.id == planned.entry && stored.next_at_ms == planned.due_at_ms
        };
        let Some(stored) = entries.iter().find(is_it) else {
            return Ok(None);
        };
        let Ok(entry) = Entry::read(&stored.body) else {
            return Ok(None);
        };
        let lang = self.app.lang_now(guild, entry.lang).await?;
        let packs = self.app.guild_library(Some(guild)).await?;
        let around = SettingsContext {
            pack_title: &|id| packs.title(id).map(str::to_owned),
            about_title: &|subject| packs.name_of(subject),
            now_ms: (self.app.clock)(),
        };
        let words = view::event(lang, &entry, stored.host, &around);
        let lasts_ms = match stored.host {
            Some(_) => HOSTED_EVENT_LASTS_MS,
            None => EVENT_LASTS_MS,
        };
        Ok(Some(NewEvent {
            name: words.name,
            description: words.description,
            place: words.place,
            starts_at_ms: planned.due_at_ms,
            ends_at_ms: planned.due_at_ms.saturating_add(lasts_ms),
        }))
    }

    async fn delete(&self, planned: &PlannedEvent, event: EventId) -> Result<(), StoreError> {
        let (event_id, guild_id) = (event.0, planned.guild.0);
        match self.app.guild_events.delete(planned.guild, event).await {
            Ok(()) => {
                tracing::info!(event_id, guild_id, "event.deleted");
                self.app.work.event(EventStep::Deleted);
                self.forget(planned).await
            }
            // It ends by itself.
            Err(EventError::Refused(code)) => {
                tracing::warn!(event_id, guild_id, code, "event.left");
                self.forget(planned).await
            }
            Err(EventError::Failed(error)) => {
                tracing::warn!(event_id, guild_id, %error, "event.not_deleted");
                Ok(())
            }
        }
    }

    async fn made(&self, planned: &PlannedEvent, event: EventId) -> Result<(), StoreError> {
        let (entry_id, event_id, guild_id) = (planned.entry.0, event.0, planned.guild.0);
        self.app.store.event_made(key(planned), event).await?;
        tracing::info!(entry_id, event_id, guild_id, "event.created");
        self.app.work.event(EventStep::Created);
        Ok(())
    }

    /// Records a refusal, and logs it unless the last one was the same.
    async fn refused(&self, planned: &PlannedEvent, code: i64) -> Result<(), StoreError> {
        let now_ms = (self.app.clock)();
        let store = &self.app.store;
        store.event_refused(key(planned), code, now_ms).await?;
        if planned.refused != Some(code) {
            let (entry_id, guild_id) = (planned.entry.0, planned.guild.0);
            tracing::warn!(entry_id, guild_id, code, "event.refused");
            self.app.work.event(EventStep::Refused);
        }
        Ok(())
    }

    async fn forget(&self, planned: &PlannedEvent) -> Result<(), StoreError> {
        self.app.store.forget_event(key(planned)).await
    }
}

fn key(planned: &PlannedEvent) -> (EntryId, i64) {
    (planned.entry, planned.due_at_ms)
}

/// Whether Discord was asked for it and the outcome is unknown.
fn is_in_doubt(planned: &PlannedEvent) -> bool {
    planned.asked_at_ms.is_some() && planned.event.is_none() && planned.refused.is_none()
}
