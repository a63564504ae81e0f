//! The task of one game.

use super::journal::Journal;
use super::letters::{Answer, HostError, Letter, Mail, Receipt};
use super::mailbox::Receiver;
use super::route::{InteractionToken, Route};
use super::stage::{Posted, Stage, StageError};
use super::{Shared, members, over, to_json};
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
use tokio::sync::oneshot;

/// The pause after the store failed, doubled each time up to the maximum.
const STORE_PAUSE_MS: i64 = 250;
const STORE_PAUSE_MAX_MS: i64 = 10_000;
/// How long an errand may take, whatever the stage does: less than the game waits for a question
/// to be posted.
const ERRAND_MAX: Duration = Duration::from_secs(25);
/// How often the scoreboard is tried, and the pause between two tries.
const FAREWELL_TRIES: u8 = 3;
const FAREWELL_PAUSE: Duration = Duration::from_secs(5);
/// What stands in the ledger for a typed answer, where the number of a choice would stand.
const TYPED: u8 = u8::MAX;

pub(super) struct Actor<S: Stage, J: Journal> {
    shared: Arc<Shared<S, J>>,
    frame: Frame,
    game: Game,
    /// Events stored so far.
    stored: u32,
    route: Route,
    /// Things to post or edit, in order, one at a time.
    errands: VecDeque<Errand>,
    running: Option<Running>,
    /// The route has changed since it was stored.
    route_changed: bool,
    store_failures: u32,
    /// After a store failure: do nothing by the clock before this time.
    not_before_ms: i64,
    /// The store failed, so the state in memory may be ahead of it and must be read again.
    stale: bool,
    /// What an errand brought, or a restart, and the store has not taken yet.
    unheard: Option<Input>,
    course: Course,
    /// The process stops: no question is put any more.
    leaving: bool,
}

/// How far a game is on its way out.
#[derive(PartialEq, Eq)]
enum Course {
    /// It is played, or its end is being told.
    On,
    /// All is said in the channel; that the game is over is yet to be stored.
    SaidAll,
    /// There is nothing more to do for this task.
    Done,
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
    Farewell {
        /// How often it was tried before.
        tries: u8,
    },
    /// The game goes on after a restart. The one who asked learns whether that was said.
    SayRestart(oneshot::Sender<bool>),
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
    SaidFarewell {
        tries: u8,
        result: Result<Posted, StageError>,
    },
    StartEdited {
        result: Result<(), StageError>,
        ends: bool,
    },
    SaidRestart {
        result: Result<Posted, StageError>,
        asked_by: oneshot::Sender<bool>,
    },
}

type Running = Pin<Box<dyn Future<Output = Done> + Send>>;

/// What woke the task.
enum Wake {
    Mail(Vec<Mail>),
    Errand(Done),
    Deadline,
    Closed,
}

impl<S: Stage, J: Journal> Actor<S, J> {
    pub(super) fn new(
        shared: Arc<Shared<S, J>>,
        frame: Frame,
        game: Game,
        stored: u32,
        mut route: Route,
    ) -> Self {
        if game.has_begun() {
            route.forget_start();
        }
        Self {
            shared,
            frame,
            game,
            stored,
            route,
            errands: VecDeque::new(),
            running: None,
            route_changed: false,
            store_failures: 0,
            not_before_ms: 0,
            stale: false,
            unheard: None,
            course: Course::On,
            leaving: false,
        }
    }

    /// Goes on with a game that an earlier process left.
    pub(super) async fn resume(mut self: Box<Self>, letters: Receiver<Mail>) {
        self.catch_up();
        self.run(letters).await;
    }

    /// Does again whatever may not have got done of what is stored. Every such errand may safely
    /// be done twice.
    fn catch_up(&mut self) {
        let between = matches!(
            self.game.phase(),
            Phase::Waiting { .. } | Phase::Paused { .. } | Phase::Ended(_)
        );
        if between {
            self.queue_reveal();
        }
        match self.game.phase() {
            Phase::Gathering { .. } | Phase::Waiting { .. } | Phase::Paused { .. } => {}
            Phase::Ended(reason) => self.queue_end(reason),
            Phase::Asking { .. } | Phase::Open { .. } => self.unheard = Some(Input::Resumed),
        }
    }

