//! The Discord shell, and the only place that names serenity.
//!
//! An interaction goes one way. A transport ([`gateway`] or [`endpoint`]) hands it to the
//! [`entry`], which takes it once and answers it in time. The [`router`] finds out who answers it,
//! a slash command in the table of [`commands`] or a button in [`components`], and where the answer
//! will go, before the work begins. The handler asks the store or the games through [`app`], has
//! the view word a [`reply`], and that goes out through the same entry. Nothing below calls up.
//!
//! A game's own messages go out through the [`messenger`]. Everything that is said to Discord goes
//! through [`rest`], as the JSON of [`wire`].
//!
//! Nothing here decides a rule of the game, words a message, or keeps state that is not about
//! the connection itself.

mod app;
mod chain_ends;
mod checkup;
mod command;
mod commands;
mod components;
mod connect;
mod endpoint;
mod entry;
mod error;
mod gateway;
mod in_flight;
mod interaction;
mod messenger;
mod meters;
mod register;
mod reply;
mod rest;
mod router;
mod scheduler;
mod season_ends;
mod snowflake;
#[cfg(test)]
mod tests;
mod wire;

pub use app::App;
pub use app::attachments::AttachmentFetcher;
pub use app::guild_members::GuildMembers;
pub use chain_ends::ChainEnds;
pub use checkup::{Checkup, CheckupError, GuildFound, checkup, invite};
pub use commands::NAMES as COMMAND_NAMES;
pub use connect::{ConnectError, Connection, Gateway, connect, find_gateway};
pub use endpoint::{Bound, EndpointError};
pub use entry::{DEFER_AFTER, Services};
pub use gateway::{GatewayError, run};
pub use messenger::DiscordMessenger;
pub use meters::{GatewayMeter, Interactions, Meters, RestMeter, Shard};
pub use rest::Rest;
pub use scheduler::Scheduler;
pub use season_ends::SeasonEnds;
