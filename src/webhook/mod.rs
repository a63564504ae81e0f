//! Sends the result of each game in a server to the operator's webhook.
//!
//! A result is sent at least once: the outbox is the stored games themselves, and a game leaves it
//! only after the receiver has answered with 2xx. If a process dies, the next one continues. The
//! form is that of Standard Webhooks (<https://www.standardwebhooks.com>): an id that identifies a
//! repeat, a time, and a signature over both and the body. Games wait for none of this.

mod meter;
mod resolver;
mod signature;

pub use meter::WebhookMeter;

use crate::config::ResultsWebhook;
use crate::host::{Clock, result_of};
use futures_util::{StreamExt as _, stream};
use heat_core::id::GameId;
use heat_core::results::GameResult;
use heat_core::shard::ShardRange;
use heat_store::{SendState, Store, StoreError, UnsentResult};
use meter::Outcome;
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use resolver::PublicOnly;
use signature::Signer;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

/// How often the outbox is checked.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How many results are sent at once.
const AT_ONCE: usize = 4;
/// How long the receiver may take to answer.
const ANSWER_MAX: Duration = Duration::from_secs(10);
/// The pause after the first failed try; it doubles with each.
const PAUSE_FIRST_MS: i64 = 5_000;
/// The longest pause.
const PAUSE_MAX_MS: i64 = 60 * 60 * 1_000;
/// A result is given up after this many tries, which take three days.
const TRIES_MAX: u32 = 80;
/// Games started longer ago are not sent, so that a new webhook does not receive years of them.
const KEPT_MS: i64 = 4 * 24 * 60 * 60 * 1_000;

/// Why nothing can be sent to the webhook.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// The client cannot be created.
    #[error("results cannot be sent: {0}; check this machine's TLS certificates")]
    Client(#[from] reqwest::Error),
    /// The secret is not a valid key.
    #[error("RESULTS_WEBHOOK_SECRET is not a key; make a new one as .env.example says")]
    Key,
}

/// Sends the results of this process's games.
pub struct ResultSender {
    store: Store,
    part: ShardRange,
    clock: Clock,
    url: Url,
    signer: Signer,
    client: Client,
    meter: Arc<WebhookMeter>,
}

impl ResultSender {
    /// Sends the results of games in these shards to a webhook.
    ///
    /// # Errors
    /// [`WebhookError`] if nothing can be sent at all.
    pub fn new(
        store: Store,
        part: ShardRange,
        clock: Clock,
        webhook: &ResultsWebhook,
        meter: Arc<WebhookMeter>,
    ) -> Result<Self, WebhookError> {
        // A proxy would resolve the name elsewhere, possibly to a private address.
        let client = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .https_only(!webhook.allows_private)
            .timeout(ANSWER_MAX);
        let client = if webhook.allows_private {
            client
        } else {
            client.dns_resolver(Arc::new(PublicOnly))
        };
        Ok(Self {
            store,
            part,
            clock,
            url: webhook.url.clone(),
            signer: Signer::new(webhook.key()).ok_or(WebhookError::Key)?,
            client: client.build()?,
            meter,
        })
    }

    /// Sends results until it is dropped.
    pub async fn run(&self) -> Infallible {
        loop {
            self.look().await;
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    async fn look(&self) {
        let now_ms = (self.clock)();
        let since_ms = now_ms.saturating_sub(KEPT_MS);
        let unsent = self.store.unsent_results(self.part, since_ms, now_ms);
        let unsent = match unsent.await {
            Ok(unsent) => unsent,
            Err(error) => return tracing::warn!(%error, "webhook.unread"),
        };
        self.meter.set_waiting(unsent.waiting);
        let deliver = async |result: UnsentResult| {
            let game_id = result.game.0;
            if let Err(error) = self.deliver(result).await {
                tracing::warn!(game_id, %error, "webhook.not_noted");
            }
        };
        let all = stream::iter(unsent.due).for_each_concurrent(AT_ONCE, deliver);
        all.await;
    }

    async fn deliver(&self, result: UnsentResult) -> Result<(), StoreError> {
        let stored = self.store.game(result.game).await?;
        let Some(result_of) = stored.as_ref().and_then(result_of) else {
            // It never began, or can no longer be read, so there is nothing to send.
            return self
                .store
                .note_result(result.game, SendState::GivenUp)
                .await;
        };
        let sent = self.send(result.game, &result_of).await;
        let state = self.judge(result, sent);
        self.store.note_result(result.game, state).await
    }

    fn judge(&self, result: UnsentResult, sent: Result<(), String>) -> SendState {
        let (game_id, tries) = (result.game.0, result.tries.saturating_add(1));
        match sent {
            Ok(()) => {
                self.meter.count(Outcome::Sent);
                tracing::info!(game_id, "webhook.sent");
                SendState::Done
            }
            Err(error) if tries >= TRIES_MAX => {
                self.meter.count(Outcome::GivenUp);
                tracing::error!(game_id, tries, error, "webhook.given_up");
                SendState::GivenUp
            }
            Err(error) => {
                self.meter.count(Outcome::Failed);
                tracing::warn!(game_id, tries, error, "webhook.failed");
                let at_ms = (self.clock)().saturating_add(pause_ms(tries));
                SendState::Again { tries, at_ms }
            }
        }
    }

    /// One try. The error says what the receiver did, but contains neither its address nor its
    /// answer, because an address may contain a secret.
    async fn send(&self, game: GameId, result: &GameResult) -> Result<(), String> {
        let body = result.document().to_string();
        let id = format!("game-{game}");
        let at = ((self.clock)() / 1_000).to_string();
        let request = self
            .client
            .post(self.url.clone())
            .header("content-type", "application/json")
            .header("webhook-signature", self.signer.sign(&id, &at, &body))
            .header("webhook-id", id)
            .header("webhook-timestamp", at)
            .body(body);
        match request.send().await {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) => Err(format!("the answer was {}", answer.status().as_u16())),
            Err(error) if error.is_timeout() => Err("it took too long".to_owned()),
            Err(error) if error.is_connect() => Err(
                "no connection; without RESULTS_WEBHOOK_PRIVATE the address must be a public one"
                    .to_owned(),
            ),
            Err(_) => Err("the connection broke".to_owned()),
        }
    }
}

/// How long to wait after this many failed tries.
fn pause_ms(tries: u32) -> i64 {
    let doubled = 1_i64 << tries.saturating_sub(1).min(20);
    (PAUSE_FIRST_MS * doubled).min(PAUSE_MAX_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_an_hour_and_all_of_them_take_three_days() {
        assert_eq!(
            (pause_ms(1), pause_ms(2), pause_ms(3)),
            (5_000, 10_000, 20_000)
        );
        assert_eq!(
            (pause_ms(11), pause_ms(u32::MAX)),
            (PAUSE_MAX_MS, PAUSE_MAX_MS)
        );
        let all: i64 = (1..TRIES_MAX).map(pause_ms).sum();
        let days = all / (24 * 60 * 60 * 1_000);
        assert!(days == 2 || days == 3, "{days}");
        assert!(all < KEPT_MS, "it is tried to the end");
    }
}
