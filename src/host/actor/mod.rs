//! The task of one game: what wakes it, and the order of its work.
//!
//! A batch of requests is applied to the game, stored ([`saving`]), answered ([`receipts`]), and
//! then shown in the channel ([`deliveries`]).

mod deliveries;
mod final_message;
mod receipts;
mod saving;
mod start_card;
mod thread;

use super::Shared;
use super::journal::Journal;
use super::mailbox::Receiver;
use super::messenger::Messenger;
use super::protocol::{ActorMessage, Answer, HostError, Request};
use super::route::{InteractionToken, Route};
use deliveries::{Delivery, DeliveryResult, Revealed, Running, is_under_way, run_delivery};
use heat_core::game::{Game, Input, MessageId, Phase, UserId};
use heat_core::lang::Lang;
use heat_view::quiz::Frame;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// How many players of a question get their result privately at its reveal: the first to answer. In
/// a crowd the public reveal has to be enough, because each private result costs a request.
const TOLD_MAX: usize = 25;

/// A reply to a member that shows their result after the reveal.
struct PrivateAnswer {
    token: InteractionToken,
    /// The member's language.
    lang: Lang,
}

pub(super) struct Actor<S: Messenger, J: Journal> {
    shared: Arc<Shared<S, J>>,
    frame: Frame,
    game: Game,
    /// Events stored so far.
    stored: u32,
    route: Route,
    /// Things to post or edit, in order, one at a time.
    deliveries: VecDeque<Delivery>,
    running: Option<Running>,
    /// The route has changed since it was stored.
    route_changed: bool,
    store_failures: u32,
    /// After a store failure: do nothing by the clock before this time.
    not_before_ms: i64,
    /// The store failed, so the state in memory may be ahead of it and must be read again.
    stale: bool,
    /// A delivery's result, or a restart, that the store has not accepted yet.
    unheard: Option<Input>,
    /// Who answered the open question, with the tokens for telling them their results. At most
    /// [`TOLD_MAX`]; lost in a crash.
    answered_with: Vec<(UserId, PrivateAnswer)>,
    /// When the open question is due to show how many have answered.
    count_due_ms: Option<i64>,
    /// When a message in the channel was last due to change.
    edited_at_ms: i64,
    /// The newest reveal, in the form it takes once the next question is posted. Lost in a crash.
    revealed: Option<Box<Revealed>>,
    course: EndProgress,
    /// A deleted message, and the one that replaced it.
    posted_anew: Option<(MessageId, MessageId)>,
    /// The process is stopping, so no more questions are asked.
    leaving: bool,
    thread: ThreadRequest,
}

/// Whether this process has asked for the game's thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ThreadRequest {
    /// Not yet.
    NotSent,
    /// Once, which is enough: the delivery repeats itself.
    Sent,
}

/// How far a game's end has progressed.
#[derive(PartialEq, Eq)]
enum EndProgress {
    /// It is running, or its end is being posted.
    On,
    /// The scoreboard is posted. Failed changes are retried.
    ScoresPosted,
    /// Everything is posted, but the store does not know yet that the game is over.
    AllPosted,
    /// The task has nothing left to do.
    Finished,
}

/// What woke the task.
enum Wake {
    Messages(Vec<ActorMessage>),
    Delivery(DeliveryResult),
    Deadline,
    Closed,
}

impl<S: Messenger, J: Journal> Actor<S, J> {
    pub(super) fn new(
        shared: Arc<Shared<S, J>>,
        frame: Frame,
        game: Game,
        stored: u32,
        route: Route,
    ) -> Self {
        Self {
            shared,
            frame,
            game,
            stored,
            route,
            deliveries: VecDeque::new(),
            running: None,
            route_changed: false,
            store_failures: 0,
            not_before_ms: 0,
            stale: false,
            unheard: None,
            answered_with: Vec::new(),
            count_due_ms: None,
            edited_at_ms: 0,
            revealed: None,
            course: EndProgress::On,
            posted_anew: None,
            leaving: false,
            thread: ThreadRequest::NotSent,
        }
    }

    /// Continues a game from an earlier process.
    pub(super) async fn resume(mut self: Box<Self>, inbox: Receiver<ActorMessage>) {
        self.catch_up();
        self.run(inbox).await;
    }

