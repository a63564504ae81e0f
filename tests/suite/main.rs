//! Every test of the whole bot, in one program, so that they link once and wait side by side.
//!
//! What needs a `PostgreSQL` server or a browser, kills real processes, or keeps Discord's own long
//! intervals is marked `ignored` with its reason: `cargo test -- --ignored` runs those.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may fail by panicking"
)]

mod architecture;
mod browser;
mod command_line;
mod commands;
mod common;
mod crash;
mod crowd;
mod daily;
mod endpoint;
mod modes;
mod operations;
mod places;
mod play;
mod privacy;
mod replaced;
mod sandbox_rules;
mod sandbox_serenity;
mod secrets;
mod shards;
mod simulation;
mod traps;
mod visibility;
