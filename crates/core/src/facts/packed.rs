//! Facts and entities in a compact form, in a few blocks of memory.
//!
//! A [`Fact`] takes half a kilobyte in a dozen small texts, and nearly all facts come from records
//! of films: their ids and summaries follow from the entities they name. So a fact is kept as the
//! numbers of its entities, and only what does not follow from them is kept as text.

use super::entities::Entities;
use super::entity_table::{EntityTable, Named};
use super::film::listed;
use super::ids::EntityId;
use super::kept::Kept;
use super::mentions::award_named;
use super::model::{
    Cite, Difficulty, Entity, EntityKind, EntityRef, Fact, FactKind, Job, Pack, Pronoun, Status,
    Topic,
};
use super::record_words::{
    FactText, FilmWording, NameAndId, award_id, award_summary, before_brackets,
};
use crate::blocks::Blocks;
use crate::groups::Groups;
use crate::rows::{Rows, number_of};
use foldhash::{HashMap, HashMapExt};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// The facts of a [`FactBase`](super::FactBase), which can be rebuilt from them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PackedFacts {
    /// The packs without their facts.
    #[serde(with = "as_json")]
    packs: Vec<Pack>,
    /// How many facts each pack has.
    counts: Vec<u32>,
    /// A [`FactRow`] each.
    facts: Blocks<64>,
    /// The entities' ids and names: [attached](Self::attach) when the rest has been read.
    #[serde(skip)]
    entities: Arc<EntityTable>,
    /// The entities of which more is known, and their [`Details`].
    detailed: Vec<u32>,
    details: Rows,
    /// Texts that many facts share: genres, categories, dates.
    texts: Rows,
    /// Lists of sources, each stored once.
    #[serde(with = "as_json")]
    cites: Vec<Arc<[Cite]>>,
    /// Hand-written facts: few, but most of what `/cast` and `/news` show.
    #[serde(with = "as_json")]
    written: Vec<Fact>,
    /// The facts in order of a hash of their ids. With the hashes, because unpacking a fact to
    /// compare its id takes long.
    by_id: Vec<(u32, u32)>,
    /// The facts that are news.
    news: Vec<u32>,
    /// The works that have clues, and the facts that name one.
    clued: Vec<u32>,
    of_clued: Vec<u32>,
    /// What the last answers unpacked.
    #[serde(skip)]
    kept: Kept,
}

#[derive(Serialize, Deserialize)]
enum FactRow<'a> {
    /// A fact kept in full, by its number in `written`, and whether a record made it.
    Written(u32, bool),
    /// A fact made from a record.
    #[serde(borrow)]
    Recorded(Record<'a>),
}

#[derive(Serialize, Deserialize)]
struct Record<'a> {
    #[serde(borrow)]
    states: States<'a>,
    #[serde(borrow)]
    id: RecordId<'a>,
    #[serde(borrow)]
    summary: Summary<'a>,
    status: Status,
    topic: Topic,
    difficulty: Difficulty,
    cites: u32,
    unasked: Option<u32>,
}

/// What a record's fact states. Entities and texts are given by their numbers.
#[derive(Serialize, Deserialize)]
enum States<'a> {
    Part {
        person: u32,
        character: u32,
        work: u32,
        billing: Option<u8>,
    },
    Appearance {
        person: u32,
        work: u32,
        billing: Option<u8>,
    },
    Award {
        ceremony: u16,
        year: u16,
        category: u32,
        work: Option<u32>,
        people: Vec<u32>,
        part: Option<&'a str>,
        won: bool,
    },
    Genre {
        work: u32,
        genre: u32,
    },
    BasedOn {
        work: u32,
        title: &'a str,
        authors: Vec<u32>,
        form: Option<u32>,
    },
    Series {
        work: u32,
        series: u32,
    },
    Crew {
        person: u32,
        job: Job,
        work: u32,
    },
    Release {
        work: u32,
        date: u32,
    },
}

