//! What a game can be about.

use crate::facts::{EntityKind, EntityRef, award_name};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest written subject: Discord allows this many characters for the value of a suggestion.
pub const SUBJECT_CHARS_MAX: usize = 100;
/// The fewest questions for a game on a subject.
pub const PLAYABLE_MIN: usize = 10;
/// How all awards together are written.
const ALL_AWARDS: &str = "academy-awards";

/// What a question or a game is about: a film, a person, the 1970s, westerns.
///
/// Written as kind and name, `person:al-pacino` or `decade:1970`, in suggestions, in a server's
/// settings and in stored games.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Subject {
    /// A person or thing that facts mention.
    Entity(EntityRef),
    /// The films of a decade, by its first year.
    Decade(u16),
    /// The films of a genre, as packs write it: "science fiction".
    Genre(String),
    /// The films of a series, by name: "James Bond".
    Series(String),
    /// One category of the Academy Awards, as packs write it: "supporting-actor".
    Award(String),
    /// The Academy Awards, in any category.
    Awards,
}

/// A text that is not a subject.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is not a subject; write one like \"person:al-pacino\", \"decade:1970\" or \"genre:western\""
)]
pub struct NoSubject(String);

/// Decades that people also call by a word.
const DECADES: [(u16, &str); 9] = [
    (1920, "twenties"),
    (1930, "thirties"),
    (1940, "forties"),
    (1950, "fifties"),
    (1960, "sixties"),
    (1970, "seventies"),
    (1980, "eighties"),
    (1990, "nineties"),
    (2000, "noughties"),
];

impl Subject {
    /// A work.
    #[must_use]
    pub fn work(id: &str) -> Self {
        Self::Entity(EntityRef::new(EntityKind::Work, id))
    }

    /// The title of a subject that is not an entity; entities have their own names. It is here and
    /// not among the members' texts because searches use it.
    #[must_use]
    pub fn title(&self) -> Option<String> {
        let capital = |text: &str| {
            let mut letters = text.chars();
            let first = letters.next().map(char::to_uppercase);
            first
                .into_iter()
                .flatten()
                .chain(letters)
                .collect::<String>()
        };
        match self {
            Self::Entity(_) => None,
            Self::Decade(first) => Some(format!("The {first}s")),
            Self::Genre(genre) if genre.ends_with("noir") => Some(capital(genre)),
            Self::Genre(genre) => Some(format!("{} films", capital(genre))),
            Self::Series(series) => Some(format!("{series} films")),
            Self::Award(category) => Some(format!("Oscar for {}", award_name(category))),
            Self::Awards => Some("Academy Awards".to_owned()),
        }
    }

    /// Other names that a member may type for it.
    #[must_use]
    pub fn aliases(&self) -> Vec<String> {
        match self {
            Self::Decade(first) => {
                let short = format!("{:02}s", first % 100);
                let mut names = vec![format!("{first}s"), format!("{first}"), short];
                let spelt = DECADES.iter().filter(|(of, _)| of == first);
                names.extend(spelt.map(|(_, name)| (*name).to_owned()));
                names
            }
            Self::Genre(genre) => vec![genre.clone(), format!("{genre}s")],
            Self::Series(series) => vec![series.clone(), format!("{series} series")],
            Self::Award(category) => {
                let name = award_name(category);
                vec![format!("Academy Award for {name}"), name]
            }
            Self::Awards => vec!["Oscars".to_owned(), "Oscar".to_owned()],
            Self::Entity(_) => Vec::new(),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entity(entity) => write!(f, "{entity}"),
            Self::Decade(first) => write!(f, "decade:{first}"),
            Self::Genre(genre) => write!(f, "genre:{genre}"),
            Self::Series(series) => write!(f, "series:{series}"),
            Self::Award(category) => write!(f, "award:{category}"),
            Self::Awards => write!(f, "award:{ALL_AWARDS}"),
        }
    }
}

impl TryFrom<String> for Subject {
    type Error = NoSubject;

    fn try_from(text: String) -> Result<Self, NoSubject> {
        let is_short = text.chars().count() <= SUBJECT_CHARS_MAX;
        let read = || {
            let (kind, name) = text.split_once(':').filter(|(_, name)| !name.is_empty())?;
            Some(match kind {
                "decade" => Self::Decade(name.parse().ok().filter(|year| year % 10 == 0)?),
                "genre" => Self::Genre(name.to_owned()),
                "series" => Self::Series(name.to_owned()),
                "award" if name == ALL_AWARDS => Self::Awards,
                "award" => Self::Award(name.to_owned()),
                _ => {
                    let is_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
                    let entity = EntityRef::try_from(text.clone()).ok()?;
                    Self::Entity(Some(entity).filter(|entity| entity.id.chars().all(is_id))?)
                }
            })
        };
        match is_short.then(read).flatten() {
            Some(subject) => Ok(subject),
            None => Err(NoSubject(text.chars().take(SUBJECT_CHARS_MAX).collect())),
        }
    }
}

impl From<Subject> for String {
    fn from(subject: Subject) -> Self {
        subject.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_are_read_as_they_are_written() {
        for text in [
            "person:al-pacino",
            "work:heat-1995",
            "decade:1970",
            "genre:science fiction",
            "series:James Bond",
            "award:supporting-actor",
            "award:academy-awards",
        ] {
            let subject = Subject::try_from(text.to_owned()).expect("a subject");
            assert_eq!(subject.to_string(), text);
        }
        let long = format!("genre:{}", "x".repeat(SUBJECT_CHARS_MAX));
        for text in [
            "",
            "heat",
            "decade:1975",
            "decade:",
            "planet:mars",
            "person:Al",
            &long,
        ] {
            assert!(Subject::try_from(text.to_owned()).is_err(), "{text}");
        }
    }
}
