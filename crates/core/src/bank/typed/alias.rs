//! Other names of a thing, and the region that a place is in.

use super::known::{Groups, entries, share_group};
use super::reading::{readings, squashed};
use super::role::Role;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Names without spaces and articles.
static ALIASES: LazyLock<Groups<String>> = LazyLock::new(|| {
    let mut groups = Groups::new();
    for (number, line) in entries(include_str!("aliases.txt")).enumerate() {
        for name in line.split(" = ").flat_map(keys) {
            groups.entry(name).or_default().insert(number);
        }
    }
    groups
});

/// Each place with its regions.
static REGIONS: LazyLock<BTreeMap<String, BTreeSet<String>>> = LazyLock::new(|| {
    let mut regions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in entries(include_str!("places.txt")) {
        let (names, places) = line.split_once(": ").unwrap_or((line, ""));
        let names: Vec<String> = names.split(" = ").flat_map(keys).collect();
        for place in places.split("; ").flat_map(keys) {
            regions.entry(place).or_default().extend(names.clone());
        }
    }
    regions
});

/// The keys of a name, for a pack's answer and for a typed text. A pack's initials and "Jr." may be
/// left out.
fn keys(name: &str) -> BTreeSet<String> {
    let read = |role| {
        readings(name, role)
            .into_iter()
            .map(|reading| squashed(&reading.items))
    };
    let keys = read(Role::Answer).chain(read(Role::Typed));
    // A fraction has no key.
    keys.filter(|key| !key.is_empty() && !key.contains('?'))
        .collect()
}

/// Whether two whole answers, without spaces and articles, name the same thing.
pub(super) fn are_aliases(a: &str, b: &str) -> bool {
    share_group(&ALIASES, a, b)
}

/// Whether a place is in a region: Boston in Massachusetts, and in the USA.
pub(super) fn is_in(place: &str, region: &str) -> bool {
    let regions = REGIONS.get(place);
    regions.is_some_and(|regions| regions.contains(region))
}

#[cfg(test)]
mod tests {
    use super::{are_aliases, is_in};

    #[test]
    fn names_and_regions_are_found_in_any_spelling() {
        assert!(are_aliases("worldwar2", "wwii"));
        assert!(are_aliases("diehardwithvengeance", "diehard3"));
        assert!(!are_aliases("california", "texas"));
        assert!(is_in("paris", "france") && !is_in("paris", "texas"));
        assert!(is_in("boston", "ma") && !is_in("boston", "england"));
    }
}
