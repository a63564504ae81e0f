//! What a reveal says: why the answer is right, a little more, and where all of it is stated.

use super::draft::words;
use super::index::{Credit, Index};
use super::wording::{did, in_sentence, title};
use crate::facts::limits::{SENTENCE_LENGTH_MAX, length};
use crate::facts::{
    Citation, EntityKind, EntityRef, Fact, FactBase, FactId, FactKind, Job, Pronoun, Status,
};
use std::collections::BTreeSet;

/// A summary with no more words than these besides names and articles says nothing that the
/// question and its answer do not say already: "plays … in …".
const BARE_WORDS_MAX: usize = 3;
/// Credits looked through for something to add.
const NEIGHBOURS_MAX: usize = 100;

/// What is said beside a fact, and the facts that state it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct More {
    pub(super) text: String,
    pub(super) facts: Vec<FactId>,
}

/// Why an answer is right, what that tells besides, and where it is stated.
pub(super) struct Reveal {
    pub(super) reason: String,
    pub(super) tells: Vec<FactId>,
    pub(super) citation: Citation,
}

impl Reveal {
    /// `text` is the reason by itself; what is to be added, and what must be told along with the
    /// facts, follows it as far as there is room.
    pub(super) fn of(base: &FactBase, text: &str, facts: &[&Fact], more: Option<More>) -> Self {
        let mut reason = text.to_owned();
        let mut tells: Vec<FactId> = Vec::new();
        let mut cited = facts.to_vec();
        if let Some(more) = more.filter(|more| append(&mut reason, &more.text)) {
            cited.extend(more.facts.iter().filter_map(|id| base.fact(id)));
            tells.extend(more.facts);
        }
        for id in facts.iter().flat_map(|fact| &fact.caveats) {
            if tells.contains(id) || facts.iter().any(|fact| fact.id == *id) {
                continue;
            }
            let is_told = base.fact(id).is_some_and(|caveat| {
                reason.contains(&caveat.summary) || append(&mut reason, &caveat.summary)
            });
            if is_told {
                tells.push(id.clone());
            }
        }
        Self {
            reason,
            tells,
            citation: base.citation_of(&cited),
        }
    }
}

/// Adds a sentence if there is room for it.
fn append(text: &mut String, sentence: &str) -> bool {
    let fits = length(text) + 1 + length(sentence) <= SENTENCE_LENGTH_MAX;
    if fits {
        text.push(' ');
        text.push_str(sentence);
    }
    fits
}

/// Something worth knowing beside a fact whose summary only repeats its names: what else the
/// person did, who else was there, or who made the film and when.
pub(super) fn more(index: &Index, fact: &Fact) -> Option<More> {
    if fact.status != Status::Confirmed || !is_bare(index, fact) {
        return None;
    }
    match &fact.kind {
        FactKind::Cast {
            person,
            character,
            work,
        } => other_part(index, person, work)
            .or_else(|| fellow(index, fact, person, character))
            .or_else(|| maker(index, fact, work)),
        FactKind::Crew { person, job, work } => same_credit(index, person, *job, work)
            .or_else(|| colleague(index, fact, person, *job))
            .or_else(|| maker(index, fact, work)),
        _ => None,
    }
}

fn is_bare(index: &Index, fact: &Fact) -> bool {
    let mentioned = fact.mentions();
    let entities = mentioned.iter().filter_map(|e| index.base.entity(e));
    let names: BTreeSet<String> = entities.flat_map(|entity| words(&entity.name)).collect();
    let summary = crate::facts::fold(&fact.summary);
    let others = summary.split(' ');
    let others = others.filter(|word| *word != "the" && !names.contains(*word));
    others.count() <= BARE_WORDS_MAX
}

/// Whether a reveal may tell this fact in passing: settled, asked elsewhere, and of a work that
/// is out.
fn may_be_told(index: &Index, fact: &Fact, work: &str) -> bool {
    fact.status == Status::Confirmed && index.is_asked(fact) && !index.is_planned(work)
}

