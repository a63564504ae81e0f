//! Work shared among the processor's cores.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{available_parallelism, scope};

/// What `of` returns for each item, in the order of the items. Uses every core, and the threads
/// end with the call; the result does not depend on how many there are.
pub(crate) fn map<T: Sync, R: Send>(items: &[T], of: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut made = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(place) else {
                return made;
            };
            made.push((place, of(item)));
        }
    };
    let mut made = scope(|threads| {
        let others: Vec<_> = (1..cores.min(items.len()))
            .map(|_| threads.spawn(work))
            .collect();
        let mut made = work();
        for other in others {
            made.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        made
    });
    made.sort_unstable_by_key(|(place, _)| *place);
    made.into_iter().map(|(_, made)| made).collect()
}

/// Runs two functions at the same time, if there is a second core.
pub(crate) fn both<A: Send, B>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B) -> (A, B) {
    scope(|threads| {
        let a = threads.spawn(a);
        let b = b();
        (a.join().unwrap_or_else(|panic| resume_unwind(panic)), b)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_the_items(items: Vec<u16>) {
            let doubled = map(&items, |item| u32::from(*item) * 2);
            prop_assert!(doubled.into_iter().eq(items.into_iter().map(|item| u32::from(item) * 2)));
        }
    }
}