/// A fact's id: derived from its record, with a number if it repeats, or something else.
#[derive(Serialize, Deserialize)]
enum RecordId<'a> {
    Following(u8),
    Other(&'a str),
}

/// A fact's summary: derived from its record, with or without the remark that distinguishes its
/// character from namesakes, or something else.
#[derive(Serialize, Deserialize)]
enum Summary<'a> {
    Following,
    FollowingBare,
    Other(&'a str),
}

/// What an [`Entity`] has besides an id and a name. Most people and characters have nothing.
#[derive(Default, PartialEq, Serialize, Deserialize)]
struct Details<'a> {
    #[serde(borrow)]
    aliases: Vec<&'a str>,
    form: Option<&'a str>,
    year: Option<u16>,
    note: Option<&'a str>,
    pronoun: Option<Pronoun>,
    died: bool,
    fame: Option<u8>,
    plot: Option<&'a str>,
    emoji: Option<&'a str>,
}

/// Finds an entity by its number.
pub(super) trait EntityAt<'e>: Fn(u32) -> Option<&'e Entity> {}

impl<'e, F: Fn(u32) -> Option<&'e Entity>> EntityAt<'e> for F {}

impl PackedFacts {
    /// Packs the facts of packs whose records have been used up, without the hand-written
    /// questions, and all entities. `named` has the numbers of those that each fact names.
    pub(super) fn of_parts(packs: &[Pack], all: &Entities, named: &Groups) -> Self {
        let mut packer = Packer {
            all,
            packed: Self::default(),
            texts: HashMap::new(),
            cites: HashMap::new(),
            facts: Rows::default(),
            row: Vec::new(),
        };
        packer.add_entities();
        for pack in packs {
            packer.packed.counts.push(number_of(pack.facts.len()));
            packer.packed.packs.push(Pack {
                id: pack.id.clone(),
                title: pack.title.clone(),
                description: pack.description.clone(),
                licence: pack.licence.clone(),
                attribution: pack.attribution.clone(),
                sources: pack.sources.clone(),
                ..Pack::default()
            });
            for fact in &pack.facts {
                let named = named.get(number_of(packer.facts.len()));
                packer.add_fact(fact, named);
            }
        }
        packer.finish()
    }

    /// What was packed: the packs with their facts, and all entities.
    pub(super) fn parts(&self) -> (Vec<Pack>, Entities) {
        let numbers = 0..self.entities.len();
        let entities = numbers.filter_map(|number| self.entity_at(number));
        let entities: Vec<Entity> = entities.collect();
        let mut packs = self.packs.clone();
        let mut rows = self.facts.each(0..self.facts_count());
        for (pack, count) in packs.iter_mut().zip(&self.counts) {
            let of_pack = rows.by_ref().take(*count as usize);
            let facts = of_pack
                .filter_map(|row| self.fact_of(&row, &|number| entities.get(number as usize)));
            pack.facts = facts.collect();
        }
        let mut entities = entities.into_iter();
        let kinds = EntityKind::ALL.map(|kind| {
            let of_kind = entities.by_ref().take(self.entities.of_kind(kind).len());
            of_kind.collect()
        });
        (packs, Entities::in_order(kinds))
    }

    /// The packs, in their order and without their facts.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// How many facts there are.
    #[must_use]
    pub fn facts_count(&self) -> u32 {
        self.facts.len()
    }

    /// An entity, with the aliases of every pack that declares it.
    #[must_use]
    pub fn entity(&self, entity: &EntityRef) -> Option<Entity> {
        self.entity_at(self.entities.number(entity.kind, &entity.id)?)
    }