/// Whether one pack states both: what is said of a film then has the sources of its pack.
fn are_of_one_pack(index: &Index, a: &Fact, b: &Fact) -> bool {
    let pack = |fact: &Fact| index.base.pack_of(&fact.id).map(|pack| &pack.id);
    pack(a) == pack(b)
}

/// "He is also Nate in Heat (1995)."
fn other_part(index: &Index, person: &str, work: &str) -> Option<More> {
    let parts = index.parts_of_person(person).take(NEIGHBOURS_MAX);
    let parts = parts.filter(|p| p.work != work && may_be_told(index, p.fact, p.work));
    let part = nearest(index, work, parts)?;
    let character = title(index.entity(EntityKind::Character, part.role)?);
    let who = subject(index, person)?;
    let be = if who == "They" { "are" } else { "is" };
    let (film, year) = dated(index, part.work)?;
    Some(More {
        text: format!("{who} {be} also {character} in {film}."),
        facts: std::iter::once(part.fact.id.clone()).chain(year).collect(),
    })
}

/// "Robert Prosky plays Leo in the same film, which came out in 1981."
fn fellow(index: &Index, fact: &Fact, person: &str, character: &str) -> Option<More> {
    let FactKind::Cast { work, .. } = &fact.kind else {
        return None;
    };
    let parts = index.parts_of_work(work).take(NEIGHBOURS_MAX);
    let part = next_after(fact, parts, |p| {
        p.person != person
            && p.role != character
            && may_be_told(index, p.fact, work)
            && are_of_one_pack(index, p.fact, fact)
    })?;
    let player = &index.entity(EntityKind::Person, part.person)?.name;
    let character = title(index.entity(EntityKind::Character, part.role)?);
    let (same, year) = same_work(index, fact, work)?;
    Some(More {
        text: format!("{player} plays {character} in {same}."),
        facts: std::iter::once(part.fact.id.clone()).chain(year).collect(),
    })
}

/// "He has the same credit on Public Enemies (2009)."
fn same_credit(index: &Index, person: &str, job: Job, work: &str) -> Option<More> {
    let credits = index.jobs_of_person(person).take(NEIGHBOURS_MAX);
    let credits =
        credits.filter(|c| c.role == job && c.work != work && may_be_told(index, c.fact, c.work));
    let credit = nearest(index, work, credits)?;
    let who = subject(index, person)?;
    let have = if who == "They" { "have" } else { "has" };
    let (film, year) = dated(index, credit.work)?;
    Some(More {
        text: format!("{who} {have} the same credit on {film}."),
        facts: std::iter::once(credit.fact.id.clone())
            .chain(year)
            .collect(),
    })
}

/// "Neil Spisak was the production designer of the same film."
fn colleague(index: &Index, fact: &Fact, person: &str, job: Job) -> Option<More> {
    let FactKind::Crew { work, .. } = &fact.kind else {
        return None;
    };
    let credits = index.jobs_of_work(work).take(NEIGHBOURS_MAX);
    let credit = next_after(fact, credits, |c| {
        c.person != person
            && c.role != job
            && may_be_told(index, c.fact, work)
            && are_of_one_pack(index, c.fact, fact)
    })?;
    let name = &index.entity(EntityKind::Person, credit.person)?.name;
    let (same, year) = same_work(index, fact, work)?;
    Some(More {
        text: format!("{name} {} {same}.", did(credit.role)),
        facts: std::iter::once(credit.fact.id.clone())
            .chain(year)
            .collect(),
    })
}

/// "Michael Mann directed the film, which came out in 1981."
fn maker(index: &Index, fact: &Fact, work: &str) -> Option<More> {
    let mut crew = index.jobs_of_work(work).take(NEIGHBOURS_MAX);
    let director = crew.find(|c| {
        c.role == Job::Director
            && c.fact.id != fact.id
            && c.fact.status == Status::Confirmed
            && are_of_one_pack(index, c.fact, fact)
    })?;
    let name = &index.entity(EntityKind::Person, director.person)?.name;
    let (same, year) = same_work(index, fact, work)?;
    let the = same.replacen("the same", "the", 1);
    Some(More {
        text: format!("{name} directed {the}."),
        facts: std::iter::once(director.fact.id.clone())
            .chain(year)
            .collect(),
    })
}