    /// Repeats deliveries whose events are stored but that may not have happened. All of them can
    /// safely be repeated.
    fn catch_up(&mut self) {
        let between = matches!(
            self.game.phase(),
            Phase::Waiting { .. } | Phase::Paused { .. } | Phase::Held { .. } | Phase::Ended(_)
        );
        if between {
            self.queue_reveal();
        }
        self.free_channel_if_over();
        match self.game.phase() {
            Phase::Held { next: 0, .. } => self.queue_missing_start(),
            Phase::Gathering { .. }
            | Phase::Waiting { .. }
            | Phase::Paused { .. }
            | Phase::Held { .. } => {}
            Phase::Ended(reason) => self.queue_end(reason),
            Phase::Asking { .. } | Phase::Open { .. } => self.unheard = Some(Input::Resumed),
        }
        if is_under_way(&self.game) {
            self.queue_start();
        }
    }

    /// Runs until the game is over and all deliveries are made. Boxed, because a task reserves
    /// twice the space of its argument.
    pub(super) async fn run(mut self: Box<Self>, mut inbox: Receiver<ActorMessage>) {
        self.queue_thread();
        while self.course != EndProgress::Finished {
            self.next_delivery();
            // Boxed, so that a waiting game, which is nearly every game, takes no memory for work.
            match self.wake(&mut inbox).await {
                Wake::Messages(messages) => Box::pin(self.read(messages)).await,
                Wake::Deadline => Box::pin(self.on_time()).await,
                Wake::Delivery(done) => Box::pin(self.delivery_done(done)).await,
                Wake::Closed => return,
            }
        }
        tracing::info!(game_id = %self.frame.game, "game.ended");
    }

    /// When the next timed work is due.
    fn due_ms(&self) -> Option<i64> {
        if self.stale || self.unheard.is_some() || self.course == EndProgress::AllPosted {
            return Some(self.not_before_ms);
        }
        let deadline = self.game.deadline();
        let due = deadline.into_iter().chain(self.count_due_ms).min();
        due.map(|at| at.max(self.not_before_ms))
    }

    /// Does the timed work that is due, starting with anything the store has refused so far.
    async fn on_time(&mut self) {
        if self.course == EndProgress::AllPosted {
            self.conclude().await;
        } else if self.stale || self.unheard.is_some() {
            self.process(Vec::new()).await;
        } else if !self.say_count() {
            self.process(vec![request(Input::Deadline)]).await;
        }
    }

    /// Handles an input that no member sent. It is kept until the store accepts it.
    async fn hear(&mut self, input: Input) {
        self.unheard = Some(input);
        self.process(Vec::new()).await;
    }

    async fn read(&mut self, messages: Vec<ActorMessage>) {
        let mut requests = Vec::with_capacity(messages.len());
        for piece in messages {
            match piece {
                ActorMessage::Request(request) => requests.push(*request),
                ActorMessage::Leave(asked_by) => self.leave(asked_by),
                ActorMessage::Announced(message) => self.announced(message).await,
            }
        }
        if !requests.is_empty() {
            self.process(requests).await;
        }
    }

    /// Announces in the channel that the game continues after a restart, if it does and the bot may
    /// post there. Clicks are accepted as usual until the end.
    fn leave(&mut self, asked_by: oneshot::Sender<bool>) {
        self.leaving = true;
        let is_over = matches!(self.game.phase(), Phase::Ended(_));
        if self.route.may_post && !is_over {
            self.deliveries.push_front(Delivery::SayRestart(asked_by));
        }
    }

    async fn wake(&mut self, inbox: &mut Receiver<ActorMessage>) -> Wake {
        let now_ms = (self.shared.clock)();
        // If nothing is due, the game is over and its last delivery, which has a time-out, is
        // running.
        let sleep_ms = self.due_ms().map_or(60_000, |at| at - now_ms).max(0);
        let sleep = tokio::time::sleep(Duration::from_millis(sleep_ms.unsigned_abs()));
        tokio::select! {
            biased;
            done = run_delivery(&mut self.running) => {
                self.running = None;
                Wake::Delivery(done)
            }
            messages = inbox.receive() => {
                if messages.is_empty() { Wake::Closed } else { Wake::Messages(messages) }
            }
            () = sleep => Wake::Deadline,
        }
    }

