//! Recent interactions, so that none is answered twice.

use heat_core::id::InteractionId;
use std::collections::{HashSet, VecDeque};
use std::time::{Duration, Instant};

/// Remembers interactions for a while. A resumed gateway session may dispatch an interaction again,
/// and a request to the endpoint may be replayed by anyone who saw it; neither is answered twice.
#[derive(Debug)]
pub struct Seen {
    keep: Duration,
    max: usize,
    ids: HashSet<u64>,
    order: VecDeque<(Instant, u64)>,
}

impl Seen {
    /// Remembers each interaction for `keep`, but never more than `max` of them.
    #[must_use]
    pub fn new(keep: Duration, max: usize) -> Self {
        Self {
            keep,
            max,
            ids: HashSet::new(),
            order: VecDeque::new(),
        }
    }

    /// Whether this one is new; afterwards it no longer is.
    pub fn is_new(&mut self, id: InteractionId, now: Instant) -> bool {
        self.forget_old(now);
        if !self.ids.insert(id.0) {
            return false;
        }
        self.order.push_back((now, id.0));
        if self.order.len() > self.max {
            self.forget_oldest();
        }
        true
    }

    fn forget_old(&mut self, now: Instant) {
        let keep = self.keep;
        let is_old = |seen: Instant| now.saturating_duration_since(seen) > keep;
        while self.order.front().is_some_and(|(seen, _)| is_old(*seen)) {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        if let Some((_, id)) = self.order.pop_front() {
            self.ids.remove(&id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_new_once_until_it_is_forgotten() {
        let start = Instant::now();
        let mut seen = Seen::new(Duration::from_secs(60), 2);
        assert!(seen.is_new(InteractionId(1), start));
        assert!(!seen.is_new(InteractionId(1), start));
        assert!(!seen.is_new(InteractionId(1), start + Duration::from_secs(60)));
        assert!(
            seen.is_new(InteractionId(1), start + Duration::from_secs(61)),
            "too old"
        );
        let later = start + Duration::from_secs(62);
        assert!(seen.is_new(InteractionId(2), later) && seen.is_new(InteractionId(3), later));
        assert!(
            seen.is_new(InteractionId(1), later),
            "the oldest made room for the third"
        );
        assert_eq!((seen.ids.len(), seen.order.len()), (2, 2));
    }
}
