//! Faults to inject: failing responses, hanging calls, broken sockets, repeated or late events.
//! Seeded, so that a run can be repeated.

use std::time::Duration;

use axum::http::StatusCode;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde::Deserialize;

use super::error::ApiError;

/// How one REST call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RestFault {
    /// Answered with 429 and not carried out; `ms` is the announced wait.
    RateLimited,
    /// Answered with 500 and not carried out.
    InternalError,
    /// Answered with 502 and not carried out.
    BadGateway,
    /// Carried out after `ms`.
    Delay,
    /// The connection breaks before the call is carried out.
    DropBefore,
    /// The call is carried out, and the connection breaks before the answer.
    DropAfter,
}

/// Which REST calls fail, and how.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RestRule {
    /// What happens.
    pub fault: RestFault,
    /// How many calls it affects.
    #[serde(default = "once")]
    pub times: u32,
    /// The chance that it affects a matching call, 0 to 1.
    #[serde(default = "always")]
    pub rate: f64,
    /// Milliseconds, for `delay` and `rate_limited`.
    #[serde(default)]
    pub ms: u64,
    /// Only calls whose `METHOD /path` contains this text.
    #[serde(default)]
    pub route: String,
}

/// A fault for the gateway's sockets, now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GatewayFault {
    /// Break every connection without a close frame.
    Drop,
    /// Ask for a reconnect (op 7).
    Reconnect,
    /// Invalidate every session (op 9, not resumable).
    InvalidSession,
    /// Ask for a heartbeat (op 1).
    Heartbeat,
}

/// A set of faults, the body of `POST /sandbox/faults`. Rules are added to the existing ones.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FaultRequest {
    /// First forgets all existing rules.
    pub clear: bool,
    /// Faults of REST calls.
    pub rest: Vec<RestRule>,
    /// A fault of the gateway, now.
    pub gateway: Option<GatewayFault>,
    /// The shard whose sockets it affects; all if missing.
    pub shard: Option<u16>,
    /// How many of the next dispatches are sent twice.
    pub duplicate_dispatches: u32,
    /// How many of the next dispatches are delayed by `delay_ms`.
    pub delay_dispatches: u32,
    /// The delay in milliseconds; at most a minute.
    pub delay_ms: u64,
}

const fn once() -> u32 {
    1
}

const fn always() -> f64 {
    1.0
}

/// How one dispatch is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DispatchPlan {
    pub copies: u32,
    pub delay: Duration,
}

/// The faults still to come.
#[derive(Debug)]
pub struct Faults {
    rules: Vec<RestRule>,
    duplicates: u32,
    delays: u32,
    delay: Duration,
    rng: ChaCha8Rng,
}

/// The longest delay that can be requested, in milliseconds.
const DELAY_MS_MAX: u64 = 60_000;
/// Most rules at a time.
const RULES_MAX: usize = 100;

impl Faults {
    pub fn new(seed: u64) -> Self {
        Self {
            rules: Vec::new(),
            duplicates: 0,
            delays: 0,
            delay: Duration::ZERO,
            rng: ChaCha8Rng::seed_from_u64(seed),
        }
    }

    /// Adds faults; the caller carries out the gateway's fault.
    pub fn add(&mut self, request: &FaultRequest) -> Result<(), String> {
        if request.clear {
            self.rules.clear();
            self.duplicates = 0;
            self.delays = 0;
        }
        if self.rules.len() + request.rest.len() > RULES_MAX {
            return Err(format!("At most {RULES_MAX} rules can wait at a time."));
        }
        if request
            .rest
            .iter()
            .any(|rule| !(0.0..=1.0).contains(&rule.rate))
        {
            return Err("A rate is a number from 0 to 1.".to_owned());
        }
        self.rules.extend(request.rest.iter().cloned());
        self.duplicates += request.duplicate_dispatches.min(1000);
        self.delays += request.delay_dispatches.min(1000);
        self.delay = Duration::from_millis(request.delay_ms.min(DELAY_MS_MAX));
        Ok(())
    }

    /// The fault of this REST call, if it gets one.
    pub fn rest(&mut self, call: &str) -> Option<(RestFault, Duration)> {
        let Self { rules, rng, .. } = self;
        let rule = rules.iter_mut().find(|rule| {
            rule.times > 0
                && call.contains(&rule.route)
                && (rule.rate >= 1.0 || rng.random_bool(rule.rate))
        })?;
        rule.times -= 1;
        let hit = (rule.fault, Duration::from_millis(rule.ms.min(DELAY_MS_MAX)));
        rules.retain(|rule| rule.times > 0);
        Some(hit)
    }

    /// How to send the next dispatch.
    pub fn dispatch(&mut self) -> DispatchPlan {
        let mut plan = DispatchPlan {
            copies: 1,
            delay: Duration::ZERO,
        };
        if self.duplicates > 0 {
            self.duplicates -= 1;
            plan.copies = 2;
        }
        if self.delays > 0 {
            self.delays -= 1;
            plan.delay = self.delay;
        }
        plan
    }
}

impl RestFault {
    /// The response that replaces the real one, if the fault has one.
    pub(super) fn answer(self, wait: Duration) -> Option<ApiError> {
        let ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
        match self {
            Self::RateLimited => Some(ApiError::rate_limited(ms, false)),
            Self::InternalError => Some(ApiError::server(StatusCode::INTERNAL_SERVER_ERROR)),
            Self::BadGateway => Some(ApiError::server(StatusCode::BAD_GATEWAY)),
            Self::Delay | Self::DropBefore | Self::DropAfter => None,
        }
    }
}
