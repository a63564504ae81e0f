//! Numbers derived from a text: the same text yields the same numbers, on every machine and in
//! every release.

/// A number that is always the same for the same text.
pub(super) fn seed(text: &str, salt: &str) -> u64 {
    // FNV-1a, which is short and never changes: <http://www.isthe.com/chongo/tech/comp/fnv/>.
    let bytes = text.bytes().chain([b'/']).chain(salt.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // FNV's low bits are poor; the finaliser of MurmurHash3 mixes them.
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// Picks one of `count` variants.
pub(super) fn turn(seed: u64, count: usize) -> usize {
    let count = u64::try_from(count).unwrap_or(u64::MAX).max(1);
    usize::try_from(seed % count).unwrap_or(0)
}

/// The numbers below `len`, each once, in an order that depends on the seed.
pub(super) fn scattered(len: usize, seed: u64) -> impl Iterator<Item = usize> {
    let start = turn(seed, len);
    let mut step = turn(seed >> 20, len).max(1);
    while len > 1 && gcd(step, len) != 1 {
        step += 1;
    }
    (0..len).map(move |n| (start + n * step) % len.max(1))
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::scattered;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn scattered_numbers_come_once_each(len in 0_usize..200, seed: u64) {
            let mut all: Vec<usize> = scattered(len, seed).collect();
            all.sort_unstable();
            prop_assert!(all.into_iter().eq(0..len));
        }
    }
}
