//! Facts and entities laid out small, in a few blocks.
//!
//! A [`Fact`] takes half a kilobyte in a dozen small texts, and nearly all facts come from records
//! of films: their ids and summaries follow from whom and what they name. So a fact is kept as the
//! numbers of those, and only what does not follow from them is kept as text.

use super::base::FactBase;
use super::entities::Entities;
use super::film::listed;
use super::model::{
    Cite, Difficulty, Entity, EntityId, EntityKind, Fact, FactKind, Job, Pack, Pronoun, Status,
    Topic,
};
use super::record_words::{FilmWording, Told, award_id, award_told};
use crate::rows::{Rows, number_of};
use foldhash::{HashMap, HashMapExt};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The facts of a [`FactBase`], which can be made of it again.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PackedFacts {
    /// The packs without their facts.
    #[serde(with = "as_json")]
    packs: Vec<Pack>,
    /// How many facts each pack has.
    counts: Vec<u32>,
    /// A [`FactRow`] each.
    facts: Rows,
    /// An [`EntityRow`] each, in order of kind and id.
    entities: Rows,
    /// Where the entities of each kind end.
    ends: [u32; EntityKind::ALL.len()],
    /// What many facts say alike: genres, categories, dates.
    texts: Rows,
    /// Where facts are stated, each list once.
    #[serde(with = "as_json")]
    cites: Vec<Arc<[Cite]>>,
}

#[derive(Serialize, Deserialize)]
enum FactRow<'a> {
    /// A fact that somebody wrote, as JSON.
    Written(&'a str, bool),
    /// A fact as a record makes them.
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

/// A fact's id: as its record's words give it, with the number of a repeat, or otherwise.
#[derive(Serialize, Deserialize)]
enum RecordId<'a> {
    Following(u8),
    Other(&'a str),
}

/// A fact's summary: as its record's words give it, with the name of its character as it is or
/// without what tells it from others, or otherwise.
#[derive(Serialize, Deserialize)]
enum Summary<'a> {
    Following,
    FollowingBare,
    Other(&'a str),
}

/// An [`Entity`], whose own form leaves out what is missing; that cannot be read without the names
/// of the fields.
#[derive(Serialize, Deserialize)]
struct EntityRow<'a> {
    id: &'a str,
    name: &'a str,
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

impl PackedFacts {
    /// Packs a base, without the hand-written questions of its packs.
    #[must_use]
    pub fn of(base: &FactBase) -> Self {
        let mut packer = Packer {
            base,
            packed: Self::default(),
            texts: HashMap::new(),
            cites: HashMap::new(),
            row: Vec::new(),
        };
        packer.add_entities();
        for pack in base.packs() {
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
                packer.add_fact(fact);
            }
        }
        let mut packed = packer.packed;
        for rows in [&mut packed.facts, &mut packed.entities, &mut packed.texts] {
            rows.shrink_to_fit();
        }
        packed
    }

    /// The base that was packed. None if these bytes are not as [`Self::of`] made them.
    #[must_use]
    pub fn unpack(mut self) -> Option<FactBase> {
        let mut packs = std::mem::take(&mut self.packs);
        let rows = self.entities.iter().map(entity);
        let entities: Vec<Entity> = rows.collect::<Option<_>>()?;
        let mut rows = self.facts.iter();
        for (pack, count) in packs.iter_mut().zip(&self.counts) {
            let rows = rows.by_ref().take(*count as usize);
            let facts = rows.map(|row| self.fact(&entities, row));
            pack.facts = facts.collect::<Option<_>>()?;
        }
        let ends = self.ends.map(|end| end as usize);
        Some(FactBase::of_parts(
            packs,
            Entities::in_order(entities, ends),
        ))
    }

    fn fact(&self, entities: &[Entity], row: &[u8]) -> Option<Fact> {
        let record = match postcard::from_bytes(row).ok()? {
            FactRow::Written(json, of_record) => {
                let fact: Fact = serde_json::from_str(json).ok()?;
                return Some(Fact { of_record, ..fact });
            }
            FactRow::Recorded(record) => record,
        };
        let is_bare = matches!(record.summary, Summary::FollowingBare);
        let mut told = self.told(entities, &record.states, is_bare)?;
        match record.id {
            RecordId::Following(number) => repeat(&mut told.id, number),
            RecordId::Other(id) => id.clone_into(&mut told.id),
        }
        if let Summary::Other(summary) = record.summary {
            summary.clone_into(&mut told.summary);
        }
        Some(Fact {
            id: told.id,
            kind: self.kind(entities, &record.states)?,
            status: record.status,
            as_of: None,
            cites: Arc::clone(self.cites.get(record.cites as usize)?),
            summary: told.summary,
            topic: record.topic,
            difficulty: record.difficulty,
            news: None,
            caveats: Vec::new(),
            unasked: record.unasked.map(|number| self.text(number)),
            of_record: true,
        })
    }

    fn text(&self, number: u32) -> String {
        self.texts.text(number).to_owned()
    }

    fn kind(&self, entities: &[Entity], states: &States) -> Option<FactKind> {
        let id = |number: u32| Some(entities.get(number as usize)?.id.clone());
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

    /// The id and the summary that a record's words give.
    fn told(&self, entities: &[Entity], states: &States, is_bare: bool) -> Option<Told> {
        let entity = |number: u32| entities.get(number as usize);
        let film = |number: u32| Some(wording(entity(number)?));
        let person = |number: u32| {
            let person = entity(number)?;
            Some((person.name.as_str(), person.id.as_str()))
        };
        let names = |numbers: &[u32]| {
            let names = numbers.iter().map(|number| Some(person(*number)?.0));
            names.collect::<Option<Vec<&str>>>()
        };
        Some(match states {
            States::Part {
                person: player,
                character,
                work,
                ..
            } => {
                let part = entity(*character)?.name.as_str();
                let part = if is_bare { bare(part) } else { part };
                film(*work)?.part(person(*player)?, part, 0)
            }
            States::Appearance {
                person: player,
                work,
                ..
            } => film(*work)?.appearance(person(*player)?),
            States::Award {
                ceremony,
                year,
                category,
                work,
                people,
                won,
                ..
            } => {
                let category = self.texts.text(*category);
                let film = match work {
                    Some(work) => Some(film(*work)?),
                    None => None,
                };
                let first = match people.first() {
                    Some(first) => Some(person(*first)?.1),
                    None => None,
                };
                let honoured = film.map(|film| (film.title, film.year));
                Told {
                    id: award_id(*ceremony, category, film.map(|film| film.id), first),
                    summary: award_told(category, *year, honoured, &names(people)?, *won),
                }
            }
            States::Genre { work, genre } => film(*work)?.genre(self.texts.text(*genre)),
            States::BasedOn {
                work,
                title,
                authors,
                form,
            } => {
                let author = listed(&names(authors)?);
                let author = Some(author.as_str()).filter(|author| !author.is_empty());
                let form = form.map(|form| self.texts.text(form));
                film(*work)?.based_on(title, form, author)
            }
            States::Series { work, series } => film(*work)?.series(self.texts.text(*series)),
            States::Crew {
                person: maker,
                job,
                work,
            } => film(*work)?.crew(person(*maker)?, *job),
            States::Release { work, .. } => film(*work)?.release(),
        })
    }
}

/// What the facts of a film name it by, where its name is as records write it.
fn wording(work: &Entity) -> FilmWording<'_> {
    let year = work.year.unwrap_or(0);
    let apart = format!(" ({year})");
    FilmWording {
        id: &work.id,
        title: work.name.strip_suffix(&apart).unwrap_or(&work.name),
        year,
    }
}

