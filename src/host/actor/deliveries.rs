//! What the channel sees: messages to post or edit, in order, one at a time.

use super::final_message::FinalMessage;
use super::{Actor, EndProgress};
use crate::host::Shared;
use crate::host::journal::Journal;
use crate::host::messenger::{Messenger, MessengerError, Posted, bounded};
use crate::host::route::{InteractionToken, Route};
use futures_util::{StreamExt as _, stream};
use heat_core::game::{EndReason, Event, Game, Input, Mark, MessageId, Phase, UserId};
use heat_core::id::ChannelId;
use heat_view::message::Message;
use heat_view::{lobby, own_result, quiz, reveal};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// The pause before a failed delivery is retried, for example while Discord is down.
const AGAIN_PAUSE: Duration = Duration::from_secs(5);
/// The longest pause: the scoreboard's doubles with each try.
const AGAIN_PAUSE_MAX: Duration = Duration::from_secs(60);
/// How often the scoreboard is tried: for a quarter of an hour, or longer if each try is slow.
const FAREWELL_TRIES: u8 = 18;
/// How often an edit is retried, between the game's other work.
const EDIT_TRIES: u8 = 100;

/// How far a countdown may end before its question does.
const COUNTDOWN_OFF_MAX_MS: i64 = 1_000;
/// How long to wait after an answer before the question shows how many there are, so that one edit
/// covers several.
const COUNT_AFTER_MS: i64 = 800;
/// How long to wait after any other edit in the channel. Discord allows five edits in five seconds
/// in one channel; this way there are at most two.
const COUNT_EVERY_MS: i64 = 5_000;
/// In a question's last moments the number is no longer useful.
const COUNT_BEFORE_END_MS: i64 = 2_000;
/// How many members are told their result at the same time.
const RESULTS_AT_ONCE: usize = 4;

/// Something to do in the channel.
pub(super) enum Delivery {
    Ask {
        round: u16,
    },
    Edit {
        id: MessageId,
        message: Message,
        /// How often it was tried before.
        tries: u8,
    },
    /// The last change of a reveal that is no longer the newest message.
    Settle(Box<Revealed>),
    /// Members' private replies change to show their result.
    SendResults(Vec<(InteractionToken, Message)>),
    FinalMessage {
        /// How often it was tried before.
        tries: u8,
    },
    /// Announces that the game continues after a restart. The caller learns whether that was
    /// posted.
    SayRestart(oneshot::Sender<bool>),
    /// Finds or posts the message with the button for the first question.
    FindStart,
    /// Finds the message from which the game's thread is made.
    FindCard,
    /// The thread is made from it.
    OpenThread {
        card: MessageId,
    },
    /// Closes the thread, and tells its channel the result.
    EndThread {
        /// How often it was tried before.
        tries: u8,
    },
    /// Replaces the message that announced the game; `ends` if nothing comes after it.
    EditStart {
        message: Message,
        ends: bool,
        /// How often it was tried before.
        tries: u8,
    },
}

/// A reveal in its final form, and the token it was posted with, if it is a follow-up.
pub(super) struct Revealed {
    id: MessageId,
    message: Message,
    posted_with: Option<InteractionToken>,
    /// How often this final form was tried.
    tries: u8,
}

/// The result of a delivery.
pub(super) enum DeliveryResult {
    Asked {
        round: u16,
        /// When the question says that it closes.
        says_closes_at_ms: i64,
        result: Result<Posted, MessengerError>,
    },
    Edited {
        id: MessageId,
        message: Message,
        tries: u8,
        result: Result<(), MessengerError>,
    },
    /// The message to edit was gone, and a new one took its place.
    PostedAnew {
        id: MessageId,
        result: Result<Posted, MessengerError>,
    },
    /// A reveal has changed for the last time.
    Settled {
        revealed: Box<Revealed>,
        result: Result<(), MessengerError>,
    },
    /// Members are being sent their results, in the background.
    SendingResults,
    ScoresPosted {
        tries: u8,
        result: Result<Posted, MessengerError>,
    },
    StartEdited {
        message: Message,
        ends: bool,
        tries: u8,
        result: Result<(), MessengerError>,
    },
    SaidRestart {
        result: Result<Posted, MessengerError>,
        asked_by: oneshot::Sender<bool>,
    },
    StartFound {
        result: Result<MessageId, MessengerError>,
    },
    CardFound {
        result: Result<MessageId, MessengerError>,
    },
    ThreadOpened {
        result: Result<ChannelId, MessengerError>,
    },
    ThreadEnded {
        tries: u8,
        result: Result<(), MessengerError>,
    },
}