    /// Runs until the game is over and everybody knows. Boxed, because a task has room twice for
    /// what it is given.
    pub(super) async fn run(mut self: Box<Self>, mut letters: Receiver<Mail>) {
        while self.course != Course::Done {
            self.next_errand();
            // Boxed, so that a game that waits, as it nearly always does, holds no room for work.
            match self.wake(&mut letters).await {
                Wake::Mail(mail) => Box::pin(self.read(mail)).await,
                Wake::Deadline => Box::pin(self.on_time()).await,
                Wake::Errand(done) => Box::pin(self.errand_done(done)).await,
                Wake::Closed => return,
            }
        }
        tracing::info!(game_id = %self.frame.game, "game.ended");
    }

    /// When there is something to do by the clock.
    fn due_ms(&self) -> Option<i64> {
        if self.stale || self.unheard.is_some() || self.course == Course::SaidAll {
            return Some(self.not_before_ms);
        }
        let deadline = self.game.deadline();
        deadline.map(|at| at.max(self.not_before_ms))
    }

    /// What is due by the clock: first what the store has refused so far.
    async fn on_time(&mut self) {
        if self.course == Course::SaidAll {
            self.conclude().await;
        } else if self.stale || self.unheard.is_some() {
            self.process(Vec::new()).await;
        } else {
            self.process(vec![letter(Input::Deadline)]).await;
        }
    }

    /// Takes in what no member sent. It is kept until the store has taken it.
    async fn hear(&mut self, input: Input) {
        self.unheard = Some(input);
        self.process(Vec::new()).await;
    }

    async fn read(&mut self, mail: Vec<Mail>) {
        let mut letters = Vec::with_capacity(mail.len());
        for piece in mail {
            match piece {
                Mail::Letter(letter) => letters.push(*letter),
                Mail::Leave(asked_by) => self.leave(asked_by),
            }
        }
        if !letters.is_empty() {
            self.process(letters).await;
        }
    }

    /// Has the channel told that the game goes on after a restart, if there is anything to go on
    /// and the bot may speak there. Until the end clicks are taken as ever.
    fn leave(&mut self, asked_by: oneshot::Sender<bool>) {
        self.leaving = true;
        let is_over = matches!(self.game.phase(), Phase::Ended(_));
        if self.route.may_post && !is_over {
            self.errands.push_front(Errand::SayRestart(asked_by));
        }
    }

    async fn wake(&mut self, letters: &mut Receiver<Mail>) -> Wake {
        let now_ms = (self.shared.clock)();
        // Without anything due the game is over and its last errand, which is bounded, runs.
        let sleep_ms = self.due_ms().map_or(60_000, |at| at - now_ms).max(0);
        let sleep = tokio::time::sleep(Duration::from_millis(sleep_ms.unsigned_abs()));
        tokio::select! {
            biased;
            done = run_errand(&mut self.running) => {
                self.running = None;
                Wake::Errand(done)
            }
            mail = letters.receive() => {
                if mail.is_empty() { Wake::Closed } else { Wake::Mail(mail) }
            }
            () = sleep => Wake::Deadline,
        }
    }

