//! IMDb's non-commercial data sets: <https://developer.imdb.com/non-commercial-datasets/>.
//!
//! Tab-separated values with a header line, no quoting, `\N` for missing. Five of the files are
//! read, in an order in which each is filtered by the ones before it.

mod read;
#[cfg(test)]
mod tests;

use crate::names::{Person, distinct};
use crate::pack::{self, LeftOut, clean, fame, line};
use crate::{BuildError, Built, Filter};
use heat_core::facts::{Film, Pack, Source};
use read::{each, id};
use std::collections::{HashMap, HashSet};
use std::io::Read;

/// The least number of votes for a fame of 2, 3, 4 and 5.
const FAMES: [u32; 4] = [20_000, 100_000, 400_000, 1_000_000];

/// The five files, unpacked as they are read.
#[derive(Debug)]
pub struct Files<R> {
    /// `title.ratings.tsv`: who voted.
    pub ratings: R,
    /// `title.basics.tsv`: titles, years, genres.
    pub basics: R,
    /// `title.crew.tsv`: directors and writers.
    pub crew: R,
    /// `title.principals.tsv`: actors in billing order, with their parts.
    pub principals: R,
    /// `name.basics.tsv`: people's names.
    pub names: R,
}

/// A film on its way into the pack; people are still numbers.
#[derive(Debug, Default)]
struct Draft {
    votes: u32,
    title: String,
    year: u16,
    genres: Vec<String>,
    directors: Vec<u32>,
    writers: Vec<u32>,
    composer: Option<u32>,
    /// Actor, billing, parts.
    cast: Vec<(u32, u16, Vec<String>)>,
}

/// Builds a pack.
///
/// # Errors
/// If a file cannot be read or is not in the documented form, or no film passes the filter.
pub fn build<R: Read>(tables: Files<R>, filter: &Filter) -> Result<Built, BuildError> {
    let mut left_out = LeftOut::default();
    let votes = votes(tables.ratings, filter)?;
    let mut films = titles(tables.basics, filter, &votes, &mut left_out)?;
    drop(votes);
    crew(tables.crew, &mut films)?;
    let women = players(tables.principals, &mut films)?;
    let names = people(tables.names, &films, &mut left_out)?;
    let films = films.into_iter();
    let films = films.map(|(number, draft)| (draft.votes, film(number, draft, &names, &women)));
    pack::finish(empty_pack(filter), films.collect(), left_out)
}

fn empty_pack(filter: &Filter) -> Pack {
    Pack {
        id: "imdb".into(),
        title: "All of cinema (IMDb)".into(),
        description: format!(
            "Films with at least {} votes on IMDb, first shown from {} to {}.",
            filter.known_min,
            filter.years.start(),
            filter.years.end()
        ),
        licence: Some(
            "IMDb data for personal and non-commercial use only; not to be passed on. \
             https://help.imdb.com/article/imdb/general-information/can-i-use-imdb-data-in-my-software/G5JTRESSHJBBHTGX"
                .into(),
        ),
        attribution: Some("Information courtesy of IMDb (https://www.imdb.com). Used with permission.".into()),
        sources: vec![Source {
            id: "imdb".into(),
            title: "IMDb".into(),
            url: Some("https://www.imdb.com/title/".into()),
        }],
        ..Pack::default()
    }
}

/// The votes for every title with enough of them.
fn votes<R: Read>(file: R, filter: &Filter) -> Result<HashMap<u32, u32>, BuildError> {
    let mut votes = HashMap::new();
    each(
        "title.ratings",
        file,
        ["tconst", "numVotes"],
        |[title, count]| {
            let count: u32 = count
                .parse()
                .map_err(|_| format!("\"{count}\" is not a number of votes"))?;
            if count >= filter.known_min {
                votes.insert(id("tt", title)?, count);
            }
            Ok(())
        },
    )?;
    Ok(votes)
}

fn titles<R: Read>(
    file: R,
    filter: &Filter,
    votes: &HashMap<u32, u32>,
    left_out: &mut LeftOut,
) -> Result<HashMap<u32, Draft>, BuildError> {
    let columns = [
        "tconst",
        "titleType",
        "primaryTitle",
        "isAdult",
        "startYear",
        "genres",
    ];
    let mut films = HashMap::new();
    each(
        "title.basics",
        file,
        columns,
        |[title, kind, name, is_adult, year, genres]| {
            let number = id("tt", title)?;
            let Some(votes) = votes.get(&number) else {
                return Ok(());
            };
            if kind != "movie" || is_adult == "1" {
                return Ok(());
            }
            let Some(year) = year.parse().ok().filter(|year| filter.years.contains(year)) else {
                left_out.add("films of other years");
                return Ok(());
            };
            let Some(name) = clean(name) else {
                left_out.add("films whose title a pack cannot hold");
                return Ok(());
            };
            let draft = Draft {
                votes: *votes,
                title: name,
                year,
                genres: listed(genres).map(genre).collect(),
                ..Draft::default()
            };
            films.insert(number, draft);
            Ok(())
        },
    )?;
    Ok(films)
}

