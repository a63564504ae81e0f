//! What a question asks for: a person, a film, or anything else.

use super::form::form;
use super::names::Names;
use crate::bank::question::Question;
use crate::facts::{EntityKind, EntityRef, fold};

const PEOPLE: [&str; 22] = [
    "actor",
    "actress",
    "actors",
    "author",
    "artist",
    "band",
    "cinematographer",
    "comedian",
    "composer",
    "detective",
    "director",
    "filmmaker",
    "man",
    "musician",
    "person",
    "player",
    "president",
    "producer",
    "screenwriter",
    "singer",
    "woman",
    "writer",
];
const WORKS: [&str; 14] = [
    "film", "films", "movie", "movies", "title", "titled", "sequel", "prequel", "book", "novel",
    "series", "show", "musical", "play",
];
const CHARACTERS: [&str; 4] = ["character", "hero", "villain", "heroine"];

/// How many words after "which" may name the kind of thing asked for: "Which 1995 crime film".
const NEAR: usize = 5;

/// What the answer to a question names, as far as that can be known.
pub(super) struct Asked {
    /// `None` if it may be of any kind.
    pub kind: Option<EntityKind>,
    /// The entity in the base, if it is one.
    pub entity: Option<EntityRef>,
    /// Whether nothing suggests that it is a name or a title: "What does he lose?"
    pub is_thing: bool,
}

impl Asked {
    /// A question without facts may still ask for someone in the base.
    pub fn of(question: &Question, names: &Names) -> Self {
        if let Some(entity) = &question.answer.entity {
            return Self {
                kind: Some(entity.kind),
                entity: Some(entity.clone()),
                is_thing: false,
            };
        }
        let own = form(&question.answer.text);
        // "a taxi driver" is a job, not the film.
        let is_noun = is_common_noun(&question.answer.text);
        let known = |kind: EntityKind| names.named(kind, &own).cloned().filter(|_| !is_noun);
        let kinds: &[EntityKind] = match kind(&question.prompt) {
            Some(EntityKind::Person) => &[EntityKind::Person, EntityKind::Character],
            Some(EntityKind::Character) => &[EntityKind::Character],
            Some(EntityKind::Work) => &[EntityKind::Work],
            _ => &EntityKind::ALL,
        };
        let mut found = kinds.iter().filter_map(|kind| known(*kind));
        let entity = found.next();
        let is_clear = kinds.len() < EntityKind::ALL.len() || found.next().is_none();
        let entity = entity.filter(|_| is_clear);
        Self {
            kind: entity
                .as_ref()
                .map(|entity| entity.kind)
                .or(kind(&question.prompt)),
            is_thing: kind(&question.prompt).is_none() && !question.prompt.is_empty(),
            entity,
        }
    }

    /// Whether it is a person or character.
    pub fn is_somebody(&self) -> bool {
        matches!(self.kind, Some(EntityKind::Person | EntityKind::Character))
    }

    /// The kinds that a member could mistake it for.
    pub fn kinds(&self) -> &'static [EntityKind] {
        match self.kind {
            Some(EntityKind::Person | EntityKind::Character) => {
                &[EntityKind::Person, EntityKind::Character]
            }
            Some(EntityKind::Work) => &[EntityKind::Work],
            _ => &EntityKind::ALL,
        }
    }
}

/// Whether a text is an article followed by a lower-case word.
fn is_common_noun(text: &str) -> bool {
    let behind = text.split_once(' ').filter(|(article, _)| {
        let article = article.to_lowercase();
        matches!(article.as_str(), "a" | "an")
    });
    behind.is_some_and(|(_, noun)| noun.starts_with(char::is_lowercase))
}

/// The kind that a prompt asks for: the words after "which" or "what", or else "who".
fn kind(prompt: &str) -> Option<EntityKind> {
    let folded = fold(prompt);
    let words: Vec<&str> = folded.split(' ').collect();
    let named = |word: &&str| match *word {
        word if WORKS.contains(&word) => Some(EntityKind::Work),
        word if CHARACTERS.contains(&word) => Some(EntityKind::Character),
        word if PEOPLE.contains(&word) => Some(EntityKind::Person),
        _ => None,
    };
    let asking = |word: &&str| matches!(*word, "which" | "what" | "name");
    let behind = words
        .iter()
        .position(asking)
        .and_then(|at| words[at + 1..].iter().take(NEAR).find_map(&named));
    let asks_who = words
        .iter()
        .any(|word| matches!(*word, "who" | "whom" | "whose" | "who's" | "whos"));
    behind
        .or(asks_who.then_some(EntityKind::Person))
        .or_else(|| words.iter().find_map(named))
}

#[cfg(test)]
mod tests {
    use super::kind;
    use crate::facts::EntityKind::{Character, Person, Work};

    #[test]
    fn what_a_prompt_asks_for() {
        for (prompt, expected) in [
            ("Who directed the film Heat?", Some(Person)),
            ("Which film is about a man who sees the dead?", Some(Work)),
            ("In the film Heat, who plays Neil McCauley?", Some(Person)),
            ("Which actor starred in the film?", Some(Person)),
            ("What is the villain called?", Some(Character)),
            ("Which country is it?", None),
        ] {
            assert_eq!(kind(prompt), expected, "{prompt}");
        }
    }
}
