//! Questions about years and order.

use super::draft::{Draft, choice, plain};
use super::index::{Index, harder};
use super::question::{Answer, Question};
use super::wording::{in_sentence_undated, title, vary};
use crate::facts::{Entity, EntityKind, Fact, FactKind, Status};

/// Years this close to a release are never offered against it: a first night at a festival or
/// abroad may fall there.
const YEARS_APART_MIN: u16 = 2;

/// Every question about when a work came out.
pub(super) fn questions(index: &Index) -> Vec<Question> {
    let mut questions = Vec::new();
    for fact in index.base.facts() {
        let FactKind::Release { work, .. } = &fact.kind else {
            continue;
        };
        let (Some(entity), Some(year)) = (index.entity(EntityKind::Work, work), index.year(work))
        else {
            continue;
        };
        if !index.is_asked(fact) || fact.status != Status::Confirmed {
            continue;
        }
        let mut drafts = vec![in_which_year(index, fact, entity, year)];
        if index.is_released_film(work) {
            drafts.push(film_of_year(index, fact, entity, year));
            drafts.push(before(index, fact, entity, year));
            drafts.push(after(index, fact, entity, year));
            drafts.push(between(index, fact, entity, year));
        }
        let drafts = drafts.into_iter().flatten();
        questions.extend(drafts.filter_map(|draft| draft.finish(index.base)));
    }
    questions
}

fn in_which_year<'a>(index: &Index, fact: &'a Fact, work: &Entity, year: u16) -> Option<Draft<'a>> {
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
    // No later than a little after the newest work, so that no choice lies in the future.
    let newest = index
        .base
        .entities(EntityKind::Work)
        .filter_map(|w| w.year)
        .max()?;
    let distractors: Vec<Answer> = [3_i16, -3, 2, -2, 4, -4, 5, -5, 6, -6]
        .into_iter()
        .filter_map(|step| year.checked_add_signed(step))
        .filter(|other| *other <= newest.max(year) + YEARS_APART_MIN)
        .map(|other| plain(other.to_string()))
        .collect();
    Some(Draft {
        fact,
        template: "release-year",
        difficulty: fact.difficulty,
        prompt,
        answer: plain(year.to_string()),
        distractors,
    })
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map(|c| c.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Films with a certain year, in order of it. A title that two of them share is left out.
fn films<'a>(index: &Index<'a>) -> Vec<(u16, &'a Entity)> {
    let all: Vec<(u16, &Entity)> = index
        .base
        .entities(EntityKind::Work)
        .filter(|work| index.is_released_film(&work.id))
        .filter_map(|work| Some((index.year(&work.id)?, work)))
        .collect();
    let is_sole = |work: &Entity| all.iter().filter(|(_, w)| title(w) == title(work)).count() == 1;
    let mut sole: Vec<_> = all
        .iter()
        .copied()
        .filter(|(_, work)| is_sole(work))
        .collect();
    sole.sort_by_key(|(year, work)| (*year, &work.id));
    sole
}

/// Films as choices, those nearest to `year` first.
fn choices(index: &Index, year: u16, fits: impl Fn(u16) -> bool) -> Vec<Answer> {
    let mut fitting: Vec<_> = films(index).into_iter().filter(|(y, _)| fits(*y)).collect();
    fitting.sort_by_key(|(y, work)| (y.abs_diff(year), &work.id));
    fitting
        .into_iter()
        .filter_map(|(_, work)| choice(index, EntityKind::Work, &work.id))
        .collect()
}

fn film_of_year<'a>(index: &Index, fact: &'a Fact, work: &Entity, year: u16) -> Option<Draft<'a>> {
    Some(Draft {
        fact,
        template: "release-film",
        difficulty: fact.difficulty,
        prompt: vary(
            fact,
            [
                format!("Which of these films came out in {year}?"),
                format!("Which of these is a film of {year}?"),
            ],
        ),
        answer: choice(index, EntityKind::Work, &work.id)?,
        distractors: choices(index, year, |y| y.abs_diff(year) >= YEARS_APART_MIN),
    })
}

/// The film that comes next, far enough off to be certainly later.
fn next_after<'a>(index: &Index<'a>, year: u16) -> Option<(u16, &'a Entity)> {
    films(index)
        .into_iter()
        .find(|(y, _)| *y >= year + YEARS_APART_MIN)
}

fn last_before<'a>(index: &Index<'a>, year: u16) -> Option<(u16, &'a Entity)> {
    films(index)
        .into_iter()
        .rfind(|(y, _)| *y + YEARS_APART_MIN <= year)
}

fn before<'a>(index: &Index, fact: &'a Fact, work: &Entity, year: u16) -> Option<Draft<'a>> {
    let (limit, next) = next_after(index, year)?;
    Some(Draft {
        fact,
        template: "release-before",
        difficulty: harder(fact.difficulty),
        prompt: vary(
            fact,
            [
                format!("Which of these films came out before {}?", title(next)),
                format!("Which of these films is older than {}?", title(next)),
            ],
        ),
        answer: choice(index, EntityKind::Work, &work.id)?,
        distractors: choices(index, limit, |y| y >= limit + YEARS_APART_MIN),
    })
}

fn after<'a>(index: &Index, fact: &'a Fact, work: &Entity, year: u16) -> Option<Draft<'a>> {
    let (limit, last) = last_before(index, year)?;
    Some(Draft {
        fact,
        template: "release-after",
        difficulty: harder(fact.difficulty),
        prompt: vary(
            fact,
            [
                format!("Which of these films came out after {}?", title(last)),
                format!("Which of these films is younger than {}?", title(last)),
            ],
        ),
        answer: choice(index, EntityKind::Work, &work.id)?,
        distractors: choices(index, limit, |y| y + YEARS_APART_MIN <= limit),
    })
}

fn between<'a>(index: &Index, fact: &'a Fact, work: &Entity, year: u16) -> Option<Draft<'a>> {
    let (from, last) = last_before(index, year)?;
    let (to, next) = next_after(index, year)?;
    Some(Draft {
        fact,
        template: "release-between",
        difficulty: harder(fact.difficulty),
        prompt: vary(
            fact,
            [
                format!(
                    "Which of these films came out after {} and before {}?",
                    title(last),
                    title(next)
                ),
                format!(
                    "Which of these films came out between {} and {}?",
                    title(last),
                    title(next)
                ),
            ],
        ),
        answer: choice(index, EntityKind::Work, &work.id)?,
        distractors: choices(index, year, |y| {
            y + YEARS_APART_MIN <= from || y >= to + YEARS_APART_MIN
        }),
    })
}
