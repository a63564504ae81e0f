//! Numbers found by a hash, in about five bytes each.

use serde::{Deserialize, Serialize};

/// How many numbers a bucket holds on average, at least; twice as many at most.
const PER_BUCKET: usize = 4;

/// Numbers filed under hashes, without the hashes. So a look-up also finds a few numbers that were
/// filed under other hashes, and its caller must check each one.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Buckets {
    numbers: Vec<u32>,
    /// Where each bucket ends. Their count is a power of two, and the upper bits of a hash say
    /// which bucket is its own.
    ends: Vec<u32>,
}

impl Buckets {
    /// Files numbers, each given with its hash. The numbers of a bucket keep their order.
    pub(crate) fn of(filed: &[(u32, u32)]) -> Self {
        let count = (filed.len() / PER_BUCKET).max(1);
        let mut buckets = Self {
            numbers: vec![0; filed.len()],
            ends: vec![0; 1 << count.ilog2()],
        };
        for (hash, _) in filed {
            let bucket = buckets.bucket(*hash);
            buckets.ends[bucket] += 1;
        }
        let mut begun = 0;
        for end in &mut buckets.ends {
            // Until it is filled, a bucket "ends" where it begins.
            begun += std::mem::replace(end, begun);
        }
        for (hash, number) in filed {
            let bucket = buckets.bucket(*hash);
            let end = &mut buckets.ends[bucket];
            buckets.numbers[*end as usize] = *number;
            *end += 1;
        }
        buckets
    }

    /// The numbers filed under a hash, and some others.
    pub(crate) fn maybe(&self, hash: u32) -> &[u32] {
        if self.numbers.is_empty() {
            return &[];
        }
        let bucket = self.bucket(hash);
        let start = bucket.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.numbers[start as usize..self.ends[bucket] as usize]
    }

    fn bucket(&self, hash: u32) -> usize {
        let bits = self.ends.len().ilog2();
        (u64::from(hash) << bits >> u32::BITS) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_number_is_found_by_its_hash(hashes in prop::collection::vec(any::<u32>(), 0..200)) {
            let filed: Vec<(u32, u32)> = hashes.iter().copied().zip(0..).collect();
            let buckets = Buckets::of(&filed);
            for (hash, number) in filed {
                prop_assert!(buckets.maybe(hash).contains(&number));
            }
        }
    }

    #[test]
    fn a_lookup_finds_few_others() {
        let hash = |number: u32| number.wrapping_mul(0x9e37_79b9);
        let filed: Vec<(u32, u32)> = (0..10_000).map(|number| (hash(number), number)).collect();
        let buckets = Buckets::of(&filed);
        let found = filed.iter().map(|(hash, _)| buckets.maybe(*hash).len());
        assert!(found.sum::<usize>() < filed.len() * 9);
        assert!(Buckets::of(&[]).maybe(7).is_empty());
        assert!(Buckets::default().maybe(7).is_empty());
    }
}
