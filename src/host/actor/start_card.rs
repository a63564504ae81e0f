//! The message that announced the game: brought up to date when the game has begun, and left
//! without a countdown or a button when it ends. It is the reply to a command, or the bot's own.

use super::Actor;
use super::deliveries::{Delivery, DeliveryResult, Running, is_under_way};
use crate::host::journal::Journal;
use crate::host::messenger::{Messenger, MessengerError, bounded};
use crate::host::route::Route;
use heat_core::game::{MessageId, Phase};
use heat_view::message::Message;
use std::sync::Arc;
use std::time::Duration;

/// How often an edit is tried once the game is over; until one succeeds, buttons or a countdown
/// stay.
const TRIES: u8 = 12;
/// The pause before it is tried again.
const AGAIN_PAUSE: Duration = Duration::from_secs(5);

impl<S: Messenger, J: Journal> Actor<S, J> {
    /// Updates it, unless it is already final.
    pub(super) fn queue_start(&mut self) {
        if self.game.has_begun() && self.route.has_start() {
            self.deliveries.push_back(Delivery::EditStart {
                message: self.start_message(),
                ends: false,
                tries: 0,
            });
        }
    }

    /// It is a message of the bot, as for scheduled games.
    pub(super) async fn announced(&mut self, message: MessageId) {
        self.route.announced_by = Some(message);
        self.route_changed = true;
        // If this fails, the next event stores it.
        _ = self.commit(&[]).await;
        self.queue_thread();
        if is_under_way(&self.game) {
            self.queue_start();
        }
    }

    pub(super) fn edit_start(&self, message: Message, ends: bool, tries: u8) -> Running {
        let shared = Arc::clone(&self.shared);
        let route = self.route.clone();
        Box::pin(async move {
            if tries > 0 {
                tokio::time::sleep(AGAIN_PAUSE).await;
            }
            let messenger = &shared.messenger;
            let result = match (&route.started_with, route.announced_by) {
                (Some(token), _) => bounded(messenger.edit_answer(token, &message)).await,
                (None, Some(id)) => {
                    let home = Route::to_channel(route.home());
                    bounded(messenger.edit(&home, id, &message)).await
                }
                (None, None) => Ok(()),
            };
            DeliveryResult::StartEdited {
                message,
                ends,
                tries: tries + 1,
                result,
            }
        })
    }

    pub(super) async fn start_edited(
        &mut self,
        message: Message,
        ends: bool,
        tries: u8,
        result: Result<(), MessengerError>,
    ) {
        let may_work_later = matches!(result, Err(MessengerError::Failed(_)));
        if let Err(error) = result {
            tracing::warn!(game_id = %self.frame.game, tries, %error, "game.start_not_edited");
        }
        let is_over = matches!(self.game.phase(), Phase::Ended(_));
        if is_over && may_work_later && tries < TRIES {
            self.deliveries.push_back(Delivery::EditStart {
                message,
                ends,
                tries,
            });
        } else if ends {
            self.conclude().await;
        } else if is_under_way(&self.game) && !may_work_later && !self.edits_start() {
            self.route_changed |= self.route.has_start();
            self.route.forget_start();
        }
    }

    /// Whether a newer change is waiting.
    fn edits_start(&self) -> bool {
        let is_one = |delivery: &Delivery| matches!(delivery, Delivery::EditStart { .. });
        self.deliveries.iter().any(is_one)
    }
}
