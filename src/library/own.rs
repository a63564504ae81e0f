//! The packs of one server.

use super::{Library, bundled, bundled_ids};
use crate::bank::{Bank, lint};
use crate::facts::{FactBase, Fault, Pack};

/// Packs that one server may have.
pub const PACKS_MAX: usize = 10;
/// Ids that mean something else where a pack is chosen.
const RESERVED: [&str; 2] = ["all", "any"];

/// The packs of one server, with the questions made from them and from nothing else.
#[derive(Debug, Clone, Default)]
pub struct OwnPacks {
    packs: Vec<Pack>,
    bank: Option<Bank>,
}

impl OwnPacks {
    /// Joins a server's packs, each already checked by [`check_own`] when it was added. One that
    /// does not go with the library or the others any more (the operator has since loaded a pack
    /// of its name, or a new release asks the same) is left out and its faults are given back.
    #[must_use]
    pub fn build(library: &Library, packs: Vec<Pack>) -> (Self, Vec<Fault>) {
        let mut kept: Vec<Pack> = Vec::with_capacity(packs.len());
        let mut bank = None;
        let mut faults = Vec::new();
        for pack in packs {
            match join(library, &kept, &pack) {
                Ok(joined) => {
                    bank = Some(joined);
                    kept.push(pack);
                }
                Err(found) => faults.extend(found),
            }
        }
        (Self { packs: kept, bank }, faults)
    }

    /// The packs, in the order they were added.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Their questions; none if the server has no pack.
    #[must_use]
    pub fn bank(&self) -> Option<&Bank> {
        self.bank.as_ref()
    }
}

/// Checks a pack that a server wants to add: beside its own, and together with the bundled packs,
/// which it may speak of but not contradict or change.
///
/// # Errors
/// Every fault.
pub fn check_own(library: &Library, own: &OwnPacks, pack: &Pack) -> Result<Bank, Vec<Fault>> {
    let others: Vec<Pack> = own
        .packs
        .iter()
        .filter(|other| other.id != pack.id)
        .cloned()
        .collect();
    join(library, &others, pack)
}

fn join(library: &Library, others: &[Pack], pack: &Pack) -> Result<Bank, Vec<Fault>> {
    let fault = |path: String, what: String, mend: &str| Fault {
        file: pack.id.clone(),
        path,
        what,
        mend: mend.to_owned(),
    };
    let mut faults = Vec::new();
    let is_taken = library.title(&pack.id).is_some() || bundled_ids().contains(&pack.id);
    if is_taken || RESERVED.contains(&pack.id.as_str()) {
        let what = format!("the id \"{}\" is taken", pack.id);
        faults.push(fault("id".to_owned(), what, "choose another one"));
    }
    // Ids are the keys of a server's history: two questions of one id would pass for one.
    for (i, question) in pack.questions.iter().enumerate() {
        if library.bank.get(&question.id).is_some() {
            let what = format!("the question id \"{}\" is taken", question.id);
            faults.push(fault(
                format!("questions[{i}].id"),
                what,
                "choose another one",
            ));
        }
    }
    for (i, fact) in pack.facts.iter().enumerate() {
        if library.facts.fact(&fact.id).is_some() {
            let what = format!("the fact id \"{}\" is taken", fact.id);
            faults.push(fault(format!("facts[{i}].id"), what, "choose another one"));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut packs = bundled()?;
    packs.extend(others.iter().cloned());
    packs.push(pack.clone());
    let base = FactBase::build(packs)?;
    let bank = Bank::build(&base);
    let unfair = lint(&base, &bank);
    if !unfair.is_empty() {
        return Err(unfair);
    }
    let own: Vec<&str> = others
        .iter()
        .chain([pack])
        .map(|pack| pack.id.as_str())
        .collect();
    Ok(bank.only(&own))
}
