//! What a reveal says: why the answer is right, a little more, and where all of it is stated.

use super::index::{Credit, Index};
use super::wording::{did, in_sentence, title};
use super::words::Words;
use crate::facts::limits::{SENTENCE_LENGTH_MAX, length};
use crate::facts::{Citation, EntityKind, Fact, FactBase, FactId, FactKind, Job, Pronoun, Status};

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
    /// Whether the reason is not understood without it.
    is_needed: bool,
}

impl More {
    /// What this fact states, with the one that states a year in it.
    fn aside(text: String, fact: &Fact, year: Option<FactId>) -> Self {
        Self {
            text,
            facts: std::iter::once(fact.id.clone()).chain(year).collect(),
            is_needed: false,
        }
    }

    /// What is only good to know gives way to what must be told.
    fn has_room(&self, reason: &str, caveats: &[&Fact]) -> bool {
        let tells =
            |caveat: &Fact| reason.contains(&caveat.summary) || self.facts.contains(&caveat.id);
        let untold = caveats.iter().filter(|caveat| !tells(caveat));
        let sentences = untold.map(|caveat| caveat.summary.as_str());
        let mut all = reason.to_owned();
        sentences
            .chain([self.text.as_str()])
            .all(|sentence| append(&mut all, sentence))
    }
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
    pub(super) fn of(index: &Index, text: &str, facts: &[&Fact], more: Option<More>) -> Self {
        let base = index.base;
        let caveats = caveats(base, facts);
        let mut reason = text.to_owned();
        let mut told: Vec<&Fact> = Vec::new();
        let more = more.filter(|more| more.is_needed || more.has_room(text, &caveats));
        if let Some(more) = more.filter(|more| append(&mut reason, &more.text)) {
            told.extend(more.facts.iter().filter_map(|id| base.fact(id)));
        }
        for caveat in caveats {
            let is_told = told.iter().any(|fact| fact.id == caveat.id);
            if !is_told
                && (reason.contains(&caveat.summary) || append(&mut reason, &caveat.summary))
            {
                told.push(caveat);
            }
        }
        let cited: Vec<&Fact> = facts.iter().chain(&told).copied().collect();
        Self {
            reason,
            tells: tells(index, facts, &told),
            citation: base.citation_of(&cited),
        }
    }
}

/// What must be told along with these facts, each once; it may be one of them.
fn caveats<'a>(base: &'a FactBase, facts: &[&Fact]) -> Vec<&'a Fact> {
    let mut caveats: Vec<&Fact> = Vec::new();
    for id in facts.iter().flat_map(|fact| &fact.caveats) {
        if !caveats.iter().any(|known| known.id == *id) {
            caveats.extend(base.fact(id));
        }
    }
    caveats
}

/// What a question of these facts gives away besides them: what its reveal tells, and the same
/// statements wherever another fact makes them.
fn tells(index: &Index, facts: &[&Fact], told: &[&Fact]) -> Vec<FactId> {
    let mut tells: Vec<FactId> = Vec::new();
    let all = told.iter().chain(facts);
    let same = all.flat_map(|fact| index.stating_the_same(fact));
    for id in told.iter().map(|fact| fact.id.as_str()).chain(same) {
        if !facts.iter().any(|fact| fact.id == id) && !tells.iter().any(|known| known == id) {
            tells.push(id.to_owned());
        }
    }
    tells
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
            .or_else(|| maker(index, fact, work))
            .or_else(|| came_out(index, fact, work)),
        FactKind::Crew { person, job, work } => same_credit(index, person, *job, work)
            .or_else(|| colleague(index, fact, person, *job))
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

/// Whether a reveal may tell this fact in passing: settled, asked elsewhere, of a work that is
/// out, and with nothing that would have to be told along with it.
fn may_be_told(index: &Index, fact: &Fact, work: &str) -> bool {
    is_settled(fact) && index.is_asked(fact) && !index.is_planned(work)
}

fn is_settled(fact: &Fact) -> bool {
    fact.status == Status::Confirmed && fact.caveats.is_empty()
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
    let text = format!("{who} {be} also {character} in {film}.");
    Some(More::aside(text, part.fact, year))
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
    let text = format!("{player} plays {character} in {same}.");
    Some(More::aside(text, part.fact, year))
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
    let text = format!("{who} {have} the same credit on {film}.");
    Some(More::aside(text, credit.fact, year))
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
    let text = format!("{name} {} {same}.", did(credit.role));
    Some(More::aside(text, credit.fact, year))
}

/// "Michael Mann directed the film, which came out in 1981."
fn maker(index: &Index, fact: &Fact, work: &str) -> Option<More> {
    let mut crew = index.jobs_of_work(work).take(NEIGHBOURS_MAX);
    let director = crew.find(|c| {
        c.role == Job::Director
            && c.fact.id != fact.id
            && may_be_told(index, c.fact, work)
            && are_of_one_pack(index, c.fact, fact)
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
    if !may_be_told(index, stated, work) || !are_of_one_pack(index, stated, fact) {
        return None;
    }
    let (same, _) = same_work(index, fact, work)?;
    let text = same.replacen("the same", "The", 1);
    let text = text.replacen(", which came", " came", 1);
    let text = text.replacen(", first", " was first", 1);
    Some(More::aside(format!("{text}."), stated, None))
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
    Some(match settled_year(index, work).filter(|_| !has_year) {
        Some((year, stated)) => (format!("{name} ({year})"), stated),
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
    Some(match unread_year(index, fact, work) {
        Some((year, stated)) => (format!("the same {what}, {came} {year}"), stated),
        None => (format!("the same {what}"), None),
    })
}

/// The settled year of a work, unless who reads of this fact reads it too.
fn unread_year(index: &Index, fact: &Fact, work: &str) -> Option<(u16, Option<FactId>)> {
    let entity = index.entity(EntityKind::Work, work)?;
    let (year, stated) = settled_year(index, work)?;
    let digits = year.to_string();
    let is_read = fact.summary.contains(&digits) || entity.name.contains(&digits);
    (!is_read).then_some((year, stated))
}

/// "Manhunter dates from 1986 and The Last of the Mohicans from 1992": what a comparison with
/// these films, each with its year, rests on.
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

/// The year in which a work came out, if that may be told as certain: the work is declared with
/// it, or a settled fact states it, which then comes with it.
pub(super) fn settled_year(index: &Index, work: &str) -> Option<(u16, Option<FactId>)> {
    let year = index.year(work)?;
    let declared = index.entity(EntityKind::Work, work)?.year;
    let stated = index.release_of(work).filter(|fact| is_settled(fact));
    let is_settled = declared == Some(year) || stated.is_some();
    is_settled.then(|| (year, stated.map(|fact| fact.id.clone())))
}

#[cfg(test)]
#[path = "reveal_tests.rs"]
mod tests;
