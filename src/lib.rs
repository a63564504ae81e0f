//! Heat Check: film trivia for Discord, with a source for every answer.
//!
//! This package is the shell around three crates that Cargo keeps apart: `heat_core` (facts,
//! questions, rules; no I/O), `heat_view` (every text members see) and `heat_store` (durable
//! state). `discord_sandbox`, a simulated Discord, uses none of them.
//!
//! What each module may use; `tests/suite/architecture.rs` checks it.
//!
//! | module | what it is | may use |
//! |---|---|---|
//! | [`card`] | drawn cards | `heat_core`, `heat_view` |
//! | [`clock`] | Discord's time | `heat_core` |
//! | [`host`] | live games | `card`, `heat_core`, `heat_view`, `heat_store` |
//! | [`discord`] | the shell, and the only place that names serenity | everything above |
//! | [`compiled_packs`] | the compiled packs, as a file | `heat_core` |
//! | [`pack_dir`] | the operator's own packs, as files | `heat_core` |
//! | [`webhook`] | sends results to the operator's webhook | `config`, `host`, the crates |
//! | [`metrics`] | the monitoring pages | `discord`, `host`, `webhook`, the crates |
//! | [`bot`] | puts the parts together | everything above |
//! | [`config`] | the environment | `heat_core` |
//! | [`doctor`] | checks a setup before the bot starts | everything above |

pub mod bot;
pub mod card;
pub mod clock;
pub mod compiled_packs;
pub mod config;
pub mod discord;
pub mod doctor;
pub mod host;
pub mod metrics;
pub mod pack_dir;
pub mod webhook;
