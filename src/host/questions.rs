//! Questions of live games, each in memory once, however many games ask it.
//!
//! A question with its choices, spellings and reason takes about two kilobytes, and ten thousand
//! games mostly ask the same questions.

use heat_core::bank::{Question, QuestionId, Round};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// With more entries than this, questions of ended games are searched for and dropped.
const SWEEP_MIN: usize = 1_024;

/// The questions of all live games, by id.
#[derive(Default)]
pub(super) struct Questions(Mutex<SharedQuestions>);

#[derive(Default)]
struct SharedQuestions {
    by_id: HashMap<QuestionId, Weak<Question>>,
    /// How many entries there may be before the next search.
    sweep_at: usize,
}

impl Questions {
    /// The same rounds, sharing the questions that other games already hold.
    pub(super) fn share(&self, mut rounds: Vec<Round>) -> Vec<Round> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for round in &mut rounds {
            known.share(&mut round.question);
        }
        rounds
    }
}

impl SharedQuestions {
    fn share(&mut self, question: &mut Arc<Question>) {
        let other = self.by_id.get(&question.id).and_then(Weak::upgrade);
        match other {
            // A question with the same id may differ, because the packs have changed since.
            Some(other) if other == *question => *question = other,
            Some(_) => {}
            None => {
                self.sweep();
                let id = question.id.clone();
                self.by_id.insert(id, Arc::downgrade(question));
            }
        }
    }

    fn sweep(&mut self) {
        if self.by_id.len() < self.sweep_at.max(SWEEP_MIN) {
            return;
        }
        self.by_id.retain(|_, question| question.strong_count() > 0);
        // At twice as many, so that each entry is checked only a few times in all.
        self.sweep_at = 2 * self.by_id.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use heat_core::bank::Answer;
    use heat_core::facts::{Difficulty, Topic};

    fn round(id: usize, prompt: &str) -> Round {
        let answer = |text: &str| Answer {
            text: text.to_owned(),
            entity: None,
        };
        let question = Question {
            id: format!("q{id}"),
            pack: "p".to_owned(),
            facts: Vec::new(),
            tells: Vec::new(),
            topic: Topic::Cast,
            difficulty: Difficulty::Easy,
            template: "written".to_owned(),
            about: Vec::new(),
            prompt: prompt.to_owned(),
            answer: answer("A"),
            accept: Vec::new(),
            distractors: ["B", "C", "D"].map(answer).to_vec(),
            reason: "So.".to_owned(),
            citation: String::new(),
            url: None,
            lookup: None,
        };
        Round {
            question: Arc::new(question),
            choices: [None, Some(0), Some(1), Some(2)],
            clues: Vec::new(),
            typed: None,
        }
    }

    #[test]
    fn games_share_equal_questions_only() {
        let questions = Questions::default();
        let one = questions.share(vec![round(1, "Which?"), round(2, "Who?")]);
        let two = questions.share(vec![round(2, "Who?"), round(1, "Which one?")]);
        assert!(Arc::ptr_eq(&one[1].question, &two[0].question));
        assert_eq!(two[1].question.prompt, "Which one?");
        drop((one, two));
        let again = questions.share(vec![round(1, "Which one?")]);
        let same = questions.share(vec![round(1, "Which one?")]);
        assert!(Arc::ptr_eq(&again[0].question, &same[0].question));
    }

    #[test]
    fn questions_that_no_game_asks_are_dropped() {
        let questions = Questions::default();
        let kept = questions.share(vec![round(0, "Which?")]);
        for id in 1..10 * SWEEP_MIN {
            questions.share(vec![round(id, "Which?")]);
        }
        let known = questions.0.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(known.by_id.len() <= SWEEP_MIN, "{}", known.by_id.len());
        assert!(known.by_id.contains_key(&kept[0].question.id));
    }
}
