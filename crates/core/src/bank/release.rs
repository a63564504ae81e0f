//! Questions about years and order.

use super::aside::{compared, settled_year};
use super::draft::{Answers, Draft, choice, plain};
use super::index::{Index, harder};
use super::question::Question;
use super::rank::years_beside;
use super::reveal::More;
use super::seed::seed;
use super::wording::{in_sentence_undated, title, vary};
use crate::facts::{Difficulty, Entity, EntityKind, Fact, FactKind, Status};
use std::collections::BTreeMap;

/// Years this close to a release are never wrong answers: a festival or foreign premiere may fall
/// there.
const YEARS_APART_MIN: u16 = 2;
/// How many films on either side are searched for wrong answers to one question.
const CANDIDATES_MAX: usize = 50;

/// Every question about when a work came out.
pub(super) fn questions(index: &Index) -> Vec<Question> {
    let mut questions = Vec::new();
    let films = films(index);
    let works = index.base.entities(EntityKind::Work);
    let newest = works.filter_map(|work| work.year).max();
    for fact in index.base.facts() {
        let FactKind::Release { work, .. } = &fact.kind else {
            continue;
        };
        let (Some(entity), Some(year)) = (index.entity(EntityKind::Work, work), index.year(work))
        else {
            continue;
        };
        if !index.is_asked_singly(fact) || fact.status != Status::Confirmed {
            continue;
        }
        let mut drafts = vec![in_which_year(fact, entity, year, newest)];
        if index.is_released_film(work) && !index.fills_its_pack(fact, work) {
            drafts.push(film_of_year(index, &films, fact, entity, year));
            drafts.push(before(index, &films, fact, entity, year));
            drafts.push(after(index, &films, fact, entity, year));
            drafts.push(between(index, &films, fact, entity, year));
        }
        let drafts = drafts.into_iter().flatten();
        questions.extend(drafts.filter_map(|draft| draft.finish(index)));
    }
    questions
}

fn in_which_year<'a>(
    fact: &'a Fact,
    work: &Entity,
    year: u16,
    newest: Option<u16>,
) -> Option<Draft<'a>> {
    let name = in_sentence_undated(work);
    let prompt = match work.form.as_deref() {
        Some("novel") => vary(
            fact,
            [
                format!("In which year was {name} published?"),
                format!("In which year did {name} come out?"),
            ],
        ),
        Some("television film" | "series") => format!("In which year was {name} first broadcast?"),
        Some("film") => vary(
            fact,
            [
                format!("In which year did {name} come out?"),
                format!("In which year was {name} released?"),
                format!("{} came out in which year?", capital(&name)),
            ],
        ),
        _ => return None,
    };
    // Not much later than the newest work, so that no choice lies in the future.
    let wrong = years_beside(year, newest?.max(year), seed(&fact.id, "release-year"));
    Some(Draft {
        fact,
        template: "release-year",
        difficulty: fact.difficulty,
        prompt,
        answer: plain(year.to_string()),
        distractors: Box::new(wrong.into_iter().map(plain)),
        accept: Vec::new(),
        more: None,
    })
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|c| c.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Films of certain year, in order of year.
type Films<'a> = Vec<(u16, &'a Entity)>;

/// Leaves out titles that two films share, and films whose year is only rumoured, because they may
/// be earlier or later than another.
fn films<'a>(index: &Index<'a>) -> Films<'a> {
    let mut films: Films = index
        .base
        .entities(EntityKind::Work)
        .filter(|work| index.is_released_film(&work.id) && !index.is_only_honoured(&work.id))
        .filter_map(|work| Some((settled_year(index, &work.id)?.0, work)))
        .collect();
    let mut bearers: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, work) in &films {
        *bearers.entry(title(work)).or_default() += 1;
    }
    films.retain(|(_, work)| bearers.get(title(work)) == Some(&1));
    films.sort_by_key(|(year, work)| (*year, &work.id));
    films
}

/// Films as choices, those nearest to `year` first: of years up to `to`, and of years from `from`
/// on.
fn choices<'i>(
    index: &'i Index,
    films: &Films<'i>,
    year: u16,
    to: Option<u16>,
    from: Option<u16>,
) -> Answers<'i> {
    let older = to.map_or(0, |to| films.partition_point(|(y, _)| *y <= to));
    let older = films[..older].iter().rev().take(CANDIDATES_MAX);
    let newer = from.map_or(films.len(), |from| {
        films.partition_point(|(y, _)| *y < from)
    });
    let newer = films[newer..].iter().take(CANDIDATES_MAX);
    let mut nearest: Vec<(u16, &str)> = older
        .chain(newer)
        .map(|(y, work)| (y.abs_diff(year), work.id.as_str()))
        .collect();
    nearest.sort_unstable();
    let nearest = nearest.into_iter();
    Box::new(nearest.filter_map(|(_, id)| choice(index, EntityKind::Work, id)))
}

