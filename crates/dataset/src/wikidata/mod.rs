//! Wikidata's JSON, as its query service (<https://query.wikidata.org>) and its dumps
//! (<https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html>) give it.
//!
//! The first byte shows which of the two a file is. A dump is read three times: films first, then
//! everyone and everything they mention, then the authors of their sources.

mod dump;
mod query;
#[cfg(test)]
mod tests;

use crate::names::{Person, distinct};
use crate::pack::{self, LeftOut, clean, fame, line};
use crate::{BuildError, Built, Filter};
use heat_core::facts::{Film, Original, Pack, Source};
use std::collections::{HashMap, HashSet};
use std::io::{self, BufRead};

/// The file's name in faults.
const FILE: &str = "the Wikidata file";
/// The minimum number of Wikipedias with an article for a fame of 2, 3, 4 and 5.
const FAMES: [u32; 4] = [15, 35, 55, 80];
/// Items that mark pornographic films.
const ADULT: [u32; 2] = [185_529, 16_389_557];
/// The item for "female".
const FEMALE: u32 = 6_581_072;

/// The number of an item: 42 for `Q42`.
type Item = u32;

/// What is known of a film; everything else is referred to by its item.
#[derive(Debug, Default)]
struct Draft {
    sitelinks: u32,
    /// The earliest year of release.
    year: Option<u16>,
    directors: Vec<Item>,
    /// Actor, billing if given, parts.
    cast: Vec<(Item, Option<u16>, Vec<Part>)>,
    genres: Vec<Item>,
    based_on: Vec<Item>,
    series: Vec<Item>,
    writers: Vec<Item>,
    composers: Vec<Item>,
    languages: Vec<Item>,
    /// What it is an instance of.
    classes: Vec<Item>,
}

/// A part: an item, or plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Item(Item),
    Text(String),
}

/// What is known of anything that a film mentions.
#[derive(Debug, Default)]
struct Thing {
    name: Option<String>,
    born: Option<u16>,
    is_woman: bool,
    /// Who wrote it.
    authors: Vec<Item>,
    /// The kinds of text it is an instance of.
    classes: Vec<Item>,
}

/// Everything read from a file.
#[derive(Debug, Default)]
struct Records {
    films: HashMap<Item, Draft>,
    things: HashMap<Item, Thing>,
}

impl Records {
    fn name(&self, item: Item) -> Option<String> {
        clean(self.things.get(&item)?.name.as_deref()?)
    }

    fn names(&self, items: &[Item]) -> Vec<String> {
        items.iter().filter_map(|item| self.name(*item)).collect()
    }
}

/// Builds a pack. `open` opens the file again each time, decompressed.
///
/// # Errors
/// If the file cannot be read or is in neither of the two forms, or no film passes the filter.
pub fn build<R: BufRead>(
    mut open: impl FnMut() -> io::Result<R>,
    filter: &Filter,
) -> Result<Built, BuildError> {
    let mut open = || open().map_err(unreadable);
    let mut first = open()?;
    let records = match first_byte(&mut first)? {
        Some(b'[') => dump::read(first, &mut open, filter.known_min)?,
        Some(b'{') => query::read(first)?,
        _ => return Err(wrong(1, "this is not Wikidata JSON".to_owned())),
    };
    finish(&records, filter)
}

fn unreadable(source: io::Error) -> BuildError {
    BuildError::Read { file: FILE, source }
}

fn wrong(line: u64, what: String) -> BuildError {
    BuildError::Form {
        file: FILE,
        line,
        what,
    }
}

/// Finds the first byte that is not a space, without consuming it.
fn first_byte(reader: &mut impl BufRead) -> Result<Option<u8>, BuildError> {
    loop {
        let buffer = reader.fill_buf().map_err(unreadable)?;
        if buffer.is_empty() {
            return Ok(None);
        }
        let spaces = buffer
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        let found = buffer.get(spaces).copied();
        reader.consume(spaces);
        if found.is_some() {
            return Ok(found);
        }
    }
}

/// The number of an item, from `Q42` or its address.
fn item(text: &str) -> Option<Item> {
    text.rsplit('/').next()?.strip_prefix('Q')?.parse().ok()
}

/// The year of a time in Wikidata's format: `+1995-12-15T00:00:00Z`, or without the sign.
fn year(time: &str) -> Option<u16> {
    time.strip_prefix('+')
        .unwrap_or(time)
        .split('-')
        .next()?
        .parse()
        .ok()
}

fn finish(records: &Records, filter: &Filter) -> Result<Built, BuildError> {
    let mut left_out = LeftOut::default();
    let mut passed = Vec::new();
    for (number, draft) in &records.films {
        match refused(records, draft, filter) {
            Some(why) => left_out.add(why),
            None => passed.push((*number, draft)),
        }
    }
    let names = people(records, &passed);
    let films = passed.into_iter().filter_map(|(number, draft)| {
        let Some(title) = records.name(number) else {
            left_out.add("films without an English title that a pack can hold");
            return None;
        };
        Some((draft.sitelinks, film(records, title, draft, &names)))
    });
    let films = films.collect();
    pack::finish(empty_pack(filter), films, left_out)
}