/// A list of comma-separated values; `\N` is an empty one.
fn listed(list: &str) -> impl Iterator<Item = &str> {
    list.split(',')
        .filter(|value| !value.is_empty() && *value != r"\N")
}

fn genre(name: &str) -> String {
    match name {
        "Sci-Fi" => "science fiction".to_owned(),
        "Biography" => "biopic".to_owned(),
        "Sport" => "sports".to_owned(),
        other => other.to_lowercase(),
    }
}

fn ids(list: &str) -> Result<Vec<u32>, String> {
    listed(list).map(|person| id("nm", person)).collect()
}

fn crew<R: Read>(file: R, films: &mut HashMap<u32, Draft>) -> Result<(), BuildError> {
    each(
        "title.crew",
        file,
        ["tconst", "directors", "writers"],
        |[title, directors, writers]| {
            if let Some(draft) = films.get_mut(&id("tt", title)?) {
                draft.directors = ids(directors)?;
                draft.writers = ids(writers)?;
            }
            Ok(())
        },
    )
}

/// Adds actors and composers; returns those listed as an actress.
fn players<R: Read>(file: R, films: &mut HashMap<u32, Draft>) -> Result<HashSet<u32>, BuildError> {
    let columns = ["tconst", "ordering", "nconst", "category", "characters"];
    let mut women = HashSet::new();
    each(
        "title.principals",
        file,
        columns,
        |[title, ordering, person, category, characters]| {
            let Some(draft) = films.get_mut(&id("tt", title)?) else {
                return Ok(());
            };
            match category {
                "actor" | "actress" => {
                    let person = id("nm", person)?;
                    if category == "actress" {
                        women.insert(person);
                    }
                    let ordering = ordering.parse().unwrap_or(u16::MAX);
                    draft.cast.push((person, ordering, parts(characters)));
                }
                "composer" if draft.composer.is_none() => draft.composer = Some(id("nm", person)?),
                _ => {}
            }
            Ok(())
        },
    )?;
    Ok(women)
}

/// The parts of an actor: a JSON list of texts, or `\N`.
fn parts(characters: &str) -> Vec<String> {
    let parts: Vec<String> = serde_json::from_str(characters).unwrap_or_default();
    parts.iter().filter_map(|part| clean(part)).collect()
}

/// The names of everyone in a kept film.
fn people<R: Read>(
    file: R,
    films: &HashMap<u32, Draft>,
    left_out: &mut LeftOut,
) -> Result<HashMap<u32, String>, BuildError> {
    let mut credits: HashMap<u32, usize> = HashMap::new();
    for draft in films.values() {
        let players = draft.cast.iter().map(|(person, ..)| person);
        let crew = draft
            .directors
            .iter()
            .chain(&draft.writers)
            .chain(&draft.composer);
        for person in players.chain(crew) {
            *credits.entry(*person).or_default() += 1;
        }
    }
    let mut people = HashMap::with_capacity(credits.len());
    let columns = ["nconst", "primaryName", "birthYear"];
    each("name.basics", file, columns, |[person, name, born]| {
        let number = id("nm", person)?;
        let Some(credits) = credits.get(&number) else {
            return Ok(());
        };
        let Some(name) = clean(name).filter(|name| !name.contains('=')) else {
            left_out.add("people whose name a pack cannot hold");
            return Ok(());
        };
        let person = Person {
            name,
            born: born.parse().ok(),
            credits: *credits,
        };
        people.insert(number, person);
        Ok(())
    })?;
    let names = distinct(&people);
    for _ in names.len()..people.len() {
        left_out.add("people who share a name with someone in more films");
    }
    Ok(names)
}

fn film(
    number: u32,
    mut draft: Draft,
    name_of: &HashMap<u32, String>,
    women: &HashSet<u32>,
) -> Film {
    draft.cast.sort_by_key(|(_, ordering, _)| *ordering);
    let named = |people: &[u32]| -> Vec<String> {
        people
            .iter()
            .filter_map(|person| name_of.get(person).cloned())
            .collect()
    };
    let players: Vec<u32> = draft.cast.iter().map(|(person, ..)| *person).collect();
    let others = draft.directors.iter().chain(&draft.writers);
    let is_woman = |person: &&u32| women.contains(*person);
    let women: Vec<u32> = players
        .iter()
        .chain(others)
        .filter(is_woman)
        .copied()
        .collect();
    let cast = draft
        .cast
        .iter()
        .filter_map(|(person, _, parts)| Some(line(name_of.get(person)?, parts)));
    Film {
        cast: cast.collect(),
        women: named(&women),
        directors: named(&draft.directors),
        writers: named(&draft.writers),
        composer: draft
            .composer
            .and_then(|person| name_of.get(&person).cloned()),
        title: draft.title,
        year: draft.year,
        genres: draft.genres,
        fame: Some(fame(draft.votes, FAMES)),
        source: Some("imdb".into()),
        page: Some(format!("tt{number:07}")),
        ..Film::default()
    }
}
