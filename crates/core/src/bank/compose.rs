//! Puts the questions of a game together.
//!
//! A game is composed, not just drawn. Any ten questions have at most two on one film and at most
//! two of one kind, so at least five kinds, and no kind comes twice in a row. Every second question,
//! if the pool has enough, is of a kind that draws players in: a plot's turn, an object, a line, a
//! film told in emoji. Games get harder: of ten questions, four are easy, four medium and two hard.
//! The last one counts double; it is about a well-known film and of a kind that draws players in. A
//! game with no filters takes one question in ten from the article's pack, and one in ten from the
//! server's own packs if it has any.
//!
//! Where a pool is too small for all of that, rules can be broken at a price: every position takes
//! the candidate with the lowest cost, and the first drawn of equals. The highest cost is for two
//! related questions.

use super::Bank;
use super::kind::is_showpiece;
use super::pool::QuestionRef;
use super::question::Question;
use super::spoilers::Spoilers;
use super::subject::Subject;
use super::traits::FAME_KNOWN;
use crate::facts::Difficulty;
use rand::RngExt;
use rand_chacha::ChaCha8Rng;
use std::cell::OnceCell;
use std::collections::BTreeSet;

/// Films and kinds are counted over this many questions.
const WINDOW: usize = 10;
/// The most questions on one film, and of one kind, in a window.
const SAME_MAX: usize = 2;
/// How many candidates each position of a game considers.
const LOOKED_AT_MAX: usize = 600;
/// From this many rounds on, a game has a specially chosen last question.
const CLOSER_FROM: usize = 3;

/// The cost of two related questions.
const TOUCHES: u32 = 10_000;
/// The cost of exceeding a share.
const SHARE_OVER: u32 = 1_000;
/// The cost of a film's third question.
const FILM_OVER: u32 = 300;
/// The cost of a position that is reserved for a share but filled with something else.
const SHARE_UNDER: u32 = 100;
/// The cost of each level that a question is too easy or too hard for its position.
const LEVEL: u32 = 60;
/// The cost of an answer that is the subject of the whole game.
const ANSWER_KNOWN: u32 = 40;
/// The cost of a kind's third question.
const KIND_OVER: u32 = 25;
/// The cost of the same kind twice in a row.
const KIND_AGAIN: u32 = 20;
/// The cost of a repeated answer.
const ANSWER_AGAIN: u32 = 16;
/// The cost of any other kind while fewer than half of the questions draw players in.
const SHOWPIECE_UNDER: u32 = 10;
/// The cost of a last question on a little-known film, or of a kind that ends a game poorly.
const CLOSER: u32 = 8;
/// The cost of a film's second question.
const FILM_AGAIN: u32 = 4;

/// The groups that have a share of every game with no filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Questions from the article's pack.
    Article,
    /// Questions of the server's own packs.
    Own,
}

/// The rules for composing a game.
pub(super) struct Rules<'q> {
    pub(super) rounds: usize,
    /// What the whole game is about.
    pub(super) about: Option<&'q Subject>,
    /// The groups that have a share of the game, if any.
    pub(super) shares: Vec<Class>,
}

/// A question that may be asked.
pub(super) struct Candidate<'a> {
    bank: &'a Bank,
    number: u32,
    film: Option<&'a str>,
    kind: &'a str,
    /// Whether its kind draws players in.
    is_showpiece: bool,
    level: Difficulty,
    fame: u8,
    class: Option<Class>,
    question: OnceCell<Question>,
    /// Whether it is related to a question of the game. Once true, it stays true.
    touches: bool,
}

impl<'a> Candidate<'a> {
    /// A question with its difficulty here.
    pub(super) fn of(
        bank: &'a Bank,
        at: QuestionRef,
        level: Difficulty,
        class: Option<Class>,
    ) -> Self {
        let traits = bank.traits.get(at.number);
        let kind = bank.traits.kind(traits);
        Self {
            bank,
            number: at.number,
            film: traits.film().map(|film| bank.shared.text(film)),
            kind,
            is_showpiece: is_showpiece(kind),
            level,
            fame: traits.fame(),
            class,
            question: OnceCell::new(),
            touches: false,
        }
    }

