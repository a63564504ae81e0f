//! A server's own packs.

use super::{Library, SubjectIndex, bundled, bundled_ids};
use crate::bank::{Bank, lint, lint_added};
use crate::facts::{FactBase, Fault, Flaw, Pack};

/// The most packs of a server.
pub const PACKS_MAX: usize = 10;
/// The most facts in a server's pack: the number of questions grows faster than the number of
/// facts.
const FACTS_MAX: usize = 2_000;
/// Ids with a special meaning where a pack is chosen.
const RESERVED: [&str; 2] = ["all", "any"];

/// A server's packs, with the questions made from them alone.
#[derive(Debug, Clone, Default)]
pub struct OwnPacks {
    packs: Vec<Pack>,
    bank: Option<Bank>,
    about: SubjectIndex,
}

impl OwnPacks {
    /// Joins a server's packs, each checked by [`check_own`] when it was added. A pack that no
    /// longer fits with the library or the others (because the operator has since loaded a pack
    /// with its name) is left out, and its faults are returned.
    #[must_use]
    pub fn build(library: &Library, packs: Vec<Pack>) -> (Self, Vec<Fault>) {
        if packs.is_empty() {
            return (Self::default(), Vec::new());
        }
        if let Ok(joined) = join(library, &packs) {
            return (Self::of(packs, Some(joined)), Vec::new());
        }
        let mut kept: Vec<Pack> = Vec::with_capacity(packs.len());
        let mut faults = Vec::new();
        let mut joined = None;
        for pack in packs {
            kept.push(pack);
            match join(library, &kept) {
                Ok(with_it) => joined = Some(with_it),
                Err(found) => {
                    faults.extend(found);
                    kept.pop();
                }
            }
        }
        (Self::of(kept, joined), faults)
    }

    fn of(packs: Vec<Pack>, joined: Option<Joined>) -> Self {
        let about = joined
            .as_ref()
            .map_or_else(SubjectIndex::default, |joined| {
                SubjectIndex::of(&joined.base, &joined.own)
            });
        let bank = joined.map(|joined| joined.own);
        Self { packs, bank, about }
    }

    /// The packs, in the order they were added.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Whether they have facts to look up, besides questions.
    #[must_use]
    pub fn states_facts(&self) -> bool {
        states_facts(&self.packs)
    }

    /// The subjects of enough of their questions.
    #[must_use]
    pub fn about(&self) -> &SubjectIndex {
        &self.about
    }

    /// Their questions; `None` if the server has no pack.
    #[must_use]
    pub fn bank(&self) -> Option<&Bank> {
        self.bank.as_ref()
    }
}

/// Checks a pack that a server wants to add, together with its own and the bundled packs, which it
/// may refer to but not contradict or change.
///
/// # Errors
/// Every fault.
pub fn check_own(library: &Library, own: &OwnPacks, pack: &Pack) -> Result<Bank, Vec<Fault>> {
    let others = own.packs.iter().filter(|other| other.id != pack.id);
    let packs: Vec<Pack> = others.chain([pack]).cloned().collect();
    let joined = join(library, &packs)?;
    // Checked only for a pack that is being added, because it costs as much as the rest.
    let unfair = match &joined.all {
        Some(all) => lint(&joined.base, all),
        None => lint_added(&joined.base, &joined.own, &library.bank),
    };
    if unfair.is_empty() {
        Ok(joined.own)
    } else {
        Err(unfair)
    }
}

/// The bundled packs together with a server's.
struct Joined {
    base: FactBase,
    /// The questions of the server's packs.
    own: Bank,
    /// The questions of all packs, where the server's packs state facts: templates make questions
    /// from these, and they may make a wrong answer of the bundled packs true.
    all: Option<Bank>,
}

fn join(library: &Library, packs: &[Pack]) -> Result<Joined, Vec<Fault>> {
    let mut faults = Vec::new();
    for pack in packs {
        taken_ids(library, pack, &mut faults);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut all = bundled()?;
    all.extend(packs.iter().cloned());
    let base = FactBase::build(all)?;
    let ids: Vec<&str> = packs.iter().map(|pack| pack.id.as_str()).collect();
    let all = states_facts(packs).then(|| Bank::build(&base));
    let own = match &all {
        Some(all) => all.only(&ids),
        None => Bank::written(&base, &ids),
    };
    Ok(Joined { base, own, all })
}

fn states_facts(packs: &[Pack]) -> bool {
    packs.iter().any(|pack| pack.facts_count() > 0)
}

/// Adds faults for ids already used in the library: ids are the keys of a server's history, and two
/// questions with one id would be confused.
fn taken_ids(library: &Library, pack: &Pack, faults: &mut Vec<Fault>) {
    let mut add = |path: &str, flaw| faults.push(Fault::new(&pack.id, path, flaw));
    let is_taken = library.title(&pack.id).is_some() || bundled_ids().contains(&pack.id);
    if is_taken || RESERVED.contains(&pack.id.as_str()) {
        let id = pack.id.clone();
        add("id", Flaw::PackIdTaken { id });
    }
    let facts = pack.facts_count();
    if facts > FACTS_MAX {
        let max = FACTS_MAX;
        add("facts", Flaw::TooManyFacts { facts, max });
    }
    for (i, question) in pack.questions.iter().enumerate() {
        if library.bank.get(&question.id).is_some() {
            let id = question.id.clone();
            add(&format!("questions[{i}].id"), Flaw::QuestionIdTaken { id });
        }
    }
    let known = library.facts.open();
    for (i, fact) in pack.facts.iter().enumerate() {
        if known.fact(&fact.id).is_some() {
            let id = fact.id.clone();
            add(&format!("facts[{i}].id"), Flaw::FactIdTaken { id });
        }
    }
}
