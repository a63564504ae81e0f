//! A hosted game. The host does not play: they open each question, judge typed answers after it has
//! closed, give bonus points, and call breaks and the last round.
//!
//! Between two questions the game is held. Until the host goes on, the answers to the closed
//! question can still be judged, so only then are they final ([`Event::Confirmed`]).

use super::hosting::{Bonus, Mark};
use super::play::{Game, Phase};
use super::player::GivenAnswer;
use super::timing::HOST_WAIT_MS;
use super::{ControlRights, EndReason, Event, Refusal, Response, UserId};
use crate::facts::fold;
use std::collections::BTreeMap;

/// The bonuses that a host can choose from, in points.
pub const BONUS_STEPS: [u32; 2] = [50, 100];
/// The most bonus points of a game, all players together.
pub const BONUS_TOTAL_MAX: u32 = 1_000;

/// What members typed to a question, with everyone who typed the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedAnswer {
    /// What they typed, as one of them wrote it.
    pub text: String,
    /// Who typed it.
    pub users: Vec<UserId>,
    /// Whether it counts as right now.
    pub correct: bool,
    /// Whether the host decided that, against the game's own judgement.
    pub judged: bool,
}

impl Game {
    /// Who hosts the game; `None` if nobody does.
    #[must_use]
    pub fn host(&self) -> Option<UserId> {
        self.settings.hosted.then_some(self.settings.starter)
    }

    /// The closed round whose answers the host can still judge.
    #[must_use]
    pub fn unconfirmed(&self) -> Option<u16> {
        self.hosting.as_ref()?.unconfirmed
    }

    /// The bonuses so far, in order, those taken back as well.
    #[must_use]
    pub fn bonuses(&self) -> &[Bonus] {
        self.hosting
            .as_ref()
            .map_or(&[], |hosting| &hosting.bonuses)
    }

    /// How many bonus points the host can still give.
    #[must_use]
    pub fn bonus_left(&self) -> u32 {
        let given: u32 = self.standing_bonuses().map(|bonus| bonus.points).sum();
        BONUS_TOTAL_MAX.saturating_sub(given)
    }

    /// The bonuses that were not taken back, in order.
    pub fn standing_bonuses(&self) -> impl Iterator<Item = &Bonus> {
        let all = self.bonuses().iter();
        all.filter(|bonus| bonus.undone.is_none())
    }

    /// The number of the last bonus that was not taken back, counted from 0.
    #[must_use]
    pub fn last_bonus(&self) -> Option<u16> {
        let at = self
            .bonuses()
            .iter()
            .rposition(|bonus| bonus.undone.is_none());
        at.and_then(|at| u16::try_from(at).ok())
    }

    /// The bonus points of one player.
    #[must_use]
    pub fn bonus_of(&self, user: UserId) -> u32 {
        let own = self.standing_bonuses().filter(|bonus| bonus.user == user);
        own.map(|bonus| bonus.points).sum()
    }

    /// What members typed to the question that closed last. The order stays the same however the
    /// answers are judged.
    #[must_use]
    pub fn typed_answers(&self) -> Vec<TypedAnswer> {
        let mut typed: BTreeMap<(String, bool), TypedAnswer> = BTreeMap::new();
        for (user, given) in &self.answers {
            let Response::Typed { text } = &given.response else {
                continue;
            };
            let was_right = given.correct != given.judged;
            let answer = typed
                .entry((fold(text), was_right))
                .or_insert_with(|| TypedAnswer {
                    text: text.clone(),
                    users: Vec::new(),
                    correct: given.correct,
                    judged: given.judged,
                });
            answer.users.push(*user);
        }
        typed.into_values().collect()
    }

    /// Refuses the host, who knows the answers to come and judges those that were given.
    pub(super) fn refuse_host(&self, user: UserId) -> Result<(), Refusal> {
        if self.host() == Some(user) {
            Err(Refusal::HostDoesNotPlay)
        } else {
            Ok(())
        }
    }

    /// The host opens the next question or, after the last one, shows the scores.
    pub(super) fn on_next(
        &mut self,
        user: UserId,
        rights: ControlRights,
        next: u16,
        now_ms: i64,
    ) -> Result<Vec<Event>, Refusal> {
        self.hosted_by(user, rights)?;
        self.held_before(next)?;
        let goes_on = if usize::from(next) < self.rounds.len() {
            Event::Unpaused {
                next,
                next_at_ms: now_ms,
            }
        } else {
            Event::ended(EndReason::Finished)
        };
        let events = self.confirming().into_iter().chain([goes_on]);
        Ok(self.record(events.collect()))
    }

