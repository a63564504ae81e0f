//! The facts that the records of films and awards state.

use super::film::{AWARD_SOURCE, Award, FILM_SOURCE, Film, Original, is_player};
use super::model::{Cite, Difficulty, EntityId, Fact, FactKind, Job, Status, Topic};
use super::slug::slug;
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
/// The billing that each job counts as: that hard to name.
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

/// One film's record.
pub(super) struct Sheet<'a> {
    film: &'a Film,
    /// "Jaws (1975)".
    name: String,
    cites: Arc<[Cite]>,
}

impl<'a> Sheet<'a> {
    pub(super) fn of(film: &'a Film) -> Self {
        let source = film.source.as_deref().unwrap_or(FILM_SOURCE);
        Self {
            film,
            name: format!("{} ({})", film.title, film.year),
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
    fn fact(&self, id: &str, kind: FactKind, told: (String, Topic, u8), unsure: [&str; 2]) -> Fact {
        let (summary, topic, place) = told;
        let is_unsure = self
            .film
            .unsure
            .iter()
            .any(|what| unsure.contains(&what.as_str()));
        Fact {
            id: format!("{}-{id}", self.film.id),
            kind,
            status: Status::Confirmed,
            as_of: None,
            cites: Arc::clone(&self.cites),
            summary,
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
        let told = format!("{} came out in {}.", self.film.title, self.film.year);
        self.fact(
            "release",
            kind,
            (told, Topic::Release, YEAR_PLACE),
            ["year", "release"],
        )
    }

    pub(super) fn genre(&self, genre: &str) -> Fact {
        let kind = FactKind::Genre {
            work: self.work(),
            genre: genre.to_owned(),
        };
        let id = format!("genre-{}", slug(genre));
        let told = format!("{} is listed under {genre}.", self.name);
        self.fact(
            &id,
            kind,
            (told, Topic::Story, GENRE_PLACE),
            ["genres", genre],
        )
    }

    pub(super) fn series(&self, series: &str) -> Fact {
        let kind = FactKind::Series {
            work: self.work(),
            series: series.to_owned(),
        };
        let told = format!("{} belongs to the series {series}.", self.name);
        self.fact(
            "series",
            kind,
            (told, Topic::Origins, GENRE_PLACE),
            ["series", series],
        )
    }

    pub(super) fn crew(&self, name: &str, person: EntityId, job: Job) -> Fact {
        let (did, place, field) = match job {
            Job::Composer => ("composed the score of", COMPOSER_PLACE, "composer"),
            Job::Director => ("directed", DIRECTOR_PLACE, "directors"),
            _ => ("wrote", WRITER_PLACE, "writers"),
        };
        let id = format!("{}-{person}", field.trim_end_matches('s'));
        let told = format!("{name} {did} {}.", self.name);
        let work = self.work();
        let kind = FactKind::Crew { person, job, work };
        self.fact(&id, kind, (told, Topic::Crew, place), [field, name])
    }

    pub(super) fn appearance(&self, name: &str, person: EntityId, place: u8) -> Fact {
        let told = format!("{name} is in {}.", self.name);
        let id = person.clone();
        let kind = FactKind::Appearance {
            person,
            work: self.work(),
            billing: Some(place),
        };
        self.fact(&id, kind, (told, Topic::Cast, place), ["cast", name])
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
        let told = format!("{name} plays {part} in {}.", self.name);
        let id = match number {
            0 => person.clone(),
            _ => format!("{person}-{}", number + 1),
        };
        let kind = FactKind::Cast {
            person,
            character,
            work: self.work(),
            billing: Some(place),
        };
        let mut fact = self.fact(&id, kind, (told, Topic::Cast, place), ["cast", name]);
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
        let what = form.map_or_else(String::new, |form| format!("the {form} "));
        let by = original.author.as_deref();
        let by = by.map_or_else(String::new, |author| format!(" by {author}"));
        let told = format!("{} is based on {what}{}{by}.", self.name, original.title);
        let kind = FactKind::BasedOn {
            work: self.work(),
            title: original.title.clone(),
            authors,
            form: original.form.clone(),
        };
        let unsure = ["based_on", original.title.as_str()];
        self.fact(
            "based-on",
            kind,
            (told, Topic::Origins, ORIGINAL_PLACE),
            unsure,
        )
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
        let award = self.award;
        let work = self.work.iter().map(|(id, _)| id);
        let named = work.chain(self.people.first()).map(|id| format!("-{id}"));
        let named: String = named.collect();
        format!("oscar-{}-{}{named}", award.ceremony, slug(&award.category))
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

    /// "Marlon Brando won the Oscar for best actor, in The Godfather (1972)."
    fn summary(&self) -> String {
        let award = self.award;
        let film = award.film.as_ref();
        let film = film.map(|film| format!("{} ({})", film.title, film.year));
        let category = award_name(&award.category);
        let who = super::film::listed(&award.people);
        let (who, of) = match (award.people.is_empty() || award.category == "picture", film) {
            (true, Some(film)) => (film, String::new()),
            (_, Some(film)) if is_player(&award.category) => (who, format!(", in {film}")),
            (_, Some(film)) => (who, format!(", for {film}")),
            (_, None) => (who, format!(" of {}", award.year)),
        };
        let did = if award.won {
            "won"
        } else if award.people.len() > 1 && who != award.people[0] {
            "were nominated for"
        } else {
            "was nominated for"
        };
        format!("{who} {did} the Oscar for {category}{of}.")
    }
}

/// An award's category in a sentence: "best supporting actress".
#[must_use]
pub fn award_name(category: &str) -> String {
    match category {
        "screenplay" | "original-screenplay" => "best original screenplay".to_owned(),
        "score" => "best original score".to_owned(),
        "song" => "best original song".to_owned(),
        other => format!("best {}", other.replace('-', " ")),
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
