//! The film of the day: which film it is, and six clues from hard to easy.
//!
//! A pure function of the packs and the date. All films with six fair clues are shuffled once, and
//! each day takes the next, so none comes again before all have had a turn.
//!
//! No clue contains the film's title, and none names anyone whom a later clue is about.

use super::question::{Answer, Question};
use super::spoilers::padded;
use super::typed::{Names, TypedKey};
use crate::facts::{
    Difficulty, Entity, EntityId, EntityKind, EntityRef, Fact, FactBase, FactKind, Job, Status,
    Topic, character_in_sentence,
};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How many clues there are.
const CLUES: usize = 6;
/// Arbitrary. Another seed makes another calendar.
const SEED: u64 = 1_975;
/// Less famous films would be too hard to guess.
const FAME_MIN: u8 = 4;
/// The films that everyone has heard of.
const FAME_TOP: u8 = 5;
/// Below this billing, a part is minor.
const LEADING_PLACES: u8 = 4;
/// Shorter words give nothing away on their own.
const TELLING_LETTERS_MIN: usize = 4;

/// A film to be guessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilmPuzzle {
    /// Its id among the works.
    pub film: EntityId,
    /// Its title.
    pub title: String,
    /// The year of its first release.
    pub year: u16,
    /// The clues, from hard to easy.
    pub clues: [String; CLUES],
    /// The key that judges a typed title.
    key: TypedKey,
}

/// The template of a [`Question`] that asks for a film by its clues.
pub const TEMPLATE: &str = "film-by-clues";

impl FilmPuzzle {
    /// Whether a typed title names the film, in any spelling.
    #[must_use]
    pub fn is_titled(&self, typed: &str) -> bool {
        TypedKey::is_same_title(typed, &self.title) || self.key.takes(typed)
    }
}

/// The prefix of a film's id as a question.
pub(super) const PREFIX: &str = "film-";

/// The film of a day, counted from 1970; `None` if no film in the packs has six clues.
#[must_use]
pub fn film(base: &FactBase, day: i32) -> Option<FilmPuzzle> {
    let mut films = candidates(base);
    films.shuffle(&mut ChaCha8Rng::seed_from_u64(SEED));
    let season = i32::try_from(films.len())
        .ok()
        .filter(|season| *season > 0)?;
    let place = usize::try_from(day.rem_euclid(season)).ok()?;
    let Candidate {
        work, year, clues, ..
    } = films.into_iter().nth(place)?;
    Some(FilmPuzzle {
        film: work.id.clone(),
        title: bare(&work.name).to_owned(),
        year,
        clues,
        key: TypedKey::new(&asked(work), &Names::of(base)),
    })
}

/// Films that most people know, spread evenly over the years, as suggestions before a member types.
/// They are the same every day, so they reveal nothing about the day's film.
#[must_use]
pub fn well_known(base: &FactBase, count: usize) -> Vec<EntityRef> {
    let works = base.clued().filter(|work| is_known(work));
    let mut works: Vec<&Entity> = works.filter(|work| work.fame == Some(FAME_TOP)).collect();
    works.sort_by_key(|work| (work.year, &work.id));
    let len = works.len();
    let spread = (0..count.min(len)).filter_map(|at| works.get(at * len / count.max(1).min(len)));
    spread
        .map(|work| EntityRef::new(EntityKind::Work, work.id.clone()))
        .collect()
}

/// The question that a typed title answers.
pub(super) fn asked(work: &Entity) -> Question {
    Question {
        id: format!("{PREFIX}{}", work.id),
        pack: String::new(),
        facts: Vec::new(),
        tells: Vec::new(),
        topic: Topic::Career,
        difficulty: Difficulty::Medium,
        template: TEMPLATE.to_owned(),
        about: Vec::new(),
        prompt: "Which film is it?".to_owned(),
        answer: Answer {
            text: work.name.clone(),
            entity: Some(EntityRef::new(EntityKind::Work, work.id.clone())),
        },
        accept: vec![bare(&work.name).to_owned()],
        distractors: Vec::new(),
        reason: String::new(),
        citation: String::new(),
        url: None,
        lookup: None,
    }
}

/// A film with six fair clues.
pub(super) struct Candidate<'a> {
    pub(super) work: &'a Entity,
    pub(super) year: u16,
    pub(super) clues: [String; CLUES],
    pub(super) genres: Vec<&'a str>,
    /// The facts behind the clues.
    pub(super) facts: Vec<&'a Fact>,
}

/// Every one, ordered by id.
pub(super) fn candidates(base: &FactBase) -> Vec<Candidate<'_>> {
    let mut sheets: BTreeMap<&str, Sheet<'_>> = BTreeMap::new();
    for work in base.clued().filter(|work| is_known(work)) {
        sheets.insert(&work.id, Sheet::default());
    }
    for fact in base.of_clued().filter(|fact| is_settled(fact)) {
        if let Some(sheet) = work_of(fact).and_then(|work| sheets.get_mut(work)) {
            sheet.add(base, fact);
        }
    }
    let made = sheets.into_iter();
    made.filter_map(|(id, sheet)| candidate(base, id, sheet))
        .collect()
}

