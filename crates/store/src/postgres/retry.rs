//! Retries: with growing random pauses, for a limited time.

use super::error::Fault;
use rand::RngExt;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use std::time::{Duration, Instant};

/// How long to wait for a server that is down; then the caller decides.
const LOST_MAX: Duration = Duration::from_secs(2);
/// How long to retry transactions that conflict with others. Whenever one fails another has
/// succeeded, so it is a matter of time, more of it on a loaded machine.
const MET_MAX: Duration = Duration::from_secs(8);
/// The same for batches, which renew the lease: shorter than a lease.
const MET_BATCH_MAX: Duration = Duration::from_secs(4);
/// The same for slow work whose caller was told that it takes a while.
const MET_LONG_MAX: Duration = Duration::from_secs(30);
/// The longest first pause. Each further one may be twice as long, up to the maximum.
const PAUSE_MS: u64 = 4;
const PAUSE_MAX_MS: u64 = 200;

/// The pauses between tries of one job.
#[derive(Debug)]
pub(super) struct Backoff {
    began: Instant,
    met_max: Duration,
    pause_ms: u64,
    random: ChaCha8Rng,
}

impl Backoff {
    pub(super) fn new() -> Self {
        Self::with(MET_MAX)
    }

    pub(super) fn of_batch() -> Self {
        Self::with(MET_BATCH_MAX)
    }

    pub(super) fn patient() -> Self {
        Self::with(MET_LONG_MAX)
    }

    fn with(met_max: Duration) -> Self {
        Self {
            began: Instant::now(),
            met_max,
            pause_ms: PAUSE_MS,
            random: ChaCha8Rng::try_from_rng(&mut rand::rngs::SysRng)
                .unwrap_or_else(|_| ChaCha8Rng::seed_from_u64(u64::from(std::process::id()))),
        }
    }

    /// Waits for a random part of the next pause. Returns false at once if a retry after this fault
    /// is pointless or time is up.
    pub(super) async fn wait(&mut self, fault: &Fault) -> bool {
        let max = match fault {
            Fault::Final(_) => return false,
            Fault::Again(_) => self.met_max,
            Fault::Gone(_) | Fault::Unsure(_) => LOST_MAX,
        };
        let pause = Duration::from_millis(self.random.random_range(1..=self.pause_ms));
        if self.began.elapsed() + pause > max {
            return false;
        }
        tokio::time::sleep(pause).await;
        self.pause_ms = (self.pause_ms * 2).min(PAUSE_MAX_MS);
        true
    }
}
