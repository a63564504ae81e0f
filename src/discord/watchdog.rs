//! Notices a shard that looks alive and is not.
//!
//! serenity 0.12 spins for ever on a connection that was closed without a code (its
//! `gateway/ws.rs` reads "no event" from it, again and again) and keeps the shard's stage at
//! "connected". What stops then is the acknowledgement of heartbeats, and with it the change of
//! the measured latency. A shard that is not connected, or whose latency stands still, for too
//! long ends the process: a supervisor starts it again, and every game goes on.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// How long a shard may show no sign of life: more than four of Discord's heartbeats.
pub const SILENCE_MAX: Duration = Duration::from_secs(180);

/// What was seen of a shard at one look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    /// Whether its stage is "connected".
    pub connected: bool,
    /// Between the last heartbeat and its acknowledgement.
    pub latency: Option<Duration>,
}

/// Remembers when each shard last showed a sign of life.
#[derive(Debug)]
pub struct Watchdog {
    silence_max: Duration,
    last: BTreeMap<u32, (Sign, Instant)>,
}

impl Watchdog {
    /// A watchdog that gives a shard up after `silence_max`.
    #[must_use]
    pub fn new(silence_max: Duration) -> Self {
        Self {
            silence_max,
            last: BTreeMap::new(),
        }
    }

    /// Takes a look at a shard; true if it must be given up.
    pub fn is_dead(&mut self, shard: u32, sign: Sign, now: Instant) -> bool {
        let (seen, since) = self.last.entry(shard).or_insert((sign, now));
        let lives = sign.connected && sign != *seen;
        *seen = sign;
        if lives {
            *since = now;
        }
        now.duration_since(*since) > self.silence_max
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connected(latency_ms: u64) -> Sign {
        Sign {
            connected: true,
            latency: Some(Duration::from_millis(latency_ms)),
        }
    }

    fn at(start: Instant, s: u64) -> Instant {
        start + Duration::from_secs(s)
    }

    #[test]
    fn a_beating_shard_lives() {
        let start = Instant::now();
        let mut dog = Watchdog::new(SILENCE_MAX);
        for beat in 0..100 {
            let dead = dog.is_dead(0, connected(40 + beat % 7), at(start, beat * 41));
            assert!(!dead, "beat {beat}");
        }
    }

    #[test]
    fn a_shard_whose_heartbeats_stop_is_given_up() {
        let start = Instant::now();
        let mut dog = Watchdog::new(SILENCE_MAX);
        assert!(!dog.is_dead(0, connected(40), at(start, 0)));
        assert!(!dog.is_dead(0, connected(40), at(start, 180)));
        assert!(dog.is_dead(0, connected(40), at(start, 181)));
        assert!(
            !dog.is_dead(1, connected(40), at(start, 181)),
            "shards are apart"
        );
    }

    #[test]
    fn a_shard_that_never_comes_back_is_given_up() {
        let start = Instant::now();
        let mut dog = Watchdog::new(SILENCE_MAX);
        dog.is_dead(0, connected(40), at(start, 0));
        let lost = |latency_ms| Sign {
            connected: false,
            ..connected(latency_ms)
        };
        assert!(!dog.is_dead(0, lost(41), at(start, 100)));
        assert!(dog.is_dead(0, lost(42), at(start, 200)));
    }
}
