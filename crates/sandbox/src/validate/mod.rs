//! Discord's rules for what may be sent, as pure functions from JSON to a checked draft.
//!
//! Nothing here reads a clock or the world. Every fault of a form is collected before it is
//! refused, under the path of its field, with Discord's codes.

pub mod command;
pub mod component;
pub mod embed;
pub mod event;
pub mod form;
pub mod message;
pub mod modal;
pub mod names;
pub mod option;
pub mod role;
pub mod thread;
