//! The Discord shell, and the only module that uses serenity.
//!
//! Every interaction takes one path. A transport ([`gateway`] or [`endpoint`]) hands it to the
//! [`entry`], which accepts it once and answers it in time. Before the work begins, the [`router`]
//! finds its handler, a slash command in the table of [`commands`] or a button in [`components`],
//! and where the reply will go. The handler uses the store and the games through [`app`] and has
//! the view word a [`reply`], which leaves through the same entry. Lower layers never call upper
//! ones.
//!
//! A game's own messages are sent by the [`messenger`]. All calls to Discord go through [`rest`],
//! as the JSON of [`wire`].
//!
//! Nothing here decides a rule of the game, words a message, or keeps state other than that of the
//! connection itself.

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
mod planned_events;
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
mod wording;

pub use app::App;
pub use app::attachments::AttachmentFetcher;
pub use chain_ends::ChainEnds;
pub use checkup::{Checkup, CheckupError, GuildFound, checkup, clock_ahead_ms, install, invite};
pub use commands::NAMES as COMMAND_NAMES;
pub use connect::{ConnectError, Connection, Gateway, connect, find_gateway};
pub use endpoint::{Bound, EndpointError};
pub use entry::{DEFER_AFTER, Services};
pub use gateway::{GatewayError, run};
pub use messenger::DiscordMessenger;
pub use meters::{GatewayMeter, Interactions, Meters, RestMeter, Shard};
pub use planned_events::PlannedEvents;
pub use rest::Rest;
pub use rest::RestError;
pub use scheduler::Scheduler;
pub use season_ends::SeasonEnds;
