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

/// A shard to be given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dead {
    /// Which.
    pub shard: u32,
    /// Whether it ever was connected.
    pub was_connected: bool,
}

/// Remembers when each shard last showed a sign of life.
#[derive(Debug)]
pub struct Watchdog {
    silence_max: Duration,
    seen: BTreeMap<u32, Seen>,
    /// When a shard was last found connected that had not been. Shards connect one by one, some
    /// seconds apart, and so a long row of them takes its time; as long as it moves on, nobody
    /// in it is dead.
    moved_on: Option<Instant>,
}

#[derive(Debug, Clone, Copy)]
struct Seen {
    sign: Sign,
    lived: Instant,
    was_connected: bool,
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

    /// Takes a look at a shard, and says if it must be given up.
    pub fn look(&mut self, shard: u32, sign: Sign, now: Instant) -> Option<Dead> {
        let seen = self.seen.entry(shard).or_insert(Seen {
            sign: Sign {
                connected: false,
                latency: None,
            },
            lived: now,
            was_connected: false,
        });
        if sign.connected && !seen.sign.connected {
            self.moved_on = Some(now);
        }
        if sign.connected && sign != seen.sign {
            seen.lived = now;
            seen.was_connected = true;
        }
        seen.sign = sign;
        let lived = match self.moved_on {
            Some(moved_on) if !sign.connected => seen.lived.max(moved_on),
            _ => seen.lived,
        };
        (now.duration_since(lived) > self.silence_max).then_some(Dead {
            shard,
            was_connected: seen.was_connected,
        })
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

    fn lost(latency_ms: u64) -> Sign {
        Sign {
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
        for beat in 0..100 {
            let dead = dog.look(0, connected(40 + beat % 7), at(start, beat * 41));
            assert_eq!(dead, None, "beat {beat}");
        }
    }

    #[test]
    fn a_shard_whose_heartbeats_stop_is_given_up() {
        let start = Instant::now();
        let mut dog = Watchdog::new(SILENCE_MAX);
        assert_eq!(dog.look(0, connected(40), at(start, 0)), None);
        assert_eq!(dog.look(0, connected(40), at(start, 180)), None);
        let beats = dog.look(1, connected(40), at(start, 181));
        assert_eq!(beats, None, "shards are apart");
        let dead = Dead {
            shard: 0,
            was_connected: true,
        };
        assert_eq!(dog.look(0, connected(40), at(start, 181)), Some(dead));
    }

    #[test]
    fn a_shard_that_never_comes_back_is_given_up() {
        let start = Instant::now();
        let mut dog = Watchdog::new(SILENCE_MAX);
        dog.look(0, connected(40), at(start, 0));
        assert_eq!(dog.look(0, lost(41), at(start, 100)), None);
        assert!(dog.look(0, lost(42), at(start, 200)).is_some());
    }

    #[test]
    fn a_shard_that_is_never_let_in_is_given_up() {
        let start = Instant::now();
        let mut dog = Watchdog::new(SILENCE_MAX);
        assert_eq!(dog.look(3, lost(0), at(start, 0)), None);
        let dead = Dead {
            shard: 3,
            was_connected: false,
        };
        assert_eq!(dog.look(3, lost(0), at(start, 181)), Some(dead));
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
                    None,
                    "shard {shard}, look {look}"
                );
            }
        }
    }
}
