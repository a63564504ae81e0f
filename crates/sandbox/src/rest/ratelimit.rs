//! Rate limits: buckets per channel or interaction token, and the application's global limit.

use std::collections::BTreeMap;

use super::super::error::ApiError;

/// Calls per second of the whole application; interaction endpoints do not count.
const GLOBAL_MAX: u32 = 50;
/// The global limit's window, in milliseconds.
const GLOBAL_WINDOW_MS: u64 = 1000;
/// When there are this many buckets, expired ones are forgotten.
const BUCKETS_MAX: usize = 1000;

/// A route's bucket and its limit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Bucket {
    /// Which kind of call.
    pub route: &'static str,
    /// Which channel or token.
    pub scope: String,
    /// Calls in one window.
    pub max: u32,
    /// The window's length in milliseconds.
    pub window_ms: u64,
}

#[derive(Debug, Clone, Copy, Default)]
struct Window {
    start_ms: u64,
    used: u32,
}

/// The rate limit headers of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The bucket's name, opaque to clients.
    pub route: &'static str,
    pub max: u32,
    pub remaining: u32,
    /// When the window ends, in Unix milliseconds.
    pub reset_ms: u64,
    /// Milliseconds until then.
    pub reset_after_ms: u64,
}

/// Counts calls.
#[derive(Debug)]
pub struct Limiter {
    enabled: bool,
    global: Window,
    windows: BTreeMap<Bucket, Window>,
}

impl Window {
    /// Counts a call; `Err` holds the milliseconds to wait.
    fn take(&mut self, max: u32, window_ms: u64, now_ms: u64) -> Result<(), u64> {
        if now_ms.saturating_sub(self.start_ms) >= window_ms {
            *self = Self {
                start_ms: now_ms,
                used: 0,
            };
        }
        if self.used >= max {
            return Err(self.start_ms + window_ms - now_ms);
        }
        self.used += 1;
        Ok(())
    }
}

impl Limiter {
    pub fn new(enabled: bool) -> Self {
        Self {
            enabled,
            global: Window::default(),
            windows: BTreeMap::new(),
        }
    }

    /// Counts a call against the global limit and its bucket.
    pub fn take(
        &mut self,
        bucket: Option<&Bucket>,
        is_global: bool,
        now_ms: u64,
    ) -> Result<Option<Standing>, (ApiError, Option<Standing>)> {
        if !self.enabled {
            return Ok(None);
        }
        if is_global && let Err(wait_ms) = self.global.take(GLOBAL_MAX, GLOBAL_WINDOW_MS, now_ms) {
            return Err((ApiError::rate_limited(wait_ms, true), None));
        }
        let Some(bucket) = bucket else {
            return Ok(None);
        };
        if self.windows.len() >= BUCKETS_MAX {
            self.windows
                .retain(|bucket, window| now_ms < window.start_ms + bucket.window_ms);
        }
        let window = self.windows.entry(bucket.clone()).or_default();
        let taken = window.take(bucket.max, bucket.window_ms, now_ms);
        let reset_ms = window.start_ms + bucket.window_ms;
        let standing = Standing {
            route: bucket.route,
            max: bucket.max,
            remaining: bucket.max - window.used,
            reset_ms,
            reset_after_ms: reset_ms.saturating_sub(now_ms),
        };
        match taken {
            Ok(()) => Ok(Some(standing)),
            Err(wait_ms) => Err((ApiError::rate_limited(wait_ms, false), Some(standing))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_call_waits_for_the_window_to_end() {
        let mut limiter = Limiter::new(true);
        let bucket = Bucket {
            route: "create",
            scope: "1".to_owned(),
            max: 5,
            window_ms: 5000,
        };
        for n in 0..5 {
            let standing = limiter.take(Some(&bucket), true, 1_000_000 + n);
            assert!(standing.is_ok_and(|s| s.is_some_and(|s| u64::from(s.remaining) == 4 - n)));
        }
        let refused = limiter.take(Some(&bucket), true, 1_001_000);
        let wait = refused
            .err()
            .and_then(|(error, _)| error.retry)
            .map(|r| r.after_ms);
        assert_eq!(wait, Some(4000));
        assert!(limiter.take(Some(&bucket), true, 1_005_000).is_ok());
    }
}
