//! Decides what an input leads to, and so how a game moves from question to question.
//!
//! `answering` holds who may answer and for how many points, `gathering` the lobby, `control`
//! skipping, pausing and stopping. The differences between modes are data, in `mode`.

use super::play::{Game, Phase};
use super::timing::{ARRIVAL_GRACE_MS, POST_GIVE_UP_MS};
use super::{CloseReason, EndReason, Event, Input, MessageId, Refusal};

/// If a question was in the channel for longer than this before the game learns of it, its time
/// starts only now: the confirmation was lost, or the process restarted.
const LATE_POST_MS: i64 = 3_000;
/// The pause before a failed question is retried. It doubles with each failure, up to the maximum.
const POST_AGAIN_MS: i64 = 5_000;
const POST_AGAIN_MAX_MS: i64 = 60_000;
/// The game ends after this many failed attempts to post one question. They take about ten minutes,
/// longer than most outages.
const POST_FAILURES_MAX: u8 = 12;
/// The game ends after this many rounds in a row without any answer.
const UNANSWERED_MAX: u16 = 3;

impl Game {
    /// Handles an input at `now_ms` (Unix milliseconds) and returns the resulting events, already
    /// applied to the state.
    ///
    /// # Errors
    /// A [`Refusal`] if the input changes nothing; the state is then unchanged.
    pub fn apply(&mut self, input: Input, now_ms: i64) -> Result<Vec<Event>, Refusal> {
        match input {
            Input::Deadline => self.on_deadline(now_ms),
            Input::Posted {
                round,
                message,
                posted_at_ms,
            } => self.on_posted(round, message, posted_at_ms, now_ms),
            Input::PostFailed { round, permanent } => self.on_post_failed(round, permanent, now_ms),
            Input::Answer {
                round,
                user,
                response,
                message,
                posted_at_ms,
                clicked_at_ms,
            } => {
                // A click may arrive before the confirmation that its question was posted. It then
                // counts as the confirmation.
                let opening = self.opening(round, message, posted_at_ms, now_ms);
                self.on_answer(opening, round, user, response, clicked_at_ms, now_ms)
            }
            Input::MayAnswer { round, user } => self.may_answer(round, user).map(|_| Vec::new()),
            Input::Hint { round, user } => self.on_hint(round, user),
            Input::Enter { user } => self.on_enter(user, None),
            Input::EnterTeam { user, team } => self.on_enter(user, Some(team)),
            Input::Leave { user } => self.on_leave(user),
            Input::Begin { user } => self.on_begin(user, now_ms),
            Input::Accept { user } => self.on_accept(user, now_ms),
            Input::Decline { user } => self.on_decline(user),
            Input::Skip { round, user } => self.on_skip(round, user, now_ms),
            Input::Pause { user, rights } => self.on_pause(user, rights, now_ms),
            Input::Unpause { user, rights } => self.on_unpause(user, rights, now_ms),
            Input::Stop { user, rights, sure } => self.on_stop(user, rights, sure, now_ms),
            Input::Next { user, rights, next } => self.on_next(user, rights, next, now_ms),
            Input::Break { user, rights, next } => self.on_break(user, rights, next, now_ms),
            Input::LastRound { user, rights, next } => self.on_last_round(user, rights, next),
            Input::MayJudge {
                user,
                rights,
                round,
            } => self.may_judge(user, rights, round).map(|()| Vec::new()),
            Input::Judge {
                user,
                rights,
                round,
                at,
                right,
            } => self.on_judge(user, rights, (round, at), right),
            Input::MayGive { user, rights } => self.may_give(user, rights).map(|()| Vec::new()),
            Input::Bonus {
                user,
                rights,
                to,
                nth,
                points,
            } => self.on_bonus(user, rights, to, (nth, points)),
            Input::UndoBonus { user, rights, nth } => self.on_undo_bonus(user, rights, nth),
            Input::Resumed => self.on_resumed(now_ms),
        }
    }

    pub(super) fn record(&mut self, events: Vec<Event>) -> Vec<Event> {
        for event in &events {
            self.evolve(event);
        }
        events
    }

    fn on_deadline(&mut self, now_ms: i64) -> Result<Vec<Event>, Refusal> {
        if self.deadline().is_none_or(|at| now_ms < at) {
            return Err(Refusal::Stale);
        }
        let event = match self.phase {
            Phase::Ended(_) => return Err(Refusal::Stale),
            Phase::Gathering { .. } => self.gathered(now_ms),
            Phase::Waiting { next, .. } => self.next_question_or_end(next, now_ms),
            Phase::Paused { .. } => Event::ended(EndReason::PausedTooLong),
            Phase::Held { next, .. } => return Ok(self.host_waited_for(next)),
            Phase::Asking { round, .. } => return self.on_post_failed(round, false, now_ms),
            Phase::Open {
                round,
                closes_at_ms,
                ..
            } => {
                if self.clues.is_due(now_ms) && now_ms < closes_at_ms {
                    let at_ms = now_ms;
                    return Ok(self.record(vec![Event::ClueOpened { round, at_ms }]));
                }
                let reason = if self.is_taken() {
                    CloseReason::Taken
                } else if self.all_are_in(round) {
                    CloseReason::Everyone
                } else {
                    CloseReason::TimeUp
                };
                return Ok(self.close_round(round, reason, now_ms));
            }
        };
        Ok(self.record(vec![event]))
    }

    fn next_question_or_end(&self, next: u16, now_ms: i64) -> Event {
        let reason = if let Some(decided) = self.decided() {
            decided
        } else if usize::from(next) >= self.rounds.len() {
            EndReason::Finished
        } else if self.unanswered >= UNANSWERED_MAX && !self.settings.hosted {
            EndReason::Abandoned
        } else {
            return Event::Asking {
                round: next,
                give_up_at_ms: now_ms + POST_GIVE_UP_MS,
            };
        };
        Event::ended(reason)
    }