fn empty_pack(filter: &Filter) -> Pack {
    Pack {
        id: "wikidata".into(),
        title: "All of cinema (Wikidata)".into(),
        description: format!(
            "Films with an article in at least {} Wikipedias, first shown from {} to {}.",
            filter.known_min,
            filter.years.start(),
            filter.years.end()
        ),
        licence: Some("CC0 1.0: https://www.wikidata.org/wiki/Wikidata:Licensing".into()),
        sources: vec![Source {
            id: "wikidata".into(),
            title: "Wikidata".into(),
            url: Some("https://www.wikidata.org/wiki/Special:Search/".into()),
        }],
        ..Pack::default()
    }
}

/// Why a film is left out.
fn refused(records: &Records, draft: &Draft, filter: &Filter) -> Option<&'static str> {
    if draft.sitelinks < filter.known_min {
        return Some("films with articles in too few Wikipedias");
    }
    if draft
        .genres
        .iter()
        .chain(&draft.classes)
        .any(|item| ADULT.contains(item))
    {
        return Some("adult films");
    }
    if !draft.year.is_some_and(|year| filter.years.contains(&year)) {
        return Some("films of other years");
    }
    let languages = records.names(&draft.languages);
    let speaks = |name: &String| filter.languages.contains(&name.to_lowercase());
    (!filter.languages.is_empty() && !languages.iter().any(speaks))
        .then_some("films in other languages")
}

/// A unique name for everyone in a kept film.
fn people(records: &Records, films: &[(Item, &Draft)]) -> HashMap<Item, String> {
    let mut people: HashMap<Item, Person> = HashMap::new();
    for (_, draft) in films {
        let players = draft.cast.iter().map(|(player, ..)| player);
        let crew = draft
            .directors
            .iter()
            .chain(&draft.writers)
            .chain(&draft.composers);
        for person in players.chain(crew) {
            if let Some(known) = people.get_mut(person) {
                known.credits += 1;
            } else if let Some(name) = records.name(*person).filter(|name| !name.contains('=')) {
                let born = records.things.get(person).and_then(|thing| thing.born);
                people.insert(
                    *person,
                    Person {
                        name,
                        born,
                        credits: 1,
                    },
                );
            }
        }
    }
    distinct(&people)
}

fn film(records: &Records, title: String, draft: &Draft, name_of: &HashMap<Item, String>) -> Film {
    let named = |people: &[Item]| -> Vec<String> {
        people
            .iter()
            .filter_map(|person| name_of.get(person).cloned())
            .collect()
    };
    let mut cast: Vec<_> = draft.cast.iter().collect();
    // Those without a billing come after those with one, in the order in which they are stated.
    cast.sort_by_key(|(_, place, _)| place.unwrap_or(u16::MAX));
    let part = |part: &Part| match part {
        Part::Item(item) => records.name(*item),
        Part::Text(text) => clean(text),
    };
    let lines = cast.iter().filter_map(|(player, _, parts)| {
        let parts: Vec<String> = parts.iter().filter_map(part).collect();
        Some(line(name_of.get(player)?, &parts))
    });
    let everybody = cast.iter().map(|(player, ..)| *player);
    let everybody: Vec<Item> = everybody.chain(draft.directors.iter().copied()).collect();
    let women: HashSet<Item> = everybody
        .iter()
        .filter(|person| {
            records
                .things
                .get(person)
                .is_some_and(|thing| thing.is_woman)
        })
        .copied()
        .collect();
    let women: Vec<Item> = everybody
        .iter()
        .filter(|person| women.contains(person))
        .copied()
        .collect();
    Film {
        cast: lines.collect(),
        women: named(&women),
        directors: named(&draft.directors),
        writers: named(&draft.writers),
        composer: named(&draft.composers).into_iter().next(),
        genres: records
            .names(&draft.genres)
            .iter()
            .map(|name| genre(name))
            .collect(),
        based_on: draft
            .based_on
            .first()
            .and_then(|original| self::original(records, *original)),
        series: draft
            .series
            .first()
            .and_then(|series| records.name(*series)),
        fame: Some(fame(draft.sitelinks, FAMES)),
        year: draft.year.unwrap_or_default(),
        source: Some("wikidata".into()),
        page: Some(title.clone()),
        title,
        ..Film::default()
    }
}

/// "action film" is the genre "action".
fn genre(name: &str) -> String {
    let name = name.to_lowercase();
    name.strip_suffix(" film")
        .map(str::to_owned)
        .unwrap_or(name)
}

fn original(records: &Records, item: Item) -> Option<Original> {
    let thing = records.things.get(&item)?;
    let authors = records.names(&thing.authors);
    let form = thing.classes.first().and_then(|class| records.name(*class));
    Some(Original {
        title: records.name(item)?,
        author: (!authors.is_empty()).then(|| authors.join(" and ")),
        form,
    })
}
