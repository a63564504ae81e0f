//! A game's own thread: created once the game has begun, closed after its scores are posted.
//!
//! A crash never leaves a second thread: the message that it starts from is stored before the first
//! attempt, and a message can have only one thread.

use super::deliveries::{Delivery, DeliveryResult, Running};
use super::{Actor, ThreadRequest};
use crate::host::journal::Journal;
use crate::host::messenger::{Messenger, MessengerError, bounded_by};
use crate::host::route::{GameThread, Route};
use heat_core::game::{MessageId, Phase};
use heat_core::id::ChannelId;
use heat_view::message::Message;
use heat_view::{start, thread};
use std::sync::Arc;
use std::time::Duration;

/// How long each step may take. A question that waits for the thread should not wait for long.
const STEP_MAX: Duration = Duration::from_secs(10);
/// How often closing a thread is tried, and the pause before it is tried again.
const CLOSE_TRIES: u8 = 5;
const AGAIN_PAUSE: Duration = Duration::from_secs(5);

impl<S: Messenger, J: Journal> Actor<S, J> {
    /// The start of the game as shown in its channel.
    pub(super) fn start_message(&self) -> Message {
        let start = start::started(&self.frame, &self.game);
        thread::placed(self.frame.lang, start, self.route.venue())
    }

    /// Queues the creation of the thread before anything else is posted, if one is wanted, the game has
    /// begun, and the message that it is made from need not be waited for.
    pub(super) fn queue_thread(&mut self) {
        let Some(GameThread::Wanted { card }) = self.route.thread else {
            return;
        };
        let is_time = self.game.has_begun() && !self.is_still_unannounced();
        if is_time && self.thread == ThreadRequest::NotSent {
            self.thread = ThreadRequest::Sent;
            self.deliveries.push_front(match card {
                None => Delivery::FindCard,
                Some(card) => Delivery::OpenThread { card },
            });
        }
    }

    /// Whether the message that announces the game is still to come: a scheduled game has no command to
    /// reply to. Its first question does not wait for it.
    fn is_still_unannounced(&self) -> bool {
        let is_before_first = matches!(
            self.game.phase(),
            Phase::Waiting { next: 0, .. } | Phase::Held { next: 0, .. }
        );
        is_before_first && !self.route.in_place && !self.route.has_start()
    }

    /// Queues the search for the start of a hosted game: without its button nobody could open the
    /// first question. A thread is made from that message, so it is searched for anyway. The message of
    /// a scheduled game is the scheduler's.
    pub(super) fn queue_missing_start(&mut self) {
        let is_replied = self.route.started_with.is_some();
        if is_replied && !matches!(self.route.thread, Some(GameThread::Wanted { .. })) {
            self.deliveries.push_back(Delivery::FindStart);
        }
    }

    pub(super) fn find_start(&self) -> Running {
        let finding = self.find_answer();
        Box::pin(async move {
            let result = finding.await;
            DeliveryResult::StartFound { result }
        })
    }

    pub(super) fn find_card(&self) -> Running {
        let finding = self.find_answer();
        Box::pin(async move {
            let result = finding.await;
            DeliveryResult::CardFound { result }
        })
    }

    /// Finds the message that started the game. If the command was never answered, as after a crash,
    /// it posts another one.
    fn find_answer(&self) -> impl Future<Output = Result<MessageId, MessengerError>> + use<S, J> {
        let shared = Arc::clone(&self.shared);
        let route = Route {
            channel: self.route.home(),
            ..self.route.clone()
        };
        let card = if matches!(self.game.phase(), Phase::Held { next: 0, .. }) {
            self.start_message()
        } else {
            thread::card(&self.frame, &self.game)
        };
        let nonce = format!("{}-card", self.frame.game);
        async move {
            let found = match (&route.started_with, route.announced_by) {
                (Some(token), _) => bounded_by(STEP_MAX, shared.messenger.find_answer(token)).await,
                (None, Some(announced)) => Ok(announced),
                (None, None) => Err(MessengerError::Gone("nothing announced it".to_owned())),
            };
            match found {
                Err(MessengerError::Gone(_)) => {
                    let posted = shared.messenger.post(&route, &card, &nonce);
                    bounded_by(STEP_MAX, posted).await.map(|posted| posted.id)
                }
                found => found,
            }
        }
    }

