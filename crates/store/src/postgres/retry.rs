//! Trying again: soon, then less soon, never for long, and not in step with others.

use rand::RngExt;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::time::{Duration, Instant};

/// After this time it is the caller's to decide.
const PATIENCE: Duration = Duration::from_secs(2);
/// The same for work that somebody waits for who was told that it takes a while.
const LONG_PATIENCE: Duration = Duration::from_secs(30);
/// The longest first pause. Each further one may be twice as long, up to the maximum.
const PAUSE_MS: u64 = 4;
const PAUSE_MAX_MS: u64 = 200;

/// The pauses between tries of one piece of work.
#[derive(Debug)]
pub(super) struct Backoff {
    deadline: Instant,
    pause_ms: u64,
    random: ChaCha8Rng,
}

impl Backoff {
    pub(super) fn new() -> Self {
        Self::for_at_most(PATIENCE)
    }

    pub(super) fn patient() -> Self {
        Self::for_at_most(LONG_PATIENCE)
    }

    fn for_at_most(patience: Duration) -> Self {
        Self {
            deadline: Instant::now() + patience,
            pause_ms: PAUSE_MS,
            random: ChaCha8Rng::try_from_rng(&mut rand::rngs::SysRng)
                .unwrap_or_else(|_| ChaCha8Rng::seed_from_u64(u64::from(std::process::id()))),
        }
    }

    /// Waits for a random part of the next pause. False, at once, if it has been long enough.
    pub(super) async fn wait(&mut self) -> bool {
        let pause = Duration::from_millis(self.random.random_range(1..=self.pause_ms));
        if Instant::now() + pause > self.deadline {
            return false;
        }
        tokio::time::sleep(pause).await;
        self.pause_ms = (self.pause_ms * 2).min(PAUSE_MAX_MS);
        true
    }
}
