//! The facts that the records of films and awards state.

use super::film::{AWARD_SOURCE, Award, FILM_SOURCE, Film, Original, is_player};
use super::ids::EntityId;
use super::model::{Cite, Difficulty, Fact, FactKind, Job, Status, Topic};
use super::record_words::{FactText, FilmWording, award_id, award_summary};
use std::sync::Arc;

/// The fame of a film that does not state it.
const FAME: u8 = 2;
/// Why uncertain parts of a record are not asked about.
const UNSURE: &str = "there is only one source, or sources that do not agree";
/// Parts that are not characters of a story.
const NO_CHARACTER: [&str; 6] = [
    "himself",
    "herself",
    "self",
    "themselves",
    "narrator",
    "various",
];
/// The billing that is as hard to name as each job.
const DIRECTOR_PLACE: u8 = 2;
const COMPOSER_PLACE: u8 = 4;
const WRITER_PLACE: u8 = 5;
const YEAR_PLACE: u8 = 4;
const GENRE_PLACE: u8 = 1;
const ORIGINAL_PLACE: u8 = 3;

/// How hard a credit is to know, by the film's fame and the billing.
pub(super) fn difficulty(fame: Option<u8>, place: u8) -> Difficulty {
    let fame = fame.unwrap_or(FAME);
    match (2 * fame + 1).saturating_sub(place) {
        8.. => Difficulty::Easy,
        5..8 => Difficulty::Medium,
        0..5 => Difficulty::Hard,
    }
}

/// The crew of a film's record, with their jobs.
pub(super) fn crew(film: &Film) -> impl Iterator<Item = (&str, Job)> {
    let crew = [
        (film.directors.as_slice(), Job::Director),
        (&film.writers, Job::Writer),
        (film.composer.as_slice(), Job::Composer),
    ];
    let crew = crew.into_iter();
    crew.flat_map(|(names, job)| names.iter().map(move |name| (name.as_str(), job)))
}

/// One film's record.
pub(super) struct Sheet<'a> {
    film: &'a Film,
    wording: FilmWording<'a>,
    cites: Arc<[Cite]>,
}

impl<'a> Sheet<'a> {
    pub(super) fn of(film: &'a Film) -> Self {
        let source = film.source.as_deref().unwrap_or(FILM_SOURCE);
        Self {
            film,
            wording: FilmWording {
                id: &film.id,
                title: &film.title,
                year: film.year,
            },
            cites: Arc::new([Cite {
                source: source.to_owned(),
                page: film.page.clone(),
                ..Cite::default()
            }]),
        }
    }

    fn work(&self) -> EntityId {
        self.film.id.clone()
    }

    /// `field` and `name` are what the record may mark as uncertain.
    fn fact(
        &self,
        text: FactText,
        kind: FactKind,
        (topic, place): (Topic, u8),
        unsure: [&str; 2],
    ) -> Fact {
        let is_unsure = self
            .film
            .unsure
            .iter()
            .any(|what| unsure.contains(&what.as_str()));
        Fact {
            id: text.id,
            kind,
            status: Status::Confirmed,
            as_of: None,
            cites: Arc::clone(&self.cites),
            summary: text.summary,
            topic,
            difficulty: difficulty(self.film.fame, place),
            news: None,
            caveats: Vec::new(),
            unasked: is_unsure.then(|| UNSURE.to_owned()),
            of_record: true,
        }
    }

    pub(super) fn release(&self) -> Fact {
        let kind = FactKind::Release {
            work: self.work(),
            date: self.film.year.to_string(),
        };
        let unsure = ["year", "release"];
        self.fact(
            self.wording.release(),
            kind,
            (Topic::Release, YEAR_PLACE),
            unsure,
        )
    }

    pub(super) fn genre(&self, genre: &str) -> Fact {
        let kind = FactKind::Genre {
            work: self.work(),
            genre: genre.to_owned(),
        };
        let unsure = ["genres", genre];
        self.fact(
            self.wording.genre(genre),
            kind,
            (Topic::Story, GENRE_PLACE),
            unsure,
        )
    }

    pub(super) fn series(&self, series: &str) -> Fact {
        let kind = FactKind::Series {
            work: self.work(),
            series: series.to_owned(),
        };
        let unsure = ["series", series];
        self.fact(
            self.wording.series(series),
            kind,
            (Topic::Origins, GENRE_PLACE),
            unsure,
        )
    }

