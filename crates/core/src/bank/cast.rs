//! Questions about who plays whom.

use super::draft::{Answers, Draft, choice};
use super::index::{Credit, Index};
use super::question::Question;
use super::wording::{according_to, in_sentence, title, vary, within};
use super::year_index::YearIndex;
use crate::facts::{Difficulty, EntityKind, Pronoun, Status, character_in_sentence};
use std::collections::BTreeSet;

type Part<'a> = Credit<'a, &'a str>;

/// How many parts are searched for wrong answers to one question.
const NEIGHBOURS_MAX: usize = 400;

/// Every question about a part.
pub(super) fn questions(index: &Index) -> Vec<Question> {
    let mut questions = Vec::new();
    let usable = usable(index);
    let works = works(index);
    let films = works.iter().filter(|work| index.is_released_film(work));
    let films = YearIndex::of(index, films.map(|work| (*work, *work)));
    for &work in &works {
        let parts = index.parts_of_work(work);
        let asked: Vec<&Part> = parts
            .filter(|part| index.is_asked_singly(part.fact))
            .collect();
        let near = neighbours(index, &usable, work);
        let films: Vec<&str> = films
            .elsewhere(index, work)
            .map(|(_, film)| *film)
            .take(NEIGHBOURS_MAX)
            .collect();
        for part in asked {
            let drafts = if index.is_planned(work) {
                vec![
                    planned_who(index, part, &near),
                    planned_character(index, part, &near),
                ]
            } else {
                vec![
                    who(index, part, &near),
                    which_character(index, part, &near),
                    which_film(index, part, &films),
                ]
            };
            let drafts = drafts.into_iter().flatten();
            questions.extend(drafts.filter_map(|draft| draft.finish(index)));
        }
    }
    questions
}

/// The works that have a cast, in the order in which the packs mention them.
fn works<'a>(index: &Index<'a>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let singly = index.cast.iter().filter(|part| !part.fact.of_record);
    let works = singly.map(|part| part.work);
    works.filter(|work| seen.insert(*work)).collect()
}

/// A part, and how sentences refer to its person and its character.
struct Usable<'i, 'a> {
    part: &'i Part<'a>,
    person: Option<Pronoun>,
    character: Option<Pronoun>,
}

/// A part, and how far its work is from the work in question.
struct Near<'s, 'i, 'a> {
    usable: &'s Usable<'i, 'a>,
    distance: u16,
}

/// Whether these are all the same.
fn are_one<'a>(mut all: impl Iterator<Item = &'a str>) -> bool {
    let first = all.next();
    all.all(|other| Some(other) == first)
}

/// The parts that may be asked about, by the years of their works; none like "Bank Guard".
fn usable<'i, 'a>(index: &'i Index<'a>) -> YearIndex<'a, Usable<'i, 'a>> {
    let parts = index.cast.iter();
    let parts = parts.filter(|part| part.fact.unasked.is_none() && !part.fact.of_record);
    let usable = parts.map(|part| {
        let usable = Usable {
            part,
            person: index.pronoun(EntityKind::Person, part.person),
            character: index.pronoun(EntityKind::Character, part.role),
        };
        (part.work, usable)
    });
    YearIndex::of(index, usable)
}

/// The parts of this work and of works near it in time, nearest first.
fn neighbours<'s, 'i, 'a>(
    index: &Index,
    usable: &'s YearIndex<'a, Usable<'i, 'a>>,
    work: &'s str,
) -> Vec<Near<'s, 'i, 'a>> {
    let own = usable.of_work(work).map(|usable| (0, usable));
    // Someone only reported to join the cast does not count as part of a film that is out.
    let is_planned = index.is_planned(work);
    let near = own.chain(usable.elsewhere(index, work));
    let near = near.filter(move |(_, u)| is_planned || !index.is_planned(u.part.work));
    let near = near.map(|(distance, usable)| Near { usable, distance });
    near.take(NEIGHBOURS_MAX).collect()
}