    /// A break gives the host the whole time again.
    pub(super) fn on_break(
        &mut self,
        user: UserId,
        rights: ControlRights,
        next: u16,
        now_ms: i64,
    ) -> Result<Vec<Event>, Refusal> {
        self.hosted_by(user, rights)?;
        if self.held_before(next)? {
            return Err(Refusal::PausedAlready);
        }
        Ok(self.record(vec![Event::held(next, true, now_ms)]))
    }

    pub(super) fn on_last_round(
        &mut self,
        user: UserId,
        rights: ControlRights,
        next: u16,
    ) -> Result<Vec<Event>, Refusal> {
        self.hosted_by(user, rights)?;
        self.held_before(next)?;
        if usize::from(next) + 1 >= self.rounds.len() {
            return Err(Refusal::Stale);
        }
        Ok(self.record(vec![Event::LastCalled {
            round: next,
            by: user,
        }]))
    }

    /// Whether this member can see and judge the typed answers to `round` now.
    pub(super) fn may_judge(
        &self,
        user: UserId,
        rights: ControlRights,
        round: u16,
    ) -> Result<(), Refusal> {
        self.hosted_by(user, rights)?;
        let is_held = matches!(self.phase, Phase::Held { .. });
        if !is_held || self.unconfirmed() != Some(round) {
            Err(Refusal::Confirmed)
        } else if self.is_typed(round) {
            Ok(())
        } else {
            Err(Refusal::NoSuchChoice)
        }
    }

    /// Counts an answer, and the same answer of others, as right or wrong. `at` is its place in
    /// [`Self::typed_answers`].
    pub(super) fn on_judge(
        &mut self,
        user: UserId,
        rights: ControlRights,
        (round, at): (u16, u16),
        right: bool,
    ) -> Result<Vec<Event>, Refusal> {
        self.may_judge(user, rights, round)?;
        let typed = self.typed_answers();
        let answer = typed.get(usize::from(at)).ok_or(Refusal::NoSuchChoice)?;
        if answer.correct == right {
            return Ok(Vec::new());
        }
        let marks = self.marks(round, &answer.users, right);
        Ok(self.record(vec![Event::Judged {
            round,
            by: user,
            marks,
        }]))
    }

    /// What every answer to `round` is worth if those of `users` are right or wrong; only those
    /// that change.
    fn marks(&self, round: u16, users: &[UserId], right: bool) -> Vec<Mark> {
        let mut after = self.clone();
        let settles_at_close = self.settings.rules().settles_at_close();
        for user in users {
            let Some(given) = after.answers.get_mut(user) else {
                continue;
            };
            given.correct = right;
            given.streak = if right { given.streak_before + 1 } else { 0 };
            given.points = if right && !settles_at_close {
                self.worth(round, *user, given.elapsed_ms, given.at_ms, given.streak)
            } else {
                0
            };
        }
        if settles_at_close {
            after.score_anew(round);
        }
        let changed = |(user, given): (&UserId, &GivenAnswer)| {
            let mark = Mark {
                user: *user,
                correct: given.correct,
                points: given.points,
                streak: given.streak,
            };
            (self.answers.get(user) != Some(given)).then_some(mark)
        };
        after.answers.iter().filter_map(changed).collect()
    }

    /// Awards again the points of a question that are known only when it closes.
    fn score_anew(&mut self, round: u16) {
        for (_, given) in self.answers.iter_mut() {
            given.points = 0;
        }
        for event in self.points_at_close(round) {
            if let Event::Scored { user, points, .. } = event
                && let Some(given) = self.answers.get_mut(&user)
            {
                given.points = points;
            }
        }
    }

    /// Gives bonus points as bonus number `nth`, counted from 0. Does nothing if there is such a
    /// bonus already, so that a repeated press gives nothing more.
    pub(super) fn on_bonus(
        &mut self,
        user: UserId,
        rights: ControlRights,
        to: UserId,
        (nth, points): (u16, u32),
    ) -> Result<Vec<Event>, Refusal> {
        self.may_give(user, rights)?;
        if usize::from(nth) != self.bonuses().len() {
            return Err(Refusal::GivenAlready);
        }
        if !BONUS_STEPS.contains(&points) {
            return Err(Refusal::NoSuchChoice);
        }
        if !self.players.contains_key(&to) {
            return Err(Refusal::NoSuchPlayer);
        }
        let left = self.bonus_left();
        if points > left {
            return Err(Refusal::BonusSpent { left });
        }
        let round = self.closed_rounds().saturating_sub(1);
        Ok(self.record(vec![Event::Bonus {
            round,
            user: to,
            points,
            by: user,
        }]))
    }