pub(super) type Running = Pin<Box<dyn Future<Output = DeliveryResult> + Send>>;

impl<S: Messenger, J: Journal> Actor<S, J> {
    /// Queues what the channel must see of stored events.
    pub(super) fn follow_up(&mut self, events: &[Event]) {
        for event in events {
            match *event {
                Event::Asking { round, .. } => {
                    // Members not told by now will not be told.
                    self.answered_with.clear();
                    self.deliveries.push_back(Delivery::Ask { round });
                    // A scheduled game may not have been announced.
                    self.queue_thread();
                }
                Event::Closed { .. } => {
                    self.queue_reveal();
                    self.queue_own_results();
                }
                Event::Paused { .. }
                | Event::Unpaused { .. }
                | Event::Held { .. }
                | Event::Bonus { .. }
                | Event::BonusUndone { .. }
                | Event::LastCalled { .. } => self.queue_reveal(),
                Event::Judged { ref marks, .. } => {
                    self.queue_reveal();
                    self.queue_judged_results(marks);
                }
                Event::Opened {
                    round, extended, ..
                } => self.on_opened(round, extended),
                Event::Retimed { extended: true, .. } => self.queue_new_countdown(),
                Event::ClueOpened { .. } => {
                    // The message also shows how many have answered.
                    self.count_due_ms = None;
                    self.queue_new_countdown();
                }
                Event::Answered { .. } => self.note_answer(),
                Event::Begun { .. } => {
                    self.queue_start();
                    self.queue_thread();
                }
                Event::Ended { reason, .. } => {
                    // Its buttons are removed with the game.
                    self.settle_reveal();
                    self.queue_end(reason);
                    // It may have ended before its first question, or an earlier edit may have failed.
                    self.queue_start();
                }
                _ => {}
            }
        }
    }

    /// A game that never began has no scoreboard: its first message says how it ended.
    pub(super) fn queue_end(&mut self, reason: EndReason) {
        self.deliveries.push_back(if self.game.has_begun() {
            Delivery::FinalMessage { tries: 0 }
        } else {
            Delivery::EditStart {
                message: lobby::closed(&self.frame, &self.game, reason),
                ends: true,
                tries: 0,
            }
        });
    }

    pub(super) fn queue_reveal(&mut self) {
        let Some((_, id, _)) = self.game.last_closed() else {
            return;
        };
        let Some(message) = reveal::reveal(&self.frame, &self.game) else {
            return;
        };
        let goes_on = matches!(
            self.game.phase(),
            Phase::Waiting { .. } | Phase::Paused { .. } | Phase::Held { .. }
        );
        // In place, the next question replaces the reveal.
        self.revealed = (goes_on && !self.route.in_place).then(|| {
            Box::new(Revealed {
                id,
                message: reveal::settled(&message),
                posted_with: self.route.posted_with.clone(),
                tries: 0,
            })
        });
        self.replace(id, message);
    }

    /// The question is posted, so messages announcing it are outdated.
    fn on_opened(&mut self, round: u16, extended: bool) {
        self.settle_reveal();
        if round == 0 {
            self.queue_start();
        }
        if extended {
            self.queue_new_countdown();
        }
    }

    /// The newest reveal is no longer the newest message, or its game is over.
    fn settle_reveal(&mut self) {
        if let Some(revealed) = self.revealed.take() {
            self.edited_at_ms = (self.shared.clock)();
            self.deliveries.push_back(Delivery::Settle(revealed));
        }
    }

    /// Schedules an update of the open question to show how many have answered.
    fn note_answer(&mut self) {
        let Phase::Open { closes_at_ms, .. } = self.game.phase() else {
            return;
        };
        let now_ms = (self.shared.clock)();
        let due_ms = (now_ms + COUNT_AFTER_MS).max(self.edited_at_ms + COUNT_EVERY_MS);
        let alone = self.game.settings().solo;
        if !alone && self.count_due_ms.is_none() && due_ms + COUNT_BEFORE_END_MS < closes_at_ms {
            self.count_due_ms = Some(due_ms);
        }
    }

    /// Queues that update if it is due. Returns whether it was.
    pub(super) fn say_count(&mut self) -> bool {
        let now_ms = (self.shared.clock)();
        let is_due = self.count_due_ms.is_some_and(|due_ms| now_ms >= due_ms);
        if is_due {
            self.count_due_ms = None;
            self.queue_new_countdown();
        }
        is_due
    }

    /// Members learn their result only after the public reveal: reading their own message first
    /// must give no head start.
    fn queue_own_results(&mut self) {
        self.count_due_ms = None;
        self.queue_results(|_| true);
        if self.game.host().is_none() {
            self.answered_with.clear();
        }
    }

