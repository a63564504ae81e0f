//! The task of one game.

use super::mailbox::{Answer, HostError, Letter, Receipt};
use super::route::{InteractionToken, Route};
use super::stage::{Posted, Stage, StageError};
use super::{Shared, replay, to_json};
use crate::game::{
    CloseReason, EndReason, Event, Game, Input, MessageId, Phase, Refusal, Response, UserId,
};
use crate::store::{AnswerRow, Write};
use crate::view::message::Message;
use crate::view::quiz::{self, Frame};
use crate::view::scoreboard::scoreboard;
use crate::view::{hint, lobby, reveal};
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
/// What stands in the ledger for a typed answer, where the number of a choice would stand.
const TYPED: u8 = u8::MAX;

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
    Ask {
        round: u16,
    },
    Edit {
        id: MessageId,
        message: Message,
    },
    Farewell,
    /// The answer to the command that started the game becomes this; `ends` if nothing comes
    /// after it.
    EditStart {
        message: Message,
        ends: bool,
    },
}

/// What came of an errand.
enum Done {
    Asked {
        round: u16,
        result: Result<Posted, StageError>,
    },
    Edited(Result<(), StageError>),
    SaidFarewell(Result<Posted, StageError>),
    StartEdited {
        result: Result<(), StageError>,
        ends: bool,
    },
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
        let between = matches!(
            self.game.phase(),
            Phase::Waiting { .. } | Phase::Paused { .. } | Phase::Ended(_)
        );
        if between {
            self.queue_reveal();
        }
        match self.game.phase() {
            Phase::Gathering { .. } | Phase::Waiting { .. } | Phase::Paused { .. } => {}
            Phase::Asking { round, .. } => self.errands.push_back(Errand::Ask { round }),
            Phase::Ended(reason) => self.queue_end(reason),
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
            let result = self.game.apply(letter.input.clone(), now_ms);
            token = letter.token.or(token);
            let answer = match result {
                Ok(new) => {
                    let receipt = self.receipt(&letter.input, &new);
                    events.extend(new);
                    Answer::Done(receipt)
                }
                Err(refusal) => self.refused(&letter.input, refusal),
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
        // Where points are settled only when a question closes, its answers enter the ledger then.
        let settles_late = self.game.settings().rules().first_right_takes_it;
        for event in events {
            match *event {
                Event::Answered { round, user, .. } if !settles_late => {
                    write.answers.extend(self.answer_row(round, user));
                }
                Event::Closed { round, .. } => {
                    if settles_late {
                        let users = self.game.answers().keys();
                        let rows = users.filter_map(|user| self.answer_row(round, *user));
                        write.answers.extend(rows);
                    }
                    write.revealed.push(round);
                }
                Event::Asking { round, .. } => {
                    let question = &self.game.rounds()[usize::from(round)].question;
                    write.asked.push(question.id.clone());
                }
                _ => {}
            }
        }
        write
    }

    /// The line of the ledger for an answer to the current round, or to the last one.
    fn answer_row(&self, round: u16, user: UserId) -> Option<AnswerRow> {
        let given = self.game.answers().get(&user)?;
        let question = &self.game.rounds().get(usize::from(round))?.question;
        Some(AnswerRow {
            round,
            question: question.id.clone(),
            user: user.0,
            choice: match given.response {
                Response::Choice { choice } => choice,
                Response::Typed { .. } => TYPED,
            },
            correct: given.correct,
            points: given.points,
            elapsed_ms: given.elapsed_ms,
            at_ms: given.at_ms,
            topic: to_json(&question.topic).trim_matches('"').to_owned(),
        })
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
                Event::Closed { .. } | Event::Paused { .. } | Event::Unpaused { .. } => {
                    self.queue_reveal();
                }
                Event::Retimed { extended: true, .. } => self.queue_new_countdown(),
                Event::Begun { .. } => self.errands.push_back(Errand::EditStart {
                    message: quiz::started(&self.frame, &self.game),
                    ends: false,
                }),
                Event::Ended { reason } => self.queue_end(reason),
                _ => {}
            }
        }
    }

    /// A game that never began has no scoreboard: its start says how it ended.
    fn queue_end(&mut self, reason: EndReason) {
        self.errands.push_back(if self.game.has_begun() {
            Errand::Farewell
        } else {
            Errand::EditStart {
                message: lobby::closed(&self.frame, &self.game, reason),
                ends: true,
            }
        });
    }

    fn queue_reveal(&mut self) {
        let Some((_, id, _)) = self.game.last_closed() else {
            return;
        };
        if let Some(message) = reveal::reveal(&self.frame, &self.game) {
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
                let message = scoreboard(&self.frame, &self.game);
                let nonce = format!("{game}-end");
                Box::pin(async move {
                    Done::SaidFarewell(shared.stage.post(&route, &message, &nonce).await)
                })
            }
            Errand::EditStart { message, ends } => Box::pin(async move {
                let result = match &route.started_with {
                    Some(token) => shared.stage.edit_start(token, &message).await,
                    None => Ok(()),
                };
                Done::StartEdited { result, ends }
            }),
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
            Done::StartEdited { result, ends } => {
                if let Err(error) = result {
                    tracing::warn!(%game_id, %error, "game.start_not_edited");
                }
                if ends {
                    self.conclude().await;
                }
            }
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

    fn receipt(&self, input: &Input, events: &[Event]) -> Receipt {
        match *input {
            Input::Answer {
                round,
                ref response,
                ..
            } => Receipt::Locked {
                choice: match *response {
                    Response::Choice { choice } => Some(choice),
                    Response::Typed { .. } => None,
                },
                text: self.text_of(round, response).unwrap_or_default(),
            },
            Input::MayAnswer { round, .. } => Receipt::MayAnswer {
                typed: self.game.is_typed(round),
                prompt: self.prompt(round),
            },
            Input::Hint { round, user } => Receipt::Update(hint::given(&self.game, round, user)),
            Input::Enter { .. } | Input::Leave { .. } => {
                Receipt::Update(lobby::open(&self.frame, &self.game))
            }
            Input::Begin { .. } | Input::Accept { .. } => {
                Receipt::Update(quiz::started(&self.frame, &self.game))
            }
            Input::Decline { .. } => {
                let declined = EndReason::Declined;
                Receipt::Update(lobby::closed(&self.frame, &self.game, declined))
            }
            Input::Skip { round, .. } => Receipt::Voted {
                votes: self.game.skip_votes(),
                needed: self.game.skip_votes_needed(round),
                skipped: events.iter().any(is_skip),
            },
            Input::Join { .. } => Receipt::Joined,
            Input::Pause { .. } => Receipt::Paused {
                begun: matches!(self.game.phase(), Phase::Paused { .. }),
            },
            Input::Unpause { .. } => Receipt::Unpaused,
            Input::Stop { .. } => Receipt::Stopped,
            Input::Deadline | Input::Posted { .. } | Input::PostFailed { .. } | Input::Resumed => {
                Receipt::Noted
            }
        }
    }

    fn refused(&self, input: &Input, refusal: Refusal) -> Answer {
        let round = match *input {
            Input::Answer { round, .. }
            | Input::MayAnswer { round, .. }
            | Input::Hint { round, .. } => Some(round),
            _ => None,
        };
        let given = match (round, &refusal) {
            (Some(round), Refusal::AlreadyAnswered { response }) => self.text_of(round, response),
            _ => None,
        };
        Answer::Refused { refusal, given }
    }

    fn prompt(&self, round: u16) -> String {
        let round = self.game.rounds().get(usize::from(round));
        round.map_or_else(String::new, |r| r.question.prompt.clone())
    }

    fn text_of(&self, round: u16, response: &Response) -> Option<String> {
        match response {
            Response::Choice { choice } => self.choice_text(round, *choice),
            Response::Typed { text } => Some(text.clone()),
        }
    }

    fn choice_text(&self, round: u16, choice: u8) -> Option<String> {
        let round = self.game.rounds().get(usize::from(round))?;
        Some(round.choice(choice)?.text.clone())
    }
}

fn is_skip(event: &Event) -> bool {
    matches!(
        event,
        Event::Closed {
            reason: CloseReason::Skipped,
            ..
        }
    )
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
