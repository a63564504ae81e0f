//! The state of a game: a fold over its events.

use super::{CloseReason, EndReason, Event, MessageId, Settings, UserId};
use crate::bank::Round;
use std::collections::{BTreeMap, BTreeSet};

/// One game, live or over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Game {
    pub(super) settings: Settings,
    pub(super) rounds: Vec<Round>,
    pub(super) phase: Phase,
    pub(super) players: BTreeMap<UserId, Player>,
    /// Answers of the round that is open or was the last to close.
    pub(super) answers: BTreeMap<UserId, Given>,
    pub(super) skip_votes: BTreeSet<UserId>,
    /// The last round each member answered, or the one they joined for.
    pub(super) seen: BTreeMap<UserId, u16>,
    /// The round that closed last, its message and why it closed.
    pub(super) last_closed: Option<(u16, MessageId, CloseReason)>,
    /// Rounds in a row that nobody answered.
    pub(super) unanswered: u16,
    /// Failed tries to post the current question.
    pub(super) post_failures: u8,
}

/// Where a game stands. Times are Unix milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Nothing is open; the question of `next` is due at `until_ms`.
    Waiting {
        /// The round to come; past the last one, the end.
        next: u16,
        /// When.
        until_ms: i64,
    },
    /// The question of `round` is being posted.
    Asking {
        /// Which round.
        round: u16,
        /// When to try again.
        give_up_at_ms: i64,
    },
    /// The question of `round` takes answers.
    Open {
        /// Which round.
        round: u16,
        /// The message that holds the question.
        message: MessageId,
        /// When Discord made that message.
        opened_at_ms: i64,
        /// When it closes.
        closes_at_ms: i64,
        /// Whether answers after the usual limit count.
        extended: bool,
    },
    /// Over.
    Ended(EndReason),
}

/// What one member has done in this game.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Player {
    /// Sum of points.
    pub points: u32,
    /// Right answers.
    pub correct: u16,
    /// Answers.
    pub answered: u16,
    /// Right answers in a row, up to `last_round`.
    pub streak: u16,
    /// The longest such row.
    pub best_streak: u16,
    /// The round answered last.
    pub last_round: u16,
}

/// An answer to the current round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given {
    /// Which button, from 0.
    pub choice: u8,
    /// Whether it was right.
    pub correct: bool,
    /// What it was worth.
    pub points: u32,
    /// How long it took.
    pub elapsed_ms: u32,
    /// Right answers in a row, this one included.
    pub streak: u16,
}

/// Stored events that are no game.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// The first event is not `Started`, or there is none.
    #[error("a game's first event must be \"started\"; this one has none")]
    NotStarted,
    /// A later event is `Started` again.
    #[error("event {0} starts the game a second time")]
    StartedTwice(usize),
}

impl Game {
    /// A new game from its first event.
    #[must_use]
    pub fn new(settings: Settings, rounds: Vec<Round>, first_at_ms: i64) -> Self {
        Self {
            settings,
            rounds,
            phase: Phase::Waiting {
                next: 0,
                until_ms: first_at_ms,
            },
            players: BTreeMap::new(),
            answers: BTreeMap::new(),
            skip_votes: BTreeSet::new(),
            seen: BTreeMap::new(),
            last_closed: None,
            unanswered: 0,
            post_failures: 0,
        }
    }

    /// A game from its stored events.
    ///
    /// # Errors
    /// [`ReplayError`] if the events do not begin with exactly one `Started`.
    pub fn replay(events: impl IntoIterator<Item = Event>) -> Result<Self, ReplayError> {
        let mut events = events.into_iter();
        let Some(Event::Started {
            settings,
            rounds,
            first_at_ms,
        }) = events.next()
        else {
            return Err(ReplayError::NotStarted);
        };
        let mut game = Self::new(settings, rounds, first_at_ms);
        for (i, event) in events.enumerate() {
            if matches!(event, Event::Started { .. }) {
                return Err(ReplayError::StartedTwice(i + 1));
            }
            game.evolve(&event);
        }
        Ok(game)
    }

    /// The event that makes this game, for the store.
    #[must_use]
    pub fn started(settings: Settings, rounds: Vec<Round>, first_at_ms: i64) -> Event {
        Event::Started {
            settings,
            rounds,
            first_at_ms,
        }
    }

