//! Drives members from within the process: what the page does, but without HTTP, for loads at which
//! the page's own requests would distort the measurement. The page's rules apply.

use super::{
    Sandbox,
    id::{ChannelId, InteractionId, MessageId, UserId},
    world::Invocation,
};
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::broadcast;

impl Sandbox {
    /// What a page sees when it opens.
    #[must_use]
    pub fn snapshot(&self) -> Value {
        self.hub.with(|inner, _| {
            let online = inner.sessions.is_online();
            inner.world.snapshot(online)
        })
    }

    /// Every page event from now on, as JSON. A receiver that falls thousands of events behind
    /// misses the oldest.
    #[must_use]
    pub fn events(&self) -> broadcast::Receiver<Arc<str>> {
        self.hub.pages.subscribe()
    }

    /// A member uses a slash command; the interaction's id. `options` is a list of names and
    /// values.
    ///
    /// # Errors
    /// The sentence that Discord's client would show.
    pub fn command(
        &self,
        user_id: UserId,
        channel_id: ChannelId,
        name: &str,
        options: Vec<Value>,
    ) -> Result<InteractionId, String> {
        let invocation = Invocation {
            user_id,
            channel_id,
            name: name.to_owned(),
            options,
        };
        let invoked = self
            .hub
            .with(|inner, now_ms| inner.world.invoke(&invocation, now_ms))?;
        self.hub.expire_in_time(invoked);
        Ok(invoked)
    }

    /// A member presses a button of a message; the interaction's id.
    ///
    /// # Errors
    /// The sentence that Discord's client would show.
    pub fn press(
        &self,
        user_id: UserId,
        channel_id: ChannelId,
        message_id: MessageId,
        custom_id: &str,
    ) -> Result<InteractionId, String> {
        let pressed = self.hub.with(|inner, now_ms| {
            let world = &mut inner.world;
            let place = (channel_id, message_id);
            world.use_component(user_id, place, custom_id, &[], now_ms)
        })?;
        self.hub.expire_in_time(pressed);
        Ok(pressed)
    }
}
