//! Films and awards as a pack records them: one short record each, from which the loader makes
//! people, parts and facts.

use super::ids::{EntityId, SourceId};
use super::limits;
use super::slug::slug;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The default source of a film's record.
pub const FILM_SOURCE: &str = "wikipedia";
/// The default source of an award's record.
pub const AWARD_SOURCE: &str = "academy";

/// One film. People are given by name; the same name is the same person in all packs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Film {
    /// The id of the work: its title and year as in `jaws-1975`, or the id under which another
    /// pack declares it.
    #[schemars(length(max = limits::ID_LENGTH_MAX), regex(pattern = "^[a-z0-9-]+$"))]
    pub id: EntityId,
    /// Its title, as most people know it.
    #[schemars(length(min = 1, max = limits::NAME_LENGTH_MAX))]
    pub title: String,
    /// The year of its first release.
    pub year: u16,
    /// How well known it is, from 1 (few people) to 5 (nearly everyone). Together with the billing
    /// it decides how hard a question is. Default: 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 5))]
    pub fame: Option<u8>,
    /// The source of the whole record, an id from the pack's `sources`; default: `wikipedia`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// The page in that source: "Jaws (film)".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Who directed it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub directors: Vec<String>,
    /// Its actors in billing order, with their parts if known: "Roy Scheider = Martin Brody".
    /// Separate several parts with " / ".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cast: Vec<String>,
    /// Its genres in lower case, the main one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub genres: Vec<String>,
    /// What it was based on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<Original>,
    /// The series of films it belongs to. The same part in the same series is one character.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub writers: Vec<String>,
    /// Who composed its score.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub composer: Option<String>,
    /// Which of its people are women. Wrong answers have the same sex as the right one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub women: Vec<String>,
    /// Which parts of the record are uncertain and therefore not asked about: a name, or a field
    /// (`cast`, `based_on`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsure: Vec<String>,
    /// Its plot in one line that names nobody in it; used as a clue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plot: Option<String>,
    /// A few emoji that describe it; used as a clue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emoji: Option<String>,
}

impl Film {
    /// How many facts it makes.
    pub(super) fn facts_count(&self) -> usize {
        let parts = self.cast.iter().map(|line| credit(line).1.len().max(1));
        let crew = self.directors.len() + self.writers.len() + self.composer.iter().len();
        let others = self.genres.len() + self.series.iter().len() + self.based_on.iter().len();
        1 + parts.sum::<usize>() + crew + others
    }
}

/// What a film was based on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Original {
    /// Its title.
    pub title: String,
    /// Who wrote it; separate several with " and ".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// What it is: "novel", "play", "short story", "comic".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
}

/// One Academy Award, or a nomination for one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Award {
    /// Which ceremony, counted from 1.
    pub ceremony: u16,
    /// The year whose films it honours; for the first six ceremonies the later of the two.
    pub year: u16,
    /// The category: `picture`, `director`, `actor`, `actress`, `supporting-actor`,
    /// `supporting-actress`, `screenplay`, `score`, or any other in the same style.
    pub category: String,
    /// The film, if it was for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub film: Option<Honoured>,
    /// The people named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    /// The part, if it was for acting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Whether it was won.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub won: bool,
    /// The source, an id from the pack's `sources`; default: `academy`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// The film of an award.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Honoured {
    /// Its id, unless it is made from title and year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<EntityId>,
    /// Its title.
    pub title: String,
    /// The year of its first release.
    pub year: u16,
}

impl Honoured {
    /// The id of the work.
    #[must_use]
    pub fn id(&self) -> EntityId {
        self.id
            .clone()
            .unwrap_or_else(|| film_id(&self.title, self.year))
    }
}

/// The usual id of a film: its title and year, as in `jaws-1975`.
#[must_use]
pub fn film_id(title: &str, year: u16) -> EntityId {
    format!("{}-{year}", slug(title)).into()
}

/// One line of a film's cast: a name, and the parts.
pub(super) fn credit(line: &str) -> (&str, Vec<&str>) {
    // Most lines have one sign, which is found faster than three characters.
    let mut signs = line.match_indices('=').map(|(at, _)| line.split_at(at));
    let sides = signs.find(|(name, parts)| name.ends_with(' ') && parts.starts_with("= "));
    let Some((name, parts)) = sides else {
        return (line.trim(), Vec::new());
    };
    let parts = parts[2..].split(" / ").map(str::trim);
    let parts = parts.filter(|part| !part.is_empty());
    (name.trim(), parts.collect())
}

/// The authors of an original.
pub(super) fn authors(original: &Original) -> impl Iterator<Item = &str> {
    let authors = original
        .author
        .iter()
        .flat_map(|names| names.split(" and "));
    authors.map(str::trim).filter(|name| !name.is_empty())
}

/// Whether an award's category is for acting.
#[must_use]
pub fn is_player(category: &str) -> bool {
    matches!(
        category,
        "actor" | "actress" | "supporting-actor" | "supporting-actress"
    )
}

/// Names as a sentence lists them: "A, B and C".
pub(crate) fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
