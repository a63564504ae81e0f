//! From Discord to the bot: the connection to the gateway, the HTTP endpoint, and what both share.
//!
//! Nothing here looks into an interaction beyond its id.

pub mod connect;
pub mod endpoint;
pub mod gateway;
mod intake;
mod seen;
mod watchdog;