    fn question(&self) -> &Question {
        self.question.get_or_init(|| Question {
            difficulty: self.level,
            ..self.bank.question(self.number)
        })
    }
}

/// Composes a game from some candidates, using each at most once.
pub(super) fn compose(
    mut candidates: Vec<Candidate>,
    rules: &Rules,
    random: &mut ChaCha8Rng,
) -> Vec<Question> {
    let rounds = rules.rounds.min(candidates.len());
    let curve = curve(rounds, &candidates);
    let mut game = Game {
        rules,
        kept: kept(&curve, &candidates, &rules.shares, random),
        taken: Vec::with_capacity(rounds),
        revealed: Spoilers::default(),
    };
    let mut questions = Vec::with_capacity(rounds);
    for (place, level) in curve.into_iter().enumerate() {
        let is_closer = place + 1 == rounds && rounds >= CLOSER_FROM;
        let Some(best) = game.best(&mut candidates, level, is_closer) else {
            break;
        };
        let chosen = candidates.remove(best);
        game.revealed.add(chosen.question());
        game.taken.push(Taken {
            film: chosen.film,
            kind: chosen.kind,
            is_showpiece: chosen.is_showpiece,
        });
        questions.push(chosen.question().clone());
    }
    questions
}

/// The difficulty of each question of a game, easy ones first: of ten, four, four and two, as far
/// as the pool allows.
fn curve(rounds: usize, candidates: &[Candidate]) -> Vec<Difficulty> {
    let levels = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard];
    let there = levels.map(|level| candidates.iter().filter(|c| c.level == level).count());
    let easy = (rounds * 4).div_ceil(10);
    let hard = rounds * 2 / 10;
    let mut wanted = [easy, rounds - easy - hard, hard];
    // If a level has too few questions, the neighbouring level fills in, then the remaining one.
    for (short, helper) in [(0, 1), (0, 2), (2, 1), (2, 0), (1, 0), (1, 2)] {
        let lacking = wanted[short].saturating_sub(there[short]);
        let room = there[helper].saturating_sub(wanted[helper]);
        let moved = lacking.min(room);
        wanted[short] -= moved;
        wanted[helper] += moved;
    }
    let levels = levels.into_iter().zip(wanted);
    levels
        .flat_map(|(level, count)| std::iter::repeat_n(level, count))
        .collect()
}

/// The share that each position of a game is reserved for: one in ten for each, where the share has
/// questions of the right difficulty. The first and last question are never reserved.
fn kept(
    curve: &[Difficulty],
    candidates: &[Candidate],
    shares: &[Class],
    random: &mut ChaCha8Rng,
) -> Vec<Option<Class>> {
    let mut kept = vec![None; curve.len()];
    for class in shares {
        let of_class = candidates.iter().filter(|c| c.class == Some(*class));
        let levels: BTreeSet<Difficulty> = of_class.map(|candidate| candidate.level).collect();
        for from in (0..curve.len()).step_by(WINDOW) {
            let places = from.max(1)..(from + WINDOW).min(curve.len().saturating_sub(1));
            let fits = |place: &usize| kept[*place].is_none() && levels.contains(&curve[*place]);
            let fitting: Vec<usize> = places.filter(fits).collect();
            // A game of five has half as large a share.
            let drawn = random.random_range(0..WINDOW);
            if !fitting.is_empty() && drawn < curve.len() - from {
                kept[fitting[drawn % fitting.len()]] = Some(*class);
            }
        }
    }
    kept
}

/// What the rules need to know about a question already taken.
struct Taken<'a> {
    film: Option<&'a str>,
    kind: &'a str,
    is_showpiece: bool,
}

/// What the next question of a game should be.
struct Wanted {
    level: Difficulty,
    /// Whether it is the last one, specially chosen.
    is_closer: bool,
    /// Whether fewer than half of the window's questions draw players in.
    is_showpiece: bool,
}