    pub(super) async fn card_found(&mut self, result: Result<MessageId, MessengerError>) {
        let game_id = self.frame.game;
        match result {
            Ok(card) => {
                self.route.thread = Some(GameThread::Wanted { card: Some(card) });
                self.route_changed = true;
                // Without the record a second thread could follow a crash, so there is none.
                if self.commit(&[]).await.is_ok() {
                    self.deliveries.push_front(Delivery::OpenThread { card });
                } else {
                    self.play_in_channel();
                }
            }
            Err(error) => {
                tracing::warn!(%game_id, %error, "game.card_not_found");
                self.play_in_channel();
            }
        }
    }

    pub(super) fn open_thread(&self, card: MessageId) -> Running {
        let shared = Arc::clone(&self.shared);
        let home = self.route.channel;
        let name = thread::name(&self.frame, &self.game);
        Box::pin(async move {
            let opening = shared.messenger.open_thread(home, card, &name);
            let result = bounded_by(STEP_MAX, opening).await;
            DeliveryResult::ThreadOpened { result }
        })
    }

    pub(super) async fn thread_opened(&mut self, result: Result<ChannelId, MessengerError>) {
        let game_id = self.frame.game;
        match result {
            Ok(thread) => {
                let home = self.route.channel;
                self.route.channel = thread;
                self.route.thread = Some(GameThread::Open { home });
                self.route_changed = true;
                self.shared.moved(game_id, thread);
                // If this fails, the next event stores it, or a restart requests the thread again.
                _ = self.commit(&[]).await;
                tracing::info!(%game_id, thread_id = thread.0, "game.thread_opened");
            }
            Err(error) => {
                tracing::warn!(%game_id, %error, "game.thread_not_opened");
                self.play_in_channel();
                _ = self.commit(&[]).await;
            }
        }
    }

    /// Plays the game in the channel after all, and says so.
    fn play_in_channel(&mut self) {
        self.route.thread = Some(GameThread::Refused);
        self.route_changed = true;
        self.shared.stays(self.frame.game, self.route.channel);
        self.queue_start();
    }

    /// Queues the closing of the thread, if there is one.
    pub(super) fn queue_thread_end(&mut self) {
        if self.route.open_thread().is_some() {
            self.deliveries.push_back(Delivery::EndThread { tries: 0 });
        }
    }

    /// Leaves one line in the channel, and names and archives the thread.
    pub(super) fn end_thread(&self, tries: u8) -> Running {
        let shared = Arc::clone(&self.shared);
        let thread = self.route.channel;
        let home = Route::to_channel(self.route.home());
        let line = thread::result(&self.frame, &self.game);
        let name = thread::closed_name(&self.frame, &self.game);
        let nonce = format!("{}-line", self.frame.game);
        Box::pin(async move {
            if tries > 0 {
                tokio::time::sleep(AGAIN_PAUSE).await;
            }
            // A thread has the id of the message that it was made from.
            let card = MessageId(thread.0);
            let edit = shared.messenger.edit(&home, card, &line);
            let said = match bounded_by(STEP_MAX, edit).await {
                Err(MessengerError::NoMessage(_)) => {
                    let post = shared.messenger.post(&home, &line, &nonce);
                    bounded_by(STEP_MAX, post).await.map(|_| ())
                }
                edited => edited,
            };
            let close = shared.messenger.close_thread(thread, &name);
            let closed = bounded_by(STEP_MAX, close).await;
            let tries = tries + 1;
            let result = said.and(closed);
            DeliveryResult::ThreadEnded { tries, result }
        })
    }

    pub(super) fn thread_ended(&mut self, tries: u8, result: Result<(), MessengerError>) {
        let Err(error) = result else {
            return;
        };
        let game_id = self.frame.game;
        tracing::warn!(%game_id, tries, %error, "game.thread_not_closed");
        if matches!(error, MessengerError::Failed(_)) && tries < CLOSE_TRIES {
            self.deliveries.push_back(Delivery::EndThread { tries });
        }
    }
}