fn candidate<'a>(base: &'a FactBase, id: &str, mut sheet: Sheet<'a>) -> Option<Candidate<'a>> {
    sheet.players.sort_by_key(|player| player.place);
    let work = base.entity(&EntityRef::new(EntityKind::Work, id))?;
    let year = work.year?;
    Some(Candidate {
        work,
        year,
        clues: clues(work, year, &sheet)?,
        genres: sheet.genres,
        facts: sheet.facts,
    })
}

fn is_known(work: &Entity) -> bool {
    let is_told = work.plot.is_some() || work.emoji.is_some();
    let is_film = work.form.as_deref() == Some("film");
    is_film && is_told && work.fame.is_some_and(|fame| fame >= FAME_MIN)
}

fn is_settled(fact: &Fact) -> bool {
    fact.status == Status::Confirmed && fact.unasked.is_none()
}

fn work_of(fact: &Fact) -> Option<&str> {
    match &fact.kind {
        FactKind::Cast { work, .. }
        | FactKind::Appearance { work, .. }
        | FactKind::Genre { work, .. }
        | FactKind::BasedOn { work, .. }
        | FactKind::Crew { work, .. } => Some(work),
        _ => None,
    }
}

/// What the facts state about one film.
#[derive(Default)]
struct Sheet<'a> {
    players: Vec<Player<'a>>,
    directors: Vec<&'a str>,
    writers: Vec<&'a str>,
    composers: Vec<&'a str>,
    genres: Vec<&'a str>,
    original: Option<Original<'a>>,
    facts: Vec<&'a Fact>,
}

struct Player<'a> {
    /// The billing, from 1.
    place: u8,
    name: &'a str,
    part: Option<&'a str>,
}

struct Original<'a> {
    form: &'a str,
    authors: Vec<&'a str>,
}

impl<'a> Sheet<'a> {
    fn add(&mut self, base: &'a FactBase, fact: &'a Fact) {
        self.facts.push(fact);
        let person = |id: &str| name(base, EntityKind::Person, id);
        match &fact.kind {
            FactKind::Cast {
                person: who,
                character,
                billing: Some(place),
                ..
            } if self.players.iter().all(|player| player.place != *place) => {
                let part = name(base, EntityKind::Character, character).map(bare);
                let player = person(who).map(|name| (name, part));
                self.players.extend(player.map(|(name, part)| Player {
                    place: *place,
                    name,
                    part,
                }));
            }
            FactKind::Appearance {
                person: who,
                billing: Some(place),
                ..
            } => self.players.extend(person(who).map(|name| Player {
                place: *place,
                name,
                part: None,
            })),
            FactKind::Genre { genre, .. } => self.genres.push(genre),
            FactKind::BasedOn {
                authors,
                form: Some(form),
                ..
            } => {
                let authors = authors.iter().filter_map(|author| person(author)).collect();
                self.original = Some(Original { form, authors });
            }
            FactKind::Crew {
                person: who, job, ..
            } => {
                let list = match job {
                    Job::Director => &mut self.directors,
                    Job::Writer => &mut self.writers,
                    Job::Composer => &mut self.composers,
                    _ => return,
                };
                list.extend(person(who));
            }
            _ => {}
        }
    }
}

fn name<'a>(base: &'a FactBase, kind: EntityKind, id: &str) -> Option<&'a str> {
    let entity = base.entity(&EntityRef::new(kind, id))?;
    Some(&entity.name)
}

/// The name without the bracketed remark that distinguishes it from others.
pub(super) fn bare(name: &str) -> &str {
    name.split_once(" (").map_or(name, |(bare, _)| bare)
}

/// One clue, and the names by which earlier clues could give it away.
struct Clue {
    text: String,
    names: Vec<String>,
}

impl Clue {
    fn new(text: String, names: &[&str]) -> Self {
        let names = names.iter().flat_map(|name| telling(name)).collect();
        Self { text, names }
    }
}

/// A name, and its last word, by which most people are known.
fn telling(name: &str) -> Vec<String> {
    let last = name.rsplit(' ').next().filter(|last| is_telling(last));
    let names = [Some(name), last].into_iter().flatten();
    names.map(padded).collect()
}

fn is_telling(word: &str) -> bool {
    word.chars().count() >= TELLING_LETTERS_MIN
}

/// The six clues to a film; `None` if there are not enough facts. They are chosen from last to
/// first, each from several candidates, so that none gives away a later one.
fn clues(work: &Entity, year: u16, sheet: &Sheet<'_>) -> Option<[String; CLUES]> {
    let titles = titles(work);
    let mut chosen: Vec<Clue> = Vec::with_capacity(CLUES);
    for candidates in [
        lead(&titles, sheet)?,
        story(work),
        supporting(sheet),
        writing(sheet),
        minor(sheet),
        kind(year, sheet),
    ] {
        let is_fair = |clue: &Clue| {
            let text = padded(&clue.text);
            let later = chosen.iter().flat_map(|later| &later.names);
            !titles.iter().chain(later).any(|told| text.contains(told))
        };
        let clue = candidates.into_iter().find(is_fair)?;
        chosen.push(clue);
    }
    let texts: Vec<String> = chosen.into_iter().rev().map(|clue| clue.text).collect();
    texts.try_into().ok()
}