/// Candidates in order: first those that sentences refer to the same way, then near works, then
/// parts of similar size (judged by difficulty). Characters of the same work come before all
/// others: anyone who knows the work at all knows that Hannibal Lecktor is not in it.
fn rank<'i, 'a>(
    index: &Index,
    near: &[Near<'_, 'i, 'a>],
    part: &Part,
    kind: EntityKind,
) -> Vec<&'i Part<'a>> {
    let is_person = kind == EntityKind::Person;
    let own = index.pronoun(kind, if is_person { part.person } else { part.role });
    let fits = |near: &&Near| {
        let (person, character) = (near.usable.person, near.usable.character);
        own.is_none() || own == if is_person { person } else { character }
    };
    let key = |near: &&Near| {
        let other = near.usable.part;
        let size = |d: Difficulty| d as u16;
        let step = size(other.fact.difficulty).abs_diff(size(part.fact.difficulty));
        (
            !is_person && other.work != part.work,
            near.distance.div_ceil(4) + 3 * step,
            step,
        )
    };
    let mut alike: Vec<&Near> = near.iter().filter(fits).collect();
    alike.sort_by_cached_key(key);
    alike.into_iter().map(|near| near.usable.part).collect()
}

fn people<'i, 'a>(
    index: &'i Index<'a>,
    ranked: Vec<&'i Part<'a>>,
    fits: impl Fn(&Part) -> bool + 'i,
) -> Answers<'i> {
    let fitting = ranked.into_iter().filter(move |p| fits(p));
    Box::new(fitting.filter_map(|p| choice(index, EntityKind::Person, p.person)))
}

fn characters<'i, 'a>(
    index: &'i Index<'a>,
    ranked: Vec<&'i Part<'a>>,
    fits: impl Fn(&Part) -> bool + 'i,
) -> Answers<'i> {
    let fitting = ranked.into_iter().filter(move |p| fits(p));
    Box::new(fitting.filter_map(|p| choice(index, EntityKind::Character, p.role)))
}

/// The names a prompt needs: person, character, work.
fn names(index: &Index, part: &Part) -> Option<(String, String, String)> {
    let person = title(index.entity(EntityKind::Person, part.person)?).to_owned();
    let character = title(index.entity(EntityKind::Character, part.role)?);
    let character = character_in_sentence(character).into_owned();
    let work = in_sentence(index.entity(EntityKind::Work, part.work)?);
    Some((person, character, work))
}

fn who<'i, 'a>(
    index: &'i Index<'a>,
    part: &'i Part<'a>,
    near: &[Near<'_, 'i, 'a>],
) -> Option<Draft<'i>> {
    let (_, character, work) = names(index, part)?;
    // Two people who share the part would both be right.
    let same = index
        .parts_of_work(part.work)
        .filter(|p| p.role == part.role);
    if !are_one(same.map(|p| p.person)) {
        return None;
    }
    let ranked = rank(index, near, part, EntityKind::Person);
    Some(Draft {
        fact: part.fact,
        template: "cast-who",
        difficulty: part.fact.difficulty,
        prompt: vary(
            part.fact,
            [
                format!("Who played {character} in {work}?"),
                format!("Which actor played {character} in {work}?"),
                format!("{}, who played {character}?", within(&work)),
                format!("Who took the part of {character} in {work}?"),
            ],
        ),
        answer: choice(index, EntityKind::Person, part.person)?,
        distractors: people(index, ranked, |p| {
            !index.may_play(p.person, part.role, part.work)
        }),
        accept: Vec::new(),
        more: None,
    })
}

fn which_character<'i, 'a>(
    index: &'i Index<'a>,
    part: &'i Part<'a>,
    near: &[Near<'_, 'i, 'a>],
) -> Option<Draft<'i>> {
    let (person, _, work) = names(index, part)?;
    // If the person has two parts in one work, both would be right.
    let same = index
        .parts_of_work(part.work)
        .filter(|p| p.person == part.person);
    if !are_one(same.map(|p| p.role)) {
        return None;
    }
    let ranked = rank(index, near, part, EntityKind::Character);
    Some(Draft {
        fact: part.fact,
        template: "cast-character",
        difficulty: part.fact.difficulty,
        prompt: vary(
            part.fact,
            [
                format!("Which part did {person} play in {work}?"),
                format!("Which character did {person} play in {work}?"),
                format!("Which role did {person} have in {work}?"),
                format!("{}, which character was played by {person}?", within(&work)),
            ],
        ),
        answer: choice(index, EntityKind::Character, part.role)?,
        distractors: characters(index, ranked, |p| {
            !index.may_play(part.person, p.role, part.work)
        }),
        accept: Vec::new(),
        more: None,
    })
}

