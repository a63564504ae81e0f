//! The time used throughout: Discord's, as estimated by [`heat_core::clock`], never this machine's.
//! A host clock that is wrong or jumps does not affect players; it is logged once and exported as a
//! metric.

use heat_core::clock::{Anchor, Witness};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Smaller differences between this machine's clock and Discord's are not logged. In milliseconds.
pub const SKEW_MAX_MS: u64 = 2_000;

/// A source of milliseconds.
type Source = Box<dyn Fn() -> i64 + Send + Sync>;

/// Discord's time.
pub struct DiscordClock {
    /// A clock that never jumps.
    steady: Source,
    /// This machine's clock in Unix milliseconds, which may be wrong.
    host: Source,
    anchor: Mutex<Anchor>,
    warned: AtomicBool,
}

impl DiscordClock {
    /// Uses this machine's clocks.
    #[must_use]
    pub fn of_this_machine() -> Self {
        let began = Instant::now();
        let steady = move || i64::try_from(began.elapsed().as_millis()).unwrap_or(i64::MAX);
        Self::new(steady, host_ms)
    }

    /// Uses the caller's clocks: one that never jumps, and one in Unix milliseconds that may.
    pub fn new(
        steady: impl Fn() -> i64 + Send + Sync + 'static,
        host: impl Fn() -> i64 + Send + Sync + 'static,
    ) -> Self {
        let anchor = Anchor::new(host(), steady());
        Self {
            steady: Box::new(steady),
            host: Box::new(host),
            anchor: Mutex::new(anchor),
            warned: AtomicBool::new(false),
        }
    }

    /// Records that something has just arrived whose id says that Discord created it at
    /// `made_at_ms`.
    pub fn heard_id(&self, made_at_ms: i64) {
        self.hear(Witness::Id, made_at_ms);
    }

    /// Records that a response has just arrived with Discord's date `date_ms`, to the second.
    pub fn heard_date(&self, date_ms: i64) {
        self.hear(Witness::Date, date_ms);
    }

    fn hear(&self, by: Witness, made_at_ms: i64) {
        self.anchor().hear(by, made_at_ms, (self.steady)());
        let skew_ms = self.skew_ms().unwrap_or(0);
        if skew_ms.unsigned_abs() > SKEW_MAX_MS && !self.warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                skew_ms,
                "clock.skewed: this machine's clock differs from Discord's; games use Discord's, but set this one with NTP"
            );
        }
    }

    /// Discord's time in Unix milliseconds. It never goes back once something has arrived from
    /// Discord.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.anchor().now_ms((self.steady)())
    }

    /// How many milliseconds this machine's clock is ahead of Discord's; `None` until something has
    /// arrived from Discord.
    #[must_use]
    pub fn skew_ms(&self) -> Option<i64> {
        let mut anchor = self.anchor();
        let now_ms = anchor.now_ms((self.steady)());
        anchor.is_set().then(|| (self.host)() - now_ms)
    }

    /// The same clock as a function.
    #[must_use]
    pub fn reader(self: &Arc<Self>) -> Arc<dyn Fn() -> i64 + Send + Sync> {
        let clock = Arc::clone(self);
        Arc::new(move || clock.now_ms())
    }

    fn anchor(&self) -> MutexGuard<'_, Anchor> {
        // Consistent at every moment.
        self.anchor.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for DiscordClock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DiscordClock").finish_non_exhaustive()
    }
}

/// This machine's time in Unix milliseconds.
#[must_use]
pub fn host_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX))
}
