//! Extra facts for a reveal: what else the person did, who else was there, who made the film and
//! when. Also the years that a comparison of films depends on, which the reveal must mention.
//!
//! Only settled, cited facts are used.

use super::index::{Credit, Index};
use super::reveal::More;
use super::wording::{did, in_sentence, title};
use super::words::Words;
use crate::facts::{
    EntityKind, Fact, FactId, FactKind, Job, Pronoun, Status, character_in_sentence,
};

/// A summary with at most this many words besides names and articles adds nothing to the question
/// and its answer: "plays … in …".
const BARE_WORDS_MAX: usize = 3;
/// How many credits are searched for something to add.
const NEIGHBOURS_MAX: usize = 100;

/// An extra fact for a summary that only repeats names: what else the person did, who else was
/// there, or who made the film and when.
pub(super) fn more(index: &Index, fact: &Fact) -> Option<More> {
    if fact.status != Status::Confirmed || !is_bare(index, fact) {
        return None;
    }
    match &fact.kind {
        FactKind::Cast {
            person,
            character,
            work,
            ..
        } => other_part(index, person, work)
            .or_else(|| fellow(index, fact, work, (person, character)))
            .or_else(|| maker(index, fact, work))
            .or_else(|| came_out(index, fact, work)),
        FactKind::Crew { person, job, work } => same_credit(index, person, *job, work)
            .or_else(|| colleague(index, fact, work, (person, *job)))
            .or_else(|| maker(index, fact, work))
            .or_else(|| came_out(index, fact, work)),
        _ => None,
    }
}

fn is_bare(index: &Index, fact: &Fact) -> bool {
    let mentioned = fact.mentions();
    let entities = mentioned.iter().filter_map(|e| index.base.entity(e));
    let names: Vec<Words> = entities.map(|entity| Words::of(&entity.name)).collect();
    let summary = crate::facts::fold(&fact.summary);
    let others = summary.split(' ');
    let is_of_name = |word: &str| names.iter().any(|name| name.contains(word));
    let others = others.filter(|word| *word != "the" && !is_of_name(word));
    others.count() <= BARE_WORDS_MAX
}

/// Whether a reveal may mention this fact in passing: it is settled, asked elsewhere, about a
/// released work, and needs no caveat of its own.
fn may_be_mentioned(index: &Index, fact: &Fact, work: &str) -> bool {
    is_settled(fact) && index.is_asked(fact) && !index.is_planned(work)
}

fn is_settled(fact: &Fact) -> bool {
    fact.status == Status::Confirmed && fact.caveats.is_empty()
}

/// "He is also Nate in Heat (1995)."
fn other_part(index: &Index, person: &str, work: &str) -> Option<More> {
    let parts = index.parts_of_person(person).take(NEIGHBOURS_MAX);
    let parts = parts.filter(|p| p.work != work && may_be_mentioned(index, p.fact, p.work));
    let part = nearest(index, work, parts)?;
    let character = title(index.entity(EntityKind::Character, part.role)?);
    let who = subject(index, person)?;
    let be = if who == "They" { "are" } else { "is" };
    let (film, year) = dated(index, part.work)?;
    let character = character_in_sentence(character);
    let text = format!("{who} {be} also {character} in {film}.");
    Some(More::aside(text, part.fact, year))
}

/// "Robert Prosky plays Leo in the same film, which came out in 1981."
fn fellow(index: &Index, fact: &Fact, work: &str, own: (&str, &str)) -> Option<More> {
    another(index, fact, work, own, index.parts_of_work(work), |role| {
        let character = title(index.entity(EntityKind::Character, role)?);
        Some(format!("plays {} in", character_in_sentence(character)))
    })
}

/// "He has the same credit on Public Enemies (2009)."
fn same_credit(index: &Index, person: &str, job: Job, work: &str) -> Option<More> {
    let credits = index.jobs_of_person(person).take(NEIGHBOURS_MAX);
    let credits = credits
        .filter(|c| c.role == job && c.work != work && may_be_mentioned(index, c.fact, c.work));
    let credit = nearest(index, work, credits)?;
    let who = subject(index, person)?;
    let have = if who == "They" { "have" } else { "has" };
    let (film, year) = dated(index, credit.work)?;
    let text = format!("{who} {have} the same credit on {film}.");
    Some(More::aside(text, credit.fact, year))
}

/// "Neil Spisak was the production designer of the same film."
fn colleague(index: &Index, fact: &Fact, work: &str, own: (&str, Job)) -> Option<More> {
    another(index, fact, work, own, index.jobs_of_work(work), |job| {
        Some(did(job).to_owned())
    })
}

