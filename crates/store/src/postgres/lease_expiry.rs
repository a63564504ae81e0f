//! How long this process certainly owns what it claimed, by its own clock.
//!
//! A process that was paused, or a machine that was asleep, carries on as if no time had passed,
//! while another process has taken over its games. So check here before posting, and ask the server
//! if the lease may have expired.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How many eighths of a lease we rely on. The rest allows for a message in flight.
const SURE: u32 = 7;

/// The end of the lease as far as this process knows, shared by the writer that renews it and by
/// those who check it.
#[derive(Debug, Default)]
pub(super) struct LeaseExpiry {
    /// In the time of [`now_ms`]; 0 before the first renewal.
    until_ms: AtomicU64,
}

impl LeaseExpiry {
    /// Records that the server accepted a renewal sent at `sent_ms`. The server's lease ends later,
    /// because it counts from when the renewal arrived.
    pub(super) fn renewed(&self, sent_ms: u64, lease: Duration) {
        let sure = lease * SURE / 8;
        let until = sent_ms + u64::try_from(sure.as_millis()).unwrap_or(0);
        self.until_ms.fetch_max(until, Ordering::AcqRel);
    }

    /// Whether no process can have taken over anything yet.
    pub(super) fn is_sure(&self) -> bool {
        now_ms() < self.until_ms.load(Ordering::Acquire)
    }

    /// Simulates a long pause.
    #[cfg(test)]
    pub(super) fn doubt(&self) {
        self.until_ms.store(0, Ordering::Release);
    }
}

/// Milliseconds of a monotonic clock that also runs while the process or machine sleeps.
#[cfg(target_os = "linux")]
pub(super) fn now_ms() -> u64 {
    use rustix::time::{ClockId, clock_gettime};
    let now = clock_gettime(ClockId::Boottime);
    let (seconds, nanoseconds) = (now.tv_sec.unsigned_abs(), now.tv_nsec.unsigned_abs());
    seconds * 1_000 + nanoseconds / 1_000_000
}

/// Milliseconds of a monotonic clock that also runs while the process sleeps.
#[cfg(not(target_os = "linux"))]
pub(super) fn now_ms() -> u64 {
    use std::sync::LazyLock;
    use std::time::Instant;
    static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
    u64::try_from(BEGIN.elapsed().as_millis()).unwrap_or(u64::MAX / 2)
}