/// A question whose choices are films.
struct OfFilms {
    template: &'static str,
    difficulty: Difficulty,
    prompts: [String; 2],
    /// Wrong answers are near this year.
    near: u16,
    /// Wrong answers are of years up to this one, and from the other one on.
    to: Option<u16>,
    from: Option<u16>,
    more: Option<More>,
}

impl OfFilms {
    fn draft<'a>(
        self,
        index: &'a Index,
        films: &Films<'a>,
        fact: &'a Fact,
        work: &Entity,
    ) -> Option<Draft<'a>> {
        Some(Draft {
            fact,
            template: self.template,
            difficulty: self.difficulty,
            prompt: vary(fact, self.prompts),
            answer: choice(index, EntityKind::Work, &work.id)?,
            distractors: choices(index, films, self.near, self.to, self.from),
            accept: Vec::new(),
            more: self.more,
        })
    }
}

fn film_of_year<'a>(
    index: &'a Index,
    films: &Films<'a>,
    fact: &'a Fact,
    work: &Entity,
    year: u16,
) -> Option<Draft<'a>> {
    let of = OfFilms {
        template: "release-film",
        difficulty: fact.difficulty,
        prompts: [
            format!("Which of these films came out in {year}?"),
            format!("Which of these films dates from {year}?"),
        ],
        near: year,
        to: year.checked_sub(YEARS_APART_MIN),
        from: year.checked_add(YEARS_APART_MIN),
        more: None,
    };
    of.draft(index, films, fact, work)
}

/// The next film that is certainly later.
fn next_after<'f>(films: &Films<'f>, year: u16) -> Option<(u16, &'f Entity)> {
    let from = year.checked_add(YEARS_APART_MIN)?;
    let next = films.partition_point(|(y, _)| *y < from);
    films.get(next).copied()
}

fn last_before<'f>(films: &Films<'f>, year: u16) -> Option<(u16, &'f Entity)> {
    let to = year.checked_sub(YEARS_APART_MIN)?;
    let last = films.partition_point(|(y, _)| *y <= to).checked_sub(1)?;
    films.get(last).copied()
}

fn before<'a>(
    index: &'a Index,
    films: &Films<'a>,
    fact: &'a Fact,
    work: &Entity,
    year: u16,
) -> Option<Draft<'a>> {
    let (limit, next) = next_after(films, year)?;
    let title = in_sentence_undated(next);
    let of = OfFilms {
        template: "release-before",
        difficulty: harder(fact.difficulty),
        prompts: [
            format!("Which of these films came out before {title}?"),
            format!("Which of these films is older than {title}?"),
        ],
        near: limit,
        to: None,
        from: limit.checked_add(YEARS_APART_MIN),
        more: Some(compared(index, &[&next.id])?),
    };
    of.draft(index, films, fact, work)
}

fn after<'a>(
    index: &'a Index,
    films: &Films<'a>,
    fact: &'a Fact,
    work: &Entity,
    year: u16,
) -> Option<Draft<'a>> {
    let (limit, last) = last_before(films, year)?;
    let title = in_sentence_undated(last);
    let of = OfFilms {
        template: "release-after",
        difficulty: harder(fact.difficulty),
        prompts: [
            format!("Which of these films came out after {title}?"),
            format!("Which of these films is newer than {title}?"),
        ],
        near: limit,
        to: limit.checked_sub(YEARS_APART_MIN),
        from: None,
        more: Some(compared(index, &[&last.id])?),
    };
    of.draft(index, films, fact, work)
}

fn between<'a>(
    index: &'a Index,
    films: &Films<'a>,
    fact: &'a Fact,
    work: &Entity,
    year: u16,
) -> Option<Draft<'a>> {
    let (from, last) = last_before(films, year)?;
    let (to, next) = next_after(films, year)?;
    let (older, newer) = (in_sentence_undated(last), in_sentence_undated(next));
    let of = OfFilms {
        template: "release-between",
        difficulty: harder(fact.difficulty),
        prompts: [
            format!("Which of these films came out after {older} and before {newer}?"),
            format!("Which of these films came out between {older} and {newer}?"),
        ],
        near: year,
        to: from.checked_sub(YEARS_APART_MIN),
        from: to.checked_add(YEARS_APART_MIN),
        more: Some(compared(index, &[&last.id, &next.id])?),
    };
    of.draft(index, films, fact, work)
}
