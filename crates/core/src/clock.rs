//! Discord's time, as far as it can be known from this machine.
//!
//! A host's clock may be wrong, and may be set forward or back at any moment. What cannot jump is
//! the time since the process began (a *steady* clock). Whatever Discord has just made says what
//! its clock showed then, and that was no later than now; so the greatest of `made − steady` over
//! all that was heard is the best guess of how far the two are apart, too small by the shortest
//! time that anything took to arrive.
//!
//! Pure: the times come in. All of them are in milliseconds; Discord's are Unix milliseconds.

/// Steady milliseconds in which two good clocks may drift apart by one: 200 millionths. Crystals
/// are good to 50 or so.
const DRIFT_PER_MS: i64 = 5_000;
/// By how much an id may contradict the dates of answers before it is believed alone. Dates have
/// whole seconds, and something between here and Discord may have written them by its own clock.
const CONTRADICTION_MS: i64 = 2_000;

/// What tells the time, the less trusted first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Witness {
    /// This machine's own clock. It is believed only until anything of Discord's is heard.
    Host,
    /// The `Date` of an answer.
    Date,
    /// The id of something that Discord made.
    Id,
}

/// How far Discord's clock and the steady one are apart.
#[derive(Debug, Clone)]
pub struct Anchor {
    offset_ms: i64,
    by: Witness,
    /// When that was found, by the steady clock.
    found_at_ms: i64,
    /// The latest time that was told to anybody.
    told_ms: i64,
}

impl Anchor {
    /// Before anything is heard, this machine's clock is all there is.
    #[must_use]
    pub fn new(host_ms: i64, steady_ms: i64) -> Self {
        Self {
            offset_ms: host_ms - steady_ms,
            by: Witness::Host,
            found_at_ms: steady_ms,
            told_ms: i64::MIN,
        }
    }

    /// At `steady_ms` something arrived that Discord made at `made_at_ms`.
    pub fn hear(&mut self, by: Witness, made_at_ms: i64, steady_ms: i64) {
        if by < self.by {
            return;
        }
        let at_least = made_at_ms - steady_ms;
        // What was found long ago is worth a little less with every second.
        let drift = (steady_ms - self.found_at_ms).max(0) / DRIFT_PER_MS;
        let believed = self.offset_ms - drift;
        let is_better_witness = by > self.by;
        let contradicts = believed - at_least > CONTRADICTION_MS;
        if is_better_witness && (self.by == Witness::Host || contradicts) {
            // The one time that may go back: what was told rested on a clock that is wrong.
            self.offset_ms = at_least;
            self.told_ms = i64::MIN;
        } else {
            self.offset_ms = at_least.max(believed);
        }
        self.by = by;
        self.found_at_ms = steady_ms;
    }

    /// Discord's time. It never goes back, once Discord has been heard.
    #[must_use]
    pub fn now_ms(&mut self, steady_ms: i64) -> i64 {
        self.told_ms = self.told_ms.max(steady_ms + self.offset_ms);
        self.told_ms
    }

    /// Whether anything of Discord's was heard.
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
        /// Whatever the host's clock says and however late things arrive, the time is never ahead of
        /// Discord's, never goes back, and is behind by no more than the quickest arrival took.
        #[test]
        fn the_time_is_discords(
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
    fn an_id_is_believed_before_a_date_and_a_date_before_the_host() {
        let mut anchor = Anchor::new(TRUE_MS + 90_000, 0);
        assert!(!anchor.is_set());
        assert_eq!(anchor.now_ms(0), TRUE_MS + 90_000);
        anchor.hear(Witness::Date, TRUE_MS - 400, 100);
        assert_eq!(anchor.now_ms(100), TRUE_MS - 400);
        // In accord with the date, an id makes the time more exact.
        anchor.hear(Witness::Id, TRUE_MS + 150, 200);
        assert_eq!(anchor.now_ms(200), TRUE_MS + 150);
        anchor.hear(Witness::Date, TRUE_MS + 50_000, 300);
        assert_eq!(anchor.now_ms(300), TRUE_MS + 250);
        // In contradiction to it, the id alone counts.
        let mut other = Anchor::new(TRUE_MS, 0);
        other.hear(Witness::Date, TRUE_MS + 4_000, 0);
        other.hear(Witness::Id, TRUE_MS, 0);
        assert_eq!(other.now_ms(0), TRUE_MS);
    }

    /// A steady clock that runs fast by 50 millionths is followed, day after day.
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
