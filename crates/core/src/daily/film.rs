//! A member's attempt at the film of the day: six clues to one film, from hard to easy.
//!
//! [`crate::bank::film`] chooses the film and its clues.

use super::Day;

/// The number of clues to a film, and so the most guesses: each miss opens the next clue.
pub const CLUES: u8 = 6;
/// How many past films can be played. It must be less than the films in a season, or the archive
/// would show today's film.
pub const ARCHIVE_DAYS: usize = 60;

/// What an attempt at a day's film counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Play {
    /// It is ranked and extends a streak: its day is not over.
    Counted,
    /// Only for fun: the film is in the archive.
    ForFun,
}

impl Play {
    /// What an attempt at a day's film counts for now; `None` if it cannot be played, because the
    /// day is in the future or too long ago.
    #[must_use]
    pub fn of(day: Day, now_ms: i64) -> Option<Self> {
        if day.is_open(now_ms) {
            return Some(Self::Counted);
        }
        archive(now_ms)
            .any(|past| past == day)
            .then_some(Self::ForFun)
    }
}

/// Past days whose films can still be played, latest first.
pub fn archive(now_ms: i64) -> impl Iterator<Item = Day> {
    let days = std::iter::successors(Some(Day::of(now_ms)), |day| Some(day.previous()));
    days.skip_while(move |day| day.is_open(now_ms))
        .take(ARCHIVE_DAYS)
        .take_while(|day| day.number() >= 1)
}

/// One guess of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilmGuess {
    /// The work, as `work:jaws-1975`; empty if the member opened the next clue without guessing.
    pub guess: String,
    /// Whether it is the right film.
    pub correct: bool,
}

/// A member's attempt at a day's film so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilmAttempt {
    /// The guesses in order, at most [`CLUES`].
    pub guesses: Vec<FilmGuess>,
}

impl FilmAttempt {
    /// Whether the film was found.
    #[must_use]
    pub fn is_found(&self) -> bool {
        self.guesses.last().is_some_and(|guess| guess.correct)
    }

    /// Whether the attempt is over: the film was found, or every clue is used up.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.is_found() || self.guesses.len() >= usize::from(CLUES)
    }

    /// The index of the next guess, from 0; `None` once the attempt is over.
    #[must_use]
    pub fn next(&self) -> Option<u8> {
        let given = u8::try_from(self.guesses.len()).unwrap_or(CLUES);
        (!self.is_over()).then_some(given)
    }

    /// How many clues are open; the first one always is.
    #[must_use]
    pub fn opened(&self) -> u8 {
        let given = u8::try_from(self.guesses.len()).unwrap_or(CLUES);
        given.saturating_add(u8::from(!self.is_found())).min(CLUES)
    }

    /// 6 for a film found with the first clue, 1 with the last, 0 if it was not found.
    #[must_use]
    pub fn score(&self) -> u8 {
        if self.is_found() {
            CLUES + 1 - self.opened()
        } else {
            0
        }
    }

    /// Whether a guess counts: the attempt is not over, and the guess is new. `position` is which
    /// guess a click was meant to be, if it says so; naming a film twice then costs only one clue.
    #[must_use]
    pub fn takes(&self, guess: &str, position: Option<u8>) -> bool {
        let Some(next) = self.next() else {
            return false;
        };
        let is_repeated = !guess.is_empty() && self.guesses.iter().any(|g| g.guess == guess);
        !is_repeated && position.is_none_or(|position| position == next)
    }
}

/// The number of different scores: from 0 to one for each clue.
const SCORES: usize = CLUES as usize + 1;

/// How the members of a server who have finished a day's film did, and the rank of one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilmPlacing {
    /// 1 for the best; ties share a rank.
    pub rank: u64,
    /// How many have each [score](FilmAttempt::score).
    pub with_score: [u64; SCORES],
}

impl FilmPlacing {
    /// The placing of a member with this score. `tally` has scores and how many have each.
    #[must_use]
    pub fn of(score: u8, tally: impl IntoIterator<Item = (u8, u64)>) -> Self {
        let mut with_score = [0; SCORES];
        for (score, players) in tally {
            if let Some(count) = with_score.get_mut(usize::from(score)) {
                *count = players;
            }
        }
        let better = with_score.iter().skip(usize::from(score) + 1);
        Self {
            rank: better.sum::<u64>() + 1,
            with_score,
        }
    }

    /// How many have finished.
    #[must_use]
    pub fn players(&self) -> u64 {
        self.with_score.iter().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// A film counts on its own day, then it is in the archive; future films are never visible.
        #[test]
        fn a_film_counts_or_is_past_or_cannot_be_played(
            number in 1..800_i32, minutes in 0..1_440_i64, other in -80..10_i32,
        ) {
            let today = Day(20_453 + number);
            let now_ms = today.starts_at_ms() + minutes * 60_000;
            let day = Day(today.0 + other);
            let expect = match other {
                1.. => None,
                0 => Some(Play::Counted),
                -1 if minutes < 60 => Some(Play::Counted),
                _ if day.number() < 1 || other < -61 => None,
                -61 => (minutes < 60).then_some(Play::ForFun),
                _ => Some(Play::ForFun),
            };
            prop_assert_eq!(Play::of(day, now_ms), expect);
        }

        /// For any guesses: one clue per guess, six at most, none after the film is found.
        #[test]
        fn an_attempt_ends_with_the_film_or_the_last_clue(
            sent in prop::collection::vec((0_u8..9, prop::option::of(0..CLUES + 2)), 0..40),
        ) {
            let mut attempt = FilmAttempt::default();
            for (film, position) in sent {
                let guess = if film == 8 { String::new() } else { format!("work:{film}") };
                let position = if film == 8 { position.or(Some(0)) } else { position };
                let before = attempt.clone();
                if attempt.takes(&guess, position) {
                    attempt.guesses.push(FilmGuess { guess: guess.clone(), correct: film == 0 });
                }
                prop_assert!(attempt.opened() >= before.opened() && attempt.opened() <= CLUES);
                prop_assert!(!before.is_over() || attempt == before);
                prop_assert!(!attempt.takes(&guess, position), "the same again");
                prop_assert_eq!(attempt.is_over(), attempt.next().is_none());
                prop_assert_eq!(attempt.score() > 0, attempt.is_found());
                prop_assert!(attempt.score() <= CLUES);
            }
        }
    }
}
