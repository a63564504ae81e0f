//! One question, as the bank makes it and a game asks it.

use crate::facts::{Difficulty, EntityKind, EntityRef, FactId, PackId, Topic, bare_name};
use serde::{Deserialize, Serialize};

/// Stable across releases: made from the fact's id, the template and the direction
/// (`bale-role-hanna/cast-who`), or a hand-written question's own id.
pub type QuestionId = String;

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Answer {
    /// As shown on the button: at most 72 characters.
    pub text: String,
    /// The entity that it names, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<EntityRef>,
}

/// A question with its right answer and every wrong answer that it may draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Stable id.
    pub id: QuestionId,
    /// The pack it comes from.
    pub pack: PackId,
    /// The facts behind it, the main one first. Empty for a server's own pack without sources.
    pub facts: Vec<FactId>,
    /// Other facts that its reveal gives away: what must be mentioned with the answer, and what the
    /// reason adds. A game does not ask about them afterwards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tells: Vec<FactId>,
    /// Used for statistics.
    pub topic: Topic,
    /// Used for choosing and scoring.
    pub difficulty: Difficulty,
    /// The template that made it; for a hand-written question, `written` or something that begins
    /// with it.
    pub template: String,
    /// Everyone and everything that it is about, the film first if there is one.
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
    /// Why the answer is right, with any caveat; shown at the reveal.
    pub reason: String,
    /// The source, as shown to members: "the supplied Heat 2 article, paragraph 9, sentence 4".
    pub citation: String,
    /// The address of the source, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// What the reveal's "Look it up" button opens with `/cast`, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lookup: Option<EntityRef>,
}

impl Answer {
    /// What it says, without the year or the remark that tells a work from others of its title.
    #[must_use]
    pub fn bare(&self) -> &str {
        let entity = self.entity.as_ref();
        match entity.filter(|entity| entity.kind == EntityKind::Work) {
            Some(_) => bare_name(&self.text),
            None => &self.text,
        }
    }
}

impl Question {
    /// Whether it was written by hand.
    #[must_use]
    pub fn is_written(&self) -> bool {
        self.template.starts_with(WRITTEN)
    }

    /// The right answer, and then the wrong ones.
    pub(super) fn choices(&self) -> impl Iterator<Item = &Answer> {
        std::iter::once(&self.answer).chain(&self.distractors)
    }

    /// The film, book or series that it is mainly about.
    #[must_use]
    pub fn work(&self) -> Option<&str> {
        let mut about = self.about.iter();
        let work = about.find(|entity| entity.kind == EntityKind::Work);
        work.map(|work| work.id.as_str())
    }
}

/// The prefix of a hand-written question's template.
pub(super) const WRITTEN: &str = "written";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_work_is_one_answer_with_and_without_its_year() {
        let bare = |text: &str, kind: Option<EntityKind>| {
            let entity = kind.map(|kind| EntityRef::new(kind, "it"));
            let text = text.to_owned();
            Answer { text, entity }.bare().to_owned()
        };
        assert_eq!(bare("Heat (1995)", Some(EntityKind::Work)), "Heat");
        assert_eq!(bare("Heat", Some(EntityKind::Work)), "Heat");
        assert_eq!(
            bare("Vesper (Lynd)", Some(EntityKind::Character)),
            "Vesper (Lynd)"
        );
        assert_eq!(bare("Two (of them)", None), "Two (of them)");
    }
}
