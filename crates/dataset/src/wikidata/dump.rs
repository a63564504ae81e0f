//! A dump: a list of entities, one per line.

use super::{Draft, FEMALE, Item, Part, Records, Thing, item, unreadable, wrong, year};
use crate::BuildError;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::{HashMap, HashSet};
use std::io::BufRead;

/// What a film is an instance of: film, feature film, animated film, animated feature film, anime
/// film, television film, documentary, silent film.
const FILMS: [Item; 8] = [
    11_424, 24_869, 202_866, 29_168_811, 20_650_540, 506_240, 93_204, 226_730,
];

#[derive(Debug, Deserialize)]
struct Entity {
    id: String,
    #[serde(default)]
    labels: Labels,
    #[serde(default)]
    claims: Claims,
    #[serde(default)]
    sitelinks: Sitelinks,
}

/// An empty map is written as an empty list.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Sitelinks {
    #[expect(
        clippy::zero_sized_map_values,
        reason = "only the names of the sites are read"
    )]
    Some(HashMap<String, IgnoredAny>),
    None([(); 0]),
}

impl Default for Sitelinks {
    fn default() -> Self {
        Self::None([])
    }
}

impl Sitelinks {
    /// How many Wikipedias have an article: not Wikiquote, Commons or Wikispecies.
    fn wikipedias(&self) -> u32 {
        let Self::Some(links) = self else {
            return 0;
        };
        let is_wikipedia = |site: &&String| {
            site.ends_with("wiki")
                && !["commonswiki", "specieswiki", "wikidatawiki", "metawiki"]
                    .contains(&site.as_str())
        };
        u32::try_from(links.keys().filter(is_wikipedia).count()).unwrap_or(u32::MAX)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(from = "Value")]
struct Labels {
    english: Option<String>,
}

impl From<Value> for Labels {
    fn from(labels: Value) -> Self {
        // "mul" is the label for all languages without one of their own.
        let label = ["en", "mul"]
            .iter()
            .find_map(|language| labels[language]["value"].as_str());
        Self {
            english: label.map(str::to_owned),
        }
    }
}

/// The statements that are read; all others are skipped without parsing.
#[derive(Debug, Default, Deserialize)]
#[serde(default, from = "MaybeClaims")]
struct Claims(Statements);

/// An empty map is written as an empty list.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum MaybeClaims {
    Some(Box<Statements>),
    None([(); 0]),
}

