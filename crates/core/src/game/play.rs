//! The state of a game: a fold over its events.

use super::clues::{ClueRules, Clues};
use super::hosting::{Bonus, Hosting};
use super::player::{ByUser, GivenAnswer, Player, Seat};
use super::timing::{ARRIVAL_GRACE_MS, Tempo};
use super::{
    AnswerStyle, CloseReason, EndReason, Event, Highlights, Hint, MessageId, Players, Settings,
    UserId,
};
use crate::bank::Round;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;

/// One game, live or over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Game {
    pub(super) settings: Settings,
    pub(super) rounds: Vec<Round>,
    pub(super) phase: Phase,
    pub(super) players: ByUser<Player>,
    /// Answers to the open round, or to the last one that closed.
    pub(super) answers: ByUser<GivenAnswer>,
    /// The round that `answers` belong to.
    pub(super) answers_of: u16,
    pub(super) skip_votes: BTreeSet<UserId>,
    /// The round that each member joined in without an answer, in games of earlier versions.
    pub(super) joined: ByUser<u16>,
    /// The round that closed last, its message and why it closed.
    pub(super) last_closed: Option<(u16, MessageId, CloseReason)>,
    /// Rounds in a row that nobody answered.
    pub(super) unanswered: u16,
    /// Failed tries to post the current question.
    pub(super) post_failures: u8,
    /// The players, in modes that not everybody may play.
    pub(super) seats: ByUser<Seat>,
    /// Whether the lobby has closed, or there was none.
    pub(super) begun: bool,
    /// The clues of the current round, if it has any.
    pub(super) clues: Clues,
    /// Hints taken in the current round.
    pub(super) hints: ByUser<Hint>,
    /// Who asked for a pause after the open question.
    pub(super) pause_asked: Option<UserId>,
    /// Who stopped the game.
    pub(super) stopped_by: Option<UserId>,
    /// What to mention at the end.
    pub(super) highlights: Highlights,
    /// The seed for the hints.
    pub(super) seed: u64,
    /// What only a hosted game has. Boxed, because few games are.
    pub(super) hosting: Option<Box<Hosting>>,
    pub(super) tempo: Tempo,
}

/// What a game is doing. Times are Unix milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Members join the lobby, or the opponent is asked.
    Gathering {
        /// When it closes.
        until_ms: i64,
    },
    /// Waits for someone to resume it.
    Paused {
        /// The next round.
        next: u16,
        /// When the game ends if nobody does.
        until_ms: i64,
        /// Who asked for the pause.
        by: UserId,
    },
    /// A hosted game waits for its host to open the question of `next`.
    Held {
        /// The next round; past the last one, the end.
        next: u16,
        /// When the game ends if the host does nothing.
        until_ms: i64,
        /// Whether the host called a break.
        on_break: bool,
    },
    /// Nothing is open; the question of `next` is due at `until_ms`.
    Waiting {
        /// The next round; past the last one, the end.
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

/// Why stored events do not form a game.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// The first event is not `Started`, or there is none.
    #[error("a game's first event must be \"started\", but this game's is not")]
    NotStarted,
    /// A later event is also `Started`.
    #[error("event {0} starts the game a second time")]
    StartedTwice(usize),
}

