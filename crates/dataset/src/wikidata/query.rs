//! The result of a query: a row for each combination of values. `docs/datasets.md` has the query,
//! and the variables that are read.

use super::{Draft, FEMALE, Item, Part, Records, Thing, item, unreadable, wrong, year};
use crate::BuildError;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::io::Read;

/// The variables of a row. Those that a query does not request are missing.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Row {
    film: Option<Cell>,
    film_label: Option<Cell>,
    date: Option<Cell>,
    sitelinks: Option<Cell>,
    director: Option<Cell>,
    director_label: Option<Cell>,
    cast: Option<Cell>,
    cast_label: Option<Cell>,
    cast_gender: Option<Cell>,
    cast_born: Option<Cell>,
    ordinal: Option<Cell>,
    role: Option<Cell>,
    role_label: Option<Cell>,
    genre: Option<Cell>,
    genre_label: Option<Cell>,
    based_on: Option<Cell>,
    based_on_label: Option<Cell>,
    author: Option<Cell>,
    author_label: Option<Cell>,
    series: Option<Cell>,
    series_label: Option<Cell>,
    writer: Option<Cell>,
    writer_label: Option<Cell>,
    composer: Option<Cell>,
    composer_label: Option<Cell>,
    language: Option<Cell>,
    language_label: Option<Cell>,
}

#[derive(Debug, Deserialize)]
struct Cell {
    value: String,
}

pub(super) fn read(reader: impl Read) -> Result<Records, BuildError> {
    let mut records = Records::default();
    let mut json = serde_json::Deserializer::from_reader(reader);
    json.deserialize_map(Document(&mut records))
        .map_err(|error| match error.classify() {
            serde_json::error::Category::Io => unreadable(error.into()),
            _ => wrong(
                error.line() as u64,
                format!("this is not a query service result: {error}"),
            ),
        })?;
    Ok(records)
}

/// `{"head": …, "results": {"bindings": [row, row, …]}}`, row by row.
struct Document<'t>(&'t mut Records);

impl<'de> Visitor<'de> for Document<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object with results and bindings")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut has_rows = false;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "results" => {
                    map.next_value_seed(Results(self.0))?;
                    has_rows = true;
                }
                "bindings" => {
                    map.next_value_seed(Bindings(self.0))?;
                    has_rows = true;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if has_rows {
            Ok(())
        } else {
            Err(serde::de::Error::custom("it has no \"results\""))
        }
    }
}

struct Results<'t>(&'t mut Records);

impl<'de> DeserializeSeed<'de> for Results<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(Document(self.0))
    }
}

struct Bindings<'t>(&'t mut Records);

impl<'de> DeserializeSeed<'de> for Bindings<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Bindings<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<(), A::Error> {
        while let Some(row) = rows.next_element::<Row>()? {
            take(self.0, &row);
        }
        Ok(())
    }
}

/// The item of a cell, whose name is recorded.
fn noted(records: &mut Records, cell: Option<&Cell>, label: Option<&Cell>) -> Option<Item> {
    let item = item(&cell?.value)?;
    let thing: &mut Thing = records.things.entry(item).or_default();
    // Without an English label, the service returns the item's id.
    let label = label.filter(|label| label.value != format!("Q{item}"));
    if let Some(label) = label {
        thing.name.get_or_insert_with(|| label.value.clone());
    }
    Some(item)
}

fn put(list: &mut Vec<Item>, item: Option<Item>) {
    if let Some(item) = item.filter(|item| !list.contains(item)) {
        list.push(item);
    }
}

fn take(records: &mut Records, row: &Row) {
    let Some(film) = noted(records, row.film.as_ref(), row.film_label.as_ref()) else {
        return;
    };
    let director = noted(records, row.director.as_ref(), row.director_label.as_ref());
    let genre = noted(records, row.genre.as_ref(), row.genre_label.as_ref());
    let based_on = noted(records, row.based_on.as_ref(), row.based_on_label.as_ref());
    let author = noted(records, row.author.as_ref(), row.author_label.as_ref());
    let series = noted(records, row.series.as_ref(), row.series_label.as_ref());
    let writer = noted(records, row.writer.as_ref(), row.writer_label.as_ref());
    let composer = noted(records, row.composer.as_ref(), row.composer_label.as_ref());
    let language = noted(records, row.language.as_ref(), row.language_label.as_ref());
    let player = player(records, row);
    if let Some(original) = based_on {
        put(
            &mut records.things.entry(original).or_default().authors,
            author,
        );
    }
    let draft: &mut Draft = records.films.entry(film).or_default();
    let number = |cell: Option<&Cell>| cell.and_then(|cell| cell.value.parse::<u32>().ok());
    draft.sitelinks = draft
        .sitelinks
        .max(number(row.sitelinks.as_ref()).unwrap_or(0));
    let released = row.date.as_ref().and_then(|date| year(&date.value));
    draft.year = [draft.year, released].into_iter().flatten().min();
    put(&mut draft.directors, director);
    put(&mut draft.genres, genre);
    put(&mut draft.based_on, based_on);
    put(&mut draft.series, series);
    put(&mut draft.writers, writer);
    put(&mut draft.composers, composer);
    put(&mut draft.languages, language);
    let Some((player, part)) = player else {
        return;
    };
    let place = number(row.ordinal.as_ref()).and_then(|place| u16::try_from(place).ok());
    let known = draft.cast.iter().position(|(known, ..)| *known == player);
    let known = known.unwrap_or_else(|| {
        draft.cast.push((player, place, Vec::new()));
        draft.cast.len() - 1
    });
    let parts = &mut draft.cast[known].2;
    if let Some(part) = part.filter(|part| !parts.contains(part)) {
        parts.push(part);
    }
}

/// The actor of a row, and the part: an item, or plain words.
fn player(records: &mut Records, row: &Row) -> Option<(Item, Option<Part>)> {
    let player = noted(records, row.cast.as_ref(), row.cast_label.as_ref())?;
    let thing = records.things.entry(player).or_default();
    let gender = row.cast_gender.as_ref().and_then(|cell| item(&cell.value));
    thing.is_woman |= gender == Some(FEMALE);
    thing.born = thing
        .born
        .or(row.cast_born.as_ref().and_then(|cell| year(&cell.value)));
    let role = noted(records, row.role.as_ref(), row.role_label.as_ref());
    let words = || {
        row.role_label
            .as_ref()
            .map(|label| Part::Text(label.value.clone()))
    };
    Some((player, role.map(Part::Item).or_else(words)))
}