    pub(super) fn crew(&self, name: &str, person: EntityId, job: Job) -> Fact {
        let (place, field) = match job {
            Job::Composer => (COMPOSER_PLACE, "composer"),
            Job::Director => (DIRECTOR_PLACE, "directors"),
            _ => (WRITER_PLACE, "writers"),
        };
        let text = self.wording.crew((name, &person), job);
        let work = self.work();
        let kind = FactKind::Crew { person, job, work };
        self.fact(text, kind, (Topic::Crew, place), [field, name])
    }

    pub(super) fn appearance(&self, name: &str, person: EntityId, place: u8) -> Fact {
        let text = self.wording.appearance((name, &person));
        let kind = FactKind::Appearance {
            person,
            work: self.work(),
            billing: Some(place),
        };
        self.fact(text, kind, (Topic::Cast, place), ["cast", name])
    }

    /// `number` counts the parts of one actor, from 0.
    pub(super) fn part(
        &self,
        name: &str,
        person: EntityId,
        (part, character): (&str, EntityId),
        place: u8,
        number: usize,
    ) -> Fact {
        let text = self.wording.part((name, &person), part, number);
        let kind = FactKind::Cast {
            person,
            character,
            work: self.work(),
            billing: Some(place),
        };
        let mut fact = self.fact(text, kind, (Topic::Cast, place), ["cast", name]);
        let folded = part.to_lowercase();
        if self.film.unsure.iter().any(|what| what == part) {
            fact.unasked = Some(UNSURE.to_owned());
        } else if NO_CHARACTER.contains(&folded.as_str()) {
            fact.unasked = Some("it is not a character's name".to_owned());
        }
        fact
    }

    pub(super) fn based_on(&self, original: &Original, authors: Vec<EntityId>) -> Fact {
        let form = original.form.as_deref();
        let text = self
            .wording
            .based_on(&original.title, form, original.author.as_deref());
        let kind = FactKind::BasedOn {
            work: self.work(),
            title: original.title.clone(),
            authors,
            form: original.form.clone(),
        };
        let unsure = ["based_on", original.title.as_str()];
        self.fact(text, kind, (Topic::Origins, ORIGINAL_PLACE), unsure)
    }
}

/// One award's record.
pub(super) struct Nomination<'a> {
    award: &'a Award,
    work: Option<(EntityId, Option<u8>)>,
    people: Vec<EntityId>,
}

impl<'a> Nomination<'a> {
    /// `work` comes with its fame.
    pub(super) fn of(
        award: &'a Award,
        work: Option<(EntityId, Option<u8>)>,
        people: Vec<EntityId>,
    ) -> Self {
        Self {
            award,
            work,
            people,
        }
    }

    pub(super) fn id(&self) -> String {
        let work = self.work.as_ref().map(|(id, _)| id.as_str());
        let first = self.people.first().map(EntityId::as_str);
        award_id(self.award.ceremony, &self.award.category, work, first)
    }

    pub(super) fn fact(&self) -> Fact {
        let award = self.award;
        let fame = self.work.as_ref().and_then(|(_, fame)| *fame);
        let place = if is_player(&award.category) { 3 } else { 4 };
        Fact {
            id: self.id(),
            kind: FactKind::Award {
                ceremony: award.ceremony,
                year: award.year,
                category: award.category.clone(),
                work: self.work.as_ref().map(|(id, _)| id.clone()),
                people: self.people.clone(),
                part: award.part.clone(),
                won: award.won,
            },
            status: Status::Confirmed,
            as_of: None,
            cites: Arc::new([Cite {
                source: award
                    .source
                    .clone()
                    .unwrap_or_else(|| AWARD_SOURCE.to_owned()),
                page: Some(format!("{} ceremony", ordinal(award.ceremony))),
                ..Cite::default()
            }]),
            summary: self.summary(),
            topic: Topic::Awards,
            difficulty: difficulty(fame, place),
            news: None,
            caveats: Vec::new(),
            unasked: None,
            of_record: true,
        }
    }

    fn summary(&self) -> String {
        let award = self.award;
        let film = award.film.as_ref();
        let people: Vec<&str> = award.people.iter().map(String::as_str).collect();
        award_summary(
            &award.category,
            award.year,
            film.map(|film| (film.title.as_str(), film.year)),
            &people,
            award.won,
        )
    }
}

/// "45th".
fn ordinal(number: u16) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}
