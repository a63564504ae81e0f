//! What an input leads to: the rules of the game.

use super::event::{CloseReason, EndReason, Event};
use super::play::{Game, Phase};
use super::{Input, MessageId, Refusal, UserId, score};
use std::collections::BTreeSet;

/// How long after a question's limit, by the process's own clock, answers that were clicked in
/// time may still come in over the network.
const ARRIVAL_GRACE_MS: i64 = 1_000;
/// How long a reveal stands before the next question.
const INTERMISSION_MS: i64 = 5_000;
/// In the first round nobody knows yet who plays, so the question stays open this long for others
/// to join even when the starter has answered.
const FIRST_ROUND_MIN_MS: i64 = 8_000;
/// How long posting a question may take before it is tried again under the same nonce.
const POST_GIVE_UP_MS: i64 = 30_000;
/// The pause before a failed question is tried again.
const POST_AGAIN_MS: i64 = 5_000;
/// Failed tries after which the game ends.
const POST_FAILURES_MAX: u8 = 3;
/// Rounds in a row without any answer after which the game ends.
const UNANSWERED_MAX: u16 = 3;
/// A player counts as active for this many rounds after an answer.
const ACTIVE_ROUNDS: u16 = 2;

impl Game {
    /// Takes an input at `now_ms` (Unix milliseconds) and returns what came of it, already part
    /// of the state.
    ///
    /// # Errors
    /// A [`Refusal`] if the input changes nothing; the state is then as it was.
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
                choice,
                message,
                posted_at_ms,
                clicked_at_ms,
            } => {
                // A click may overtake the news that its question was posted; it is news enough.
                let opening = self.opening(round, message, posted_at_ms, now_ms);
                self.on_answer(opening, round, user, choice, clicked_at_ms, now_ms)
            }
            Input::Join { user } => self.on_join(user),
            Input::Skip { round, user } => self.on_skip(round, user, now_ms),
            Input::Stop { user, may_manage } => self.on_stop(user, may_manage, now_ms),
            Input::Resumed => self.on_resumed(now_ms),
        }
    }

    fn record(&mut self, events: Vec<Event>) -> Vec<Event> {
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
            Phase::Waiting { next, .. } => self.next_question_or_end(next, now_ms),
            Phase::Asking { round, .. } => return self.on_post_failed(round, false, now_ms),
            Phase::Open { round, .. } => close(round, CloseReason::TimeUp, now_ms),
        };
        Ok(self.record(vec![event]))
    }

    fn next_question_or_end(&self, next: u16, now_ms: i64) -> Event {
        let reason = if usize::from(next) >= self.rounds.len() {
            EndReason::Finished
        } else if self.unanswered >= UNANSWERED_MAX {
            EndReason::Abandoned
        } else {
            return Event::Asking {
                round: next,
                give_up_at_ms: now_ms + POST_GIVE_UP_MS,
            };
        };
        Event::Ended { reason }
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
            Event::Ended {
                reason: EndReason::CannotPost,
            }
        } else {
            Event::Postponed {
                round,
                again_at_ms: now_ms + POST_AGAIN_MS,
            }
        };
        Ok(self.record(vec![event]))
    }

    fn on_answer(
        &mut self,
        opening: Option<Event>,
        round: u16,
        user: UserId,
        choice: u8,
        clicked_at_ms: i64,
        now_ms: i64,
    ) -> Result<Vec<Event>, Refusal> {
        let (opened_at_ms, extended) = match opening {
            Some(Event::Opened { opened_at_ms, .. }) => (opened_at_ms, false),
            _ => self.open_round(round)?,
        };
        let asked = &self.rounds[usize::from(round)];
        if asked.choice(choice).is_none() {
            return Err(Refusal::NoSuchChoice);
        }
        let given = self.answers.get(&user).filter(|_| opening.is_none());
        if let Some(given) = given {
            return Err(Refusal::AlreadyAnswered {
                choice: given.choice,
            });
        }
        let limit_ms = self.settings.limit_ms();
        let elapsed_ms = u32::try_from((clicked_at_ms - opened_at_ms).max(0)).unwrap_or(u32::MAX);
        if elapsed_ms > limit_ms && !extended {
            return Err(Refusal::TooLate);
        }
        let correct = choice == asked.correct();
        let streak = if correct {
            self.streak_before(user, round) + 1
        } else {
            0
        };
        let points = if correct {
            score::points(asked.question.difficulty, elapsed_ms, limit_ms, streak)
        } else {
            0
        };
        let answered = Event::Answered {
            round,
            user,
            choice,
            correct,
            points,
            streak,
            elapsed_ms,
            at_ms: clicked_at_ms,
        };
        let mut events = self.record(opening.into_iter().chain([answered]).collect());
        let follow_up = self.after_answer(round, opened_at_ms, now_ms);
        events.extend(self.record(follow_up));
        Ok(events)
    }

    /// The open round's start and whether it is extended, if `round` is the open one.
    fn open_round(&self, round: u16) -> Result<(i64, bool), Refusal> {
        match self.phase {
            Phase::Ended(_) => Err(Refusal::GameOver),
            Phase::Open {
                round: open,
                opened_at_ms,
                extended,
                ..
            } if open == round => Ok((opened_at_ms, extended)),
            _ => Err(Refusal::TooLate),
        }
    }

    /// Right answers in a row just before `round`: a round left out breaks the row.
    fn streak_before(&self, user: UserId, round: u16) -> u16 {
        self.players
            .get(&user)
            .filter(|p| p.last_round + 1 == round)
            .map_or(0, |p| p.streak)
    }

    /// Closes the round early once every active player has answered.
    fn after_answer(&self, round: u16, opened_at_ms: i64, now_ms: i64) -> Vec<Event> {
        let everyone = self
            .active(round)
            .iter()
            .all(|u| self.answers.contains_key(u));
        if !everyone {
            return Vec::new();
        }
        if round > 0 || self.settings.solo {
            return vec![close(round, CloseReason::Everyone, now_ms)];
        }
        let Phase::Open { closes_at_ms, .. } = self.phase else {
            return Vec::new();
        };
        let sooner = now_ms.max(opened_at_ms + FIRST_ROUND_MIN_MS);
        if sooner >= closes_at_ms {
            return Vec::new();
        }
        vec![Event::Retimed {
            round,
            closes_at_ms: sooner,
            extended: false,
        }]
    }

    /// Who is expected to answer `round`: those who answered one of the last two questions or
    /// joined since, and in the first round the starter.
    fn active(&self, round: u16) -> BTreeSet<UserId> {
        let mut active: BTreeSet<UserId> = self
            .seen
            .iter()
            .filter(|(_, last)| **last + ACTIVE_ROUNDS >= round)
            .map(|(id, _)| *id)
            .collect();
        if round == 0 {
            active.insert(self.settings.starter);
        }
        active
    }

    /// Votes that skip the round: more than half of the active players.
    #[must_use]
    pub fn skip_votes_needed(&self, round: u16) -> u16 {
        u16::try_from(self.active(round).len() / 2 + 1).unwrap_or(u16::MAX)
    }

    /// Votes given so far to skip the open round.
    #[must_use]
    pub fn skip_votes(&self) -> u16 {
        u16::try_from(self.skip_votes.len()).unwrap_or(u16::MAX)
    }

    fn on_join(&mut self, user: UserId) -> Result<Vec<Event>, Refusal> {
        let round = match self.phase {
            Phase::Ended(_) => return Err(Refusal::GameOver),
            Phase::Waiting { next, .. } => next,
            Phase::Asking { round, .. } | Phase::Open { round, .. } => round,
        };
        if self.active(round).contains(&user) {
            return Err(Refusal::AlreadyIn);
        }
        Ok(self.record(vec![Event::Joined { round, user }]))
    }

    fn on_skip(&mut self, round: u16, user: UserId, now_ms: i64) -> Result<Vec<Event>, Refusal> {
        self.open_round(round)?;
        let needed = self.skip_votes_needed(round);
        if self.skip_votes.contains(&user) {
            return Err(Refusal::AlreadyVoted {
                votes: self.skip_votes(),
                needed,
            });
        }
        let is_starter = user == self.settings.starter;
        if !is_starter && !self.active(round).contains(&user) {
            return Err(Refusal::NotPlaying);
        }
        let mut events = self.record(vec![Event::SkipVoted { round, user }]);
        if is_starter || self.skip_votes() >= needed {
            events.extend(self.record(vec![close(round, CloseReason::Skipped, now_ms)]));
        }
        Ok(events)
    }

    fn on_stop(
        &mut self,
        user: UserId,
        may_manage: bool,
        now_ms: i64,
    ) -> Result<Vec<Event>, Refusal> {
        if matches!(self.phase, Phase::Ended(_)) {
            return Err(Refusal::GameOver);
        }
        if user != self.settings.starter && !may_manage {
            return Err(Refusal::NotYours {
                starter: self.settings.starter,
            });
        }
        let mut events = Vec::with_capacity(2);
        if let Phase::Open { round, .. } = self.phase {
            events.push(close(round, CloseReason::Stopped, now_ms));
        }
        events.push(Event::Ended {
            reason: EndReason::Stopped,
        });
        Ok(self.record(events))
    }

    /// After a restart an open question gets its whole time again, and answers that are late only
    /// because nobody listened still count.
    fn on_resumed(&mut self, now_ms: i64) -> Result<Vec<Event>, Refusal> {
        let Phase::Open { round, .. } = self.phase else {
            return Err(Refusal::Stale);
        };
        Ok(self.record(vec![Event::Retimed {
            round,
            closes_at_ms: now_ms + i64::from(self.settings.limit_ms()) + ARRIVAL_GRACE_MS,
            extended: true,
        }]))
    }
}

fn close(round: u16, reason: CloseReason, now_ms: i64) -> Event {
    Event::Closed {
        round,
        reason,
        next_at_ms: now_ms + INTERMISSION_MS,
    }
}