/// What someone else did on the work, never what the fact says of its `own` person.
fn another<'i, 'a: 'i, Role: Copy + PartialEq<Own> + 'i, Own: Copy>(
    index: &Index,
    fact: &Fact,
    work: &str,
    own: (&str, Own),
    credits: impl Iterator<Item = &'i Credit<'a, Role>>,
    did: impl Fn(Role) -> Option<String>,
) -> Option<More> {
    let credit = next_after(fact, credits.take(NEIGHBOURS_MAX), |c| {
        c.person != own.0
            && c.role != own.1
            && may_be_mentioned(index, c.fact, work)
            && index.are_of_one_pack(c.fact, fact)
    })?;
    let name = &index.entity(EntityKind::Person, credit.person)?.name;
    let (same, year) = same_work(index, fact, work)?;
    let text = format!("{name} {} {same}.", did(credit.role)?);
    Some(More::aside(text, credit.fact, year))
}

/// "Michael Mann directed the film, which came out in 1981."
fn maker(index: &Index, fact: &Fact, work: &str) -> Option<More> {
    let mut crew = index.jobs_of_work(work).take(NEIGHBOURS_MAX);
    let director = crew.find(|c| {
        c.role == Job::Director
            && c.fact.id != fact.id
            && may_be_mentioned(index, c.fact, work)
            && index.are_of_one_pack(c.fact, fact)
    })?;
    let name = &index.entity(EntityKind::Person, director.person)?.name;
    let (same, year) = same_work(index, fact, work)?;
    let the = same.replacen("the same", "the", 1);
    let text = format!("{name} directed {the}.");
    Some(More::aside(text, director.fact, year))
}

/// "The film came out in 1981."
fn came_out(index: &Index, fact: &Fact, work: &str) -> Option<More> {
    let (_, stated) = unread_year(index, fact, work)?;
    let stated = index.base.fact(&stated?)?;
    if !may_be_mentioned(index, stated, work) || !index.are_of_one_pack(stated, fact) {
        return None;
    }
    let (same, _) = same_work(index, fact, work)?;
    let text = same.replacen("the same", "The", 1);
    let text = text.replacen(", which came", " came", 1);
    let text = text.replacen(", first", " was first", 1);
    Some(More::aside(format!("{text}."), stated, None))
}

/// Of the credits on other works, the one nearest in time.
fn nearest<'i, 'a: 'i, Role: 'i>(
    index: &Index,
    work: &str,
    credits: impl Iterator<Item = &'i Credit<'a, Role>>,
) -> Option<&'i Credit<'a, Role>> {
    let year = index.year_or_next(work);
    credits.min_by_key(|c| Index::distance_of(year, index.year_or_next(c.work)))
}

/// The work's next suitable credit, starting after this fact's own and wrapping around, so that
/// each reveal adds a different one.
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

/// How a sentence refers to someone whom the one before it named.
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
    Some(match settled_year(index, work).filter(|_| !has_year) {
        Some((year, stated)) => (format!("{name} ({year})"), stated),
        None => (name, None),
    })
}

/// Refers to the work again, with its year unless the reader has just read that.
fn same_work(index: &Index, fact: &Fact, work: &str) -> Option<(String, Option<FactId>)> {
    let entity = index.entity(EntityKind::Work, work)?;
    let (what, came) = match entity.form.as_deref()? {
        "film" => ("film", "which came out in"),
        "television film" => ("television film", "first shown in"),
        "series" => ("series", "first shown in"),
        _ => return None,
    };
    Some(match unread_year(index, fact, work) {
        Some((year, stated)) => (format!("the same {what}, {came} {year}"), stated),
        None => (format!("the same {what}"), None),
    })
}

/// The settled year of a work, unless the fact itself already shows it.
fn unread_year(index: &Index, fact: &Fact, work: &str) -> Option<(u16, Option<FactId>)> {
    let entity = index.entity(EntityKind::Work, work)?;
    let (year, stated) = settled_year(index, work)?;
    let digits = year.to_string();
    let is_read = fact.summary.contains(&digits) || entity.name.contains(&digits);
    (!is_read).then_some((year, stated))
}

/// "Manhunter dates from 1986 and The Last of the Mohicans from 1992": the years that a comparison
/// of these films depends on.
pub(super) fn compared(index: &Index, films: &[&str]) -> Option<More> {
    let mut named = Vec::new();
    let mut facts = Vec::new();
    for film in films {
        let (year, stated) = settled_year(index, film)?;
        named.push((title(index.entity(EntityKind::Work, film)?), year));
        facts.extend(stated);
    }
    let text = match named.as_slice() {
        [(name, year)] => format!("{name} dates from {year}."),
        [(a, first), (b, second)] => format!("{a} dates from {first} and {b} from {second}."),
        _ => return None,
    };
    Some(More {
        text,
        facts,
        is_needed: true,
    })
}

/// The year in which a work came out, if it is certain: declared with the work, or stated by a
/// settled fact, which is then returned too.
pub(super) fn settled_year(index: &Index, work: &str) -> Option<(u16, Option<FactId>)> {
    let year = index.year(work)?;
    let declared = index.entity(EntityKind::Work, work)?.year;
    let stated = index.release_of(work).filter(|fact| is_settled(fact));
    let is_settled = declared == Some(year) || stated.is_some();
    is_settled.then(|| (year, stated.map(|fact| fact.id.clone())))
}
