//! The HTTP interactions endpoint: what `tests/play.rs`, `tests/modes.rs` and `tests/commands.rs` do
//! over the gateway, and what only an endpoint meets: requests that Discord never sent.

#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]
#![expect(
    clippy::duplicate_mod,
    reason = "the evenings bring the driver that they have as programs of their own"
)]

mod common;
#[path = "endpoint/forger.rs"]
mod forger;
#[path = "endpoint/hostile.rs"]
mod hostile;
#[path = "endpoint/requests.rs"]
mod requests;
// By their paths, so that their own `mod common` is found where it is.
#[path = "commands.rs"]
mod commands;
#[path = "modes.rs"]
mod modes;
#[path = "play.rs"]
mod play;