    /// The fact with this number, counted over all packs. `entity` is to find the entities that it
    /// names, by number: a caller who unpacks several facts unpacks each entity once.
    pub(super) fn fact_at<'e>(&self, number: u32, entity: &impl EntityAt<'e>) -> Option<Fact> {
        self.fact_of(&self.facts.get(number), entity)
    }

    fn fact_of<'e>(&self, row: &[u8], entity: &impl EntityAt<'e>) -> Option<Fact> {
        let record = match postcard::from_bytes(row).ok()? {
            FactRow::Written(number, of_record) => {
                let fact = self.written.get(number as usize)?.clone();
                return Some(Fact { of_record, ..fact });
            }
            FactRow::Recorded(record) => record,
        };
        let is_bare = matches!(record.summary, Summary::FollowingBare);
        let mut text = fact_text(&record.states, is_bare, &self.texts, entity)?;
        match record.id {
            RecordId::Following(number) => repeat(&mut text.id, number),
            RecordId::Other(id) => id.clone_into(&mut text.id),
        }
        if let Summary::Other(summary) = record.summary {
            summary.clone_into(&mut text.summary);
        }
        Some(Fact {
            id: text.id,
            kind: self.kind(&record.states, entity)?,
            status: record.status,
            as_of: None,
            cites: Arc::clone(self.cites.get(record.cites as usize)?),
            summary: text.summary,
            topic: record.topic,
            difficulty: record.difficulty,
            news: None,
            caveats: Vec::new(),
            unasked: record.unasked.map(|number| self.text(number)),
            of_record: true,
        })
    }

    /// The numbers of the facts whose ids have the same hash as this one: hardly ever more than
    /// one.
    pub(super) fn numbers_like(&self, id: &str) -> impl Iterator<Item = u32> {
        let hash = hash(id);
        let from = self.by_id.partition_point(|(other, _)| *other < hash);
        let same = self.by_id[from..].iter();
        let same = same.take_while(move |(other, _)| *other == hash);
        same.map(|(_, number)| *number)
    }

    /// The pack of a fact's number.
    pub(super) fn pack_at(&self, number: u32) -> Option<&Pack> {
        let mut left = number;
        for (pack, count) in self.packs.iter().zip(&self.counts) {
            if left < *count {
                return Some(pack);
            }
            left -= count;
        }
        None
    }

    /// The entity with this number, counted over all kinds.
    pub(super) fn entity_at(&self, number: u32) -> Option<Entity> {
        Some(self.entity_called(number, self.entities.get(number)?))
    }

    /// The same, for a caller who knows how it is called.
    pub(super) fn entity_called(&self, number: u32, Named { id, name }: Named) -> Entity {
        let row = self.details(number);
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Entity {
            id: id.into(),
            name,
            aliases: row.aliases.into_iter().map(str::to_owned).collect(),
            form: owned(row.form),
            year: row.year,
            note: owned(row.note),
            pronoun: row.pronoun,
            died: row.died,
            fame: row.fame,
            plot: owned(row.plot),
            emoji: owned(row.emoji),
        }
    }

    /// The ids and names of all entities.
    pub(crate) fn entity_table(&self) -> &Arc<EntityTable> {
        &self.entities
    }

    /// Completes facts that were read without the entities that they name.
    pub(crate) fn attach(&mut self, entities: Arc<EntityTable>) {
        self.entities = entities;
    }

    /// What the last answers unpacked.
    pub(super) fn kept(&self) -> &Kept {
        &self.kept
    }

    /// The facts that are news.
    pub(super) fn news(&self) -> &[u32] {
        &self.news
    }

    /// The works that have clues.
    pub(super) fn clued(&self) -> &[u32] {
        &self.clued
    }

    /// The facts that name one of [`Self::clued`].
    pub(super) fn of_clued(&self) -> &[u32] {
        &self.of_clued
    }

    fn details(&self, number: u32) -> Details<'_> {
        let place = self.detailed.binary_search(&number);
        let row = place.map_or(&[][..], |place| self.details.get(number_of(place)));
        postcard::from_bytes(row).unwrap_or_default()
    }

    fn text(&self, number: u32) -> String {
        self.texts.text(number).to_owned()
    }

    fn kind<'e>(&self, states: &States, entity: &impl EntityAt<'e>) -> Option<FactKind> {
        let id = |number: u32| Some(entity(number)?.id.clone());
        let ids = |numbers: &[u32]| {
            let ids = numbers.iter().map(|number| id(*number));
            ids.collect::<Option<Vec<EntityId>>>()
        };
        Some(match states {
            States::Part {
                person,
                character,
                work,
                billing,
            } => FactKind::Cast {
                person: id(*person)?,
                character: id(*character)?,
                work: id(*work)?,
                billing: *billing,
            },
            States::Appearance {
                person,
                work,
                billing,
            } => FactKind::Appearance {
                person: id(*person)?,
                work: id(*work)?,
                billing: *billing,
            },
            States::Award {
                ceremony,
                year,
                category,
                work,
                people,
                part,
                won,
            } => FactKind::Award {
                ceremony: *ceremony,
                year: *year,
                category: self.text(*category),
                work: match work {
                    Some(work) => Some(id(*work)?),
                    None => None,
                },
                people: ids(people)?,
                part: part.map(str::to_owned),
                won: *won,
            },
            States::Genre { work, genre } => FactKind::Genre {
                work: id(*work)?,
                genre: self.text(*genre),
            },
            States::BasedOn {
                work,
                title,
                authors,
                form,
            } => FactKind::BasedOn {
                work: id(*work)?,
                title: (*title).to_owned(),
                authors: ids(authors)?,
                form: form.map(|form| self.text(form)),
            },
            States::Series { work, series } => FactKind::Series {
                work: id(*work)?,
                series: self.text(*series),
            },
            States::Crew { person, job, work } => FactKind::Crew {
                person: id(*person)?,
                job: *job,
                work: id(*work)?,
            },
            States::Release { work, date } => FactKind::Release {
                work: id(*work)?,
                date: self.text(*date),
            },
        })
    }
}

