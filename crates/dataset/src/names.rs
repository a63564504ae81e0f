//! Gives each person a unique name, because a pack treats the same name as the same person.

use heat_core::facts::fold;
use std::collections::HashMap;

/// A person in a data set.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// The name as the data set gives it.
    pub name: String,
    /// The year of birth, if known.
    pub born: Option<u16>,
    /// How many of the films they are in. Of several people with one name, the one in most films
    /// keeps it.
    pub credits: usize,
}

/// Gives everyone a unique name. If the name is taken, the year of birth is added ("Steve McQueen
/// (1969)"); if that is unknown or taken too, the person is left out.
pub(crate) fn distinct<K: Copy + Ord + std::hash::Hash>(
    people: &HashMap<K, Person>,
) -> HashMap<K, String> {
    let mut order: Vec<(&K, &Person)> = people.iter().collect();
    order.sort_by_key(|(key, person)| (std::cmp::Reverse(person.credits), **key));
    let mut taken: HashMap<String, K> = HashMap::new();
    let mut names = HashMap::with_capacity(people.len());
    for (key, person) in order {
        let plain = std::iter::once(person.name.clone());
        let dated = person.born.map(|year| format!("{} ({year})", person.name));
        for name in plain.chain(dated) {
            let folded = fold(&name);
            if !folded.is_empty() && !taken.contains_key(&folded) {
                taken.insert(folded, *key);
                names.insert(*key, name);
                break;
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_busiest_keeps_the_plain_name() {
        let person = |born, credits| Person {
            name: "Steve McQueen".into(),
            born,
            credits,
        };
        let people = [
            (1, person(Some(1969), 3)),
            (2, person(Some(1930), 9)),
            (3, person(None, 1)),
        ];
        let names = distinct(&people.into_iter().collect());
        assert_eq!(names[&2], "Steve McQueen");
        assert_eq!(names[&1], "Steve McQueen (1969)");
        assert!(!names.contains_key(&3), "nobody could tell them apart");
    }
}
