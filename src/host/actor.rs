//! The task of one game.

use super::mailbox::{Answer, HostError, Letter, Receipt};
use super::route::{InteractionToken, Route};
use super::stage::{Posted, Stage, StageError};
use super::{Shared, replay, to_json};
use crate::game::{CloseReason, Event, Game, Input, MessageId, Phase, Refusal};
use crate::store::{AnswerRow, Write};
use crate::view::message::Message;
use crate::view::quiz::{self, Frame};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// Letters applied and committed together.
const BATCH: usize = 64;
/// The pause after the store failed, doubled each time up to the maximum.
const STORE_PAUSE_MS: i64 = 250;
const STORE_PAUSE_MAX_MS: i64 = 10_000;

pub(super) struct Actor<S: Stage> {
    shared: Arc<Shared<S>>,
    frame: Frame,
    game: Game,
    /// Events stored so far.
    stored: u32,
    route: Route,
    /// Things to post or edit, in order, one at a time.
    errands: VecDeque<Errand>,
    running: Option<Running>,
    store_failures: u32,
    /// After a store failure: do nothing by the clock before this time.
    not_before_ms: i64,
    concluded: bool,
}

/// Something to do in the channel.
enum Errand {
    Ask { round: u16 },
    Edit { id: MessageId, message: Message },
    Farewell,
}

/// What came of an errand.
enum Done {
    Asked {
        round: u16,
        result: Result<Posted, StageError>,
    },
    Edited(Result<(), StageError>),
    SaidFarewell(Result<Posted, StageError>),
}

type Running = Pin<Box<dyn Future<Output = Done> + Send>>;

/// What woke the task.
enum Wake {
    Letters(Vec<Letter>),
    Errand(Done),
    Deadline,
    Closed,
}

