//! Questions about companies.

use super::draft::{Draft, choice};
use super::index::{Credit, Index};
use super::question::{Answer, Question};
use super::wording::{according_to, in_sentence};
use crate::facts::{EntityKind, Status};
use std::collections::BTreeSet;

/// Every question about which company did what.
pub(super) fn questions(index: &Index) -> Vec<Question> {
    let asked = index
        .companies
        .iter()
        .filter(|credit| index.is_asked(credit.fact));
    let drafts = asked.filter_map(|credit| which_company(index, credit));
    drafts
        .filter_map(|draft| draft.finish(index.base))
        .collect()
}

/// The wrong answers are companies that did the same for other works.
fn which_company<'a>(index: &Index<'a>, credit: &Credit<'a, &'a str>) -> Option<Draft<'a>> {
    let work = in_sentence(index.entity(EntityKind::Work, credit.work)?);
    let involved = index.companies.iter().filter(|c| c.work == credit.work);
    let involved: BTreeSet<&str> = involved.map(|c| c.person).collect();
    let mut others: Vec<_> = index
        .companies
        .iter()
        .filter(|c| c.role == credit.role && !involved.contains(c.person))
        .collect();
    others.sort_by_cached_key(|c| index.distance(credit.work, c.work));
    let distractors: Vec<Answer> = others
        .into_iter()
        .filter_map(|c| choice(index, EntityKind::Organisation, c.person))
        .collect();
    let role = credit.role;
    let is_planned = index.is_planned(credit.work);
    let prompt = match credit.fact.status {
        Status::Confirmed if !is_planned => format!("Which company {role} {work}?"),
        _ if role == "produced" => {
            let source = according_to(index.base, credit.fact);
            format!("{source}, which company is making {work}?")
        }
        _ => return None,
    };
    Some(Draft {
        fact: credit.fact,
        template: "company-which",
        difficulty: credit.fact.difficulty,
        prompt,
        answer: choice(index, EntityKind::Organisation, credit.person)?,
        distractors,
        accept: Vec::new(),
    })
}