/// A character's name without what tells it from others of that name.
fn bare(name: &str) -> &str {
    name.rsplit_once(" (").map_or(name, |(bare, _)| bare)
}

/// Marks the id of a fact that is stated again with other details: "-2".
fn repeat(id: &mut String, number: u8) {
    if number > 0 {
        id.extend(["-", &number.to_string()]);
    }
}

fn entity(row: &[u8]) -> Option<Entity> {
    let row: EntityRow = postcard::from_bytes(row).ok()?;
    let owned = |text: Option<&str>| text.map(str::to_owned);
    Some(Entity {
        id: row.id.to_owned(),
        name: row.name.to_owned(),
        aliases: row.aliases.into_iter().map(str::to_owned).collect(),
        form: owned(row.form),
        year: row.year,
        note: owned(row.note),
        pronoun: row.pronoun,
        died: row.died,
        fame: row.fame,
        plot: owned(row.plot),
        emoji: owned(row.emoji),
    })
}

struct Packer<'a> {
    base: &'a FactBase,
    packed: PackedFacts,
    texts: HashMap<&'a str, u32>,
    cites: HashMap<&'a [Cite], u32>,
    /// Room for a row as it is written.
    row: Vec<u8>,
}

impl<'a> Packer<'a> {
    fn add_entities(&mut self) {
        let (rows, ends) = self.base.entity_rows();
        self.packed.ends = ends.map(number_of);
        for entity in rows {
            let row = EntityRow {
                id: &entity.id,
                name: &entity.name,
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
            self.row = write(&row, std::mem::take(&mut self.row));
            self.packed.entities.push(&self.row);
        }
    }

    fn add_fact(&mut self, fact: &'a Fact) {
        let json;
        let row = if let Some(record) = self.record(fact) {
            FactRow::Recorded(record)
        } else {
            json = serde_json::to_string(fact).unwrap_or_default();
            FactRow::Written(&json, fact.of_record)
        };
        self.row = write(&row, std::mem::take(&mut self.row));
        self.packed.facts.push(&self.row);
    }

    /// The fact as a record's; none if it says what no record does.
    fn record(&mut self, fact: &'a Fact) -> Option<Record<'a>> {
        let is_plain = fact.as_of.is_none() && fact.news.is_none() && fact.caveats.is_empty();
        if !fact.of_record || !is_plain {
            return None;
        }
        let states = self.states(&fact.kind)?;
        let (entities, _) = self.base.entity_rows();
        let told = self.packed.told(entities, &states, false)?;
        let bare = self.packed.told(entities, &states, true)?;
        let summary = match fact.summary.as_str() {
            same if same == told.summary => Summary::Following,
            same if same == bare.summary => Summary::FollowingBare,
            other => Summary::Other(other),
        };
        Some(Record {
            states,
            id: record_id(&fact.id, &told.id),
            summary,
            status: fact.status,
            topic: fact.topic,
            difficulty: fact.difficulty,
            cites: self.cites(&fact.cites),
            unasked: fact.unasked.as_deref().map(|why| self.text(why)),
        })
    }

    fn states(&mut self, kind: &'a FactKind) -> Option<States<'a>> {
        use EntityKind::{Character, Person, Work};
        let base = self.base;
        let number = |kind, id: &EntityId| base.entity_number(kind, id);
        let people = |ids: &[EntityId]| {
            let numbers = ids.iter().map(|id| number(Person, id));
            numbers.collect::<Option<Vec<u32>>>()
        };
        Some(match kind {
            FactKind::Cast {
                person,
                character,
                work,
                billing,
            } => States::Part {
                person: number(Person, person)?,
                character: number(Character, character)?,
                work: number(Work, work)?,
                billing: *billing,
            },
            FactKind::Appearance {
                person,
                work,
                billing,
            } => States::Appearance {
                person: number(Person, person)?,
                work: number(Work, work)?,
                billing: *billing,
            },
            FactKind::Award {
                ceremony,
                year,
                category,
                work,
                people: named,
                part,
                won,
            } => States::Award {
                ceremony: *ceremony,
                year: *year,
                category: self.text(category),
                work: match work {
                    Some(work) => Some(number(Work, work)?),
                    None => None,
                },
                people: people(named)?,
                part: part.as_deref(),
                won: *won,
            },
            FactKind::Genre { work, genre } => States::Genre {
                work: number(Work, work)?,
                genre: self.text(genre),
            },
            FactKind::BasedOn {
                work,
                title,
                authors,
                form,
            } => States::BasedOn {
                work: number(Work, work)?,
                title,
                authors: people(authors)?,
                form: form.as_deref().map(|form| self.text(form)),
            },
            FactKind::Series { work, series } => States::Series {
                work: number(Work, work)?,
                series: self.text(series),
            },
            FactKind::Crew { person, job, work } => States::Crew {
                person: number(Person, person)?,
                job: *job,
                work: number(Work, work)?,
            },
            FactKind::Release { work, date } => States::Release {
                work: number(Work, work)?,
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

/// How an id differs from the one that its record's words give.
fn record_id<'a>(id: &'a str, told: &str) -> RecordId<'a> {
    let number = match id.strip_prefix(told) {
        Some("") => Some(0),
        Some(rest) => rest.strip_prefix('-').and_then(|rest| rest.parse().ok()),
        None => None,
    };
    let as_written = |number: &u8| {
        let mut written = told.to_owned();
        repeat(&mut written, *number);
        written == id
    };
    match number.filter(as_written) {
        Some(number) => RecordId::Following(number),
        None => RecordId::Other(id),
    }
}

/// A row as bytes, in the room of another.
fn write(row: &impl Serialize, mut room: Vec<u8>) -> Vec<u8> {
    room.clear();
    // Writing into memory cannot fail; what could not be read again is noticed when it is read.
    postcard::to_extend(row, room).unwrap_or_default()
}

/// Values whose own form leaves out what is missing.
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
    use crate::facts::{EntityRef, bundled, parse_pack};

    /// Every bundled fact and entity; and the ones that records make are small.
    #[test]
    fn what_is_packed_comes_back() {
        let packs = bundled()
            .into_iter()
            .map(|(name, text)| parse_pack(name, text));
        let packs = packs.collect::<Result<Vec<_>, _>>().expect("no faults");
        let mut base = FactBase::build(packs).expect("they agree");
        base.take_questions();
        let packed = PackedFacts::of(&base);
        let bytes = packed.facts.iter().map(<[u8]>::len).sum::<usize>();
        let most = packed.facts.len() * 40;
        assert!(
            bytes < most,
            "{bytes} bytes for {} facts",
            packed.facts.len()
        );
        let unpacked = packed.unpack().expect("as it was packed");
        assert!(unpacked.facts().eq(base.facts()));
        for kind in EntityKind::ALL {
            assert!(unpacked.entities(kind).eq(base.entities(kind)));
            for entity in base.entities(kind) {
                let entity = EntityRef::new(kind, entity.id.as_str());
                assert!(unpacked.entity(&entity).is_some(), "{entity}");
            }
        }
        assert_eq!(unpacked.packs(), base.packs());
    }
}
