//! What a question asks for: a person, a film, or anything else.

use super::form::form;
use super::names::Names;
use super::twins;
use crate::bank::question::Question;
use crate::facts::{EntityKind, EntityRef, fold};

const PEOPLE: [&str; 52] = [
    "actor",
    "actress",
    "actors",
    "architect",
    "artist",
    "astronaut",
    "astronomer",
    "athlete",
    "author",
    "band",
    "biologist",
    "boxer",
    "chemist",
    "choreographer",
    "cinematographer",
    "comedian",
    "composer",
    "conductor",
    "detective",
    "director",
    "drummer",
    "explorer",
    "filmmaker",
    "footballer",
    "golfer",
    "guitarist",
    "inventor",
    "man",
    "mathematician",
    "musician",
    "novelist",
    "painter",
    "person",
    "philosopher",
    "physicist",
    "pianist",
    "player",
    "playwright",
    "poet",
    "politician",
    "president",
    "producer",
    "psychologist",
    "rapper",
    "scientist",
    "screenwriter",
    "sculptor",
    "singer",
    "sprinter",
    "swimmer",
    "woman",
    "writer",
];
const WORKS: [&str; 35] = [
    "film",
    "films",
    "movie",
    "movies",
    "title",
    "titled",
    "sequel",
    "prequel",
    "book",
    "novel",
    "series",
    "show",
    "musical",
    "play",
    "comedy",
    "horror",
    "thriller",
    "western",
    "drama",
    "documentary",
    "romcom",
    "biopic",
    "blockbuster",
    "sitcom",
    "anime",
    "cartoon",
    "album",
    "song",
    "single",
    "opera",
    "ballet",
    "poem",
    "painting",
    "epic",
    "noir",
];
/// What only people do: "Which Norwegian painted The Scream?"
const DEEDS: [&str; 6] = [
    "composed", "directed", "painted", "sang", "sculpted", "wrote",
];
const CHARACTERS: [&str; 4] = ["character", "hero", "villain", "heroine"];

/// Words that ask for somebody, also in other languages, because packs may be written in any.
const WHO: [&str; 11] = [
    "who", "whom", "whose", "who's", "whos", "wer", "qui", "quién", "quien", "chi", "кто",
];

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
    /// Whether it is the title of a work. A city may have the name of a film by chance.
    pub is_title: bool,
}

impl Asked {
    /// A question without facts may still ask for someone in the base.
    pub fn of(question: &Question, names: &Names) -> Self {
        if let Some(entity) = &question.answer.entity {
            return Self {
                kind: Some(entity.kind),
                entity: Some(entity.clone()),
                is_thing: false,
                is_title: entity.kind == EntityKind::Work,
            };
        }
        let own = form(question.answer.bare());
        // "a taxi driver" is a job, not the film.
        let is_noun = is_common_noun(question.answer.bare());
        // "The Heat" is not the "Heat" of the base.
        let is_twin = |kind: EntityKind| kind == EntityKind::Work && twins::is_known(&own);
        let known = |kind: EntityKind| {
            let found = names.named(kind, &own);
            found.filter(|_| !is_noun && !is_twin(kind))
        };
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
            is_thing: kind(&question.prompt).is_none()
                && !question.prompt.is_empty()
                && !is_title_case(question.answer.bare()),
            is_title: kind(&question.prompt) == Some(EntityKind::Work),
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

/// Whether a text is written as titles are, with a capital after its first word.
fn is_title_case(text: &str) -> bool {
    let mut behind = text.split_whitespace().skip(1);
    behind.any(|word| word.starts_with(char::is_uppercase))
}

/// The kind that a prompt asks for: the words after "which" or "what", or else "who".
fn kind(prompt: &str) -> Option<EntityKind> {
    let folded = fold(prompt);
    let words: Vec<&str> = folded.split(' ').collect();
    let named = |word: &&str| match *word {
        word if WORKS.contains(&word) => Some(EntityKind::Work),
        word if CHARACTERS.contains(&word) => Some(EntityKind::Character),
        word if PEOPLE.contains(&word) || DEEDS.contains(&word) => Some(EntityKind::Person),
        _ => None,
    };
    let asking = |word: &&str| matches!(*word, "which" | "what" | "name");
    let behind = words
        .iter()
        .position(asking)
        .and_then(|at| words[at + 1..].iter().take(NEAR).find_map(&named));
    let asks_who = words.iter().any(|word| WHO.contains(word));
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
