//! Turns the kept rows into the records of a pack.

use crate::{BuildError, Built, CAST_MAX, FILMS_MAX};
use heat_core::facts::limits::{NAME_LENGTH_MAX, length};
use heat_core::facts::{Film, Pack, film_id, is_deceptive};
use std::collections::{BTreeMap, HashSet};

/// What was left out, and how often.
#[derive(Debug, Default)]
pub(crate) struct LeftOut(BTreeMap<&'static str, usize>);

impl LeftOut {
    pub(crate) fn add(&mut self, why: &'static str) {
        *self.0.entry(why).or_default() += 1;
    }
}

/// A data set's text, cleaned for a pack; `None` if it is empty, too long, or has hidden
/// characters.
pub(crate) fn clean(text: &str) -> Option<String> {
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    let is_sound = !text.is_empty()
        && length(&text) <= NAME_LENGTH_MAX
        && !text.chars().any(|c| is_deceptive(c) || c.is_control());
    is_sound.then_some(text)
}

/// A line of a cast. Roles follow " = ", separated by " / ".
pub(crate) fn line(name: &str, parts: &[String]) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.contains(['=', '/']) && !is_nobody(part))
        .collect();
    if parts.is_empty() {
        name.to_owned()
    } else {
        format!("{name} = {}", parts.join(" / "))
    }
}

/// Roles that are not characters: "Self", "Narrator", "Cop #2".
fn is_nobody(part: &str) -> bool {
    let small = part.to_lowercase();
    [
        "self",
        "himself",
        "herself",
        "themselves",
        "narrator",
        "various",
    ]
    .contains(&small.as_str())
        || small.starts_with("self ")
        || small.starts_with("additional ")
        || part.contains(['#', '(', '"'])
        || !part.chars().next().is_some_and(char::is_uppercase)
}

/// Puts the films into a pack, sorted by year and title. Of films that share an id, only the best
/// known is kept.
///
/// # Errors
/// If there are none, or too many.
pub(crate) fn finish(
    pack: Pack,
    mut films: Vec<(u32, Film)>,
    mut left_out: LeftOut,
) -> Result<Built, BuildError> {
    films.sort_by(|(known, film), (other_known, other)| {
        other_known
            .cmp(known)
            .then_with(|| film.title.cmp(&other.title))
            .then_with(|| film.page.cmp(&other.page))
    });
    let mut seen = HashSet::new();
    let mut kept = Vec::with_capacity(films.len());
    for (_, mut film) in films {
        film.id = film_id(&film.title, film.year);
        if film.id.len() > heat_core::facts::limits::ID_LENGTH_MAX {
            left_out.add("films whose title is too long");
        } else if !seen.insert(film.id.clone()) {
            left_out.add("films with the title and year of a better known one");
        } else {
            dedup(&mut film);
            kept.push(film);
        }
    }
    if kept.is_empty() {
        return Err(BuildError::Nothing);
    }
    if kept.len() > FILMS_MAX {
        return Err(BuildError::TooMany(kept.len()));
    }
    kept.sort_by(|a, b| (a.year, &a.title).cmp(&(b.year, &b.title)));
    let left_out = left_out.0.into_iter();
    Ok(Built {
        pack: Pack {
            films: kept,
            ..pack
        },
        left_out: left_out
            .map(|(why, count)| (why.to_owned(), count))
            .collect(),
    })
}

/// No person is listed twice, and a cast ends after its leading actors.
fn dedup(film: &mut Film) {
    for names in [
        &mut film.directors,
        &mut film.writers,
        &mut film.genres,
        &mut film.women,
    ] {
        let mut seen = HashSet::new();
        names.retain(|name| seen.insert(name.clone()));
    }
    let mut seen = HashSet::new();
    film.cast.retain(|line| {
        let name = line
            .split_once(" = ")
            .map_or(line.as_str(), |(name, _)| name);
        seen.insert(name.to_owned())
    });
    film.cast.truncate(CAST_MAX);
    film.directors.truncate(CAST_MAX);
    film.writers.truncate(CAST_MAX);
}

/// How well known a film is, from 1 to 5; `least` has the lowest figure for each of 2 to 5.
pub(crate) fn fame(known: u32, least: [u32; 4]) -> u8 {
    let reached = least.iter().filter(|least| known >= **least).count();
    u8::try_from(reached + 1).unwrap_or(5)
}
