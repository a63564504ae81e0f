//! A simulated channel for what the bot posts on its own.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use crate::host::{InteractionToken, Messenger, MessengerError, Posted, Route};
use heat_core::id::{ChannelId, MessageId};
use heat_view::message::Message;
use std::sync::{Arc, Mutex};

/// Creates one message for posts with the same nonce.
#[derive(Clone, Default)]
pub struct Channel {
    posts: Arc<Mutex<Vec<(ChannelId, String, Message)>>>,
    /// Replies that were changed, each with its token.
    changed: Arc<Mutex<Vec<(String, Message)>>>,
    /// Posts arrive, but are not confirmed.
    is_mute: Arc<Mutex<bool>>,
    is_gone: Arc<Mutex<bool>>,
    is_down: Arc<Mutex<bool>>,
}

impl Channel {
    /// Every message posted.
    pub fn read(&self) -> Vec<Message> {
        let posts = self.posts.lock().unwrap();
        posts
            .iter()
            .map(|(_, _, message)| message.clone())
            .collect()
    }

    /// Every change of a reply, with its token.
    pub fn changed(&self) -> Vec<(String, Message)> {
        self.changed.lock().unwrap().clone()
    }

    /// Stops or resumes confirming posts.
    pub fn mute(&self, is_mute: bool) {
        *self.is_mute.lock().unwrap() = is_mute;
    }

    /// Stops or resumes receiving posts.
    pub fn down(&self, is_down: bool) {
        *self.is_down.lock().unwrap() = is_down;
    }

    /// Accepts no more posts.
    pub fn close(&self) {
        *self.is_gone.lock().unwrap() = true;
    }

    /// Lets some minutes pass.
    pub fn forget_nonces(&self) {
        let mut posts = self.posts.lock().unwrap();
        posts.iter_mut().for_each(|(_, nonce, _)| nonce.clear());
    }
}

impl Messenger for Channel {
    async fn post(
        &self,
        route: &Route,
        message: &Message,
        nonce: &str,
    ) -> Result<Posted, MessengerError> {
        assert!(nonce.len() <= 25, "{nonce}");
        if *self.is_gone.lock().unwrap() {
            return Err(MessengerError::Gone("unknown channel".to_owned()));
        }
        if *self.is_down.lock().unwrap() {
            return Err(MessengerError::Failed("no connection".to_owned()));
        }
        let mut posts = self.posts.lock().unwrap();
        let is_known =
            |post: &(ChannelId, String, Message)| post.0 == route.channel && post.1 == nonce;
        if !posts.iter().any(is_known) {
            posts.push((route.channel, nonce.to_owned(), message.clone()));
        }
        if *self.is_mute.lock().unwrap() {
            return Err(MessengerError::Failed("no answer".to_owned()));
        }
        Ok(Posted {
            id: MessageId(1),
            at_ms: 0,
            posted_with: None,
        })
    }

    async fn edit(&self, _: &Route, _: MessageId, _: &Message) -> Result<(), MessengerError> {
        Ok(())
    }

    async fn edit_answer(
        &self,
        token: &InteractionToken,
        message: &Message,
    ) -> Result<(), MessengerError> {
        let change = (token.0.to_string(), message.clone());
        self.changed.lock().unwrap().push(change);
        Ok(())
    }
}