impl From<MaybeClaims> for Claims {
    fn from(claims: MaybeClaims) -> Self {
        match claims {
            MaybeClaims::Some(statements) => Self(*statements),
            MaybeClaims::None(_) => Self::default(),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Statements {
    #[serde(rename = "P31")]
    instance_of: Vec<Claim>,
    #[serde(rename = "P577")]
    released: Vec<Claim>,
    #[serde(rename = "P57")]
    directors: Vec<Claim>,
    #[serde(rename = "P161")]
    cast: Vec<Claim>,
    #[serde(rename = "P725")]
    voices: Vec<Claim>,
    #[serde(rename = "P136")]
    genres: Vec<Claim>,
    #[serde(rename = "P144")]
    based_on: Vec<Claim>,
    #[serde(rename = "P179")]
    series: Vec<Claim>,
    #[serde(rename = "P58")]
    writers: Vec<Claim>,
    #[serde(rename = "P86")]
    composers: Vec<Claim>,
    #[serde(rename = "P364")]
    languages: Vec<Claim>,
    #[serde(rename = "P21")]
    gender: Vec<Claim>,
    #[serde(rename = "P569")]
    born: Vec<Claim>,
    #[serde(rename = "P50")]
    authors: Vec<Claim>,
}

#[derive(Debug, Deserialize)]
struct Claim {
    mainsnak: Snak,
    #[serde(default)]
    rank: String,
    #[serde(default)]
    qualifiers: Qualifiers,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Qualifiers {
    #[serde(rename = "P453")]
    role: Vec<Snak>,
    #[serde(rename = "P4633")]
    role_name: Vec<Snak>,
    #[serde(rename = "P1545")]
    ordinal: Vec<Snak>,
}

/// A value; `None` if Wikidata says that it is unknown or does not exist.
#[derive(Debug, Deserialize)]
struct Snak {
    #[serde(default)]
    datavalue: Option<Datavalue>,
}

#[derive(Debug, Deserialize)]
struct Datavalue {
    value: Value,
}

impl Snak {
    fn item(&self) -> Option<Item> {
        item(self.datavalue.as_ref()?.value["id"].as_str()?)
    }

    fn text(&self) -> Option<&str> {
        self.datavalue.as_ref()?.value.as_str()
    }

    fn year(&self) -> Option<u16> {
        year(self.datavalue.as_ref()?.value["time"].as_str()?)
    }
}

/// The valid claims: the preferred ones if there are any, never deprecated ones.
fn held(claims: &[Claim]) -> impl Iterator<Item = &Claim> {
    let has_preferred = claims.iter().any(|claim| claim.rank == "preferred");
    claims
        .iter()
        .filter(move |claim| match claim.rank.as_str() {
            "deprecated" => false,
            "preferred" => true,
            _ => !has_preferred,
        })
}

fn items(claims: &[Claim]) -> Vec<Item> {
    held(claims)
        .filter_map(|claim| claim.mainsnak.item())
        .collect()
}

/// Reads the dump three times: for the films, for everything they name, and for the authors and
/// forms of their sources.
pub(super) fn read<R: BufRead>(
    first: R,
    mut open: impl FnMut() -> Result<R, BuildError>,
    known_min: u32,
) -> Result<Records, BuildError> {
    let mut records = Records::default();
    each(first, |entity| {
        let classes = items(&entity.claims.0.instance_of);
        let is_film = classes.iter().any(|class| FILMS.contains(class));
        let sitelinks = entity.sitelinks.wikipedias();
        if let (true, true, Some(number)) = (is_film, sitelinks >= known_min, item(&entity.id)) {
            records
                .films
                .insert(number, draft(&entity.claims.0, classes, sitelinks));
        }
    })?;
    let originals: HashSet<Item> = records
        .films
        .values()
        .flat_map(|film| &film.based_on)
        .copied()
        .collect();
    let named = mentioned(&records);
    find(open()?, &named, &originals, &mut records)?;
    let behind = originals
        .iter()
        .filter_map(|original| records.things.get(original));
    let behind = behind.flat_map(|thing| thing.authors.iter().chain(&thing.classes).copied());
    let behind: HashSet<Item> = behind
        .filter(|item| !records.things.contains_key(item))
        .collect();
    if !behind.is_empty() {
        find(open()?, &behind, &HashSet::new(), &mut records)?;
    }
    Ok(records)
}

/// Extracts the requested entities from the dump.
fn find(
    reader: impl BufRead,
    wanted: &HashSet<Item>,
    originals: &HashSet<Item>,
    records: &mut Records,
) -> Result<(), BuildError> {
    each(reader, |entity| {
        if let Some(number) = item(&entity.id).filter(|number| wanted.contains(number)) {
            records
                .things
                .insert(number, thing(entity, originals.contains(&number)));
        }
    })
}

fn each(reader: impl BufRead, mut take: impl FnMut(Entity)) -> Result<(), BuildError> {
    for (number, line) in (1_u64..).zip(reader.lines()) {
        let line = line.map_err(unreadable)?;
        // The list's brackets are on separate lines, and a comma follows each entity.
        let text = line.trim().trim_end_matches(',');
        if ["", "[", "]"].contains(&text) {
            continue;
        }
        let entity = serde_json::from_str(text);
        take(
            entity.map_err(|error| {
                wrong(number, format!("this is not a Wikidata entity: {error}"))
            })?,
        );
    }
    Ok(())
}

fn draft(claims: &Statements, classes: Vec<Item>, sitelinks: u32) -> Draft {
    let players = held(&claims.cast).chain(held(&claims.voices));
    let cast = players.filter_map(|claim| {
        let place = claim
            .qualifiers
            .ordinal
            .iter()
            .find_map(|snak| snak.text()?.parse().ok());
        let roles = claim
            .qualifiers
            .role
            .iter()
            .filter_map(Snak::item)
            .map(Part::Item);
        let words = claim.qualifiers.role_name.iter().filter_map(Snak::text);
        let words = words.map(|text| Part::Text(text.to_owned()));
        let parts: Vec<Part> = roles.collect();
        let parts = if parts.is_empty() {
            words.collect()
        } else {
            parts
        };
        Some((claim.mainsnak.item()?, place, parts))
    });
    Draft {
        sitelinks,
        year: held(&claims.released)
            .filter_map(|claim| claim.mainsnak.year())
            .min(),
        cast: cast.collect(),
        directors: items(&claims.directors),
        genres: items(&claims.genres),
        based_on: items(&claims.based_on),
        series: items(&claims.series),
        writers: items(&claims.writers),
        composers: items(&claims.composers),
        languages: items(&claims.languages),
        classes,
    }
}

/// Everything that the films mention.
fn mentioned(records: &Records) -> HashSet<Item> {
    let mut wanted: HashSet<Item> = records.films.keys().copied().collect();
    for film in records.films.values() {
        let lists = [
            &film.directors,
            &film.genres,
            &film.based_on,
            &film.series,
            &film.writers,
            &film.composers,
            &film.languages,
        ];
        wanted.extend(lists.into_iter().flatten());
        for (player, _, parts) in &film.cast {
            wanted.insert(*player);
            wanted.extend(parts.iter().filter_map(|part| match part {
                Part::Item(item) => Some(*item),
                Part::Text(_) => None,
            }));
        }
    }
    wanted
}

fn thing(entity: Entity, is_original: bool) -> Thing {
    let claims = entity.claims.0;
    Thing {
        name: entity.labels.english,
        born: held(&claims.born).find_map(|claim| claim.mainsnak.year()),
        is_woman: held(&claims.gender).any(|claim| claim.mainsnak.item() == Some(FEMALE)),
        authors: if is_original {
            items(&claims.authors)
        } else {
            Vec::new()
        },
        classes: if is_original {
            items(&claims.instance_of)
        } else {
            Vec::new()
        },
    }
}