    /// The new results of members whose answers the host judged.
    fn queue_judged_results(&mut self, marks: &[Mark]) {
        self.queue_results(|user| marks.iter().any(|mark| mark.user == user));
    }

    fn queue_results(&mut self, of: impl Fn(UserId) -> bool) {
        let members = self.answered_with.iter().filter(|(user, _)| of(*user));
        let results = members.filter_map(|(user, answer)| {
            let message = own_result::own_result(answer.lang, &self.game, *user)?;
            Some((answer.token.clone(), message))
        });
        let results: Vec<_> = results.collect();
        if !results.is_empty() {
            self.deliveries.push_back(Delivery::SendResults(results));
        }
    }

    /// If posting a question took long, because of delays or retries, its countdown is that of the
    /// first try.
    fn renew_countdown(&mut self, posted: u16, says_closes_at_ms: i64) {
        let is_early = |game: &Game| {
            let closes_at_ms = game.answers_until_ms();
            closes_at_ms.is_some_and(|at_ms| at_ms - says_closes_at_ms > COUNTDOWN_OFF_MAX_MS)
        };
        let is_open = matches!(self.game.phase(), Phase::Open { round, .. } if round == posted);
        if is_open && is_early(&self.game) {
            self.queue_new_countdown();
        }
    }

    /// After a restart, the countdown that members see is outdated too.
    fn queue_new_countdown(&mut self) {
        let (Phase::Open { round, message, .. }, Some(closes_at_ms)) =
            (self.game.phase(), self.game.answers_until_ms())
        else {
            return;
        };
        let question = quiz::question(&self.frame, &self.game, round, closes_at_ms);
        self.replace(message, question);
    }

    /// Queues a message's new content, replacing an older update that is still waiting.
    fn replace(&mut self, id: MessageId, message: Message) {
        self.edited_at_ms = (self.shared.clock)();
        let queued = self
            .deliveries
            .iter_mut()
            .find_map(|delivery| match delivery {
                Delivery::Edit {
                    id: other, message, ..
                } if *other == id => Some(message),
                _ => None,
            });
        match queued {
            Some(queued) => *queued = message,
            None => self.deliveries.push_back(Delivery::Edit {
                id,
                message,
                tries: 0,
            }),
        }
    }

    pub(super) fn next_delivery(&mut self) {
        if self.running.is_some() {
            return;
        }
        // A question is posted only while it is being asked. If it was put off meanwhile, it is
        // queued again when it is due. If this process stops before posting it, it is stored as
        // due, and the next process posts it.
        let asked = match self.game.phase() {
            Phase::Asking { round, .. } if !self.leaving => Some(round),
            _ => None,
        };
        let is_stale = |delivery: &Delivery| matches!(delivery, Delivery::Ask { round } if Some(*round) != asked);
        self.deliveries.retain(|delivery| !is_stale(delivery));
        if let Some(delivery) = self.deliveries.pop_front() {
            self.running = Some(self.begin(delivery));
        }
        if self.deliveries.is_empty() {
            // A game waits much longer than it delivers, and queued messages take memory.
            self.deliveries.shrink_to_fit();
        }
    }

