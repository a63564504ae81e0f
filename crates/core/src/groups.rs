//! Numbers, grouped by small keys.

use crate::rows::number_of;

/// For each key below a limit, the numbers that were filed under it, in their order: in two blocks
/// of memory, however many keys there are. Only in memory; what is stored is in
/// [`Lists`](crate::lists::Lists), which are smaller and slower.
#[derive(Debug, Clone, Default)]
pub(crate) struct Groups {
    numbers: Vec<u32>,
    /// Where those of each key end.
    ends: Vec<u32>,
}

impl Groups {
    /// Files numbers under keys; a pair with a key of `keys` or more is left out.
    pub(crate) fn of(keys: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let pairs = pairs.map(|(key, number)| (key as usize, number));
        let pairs = pairs.filter(|(key, _)| *key < keys);
        let mut ends = vec![0_u32; keys];
        let mut filed = 0;
        for (key, _) in pairs.clone() {
            ends[key] += 1;
            filed += 1;
        }
        // From here on: where the next number of each key goes; in the end, where its numbers end.
        let mut start = 0;
        for end in &mut ends {
            start += std::mem::replace(end, start);
        }
        let mut numbers = vec![0; filed];
        for (key, number) in pairs {
            let place = &mut ends[key];
            numbers[*place as usize] = number;
            *place += 1;
        }
        Self { numbers, ends }
    }

    /// Adds the keys of other groups after its own.
    pub(crate) fn append(&mut self, others: &Self) {
        let before = number_of(self.numbers.len());
        self.numbers.extend(&others.numbers);
        self.ends.extend(others.ends.iter().map(|end| before + end));
    }

    /// Adds one more key with these numbers.
    pub(crate) fn push(&mut self, numbers: impl Iterator<Item = u32>) {
        self.numbers.extend(numbers);
        self.ends.push(number_of(self.numbers.len()));
    }

    /// The numbers under a key; none under a key beyond the limit.
    pub(crate) fn get(&self, key: u32) -> &[u32] {
        let at = key as usize;
        let Some(end) = self.ends.get(at) else {
            return &[];
        };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.numbers[start as usize..*end as usize]
    }

    /// The numbers of every key, in order of the keys.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        (0..number_of(self.ends.len())).map(|key| self.get(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_number_is_under_its_key(pairs in prop::collection::vec((0_u32..9, any::<u32>()), 0..60)) {
            let groups = Groups::of(7, pairs.iter().copied());
            let expected = (0..7).map(|key| {
                let of_key = pairs.iter().filter(|(of, _)| *of == key);
                of_key.map(|(_, number)| *number).collect::<Vec<u32>>()
            });
            let expected: Vec<Vec<u32>> = expected.collect();
            prop_assert!(groups.iter().eq(expected.iter().map(Vec::as_slice)));
            prop_assert!(groups.get(7).is_empty());
            let mut pushed = Groups::default();
            for numbers in &expected {
                pushed.push(numbers.iter().copied());
            }
            pushed.append(&groups);
            let twice = expected.iter().chain(&expected).map(Vec::as_slice);
            prop_assert!(pushed.iter().eq(twice));
        }
    }
}
