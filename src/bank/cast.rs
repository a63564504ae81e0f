//! Questions about who plays whom.

use super::draft::{Draft, choice, plain};
use super::index::{Credit, Index, harder};
use super::question::{Answer, Question};
use super::wording::{according_to, in_sentence, title, vary};
use crate::facts::{Difficulty, EntityKind, Pronoun, Status};
use std::collections::BTreeSet;

type Part<'a> = Credit<'a, &'a str>;

/// Parts that are looked through for wrong answers to one question.
const NEIGHBOURS_MAX: usize = 400;

/// Every question about a part.
pub(super) fn questions(index: &Index) -> Vec<Question> {
    let mut questions = Vec::new();
    let works = works(index);
    for &work in &works {
        let parts = index.parts_of_work(work);
        let asked: Vec<&Part> = parts.filter(|part| index.is_asked(part.fact)).collect();
        let near = neighbours(index, work);
        let films = other_films(index, work, &works);
        for part in asked {
            let drafts = if index.is_planned(work) {
                vec![
                    planned_who(index, part, &near),
                    planned_character(index, part, &near),
                    planned_status(index, part),
                ]
            } else {
                vec![
                    who(index, part, &near),
                    which_character(index, part, &near),
                    which_film(index, part, &films),
                ]
            };
            let drafts = drafts.into_iter().flatten();
            questions.extend(drafts.filter_map(|draft| draft.finish(index.base)));
        }
    }
    questions
}

/// The works that have a cast, in the order in which the packs come to them.
fn works<'a>(index: &Index<'a>) -> Vec<&'a str> {
    let mut seen = BTreeSet::new();
    let works = index.cast.iter().map(|part| part.work);
    works.filter(|work| seen.insert(*work)).collect()
}

/// The parts of this work and of works near it in time, nearest first; none that are not to be
/// asked, such as "Bank Guard".
fn neighbours<'i, 'a>(index: &'i Index<'a>, work: &str) -> Vec<&'i Part<'a>> {
    let usable = |part: &&Part| part.fact.unasked.is_none();
    let mut near: Vec<&Part> = index.cast.iter().filter(usable).collect();
    near.sort_by_cached_key(|part| index.distance(work, part.work));
    near.truncate(NEIGHBOURS_MAX);
    near
}

/// Released films but this one, nearest in time first.
fn other_films<'a>(index: &Index<'a>, work: &str, works: &[&'a str]) -> Vec<&'a str> {
    let mut films = works.to_vec();
    films.retain(|other| index.is_released_film(other) && *other != work);
    films.sort_by_cached_key(|other| index.distance(work, other));
    films.truncate(NEIGHBOURS_MAX);
    films
}

/// Candidates in order: those whom a sentence speaks of alike, then near works, then parts of
/// like size (for which the difficulty of knowing them stands in). Characters of the same work
/// come before all others: whoever knows the work at all knows that Hannibal Lecktor is not in it.
fn rank<'i, 'a>(
    index: &Index,
    near: &[&'i Part<'a>],
    part: &Part,
    kind: EntityKind,
    id: fn(&Part<'a>) -> &'a str,
) -> Vec<&'i Part<'a>> {
    let pronoun = |p: &Part<'a>| index.pronoun(kind, id(p));
    let own: Option<Pronoun> = index.pronoun(
        kind,
        match kind {
            EntityKind::Person => part.person,
            _ => part.role,
        },
    );
    let step = |p: &Part| {
        let size = |d: Difficulty| d as u16;
        size(p.fact.difficulty).abs_diff(size(part.fact.difficulty))
    };
    let key = |p: &&'i Part<'a>| {
        (
            kind == EntityKind::Character && p.work != part.work,
            index.distance(part.work, p.work).div_ceil(4) + 3 * step(p),
            step(p),
        )
    };
    let mut alike: Vec<_> = near
        .iter()
        .copied()
        .filter(|p| own.is_none() || pronoun(p) == own)
        .collect();
    alike.sort_by_cached_key(key);
    alike
}

fn people(index: &Index, ranked: &[&Part], fits: impl Fn(&Part) -> bool) -> Vec<Answer> {
    let fitting = ranked.iter().filter(|p| fits(p));
    fitting
        .filter_map(|p| choice(index, EntityKind::Person, p.person))
        .collect()
}

fn characters(index: &Index, ranked: &[&Part], fits: impl Fn(&Part) -> bool) -> Vec<Answer> {
    let fitting = ranked.iter().filter(|p| fits(p));
    fitting
        .filter_map(|p| choice(index, EntityKind::Character, p.role))
        .collect()
}

/// The names a prompt needs: person, character, work.
fn names(index: &Index, part: &Part) -> Option<(String, String, String)> {
    let person = title(index.entity(EntityKind::Person, part.person)?).to_owned();
    let character = title(index.entity(EntityKind::Character, part.role)?).to_owned();
    let work = in_sentence(index.entity(EntityKind::Work, part.work)?);
    Some((person, character, work))
}

fn who<'a>(index: &Index<'a>, part: &Part<'a>, near: &[&Part<'a>]) -> Option<Draft<'a>> {
    let (_, character, work) = names(index, part)?;
    let sharers = index
        .cast
        .iter()
        .filter(|p| p.role == part.role && p.work == part.work);
    if sharers
        .map(|p| p.person)
        .any(|person| person != part.person)
    {
        return None;
    }
    let ranked = rank(index, near, part, EntityKind::Person, |p| p.person);
    Some(Draft {
        fact: part.fact,
        template: "cast-who",
        difficulty: part.fact.difficulty,
        prompt: vary(
            part.fact,
            [
                format!("Who played {character} in {work}?"),
                format!("Which actor played {character} in {work}?"),
                format!("In {work}, who played {character}?"),
                format!("Who took the part of {character} in {work}?"),
            ],
        ),
        answer: choice(index, EntityKind::Person, part.person)?,
        distractors: people(index, &ranked, |p| {
            !index.may_play(p.person, part.role, part.work)
        }),
        accept: Vec::new(),
    })
}

