//! Answers and hints: what they are worth, and when a round has all the answers it waits for.

use super::play::{Game, Phase};
use super::{CloseReason, Event, Hint, Players, Refusal, Response, UserId, score};
use std::collections::BTreeSet;

/// A player counts as active for this many rounds after an answer.
const ACTIVE_ROUNDS: u16 = 2;

impl Game {
    pub(super) fn on_answer(
        &mut self,
        opening: Option<Event>,
        round: u16,
        user: UserId,
        response: Response,
        clicked_at_ms: i64,
        now_ms: i64,
    ) -> Result<Vec<Event>, Refusal> {
        let (opened_at_ms, extended) = match opening {
            Some(Event::Opened {
                opened_at_ms,
                extended,
                ..
            }) => {
                self.admit(user)?;
                (opened_at_ms, extended)
            }
            _ => self.may_answer(round, user)?,
        };
        let correct = self.judge(round, &response)?;
        let limit_ms = self.settings.limit_ms();
        let elapsed_ms = u32::try_from((clicked_at_ms - opened_at_ms).max(0)).unwrap_or(u32::MAX);
        if elapsed_ms > limit_ms && !extended {
            return Err(Refusal::TooLate);
        }
        let streak = if correct {
            self.streak_before(user, round) + 1
        } else {
            0
        };
        let points = if correct && !self.settings.rules().settles_at_close() {
            self.worth(round, user, elapsed_ms, clicked_at_ms, streak)
        } else {
            0
        };
        let answered = Event::Answered {
            round,
            user,
            response,
            correct,
            points,
            streak,
            elapsed_ms,
            at_ms: clicked_at_ms,
        };
        let mut events = self.record(opening.into_iter().chain([answered]).collect());
        events.extend(self.after_answer(round, opened_at_ms, now_ms));
        Ok(events)
    }

    /// Whether an answer by this member to `round` would count now. Returns when the question
    /// opened and whether its time is extended.
    pub(super) fn may_answer(&self, round: u16, user: UserId) -> Result<(i64, bool), Refusal> {
        let open = self.open_round(round)?;
        self.admit(user)?;
        match self.answers.get(&user) {
            Some(given) => Err(Refusal::AlreadyAnswered {
                response: given.response.clone(),
            }),
            None => Ok(open),
        }
    }

    /// Whether a response is right.
    fn judge(&self, round: u16, response: &Response) -> Result<bool, Refusal> {
        let asked = &self.rounds[usize::from(round)];
        match (response, &asked.typed) {
            (Response::Typed { text }, Some(key)) if self.is_typed(round) => {
                if key.is_of_signs() || text.chars().any(char::is_alphanumeric) {
                    Ok(key.takes(text))
                } else {
                    Err(Refusal::NothingTyped)
                }
            }
            (Response::Choice { choice }, _) if !self.is_typed(round) => {
                let exists = asked.choice(*choice).is_some();
                let right = *choice == asked.correct();
                exists.then_some(right).ok_or(Refusal::NoSuchChoice)
            }
            _ => Err(Refusal::NoSuchChoice),
        }
    }

    /// The points for a right answer; half of them after a hint.
    pub(super) fn worth(
        &self,
        round: u16,
        user: UserId,
        elapsed_ms: u32,
        clicked_at_ms: i64,
        streak: u16,
    ) -> u32 {
        let difficulty = self.rounds[usize::from(round)].question.difficulty;
        let points = match self.clues.seen(self.clues_of(round), clicked_at_ms) {
            Some((seen, all)) => score::with_clues(seen, all, streak),
            None => score::points(difficulty, elapsed_ms, self.settings.limit_ms(), streak),
        };
        let points = if self.is_finale(round) {
            score::FINALE * points
        } else {
            points
        };
        if self.hints.contains_key(&user) {
            score::hinted(points)
        } else {
            points
        }
    }

    /// The open round's start and whether it is extended, if `round` is the open one.
    pub(super) fn open_round(&self, round: u16) -> Result<(i64, bool), Refusal> {
        match self.phase {
            Phase::Ended(_) => Err(Refusal::GameOver),
            Phase::Open {
                round: open,
                opened_at_ms,
                extended,
                ..
            } if open == round => Ok((opened_at_ms, extended)),
            Phase::Asking { round: asked, .. } if asked == round => Err(Refusal::NotOpenYet),
            _ => Err(Refusal::TooLate),
        }
    }