    /// Applies a batch, commits it, and only then answers. What the store refused before comes
    /// first.
    async fn process(&mut self, batch: Vec<Letter>) {
        if self.stale
            && let Err(error) = self.read_again().await
        {
            return refuse(batch.into_iter().map(|letter| letter.reply), &error);
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
        for letter in batch {
            let result = self.game.apply(letter.input.clone(), now_ms);
            self.roll_token(letter.token);
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
        if !events.is_empty()
            && let Err(error) = self.commit(&events).await
        {
            return refuse(answers.into_iter().map(|(reply, _)| reply), &error);
        }
        self.unheard = None;
        for (reply, answer) in answers {
            tell(reply, Ok(answer));
        }
        self.follow_up(&events);
    }

    /// A question that came to stand in the channel when the game had ended is taken back.
    fn not_wanted(&mut self, input: &Input) {
        if let (Input::Posted { message, .. }, Phase::Ended(_)) = (input, self.game.phase()) {
            self.errands.push_front(Errand::Edit {
                id: *message,
                message: quiz::withdrawn(),
            });
        }
    }

    /// Keeps the newest token for follow-ups. It is stored where there is no other way to post.
    fn roll_token(&mut self, token: Option<InteractionToken>) {
        if let Some(token) = token {
            self.route.token = token;
            self.route_changed |= !self.route.may_post;
        }
    }

    async fn commit(&mut self, events: &[Event]) -> Result<(), String> {
        let write = self.write(events);
        match self.shared.journal.commit(write).await {
            Ok(()) => {
                self.stored += u32::try_from(events.len()).unwrap_or(u32::MAX);
                self.route_changed = false;
                self.store_failures = 0;
                self.not_before_ms = 0;
                Ok(())
            }
            Err(error) => {
                tracing::error!(game_id = %self.frame.game, %error, "game.commit_failed");
                self.stale = true;
                self.pause();
                Err(error.to_string())
            }
        }
    }

    /// The store failed: wait before trying again by the clock, longer each time.
    fn pause(&mut self) {
        self.store_failures = self.store_failures.saturating_add(1);
        let pause_ms = (STORE_PAUSE_MS << self.store_failures.min(6)).min(STORE_PAUSE_MAX_MS);
        self.not_before_ms = (self.shared.clock)() + pause_ms;
    }

    fn write(&self, events: &[Event]) -> Write {
        let mut write = Write {
            game: self.frame.game.0,
            first_seq: self.stored,
            events: events.iter().map(to_json).collect(),
            route: self.route_changed.then(|| to_json(&self.route)),
            members: members(events),
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

    /// After a failed commit the state in memory is ahead of the store: takes the stored one.
    async fn read_again(&mut self) -> Result<(), String> {
        let stored = match self.shared.journal.game(self.frame.game.0).await {
            Ok(Some(stored)) => stored,
            Ok(None) => return Err(self.forget("it is not stored")),
            Err(error) => {
                tracing::error!(game_id = %self.frame.game, %error, "game.read_failed");
                self.pause();
                return Err(error.to_string());
            }
        };
        let (game, count) = match self.shared.replay(&stored.events) {
            Ok(replayed) => replayed,
            Err(error) => return Err(self.forget(&error.to_string())),
        };
        self.stale = false;
        self.game = game;
        if count != self.stored {
            // The store had taken it after all, and nothing has followed from it yet.
            self.stored = count;
            self.catch_up();
        }
        Ok(())
    }

    /// Lets go of a game that cannot even be read; the next start of the process takes it up.
    fn forget(&mut self, error: &str) -> String {
        tracing::error!(game_id = %self.frame.game, error, "game.left_for_next_start");
        self.course = Course::Done;
        error.to_owned()
    }

    /// What the channel must see of stored events.
    fn follow_up(&mut self, events: &[Event]) {
        for event in events {
            match *event {
                Event::Asking { round, .. } => self.errands.push_back(Errand::Ask { round }),
                Event::Closed { .. } | Event::Paused { .. } | Event::Unpaused { .. } => {
                    self.queue_reveal();
                }
                Event::Opened { extended: true, .. } | Event::Retimed { extended: true, .. } => {
                    self.queue_new_countdown();
                }
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
            Errand::Farewell { tries: 0 }
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
        if self.leaving {
            // Nobody could answer it. It is stored that it is due, and the next process puts it.
            self.errands
                .retain(|errand| !matches!(errand, Errand::Ask { .. }));
        }
        if let Some(errand) = self.errands.pop_front() {
            self.running = Some(self.begin(errand));
        }
        if self.errands.is_empty() {
            // A game waits far longer than it has errands, and their messages take room.
            self.errands.shrink_to_fit();
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
                    let result = bounded(shared.stage.post(&route, &message, &nonce)).await;
                    Done::Asked { round, result }
                })
            }
            Errand::Edit { id, message } => Box::pin(async move {
                let edited = bounded(shared.stage.edit(&route, id, &message)).await;
                Done::Edited(edited)
            }),
            Errand::Farewell { tries } => {
                let message = scoreboard(&self.frame, &self.game);
                let nonce = format!("{game}-end");
                Box::pin(async move {
                    if tries > 0 {
                        tokio::time::sleep(FAREWELL_PAUSE).await;
                    }
                    let result = bounded(shared.stage.post(&route, &message, &nonce)).await;
                    let tries = tries + 1;
                    Done::SaidFarewell { tries, result }
                })
            }
            Errand::SayRestart(asked_by) => {
                // The same within minutes, as after two stops in a row, is said once.
                let nonce = format!("{game}-r{}", self.stored % 10_000);
                Box::pin(async move {
                    let message = quiz::restarting();
                    let result = bounded(shared.stage.post(&route, &message, &nonce)).await;
                    Done::SaidRestart { result, asked_by }
                })
            }
            Errand::EditStart { message, ends } => Box::pin(async move {
                let result = match &route.started_with {
                    Some(token) => bounded(shared.stage.edit_start(token, &message)).await,
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
                self.route_changed |= self.route.posted_with != posted.posted_with;
                self.route.posted_with = posted.posted_with;
                self.hear(Input::Posted {
                    round,
                    message: posted.id,
                    posted_at_ms: posted.at_ms,
                })
                .await;
            }
            Done::Asked {
                round,
                result: Err(error),
            } => {
                tracing::warn!(%game_id, round, %error, "game.question_not_posted");
                let permanent = matches!(error, StageError::Gone(_));
                self.hear(Input::PostFailed { round, permanent }).await;
            }
            Done::Edited(Ok(())) => {}
            Done::Edited(Err(error)) => tracing::warn!(%game_id, %error, "game.message_not_edited"),
            Done::StartEdited { result, ends } => {
                if let Err(error) = result {
                    tracing::warn!(%game_id, %error, "game.start_not_edited");
                }
                if ends {
                    self.conclude().await;
                } else {
                    self.route.forget_start();
                }
            }
            Done::SaidRestart { result, asked_by } => {
                if let Err(error) = &result {
                    tracing::info!(%game_id, %error, "game.restart_not_said");
                }
                // Whoever asked may have given up waiting.
                let _ = asked_by.send(result.is_ok());
            }
            Done::SaidFarewell { tries, result } => {
                let again = matches!(result, Err(StageError::Failed(_))) && tries < FAREWELL_TRIES;
                if let Err(error) = result {
                    tracing::warn!(%game_id, tries, %error, "game.scoreboard_not_posted");
                }
                if again {
                    self.errands.push_back(Errand::Farewell { tries });
                } else {
                    self.conclude().await;
                }
            }
        }
    }

    /// Marks the game as over in the store, so that no restart takes it up again. Tried until the
    /// store takes it.
    async fn conclude(&mut self) {
        self.course = Course::SaidAll;
        match self.shared.journal.commit(over(self.frame.game)).await {
            Ok(()) => self.course = Course::Done,
            Err(error) => {
                tracing::error!(game_id = %self.frame.game, %error, "game.conclude_failed");
                self.pause();
            }
        }
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

/// What a call of the stage brings, or a failure if it takes too long.
async fn bounded<T>(call: impl Future<Output = Result<T, StageError>>) -> Result<T, StageError> {
    let done = tokio::time::timeout(ERRAND_MAX, call).await;
    done.unwrap_or_else(|_| Err(StageError::Failed("it took too long".to_owned())))
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

/// Tells everybody that nothing was stored.
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
        // Whoever asked may have given up waiting; the game does not care.
        let _ = reply.send(answer);
    }
}
