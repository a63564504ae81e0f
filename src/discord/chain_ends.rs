//! Announces in its channel that a film chain is over, when nobody named a film in time.
//!
//! The store records the start of each announcement before it is posted, so that no film can still
//! continue the chain, and its success afterwards. An announcement without a recorded success is
//! repeated at the next check or start, however late. The message has a nonce, for which Discord
//! creates only one message "within a few minutes"
//! (<https://discord.com/developers/docs/resources/message#create-message>). So an end is announced
//! twice only if the process is killed between Discord's response and the record, and restarts
//! later than that.
//!
//! The messages of films that have passed are changed here too, without their countdown.
//!
//! Only the process that plays a server's games handles its chains.

use crate::discord::app::App;
use crate::discord::commands::chain;
use crate::discord::error::HandlerError;
use crate::host::{InteractionToken, Messenger, MessengerError};
use futures_util::{StreamExt as _, stream};
use heat_core::chain::MOVE_MS;
use heat_store::StoredChain;
use heat_view::message::Message;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

/// How often to look for chains: often enough to find a new one within its twenty seconds.
const LOOK_EVERY_MS: i64 = 5_000;
/// How long after its deadline a film that was named in time may still arrive.
const GRACE_MS: i64 = 2_000;
/// How many ends are announced at once.
const AT_ONCE: usize = 8;

/// Announces the ends of chains in this process's servers.
pub struct ChainEnds<M> {
    app: Arc<App>,
    messenger: M,
}

impl<M: Messenger> ChainEnds<M> {
    /// Announces ends through `messenger`.
    #[must_use]
    pub fn new(app: Arc<App>, messenger: M) -> Self {
        Self { app, messenger }
    }

    /// Runs until it is dropped, once there are packs with the films' names.
    pub async fn run(&self) -> Infallible {
        self.app.loaded().await;
        loop {
            let pause_ms = self.look().await;
            let pause = tokio::time::sleep(Duration::from_millis(pause_ms));
            tokio::select! {
                () = pause => {}
                () = self.app.passed_moves.came() => {}
            }
        }
    }

    /// Changes the messages of passed films, announces every end that is due, and returns how many
    /// milliseconds to wait before the next check. Ends that failed are retried then.
    pub async fn look(&self) -> u64 {
        let passed = stream::iter(self.app.passed_moves.take());
        let settle = async |(token, message)| self.settle(&token, &message).await;
        passed.for_each_concurrent(AT_ONCE, settle).await;
        let now_ms = (self.app.clock)();
        let chains = match self.app.store.unannounced_chains(self.app.part).await {
            Ok(chains) => chains,
            Err(error) => {
                tracing::warn!(%error, "chain.unread");
                return LOOK_EVERY_MS.unsigned_abs();
            }
        };
        let (due, on): (Vec<_>, Vec<_>) = chains
            .into_iter()
            .partition(|chain| ends_at_ms(chain) <= now_ms);
        let end = async |chain: StoredChain| {
            let (channel_id, guild_id) = (chain.channel.0, chain.guild.0);
            if let Err(error) = self.end(&chain, now_ms).await {
                tracing::warn!(channel_id, guild_id, %error, "chain.not_ended");
            }
        };
        stream::iter(due).for_each_concurrent(AT_ONCE, end).await;
        let next_ms = on.iter().map(ends_at_ms).min();
        let pause_ms = next_ms.map_or(LOOK_EVERY_MS, |at_ms| at_ms - now_ms);
        pause_ms.clamp(1, LOOK_EVERY_MS).unsigned_abs()
    }

    async fn end(&self, chain: &StoredChain, now_ms: i64) -> Result<(), HandlerError> {
        let store = &self.app.store;
        let ending = store.end_chain(chain.channel, chain.turn, now_ms).await?;
        let Some(since_ms) = ending else {
            return Ok(());
        };
        if !self.say(chain).await? {
            return Ok(());
        }
        if let Some((token, message)) = chain::passed(chain) {
            self.settle(&token, &message).await;
        }
        store
            .mark_chain_announced(chain.channel, chain.turn)
            .await?;
        let (channel_id, films, late_ms) = (chain.channel.0, chain.films, now_ms - since_ms);
        tracing::info!(channel_id, films, late_ms, "chain.ended");
        Ok(())
    }

    /// Edits a message that no longer counts down. Not retried, because the message is merely out
    /// of date.
    async fn settle(&self, token: &InteractionToken, message: &Message) {
        if let Err(error) = self.messenger.edit_answer(token, message).await {
            tracing::debug!(%error, "chain.not_settled");
        }
    }

    /// Whether it was announced, or never can be.
    async fn say(&self, chain: &StoredChain) -> Result<bool, HandlerError> {
        let longest = self.app.store.longest_chain(chain.guild).await?;
        let Some(message) = chain::end_of(&self.app.library(), chain, longest) else {
            tracing::warn!(channel_id = chain.channel.0, "chain.unreadable");
            return Ok(true);
        };
        let nonce = format!("c{:x}", chain.turn.0);
        let route = chain::route_of(chain);
        match self.messenger.post(&route, &message, &nonce).await {
            Ok(_) => Ok(true),
            Err(MessengerError::Failed(error)) => {
                tracing::warn!(channel_id = chain.channel.0, error, "chain.end_not_said");
                Ok(false)
            }
            Err(error @ (MessengerError::Gone(_) | MessengerError::NoMessage(_))) => {
                tracing::info!(channel_id = chain.channel.0, %error, "chain.unreachable");
                Ok(true)
            }
        }
    }
}

/// When a film named in time can no longer arrive.
fn ends_at_ms(chain: &StoredChain) -> i64 {
    chain.at_ms + MOVE_MS + GRACE_MS
}