    /// Applies a batch, commits it, and only then replies. Anything the store refused before comes
    /// first.
    async fn process(&mut self, batch: Vec<Request>) {
        if self.stale
            && let Err(error) = self.read_again().await
        {
            return refuse(batch.into_iter().map(|request| request.reply), &error);
        }
        let now_ms = (self.shared.clock)();
        let mut events = Vec::new();
        let mut answers = Vec::with_capacity(batch.len());
        if let Some(input) = self.unheard.clone() {
            match self.game.apply(input.clone(), now_ms) {
                Ok(new) => events.extend(new),
                Err(_) => self.not_wanted(&input),
            }
        }
        let mut answered_with = Vec::new();
        let mut met = Vec::new();
        let before = (self.route.token.clone(), self.route.posted_with.clone());
        for request in batch {
            let is_asking = matches!(self.game.phase(), Phase::Asking { .. });
            let result = self.game.apply(request.input.clone(), now_ms);
            let lang = request
                .from
                .as_ref()
                .map_or(self.frame.lang, |from| from.lang);
            if let Some(from) = request.from {
                for (user, known) in from.others {
                    self.frame.meet(user, known);
                }
                let accepted = result.is_ok();
                // A separate answer shows the member's result; the game's own message shows all.
                if let (Input::Answer { user, .. }, true, false) =
                    (&request.input, accepted, from.shows_game)
                {
                    let answer = PrivateAnswer {
                        token: from.token.clone(),
                        lang: from.lang,
                    };
                    answered_with.push((*user, answer));
                }
                met.extend(from.by.filter(|_| accepted));
                if !self.route.in_place || (accepted && from.shows_game) {
                    if self.route.in_place && is_asking {
                        // A click on a question that is not known to be shown proves that it is.
                        self.route.posted_with = Some(self.route.token.clone());
                    }
                    self.roll_token(from.token);
                }
            }
            let answer = match result {
                Ok(new) => {
                    let receipt = self.receipt(lang, &request.input, &new);
                    events.extend(new);
                    Answer::Done(receipt)
                }
                Err(refusal) => self.refused(&request.input, refusal),
            };
            answers.push((request.reply, answer));
        }
        if !events.is_empty()
            && let Err(error) = self.commit(&events).await
        {
            if self.route.in_place {
                // The click is refused in a message of its own, which its token edits from now on.
                (self.route.token, self.route.posted_with) = before;
            }
            return refuse(answers.into_iter().map(|(reply, _)| reply), &error);
        }
        self.unheard = None;
        self.free_channel_if_over();
        for (user, known) in met {
            self.frame.meet(user, known);
        }
        let room = TOLD_MAX.saturating_sub(self.answered_with.len());
        self.answered_with
            .extend(answered_with.into_iter().take(room));
        for (reply, answer) in answers {
            tell(reply, Ok(answer));
        }
        self.follow_up(&events);
    }

    /// Members who read that a game is over can start the next one at once, because what remains to
    /// be sent for this one does not need the channel. An end that is not stored yet does not
    /// count.
    fn free_channel_if_over(&self) {
        if matches!(self.game.phase(), Phase::Ended(_)) {
            self.shared.free(self.frame.game, self.route.channel);
        }
    }

    /// Keeps the newest token for follow-ups. It is stored if there is no other way to post.
    fn roll_token(&mut self, token: InteractionToken) {
        self.route.token = token;
        self.route_changed |= !self.route.may_post;
    }
}

fn request(input: Input) -> Request {
    Request {
        input,
        from: None,
        reply: None,
    }
}

/// Tells all callers that nothing was stored.
fn refuse(
    replies: impl Iterator<Item = Option<oneshot::Sender<Result<Answer, HostError>>>>,
    error: &str,
) {
    for reply in replies {
        tell(reply, Err(HostError::NotStored(error.to_owned())));
    }
}

fn tell(
    reply: Option<oneshot::Sender<Result<Answer, HostError>>>,
    answer: Result<Answer, HostError>,
) {
    if let Some(reply) = reply {
        // The caller may no longer be waiting; that does not matter to the game.
        let _ = reply.send(answer);
    }
}