impl States<'_> {
    /// The work that it is about.
    fn work(&self) -> Option<u32> {
        match self {
            Self::Award { work, .. } => *work,
            Self::Part { work, .. }
            | Self::Appearance { work, .. }
            | Self::Genre { work, .. }
            | Self::BasedOn { work, .. }
            | Self::Series { work, .. }
            | Self::Crew { work, .. }
            | Self::Release { work, .. } => Some(*work),
        }
    }
}

/// The id and the summary that follow from a record.
fn fact_text<'e>(
    states: &States,
    is_bare: bool,
    texts: &Rows,
    entity: &impl EntityAt<'e>,
) -> Option<FactText> {
    let named = |number: u32| entity(number).map(name_and_id);
    let people = |numbers: &[u32]| {
        let people = numbers.iter().map(|number| Some(named(*number)?.0));
        people.collect::<Option<Vec<&str>>>()
    };
    let film = match states.work() {
        Some(work) => Some(wording(entity(work)?)),
        None => None,
    };
    Some(match states {
        States::Part {
            person, character, ..
        } => {
            let (part, _) = named(*character)?;
            let part = if is_bare { before_brackets(part) } else { part };
            film?.part(named(*person)?, part, 0)
        }
        States::Appearance { person, .. } => film?.appearance(named(*person)?),
        States::Award {
            ceremony,
            year,
            category,
            people: numbers,
            won,
            ..
        } => {
            let category = texts.text(*category);
            let first = match numbers.first() {
                Some(first) => Some(named(*first)?.1),
                None => None,
            };
            let people = people(numbers)?;
            let honoured = film.map(|film| (film.title, film.year));
            let film = film.map(|film| film.id);
            FactText {
                id: award_id(*ceremony, category, film, first),
                summary: award_summary(category, *year, honoured, &people, *won),
            }
        }
        States::Genre { genre, .. } => film?.genre(texts.text(*genre)),
        States::BasedOn {
            title,
            authors,
            form,
            ..
        } => {
            let authors = people(authors)?;
            let author = listed(&authors);
            let author = Some(author.as_str()).filter(|author| !author.is_empty());
            let form = form.map(|form| texts.text(form));
            film?.based_on(title, form, author)
        }
        States::Series { series, .. } => film?.series(texts.text(*series)),
        States::Crew { person, job, .. } => film?.crew(named(*person)?, *job),
        States::Release { .. } => film?.release(),
    })
}

