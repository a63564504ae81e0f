//! All tests of the whole bot, in one program, so that they link once and wait in parallel.
//!
//! Tests that need a `PostgreSQL` server or a browser, kill real processes, or keep Discord's own
//! long intervals are marked `ignored` with a reason: `cargo test -- --ignored` runs those.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may fail by panicking"
)]

mod anywhere;
mod architecture;
mod browser;
mod browser_page;
mod chain;
mod circles;
mod command_line;
mod commands;
mod common;
mod crash;
mod crowd;
mod daily;
mod endpoint;
mod hosted;
mod languages;
mod modes;
mod operations;
mod places;
mod play;
mod privacy;
mod replaced;
mod sandbox_rules;
mod sandbox_serenity;
mod schedule;
mod season;
mod secrets;
mod shards;
mod simulation;
mod start_card;
mod threads;
mod traps;
mod visibility;
mod webhook;
mod write;
