//! From the bot to Discord: answers to interactions, a game's messages, the list of commands.
//!
//! Nothing here decides what is said.

pub mod answer;
pub mod register;
pub mod rest;
pub mod stage;
pub mod wire;