fn name_and_id(entity: &Entity) -> NameAndId<'_> {
    (&entity.name, &entity.id)
}

/// How a film's facts name it, if its name is in the form that records use.
fn wording(work: &Entity) -> FilmWording<'_> {
    let year = work.year.unwrap_or(0);
    let apart = format!(" ({year})");
    FilmWording {
        id: &work.id,
        title: work.name.strip_suffix(&apart).unwrap_or(&work.name),
        year,
    }
}

/// Marks the id of a fact that is stated again with other details: "-2".
fn repeat(id: &mut String, number: u8) {
    if number > 0 {
        id.extend(["-", &number.to_string()]);
    }
}

/// The same on every machine and in every process.
fn hash(id: &str) -> u32 {
    let [a, b, c, d, ..] = xxh3_64(id.as_bytes()).to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

struct Packer<'a> {
    all: &'a Entities,
    packed: PackedFacts,
    texts: HashMap<&'a str, u32>,
    cites: HashMap<&'a [Cite], u32>,
    facts: Rows,
    /// A buffer for the row being written.
    row: Vec<u8>,
}

impl<'a> Packer<'a> {
    fn add_entities(&mut self) {
        self.packed.entities = Arc::clone(self.all.shared());
        for (number, entity) in (0..).zip(self.all.iter()) {
            if entity.plot.is_some() || entity.emoji.is_some() {
                self.packed.clued.push(number);
            }
            let details = Details {
                aliases: entity.aliases.iter().map(String::as_str).collect(),
                form: entity.form.as_deref(),
                year: entity.year,
                note: entity.note.as_deref(),
                pronoun: entity.pronoun,
                died: entity.died,
                fame: entity.fame,
                plot: entity.plot.as_deref(),
                emoji: entity.emoji.as_deref(),
            };
            if details != Details::default() {
                self.row = write(&details, std::mem::take(&mut self.row));
                self.packed.detailed.push(number);
                self.packed.details.push(&self.row);
            }
        }
    }

    fn add_fact(&mut self, fact: &'a Fact, named: &[u32]) {
        let row = if let Some(record) = self.record(fact, named) {
            FactRow::Recorded(record)
        } else {
            let written = &mut self.packed.written;
            written.push(fact.clone());
            FactRow::Written(number_of(written.len() - 1), fact.of_record)
        };
        self.row = write(&row, std::mem::take(&mut self.row));
        let packed = &mut self.packed;
        let number = self.facts.push(&self.row);
        packed.by_id.push((hash(&fact.id), number));
        if fact.news.is_some() {
            packed.news.push(number);
        }
        let mut named = named.iter();
        let is_clued = named.any(|number| packed.clued.binary_search(number).is_ok());
        if is_clued {
            packed.of_clued.push(number);
        }
    }

    fn finish(self) -> PackedFacts {
        let mut packed = self.packed;
        packed.by_id.sort_unstable();
        packed.by_id.shrink_to_fit();
        packed.facts = Blocks::of(&self.facts);
        for rows in [&mut packed.details, &mut packed.texts] {
            rows.shrink_to_fit();
        }
        for numbers in [
            &mut packed.detailed,
            &mut packed.news,
            &mut packed.clued,
            &mut packed.of_clued,
        ] {
            numbers.shrink_to_fit();
        }
        packed.cites.shrink_to_fit();
        packed.written.shrink_to_fit();
        packed
    }