/// Every form of the title that no clue may contain: its parts, and without an article.
fn titles(work: &Entity) -> Vec<String> {
    let names = std::iter::once(&work.name).chain(&work.aliases);
    let parts = names.flat_map(|name| bare(name).split(": "));
    let forms = parts.map(|part| {
        let articles = ["The ", "A ", "An "];
        let without = articles
            .iter()
            .find_map(|article| part.strip_prefix(article));
        padded(without.unwrap_or(part))
    });
    forms.filter(|form| !form.trim().is_empty()).collect()
}

/// 6: the lead, with the part unless that gives away the title.
fn lead(titles: &[String], sheet: &Sheet<'_>) -> Option<Vec<Clue>> {
    let lead = sheet.players.first().filter(|player| player.place == 1)?;
    let is_in_title = |part: &str| {
        let words = part.split(' ').filter(|word| is_telling(word));
        let mut words = words.map(padded);
        words.any(|word| titles.iter().any(|title| title.contains(&word)))
    };
    let part = lead.part.filter(|part| !is_in_title(part));
    let alone = || Clue::new(format!("{} has the lead", lead.name), &[lead.name]);
    let mut clues = Vec::with_capacity(2);
    if let Some(part) = part {
        let text = format!("{} plays {}", lead.name, character_in_sentence(part));
        let mut names = vec![lead.name, part];
        names.extend(part.split(' ').filter(|word| is_telling(word)));
        clues.push(Clue::new(text, &names));
    }
    clues.push(alone());
    Some(clues)
}

/// 5: the plot with its emoji, or either.
fn story(work: &Entity) -> Vec<Clue> {
    let both = work.plot.as_ref().zip(work.emoji.as_ref());
    let both = both.map(|(plot, emoji)| format!("{plot} {emoji}"));
    let texts = [both, work.plot.clone(), work.emoji.clone()];
    let texts = texts.into_iter().flatten();
    texts.map(|text| Clue::new(text, &[])).collect()
}

/// 4: someone beside the lead.
fn supporting(sheet: &Sheet<'_>) -> Vec<Clue> {
    let at = |place: u8| sheet.players.iter().find(|player| player.place == place);
    let players = [3, 2, 4].into_iter().filter_map(at);
    let clue = |player: &Player<'_>| {
        let text = format!("{} has a supporting part", player.name);
        Clue::new(text, &[player.name])
    };
    players.map(clue).collect()
}

/// 3: what it is based on, or who wrote it; otherwise the director.
fn writing(sheet: &Sheet<'_>) -> Vec<Clue> {
    let by = |what: &str, names: &[&str]| {
        let names: Vec<&str> = names.iter().take(2).copied().collect();
        let text = format!("{what} by {}", names.join(" and "));
        (!names.is_empty()).then(|| Clue::new(text, &names))
    };
    let original = sheet.original.as_ref().and_then(|original| {
        let is_vowel = original.form.starts_with(['a', 'e', 'i', 'o', 'u']);
        let article = if is_vowel { "an" } else { "a" };
        by(
            &format!("Based on {article} {}", original.form),
            &original.authors,
        )
    });
    let written = by("Written", &sheet.writers);
    let directed = by("Directed", &sheet.directors);
    [original, written, directed]
        .into_iter()
        .flatten()
        .collect()
}

/// 2: the music, or an actor from the end of the list; otherwise the director.
fn minor(sheet: &Sheet<'_>) -> Vec<Clue> {
    let music = sheet.composers.iter().take(1);
    let music = music.map(|name| Clue::new(format!("Music by {name}"), &[name]));
    let players = sheet.players.iter().rev();
    let players = players.filter(|player| player.place > LEADING_PLACES);
    let players = players.map(|player| {
        let text = format!("{} is far down the cast list", player.name);
        Clue::new(text, &[player.name])
    });
    let directors = sheet.directors.iter().take(1);
    let directors = directors.map(|name| Clue::new(format!("Directed by {name}"), &[name]));
    let fourth = sheet
        .players
        .iter()
        .filter(|player| player.place == LEADING_PLACES);
    let fourth = fourth.map(|player| {
        Clue::new(
            format!("{} is fourth in the cast list", player.name),
            &[player.name],
        )
    });
    music
        .chain(players)
        .chain(directors)
        .chain(fourth)
        .collect()
}

/// 1: the year and the genre.
fn kind(year: u16, sheet: &Sheet<'_>) -> Vec<Clue> {
    let genres: Vec<&str> = sheet.genres.iter().take(2).copied().collect();
    let with_genres = format!("{year} · {}", genres.join(", "));
    let texts = [
        (!genres.is_empty()).then_some(with_genres),
        Some(format!("A film of {year}")),
    ];
    let texts = texts.into_iter().flatten();
    texts.map(|text| Clue::new(text, &[])).collect()
}

#[cfg(test)]
#[path = "film_tests.rs"]
mod tests;