impl<S: Stage> Actor<S> {
    pub(super) fn new(
        shared: Arc<Shared<S>>,
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
            errands: VecDeque::new(),
            running: None,
            store_failures: 0,
            not_before_ms: 0,
            concluded: false,
        }
    }

    /// Goes on with a game that an earlier process left: does again whatever that process may not
    /// have got done. Every such errand may safely be done twice.
    pub(super) async fn resume(mut self, letters: mpsc::Receiver<Letter>) {
        if matches!(self.game.phase(), Phase::Waiting { .. } | Phase::Ended(_)) {
            self.queue_reveal();
        }
        match self.game.phase() {
            Phase::Waiting { .. } => {}
            Phase::Asking { round, .. } => self.errands.push_back(Errand::Ask { round }),
            Phase::Ended(_) => self.errands.push_back(Errand::Farewell),
            Phase::Open { .. } => self.process(vec![letter(Input::Resumed)]).await,
        }
        self.run(letters).await;
    }

    pub(super) async fn run(mut self, mut letters: mpsc::Receiver<Letter>) {
        while !self.concluded {
            self.next_errand();
            match self.wake(&mut letters).await {
                Wake::Letters(batch) => self.process(batch).await,
                Wake::Deadline => self.process(vec![letter(Input::Deadline)]).await,
                Wake::Errand(done) => self.errand_done(done).await,
                Wake::Closed => return,
            }
        }
        self.shared.release(self.frame.game, self.route.channel);
        tracing::info!(game_id = %self.frame.game, "game.ended");
    }

    async fn wake(&mut self, letters: &mut mpsc::Receiver<Letter>) -> Wake {
        let now_ms = (self.shared.clock)();
        let due_ms = self.game.deadline().map(|at| at.max(self.not_before_ms));
        // Without a deadline (the game is over, its scoreboard is on its way) only letters and
        // the errand can wake the task; should the errand be lost, this ends it all the same.
        let sleep_ms = due_ms.map_or(60_000, |at| at - now_ms).max(0);
        let sleep = tokio::time::sleep(Duration::from_millis(sleep_ms.unsigned_abs()));
        let mut batch = Vec::new();
        tokio::select! {
            biased;
            done = run_errand(&mut self.running) => {
                self.running = None;
                Wake::Errand(done)
            }
            received = letters.recv_many(&mut batch, BATCH) => {
                if received == 0 { Wake::Closed } else { Wake::Letters(batch) }
            }
            () = sleep => Wake::Deadline,
        }
    }

    /// Applies a batch, commits it, and only then answers.
    async fn process(&mut self, batch: Vec<Letter>) {
        let now_ms = (self.shared.clock)();
        let mut events = Vec::new();
        let mut answers = Vec::with_capacity(batch.len());
        let mut token = None;
        for letter in batch {
            let result = self.game.apply(letter.input, now_ms);
            token = letter.token.or(token);
            let answer = match result {
                Ok(new) => {
                    let receipt = self.receipt(letter.input, &new);
                    events.extend(new);
                    Answer::Done(receipt)
                }
                Err(refusal) => self.refused(letter.input, refusal),
            };
            answers.push((letter.reply, answer));
        }
        let rolled = self.roll_token(token);
        let outcome = if events.is_empty() {
            Ok(())
        } else {
            self.commit(&events, rolled).await
        };
        match outcome {
            Ok(()) => {
                for (reply, answer) in answers {
                    tell(reply, Ok(answer));
                }
                self.follow_up(&events);
            }
            Err(error) => {
                for (reply, _) in answers {
                    tell(reply, Err(HostError::NotStored(error.clone())));
                }
                self.read_again().await;
            }
        }
    }

    /// Keeps the newest token for follow-ups; true if it must be stored.
    fn roll_token(&mut self, token: Option<InteractionToken>) -> bool {
        if let Some(token) = token {
            self.route.token = token;
            return !self.route.may_post;
        }
        false
    }

    async fn commit(&mut self, events: &[Event], route_changed: bool) -> Result<(), String> {
        let write = self.write(events, route_changed);
        match self.shared.store.commit(write).await {
            Ok(()) => {
                self.stored += u32::try_from(events.len()).unwrap_or(u32::MAX);
                self.store_failures = 0;
                self.not_before_ms = 0;
                Ok(())
            }
            Err(error) => {
                tracing::error!(game_id = %self.frame.game, %error, "game.commit_failed");
                Err(error.to_string())
            }
        }
    }

    fn write(&self, events: &[Event], route_changed: bool) -> Write {
        let mut write = Write {
            game: self.frame.game.0,
            first_seq: self.stored,
            events: events.iter().map(to_json).collect(),
            route: route_changed.then(|| to_json(&self.route)),
            ..Write::default()
        };
        for event in events {
            match *event {
                Event::Answered {
                    round,
                    user,
                    choice,
                    correct,
                    points,
                    elapsed_ms,
                    at_ms,
                    ..
                } => {
                    let question = &self.game.rounds()[usize::from(round)].question;
                    write.answers.push(AnswerRow {
                        round,
                        question: question.id.clone(),
                        user: user.0,
                        choice,
                        correct,
                        points,
                        elapsed_ms,
                        at_ms,
                        topic: to_json(&question.topic).trim_matches('"').to_owned(),
                    });
                }
                Event::Closed { round, .. } => write.revealed.push(round),
                Event::Asking { round, .. } => {
                    let question = &self.game.rounds()[usize::from(round)].question;
                    write.asked.push(question.id.clone());
                }
                _ => {}
            }
        }
        write
    }

    /// After a failed commit the state in memory is ahead of the store: take the stored one, and
    /// pause before trying again by the clock.
    async fn read_again(&mut self) {
        self.store_failures = self.store_failures.saturating_add(1);
        let pause_ms = (STORE_PAUSE_MS << self.store_failures.min(6)).min(STORE_PAUSE_MAX_MS);
        self.not_before_ms = (self.shared.clock)() + pause_ms;
        let Ok(Some(stored)) = self.shared.store.game(self.frame.game.0).await else {
            return self.forget();
        };
        match replay(&stored.events) {
            Ok((game, count)) => {
                self.game = game;
                self.stored = count;
            }
            Err(error) => {
                tracing::error!(game_id = %self.frame.game, %error, "game.unreadable");
                self.forget();
            }
        }
    }

    /// Lets go of a game that cannot even be read; the next start of the process takes it up.
    fn forget(&mut self) {
        tracing::error!(game_id = %self.frame.game, "game.left_for_next_start");
        self.concluded = true;
    }

    /// What the channel must see of stored events.
    fn follow_up(&mut self, events: &[Event]) {
        for event in events {
            match *event {
                Event::Asking { round, .. } => self.errands.push_back(Errand::Ask { round }),
                Event::Closed { .. } => self.queue_reveal(),
                Event::Retimed { extended: true, .. } => self.queue_new_countdown(),
                Event::Ended { .. } => self.errands.push_back(Errand::Farewell),
                _ => {}
            }
        }
    }

    fn queue_reveal(&mut self) {
        let Some((_, id, _)) = self.game.last_closed() else {
            return;
        };
        if let Some(message) = quiz::reveal(&self.frame, &self.game) {
            self.errands.push_back(Errand::Edit { id, message });
        }
    }

    /// After a restart the countdown that members see is a thing of the past.
    fn queue_new_countdown(&mut self) {
        if let Phase::Open {
            round,
            message,
            closes_at_ms,
            ..
        } = self.game.phase()
        {
            let question = quiz::question(&self.frame, &self.game, round, closes_at_ms);
            self.errands.push_back(Errand::Edit {
                id: message,
                message: question,
            });
        }
    }

    fn next_errand(&mut self) {
        if self.running.is_some() {
            return;
        }
        if let Some(errand) = self.errands.pop_front() {
            self.running = Some(self.begin(errand));
        }
    }

    fn begin(&self, errand: Errand) -> Running {
        let shared = Arc::clone(&self.shared);
        let route = self.route.clone();
        let game = self.frame.game;
        match errand {
            Errand::Ask { round } => {
                let limit_ms = i64::from(self.game.settings().limit_ms());
                let closes_at_ms = (self.shared.clock)() + limit_ms;
                let message = quiz::question(&self.frame, &self.game, round, closes_at_ms);
                let nonce = format!("{game}-{round}");
                Box::pin(async move {
                    let result = shared.stage.post(&route, &message, &nonce).await;
                    Done::Asked { round, result }
                })
            }
            Errand::Edit { id, message } => Box::pin(async move {
                let edited = shared.stage.edit(&route, id, &message).await;
                Done::Edited(edited)
            }),
            Errand::Farewell => {
                let message = quiz::scoreboard(&self.frame, &self.game);
                let nonce = format!("{game}-end");
                Box::pin(async move {
                    Done::SaidFarewell(shared.stage.post(&route, &message, &nonce).await)
                })
            }
        }
    }

    async fn errand_done(&mut self, done: Done) {
        let game_id = self.frame.game;
        match done {
            Done::Asked {
                round,
                result: Ok(posted),
            } => {
                let moved = self.route.posted_with != posted.posted_with;
                self.route.posted_with = posted.posted_with;
                self.opened(round, posted.id, posted.at_ms, moved).await;
            }
            Done::Asked {
                round,
                result: Err(error),
            } => {
                tracing::warn!(%game_id, round, %error, "game.question_not_posted");
                let permanent = matches!(error, StageError::Gone(_));
                self.process(vec![letter(Input::PostFailed { round, permanent })])
                    .await;
            }
            Done::Edited(Ok(())) => {}
            Done::Edited(Err(error)) => tracing::warn!(%game_id, %error, "game.message_not_edited"),
            Done::SaidFarewell(result) => {
                if let Err(error) = result {
                    tracing::warn!(%game_id, %error, "game.scoreboard_not_posted");
                }
                self.conclude().await;
            }
        }
    }

    async fn opened(&mut self, round: u16, message_id: MessageId, posted_at_ms: i64, moved: bool) {
        let input = Input::Posted {
            round,
            message: message_id,
            posted_at_ms,
        };
        let now_ms = (self.shared.clock)();
        let Ok(events) = self.game.apply(input, now_ms) else {
            // The game ended while its question was on the way.
            if matches!(self.game.phase(), Phase::Ended(_)) {
                self.errands.push_front(Errand::Edit {
                    id: message_id,
                    message: quiz::withdrawn(),
                });
            }
            return;
        };
        if self.commit(&events, moved).await.is_err() {
            self.read_again().await;
        }
    }

    /// Marks the game as over in the store, so that no restart takes it up again.
    async fn conclude(&mut self) {
        let write = Write {
            game: self.frame.game.0,
            first_seq: self.stored,
            ended: true,
            ..Write::default()
        };
        if let Err(error) = self.shared.store.commit(write).await {
            tracing::error!(game_id = %self.frame.game, %error, "game.conclude_failed");
        }
        self.concluded = true;
    }

    fn receipt(&self, input: Input, events: &[Event]) -> Receipt {
        match input {
            Input::Answer { round, choice, .. } => Receipt::Locked {
                choice,
                text: self.choice_text(round, choice).unwrap_or_default(),
            },
            Input::Skip { round, .. } => Receipt::Voted {
                votes: self.game.skip_votes(),
                needed: self.game.skip_votes_needed(round),
                skipped: events.iter().any(|e| {
                    matches!(
                        e,
                        Event::Closed {
                            reason: CloseReason::Skipped,
                            ..
                        }
                    )
                }),
            },
            Input::Join { .. } => Receipt::Joined,
            Input::Stop { .. } => Receipt::Stopped,
            Input::Deadline | Input::Posted { .. } | Input::PostFailed { .. } | Input::Resumed => {
                Receipt::Noted
            }
        }
    }

    fn refused(&self, input: Input, refusal: Refusal) -> Answer {
        let given = match (input, refusal) {
            (Input::Answer { round, .. }, Refusal::AlreadyAnswered { choice }) => {
                self.choice_text(round, choice)
            }
            _ => None,
        };
        Answer::Refused { refusal, given }
    }

    fn choice_text(&self, round: u16, choice: u8) -> Option<String> {
        let round = self.game.rounds().get(usize::from(round))?;
        Some(round.choice(choice)?.text.clone())
    }
}

/// The errand's result; never, while there is none.
async fn run_errand(running: &mut Option<Running>) -> Done {
    match running {
        Some(errand) => errand.await,
        None => std::future::pending().await,
    }
}

fn letter(input: Input) -> Letter {
    Letter {
        input,
        token: None,
        reply: None,
    }
}

fn tell(
    reply: Option<oneshot::Sender<Result<Answer, HostError>>>,
    answer: Result<Answer, HostError>,
) {
    if let Some(reply) = reply {
        // Whoever asked may have given up waiting; the game does not care.
        let _ = reply.send(answer);
    }
}