    /// The fact as a record; `None` if no record says this.
    fn record(&mut self, fact: &'a Fact, named: &[u32]) -> Option<Record<'a>> {
        let is_plain = fact.as_of.is_none() && fact.news.is_none() && fact.caveats.is_empty();
        if !fact.of_record || !is_plain {
            return None;
        }
        let states = self.states(&fact.kind, named)?;
        let entity = |number: u32| self.all.get(number);
        let fact_text = |is_bare| fact_text(&states, is_bare, &self.packed.texts, &entity);
        let following = fact_text(false)?;
        let is_bare = || {
            let bare = fact_text(true);
            bare.is_some_and(|bare| bare.summary == fact.summary)
        };
        let summary = if following.summary == fact.summary {
            Summary::Following
        } else if is_bare() {
            Summary::FollowingBare
        } else {
            Summary::Other(&fact.summary)
        };
        let id = record_id(&fact.id, &following.id);
        Some(Record {
            states,
            id,
            summary,
            status: fact.status,
            topic: fact.topic,
            difficulty: fact.difficulty,
            cites: self.cites(&fact.cites),
            unasked: fact.unasked.as_deref().map(|why| self.text(why)),
        })
    }

    /// What a fact states about the entities that it names, given by number.
    fn states(&mut self, kind: &'a FactKind, named: &[u32]) -> Option<States<'a>> {
        Some(match (kind, named) {
            (FactKind::Cast { billing, .. }, [person, character, work]) => States::Part {
                person: *person,
                character: *character,
                work: *work,
                billing: *billing,
            },
            (FactKind::Appearance { billing, .. }, [person, work]) => States::Appearance {
                person: *person,
                work: *work,
                billing: *billing,
            },
            (
                FactKind::Award {
                    ceremony,
                    year,
                    category,
                    work,
                    people,
                    part,
                    won,
                },
                _,
            ) => {
                let (winners, work) = award_named(work.as_ref(), named);
                // Numbers have no repeats, so a fact that names somebody twice cannot be made from them.
                if winners.len() != people.len() {
                    return None;
                }
                States::Award {
                    ceremony: *ceremony,
                    year: *year,
                    category: self.text(category),
                    work,
                    people: winners.to_vec(),
                    part: part.as_deref(),
                    won: *won,
                }
            }
            (FactKind::Genre { genre, .. }, [work]) => States::Genre {
                work: *work,
                genre: self.text(genre),
            },
            (
                FactKind::BasedOn {
                    title,
                    form,
                    authors,
                    ..
                },
                [work, writers @ ..],
            ) if writers.len() == authors.len() => States::BasedOn {
                work: *work,
                title,
                authors: writers.to_vec(),
                form: form.as_deref().map(|form| self.text(form)),
            },
            (FactKind::Series { series, .. }, [work]) => States::Series {
                work: *work,
                series: self.text(series),
            },
            (FactKind::Crew { job, .. }, [person, work]) => States::Crew {
                person: *person,
                job: *job,
                work: *work,
            },
            (FactKind::Release { date, .. }, [work]) => States::Release {
                work: *work,
                date: self.text(date),
            },
            _ => return None,
        })
    }

    fn text(&mut self, text: &'a str) -> u32 {
        let texts = &mut self.packed.texts;
        let number = self.texts.entry(text);
        *number.or_insert_with(|| texts.push(text.as_bytes()))
    }

    fn cites(&mut self, cites: &'a Arc<[Cite]>) -> u32 {
        let all = &mut self.packed.cites;
        *self.cites.entry(cites).or_insert_with(|| {
            all.push(Arc::clone(cites));
            number_of(all.len() - 1)
        })
    }
}

/// How a fact's id differs from the id that its record implies.
fn record_id<'a>(id: &'a str, following: &str) -> RecordId<'a> {
    let number = match id.strip_prefix(following) {
        Some("") => Some(0),
        Some(rest) => rest.strip_prefix('-').and_then(|rest| rest.parse().ok()),
        None => None,
    };
    let as_written = |number: &u8| {
        let mut written = following.to_owned();
        repeat(&mut written, *number);
        written == id
    };
    match number.filter(as_written) {
        Some(number) => RecordId::Following(number),
        None => RecordId::Other(id),
    }
}