fn which_character<'a>(
    index: &Index<'a>,
    part: &Part<'a>,
    near: &[&Part<'a>],
) -> Option<Draft<'a>> {
    let (person, _, work) = names(index, part)?;
    let parts = index
        .cast
        .iter()
        .filter(|p| p.person == part.person && p.work == part.work);
    if parts.map(|p| p.role).any(|role| role != part.role) {
        return None;
    }
    let ranked = rank(index, near, part, EntityKind::Character, |p| p.role);
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
                format!("In {work}, which character was played by {person}?"),
            ],
        ),
        answer: choice(index, EntityKind::Character, part.role)?,
        distractors: characters(index, &ranked, |p| {
            !index.may_play(part.person, p.role, part.work)
        }),
        accept: Vec::new(),
    })
}

/// Not asked of a film that fills most of its pack: there the answer would always be the same.
fn which_film<'a>(index: &Index<'a>, part: &Part<'a>, films: &[&str]) -> Option<Draft<'a>> {
    let (person, character, _) = names(index, part)?;
    let elsewhere = |p: &Part| p.role == part.role && p.work != part.work;
    if index.parts_of_person(part.person).any(elsewhere)
        || !index.is_released_film(part.work)
        || index.fills_its_pack(part.fact, part.work)
    {
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
        distractors: films
            .iter()
            .filter_map(|work| choice(index, EntityKind::Work, work))
            .collect(),
        accept: Vec::new(),
    })
}

fn planned_who<'a>(index: &Index<'a>, part: &Part<'a>, near: &[&Part<'a>]) -> Option<Draft<'a>> {
    let (_, character, work) = names(index, part)?;
    let source = according_to(index.base, part.fact);
    let ranked = rank(index, near, part, EntityKind::Person, |p| p.person);
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
        distractors: people(index, &ranked, |p| {
            !index.may_play(p.person, part.role, part.work)
        }),
        accept: Vec::new(),
    })
}

fn planned_character<'a>(
    index: &Index<'a>,
    part: &Part<'a>,
    near: &[&Part<'a>],
) -> Option<Draft<'a>> {
    let (person, _, work) = names(index, part)?;
    let source = according_to(index.base, part.fact);
    let ranked = rank(index, near, part, EntityKind::Character, |p| p.role);
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
        distractors: characters(index, &ranked, |p| {
            same_story.contains(p.work) && !index.may_play(part.person, p.role, part.work)
        }),
        accept: Vec::new(),
    })
}

/// The works that share a character with this one, and so its world: somebody from another
/// would be no plausible part in it.
fn same_story<'a>(index: &Index<'a>, work: &str) -> BTreeSet<&'a str> {
    let characters: BTreeSet<&str> = index.parts_of_work(work).map(|p| p.role).collect();
    let sharing = index.cast.iter().filter(|p| characters.contains(p.role));
    sharing.map(|p| p.work).collect()
}

/// How far along a casting is. The wrong answers are such that none can be true together with
/// the right one: "in talks" never stands beside "negotiating".
fn planned_status<'a>(index: &Index<'a>, part: &Part<'a>) -> Option<Draft<'a>> {
    let (person, character, work) = names(index, part)?;
    let source = according_to(index.base, part.fact);
    let (answer, wrong) = match part.fact.status {
        Status::InTalks => (
            "In talks for the part",
            [
                "Signed for the part",
                "Filming the part",
                "Out of the running",
                "Dropped from the part",
            ],
        ),
        Status::Negotiating => (
            "Negotiating for the part",
            [
                "Signed for the part",
                "Filming the part already",
                "Out of the running for it",
                "Dropped from the part",
            ],
        ),
        Status::Reported if !part.fact.caveats.is_empty() => (
            "Named for the part, no deal final",
            [
                "Named for the part, contract signed",
                "Named for the part, then replaced",
                "Offered the part, and turned it down",
                "Tested for the part, and passed over",
            ],
        ),
        _ => return None,
    };
    Some(Draft {
        fact: part.fact,
        template: "cast-status",
        difficulty: harder(part.fact.difficulty),
        prompt: format!(
            "{source}, where does {person} stand with the part of {character} in {work}?"
        ),
        answer: plain(answer),
        distractors: wrong.into_iter().map(plain).collect(),
        accept: Vec::new(),
    })
}
