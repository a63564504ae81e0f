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
    let (mut next, step) = strides(len, seed);
    (0..len).map(move |_| {
        let number = next;
        next += step;
        // A subtraction is enough, because a step is at most `len`, and faster than a division.
        if next >= len {
            next -= len;
        }
        number
    })
}

/// When [`scattered`] gives a number, for callers that need few of very many.
pub(super) fn turns(len: usize, seed: u64) -> impl Fn(usize) -> usize {
    let (start, step) = strides(len, seed);
    let back = inverse(step, len);
    move |number| (number + len - start) % len.max(1) * back % len.max(1)
}

/// Where the scattered numbers begin, and how far apart they are: coprime to `len`.
fn strides(len: usize, seed: u64) -> (usize, usize) {
    let start = turn(seed, len);
    let mut step = turn(seed >> 20, len).max(1);
    while len > 1 && gcd(step, len) != 1 {
        step += 1;
    }
    (start, step)
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The number that gives 1 when multiplied by `step`, modulo `len`; the two are coprime
/// (<https://en.wikipedia.org/wiki/Extended_Euclidean_algorithm>).
fn inverse(step: usize, len: usize) -> usize {
    // Both factors stay below `len`, so subtracting modulo `len` needs no sign.
    let (mut old, mut new) = ((step, 1 % len.max(1)), (len, 0));
    while new.0 > 0 {
        let times = old.0 / new.0;
        let less = times * new.1 % len.max(1);
        (old, new) = (new, (old.0 % new.0, (old.1 + len - less) % len.max(1)));
    }
    old.1
}

#[cfg(test)]
mod tests {
    use super::{scattered, turns};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn scattered_numbers_come_once_each(len in 0_usize..200, seed: u64) {
            let mut all: Vec<usize> = scattered(len, seed).collect();
            all.sort_unstable();
            prop_assert!(all.into_iter().eq(0..len));
        }

        #[test]
        fn each_scattered_number_has_its_turn(len in 0_usize..200, seed: u64) {
            let turn_of = turns(len, seed);
            for (turn, number) in scattered(len, seed).enumerate() {
                prop_assert_eq!(turn_of(number), turn);
            }
        }
    }
}