    /// Takes one event into the state. Never fails: deciding was done when the event was made.
    pub(super) fn evolve(&mut self, event: &Event) {
        match *event {
            Event::Started { .. } => {}
            Event::Asking {
                round,
                give_up_at_ms,
            } => {
                if self.current_round() != Some(round) {
                    self.answers.clear();
                    self.skip_votes.clear();
                }
                self.phase = Phase::Asking {
                    round,
                    give_up_at_ms,
                };
            }
            Event::Postponed { round, again_at_ms } => {
                self.post_failures += 1;
                self.phase = Phase::Waiting {
                    next: round,
                    until_ms: again_at_ms,
                };
            }
            Event::Opened {
                round,
                message,
                opened_at_ms,
                closes_at_ms,
            } => {
                self.post_failures = 0;
                self.phase = Phase::Open {
                    round,
                    message,
                    opened_at_ms,
                    closes_at_ms,
                    extended: false,
                };
            }
            Event::Retimed {
                closes_at_ms,
                extended,
                ..
            } => self.retime(closes_at_ms, extended),
            Event::Answered {
                round,
                user,
                choice,
                correct,
                points,
                streak,
                elapsed_ms,
                ..
            } => {
                let given = Given {
                    choice,
                    correct,
                    points,
                    elapsed_ms,
                    streak,
                };
                self.take_answer(round, user, given);
            }
            Event::Joined { round, user } => {
                self.seen.insert(user, round);
            }
            Event::SkipVoted { user, .. } => {
                self.skip_votes.insert(user);
            }
            Event::Closed {
                round,
                reason,
                next_at_ms,
            } => self.close(round, reason, next_at_ms),
            Event::Ended { reason } => self.phase = Phase::Ended(reason),
        }
    }

    fn retime(&mut self, new_closes_at_ms: i64, now_extended: bool) {
        if let Phase::Open {
            closes_at_ms,
            extended,
            ..
        } = &mut self.phase
        {
            *closes_at_ms = new_closes_at_ms;
            *extended |= now_extended;
        }
    }

    fn take_answer(&mut self, round: u16, user: UserId, given: Given) {
        self.answers.insert(user, given);
        self.seen.insert(user, round);
        let player = self.players.entry(user).or_default();
        player.points += given.points;
        player.correct += u16::from(given.correct);
        player.answered += 1;
        player.streak = given.streak;
        player.best_streak = player.best_streak.max(given.streak);
        player.last_round = round;
    }

    fn close(&mut self, round: u16, reason: CloseReason, next_at_ms: i64) {
        if let Phase::Open { message, .. } = self.phase {
            self.last_closed = Some((round, message, reason));
        }
        self.unanswered = if self.answers.is_empty() {
            self.unanswered + 1
        } else {
            0
        };
        self.phase = Phase::Waiting {
            next: round + 1,
            until_ms: next_at_ms,
        };
    }

    /// When [`super::Input::Deadline`] is due, in Unix milliseconds; none once the game is over.
    #[must_use]
    pub fn deadline(&self) -> Option<i64> {
        match self.phase {
            Phase::Waiting { until_ms, .. } => Some(until_ms),
            Phase::Asking { give_up_at_ms, .. } => Some(give_up_at_ms),
            Phase::Open { closes_at_ms, .. } => Some(closes_at_ms),
            Phase::Ended(_) => None,
        }
    }

    fn current_round(&self) -> Option<u16> {
        match self.phase {
            Phase::Asking { round, .. } | Phase::Open { round, .. } => Some(round),
            Phase::Waiting { .. } | Phase::Ended(_) => None,
        }
    }

    /// The settings it was started with.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Its questions, in order.
    #[must_use]
    pub fn rounds(&self) -> &[Round] {
        &self.rounds
    }

    /// Where it stands.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Everybody who has answered anything.
    #[must_use]
    pub fn players(&self) -> &BTreeMap<UserId, Player> {
        &self.players
    }

    /// The answers to the round that is open, or to the last that closed.
    #[must_use]
    pub fn answers(&self) -> &BTreeMap<UserId, Given> {
        &self.answers
    }

    /// The round that closed last, the message that holds its question, and why it closed.
    #[must_use]
    pub fn last_closed(&self) -> Option<(u16, MessageId, CloseReason)> {
        self.last_closed
    }

    /// Players by points, best first; equal points share a rank (1, 1, 3).
    #[must_use]
    pub fn ranking(&self) -> Vec<(usize, UserId, &Player)> {
        let mut players: Vec<_> = self.players.iter().map(|(id, p)| (*id, p)).collect();
        players.sort_by_key(|(id, p)| (std::cmp::Reverse(p.points), *id));
        let mut ranked: Vec<(usize, UserId, &Player)> = Vec::with_capacity(players.len());
        for (i, (id, player)) in players.into_iter().enumerate() {
            let rank = match ranked.last() {
                Some((rank, _, before)) if before.points == player.points => *rank,
                _ => i + 1,
            };
            ranked.push((rank, id, player));
        }
        ranked
    }
}
