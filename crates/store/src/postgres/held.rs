//! How long this process surely owns what it has claimed, by its own clock.
//!
//! A process that was paused, or a machine that was asleep, goes on as if no time had passed, while
//! another process has taken its games over. So whoever is about to speak looks here first, and asks
//! the server if it may be too late.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// As much of a lease, in eighths, may be counted on. The rest is for what is said to arrive.
const SURE: u32 = 7;

/// The end of the lease as far as this process knows, for the writer that renews it and everybody
/// who asks.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// On the clock of [`now_ms`]; 0 before the first renewal.
    until_ms: AtomicU64,
}

impl Held {
    /// Notes that the server has taken a renewal which was sent at `sent_ms`. Its own lease ends
    /// later: it counts from when the renewal arrived.
    pub(super) fn renewed(&self, sent_ms: u64, lease: Duration) {
        let sure = lease * SURE / 8;
        let until = sent_ms + u64::try_from(sure.as_millis()).unwrap_or(0);
        self.until_ms.fetch_max(until, Ordering::AcqRel);
    }

    /// Whether nobody can have taken anything over by now.
    pub(super) fn is_sure(&self) -> bool {
        now_ms() < self.until_ms.load(Ordering::Acquire)
    }

    /// As after a long pause.
    #[cfg(test)]
    pub(super) fn doubt(&self) {
        self.until_ms.store(0, Ordering::Release);
    }
}

/// Milliseconds of a clock that nobody can set, and that goes on while process and machine sleep.
#[cfg(target_os = "linux")]
pub(super) fn now_ms() -> u64 {
    use rustix::time::{ClockId, clock_gettime};
    let now = clock_gettime(ClockId::Boottime);
    let (seconds, nanoseconds) = (now.tv_sec.unsigned_abs(), now.tv_nsec.unsigned_abs());
    seconds * 1_000 + nanoseconds / 1_000_000
}

/// Milliseconds of a clock that nobody can set, and that goes on while the process sleeps.
#[cfg(not(target_os = "linux"))]
pub(super) fn now_ms() -> u64 {
    use std::sync::LazyLock;
    use std::time::Instant;
    static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
    u64::try_from(BEGIN.elapsed().as_millis()).unwrap_or(u64::MAX / 2)
}