    /// In modes with lives: whether everyone is out, or only one of several players is left.
    fn decided(&self) -> Option<EndReason> {
        self.settings.rules().lives?;
        match (self.standing().count(), self.seats.len()) {
            (0, _) => Some(EndReason::AllOut),
            (1, 2..) => Some(EndReason::LastStanding),
            _ => None,
        }
    }

    /// The round closes now, and its reveal is shown before the next one starts.
    pub(super) fn closed(&self, round: u16, reason: CloseReason, now_ms: i64) -> Event {
        Event::Closed {
            round,
            reason,
            next_at_ms: now_ms + self.tempo.intermission_ms,
        }
    }

    /// Closes a round: awards the points and takes the lives that are settled only now, and starts
    /// the pause that was asked for unless the game is over. A hosted game waits for its host.
    pub(super) fn close_round(
        &mut self,
        round: u16,
        reason: CloseReason,
        now_ms: i64,
    ) -> Vec<Event> {
        let mut closing = self.settled(round, reason);
        closing.push(self.closed(round, reason, now_ms));
        if self.settings.hosted {
            closing.push(Event::held(round + 1, false, now_ms));
        }
        let mut events = self.record(closing);
        let goes_on = usize::from(round) + 1 < self.rounds.len() && self.decided().is_none();
        if let Some(by) = self.pause_asked.filter(|_| goes_on) {
            events.extend(self.record(vec![Event::paused(round + 1, by, now_ms)]));
        }
        events
    }

    /// The points and lives that are settled when a round closes. A question that was skipped or
    /// stopped costs no life.
    pub(super) fn settled(&self, round: u16, reason: CloseReason) -> Vec<Event> {
        let rules = self.settings.rules();
        let mut events = self.points_at_close(round);
        let counts = !matches!(reason, CloseReason::Skipped | CloseReason::Stopped);
        if rules.lives.is_some() && counts {
            let right = |user: &_| self.answers.get(user).is_some_and(|given| given.correct);
            let users: Vec<_> = self.standing().filter(|user| !right(user)).collect();
            if !users.is_empty() && !self.spares_all() {
                events.push(Event::LivesLost { round, users });
            }
        }
        events
    }

    /// The points of a question that are known only when it closes.
    pub(super) fn points_at_close(&self, round: u16) -> Vec<Event> {
        let rules = self.settings.rules();
        let mut events = Vec::new();
        if rules.first_right_takes_it {
            events.extend(self.race_points(round));
        }
        if rules.teams {
            events.extend(self.team_points(round));
        }
        events
    }

    fn on_posted(
        &mut self,
        round: u16,
        message: MessageId,
        posted_at_ms: i64,
        now_ms: i64,
    ) -> Result<Vec<Event>, Refusal> {
        let opening = self.opening(round, message, posted_at_ms, now_ms);
        let opening = opening.ok_or(Refusal::Stale)?;
        Ok(self.record(vec![opening]))
    }

    /// The event that opens `round`, if its question is being posted.
    fn opening(
        &self,
        round: u16,
        message: MessageId,
        posted_at_ms: i64,
        now_ms: i64,
    ) -> Option<Event> {
        let is_asked = matches!(self.phase, Phase::Asking { round: asked, .. } if asked == round);
        is_asked.then(|| Event::Opened {
            round,
            message,
            opened_at_ms: posted_at_ms,
            closes_at_ms: now_ms + i64::from(self.settings.limit_ms()) + ARRIVAL_GRACE_MS,
            extended: now_ms - posted_at_ms > LATE_POST_MS,
        })
    }

    fn on_post_failed(
        &mut self,
        round: u16,
        permanent: bool,
        now_ms: i64,
    ) -> Result<Vec<Event>, Refusal> {
        match self.phase {
            Phase::Asking { round: asked, .. } if asked == round => {}
            _ => return Err(Refusal::Stale),
        }
        let event = if permanent || self.post_failures + 1 >= POST_FAILURES_MAX {
            Event::ended(EndReason::CannotPost)
        } else {
            let pause_ms = POST_AGAIN_MS << self.post_failures.min(8);
            Event::Postponed {
                round,
                again_at_ms: now_ms + pause_ms.min(POST_AGAIN_MAX_MS),
            }
        };
        Ok(self.record(vec![event]))
    }

    /// After a restart an open question gets its full time again, and answers that are late only
    /// because we were not listening still count. A question that was being sent is sent again,
    /// with the same time limit as before.
    fn on_resumed(&mut self, now_ms: i64) -> Result<Vec<Event>, Refusal> {
        let (round, opened_at_ms) = match self.phase {
            Phase::Open {
                round,
                opened_at_ms,
                ..
            } => (round, opened_at_ms),
            Phase::Asking { round, .. } => {
                return Ok(self.record(vec![Event::Asking {
                    round,
                    give_up_at_ms: now_ms + POST_GIVE_UP_MS,
                }]));
            }
            _ => return Err(Refusal::Stale),
        };
        let closes_at_ms = if self.is_taken() {
            self.settles_at_ms(now_ms)
        } else if self.all_are_in(round) {
            now_ms.max(self.earliest_close_ms(opened_at_ms))
        } else {
            now_ms + i64::from(self.settings.limit_ms()) + ARRIVAL_GRACE_MS
        };
        Ok(self.record(vec![Event::Retimed {
            round,
            closes_at_ms,
            extended: true,
        }]))
    }
}
