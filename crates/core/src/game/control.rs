//! Controls of a game: skipping, pausing, stopping.

use super::play::{Game, Phase};
use super::{CloseReason, EndReason, Event, Players, Refusal, UserId};
use serde::{Deserialize, Serialize};

/// The most players of an open game. With this limit all their answers to a question can be settled
/// at once.
pub const PLAYERS_MAX: usize = 10_000;

/// Who may pause, resume and stop a game.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ControlPolicy {
    /// The starter, and members who may manage messages.
    #[default]
    Starter,
    /// The players as well.
    Players,
    /// Only members who may manage messages.
    Moderators,
}

impl ControlPolicy {
    /// All there are, the default first.
    pub const ALL: [Self; 3] = [Self::Starter, Self::Players, Self::Moderators];
}

/// A member's rights over a game when they press a button.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ControlRights {
    /// Whether the member may manage messages in the channel.
    pub may_manage: bool,
    /// Who may control games in this server.
    pub steering: ControlPolicy,
}

impl Game {
    pub(super) fn on_skip(
        &mut self,
        round: u16,
        user: UserId,
        now_ms: i64,
    ) -> Result<Vec<Event>, Refusal> {
        self.open_round(round)?;
        let is_host = self.host() == Some(user);
        if !is_host {
            self.admit(user)?;
        }
        let needed = self.skip_votes_needed(round);
        if self.skip_votes.contains(&user) {
            return Err(Refusal::AlreadyVoted {
                votes: self.skip_votes(),
                needed,
            });
        }
        let is_starter = user == self.settings.starter;
        let decides = is_host || is_starter && self.settings.rules().starter_skips;
        if !decides && !self.active(round).contains(&user) {
            return Err(Refusal::NotPlaying);
        }
        let mut events = self.record(vec![Event::SkipVoted { round, user }]);
        if decides || self.skip_votes() >= needed {
            events.extend(self.close_round(round, CloseReason::Skipped, now_ms));
        }
        Ok(events)
    }

    /// How many votes skip the round: more than half of the active players.
    #[must_use]
    pub fn skip_votes_needed(&self, round: u16) -> u16 {
        u16::try_from(self.active(round).len() / 2 + 1).unwrap_or(u16::MAX)
    }

    /// Votes to skip the open round so far.
    #[must_use]
    pub fn skip_votes(&self) -> u16 {
        u16::try_from(self.skip_votes.len()).unwrap_or(u16::MAX)
    }

    pub(super) fn on_stop(
        &mut self,
        user: UserId,
        rights: ControlRights,
        sure: bool,
        now_ms: i64,
    ) -> Result<Vec<Event>, Refusal> {
        self.steered_by(user, rights)?;
        if self.begun && !sure {
            return Ok(Vec::new());
        }
        let mut events = Vec::with_capacity(3);
        if let Phase::Open { round, .. } = self.phase {
            events.extend(self.settled(round, CloseReason::Stopped));
            events.push(self.closed(round, CloseReason::Stopped, now_ms));
            events.extend(self.host().map(|_| Event::Confirmed { round }));
        }
        events.extend(self.confirming());
        events.push(Event::Ended {
            reason: EndReason::Stopped,
            by: Some(user),
        });
        Ok(self.record(events))
    }

    /// A pause starts between two questions, because an open question's clock runs for everyone.
    pub(super) fn on_pause(
        &mut self,
        user: UserId,
        rights: ControlRights,
        now_ms: i64,
    ) -> Result<Vec<Event>, Refusal> {
        self.steered_by(user, rights)?;
        if self.settings.hosted {
            // It stops after each question anyway.
            return Err(Refusal::PausedAlready);
        }
        let is_last = |round: u16| usize::from(round) + 1 >= self.rounds.len();
        let event = match self.phase {
            Phase::Paused { .. } => return Err(Refusal::PausedAlready),
            _ if self.pause_asked.is_some() => return Err(Refusal::PausedAlready),
            Phase::Open { round, .. } | Phase::Asking { round, .. } if is_last(round) => {
                return Err(Refusal::LastQuestion);
            }
            Phase::Open { .. } | Phase::Asking { .. } => Event::PauseAsked { by: user },
            Phase::Waiting { next, .. } if usize::from(next) >= self.rounds.len() => {
                return Err(Refusal::LastQuestion);
            }
            Phase::Waiting { next, .. } if self.last_closed.is_some() => {
                Event::paused(next, user, now_ms)
            }
            // Before the first question there is no message in the channel from which to resume.
            _ => return Err(Refusal::Stale),
        };
        Ok(self.record(vec![event]))
    }

    pub(super) fn on_unpause(
        &mut self,
        user: UserId,
        rights: ControlRights,
        now_ms: i64,
    ) -> Result<Vec<Event>, Refusal> {
        self.steered_by(user, rights)?;
        let Phase::Paused { next, .. } = self.phase else {
            return Err(Refusal::NotPaused);
        };
        Ok(self.record(vec![Event::Unpaused {
            next,
            next_at_ms: now_ms + self.tempo.get_ready_ms,
        }]))
    }

    /// Whether this member may stop, pause and resume. Moderators always may. A lobby or challenge
    /// that has not become a game yet can be withdrawn by the member who opened it.
    fn steered_by(&self, user: UserId, rights: ControlRights) -> Result<(), Refusal> {
        if matches!(self.phase, Phase::Ended(_)) {
            return Err(Refusal::GameOver);
        }
        let starter = self.settings.starter;
        let plays = self.seats.contains_key(&user) || self.seen().any(|(seen, _)| seen == user);
        match rights.steering {
            _ if rights.may_manage => Ok(()),
            _ if user == starter && !self.begun => Ok(()),
            ControlPolicy::Starter | ControlPolicy::Players if user == starter => Ok(()),
            ControlPolicy::Players if plays => Ok(()),
            ControlPolicy::Starter => Err(Refusal::NotYours { starter }),
            ControlPolicy::Players => Err(Refusal::PlayersOnly),
            ControlPolicy::Moderators => Err(Refusal::ModeratorsOnly),
        }
    }

    /// Whether this member may play at all.
    pub(super) fn admit(&self, user: UserId) -> Result<(), Refusal> {
        self.refuse_host(user)?;
        if self.settings.rules().players == Players::Anyone {
            let is_full = self.players.len() >= PLAYERS_MAX && !self.players.contains_key(&user);
            return if is_full { Err(Refusal::Full) } else { Ok(()) };
        }
        match self.seats.get(&user) {
            None => Err(Refusal::NotSeated),
            Some(seat) if seat.lives == Some(0) => Err(Refusal::Out),
            Some(_) => Ok(()),
        }
    }
}
