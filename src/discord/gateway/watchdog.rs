//! Detects a shard that looks alive but is not.
//!
//! Signs of life are events, including READY and RESUMED, and acknowledged heartbeats, which show
//! as a changed latency.
//!
//! serenity 0.12 notices a silent connection only when the second heartbeat after the last sign is
//! due, more than a minute later. Here a heartbeat that must have been sent has a few seconds to be
//! acknowledged; then the shard is restarted.
//!
//! It also spins endlessly on a connection that was closed without a code (its `gateway/ws.rs`
//! reads "no event" from it, again and again) and keeps the shard's stage at "connected". If a
//! shard shows no sign of life for too long despite reconnecting, the process ends: a supervisor
//! restarts it, and every game continues.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// How long a shard may show no sign of life: more than four of Discord's heartbeats.
pub const SILENCE_MAX: Duration = Duration::from_secs(180);
/// How long an acknowledgement may take.
const ACKNOWLEDGED_WITHIN: Duration = Duration::from_secs(10);

/// The state of a shard at one check.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ShardActivity {
    /// Whether its stage is "connected".
    pub connected: bool,
    /// The time between the last heartbeat and its acknowledgement.
    pub latency: Option<Duration>,
    /// How many events it has ever received.
    pub events: u64,
}

/// What to do about a shard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing.
    Lives,
    /// Its connection has fallen silent and must be replaced.
    Silent,
    /// It must be given up.
    Dead {
        /// Whether it ever was connected.
        was_connected: bool,
    },
}

/// Remembers when each shard last showed a sign of life.
#[derive(Debug)]
pub struct Watchdog {
    silence_max: Duration,
    seen: BTreeMap<u32, Seen>,
    /// When a shard last became connected. Shards connect one by one, some seconds apart, so many
    /// of them take a while. As long as there is progress, none counts as dead.
    moved_on: Option<Instant>,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    sign: ShardActivity,
    lived: Instant,
    was_connected: bool,
    /// The last acknowledgement on this connection; `None` before the first.
    acknowledged: Option<Instant>,
    /// The longest time between two acknowledgements on one connection, slightly more than
    /// Discord's interval; `None` before the second.
    interval: Option<Duration>,
    /// It was found silent, and has shown no sign since.
    is_silent: bool,
}

impl Seen {
    fn never(now: Instant) -> Self {
        Self {
            sign: ShardActivity::default(),
            lived: now,
            was_connected: false,
            acknowledged: None,
            interval: None,
            is_silent: false,
        }
    }

    /// Records a check, and returns whether the shard has just become connected.
    fn note(&mut self, sign: ShardActivity, now: Instant) -> bool {
        let connects = sign.connected && !self.sign.connected;
        let acknowledges = sign.latency.is_some() && sign.latency != self.sign.latency;
        let brings_events = sign.events != self.sign.events;
        if !sign.connected {
            self.acknowledged = None;
        }
        if acknowledges && sign.connected {
            if let Some(before) = self.acknowledged {
                let between = now.saturating_duration_since(before);
                self.interval = Some(self.interval.map_or(between, |known| known.max(between)));
            }
            self.acknowledged = Some(now);
        }
        if brings_events || (sign.connected && (connects || acknowledges)) {
            self.lived = now;
            self.was_connected = true;
            self.is_silent = false;
        }
        self.sign = sign;
        connects
    }

    /// Whether a heartbeat must have been sent since the last sign of life, and has not been
    /// acknowledged.
    fn falls_silent(&mut self, now: Instant) -> bool {
        let Some(interval) = self.interval.filter(|_| self.sign.connected) else {
            return false;
        };
        let quiet = now.saturating_duration_since(self.lived);
        let falls = !self.is_silent && quiet > interval + ACKNOWLEDGED_WITHIN;
        self.is_silent |= falls;
        falls
    }
}

impl Watchdog {
    /// A watchdog that gives a shard up after `silence_max`.
    #[must_use]
    pub fn new(silence_max: Duration) -> Self {
        Self {
            silence_max,
            seen: BTreeMap::new(),
            moved_on: None,
        }
    }

