//! Estimates Discord's time from this machine.
//!
//! A host's clock may be wrong and may be set forward or back at any moment. The time since the
//! process started (a *steady* clock) cannot jump. Everything that Discord has just made carries
//! its time, which was no later than now. The maximum of `made − steady` over everything received
//! is therefore the best estimate of the difference between the two clocks, too small only by the
//! shortest delivery time.
//!
//! Pure: times are arguments, in milliseconds; Discord's are Unix milliseconds.

/// The steady milliseconds in which two good clocks may drift apart by one: 200 ppm. Quartz clocks
/// are accurate to about 50.
const DRIFT_PER_MS: i64 = 5_000;
/// How far an id may contradict the dates of responses before it alone is trusted. Dates have whole
/// seconds, and a proxy may have written them by its own clock.
const CONTRADICTION_MS: i64 = 2_000;

/// Sources of time, least trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Witness {
    /// This machine's own clock, trusted only until something arrives from Discord.
    Host,
    /// The `Date` header of a response.
    Date,
    /// The id of something that Discord made.
    Id,
}

/// The difference between Discord's clock and the steady one.
#[derive(Debug, Clone)]
pub struct Anchor {
    offset_ms: i64,
    by: Witness,
    /// When that was measured, by the steady clock.
    found_at_ms: i64,
    /// The latest time returned so far.
    latest_ms: i64,
}

impl Anchor {
    /// Before anything arrives, this machine's clock is the only source.
    #[must_use]
    pub fn new(host_ms: i64, steady_ms: i64) -> Self {
        Self {
            offset_ms: host_ms - steady_ms,
            by: Witness::Host,
            found_at_ms: steady_ms,
            latest_ms: i64::MIN,
        }
    }

    /// At `steady_ms` something arrived that Discord made at `made_at_ms`.
    pub fn hear(&mut self, by: Witness, made_at_ms: i64, steady_ms: i64) {
        if by < self.by {
            return;
        }
        let at_least = made_at_ms - steady_ms;
        // An old measurement is trusted a little less with every second.
        let drift = (steady_ms - self.found_at_ms).max(0) / DRIFT_PER_MS;
        let believed = self.offset_ms - drift;
        let is_better_witness = by > self.by;
        let contradicts = believed - at_least > CONTRADICTION_MS;
        if is_better_witness && (self.by == Witness::Host || contradicts) {
            // The only time this may go back: earlier results came from a wrong clock.
            self.offset_ms = at_least;
            self.latest_ms = i64::MIN;
        } else {
            self.offset_ms = at_least.max(believed);
        }
        self.by = by;
        self.found_at_ms = steady_ms;
    }

    /// Discord's time. It never goes back once something has arrived from Discord.
    #[must_use]
    pub fn now_ms(&mut self, steady_ms: i64) -> i64 {
        self.latest_ms = self.latest_ms.max(steady_ms + self.offset_ms);
        self.latest_ms
    }

    /// Whether anything has arrived from Discord.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.by > Witness::Host
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TRUE_MS: i64 = 1_750_000_000_000;

    proptest! {
        /// Whatever the host's clock shows and however late things arrive, the time is never ahead
        /// of Discord's, never goes back, and lags by no more than the fastest delivery took.
        #[test]
        fn the_estimate_follows_discords_clock(
            host_off_ms in -1_000_000_000_000_i64..1_000_000_000_000,
            heard in prop::collection::vec((0_i64..60_000, 0_i64..9_000), 1..40),
        ) {
            let mut anchor = Anchor::new(TRUE_MS + host_off_ms, 0);
            let (mut steady, mut before, mut quickest) = (0, i64::MIN, i64::MAX);
            for (pause_ms, late_ms) in heard {
                steady += pause_ms;
                anchor.hear(Witness::Id, TRUE_MS + steady - late_ms, steady);
                quickest = quickest.min(late_ms);
                let (now, truth) = (anchor.now_ms(steady), TRUE_MS + steady);
                prop_assert!(now <= truth && now >= before);
                let drift = steady / DRIFT_PER_MS + 40;
                prop_assert!(truth - now <= quickest + drift, "{} ms behind", truth - now);
                before = now;
            }
        }
    }

    #[test]
    fn ids_are_trusted_over_dates_and_dates_over_the_host() {
        let mut anchor = Anchor::new(TRUE_MS + 90_000, 0);
        assert!(!anchor.is_set());
        assert_eq!(anchor.now_ms(0), TRUE_MS + 90_000);
        anchor.hear(Witness::Date, TRUE_MS - 400, 100);
        assert_eq!(anchor.now_ms(100), TRUE_MS - 400);
        // An id that agrees with the date makes the estimate more exact.
        anchor.hear(Witness::Id, TRUE_MS + 150, 200);
        assert_eq!(anchor.now_ms(200), TRUE_MS + 150);
        anchor.hear(Witness::Date, TRUE_MS + 50_000, 300);
        assert_eq!(anchor.now_ms(300), TRUE_MS + 250);
        // If it contradicts the date, the id alone counts.
        let mut other = Anchor::new(TRUE_MS, 0);
        other.hear(Witness::Date, TRUE_MS + 4_000, 0);
        other.hear(Witness::Id, TRUE_MS, 0);
        assert_eq!(other.now_ms(0), TRUE_MS);
    }

    /// A steady clock that runs 50 ppm fast is corrected, day after day.
    #[test]
    fn drift_is_followed() {
        let mut anchor = Anchor::new(0, 0);
        for minute in 0..10_000 {
            let passed = minute * 60_000;
            let steady = passed + passed / 20_000;
            anchor.hear(Witness::Id, TRUE_MS + passed, steady);
            let ahead = anchor.now_ms(steady) - (TRUE_MS + passed);
            assert!(
                (0..=3).contains(&ahead),
                "{ahead} ms after {minute} minutes"
            );
        }
    }
}