    /// Right answers in a row just before `round`. A skipped round breaks the streak.
    pub(super) fn streak_before(&self, user: UserId, round: u16) -> u16 {
        self.players
            .get(&user)
            .filter(|p| p.last_round + 1 == round)
            .map_or(0, |p| p.streak)
    }

    /// Closes the round early once every active player has answered or, in a race, once the first
    /// right answer has settled.
    fn after_answer(&mut self, round: u16, opened_at_ms: i64, now_ms: i64) -> Vec<Event> {
        if self.is_taken() {
            return self.sooner(round, self.settles_at_ms(now_ms));
        }
        if !self.all_are_in(round) {
            return Vec::new();
        }
        let earliest_ms = self.earliest_close_ms(opened_at_ms);
        if now_ms >= earliest_ms {
            return self.close_round(round, CloseReason::Everyone, now_ms);
        }
        self.sooner(round, earliest_ms)
    }

    /// Whether everyone who is expected to answer `round` has done so.
    pub(super) fn all_are_in(&self, round: u16) -> bool {
        // Runs on every answer, so it collects nothing: the first player it looks at has usually
        // not answered yet.
        let has_not = |user| !self.answers.contains_key(&user);
        !self.answers.is_empty() && !self.expected(round).any(has_not)
    }

    /// The earliest time at which a round closes once all answers are in. Until then newcomers can
    /// still join in. Where the players are fixed, it closes at once.
    pub(super) fn earliest_close_ms(&self, opened_at_ms: i64) -> i64 {
        let all_known = self.settings.rules().players != Players::Anyone;
        if self.settings.solo || all_known {
            opened_at_ms
        } else {
            opened_at_ms + self.tempo.round_min_ms
        }
    }

    /// Whether someone has already answered a race's open question correctly.
    pub(super) fn is_taken(&self) -> bool {
        let rules = self.settings.rules();
        rules.first_right_takes_it && self.answers.values().any(|given| given.correct)
    }

    /// When a race's question closes whose first right answer is in at `now_ms`.
    pub(super) fn settles_at_ms(&self, now_ms: i64) -> i64 {
        now_ms + self.tempo.race_settle_ms
    }

    fn sooner(&mut self, round: u16, at_ms: i64) -> Vec<Event> {
        let retimed = match self.phase {
            Phase::Open { closes_at_ms, .. } if at_ms < closes_at_ms => vec![Event::Retimed {
                round,
                closes_at_ms: at_ms,
                extended: false,
            }],
            _ => Vec::new(),
        };
        self.record(retimed)
    }

    /// The points for a race's question: to the first right answer by click time, and to each of
    /// several in the same millisecond.
    pub(super) fn race_points(&self, round: u16) -> Vec<Event> {
        let right = || self.answers.iter().filter(|(_, given)| given.correct);
        let first_ms = right().map(|(_, given)| given.elapsed_ms).min();
        right()
            .filter(|(_, given)| Some(given.elapsed_ms) == first_ms)
            .map(|(user, given)| Event::Scored {
                round,
                user: *user,
                points: self.worth(round, *user, given.elapsed_ms, given.at_ms, given.streak),
            })
            .collect()
    }

    /// Who is expected to answer `round`.
    pub(super) fn active(&self, round: u16) -> BTreeSet<UserId> {
        self.expected(round).collect()
    }

    /// The players expected to answer `round`; some appear twice. In games that members join first:
    /// everyone still in. In others: those who answered one of the last two questions or joined
    /// since, and in the first round the starter. If the starter is the host, who never answers,
    /// the first question stays open for everyone who has not found it yet.
    fn expected(&self, round: u16) -> Box<dyn Iterator<Item = UserId> + '_> {
        if self.settings.rules().players != Players::Anyone {
            return Box::new(self.standing());
        }
        let starter = (round == 0).then_some(self.settings.starter);
        let seen = self.seen();
        let active = seen.filter(move |(_, last)| last + ACTIVE_ROUNDS >= round);
        Box::new(starter.into_iter().chain(active.map(|(user, _)| user)))
    }

    /// A second request for a hint repeats the one already paid for.
    pub(super) fn on_hint(&mut self, round: u16, user: UserId) -> Result<Vec<Event>, Refusal> {
        if self.hints.contains_key(&user) {
            return self.open_round(round).map(|_| Vec::new());
        }
        self.may_answer(round, user)?;
        let asked = &self.rounds[usize::from(round)];
        let hint = if self.is_typed(round) {
            Hint::of_letters(asked)
        } else {
            Hint::of_choices(asked, round, user, self.seed)
        };
        Ok(self.record(vec![Event::Hinted { round, user, hint }]))
    }
}