/// Not asked about a film that fills most of its pack: the answer would always be the same.
fn which_film<'i, 'a>(
    index: &'i Index<'a>,
    part: &'i Part<'a>,
    films: &'i [&'i str],
) -> Option<Draft<'i>> {
    let (person, character, _) = names(index, part)?;
    // Nor about a part that the person plays elsewhere too.
    let same = index
        .parts_of_person(part.person)
        .filter(|p| p.role == part.role);
    if !are_one(same.map(|p| p.work)) {
        return None;
    }
    if !index.is_released_film(part.work) || index.fills_its_pack(part.fact, part.work) {
        return None;
    }
    Some(Draft {
        fact: part.fact,
        template: "cast-film",
        difficulty: part.fact.difficulty,
        prompt: vary(
            part.fact,
            [
                format!("In which film did {person} play {character}?"),
                format!("Which film has {person} as {character}?"),
                format!("In which film does {character} appear, played by {person}?"),
            ],
        ),
        answer: choice(index, EntityKind::Work, part.work)?,
        distractors: Box::new(
            films
                .iter()
                .filter_map(|work| choice(index, EntityKind::Work, work)),
        ),
        accept: Vec::new(),
        more: None,
    })
}

fn planned_who<'i, 'a>(
    index: &'i Index<'a>,
    part: &'i Part<'a>,
    near: &[Near<'_, 'i, 'a>],
) -> Option<Draft<'i>> {
    let (_, character, work) = names(index, part)?;
    let source = according_to(index.base, part.fact);
    let mut ranked = rank(index, near, part, EntityKind::Person);
    // A dead actor would be an obviously wrong answer.
    ranked.retain(|other| !index.has_died(other.person));
    let prompt = match part.fact.status {
        Status::InTalks => format!("{source}, who is in talks to play {character} in {work}?"),
        Status::Negotiating => {
            format!("{source}, who is negotiating for the part of {character} in {work}?")
        }
        _ => format!("{source}, who is reported to be taking the part of {character} in {work}?"),
    };
    Some(Draft {
        fact: part.fact,
        template: "cast-who",
        difficulty: part.fact.difficulty,
        prompt,
        answer: choice(index, EntityKind::Person, part.person)?,
        distractors: people(index, ranked, |p| {
            !index.may_play(p.person, part.role, part.work)
        }),
        accept: Vec::new(),
        more: None,
    })
}

fn planned_character<'i, 'a>(
    index: &'i Index<'a>,
    part: &'i Part<'a>,
    near: &[Near<'_, 'i, 'a>],
) -> Option<Draft<'i>> {
    let (person, _, work) = names(index, part)?;
    let source = according_to(index.base, part.fact);
    let ranked = rank(index, near, part, EntityKind::Character);
    let same_story = same_story(index, part.work);
    let prompt = match part.fact.status {
        Status::InTalks => format!("{source}, which part is {person} in talks to play in {work}?"),
        Status::Negotiating => {
            format!("{source}, which part in {work} is {person} reported to be negotiating for?")
        }
        _ => format!("{source}, which part is {person} reported to be taking in {work}?"),
    };
    Some(Draft {
        fact: part.fact,
        template: "cast-character",
        difficulty: part.fact.difficulty,
        prompt,
        answer: choice(index, EntityKind::Character, part.role)?,
        distractors: characters(index, ranked, move |p| {
            same_story.contains(p.work) && !index.may_play(part.person, p.role, part.work)
        }),
        accept: Vec::new(),
        more: None,
    })
}

/// The works that share a character with this one, and so its world. A character from any other
/// would not be a plausible wrong answer.
fn same_story<'a>(index: &Index<'a>, work: &str) -> BTreeSet<&'a str> {
    let characters: BTreeSet<&str> = index.parts_of_work(work).map(|p| p.role).collect();
    let characters = characters.into_iter();
    let parts = characters.flat_map(|character| index.parts_of_character(character));
    parts.map(|p| p.work).collect()
}