/// A game in progress.
struct Game<'a, 'r> {
    rules: &'r Rules<'r>,
    kept: Vec<Option<Class>>,
    taken: Vec<Taken<'a>>,
    revealed: Spoilers,
}

impl<'a> Game<'a, '_> {
    /// The index of the cheapest candidate for the next question.
    fn best(
        &self,
        candidates: &mut [Candidate<'a>],
        level: Difficulty,
        is_closer: bool,
    ) -> Option<usize> {
        let looked_at = candidates.len().min(LOOKED_AT_MAX);
        let candidates = &mut candidates[..looked_at];
        let window = self.window();
        let showpieces = window.iter().filter(|taken| taken.is_showpiece).count();
        let wanted = Wanted {
            level,
            is_closer,
            is_showpiece: showpieces * 2 <= window.len(),
        };
        let costs = candidates.iter().enumerate();
        let costs = costs.map(|(place, candidate)| (self.cost(candidate, &wanted), place));
        let mut costs: Vec<(u32, usize)> = costs.collect();
        costs.sort_unstable();
        let mut best: Option<(u32, usize)> = None;
        for (cost, place) in costs {
            if best.is_some_and(|(least, _)| least <= cost) {
                break;
            }
            // The full text is examined only for the few that may be best.
            let cost = cost + self.cost_of_text(&mut candidates[place]);
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, place));
            }
        }
        best.map(|(_, place)| place)
    }

    /// The questions that count together with the next one.
    fn window(&self) -> &[Taken<'a>] {
        &self.taken[self.taken.len().saturating_sub(WINDOW - 1)..]
    }

    /// The cost of a candidate that can be computed without its text.
    fn cost(&self, candidate: &Candidate, wanted: &Wanted) -> u32 {
        let window = self.window();
        let count = |is_same: &dyn Fn(&Taken) -> bool| window.iter().filter(|t| is_same(t)).count();
        let mut cost = LEVEL * u32::from((candidate.level as u8).abs_diff(wanted.level as u8));
        if candidate.touches {
            cost += TOUCHES;
        }
        match candidate
            .film
            .map_or(0, |film| count(&|taken| taken.film == Some(film)))
        {
            0 => {}
            films if films < SAME_MAX => cost += FILM_AGAIN,
            _ => cost += FILM_OVER,
        }
        if count(&|taken| taken.kind == candidate.kind) >= SAME_MAX {
            cost += KIND_OVER;
        }
        if window
            .last()
            .is_some_and(|last| last.kind == candidate.kind)
        {
            cost += KIND_AGAIN;
        }
        if wanted.is_showpiece && !candidate.is_showpiece {
            cost += SHOWPIECE_UNDER;
        }
        if wanted.is_closer {
            let is_known = candidate.fame >= FAME_KNOWN;
            cost += CLOSER * (u32::from(!is_known) + u32::from(!candidate.is_showpiece));
        }
        cost + self.cost_of_share(candidate)
    }

    fn cost_of_share(&self, candidate: &Candidate) -> u32 {
        let kept = self.kept.get(self.taken.len()).copied().flatten();
        match candidate.class {
            class if class == kept => 0,
            Some(_) => SHARE_OVER,
            None => SHARE_UNDER,
        }
    }

    /// The additional cost that depends on its text.
    fn cost_of_text(&self, candidate: &mut Candidate) -> u32 {
        let question = candidate.question();
        let touches = !candidate.touches && self.revealed.touches(question);
        let is_again = self.revealed.has_answer(question);
        let answer = question.answer.entity.as_ref();
        let is_known = match self.rules.about {
            Some(Subject::Entity(about)) => answer == Some(about),
            _ => false,
        };
        candidate.touches |= touches;
        TOUCHES * u32::from(touches)
            + ANSWER_AGAIN * u32::from(is_again)
            + ANSWER_KNOWN * u32::from(is_known)
    }
}

#[cfg(test)]
#[path = "compose_tests.rs"]
mod tests;
