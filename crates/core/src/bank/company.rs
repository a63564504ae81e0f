//! Questions about companies.

use super::draft::{Draft, choice};
use super::index::{Credit, Index};
use super::question::Question;
use super::wording::{according_to, in_sentence};
use super::year_index::YearIndex;
use crate::facts::{EntityKind, Status};
use foldhash::{HashMap, HashMapExt, HashSet};

/// Every question about which company did what.
pub(super) fn questions(index: &Index) -> Vec<Question> {
    let field = Field::of(index);
    let asked = index.companies.iter();
    let asked = asked.filter(|credit| index.is_asked(credit.fact));
    let drafts = asked.filter_map(|credit| which_company(index, &field, credit));
    drafts.filter_map(|draft| draft.finish(index)).collect()
}

/// The companies to ask about.
struct Field<'a> {
    /// Companies by role.
    of_role: HashMap<&'a str, YearIndex<'a, &'a str>>,
    /// Works with the companies involved in them.
    involved: HashSet<(&'a str, &'a str)>,
}

impl<'a> Field<'a> {
    fn of(index: &Index<'a>) -> Self {
        let mut of_role: HashMap<&str, YearIndex<&str>> = HashMap::new();
        for credit in &index.companies {
            let alike = of_role.entry(credit.role).or_default();
            alike.add(index, credit.work, credit.person);
        }
        let credits = index.companies.iter();
        Self {
            of_role,
            involved: credits.map(|credit| (credit.work, credit.person)).collect(),
        }
    }
}

/// The wrong answers are companies that did the same for other works.
fn which_company<'i, 'a>(
    index: &'i Index<'a>,
    field: &'i Field<'a>,
    credit: &'i Credit<'a, &'a str>,
) -> Option<Draft<'i>> {
    let work = in_sentence(index.entity(EntityKind::Work, credit.work)?);
    let alike = field.of_role.get(credit.role)?;
    let others = alike.elsewhere(index, credit.work);
    let others = others.filter(|(_, company)| !field.involved.contains(&(credit.work, **company)));
    let others = others.filter_map(|(_, company)| choice(index, EntityKind::Organisation, company));
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
        distractors: Box::new(others),
        accept: Vec::new(),
        more: None,
    })
}