    /// Takes back bonus number `nth`, counted from 0. Doing it again changes nothing.
    pub(super) fn on_undo_bonus(
        &mut self,
        user: UserId,
        rights: ControlRights,
        nth: u16,
    ) -> Result<Vec<Event>, Refusal> {
        self.may_give(user, rights)?;
        let bonus = self.bonuses().get(usize::from(nth));
        if bonus.ok_or(Refusal::NoSuchChoice)?.undone.is_some() {
            return Ok(Vec::new());
        }
        let round = self.closed_rounds().saturating_sub(1);
        Ok(self.record(vec![Event::BonusUndone {
            round,
            nth,
            by: user,
        }]))
    }

    /// Whether this member can give bonus points now: between two questions, and after the last.
    pub(super) fn may_give(&self, user: UserId, rights: ControlRights) -> Result<(), Refusal> {
        self.hosted_by(user, rights)?;
        match self.phase {
            Phase::Held { .. } if self.last_closed.is_some() => Ok(()),
            _ => Err(Refusal::NotBetweenQuestions),
        }
    }

    /// The host did nothing for too long.
    pub(super) fn host_waited_for(&mut self, next: u16) -> Vec<Event> {
        let reason = if usize::from(next) < self.rounds.len() {
            EndReason::HostAway
        } else {
            EndReason::Finished
        };
        let events = self.confirming().into_iter().chain([Event::ended(reason)]);
        self.record(events.collect())
    }

    /// The event that makes the answers to the closed question final, if they are not yet.
    pub(super) fn confirming(&self) -> Option<Event> {
        let round = self.unconfirmed()?;
        Some(Event::Confirmed { round })
    }

    /// Whether this member may do what the host does: the host, and moderators.
    fn hosted_by(&self, user: UserId, rights: ControlRights) -> Result<(), Refusal> {
        let host = self.host().ok_or(Refusal::Stale)?;
        match self.phase {
            Phase::Ended(_) => Err(Refusal::GameOver),
            _ if user == host || rights.may_manage => Ok(()),
            _ => Err(Refusal::NotTheHost { host }),
        }
    }

    /// Whether it is a break, if the game is held before the round `next`.
    fn held_before(&self, next: u16) -> Result<bool, Refusal> {
        match self.phase {
            Phase::Held {
                next: held,
                on_break,
                ..
            } if held == next => Ok(on_break),
            _ => Err(Refusal::Stale),
        }
    }

    // What the events do to the state.

    /// A closed round waits for the host's judgement.
    pub(super) fn await_judgement(&mut self, round: u16) {
        if let Some(hosting) = &mut self.hosting {
            hosting.unconfirmed = Some(round);
        }
    }

    pub(super) fn confirm(&mut self, round: u16) {
        if let Some(hosting) = &mut self.hosting {
            hosting.unconfirmed = None;
        }
        self.note_highlights(round);
    }

    pub(super) fn mark(&mut self, mark: &Mark) {
        let Some(given) = self.answers.get_mut(&mark.user) else {
            return;
        };
        let player = self.players.entry(mark.user).or_default();
        player.points = (player.points + mark.points).saturating_sub(given.points);
        player.correct = player.correct + u16::from(mark.correct) - u16::from(given.correct);
        if self.settings.rules().settles_at_close() {
            player.taken = player.taken + u16::from(mark.points > 0) - u16::from(given.points > 0);
        }
        player.streak = mark.streak;
        player.best_streak = given.best_streak_before.max(mark.streak);
        given.judged ^= given.correct != mark.correct;
        given.correct = mark.correct;
        given.points = mark.points;
        given.streak = mark.streak;
    }

    pub(super) fn give(&mut self, bonus: Bonus) {
        self.players.entry(bonus.user).or_default().points += bonus.points;
        if let Some(hosting) = &mut self.hosting {
            hosting.bonuses.push(bonus);
        }
    }

    pub(super) fn take_back(&mut self, nth: u16, round: u16) {
        let bonuses = self.hosting.as_mut().map(|hosting| &mut hosting.bonuses);
        let bonus = bonuses.and_then(|bonuses| bonuses.get_mut(usize::from(nth)));
        let Some(bonus) = bonus.filter(|bonus| bonus.undone.is_none()) else {
            return;
        };
        bonus.undone = Some(round);
        let player = self.players.entry(bonus.user).or_default();
        player.points = player.points.saturating_sub(bonus.points);
    }
}

impl Event {
    /// From now on the game waits for its host, as long as a host may take.
    pub(super) fn held(next: u16, on_break: bool, now_ms: i64) -> Self {
        Self::Held {
            next,
            until_ms: now_ms + HOST_WAIT_MS,
            on_break,
        }
    }
}