    /// Records a check of a shard, and says what to do about it.
    pub fn look(&mut self, shard: u32, sign: ShardActivity, now: Instant) -> Verdict {
        let seen = self.seen.entry(shard).or_insert_with(|| Seen::never(now));
        if seen.note(sign, now) {
            self.moved_on = Some(now);
        }
        let lived = match self.moved_on {
            Some(moved_on) if !sign.connected => seen.lived.max(moved_on),
            _ => seen.lived,
        };
        if now.saturating_duration_since(lived) > self.silence_max {
            return Verdict::Dead {
                was_connected: seen.was_connected,
            };
        }
        if seen.falls_silent(now) {
            return Verdict::Silent;
        }
        Verdict::Lives
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connected(latency_ms: u64) -> ShardActivity {
        ShardActivity {
            connected: true,
            latency: Some(Duration::from_millis(latency_ms)),
            events: 0,
        }
    }

    fn lost(latency_ms: u64) -> ShardActivity {
        ShardActivity {
            connected: false,
            ..connected(latency_ms)
        }
    }

    fn at(start: Instant, s: u64) -> Instant {
        start + Duration::from_secs(s)
    }

    #[test]
    fn a_beating_shard_lives() {
        let start = Instant::now();
        let mut dog = Watchdog::new(SILENCE_MAX);
        for second in 0..4_000 {
            let beat = second / 41;
            let verdict = dog.look(0, connected(40 + beat % 7), at(start, second));
            assert_eq!(verdict, Verdict::Lives, "second {second}");
        }
    }

    #[test]
    fn a_shard_whose_heartbeats_stop_is_given_up() {
        let start = Instant::now();
        let mut dog = Watchdog::new(SILENCE_MAX);
        assert_eq!(dog.look(0, connected(40), at(start, 0)), Verdict::Lives);
        assert_eq!(dog.look(0, connected(40), at(start, 180)), Verdict::Lives);
        let beats = dog.look(1, connected(40), at(start, 181));
        assert_eq!(beats, Verdict::Lives, "shards are apart");
        let dead = Verdict::Dead {
            was_connected: true,
        };
        assert_eq!(dog.look(0, connected(40), at(start, 181)), dead);
    }

    /// Once the interval of heartbeats is known, the first missing acknowledgement is enough. It
    /// counts only once, because reconnecting takes time.
    #[test]
    fn a_connection_that_falls_silent_is_replaced_soon() {
        let start = Instant::now();
        let mut dog = Watchdog::new(SILENCE_MAX);
        let mut silent = Vec::new();
        for second in 0..250 {
            // Acknowledged at 0, 41 and 82, and never again; an event at 90.
            let sign = ShardActivity {
                events: u64::from(second >= 90),
                ..connected(40 + second.min(100) / 41)
            };
            match dog.look(0, sign, at(start, second)) {
                Verdict::Lives => {}
                Verdict::Silent => silent.push(second),
                Verdict::Dead { .. } => panic!("dead at {second}"),
            }
        }
        assert_eq!(silent, [90 + 41 + 11]);
        // The new connection falls silent as well, before acknowledging anything.
        let again = ShardActivity {
            connected: true,
            latency: None,
            events: 2,
        };
        assert_eq!(dog.look(0, lost(42), at(start, 250)), Verdict::Lives);
        assert_eq!(dog.look(0, again, at(start, 251)), Verdict::Lives);
        assert_eq!(dog.look(0, again, at(start, 302)), Verdict::Lives);
        assert_eq!(dog.look(0, again, at(start, 303)), Verdict::Silent);
    }

    /// A connection that drops and resumes every twenty seconds never acknowledges a heartbeat and
    /// is rarely found connected, but every click on it is answered.
    #[test]
    fn a_shard_that_comes_and_goes_lives() {
        let start = Instant::now();
        let mut dog = Watchdog::new(SILENCE_MAX);
        for second in 0..2_000 {
            let sign = ShardActivity {
                connected: second % 20 == 7,
                latency: None,
                events: second / 20,
            };
            let verdict = dog.look(0, sign, at(start, second));
            assert_eq!(verdict, Verdict::Lives, "second {second}");
        }
    }

    #[test]
    fn a_shard_that_never_comes_back_is_given_up() {
        let start = Instant::now();
        let mut dog = Watchdog::new(SILENCE_MAX);
        dog.look(0, connected(40), at(start, 0));
        assert_eq!(dog.look(0, lost(41), at(start, 100)), Verdict::Lives);
        let dead = Verdict::Dead {
            was_connected: true,
        };
        assert_eq!(dog.look(0, lost(42), at(start, 200)), dead);
    }

    #[test]
    fn a_shard_that_is_never_accepted_is_given_up() {
        let start = Instant::now();
        let mut dog = Watchdog::new(SILENCE_MAX);
        assert_eq!(dog.look(3, lost(0), at(start, 0)), Verdict::Lives);
        let dead = Verdict::Dead {
            was_connected: false,
        };
        assert_eq!(dog.look(3, lost(0), at(start, 181)), dead);
    }

    /// Sixty shards that lose their sessions at once come back one by one, the last after ten
    /// minutes.
    #[test]
    fn a_shard_that_waits_for_its_turn_lives() {
        let start = Instant::now();
        let mut dog = Watchdog::new(SILENCE_MAX);
        for shard in 0..60 {
            dog.look(shard, connected(40), at(start, 0));
        }
        for look in 1..=40 {
            let (now, back) = (at(start, look * 15), look * 3 / 2);
            for shard in 0..60_u32 {
                let sign = if u64::from(shard) < back {
                    connected(40 + look)
                } else {
                    lost(40)
                };
                assert_eq!(
                    dog.look(shard, sign, now),
                    Verdict::Lives,
                    "shard {shard}, look {look}"
                );
            }
        }
    }
}
