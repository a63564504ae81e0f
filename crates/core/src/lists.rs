//! Many lists of ascending numbers, in a byte or two for most numbers.

use crate::rows::Rows;
use serde::{Deserialize, Serialize};

/// Lists by number. Of each number only its distance to the one before is kept: in seven bits of a
/// byte, with more bytes if it is large.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Lists(Rows);

impl Lists {
    /// The numbers of a list, in order; none beyond the last list.
    pub(crate) fn get(&self, list: u32) -> impl Iterator<Item = u32> {
        let mut rest = self.0.get(list);
        let mut number = 0;
        std::iter::from_fn(move || {
            let distance: u32;
            (distance, rest) = postcard::take_from_bytes(rest).ok()?;
            number += distance;
            Some(number)
        })
    }

    /// How many numbers a list has.
    pub(crate) fn count(&self, list: u32) -> usize {
        // The last byte of each number has its upper bit clear.
        let bytes = self.0.get(list).iter();
        bytes.filter(|byte| byte.is_ascii()).count()
    }
}

impl<'a> FromIterator<&'a [u32]> for Lists {
    fn from_iter<I: IntoIterator<Item = &'a [u32]>>(lists: I) -> Self {
        let rows = lists.into_iter().map(|numbers| {
            let mut before = 0;
            let mut row = Vec::with_capacity(numbers.len());
            for number in numbers {
                // Writing into memory cannot fail.
                row = postcard::to_extend(&(number - before), row).unwrap_or_default();
                before = *number;
            }
            row
        });
        Self(rows.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn every_list_comes_back(
            lists in prop::collection::vec(prop::collection::btree_set(any::<u32>(), 0..9), 0..9),
        ) {
            let vectors = lists.iter().map(|list| list.iter().copied().collect::<Vec<u32>>());
            let vectors: Vec<Vec<u32>> = vectors.collect();
            let packed: Lists = vectors.iter().map(Vec::as_slice).collect();
            for (number, list) in (0..).zip(&lists) {
                prop_assert_eq!(&packed.get(number).collect::<BTreeSet<u32>>(), list);
                prop_assert_eq!(packed.count(number), list.len());
            }
            prop_assert_eq!(packed.get(9).next(), None);
        }
    }
}