impl Game {
    /// A new game, from the values in its first event.
    #[must_use]
    pub fn new(settings: Settings, rounds: Vec<Round>, first_at_ms: i64, seed: u64) -> Self {
        let rules = settings.rules();
        let mut seats = ByUser::new();
        if rules.players != Players::Anyone && !settings.hosted {
            let seat = Seat {
                lives: rules.lives,
                fell_in: None,
                team: rules.teams.then_some(0),
            };
            seats.insert(settings.starter, seat);
        }
        let phase = if settings.gathers() {
            Phase::Gathering {
                until_ms: first_at_ms,
            }
        } else if settings.hosted {
            Phase::Held {
                next: 0,
                until_ms: first_at_ms,
                on_break: false,
            }
        } else {
            Phase::Waiting {
                next: 0,
                until_ms: first_at_ms,
            }
        };
        Self {
            begun: !settings.gathers(),
            hosting: settings.hosted.then(Box::default),
            tempo: Tempo::default(),
            settings,
            rounds,
            phase,
            seats,
            clues: Clues::default(),
            hints: ByUser::new(),
            pause_asked: None,
            stopped_by: None,
            highlights: Highlights::default(),
            seed,
            players: ByUser::new(),
            answers: ByUser::new(),
            answers_of: 0,
            skip_votes: BTreeSet::new(),
            joined: ByUser::new(),
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
            seed,
        }) = events.next()
        else {
            return Err(ReplayError::NotStarted);
        };
        let mut game = Self::new(settings, rounds, first_at_ms, seed);
        for (i, event) in events.enumerate() {
            if matches!(event, Event::Started { .. }) {
                return Err(ReplayError::StartedTwice(i + 1));
            }
            game.evolve(&event);
        }
        Ok(game)
    }

    /// The same game at another tempo from now on.
    #[must_use]
    pub fn at_tempo(self, tempo: Tempo) -> Self {
        Self { tempo, ..self }
    }

    /// The event that starts this game, for the store.
    #[must_use]
    pub fn started(settings: Settings, rounds: Vec<Round>, first_at_ms: i64, seed: u64) -> Event {
        Event::Started {
            settings,
            rounds,
            first_at_ms,
            seed,
        }
    }

    /// Applies one event to the state. Never fails: the event was checked when it was made.
    pub(super) fn evolve(&mut self, event: &Event) {
        match *event {
            Event::Started { .. } => {}
            Event::Seated { user, team } => self.seat(user, team),
            Event::Unseated { user } => {
                self.seats.remove(&user);
            }
            Event::Begun { first_at_ms } => self.begin(first_at_ms),
            Event::Asking {
                round,
                give_up_at_ms,
            } => self.ask(round, give_up_at_ms),
            Event::Postponed { round, again_at_ms } => {
                self.post_failures += 1;
                self.wait(round, again_at_ms);
            }
            Event::Opened {
                round,
                message,
                opened_at_ms,
                closes_at_ms,
                extended,
            } => {
                self.post_failures = 0;
                self.phase = Phase::Open {
                    round,
                    message,
                    opened_at_ms,
                    closes_at_ms,
                    extended,
                };
                self.clues.time(self.clue_rules(round), closes_at_ms);
            }
            Event::ClueOpened { round, at_ms } => self.clues.open(self.clue_rules(round), at_ms),
            Event::Retimed {
                round,
                closes_at_ms,
                extended,
            } => self.retime(round, closes_at_ms, extended),
            Event::Answered { .. } => self.take_answer(event),
            Event::Scored { user, points, .. } => self.score(user, points),
            Event::LivesLost { round, ref users } => {
                for user in users {
                    self.lose_life(*user, round);
                }
            }
            Event::Hinted { user, ref hint, .. } => {
                self.hints.insert(user, hint.clone());
            }
            Event::Joined { round, user } => {
                self.joined.insert(user, round);
            }
            Event::SkipVoted { user, .. } => {
                self.skip_votes.insert(user);
            }
            Event::PauseAsked { by } => self.pause_asked = Some(by),
            Event::Paused { next, until_ms, by } => {
                self.pause_asked = None;
                self.phase = Phase::Paused { next, until_ms, by };
            }
            Event::Held {
                next,
                until_ms,
                on_break,
            } => {
                self.phase = Phase::Held {
                    next,
                    until_ms,
                    on_break,
                };
            }
            Event::Judged { ref marks, .. } => {
                for mark in marks {
                    self.mark(mark);
                }
            }
            Event::Bonus {
                round,
                user,
                points,
                ..
            } => self.give(Bonus {
                round,
                user,
                points,
                undone: None,
            }),
            Event::BonusUndone { round, nth, .. } => self.take_back(nth, round),
            Event::LastCalled { round, .. } => self.rounds.truncate(usize::from(round) + 1),
            Event::Confirmed { round } => self.confirm(round),
            Event::Unpaused { next, next_at_ms } => self.wait(next, next_at_ms),
            Event::Closed {
                round,
                reason,
                next_at_ms,
            } => self.close(round, reason, next_at_ms),
            Event::Ended { reason, by } => {
                self.stopped_by = by;
                self.phase = Phase::Ended(reason);
            }
        }
    }

    fn wait(&mut self, next: u16, until_ms: i64) {
        self.phase = Phase::Waiting { next, until_ms };
    }

    fn seat(&mut self, user: UserId, team: Option<u8>) {
        let seat = Seat {
            lives: self.settings.rules().lives,
            fell_in: None,
            team,
        };
        self.seats.insert(user, seat);
    }

    fn begin(&mut self, first_at_ms: i64) {
        self.begun = true;
        // Everyone with a seat is on the scoreboard, whether they answer or not.
        for user in self.seats.keys() {
            self.players.entry(*user).or_default();
        }
        self.wait(0, first_at_ms);
    }

    fn ask(&mut self, round: u16, give_up_at_ms: i64) {
        if self.current_round() != Some(round) {
            self.answers.clear();
            self.answers_of = round;
            self.skip_votes.clear();
            self.hints.clear();
            self.clues = Clues::default();
        }
        self.phase = Phase::Asking {
            round,
            give_up_at_ms,
        };
    }

    fn score(&mut self, user: UserId, points: u32) {
        if let Some(given) = self.answers.get_mut(&user) {
            given.points += points;
        }
        let player = self.players.entry(user).or_default();
        player.points += points;
        player.taken += 1;
    }

    fn lose_life(&mut self, user: UserId, round: u16) {
        let Some(seat) = self.seats.get_mut(&user) else {
            return;
        };
        seat.lives = seat.lives.map(|lives| lives.saturating_sub(1));
        if seat.lives == Some(0) {
            seat.fell_in.get_or_insert(round);
        }
    }

    fn retime(&mut self, round: u16, new_closes_at_ms: i64, now_extended: bool) {
        if let Phase::Open {
            closes_at_ms,
            extended,
            ..
        } = &mut self.phase
        {
            *closes_at_ms = new_closes_at_ms;
            *extended |= now_extended;
        }
        if now_extended {
            self.clues.time(self.clue_rules(round), new_closes_at_ms);
        }
    }

    fn take_answer(&mut self, event: &Event) {
        let Event::Answered {
            round,
            user,
            ref response,
            correct,
            points,
            streak,
            elapsed_ms,
            at_ms,
        } = *event
        else {
            return;
        };
        let streak_before = self.streak_before(user, round);
        let best_streak_before = self.players.get(&user).map_or(0, |p| p.best_streak);
        let given = GivenAnswer {
            streak_before,
            best_streak_before,
            judged: false,
            response: response.clone(),
            correct,
            points,
            elapsed_ms,
            at_ms,
            streak,
        };
        self.answers.insert(user, given);
        let player = self.players.entry(user).or_default();
        player.points += points;
        player.correct += u16::from(correct);
        player.answered += 1;
        player.streak = streak;
        player.best_streak = player.best_streak.max(streak);
        player.last_round = round;
    }

    fn close(&mut self, round: u16, reason: CloseReason, next_at_ms: i64) {
        if let Phase::Open { message, .. } = self.phase {
            self.last_closed = Some((round, message, reason));
        }
        if self.settings.hosted {
            self.await_judgement(round);
        } else {
            self.note_highlights(round);
        }
        self.unanswered = if self.answers.is_empty() {
            self.unanswered + 1
        } else {
            0
        };
        self.wait(round + 1, next_at_ms);
    }

    pub(super) fn note_highlights(&mut self, round: u16) {
        let ranks: Vec<(UserId, u16)> = self
            .ranking()
            .into_iter()
            .map(|(rank, user, _)| (user, u16::try_from(rank).unwrap_or(u16::MAX)))
            .collect();
        let is_race = self.settings.rules().first_right_takes_it;
        self.highlights.note(round, &self.answers, is_race, &ranks);
    }

    /// When [`super::Input::Deadline`] is due, in Unix milliseconds; `None` once the game is over.
    #[must_use]
    pub fn deadline(&self) -> Option<i64> {
        match self.phase {
            Phase::Gathering { until_ms }
            | Phase::Held { until_ms, .. }
            | Phase::Waiting { until_ms, .. }
            | Phase::Paused { until_ms, .. } => Some(until_ms),
            Phase::Asking { give_up_at_ms, .. } => Some(give_up_at_ms),
            Phase::Open { closes_at_ms, .. } => {
                let next_clue = self.clues.next_at_ms();
                Some(next_clue.map_or(closes_at_ms, |clue| clue.min(closes_at_ms)))
            }
            Phase::Ended(_) => None,
        }
    }

    /// The time, by Discord's clock, until which answers to the open question are in time; `None`
    /// while no question is open.
    #[must_use]
    pub fn answers_until_ms(&self) -> Option<i64> {
        match self.phase {
            Phase::Open { closes_at_ms, .. } => Some(closes_at_ms - ARRIVAL_GRACE_MS),
            _ => None,
        }
    }

    fn current_round(&self) -> Option<u16> {
        match self.phase {
            Phase::Asking { round, .. } | Phase::Open { round, .. } => Some(round),
            _ => None,
        }
    }

    /// How many clues of `round` members can see; all of them once the round has closed.
    #[must_use]
    pub fn clues_open(&self, round: u16) -> usize {
        let all = self.clues_of(round);
        if self.current_round() == Some(round) {
            self.clues.open_of(all)
        } else if round < self.closed_rounds() {
            all
        } else {
            // Not asked yet, or to be asked once more.
            all.min(1)
        }
    }

    /// How many clues the question of `round` has.
    pub(super) fn clues_of(&self, round: u16) -> usize {
        let round = self.rounds.get(usize::from(round));
        round.map_or(0, |round| round.clues.len())
    }

    fn clue_rules(&self, round: u16) -> ClueRules {
        ClueRules {
            all: self.clues_of(round),
            limit_ms: self.settings.limit_ms(),
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

    /// What it is doing.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// Everyone who has answered at least once.
    #[must_use]
    pub fn players(&self) -> &ByUser<Player> {
        &self.players
    }

    /// The answers to the open round, or to the last one that closed.
    #[must_use]
    pub fn answers(&self) -> &ByUser<GivenAnswer> {
        &self.answers
    }

    /// The round that [`Self::answers`] belong to.
    #[must_use]
    pub fn answers_of(&self) -> u16 {
        self.answers_of
    }

    /// The round that closed last, the message that holds its question, and why it closed.
    #[must_use]
    pub fn last_closed(&self) -> Option<(u16, MessageId, CloseReason)> {
        self.last_closed
    }

    /// How many rounds have closed.
    #[must_use]
    pub fn closed_rounds(&self) -> u16 {
        self.last_closed.map_or(0, |(round, ..)| round + 1)
    }

    /// The players, in modes that not everybody may play.
    #[must_use]
    pub fn seats(&self) -> &ByUser<Seat> {
        &self.seats
    }

    /// Whether the lobby has closed, or there was none.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.begun
    }

    /// The hint that this member took in the open round.
    #[must_use]
    pub fn hint(&self, user: UserId) -> Option<&Hint> {
        self.hints.get(&user)
    }

    /// Who asked for a pause after the open question, if anyone.
    #[must_use]
    pub fn pause_asked(&self) -> Option<UserId> {
        self.pause_asked
    }

    /// Who stopped the game, if anyone.
    #[must_use]
    pub fn stopped_by(&self) -> Option<UserId> {
        self.stopped_by
    }

    /// What to mention at the end.
    #[must_use]
    pub fn highlights(&self) -> &Highlights {
        &self.highlights
    }

    /// Whether `round` is the last one and worth double.
    #[must_use]
    pub fn is_finale(&self, round: u16) -> bool {
        let last = usize::from(round) + 1 == self.rounds.len();
        self.settings.finale && last && self.rounds.len() > 1
    }

    /// A number from 0 up to but not including `below`, to pick a phrase for `round`. It is the
    /// same on every replay, and does not help anyone guess the seed.
    #[must_use]
    pub fn phrase(&self, round: u16, below: usize) -> usize {
        let mut luck = ChaCha8Rng::seed_from_u64(!self.seed ^ u64::from(round).rotate_left(32));
        luck.random_range(0..below.max(1))
    }

    /// Whether this round's answer is typed: the game asks for it, and the round allows it.
    #[must_use]
    pub fn is_typed(&self, round: u16) -> bool {
        let has_key = |round: &Round| round.typed.is_some();
        self.settings.answers == AnswerStyle::Typed
            && self.rounds.get(usize::from(round)).is_some_and(has_key)
    }

    /// The rounds that members last answered or joined in; some have both.
    pub(super) fn seen(&self) -> impl Iterator<Item = (UserId, u16)> + '_ {
        let answered = self
            .players
            .iter()
            .filter(|(_, player)| player.answered > 0);
        let answered = answered.map(|(user, player)| (*user, player.last_round));
        answered.chain(self.joined.iter().map(|(user, round)| (*user, *round)))
    }

    /// Whether the question that closes, or closed last, costs nobody a life, because all who still
    /// had one missed it.
    #[must_use]
    pub fn spares_all(&self) -> bool {
        let missed = |user| !self.answers.get(&user).is_some_and(|given| given.correct);
        let is_spared = self.settings.rules().spares_all && self.standing().count() > 1;
        is_spared && self.standing().all(missed)
    }

    /// Players who still have a life, or all of them in a mode without lives.
    pub(super) fn standing(&self) -> impl Iterator<Item = UserId> + '_ {
        let stand = |(_, seat): &(&UserId, &Seat)| seat.lives != Some(0);
        self.seats.iter().filter(stand).map(|(user, _)| *user)
    }

    /// The key that orders players: lives left, then who lasted longest, then points. Without lives
    /// only points count.
    fn merit(&self, user: UserId) -> (u8, u16, u32) {
        let seat = self.seats.get(&user);
        let lives = seat.and_then(|s| s.lives).unwrap_or(0);
        let fell_in = seat.and_then(|s| s.fell_in).unwrap_or(u16::MAX);
        let points = self.players.get(&user).map_or(0, |p| p.points);
        (lives, fell_in, points)
    }

    /// Players in order, best first: by lives if there are any, then by points. Ties share a rank
    /// (1, 1, 3).
    #[must_use]
    pub fn ranking(&self) -> Vec<(usize, UserId, &Player)> {
        let mut players: Vec<_> = self.players.iter().map(|(id, p)| (*id, p)).collect();
        players.sort_by_key(|(id, _)| (std::cmp::Reverse(self.merit(*id)), *id));
        let mut ranked: Vec<(usize, UserId, &Player)> = Vec::with_capacity(players.len());
        for (i, (id, player)) in players.into_iter().enumerate() {
            let rank = match ranked.last() {
                Some((rank, before, _)) if self.merit(*before) == self.merit(id) => *rank,
                _ => i + 1,
            };
            ranked.push((rank, id, player));
        }
        ranked
    }
}
