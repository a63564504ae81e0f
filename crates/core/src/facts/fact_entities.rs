//! Which entities each fact names, by number.

use super::entities::Entities;
use super::model::Pack;
use crate::groups::Groups;
use rayon::prelude::*;

/// How many facts one task looks at.
const CHUNK: usize = 1024;

/// For each fact, pack after pack, the numbers of the entities that it names, in the order of its
/// fields. Whatever indexes facts by their entities needs them, and there may be a million facts.
pub(super) fn of_facts(packs: &[Pack], entities: &Entities) -> Groups {
    let facts = packs.par_iter();
    let facts = facts.flat_map(|pack| pack.facts.par_chunks(CHUNK));
    let found = facts.map(|facts| {
        let mut found = Groups::default();
        for fact in facts {
            // Checked packs declare what their facts name, so no number is missing: readers go by
            // position.
            let named = fact.named().into_iter();
            found.push(named.filter_map(|(kind, id)| entities.number(kind, id)));
        }
        found
    });
    let found: Vec<Groups> = found.collect();
    let mut all = Groups::default();
    for found in &found {
        all.append(found);
    }
    all
}
