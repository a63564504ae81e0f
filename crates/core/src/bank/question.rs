//! One question, as the bank makes it and a game asks it.

use crate::facts::{Difficulty, EntityKind, EntityRef, FactId, PackId, Topic};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// Stable over releases: from the fact's id, the template and the direction
/// (`bale-role-hanna/cast-who`), or a hand-written question's own id.
pub type QuestionId = String;

/// One text that a member may choose.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Answer {
    /// As shown on the button: at most 72 characters.
    pub text: String,
    /// The entity it names, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityRef>,
}

/// A question with its one right answer and every wrong one it may draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Stable id.
    pub id: QuestionId,
    /// The pack it comes from.
    pub pack: PackId,
    /// The facts it rests on, the main one first. Empty for an uncited pack of one's own.
    pub facts: Vec<FactId>,
    /// Facts that its reveal tells besides: what must be told along with it, and what the reason
    /// adds. A game does not ask of them after it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tells: Vec<FactId>,
    /// For statistics.
    pub topic: Topic,
    /// For choosing and scoring.
    pub difficulty: Difficulty,
    /// Which template made it; `written`, or what that begins with, if nobody but its writer did.
    pub template: String,
    /// Everyone and everything it is about, the film first where there is one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<EntityRef>,
    /// The question, plain text without markdown, at most 300 characters.
    pub prompt: String,
    /// The one right answer.
    pub answer: Answer,
    /// Other spellings of the right answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accept: Vec<String>,
    /// Every wrong answer it may draw; at least three. None is true under any loaded fact.
    pub distractors: Vec<Answer>,
    /// Why the answer is right, with the caveat where there is one; shown at the reveal.
    pub reason: String,
    /// Where it is stated, as shown to members:
    /// "the supplied Heat 2 article, paragraph 9, sentence 4".
    pub citation: String,
    /// The address of the source, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What the reveal's "Look it up" button looks up with `/cast`, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lookup: Option<EntityRef>,
}

impl Question {
    /// Whether somebody wrote it by hand.
    #[must_use]
    pub fn is_written(&self) -> bool {
        self.template.starts_with(WRITTEN)
    }

    /// The film, book or series that it is about, before all others.
    #[must_use]
    pub fn work(&self) -> Option<&str> {
        let mut about = self.about.iter();
        let work = about.find(|entity| entity.kind == EntityKind::Work);
        work.map(|work| work.id.as_str())
    }
}

/// What the template of a hand-written question begins with.
pub(super) const WRITTEN: &str = "written";

/// A question as one game asks it: four choices in a fixed order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// What is asked.
    pub question: std::sync::Arc<Question>,
    /// For each button, left to right: `None` for the right answer, `Some(i)` for
    /// `question.distractors[i]`. Exactly one is `None`.
    pub choices: [Option<u16>; 4],
    /// Clues that open one after another while it is asked, from hard to easy; none in most
    /// questions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clues: Vec<String>,
    /// How a typed answer is judged; none where this question cannot be typed, or a game with
    /// buttons asks it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typed: Option<Box<super::TypedKey>>,
}

impl Round {
    /// The text on button `index`; none beyond the fourth.
    #[must_use]
    pub fn choice(&self, index: u8) -> Option<&Answer> {
        match self.choices.get(usize::from(index))? {
            None => Some(&self.question.answer),
            Some(i) => self.question.distractors.get(usize::from(*i)),
        }
    }

    /// The same question with its choices in an order that `seed` decides, to be chosen and not
    /// typed.
    #[must_use]
    pub fn reshuffled(&self, seed: u64) -> Self {
        let mut choices = self.choices;
        choices.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
        Self {
            question: std::sync::Arc::clone(&self.question),
            choices,
            clues: self.clues.clone(),
            typed: None,
        }
    }

    /// The index of the right button.
    #[must_use]
    pub fn correct(&self) -> u8 {
        let at = self.choices.iter().position(Option::is_none);
        u8::try_from(at.unwrap_or(0)).unwrap_or(0)
    }
}