/// Of credits on other works the one nearest in time.
fn nearest<'i, 'a: 'i, Role: 'i>(
    index: &Index,
    work: &str,
    credits: impl Iterator<Item = &'i Credit<'a, Role>>,
) -> Option<&'i Credit<'a, Role>> {
    let year = index.year_or_next(work);
    credits.min_by_key(|c| Index::distance_of(year, index.year_or_next(c.work)))
}

/// The next credit of the work that fits, from this fact's own on and then from the first: so
/// each reveal adds another one.
fn next_after<'i, 'a: 'i, Role: 'i>(
    fact: &Fact,
    credits: impl Iterator<Item = &'i Credit<'a, Role>>,
    fits: impl Fn(&Credit<'a, Role>) -> bool,
) -> Option<&'i Credit<'a, Role>> {
    let credits: Vec<_> = credits.collect();
    let own = credits.iter().position(|c| c.fact.id == fact.id);
    let (before, after) = credits.split_at(own.unwrap_or(0));
    let mut turned = after.iter().chain(before).copied();
    turned.find(|credit| fits(credit))
}

/// How a sentence goes on about somebody whom the one before it names.
fn subject(index: &Index, person: &str) -> Option<String> {
    let entity = index.entity(EntityKind::Person, person)?;
    Some(match entity.pronoun {
        Some(Pronoun::He) => "He".to_owned(),
        Some(Pronoun::She) => "She".to_owned(),
        Some(Pronoun::They) => "They".to_owned(),
        None => entity.name.clone(),
    })
}

/// A work with its year, and the fact that states the year.
fn dated(index: &Index, work: &str) -> Option<(String, Option<FactId>)> {
    let entity = index.entity(EntityKind::Work, work)?;
    let name = in_sentence(entity);
    let has_year = entity.name.ends_with(')') && title(entity) != entity.name;
    Some(match index.year(work).filter(|_| !has_year) {
        Some(year) => (format!("{name} ({year})"), release(index, work)),
        None => (name, None),
    })
}

/// The work once more, with its year unless the reader has just read that.
fn same_work(index: &Index, fact: &Fact, work: &str) -> Option<(String, Option<FactId>)> {
    let entity = index.entity(EntityKind::Work, work)?;
    let (what, came) = match entity.form.as_deref()? {
        "film" => ("film", "which came out in"),
        "television film" => ("television film", "first shown in"),
        "series" => ("series", "first shown in"),
        _ => return None,
    };
    let is_new = |year: &u16| {
        let year = year.to_string();
        !fact.summary.contains(&year) && !entity.name.contains(&year)
    };
    Some(match index.year(work).filter(is_new) {
        Some(year) => (
            format!("the same {what}, {came} {year}"),
            release(index, work),
        ),
        None => (format!("the same {what}"), None),
    })
}

/// "Manhunter dates from 1986 and The Last of the Mohicans from 1992": what a comparison with
/// these films, each with its year, rests on.
pub(super) fn compared(index: &Index, films: &[(u16, &str)]) -> Option<More> {
    let names = films.iter().map(|(year, work)| {
        let entity = index
            .base
            .entity(&EntityRef::new(EntityKind::Work, *work))?;
        Some((title(entity), year))
    });
    let names: Vec<_> = names.collect::<Option<_>>()?;
    let text = match names.as_slice() {
        [(name, year)] => format!("{name} dates from {year}."),
        [(a, first), (b, second)] => format!("{a} dates from {first} and {b} from {second}."),
        _ => return None,
    };
    let facts = films.iter().filter_map(|(_, work)| release(index, work));
    Some(More {
        text,
        facts: facts.collect(),
    })
}

/// The settled fact that says when a work came out.
fn release(index: &Index, work: &str) -> Option<FactId> {
    let fact = index.release_of(work)?;
    (fact.status == Status::Confirmed).then(|| fact.id.clone())
}