/// A row as bytes, in a reused buffer.
fn write(row: &impl Serialize, mut room: Vec<u8>) -> Vec<u8> {
    room.clear();
    // Writing into memory cannot fail; what cannot be read back is noticed when it is read.
    postcard::to_extend(row, room).unwrap_or_default()
}

/// JSON for values whose own form leaves out missing fields.
mod as_json {
    use serde::de::DeserializeOwned;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

    pub(super) fn serialize<S: Serializer>(
        value: &impl Serialize,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let json = serde_json::to_string(value).map_err(ser::Error::custom)?;
        json.serialize(serializer)
    }

    pub(super) fn deserialize<'de, T: DeserializeOwned, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<T, D::Error> {
        let json = <&str>::deserialize(deserializer)?;
        serde_json::from_str(json).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{FactBase, heart, parse_pack};

    /// Hand-written facts and facts from records both survive, and those from records are small.
    #[test]
    fn what_is_packed_comes_back() {
        let more = crate::facts::bundled().into_iter().skip(5).take(1);
        let packs = heart()
            .into_iter()
            .chain(more)
            .map(|(name, text)| parse_pack(name, text));
        let packs = packs.collect::<Result<Vec<_>, _>>().expect("no faults");
        let mut base = FactBase::build(packs).expect("they agree");
        base.take_questions();
        let packed = Arc::new(PackedFacts::of(&base));
        let rows = packed.facts.each(0..packed.facts_count());
        let rows = rows.zip(base.facts());
        let of_records = rows.filter(|(_, fact)| fact.of_record);
        let lengths: Vec<usize> = of_records.map(|(row, _)| row.len()).collect();
        let bytes = lengths.iter().sum::<usize>() / lengths.len();
        assert!(bytes < 25, "{bytes} bytes for a fact of a record");
        for unpacked in [packed.unpack(), packed.open()] {
            assert!(unpacked.facts().eq(base.facts()));
            for kind in EntityKind::ALL {
                assert!(unpacked.entities(kind).eq(base.entities(kind)));
                for entity in base.entities(kind) {
                    let key = EntityRef::new(kind, entity.id.as_str());
                    assert_eq!(unpacked.entity(&key), Some(entity));
                }
            }
            for (number, fact) in (0..).zip(base.facts()) {
                assert_eq!(unpacked.fact_at(number), Some(fact));
                assert_eq!(unpacked.fact(&fact.id), Some(fact));
                let packs = [&unpacked, &base].map(|base| base.pack_of(&fact.id));
                assert_eq!(packs[0].map(|pack| &pack.id), packs[1].map(|pack| &pack.id));
            }
            assert!(unpacked.news().eq(base.news()));
            assert!(unpacked.clued().eq(base.clued()));
            let of_clued: Vec<&str> = unpacked.of_clued().map(|fact| fact.id.as_str()).collect();
            for work in base.clued() {
                let key = (EntityKind::Work, &work.id);
                let named = base.facts().filter(|fact| fact.named().contains(&key));
                for fact in named {
                    assert!(of_clued.contains(&fact.id.as_str()), "{}", fact.id);
                }
            }
        }
        let missing = packed.open();
        assert!(missing.fact("no-such-fact").is_none());
        assert!(
            missing
                .entity(&EntityRef::new(EntityKind::Work, "zzz"))
                .is_none()
        );
        assert!(missing.fact_at(packed.facts_count()).is_none());
    }
}
