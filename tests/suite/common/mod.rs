//! The driver of integration tests: members who play through the sandbox's page API.
//!
//! It mirrors what a page sees and waits for conditions, never for time. A condition that does not
//! become true within [`DEADLINE`] fails the test with a readable dump of the mirrored state.
//!
//! Where a bot plays: [`stage`] is a simulated Discord with a home for the program, [`evening`] one
//! with the bot in the test's own process. [`member`] has members' single actions, [`quiz`] what
//! they do to play.

mod compiled;
pub mod crowd;
mod discord;
pub mod evening;
pub mod given;
pub mod ledger;
mod member;
pub mod message;
#[expect(dead_code, reason = "the tests of the store use the rest")]
pub mod postgres;
pub mod process;
mod quiz;
pub mod raw;
pub mod stage;
mod state;
pub mod tables;
mod transport;

use std::time::Duration;

pub(crate) use self::transport::over_both_transports;
pub use self::{
    discord::Discord,
    member::Member,
    message::{component, components, text},
    state::State,
    transport::{Transport, free_address},
};

/// How long a condition may take to come true.
pub const DEADLINE: Duration = Duration::from_secs(120);
