//! Questions about who plays whom.

use super::draft::{Draft, choice, plain};
use super::index::{Credit, Index, harder};
use super::question::{Answer, Question};
use super::wording::{according_to, in_sentence, vary};
use crate::facts::{Difficulty, EntityKind, Pronoun, Status};
use std::collections::BTreeMap;

type Part<'a> = Credit<'a, &'a str>;

/// Parts that are looked through for wrong answers to one question.
const NEIGHBOURS_MAX: usize = 400;

/// Every question about a part.
pub(super) fn questions(index: &Index) -> Vec<Question> {
    let mut questions = Vec::new();
    for work in works(index) {
        let asked: Vec<&Part> = index
            .cast
            .iter()
            .filter(|part| part.work == work && index.is_asked(part.fact))
            .collect();
        let near = neighbours(index, work);
        for (i, part) in asked.iter().enumerate() {
            let drafts = if index.is_planned(work) {
                vec![
                    planned_who(index, part, &near),
                    planned_character(index, part, &near),
                    planned_status(index, part),
                ]
            } else {
                let partner = asked[(i + 1) % asked.len()];
                vec![
                    who(index, part, &near),
                    which_character(index, part, &near),
                    which_film(index, part),
                    alongside(index, part, partner, &near),
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
    let mut works = Vec::new();
    for part in &index.cast {
        if !works.contains(&part.work) {
            works.push(part.work);
        }
    }
    works
}

/// The parts of this work and of works near it in time, nearest first; none that are not to be
/// asked, such as "Bank Guard".
fn neighbours<'i, 'a>(index: &'i Index<'a>, work: &str) -> Vec<&'i Part<'a>> {
    let usable = |part: &&Part| part.fact.unasked.is_none();
    let mut near: Vec<&Part> = index.cast.iter().filter(usable).collect();
    near.sort_by_key(|part| index.distance(work, part.work));
    near.truncate(NEIGHBOURS_MAX);
    near
}

/// Candidates in order: those whom a sentence speaks of alike, then near works, then parts of
/// like size (for which the difficulty of knowing them stands in).
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
    let key = |p: &&Part<'a>| {
        (
            index.distance(part.work, p.work).div_ceil(4) + 3 * step(p),
            step(p),
        )
    };
    let mut alike: Vec<_> = near.iter().copied().filter(|p| pronoun(p) == own).collect();
    alike.sort_by_key(key);
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
    let person = index.entity(EntityKind::Person, part.person)?.name.clone();
    let character = index.entity(EntityKind::Character, part.role)?.name.clone();
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
        difficulty: harder(part.fact.difficulty),
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
    })
}

/// Not asked of a film that fills most of its pack: there the answer would always be the same.
fn which_film<'a>(index: &Index<'a>, part: &Part<'a>) -> Option<Draft<'a>> {
    let (person, character, _) = names(index, part)?;
    let plays = |p: &&Part| p.person == part.person && p.role == part.role;
    let in_films = index.cast.iter().filter(plays).map(|p| p.work);
    if in_films.clone().any(|work| work != part.work)
        || !index.is_released_film(part.work)
        || fills_its_pack(index, part)
    {
        return None;
    }
    let mut films: Vec<&str> = works(index)
        .into_iter()
        .filter(|work| index.is_released_film(work) && *work != part.work)
        .collect();
    films.sort_by_key(|work| index.distance(part.work, work));
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
            .into_iter()
            .filter_map(|work| choice(index, EntityKind::Work, work))
            .collect(),
    })
}

fn fills_its_pack(index: &Index, part: &Part) -> bool {
    let Some(pack) = index.base.pack_of(&part.fact.id) else {
        return false;
    };
    let mut of_work: BTreeMap<&str, usize> = BTreeMap::new();
    for p in index.cast.iter().filter(|p| index.is_asked(p.fact)) {
        if index
            .base
            .pack_of(&p.fact.id)
            .is_some_and(|other| other.id == pack.id)
        {
            *of_work.entry(p.work).or_default() += 1;
        }
    }
    let all: usize = of_work.values().sum();
    of_work
        .get(part.work)
        .is_some_and(|of_this| of_this * 2 > all)
}

fn alongside<'a>(
    index: &Index<'a>,
    part: &Part<'a>,
    partner: &Part<'a>,
    near: &[&Part<'a>],
) -> Option<Draft<'a>> {
    if partner.person == part.person || fills_its_pack(index, part) {
        return None;
    }
    let (_, _, work) = names(index, part)?;
    let (partner, _, _) = names(index, partner)?;
    let ranked = rank(index, near, part, EntityKind::Person, |p| p.person);
    Some(Draft {
        fact: part.fact,
        template: "cast-alongside",
        difficulty: part.fact.difficulty,
        prompt: vary(
            part.fact,
            [
                format!("Which of these actors was also in the cast of {work}, with {partner}?"),
                format!("Who of these joined {partner} in the cast of {work}?"),
                format!("Besides {partner}, who of these had a part in {work}?"),
            ],
        ),
        answer: choice(index, EntityKind::Person, part.person)?,
        distractors: people(index, &ranked, |p| {
            !index.takes_part(p.person, part.work) && p.work != part.work
        }),
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
        _ => format!("{source}, who is reported to be playing {character} in {work}?"),
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
    let prompt = match part.fact.status {
        Status::InTalks => format!("{source}, which part is {person} in talks to play in {work}?"),
        Status::Negotiating => {
            format!("{source}, which part in {work} is {person} reported to be negotiating for?")
        }
        _ => format!("{source}, which part is {person} reported to be playing in {work}?"),
    };
    Some(Draft {
        fact: part.fact,
        template: "cast-character",
        difficulty: part.fact.difficulty,
        prompt,
        answer: choice(index, EntityKind::Character, part.role)?,
        distractors: characters(index, &ranked, |p| {
            !index.may_play(part.person, p.role, part.work)
        }),
    })
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
    })
}