    fn begin(&self, delivery: Delivery) -> Running {
        let shared = Arc::clone(&self.shared);
        let route = self.route.clone();
        let game = self.frame.game;
        match delivery {
            Delivery::Ask { round } => {
                let limit_ms = i64::from(self.game.settings().limit_ms());
                let closes_at_ms = (self.shared.clock)() + limit_ms;
                let message = quiz::question(&self.frame, &self.game, round, closes_at_ms);
                let nonce = format!("{game}-{round}");
                Box::pin(async move {
                    let result = bounded(shared.messenger.post(&route, &message, &nonce)).await;
                    DeliveryResult::Asked {
                        round,
                        says_closes_at_ms: closes_at_ms,
                        result,
                    }
                })
            }
            Delivery::Edit { id, message, tries } => {
                let at = self.now_at(id);
                Box::pin(async move {
                    if tries > 0 {
                        tokio::time::sleep(AGAIN_PAUSE).await;
                    }
                    let result = bounded(shared.messenger.edit(&route, at, &message)).await;
                    if !matches!(result, Err(MessengerError::NoMessage(_))) {
                        let tries = tries + 1;
                        return DeliveryResult::Edited {
                            id,
                            message,
                            tries,
                            result,
                        };
                    }
                    // Someone deleted it, so the content is posted again. The nonce makes two tries
                    // one message.
                    let nonce = format!("{at}-anew");
                    let result = bounded(shared.messenger.post(&route, &message, &nonce)).await;
                    DeliveryResult::PostedAnew { id, result }
                })
            }
            Delivery::Settle(mut revealed) => {
                let at = self.now_at(revealed.id);
                Box::pin(async move {
                    if revealed.tries > 0 {
                        tokio::time::sleep(AGAIN_PAUSE).await;
                    }
                    let route = Route {
                        posted_with: revealed.posted_with.clone(),
                        ..route
                    };
                    let edit = shared.messenger.edit(&route, at, &revealed.message);
                    let result = bounded(edit).await;
                    revealed.tries += 1;
                    DeliveryResult::Settled { revealed, result }
                })
            }
            Delivery::SendResults(results) => {
                let sending = send_results(Arc::clone(&shared), results);
                shared.tasks.spawn(sending);
                Box::pin(std::future::ready(DeliveryResult::SendingResults))
            }
            Delivery::FinalMessage { tries } => {
                // The text does not depend on later events, and both values are short-lived.
                let (frame, ended) = (self.frame.clone(), self.game.clone());
                Box::pin(async move {
                    tokio::time::sleep(farewell_pause(tries)).await;
                    let farewell = FinalMessage::of(&shared, &frame, &ended, &route, tries).await;
                    let result = farewell.post(&shared.messenger, &route, game).await;
                    let tries = tries + 1;
                    DeliveryResult::ScoresPosted { tries, result }
                })
            }
            Delivery::SayRestart(asked_by) => {
                // If repeated within minutes, as after two stops in a row, it appears once.
                let nonce = format!("{game}-r{}", self.stored % 10_000);
                let lang = self.frame.lang;
                Box::pin(async move {
                    let message = quiz::restarting(lang);
                    let result = bounded(shared.messenger.post(&route, &message, &nonce)).await;
                    DeliveryResult::SaidRestart { result, asked_by }
                })
            }
            Delivery::FindStart => self.find_start(),
            Delivery::FindCard => self.find_card(),
            Delivery::OpenThread { card } => self.open_thread(card),
            Delivery::EndThread { tries } => self.end_thread(tries),
            Delivery::EditStart {
                message,
                ends,
                tries,
            } => self.edit_start(message, ends, tries),
        }
    }

    /// The current id of a message that may have been deleted and posted again.
    fn now_at(&self, id: MessageId) -> MessageId {
        match self.posted_anew {
            Some((deleted, anew)) if deleted == id => anew,
            _ => id,
        }
    }

    /// Removes a question that was posted after the game ended.
    pub(super) fn not_wanted(&mut self, input: &Input) {
        if let (Input::Posted { message, .. }, Phase::Ended(_)) = (input, self.game.phase()) {
            self.deliveries.push_front(Delivery::Edit {
                id: *message,
                message: quiz::withdrawn(self.frame.lang),
                tries: 0,
            });
        }
    }

    /// Schedules an edit for a retry after the other work, unless a newer one of the same message
    /// is waiting.
    fn edit_again(&mut self, message_id: MessageId, message: Message, tries: u8) {
        let in_place = self.route.in_place;
        let is_newer = |delivery: &Delivery| match delivery {
            Delivery::Edit { id, .. } => *id == message_id,
            Delivery::Ask { .. } | Delivery::FinalMessage { .. } => in_place,
            Delivery::Settle(revealed) => revealed.id == message_id,
            _ => false,
        };
        if !self.deliveries.iter().any(is_newer) {
            self.deliveries.push_back(Delivery::Edit {
                id: message_id,
                message,
                tries,
            });
        }
    }

    fn scores_posted(&mut self, tries: u8, result: Result<Posted, MessengerError>) {
        let again = matches!(result, Err(MessengerError::Failed(_))) && tries < FAREWELL_TRIES;
        if let Err(error) = result {
            let game_id = self.frame.game;
            tracing::warn!(%game_id, tries, %error, "game.scoreboard_not_posted");
        }
        if again {
            self.deliveries.push_back(Delivery::FinalMessage { tries });
        } else {
            self.course = EndProgress::ScoresPosted;
            self.queue_thread_end();
        }
    }

    pub(super) async fn delivery_done(&mut self, done: DeliveryResult) {
        let game_id = self.frame.game;
        match done {
            DeliveryResult::Asked {
                round,
                says_closes_at_ms,
                result: Ok(posted),
            } => {
                self.route_changed |= self.route.posted_with != posted.posted_with;
                self.route.posted_with = posted.posted_with;
                self.hear(Input::Posted {
                    round,
                    message: posted.id,
                    posted_at_ms: posted.at_ms,
                })
                .await;
                self.renew_countdown(round, says_closes_at_ms);
            }
            DeliveryResult::Asked {
                round,
                result: Err(error),
                ..
            } => {
                tracing::warn!(%game_id, round, %error, "game.question_not_posted");
                let permanent = matches!(error, MessengerError::Gone(_));
                self.hear(Input::PostFailed { round, permanent }).await;
            }
            DeliveryResult::PostedAnew {
                id,
                result: Ok(posted),
            } => {
                tracing::info!(%game_id, "game.message_posted_anew");
                self.posted_anew = Some((id, posted.id));
                self.route_changed |= self.route.posted_with != posted.posted_with;
                self.route.posted_with = posted.posted_with;
            }
            DeliveryResult::PostedAnew {
                result: Err(error), ..
            } => tracing::warn!(%game_id, %error, "game.message_not_posted_anew"),
            DeliveryResult::Edited { result: Ok(()), .. }
            | DeliveryResult::Settled { result: Ok(()), .. }
            | DeliveryResult::SendingResults => {}
            DeliveryResult::Settled {
                revealed,
                result: Err(error),
            } => {
                tracing::info!(%game_id, %error, "game.reveal_not_settled");
                let again = matches!(error, MessengerError::Failed(_));
                if again && revealed.tries < EDIT_TRIES && self.course == EndProgress::On {
                    self.deliveries.push_back(Delivery::Settle(revealed));
                }
            }
            DeliveryResult::Edited {
                id,
                message,
                tries,
                result: Err(error),
            } => {
                tracing::warn!(%game_id, tries, %error, "game.message_not_edited");
                let again = matches!(error, MessengerError::Failed(_)) && tries < EDIT_TRIES;
                if again && self.course == EndProgress::On {
                    self.edit_again(id, message, tries);
                }
            }
            DeliveryResult::StartEdited {
                message,
                ends,
                tries,
                result,
            } => self.start_edited(message, ends, tries, result).await,
            DeliveryResult::SaidRestart { result, asked_by } => {
                if let Err(error) = &result {
                    tracing::info!(%game_id, %error, "game.restart_not_said");
                }
                // The caller may no longer be waiting.
                let _ = asked_by.send(result.is_ok());
            }
            DeliveryResult::ScoresPosted { tries, result } => self.scores_posted(tries, result),
            DeliveryResult::StartFound { result } => {
                if let Err(error) = result {
                    tracing::warn!(%game_id, %error, "game.start_not_found");
                }
            }
            DeliveryResult::CardFound { result } => self.card_found(result).await,
            DeliveryResult::ThreadOpened { result } => self.thread_opened(result).await,
            DeliveryResult::ThreadEnded { tries, result } => self.thread_ended(tries, result),
        }
        if self.course == EndProgress::ScoresPosted && self.deliveries.is_empty() {
            self.conclude().await;
        }
    }
}

/// How long the scoreboard waits before its next try.
fn farewell_pause(tries: u8) -> Duration {
    match tries {
        0 => Duration::ZERO,
        _ => (AGAIN_PAUSE * 2_u32.pow(u32::from(tries - 1).min(8))).min(AGAIN_PAUSE_MAX),
    }
}

/// Whether the first question has been posted, after which the start does not change any more.
pub(super) fn is_under_way(game: &Game) -> bool {
    match game.phase() {
        Phase::Gathering { .. } => false,
        Phase::Waiting { next: round, .. }
        | Phase::Held { next: round, .. }
        | Phase::Asking { round, .. } => round > 0,
        Phase::Open { .. } | Phase::Paused { .. } | Phase::Ended(_) => true,
    }
}

/// Sends members their results one by one. Members whom this does not reach still see that their
/// answer is locked in.
async fn send_results<S: Messenger, J: Journal>(
    shared: Arc<Shared<S, J>>,
    results: Vec<(InteractionToken, Message)>,
) {
    let send = async |(token, message): (InteractionToken, Message)| {
        if let Err(error) = bounded(shared.messenger.edit_answer(&token, &message)).await {
            tracing::debug!(%error, "game.own_result_not_sent");
        }
    };
    stream::iter(results)
        .for_each_concurrent(RESULTS_AT_ONCE, send)
        .await;
}

/// The delivery's result; never resolves while there is no delivery.
pub(super) async fn run_delivery(running: &mut Option<Running>) -> DeliveryResult {
    match running {
        Some(delivery) => delivery.await,
        None => std::future::pending().await,
    }
}
